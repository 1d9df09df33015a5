"""The campaign's own fields: title, system, tone, premise and the rest, from labels, headings and fixed phrases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.extraction.labels import find_labels, normal, scopes_of, sentence_end
from studio.services.extraction.lexicon.shared import SAFETY, SYSTEMS
from studio.services.extraction.sentences import split

if TYPE_CHECKING:
    from studio.services.extraction.context import Head
    from studio.services.extraction.doc import Clean, Unit
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon
    from studio.services.extraction.walk import Walker

_STRONG = frozenset(
    [
        "premise",
        "game_system",
        "genres",
        "themes",
        "tone",
        "pillars",
        "play_style",
        "scope",
        "session_count",
        "party_levels",
        "safety_tools",
        "content_warnings",
        "starting_region",
        "threat_horizon",
        "tagline",
        "structure",
    ]
)
_LISTS = {
    "genres": r"[,;/+]| and | & | y | und | et | e | con | mit | with ",
    "themes": r"[;]|,|/| \+ ",
    "pillars": r"[,;/]| \+ ",
    "safety_tools": r"[,;+]| and (?=[A-Z])| y (?=[A-Z])",
    "content_warnings": r"[,;]| \+ | and | und | y | et | e ",
    "antagonists": r"[,;]",
    "tone": r"[,;]",
}
_FEW_WORDS = re.compile(r"[^\W_][\w'’-]*(?: [\w'’-]+){0,3}")


def _is_row(text: str) -> bool:
    """`wry, autumnal, a bit funny`: short words in a row, no sentence."""
    parts = re.split(r"[,;] ?", text.strip(" .*"))
    return 2 <= len(parts) <= 6 and all(_FEW_WORDS.fullmatch(p) for p in parts)


def fixed_phrases(text: str) -> list[tuple[int, int]]:
    """Where rule systems and safety tools are named: capitalised, and never entities."""
    return [m.span() for pattern in (SYSTEMS, SAFETY) for m in pattern.finditer(text)]


class Planner:
    """Collects blueprint fields from what the walker set aside."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex
        self.planlike_doc = False

    @staticmethod
    def planlike(units: list[Unit], lex: Lexicon) -> bool:
        """Whether the text is a pitch or plan: two or more of a plan's own labels or headings."""
        seen: set[str] = set()
        for u in units:
            if u.kind == "heading":
                scopes = scopes_of(u.clean.text, lex)
                plain = normal(u.clean.text) in lex.neutral  # an overview may be one of a city, too
                names = scopes["blueprint"].split("|") if "blueprint" in scopes and not plain else []
            else:
                labels = find_labels(u.clean, lex)[:6]
                art = any("seed" in x.scopes and "blueprint" not in x.scopes for x in labels)
                names = [
                    x.scopes["blueprint"]
                    for x in labels
                    if "blueprint" in x.scopes
                    and (x.styled or x.at == 0)
                    and not (art and "seed" in x.scopes and len(labels) > 1)
                ]
            seen |= {n for name in names for n in name.split("|")} & _STRONG
            if len(seen) < 2 and u.clean.text:
                seen |= {
                    k.removeprefix("plan_")
                    for k, p in lex.patterns.items()
                    if k.startswith("plan_") and p.search(u.clean.text)
                }
        return len(seen) >= 2 or bool(seen & {"premise", "game_system", "pillars", "genres"})

    def read(self, walker: Walker, units: list[Unit]) -> None:
        """Values by label and by heading."""
        self.planlike_doc = walker.planlike
        for head in walker.titles:
            self._title(head)
        for names, c, start, end in walker.plan_units:
            for name in names.split("|"):
                if walker.planlike or name not in {"antagonists", "premise", "tagline"}:
                    self._value(name, c, start, end)
        self._system(units)
        if walker.planlike:
            self._tagline(units)
            self._patterns(units)
            self._signature(units)

    def _title(self, head: Head) -> None:
        a, b = head.span
        text = self.draft.text[a:b]
        m = re.match(r"^(.{3,60}?[!?])\s+\S", head.text) or re.match(r"^(.{3,70}?)\s*(?:\(|[–—]\s|\s-\s)", head.text)
        if m and m.group(1) in text:
            b = a + text.index(m.group(1)) + len(m.group(1))
            self.draft.plan("title", m.group(1), (a, b), "plan:title")
            return
        self.draft.plan("title", head.text, (a, b), "plan:title")

    def _value(self, name: str, c: Clean, start: int, end: int) -> None:
        sents = split(c.text, start, end)
        if not sents:
            return
        if name == "premise":
            self._add(name, c, start, end, "plan:premise")
        elif name == "antagonists" and (named := self._described(c, start, end)):
            self._add(name, c, *named, "plan:antagonists")
        elif name in _LISTS and (name != "tone" or _is_row(c.text[slice(*sents[0])])):
            self._list(name, c, *sents[0])
            for a, b in sents[1:] if name == "safety_tools" else ():
                self._list("content_warnings" if self.lex.cues["negative"].match(c.text[a:b]) else name, c, a, b)
        elif name in {"scope", "session_count", "party_levels", "game_system"}:
            self._numbers(name, c, *sents[0])
            for a, b in sents[1:]:
                self._counts(c, a, b)
        else:
            self._add(name, c, *sents[0], f"plan:{name}")

    @staticmethod
    def _described(c: Clean, start: int, end: int) -> tuple[int, int] | None:
        """`Emric Sault, who had the duchess exiled`: one name with a description, not a list."""
        m = re.match(r"\s*(?P<n>[^,;(–—.]{3,60}?)\s*(?:[,;(–—.]|$)", c.text[start:end])
        if m is None or any(p[:1].isupper() for p in re.split(r"[,;] ", c.text[start + m.end() : end])):
            return None
        return start + m.start("n"), start + m.end("n")

    def _add(self, name: str, c: Clean, a: int, b: int, rule: str) -> None:
        if name in {"starting_region", "signature_faction"}:
            m = re.search(r"[,;(]|\s[–—]\s", c.text[a:b])
            b = a + m.start() if m and m.start() > 2 else b
        if c.text[a:b].strip():
            while a < b and c.text[a] in " *:–—-":
                a += 1
            self.draft.plan(name, c.text[a:b], c.span(a, b), rule)

    def _list(self, name: str, c: Clean, a: int, b: int) -> None:
        pattern = ";" if name == "themes" and ";" in c.text[a:b] else _LISTS[name]
        at = a
        for m in [*re.finditer(pattern, c.text[a:b]), None]:
            stop = a + m.start() if m else b
            if "(" in c.text[at:stop] and ")" not in c.text[at:stop] and m:
                continue
            warned = re.match(
                r"\s*(?:warn(?:ing)?s? (?:for|of|about)|content warnings?:?|cw:?) ", c.text[at:stop], re.IGNORECASE
            )
            if name == "safety_tools" and warned:
                self._list("content_warnings", c, at + warned.end(), b)
                return
            if c.text[at:stop].strip(" ."):
                x = at + len(c.text[at:stop]) - len(c.text[at:stop].lstrip())
                self.draft.plan(name, c.text[x:stop], c.span(x, stop), f"plan:{name}")
            at = a + m.end() if m else b

    def _numbers(self, name: str, c: Clean, a: int, b: int) -> None:
        """`mini-campaign, 8 sessions`: each part to its own field."""
        self._counts(c, a, b)
        at = a
        for m in [*re.finditer(r"[,;(]\s*|\s[–—]\s", c.text[a:b]), None]:
            stop = a + m.start() if m else b
            part = c.text[at:stop]
            if m and m.group().startswith("(") and name == "game_system" and at == a:
                stop = b if c.text[a:b].rstrip(" .").endswith(")") else stop
                self._add(name, c, at, stop, f"plan:{name}")
                return
            target = self._part(part, name if at == a else "")
            if target and part.strip():
                self._add(target, c, at, stop, f"plan:{target}")
            at = a + m.end() if m else b

    def _part(self, part: str, default: str) -> str:
        pats = self.lex.patterns
        if self.lex.cues["scope"].search(part):
            return "scope"
        if pats["session_count"].search(part) or pats["party_levels"].search(part):
            return ""
        return default

    def _counts(self, c: Clean, a: int, b: int) -> None:
        for name in ("session_count", "party_levels"):
            if (m := self.lex.patterns[name].search(c.text, a, b)) and name not in self.draft.blueprint:
                self.draft.plan(name, m.group("v"), c.span(*m.span("v")), f"pattern:{name}")

    def _tagline(self, units: list[Unit]) -> None:
        """An italic or quoted line right after the first heading."""
        if "tagline" in self.draft.blueprint:
            return
        first = next((i for i, u in enumerate(units) if u.kind == "heading"), None)
        if first is None or first + 1 >= len(units):
            return
        c = units[first + 1].clean
        whole = any(b - a >= len(c.text) - 4 and s == "i" for a, b, s in c.styled) or units[first + 1].quoted
        if whole and 8 < len(c.text) < 160 and ":" not in c.text[:20]:
            self._add("tagline", c, 0, len(c.text), "plan:tagline")

    def _patterns(self, units: list[Unit]) -> None:
        lex = self.lex
        for u in units[:14]:
            c = u.clean
            if c.text:
                self._counts(c, 0, len(c.text))
        for u in units:
            for k, pattern in lex.patterns.items():
                name = k.removeprefix("plan_")
                if name != k and name not in self.draft.blueprint and (m := pattern.search(u.clean.text)):
                    self._value(name, u.clean, *m.span("v"))
        self._premise(units)
        for u in units[:3]:
            c = u.clean
            if "genres" not in self.draft.blueprint and (
                m := re.search(r"\b(?:campa|kampagne|adventure|abenteuer|aventur|one-?shot)\w*", c.text, re.IGNORECASE)
            ):
                for g in lex.cues["genres"].finditer(c.text, max(0, m.start() - 40), m.start()):
                    if g.group().lower() != "adventure":
                        self.draft.plan("genres", g.group(), c.span(*g.span()), "pattern:genres")

    def _premise(self, units: list[Unit]) -> None:
        """Without a labelled premise, the first full paragraph of a pitch is it."""
        if "premise" in self.draft.blueprint:
            return
        for u in units[:8]:
            c = u.clean
            plain = u.kind == "para" and len(c.text) > 90 and not find_labels(c, self.lex) and not c.text.endswith(":")
            if plain and not self.lex.patterns["not_campaign"].match(c.text):
                self._add("premise", c, 0, len(c.text), "plan:premise_guess")
                return

    def _signature(self, units: list[Unit]) -> None:
        for u in units:
            m = re.search(r"\(?(?:signature|key|main) faction\)?", u.clean.text, re.IGNORECASE)
            bold = next((x for x in u.clean.styled if x[0] <= 1), None)
            if m and bold and bold[1] <= m.start() and "signature_faction" not in self.draft.blueprint:
                self._add("signature_faction", u.clean, bold[0], bold[1], "plan:signature_faction")

    def _system(self, units: list[Unit]) -> None:
        if "game_system" in self.draft.blueprint:
            return
        for u in units:
            for c in u.cells or [u.clean]:
                if m := SYSTEMS.search(c.text):
                    self.draft.plan("game_system", m.group(), c.span(*m.span()), "pattern:game_system")
                    return
                if self.planlike_doc and "safety_tools" not in self.draft.blueprint:
                    for s in SAFETY.finditer(c.text):
                        self.draft.plan("safety_tools", s.group(), c.span(*s.span()), "pattern:safety_tools")

    def close(self, ents: list[Ent]) -> None:
        """Antagonists named as such among the entities."""
        if not self.planlike_doc or "antagonists" in self.draft.blueprint:
            return
        for ent in ents:
            for name in ("role", "occupation", "faction_type", "title"):
                for v in ent.fields.get(name, []):
                    if self.lex.patterns["villain"].search(v.value):
                        self.draft.plan("antagonists", ent.name, min(ent.mentions), "plan:antagonist_role")


def first_sentence(c: Clean, start: int, end: int) -> int:
    """Where the first sentence of a range ends."""
    return sentence_end(c.text, start, end)
