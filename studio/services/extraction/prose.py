"""Reads the pieces of prose once the names are known: kinds from descriptions, then fields and relations."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.domain.vocabulary import KINDS
from studio.services.extraction.clauses import read_clauses
from studio.services.extraction.describe import Describer
from studio.services.extraction.events import EventReader
from studio.services.extraction.fitting import adapt
from studio.services.extraction.labels import normal
from studio.services.extraction.lexicon.shared import AND, JOIN, NAMING
from studio.services.extraction.mentions import Index, Mention, fold_words
from studio.services.extraction.name_kinds import head_votes, phrase_kinds
from studio.services.extraction.names import capital, key_of, looks_named
from studio.services.extraction.reference import Callings, called
from studio.services.extraction.relations import Relater
from studio.services.extraction.sentences import Marked, Marker, split
from studio.services.extraction.told_ties import read_tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.services.extraction.context import Segment
    from studio.services.extraction.doc import Clean, Unit
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon

_NICK = re.compile(r"^[\"'«„][^\"'«»„]{2,20}[\"'»]\s+(?=\w)")
_KIN = frozenset({"parent_of", "sibling_of", "spouse_of"})
Folded = tuple["Clean", list[re.Match[str]], list[str]]
_LISTS = frozenset(
    {"resources", "known_for", "properties", "consequences", "goals", "territory", "participants", "causes"}
)
_LINKED = {
    "leader": "npc",
    "headquarters": "location",
    "home": "location",
    "parent": "location",
    "affiliation": "faction",
    "creator": "npc",
    "owner": "npc",
    "ruler": "npc",
    "territory": "location",
    "location": "location",
    "current_location": "location",
}


_TIED = {"owns": "item", "member_of": "faction", "located_in": "location"}
_PERSONAL = frozenset({"spouse_of", "sibling_of", "parent_of", "mentor_of", "loves", "serves", "employs"})


_JOINT = re.compile(r"\s(?:and|und|y|et|e|&)\s")
_YEARS: dict[str, tuple[str, ...]] = {"birth": ("age",), "death": ("age",)}
"""What a labelled value must not be read as: `Death: 790` tells no age."""
_LIFE = re.compile(r"\d{1,5}\s?[–—-]\s?\d")


class ProseReader:
    """Fields and relations from the walker's segments."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex
        self.marker = Marker(draft, lex)
        self.describer = Describer(draft, lex)
        self.relater = Relater(draft, lex)
        self.events = EventReader(draft, lex)
        self.mentions: dict[int, list[Mention]] = {}
        self._described: Ent | None = None

    # -- kinds --------------------------------------------------------------------------------------------------

    def kinds(self, segments: list[Segment]) -> None:
        """First pass: what descriptions say about the kind of their entity."""
        for seg in segments:
            if seg.topic is None or not (seg.lead or self._copula(seg)):
                continue
            if self.lex.patterns["not_campaign"].match(seg.clean.text[seg.start : seg.start + 20]):
                continue
            a, b = next(iter(split(seg.clean.text, seg.start, seg.end)), (seg.start, seg.end))
            plain = Marker(self.draft, self.lex).mark(seg.clean, a, b, [], None)
            start = self._after_lead(plain.text)
            self.describer.votes(plain, seg.topic, start)
        for seg in segments:
            self._declare(seg)

    def _declare(self, seg: Segment) -> None:
        """A labelled value that must be an entity is one: `Leader: Sander Okonwe`."""
        name = seg.role[1:] if seg.role.startswith(("=", "+")) else ""
        if seg.role.startswith("?") and seg.topic is not None and seg.topic.kind:
            name = self.lex.labels.get(seg.role[1:], {}).get(seg.topic.kind, "")
        if name.startswith("@") and seg.topic is not None:
            self._declare_all(seg, name.lstrip("@<"))
        kind = _LINKED.get(name, "")
        text = seg.clean.text[seg.start : seg.end].strip()
        if kind and seg.topic is not None and not seg.role.startswith("+"):
            m = re.match(r"^[^,;(.]+", text)
            short = _NICK.sub("", m.group().strip()).strip(" \"'") if m else ""
            if kind == "npc" and self._declare_pair(seg, short):
                return
            if (
                short
                and (self._begins(short) or self._small_head(short, kind))
                and (looks_named(short) or self._small_head(short, kind))
                and len(short.split()) <= 6
            ):
                at = seg.clean.text.index(short, seg.start)
                self.draft.entity(short, seg.clean.span(at, at + len(short)), kind=kind, weight=0.9, why="linked")

    def _declare_pair(self, seg: Segment, text: str) -> bool:
        """`Gustave et Lison Bérard`: two people who share a surname."""
        words = text.split()
        cut = next((n for n, w in enumerate(words) if w in JOIN), 0)
        left, right = words[:cut], words[cut + 1 :]
        if (
            not left
            or not right
            or not all(capital(w) for w in (*left, *right))
            or any(self.lex.kinds_of(w) for w in (*left, *right))
        ):
            return False
        for part in (left, right):
            at = seg.clean.text.index(" ".join(part), seg.start)
            span = seg.clean.span(at, at + len(" ".join(part)))
            shared = part if len(part) > 1 or len(right) < 2 else [*part, right[-1]]
            ent = self.draft.entity(" ".join(shared), span, kind="npc", weight=0.9, why="linked")
            if ent is not None:
                ent.alias(" ".join(part))
        return True

    def _declare_all(self, seg: Segment, type_: str) -> None:
        """`Allies: the Choir of Glass, Bram`: each is an entity, of the kind that its name or the relation says."""
        assert seg.topic is not None
        for begin, part in self._listed(seg):
            name = re.sub(rf"^(?:(?:{'|'.join(sorted(AND))}) )", "", part.strip(" .\"'"))
            at = seg.clean.text.index(name, begin) if name else -1
            if at < 0 or not looks_named(name) or not self._begins(name) or len(name.split()) > 6:
                continue
            votes = head_votes(name, self.lex)
            person = type_ in _PERSONAL or seg.topic.kind == "npc"
            told = _TIED.get(type_) if seg.row == "cell" else None
            kind = told or (max(votes, key=lambda k: votes[k]) if votes else "npc" if person else "faction")
            known = self.draft.ents.get(key_of(name))
            if known is None or known.kind in {"", kind}:
                self.draft.entity(name, seg.clean.span(at, at + len(name)), kind=kind, weight=1.1, why="linked")

    def _listed(self, seg: Segment) -> Iterator[tuple[int, str]]:
        """The parts of a list, and where they begin: `Lil Voss and Max Voss` are two, `Smith and Sons` is one."""
        for m in re.finditer(r"[^,;()/]+", seg.clean.text[seg.start : seg.end]):
            part, begin = m.group(), seg.start + m.start()
            joint = _JOINT.search(part)
            left, right = (part[: joint.start()], part[joint.end() :]) if joint else (part, "")
            named = looks_named(left.strip()) and looks_named(right.strip())
            full = min(len(left.split()), len(right.split())) > 1 and not any(
                self.lex.kinds_of(w) for w in (*left.split(), *right.split())
            )
            if joint and named and (full or right.split()[0].lower() in self.lex.dets):
                yield begin, left
                yield begin + joint.end(), right
            else:
                yield begin, part

    def _begins(self, name: str) -> bool:
        word = name.split()[0]
        return capital(word) or word.lower() in self.lex.definite

    def _small_head(self, text: str, kind: str) -> bool:
        """`the abbey of Morrow`, `l'abbaye de Morrow`: a small head word of the right kind before a name."""
        words = re.sub(r"^(?:the|[a-z]{1,3}['’]|[^\W\d_]{2,3}) ?", "", text, count=1, flags=re.IGNORECASE).split()
        return len(words) > 2 and kind in self.lex.kinds_of(words[0]) and words[-1][:1].isupper()

    def _copula(self, seg: Segment) -> bool:
        return bool(self.lex.patterns["copula"].match(seg.clean.text[seg.start : seg.start + 24]))

    def _after_lead(self, text: str) -> int:
        m = re.match(r"^[\s:,.;–—()*\"'-]+", text)
        start = m.end() if m else 0
        if c := self.lex.patterns["copula"].match(text[start:]):
            start += c.end()
        return start

    # -- reading ------------------------------------------------------------------------------------------------

    def read(self, segments: list[Segment], units: list[Unit], cleans: list[tuple[Clean, list[re.Match[str]]]]) -> None:
        """Second pass: all sentences."""
        ents = [e for e in self.draft.ents.values() if e.kind]
        index = Index.of(ents, self.lex)
        folded = [(c, words, fold_words(words)) for c, words in cleans]
        callings = self._callings(segments, folded, index)
        index = Index.of(ents, self.lex, callings)
        for c, words, plain in folded:
            found = called(c.text, index.find(words, plain))
            self.mentions[id(c)] = found
            for m in found:
                m.ent.mentions.add(c.span(m.start, m.end))
        for seg in segments:
            self._segment(seg)

    def _callings(self, segments: list[Segment], folded: list[Folded], index: Index) -> list[tuple[str, Ent]]:
        """Which common nouns mean one entity of this text: `the housekeeper`, `la station`."""
        known = Callings(self.lex)
        for c, words, plain in folded:
            known.read(c, words, index.find(words, plain))
        for seg in segments:
            if seg.topic is not None and seg.topic.final.kind and (seg.lead or self._copula(seg)):
                text = seg.clean.text[seg.start : seg.end][:120]
                known.described(seg.topic.final, text[self._after_lead(text) :])
        return known.unique()

    def _segment(self, seg: Segment) -> None:
        seg.topic = seg.topic.final if seg.topic is not None else None
        topic = seg.topic if seg.topic is not None and seg.topic.kind else None
        name = self._field_name(seg, topic)
        if name and topic is not None and not seg.role.startswith("+"):
            self._value(seg, topic, name)
        if seg.role == "stance" and topic is not None:
            self.marker.focus.note(topic)
        mentions = self.mentions.get(id(seg.clean), [])
        previous: Ent | None = None
        for n, (a, b) in enumerate(split(seg.clean.text, seg.start, seg.end)):
            subject = topic or previous
            self.marker.before = self._described if n == 0 and seg.lead else None
            s = self.marker.mark(seg.clean, a, b, mentions, subject)
            if topic is None and s.ents:
                previous = self._leading(s) or previous
            self._sentence(s, seg, topic, n, name)
        if seg.lead and topic is not None:
            self._described = topic

    def _leading(self, s: Marked) -> Ent | None:
        """The mention that a sentence begins with becomes what the next ones are about."""
        first = min(s.subjects, default=-1)
        if first < 0:
            return None
        before = s.text[:first]
        apposed = re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+){1,4}, ", before) is not None
        named = apposed and before.split()[0].lower() in {*self.lex.dets, "that"}
        return s.ents[first] if (first <= 40 and ("," not in before or named)) or first == 0 else None

    def _field_name(self, seg: Segment, topic: Ent | None) -> str:
        if topic is None or not seg.role:
            return ""
        if seg.role.startswith("?"):
            return self.lex.labels.get(seg.role[1:], {}).get(topic.kind, "")
        if seg.role.startswith(("=", "+")):
            name = seg.role[1:]
            if name.startswith("?"):
                return self.lex.labels.get(name[1:], {}).get(topic.kind, "")
            return name
        return ""

    def _value(self, seg: Segment, ent: Ent, name: str) -> None:
        c, a, b = seg.clean, seg.start, seg.end
        rule = f"{'cell' if seg.row else 'label'}:{name}"
        for x, y in self._pieces(c.text, a, b, name):
            if y > x:
                self.draft.add(ent, name, c.text[x:y], c.span(x, y), rule, struct=True)

    def _pieces(self, text: str, a: int, b: int, name: str) -> list[tuple[int, int]]:
        cuts = [(a, b)]
        if name in _LISTS:
            cuts = [(a + m.start(), a + m.end()) for m in re.finditer(r"[^;]+", text[a:b])]
        elif name in {"occupation", "role", "species", "leader", "owner", "creator", "age"}:
            m = re.match(r"[^.;]*", text[a:b])
            cuts = [(a, a + m.end())] if m and m.end() > 1 else cuts
        out = []
        for x, y in cuts:
            while x < y and text[x] in " *:–—-":
                x += 1
            while y > x and text[y - 1] in " *":
                y -= 1
            out.append((x, y))
        return out

    def _sentence(self, s: Marked, seg: Segment, topic: Ent | None, n: int, name: str) -> None:
        if topic is not None and (n == 0 and seg.lead):
            self.describer.read(s, topic, self._after_lead(s.text))
        elif topic is not None and n == 0 and (m := self.lex.patterns["is_a"].match(f" {s.text}")):
            self._describe_part(s, topic, m.end() - 1, clause=True)
        elif topic is not None and seg.row == "paren":
            self.describer.read(s, topic, 0)
        self._copulas(s)
        read_clauses(self.draft, self.lex, s, but=_YEARS.get(name, ()))
        if topic is not None and name and seg.role.startswith("+") and not name.startswith("@"):
            self._section_value(s, topic, name, n)
        if seg.role != "tie":
            self.relater.read(s)
        self.events.read(s, topic)
        if topic is not None and topic.kind == "location" and (m := self.lex.patterns["starts_here"].search(s.text)):
            self.draft.plan("starting_region", topic.name, s.span(*m.span()), "plan:starts_here")
        if seg.role.startswith("@"):
            self._happened(s, seg)
        if seg.role == "stance" and topic is not None:
            self._stance(s, seg, topic)
        if topic is not None and seg.owner is not None and n == 0:
            read_tie(self.draft, self.lex, s, topic, seg.owner.final, listed=seg.row == "listed")

    def _happened(self, s: Marked, seg: Segment) -> None:
        """The first event named in a dated line began then."""
        event = next((e for _, e in sorted(s.ents.items()) if e.kind == "event"), None)
        a, b = (int(x) for x in seg.role[1:].split(":"))
        if event is not None and not event.fields.get("start"):
            self.draft.add(event, "start", seg.clean.text[a:b], seg.clean.span(a, b), "dated:start", struct=True)
            seg.role = ""

    def _section_value(self, s: Marked, topic: Ent, name: str, n: int) -> None:
        """A section or bullet named like a field gives its sentences as values."""
        spec = KINDS.get(topic.kind)
        if (n == 0 or name in _LISTS) and spec and spec.field(name) and len(s.text) > 3 and name not in {"leader"}:
            self.draft.add(topic, name, s.value(0, len(s.text)), s.span(0, len(s.text)), f"section:{name}", struct=True)

    def _copulas(self, s: Marked) -> None:
        """`X is a …` and `X, the …,` describe X wherever they stand."""
        for i, ent in sorted(s.ents.items()):
            rest = s.text[i + 1 :]
            if m := self.lex.patterns["is_a"].match(rest):
                self._describe_part(s, ent, i + 1 + m.end(), clause=True)
            elif m := self.lex.patterns["apposition"].match(rest):
                self._describe_part(s, ent, i + 1 + m.end(), clause=False)
            if m := self.lex.patterns["before_name"].search(s.text[max(0, i - 60) : i]):
                at = max(0, i - 60) + m.start("v")
                self._role_before(s, ent, at, max(0, i - 60) + m.end("v"))

    def _describe_part(self, s: Marked, ent: Ent, start: int, *, clause: bool) -> None:
        end = len(s.text)
        m = re.search(
            r"[.;:!?]|,? (?:and|but|und|aber|y|pero|et|mais|e|mas) [^,.;]{0,12}(?:\ue000|is|has|he|she)|$"
            if clause
            else r"[,.;:()–—]|$",
            s.text[start:],
        )
        end = start + (m.start() if m else end)
        if _LIFE.match(s.text, start):
            return
        if end > start:
            part = replace(s, text=s.text[:end], pos=[*s.pos[:end], s.pos[end]])
            self.describer.read(part, ent, start, rule="is" if clause else "apposition")

    def _role_before(self, s: Marked, ent: Ent, a: int, b: int) -> None:
        text = re.sub(r" (?:is|was|ist|war|es|era|est|était|é)$", "", s.value(a, b))
        b = a + len(text)
        kinds = phrase_kinds(text, self.lex)
        last = text.split()[-1].lower() if text else ""
        if last in self.lex.of | self.lex.place_preps | self.lex.by | NAMING:
            return
        if fold(last) in self.lex.verbs and not self.lex.kinds_of(last):
            return
        if " " not in text and self.lex.nouns.get(fold(text), ("",))[0].lstrip("<") in _KIN:
            return
        if ent.kind in {"location", "item"} and kinds[:1] == (ent.kind,):
            if not ent.fields.get(f"{ent.kind}_type"):
                self.draft.add(ent, f"{ent.kind}_type", text, s.span(a, b), "before:type")
        elif ent.kind == "npc" and "npc" in kinds:
            self.draft.add(ent, "occupation", text, s.span(a, b), "before:occupation")

    def _stance(self, s: Marked, seg: Segment, topic: Ent) -> None:
        """A row of a stance table: the words of the cell relate the row's entity to the sheet's."""
        words = normal(seg.clean.text).replace(";", " ").replace(",", " ").split()
        owner = topic.parent.final if topic.parent is not None else None
        for w in words:
            for raw in (*self.lex.nouns.get(w, ()), *self.lex.verbs.get(w, ())):
                type_, back = raw.lstrip("<"), raw.startswith("<")
                if owner is not None and type_ in {
                    "rival_of",
                    "enemy_of",
                    "ally_of",
                    "at_war_with",
                    "vassal_of",
                    "trades_with",
                    "serves",
                    "owes",
                    "employs",
                }:
                    a, b = (owner, topic) if back else (topic, owner)
                    if t := adapt(type_, a, b):
                        self.draft.relate(t, a, b, s.span(0, len(s.text)), "stance")
        self.draft.add(topic, "status", s.value(0, len(s.text)), s.span(0, len(s.text)), "cell:stance")
