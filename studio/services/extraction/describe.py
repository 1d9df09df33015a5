"""A description after a name (`mining station, pop. 2,140, hot and dry`) read phrase by phrase."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.found_seen import PLURAL
from studio.services.extraction.labels import normal
from studio.services.extraction.lexicon.shared import AND, ANYBODY, PRONOUNS, RARITY, WHO, WHOSE
from studio.services.extraction.name_kinds import phrase_kinds
from studio.services.extraction.names import WORD
from studio.services.extraction.sentences import M, Marked, P

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon

_ATTUNED = re.compile(r"\battunement\b|\bEinstimmung\b|\bsintoniza|\bharmonisation\b", re.IGNORECASE)
_SPLIT = re.compile(r"[,;]|\s[–—]\s|[()]|\s-\s|\s\+\s")
_YEAR = re.compile(r"\d{3,5}")
_BYNAME = re.compile(
    r"(?:(?:alias|a\.?k\.?a\.?|dite?|dicho|dicha|dit[oa]|genannt|called|known as|nicknamed|surnommée?|apodad[oa]) )?"
    r"[\"'«»„](?P<n>[^\"'«»„]{2,40})[\"'«»]?$|(?:alias|a\.?k\.?a\.?|genannt|nicknamed|surnommée?|apodad[oa]) ",
    re.IGNORECASE,
)
_KIND_WORDS = frozenset(
    [
        "npc",
        "faction",
        "location",
        "place",
        "item",
        "event",
        "person",
        "character",
        "object",
        "personnage",
        "lieu",
        "objet",
        "evenement",
        "personaje",
        "lugar",
        "objeto",
        "evento",
        "personagem",
        "local",
        "timeline",
        "arc",
    ]
)
_NEVER = re.compile(r"(?!)")
_PARTICIPLE = {
    "en": re.compile(r".ed$"),
    "fr": re.compile(r"(?:é|ée|és|ées|oute|outes|ous|uite)$"),
    "es": re.compile(r"(?:[ai]d[oa]s?)$"),
    "pt": re.compile(r"(?:[ai]d[oa]s?|íd[oa]s?)$"),
}
_TYPE_FIELD = {"faction": "faction_type", "location": "location_type", "item": "item_type", "event": "event_type"}
_CUE_FIELDS = {
    "npc": ("voice", "appearance", "personality"),
    "location": ("climate", "sensory", "danger", "services", "hidden_details", "status"),
    "faction": ("status",),
    "item": (),
    "event": (),
}


def phrases(s: Marked, start: int, end: int) -> list[tuple[int, int]]:
    """The comma-separated parts of a description, as ranges of the marked sentence."""
    found, at = [], start
    for m in _SPLIT.finditer(s.text, start, end):
        if s.text[at : m.start()].count('"') % 2:
            continue
        if (
            m.group() == ","
            and m.end() < end
            and s.text[m.end()].isdigit()
            and m.start()
            and s.text[m.start() - 1].isdigit()
        ):
            continue
        found.append((at, m.start()))
        at = m.end()
    found.append((at, end))
    return [
        (a + len(s.text[a:b]) - len(s.text[a:b].lstrip()), b - len(s.text[a:b]) + len(s.text[a:b].rstrip()))
        for a, b in found
        if s.text[a:b].strip(" .:")
    ]


def strip_det(text: str, lex: Lexicon) -> int:
    """How many characters of leading article a phrase has."""
    m = WORD.match(text)
    return (
        m.end() + 1 if m and m.group().lower() in lex.dets and m.end() + 1 < len(text) and text[m.end()] == " " else 0
    )


def _head(words: list[str], lex: Lexicon) -> str:
    """The noun that a phrase is about: the last known one before `with`, the first in Romance languages."""
    cut = next((i for i, w in enumerate(words) if i and lex.patterns["with"].fullmatch(w)), len(words))
    near = words[:cut] or words
    order = near if lex.lang in {"es", "fr", "pt"} else near[::-1]
    return next((w for w in order if lex.kinds_of(w)), order[0] if order else "")


_NO_TRADE = frozenset(
    [
        "afraid",
        "has",
        "have",
        "had",
        "wants",
        "want",
        "is",
        "was",
        "will",
        "would",
        "can",
        "led",
        "speaks",
        "hates",
        "loves",
        "never",
        "always",
        "keeps",
        "owes",
        "knows",
        "old",
        "rich",
        "fürchtet",
        "teme",
        "quiere",
        "veut",
    ]
)


class Describer:
    """Fills an entity's fields from the phrases of its description."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex

    def votes(self, s: Marked, ent: Ent, start: int) -> None:
        """Let the description's first noun speak for the kind of its entity."""
        parts = phrases(s, start, len(s.text))
        parts = [(a, b) for a, b in parts if not _BYNAME.match(s.value(a, b))]
        many = PLURAL.match(s.text[:start]) is not None
        for n, (a, b) in enumerate(parts[:3]):
            said = s.value(a, b).rstrip(". ")
            if n and said.split(" ", 1)[0] in WHO:
                break
            if self.lex.patterns["age_phrase"].match(said) and not _YEAR.fullmatch(said):
                ent.vote("npc", 1.5, "age")
                continue
            kinds = phrase_kinds(self._before_agent(s.value(a, b)), self.lex)
            for k in kinds[:2]:
                k = "faction" if many and k == "npc" else k
                ent.vote(k, (1.5 if n <= 1 else 0.6) / len(kinds[:2]), "described")
            if RARITY.fullmatch(s.value(a, b).rstrip(". ")):
                ent.vote("item", 1.5, "rarity")
            if PRONOUNS.match(s.value(a, b)):
                ent.vote("npc", 2.0, "pronouns")
            if kinds and n >= 1:
                break

    def _before_agent(self, text: str) -> str:
        """`commanded | by the admiral M`: who does it says nothing of whom it is done to."""
        m = re.search(rf"(?:^|\s)(?:{'|'.join(sorted(self.lex.by))})\s", text)
        return text[: m.start()] if m else text

    def read(self, s: Marked, ent: Ent, start: int, *, rule: str = "lead") -> None:
        """Classify each phrase; what no cue claims is the type (first) or left alone."""
        first = True
        opening = next(iter(phrases(s, start, len(s.text))), None)
        if opening and rule == "lead" and ent.kind != "npc" and self._verbal(s.value(*opening)):
            return
        for a, b in self._halves(s, ent, self._without_copula(s, start)):
            if not s.free(a, b):
                first = False
                continue
            if m := _BYNAME.match(s.value(a, b).rstrip(". ")):
                if m.group("n"):
                    ent.alias(m.group("n"))
                continue
            name = self._field(s, ent, a, b, first=first and rule == "lead" if ent.kind == "npc" else first)
            if name:
                va, vb = self._trim(s, a, b, name)
                self.draft.add(ent, name, s.value(va, vb), s.span(va, vb), f"{rule}:{name}")
                s.taken.append((a, vb))
                if vb < b - 3:
                    self._tail(s, ent, vb, b, rule)
            if s.text[a:b].strip(" ."):
                first = False

    def _without_copula(self, s: Marked, start: int) -> list[tuple[int, int]]:
        """`M, 17, is an apprentice`: the verb between two phrases belongs to neither."""
        found: list[tuple[int, int]] = []
        for a, b in phrases(s, start, len(s.text)):
            m = self.lex.patterns["copula"].match(s.text[a:b])
            found.append((a + m.end() if m and m.end() < b - a else a, b))
        return found

    def _halves(self, s: Marked, ent: Ent, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """`mirrored eyes and a laugh like a modem`: looks and voice are two things."""
        found: list[tuple[int, int]] = []
        for a, b in parts:
            cut = re.search(r" (?:and|und|y|et|e) ", s.text[a:b]) if ent.kind == "npc" else None
            if cut and self._cue(s.text[a : a + cut.start()]) != self._cue(s.text[a + cut.end() : b]):
                halves = [(a, a + cut.start()), (a + cut.end(), b)]
                found += halves if all(self._cue(s.text[x:y]) for x, y in halves) else [(a, b)]
            else:
                found.append((a, b))
        return found

    def _cue(self, text: str) -> str:
        return next((n for n in _CUE_FIELDS["npc"] if self.lex.cues[n].search(text)), "")

    def _trim(self, s: Marked, a: int, b: int, name: str) -> tuple[int, int]:
        text = s.text[a:b]
        a += strip_det(text, self.lex)
        text = s.text[a:b]
        if name in {"appearance", "personality"} and (m := self.lex.patterns["with"].match(text)) is None:
            m = re.search(r" (?:with|mit|con|avec|com) ", text)
            if m and m.start() > 4 and "npc" in phrase_kinds(text[: m.start()], self.lex):
                return a, a + m.start()
        if name.endswith("_type") or name in {"species", "occupation"}:
            m = self.lex.patterns["with"].search(text)
            keep_of = name == "occupation" or (m and m.group().lower() in self.lex.of)
            if m and m.start() > 2 and not keep_of:
                return a, a + len(text[: m.start()].rstrip(" ,"))
            if m and keep_of and (m2 := self.lex.patterns["with"].search(text, m.end())):
                return a, a + len(text[: m2.start()].rstrip(" ,"))
        return a, b - (1 if s.text[b - 1] in ".:" else 0)

    def _tail(self, s: Marked, ent: Ent, a: int, b: int, rule: str) -> None:
        """What follows the type inside one phrase: `spoon thief | with a velvet cape`."""
        text = s.text[a:b]
        if ent.kind == "npc" and (m := re.match(r"\s*(?:with|mit|con|avec|com|in)\s+", text)):
            cue = self.lex.cues["appearance"]
            at = a + m.end()
            for part in [*re.finditer(r" (?:and|und|y|et|e) ", s.text[at:b]), None]:
                stop = a + m.end() + part.start() if part else b
                name = next(
                    (n for n in ("voice", "appearance") if self.lex.cues[n].search(s.text[at:stop])),
                    "appearance" if cue.search(text) else "",
                )
                if name and stop - at > 2:
                    self.draft.add(ent, name, s.value(at, stop), s.span(at, stop), f"{rule}:{name}")
                at = a + m.end() + part.end() if part else b
            s.taken.append((a, b))

    def _field(self, s: Marked, ent: Ent, a: int, b: int, *, first: bool) -> str:
        text = s.value(a, b).rstrip(" .")
        if not text or len(text) > 160 or self._says_nothing(text, ent.kind):
            return ""
        if ent.kind == "npc":
            return self._person(s, text, s.text[a:b], first=first)
        if ent.kind == "item" and _ATTUNED.search(text):
            return "attunement"
        if ent.kind == "item" and RARITY.search(text) and len(text) < 60 and not first:
            return "rarity"
        if ent.kind == "event" and first and self.lex.patterns["date"].match(text):
            return "start"
        for name in _CUE_FIELDS.get(ent.kind, ()):
            if not first and self.lex.cues[name].search(text):
                return name
        kind_field = _TYPE_FIELD.get(ent.kind, "")
        if first and (self._verbal(text) or kind_field in ent.fields or self.lex.patterns["date"].match(text)):
            return ""
        if first and kind_field and s.text[a] not in (M, P) and len(text) < 90 and self._is_noun_phrase(text, ent.kind):
            return kind_field
        return ""

    def _verbal(self, text: str) -> bool:
        """`Run by …`, `Under …`, `Serves …`: not what a thing is."""
        word = fold(text.split()[0])
        return (
            text.split()[0].lower() in self.lex.place_preps
            or (word in self.lex.verbs and not self.lex.kinds_of(word))
            or word in self.lex.stop - self.lex.dets
        )

    def _says_nothing(self, text: str, kind: str) -> bool:
        """A clause with `and`, a bare word for the kind, a participle: no description of what something is."""
        words = text.split()
        if words[0].lower() in WHO | WHOSE and self.lex.lang != "de":
            return True
        if words[0] in AND and len(words) > 1 and words[1].lower() in self.lex.dets:
            return True  # `and the children think her a witch`
        return normal(text) in _KIND_WORDS or (kind in _TYPE_FIELD and self._done(text))

    def _done(self, text: str) -> bool:
        """`dissoute`, `headquartered at M`: a participle, and no noun that it goes with."""
        words = text.split()
        if _PARTICIPLE.get(self.lex.lang, _NEVER).search(words[0].lower()) is None or self.lex.kinds_of(words[0]):
            return False
        after = words[1].lower() if len(words) > 1 else ""
        return not after or after in self.lex.place_preps | self.lex.by | self.lex.of

    def _is_noun_phrase(self, text: str, kind: str) -> bool:
        kinds = phrase_kinds(text, self.lex)
        words = text.split()
        return kind in kinds or (
            len(words) <= 6 and not re.search(r"\b(?:is|are|was|has|ist|es|est|é)\b", text) and kind != "event"
        )

    def _person(self, s: Marked, text: str, marked: str, *, first: bool) -> str:
        lex = self.lex
        if PRONOUNS.match(text):
            return "pronouns"
        if lex.patterns["age_phrase"].match(text):
            return "age"
        bare = text[strip_det(text, lex) :]
        kinds = phrase_kinds(bare, lex)
        words = bare.split()
        if "species" in kinds and len(words) <= 4:
            return "species"
        if "npc" in kinds and fold(_head(words, lex)) in ANYBODY:
            return next((n for n in ("appearance", "personality", "voice") if lex.cues[n].search(text)), "")
        if "npc" in kinds:
            return "occupation" if P not in marked and not re.search(f"{M}'s?", marked) else "role"
        for name in _CUE_FIELDS["npc"]:
            if lex.cues[name].search(text):
                return name
        if (
            first
            and len(words) <= 6
            and re.search(f"[{M}{P}]", marked) is None
            and words[0][:1].islower()
            and fold(words[0]) not in self.lex.verbs
            and fold(words[0]) not in _NO_TRADE
            and "species" not in kinds
            and "location" not in kinds
        ):
            return "occupation"
        return ""
