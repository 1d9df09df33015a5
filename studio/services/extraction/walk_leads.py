"""Names that lines begin with: bold, before a colon or dash, or called by what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.context import Head
from studio.services.extraction.labels import normal, scopes_of
from studio.services.extraction.name_kinds import head_votes, phrase_kinds, plain_name
from studio.services.extraction.names import CONNECT, looks_named
from studio.services.extraction.walk_values import ValueWalk

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean, Unit
    from studio.services.extraction.draft import Ent

LEAD = re.compile(r"^(?P<name>[^:–—(\n|]{2,60}?)\s*(?:(?P<paren>\([^()\n]{1,120}\))\s*)?(?P<sep>:|–|—| - |,|\.|$)")
NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}[.):]|[A-Z][.)]|[IVX]{1,4}\.)\s+")
PREFIX = re.compile(
    r"^(?P<word>[^\W\d_]+(?: [^\W\d_]+)?)\s*(?P<n>[A-Z]|\d{1,3}|[IVX]{1,5})?\s*[:–—-]\s+(?P<rest>\S.*)$"
)
SMALL_TAIL = re.compile(r"(?P<head>[^\W\d_a-zà-ÿ][^\W\d_]+) (?P<of>[^\W\d_]{1,3})(?: |['’])(?:la |l['’])?[^\W\d_]+")
OPTION = re.compile(
    r"^(?:option|variante|opción|opcion|opção|opcao|idee|idea|idée|pitch|vorschlag|propuesta|proposition|choice|concept)\s*(?:[A-Z]|\d{1,2}|[IVX]{1,4})\b",
    re.IGNORECASE,
)
ARC = re.compile(
    r"^(?:act|chapter|arc|part|episode|phase|akt|kapitel|teil|acto|capítulo|capitulo|acte|chapitre|ato|fase|era|age)\s+(?:[IVX]{1,5}|\d{1,2}|one|two|three|four|five|uno|dos|tres|un|deux|trois|eins|zwei|drei|um|dois|três)\b",
    re.IGNORECASE,
)


def _sentence_like(name: str) -> bool:
    """`Benno Huber comes from Passau`: small words that join no name."""
    return any(w.islower() and w not in CONNECT for w in name.split()[1:])


class LeadWalk(ValueWalk):
    """Names that lines begin with: bold, before a colon or dash, or called by what they are."""

    def _lead(self, unit: Unit) -> tuple[Ent, int, bool] | None:
        """The name a line begins with: the entity, where its description begins, and whether it is one."""
        c, text = unit.clean, unit.clean.text
        bold = next((s for s in c.styled if s[0] <= 1 and s[1] - s[0] > 1), None)
        if bold is None and c.marked and c.marked[0][0] <= 1:
            bold = (*c.marked[0], "b")
        kind = self.section_kind() or next((b.kind for b in reversed(self.bullets) if b.kind), "")
        if bold is not None:
            a, b = bold[0], bold[1]
            return self._named_lead(unit, a, b, kind, styled=bold[2])
        if (hit := self._after_article(unit, kind)) is not None:
            return hit
        m = LEAD.match(text)
        if m is not None and unit.children and (hit := self._run_by(unit)):
            return hit
        if m is not None and m.group("sep") == "" and unit.children and len(text.split()) <= 5:
            return self._named_lead(unit, m.start("name"), m.end("name"), kind, styled="b")
        if (
            m is None
            or (m.group("sep") in {".", ""} and not (kind and unit.kind == "bullet"))
            or (m.group("sep") == "," and (not kind or _sentence_like(m.group("name"))))
        ):
            return None
        if unit.kind != "bullet" and not kind:
            return None
        nested = any(b.ent for b in self.bullets)
        bare = m.group("sep") in {".", ""} and not m.group("paren")
        word = m.group("name").split()[0].lower()
        if (
            (nested and bare)
            or word in self.lex.place_preps
            or word in self.lex.verbs
            or word in self.lex.stop - self.lex.dets
        ):
            return None
        return self._named_lead(unit, m.start("name"), m.end("name"), kind, styled="")

    def _after_article(self, unit: Unit, kind: str) -> tuple[Ent, int, bool] | None:
        """`The **Bone Key** is …`, `Le **Sceau d'étain** appartient à …`: the article before a name is not bold."""
        c = unit.clean
        bold = next((s for s in c.styled if 1 < s[0] <= 5 and "b" in s[2]), None)
        if bold is None or c.text[: bold[0]].strip("'’ ").lower() not in self.lex.definite:
            return None
        if not c.text[bold[0]].isupper():
            return None
        votes = head_votes(c.text[bold[0] : bold[1]], self.lex)
        told = max(votes, key=lambda k: votes[k]) if votes else kind
        hit = self._named_lead(unit, bold[0], bold[1], kind if told == kind else "", styled=bold[2])
        if hit is not None:
            hit[0].vote("", 0.0, "article")
        return hit

    def _run_by(self, unit: Unit) -> tuple[Ent, int, bool] | None:
        """`- Run by Hester Plum` with bullets beneath: they are about her."""
        c, owner = unit.clean, self.owner()
        m = re.match(r"^[^\W\d_]+ (?P<by>[^\W\d_]+) (?P<n>[^,;:(]{3,50})", c.text)
        if m is None or owner is None or m.group("by").lower() not in self.lex.by or not looks_named(m.group("n")):
            return None
        ent = self.draft.entity(m.group("n"), c.span(*m.span("n")), kind="npc", weight=1.6, why="agent")
        if ent is None:
            return None
        ent.structural = True
        self.prose(c, 0, m.end("n"), owner)
        return ent, m.end("n"), True

    def _named_lead(self, unit: Unit, a: int, b: int, kind: str, *, styled: str) -> tuple[Ent, int, bool] | None:
        c, text = unit.clean, unit.clean.text
        raw = text[a:b]
        name = raw.rstrip(" :.,;–—-")
        skip = m.end() if (m := NUMBER.match(name)) else 0
        prefix = PREFIX.match(name[skip:])
        if (
            prefix
            and (pk := self.section_of(prefix.group("word")))
            and pk != "timeline_arc"
            and len(prefix.group("word")) > 2
        ):
            skip, kind = skip + prefix.start("rest"), pk
        if ARC.match(name[skip:]):
            kind = "timeline_arc"
        paren = re.search(r"\s*\([^()]*\)?$", name)
        stop = paren.start() if paren and paren.start() > skip else len(name)
        comma = name.find(",", skip)
        stop = min(stop, comma) if comma > skip + 1 and kind != "event" else stop
        short = name[skip:stop]
        if re.match(r"\s*\(?\s*\d+ (?:days|tage|días|dias|jours)\b", text[a + stop : a + stop + 14], re.IGNORECASE):
            return None
        if OPTION.match(short) and self.planlike:
            return self._option(unit, a + skip, b)
        if styled == "b" and (hit := self._definite(c, a + skip, a + stop)):
            return hit
        small = styled == "b" and self._small_tail(short)
        if (
            (not looks_named(short.replace(":", "") if kind == "timeline_arc" else short) and not small)
            or normal(short) in self.lex.neutral
            or (self._weak(short, kind, styled) and not (not styled and self._told(unit, a + stop)))
        ):
            return None
        ent = self.draft.entity(
            short,
            c.span(a + skip, a + stop),
            kind=kind,
            weight=self._promised(short, kind, unit),
            why="lead",
        )
        if ent is None:
            return None
        if kind == "timeline_arc" and prefix:
            ent.alias(re.sub(r"\s*\(.*$", "", prefix.group("rest")))
        self._other_name(c, ent, a + stop)
        ent.structural = ent.structural or styled == "b" or bool(kind)
        self._place(ent)
        start = a + stop if stop < len(name) else b
        joined = re.match(r"^\s*(?:[(:,–—.-]|$)", text[start:]) is not None or raw != name
        return ent, start, joined

    def _other_name(self, c: Clean, ent: Ent, at: int) -> None:
        """`**Noctule** (Élise Vandamme)`: two plain names are one person."""
        m = re.match(r"\s*\((?P<n>[^()\d,;]{4,40})\)", c.text[at:])
        if m is None or not plain_name(m.group("n"), self.lex):
            return
        ent.alias(m.group("n"))
        ent.vote("npc", 0.8, "byname")
        self.ignored.append(c.span(at + m.start("n"), at + m.end("n")))

    def _promised(self, name: str, kind: str, unit: Unit) -> float:
        """How much a section says of what it lists; less of a paragraph after the list, whose name says otherwise."""
        if not kind:
            return 0.0
        said = {k: w for k, w in head_votes(name, self.lex).items() if k != kind and w >= 1.0}
        return 0.6 if said and unit.kind != "bullet" else 2.2 * self.section_weight()

    def _small_tail(self, name: str) -> bool:
        """`Sceau d'étain`, `Main de sel`: a head word written big, and what it is of."""
        m = SMALL_TAIL.fullmatch(name)
        return m is not None and m.group("of").lower() in self.lex.of and bool(self.lex.kinds_of(m.group("head")))

    def _told(self, unit: Unit, at: int) -> bool:
        """Whether what follows a plain lead describes something: then the lead is its name."""
        m = re.match(r"^\s*(?:\([^()\n]{1,120}\)\s*)?(?::|–|—|-)\s+", unit.clean.text[at:])
        return unit.kind == "bullet" and m is not None and bool(phrase_kinds(unit.clean.text[at + m.end() :], self.lex))

    def _option(self, unit: Unit, a: int, b: int) -> None:
        """`**Option A: The Long Night.** …` is a title and its premise."""
        c = unit.clean
        m = PREFIX.match(c.text[a:b].rstrip(" .:"))
        if m:
            span = c.span(a + m.start("rest"), a + m.end("rest"))
            self.titles.append(Head(9, "title", text=m.group("rest"), span=span))
            self.ignored.append(span)
            if len(c.text) - b > 60:
                self.plan_units.append(("premise", c, b, len(c.text)))

    def _definite(self, c: Clean, a: int, b: int) -> tuple[Ent, int, bool] | None:
        """`**The key** is the Tidekey, …`: a thing called by what it is, named after or not at all."""
        m = re.match(r"^(?:the|der|die|das|el|la|le|l'|o|a) ([^\W\d_]+)$", c.text[a:b], re.IGNORECASE)
        kinds = self.lex.kinds_of(m.group(1)) if m and (m.group(1).islower() or self.lex.lang == "de") else ()
        kind = next((k for k in ("item", "npc", "species", "location") if k in kinds), "")
        if m is None or not kind:
            return None
        kind = "npc" if kind == "species" else kind
        if self._titles_line(c.text[a:]):
            return None
        named = self.lex.patterns["is_named"].match(c.text[b:])
        start, end = (b + named.start("n"), b + named.end("n")) if named else (a, b)
        ent = self.draft.entity(c.text[start:end], c.span(start, end), kind=kind, weight=1.8, why="definite")
        if ent is None:
            return None
        if named:
            ent.alias(c.text[a:b])
        ent.structural = True
        return ent, end, bool(named)

    def _titles_line(self, text: str) -> bool:
        """`Le village. Kervaron est …`: the bold words only say what the name after them is."""
        m = re.match(r"^[^.:]{2,24}[.:]+\s+(?:[A-ZÀ-Ý][a-zà-ÿ]{0,2}['’]?\s?)??(?P<n>[A-ZÀ-Ý][\w'’-]+)", text)
        return (
            m is not None and fold(m.group("n")) not in self.lex.stop and m.group("n").lower() not in self.lex.pronouns
        )

    def _weak(self, name: str, kind: str, styled: str) -> bool:
        if styled == "b" or kind:
            return scopes_of(name, self.lex) != {} and not kind and len(name.split()) < 2
        return True

    def _place(self, ent: Ent) -> None:
        """Nesting under another entity counts as stated."""
        owner = self.owner()
        if owner is not None and owner is not ent and ent.parent is None:
            ent.parent = owner
            ent.listed = bool(self.section_kind()) and not any(b.ent for b in self.bullets)
