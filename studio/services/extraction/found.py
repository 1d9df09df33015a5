"""Names in running prose that no structure announced, with what their surroundings say about their kind."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import NUMBERED, SETTLED, SETTLEMENTS
from studio.services.extraction.mentions import title_split
from studio.services.extraction.names import CONNECT, WORD, capital, key_of, runs

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean
    from studio.services.extraction.draft import Draft, Ent, Span
    from studio.services.extraction.lexicon import Lexicon

_BEGIN = re.compile(r"(?:^|[.!?:…]['\")»”]*\s+|[\n|•]\s*|[\"“«(¡¿]|\s[–—-]\s)$")
_DET = r"(?:a|an|the|one|half|ein|eine|der|die|das|un|una|uno|el|la|los|las|le|une|les|um|uma|o|os|as)\s"
_COPULA = re.compile(
    rf"^\s*(?:is|was|are|were|ist|war|sind|es|era|son|está|est|était|sont|é|foi|são)\s+(?={_DET})", re.IGNORECASE
)
_APPOSED = re.compile(rf"^,\s+(?={_DET})", re.IGNORECASE)
Words = list[re.Match[str]]


@dataclass
class Seen:
    """All places where one name stands, and what was said around it."""

    name: str
    spans: list[Span] = field(default_factory=list)
    votes: dict[str, float] = field(default_factory=dict)
    middle: int = 0
    articles: int = 0
    indefinite: int = 0
    bold: int = 0
    acts: int = 0

    def vote(self, kind: str, weight: float) -> None:
        """Evidence for a kind."""
        kind = "npc" if kind == "species" else kind
        self.votes[kind] = self.votes.get(kind, 0.0) + weight

    @property
    def best(self) -> float:
        """The strongest kind's votes."""
        return max(self.votes.values(), default=0.0)


def head_votes(name: str, lex: Lexicon) -> dict[str, float]:
    """What the words of a name say: titles, and its head noun (the last word, or the first in Romance languages)."""
    votes: dict[str, float] = {}
    titles, _ = title_split(name, lex)
    if titles:
        votes["npc"] = 0.9 if fold(titles[0]) in lex.soft_titles else 0.6 if fold(titles[0]) in _SAINT else 1.8
    words = [m.group() for m in WORD.finditer(name)]
    for kind, weight in _head_kinds(words, lex):
        votes[kind] = votes.get(kind, 0.0) + weight
    if words and re.fullmatch(r"\d{2,4}", words[-1]):
        votes["event"] = votes.get("event", 0.0) + 0.8
    if lex.lang == "en" and words and re.fullmatch(r"[A-Z][a-z]{3,}ing", words[-1]) and len(words) <= 2:
        votes["event"] = votes.get("event", 0.0) + 0.6
    return votes


_ACTS = re.compile(
    r" (?:was|had|has|is|[a-z]{2,}ed|told|came|ran|knew|took|gave|kept|left|lost|held|sent|wrote|spoke|fell|died|won)\b"
)
_SAINT = frozenset(["st", "saint", "sankt", "san", "santa", "santo", "sainte", "são", "sao"])
_HOUSE = frozenset(["house", "haus", "casa", "maison", "famille", "familie", "familia", "família"])


def _head_kinds(words: list[str], lex: Lexicon) -> list[tuple[str, float]]:
    plain = [w for w in words if w.lower() not in lex.dets]
    if len(plain) < 2:
        return [(k, 0.5) for k in (lex.kinds_of(plain[0]) if plain else ()) if k not in {"npc", "species"}][:2]
    if fold(plain[0]) in _HOUSE and lex.lang != "de" and capital(plain[1]):
        return [("faction", 1.3)]
    if fold(plain[-1]) in _HOUSE:
        return [("location", 1.3)]
    cut = next((i for i, w in enumerate(plain) if i and w.lower() in CONNECT), len(plain))
    romance = lex.lang in {"es", "fr", "pt"}
    if cut < len(plain) and "event" in lex.kinds_of(plain[0]) and fold(plain[0]) not in SETTLEMENTS:
        return [("event", 1.3)]
    for i, w in enumerate(plain[:cut] if romance else plain[:cut][::-1]):
        kinds = [k for k in lex.kinds_of(w) if k not in {"npc", "species"} or i == 0]
        if kinds:
            weight = 1.3 if i == 0 else 0.9
            return [
                ("npc" if k == "species" else k, (0.5 if k in {"npc", "species"} else weight) / (1 + 0.5 * n))
                for n, k in enumerate(kinds[:2])
            ]
    return []


_MOMENTS = frozenset(["night", "day", "eve", "morning", "year", "time", "week", "evening", "aftermath", "anniversary"])
_CHAPTER = re.compile(
    r"(?:Chapter|Act|Part|Scene|Session|Episode|Handout|Kapitel|Chapitre|Capítulo|Acto|Acte|Akt|Teil|Parte) "
    r"(?:\d+|[IVX]+|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)$"
)
_DWELLING = re.compile(
    r"(?:an? |the )?(?:(?!noble|great|merchant|trading|minor|ruling|royal)[a-z-]+ ){0,3}house\b(?! of [A-Z])"
)


def phrase_kinds(text: str, lex: Lexicon) -> tuple[str, ...]:
    """The kinds that the head noun of a noun phrase names."""
    if _DWELLING.match(text):
        return ("location",)
    text = re.split(r"[,.;:!?()\n–—]", text, maxsplit=1)[0][:90]
    m = lex.patterns["with"].search(text)
    near = text[: m.start()] if m and m.start() > 2 else text
    for part in (near, text):
        words = [w.group() for w in WORD.finditer(part)]
        for w in words if lex.lang in {"es", "fr", "pt"} else words[::-1]:
            if w.lower() not in lex.dets and w.lower() not in lex.stop and (kinds := lex.kinds_of(w)):
                return kinds
    return ()


class NameFinder:
    """Scans all pieces of text for names."""

    def __init__(self, draft: Draft, lex: Lexicon, ignored: list[Span], lower: frozenset[str]) -> None:
        self.draft, self.lex, self.lower = draft, lex, lower
        self.ignored = sorted(ignored)
        self.seen: dict[str, Seen] = {}
        self.firm: set[str] = set(draft.ents)
        self.never: set[str] = set()
        self.by_word: dict[str, list[str]] = {}
        self.indexed = 0

    def scan(self, cleans: list[tuple[Clean, Words]]) -> None:
        """Find names in all pieces of text and add those that something speaks for."""
        for c, words in cleans:
            breaks = frozenset(x for a, b, _ in c.styled for x in (a, b))
            for i, j in runs(c, words, breaks):
                if i and not _BEGIN.search(c.text[max(0, words[i].start() - 8) : words[i].start()]):
                    self.firm.add(key_of(c.text[words[i].start() : words[j - 1].end()]))
        for c, words in cleans:
            breaks = frozenset(x for a, b, _ in c.styled for x in (a, b))
            for run in runs(c, words, breaks):
                for i, j in self._parted(c, words, *run):
                    a, b = self._trim(c, words, i, j)
                    if b > a:
                        self._occurrence(c, words, a, b)
        self._common(cleans)
        for key in sorted(self.seen, key=lambda k: (-len(k.split()), self.seen[k].spans[0])):
            self._decide(key, self.seen[key])

    def _parted(self, c: Clean, words: Words, i: int, j: int) -> list[tuple[int, int]]:
        """`Admiral Vera Lund of the Coral Throne`: a titled full name and what it belongs to are two names."""
        cut = next((k for k in range(i + 1, j) if words[k].group().lower() in self.lex.of), 0)
        if not cut or j - cut < 2:
            return [(i, j)]
        titles, rest = title_split(c.text[words[i].start() : words[cut - 1].end()], self.lex)
        owner = c.text[words[cut + 1].start() : words[j - 1].end()]
        full = len(rest) >= 2 and bool(titles) and words[cut + 1].group().lower() in self.lex.dets
        named = len(titles) + len(rest) >= 2 and head_votes(owner, self.lex).get("faction", 0.0) >= 0.9
        person = not any(set(self.lex.kinds_of(w)) - {"npc", "species"} for w in rest)
        return (
            [(i, cut), (cut + 1, j)]
            if person
            and (
                full
                or (named and (titles or key_of(c.text[words[i].start() : words[cut - 1].end()]) in self.draft.ents))
            )
            else [(i, j)]
        )

    def _ignored(self, span: Span) -> bool:
        i = bisect.bisect_right(self.ignored, (span[0], 1 << 60))
        return any(b >= span[1] for a, b in self.ignored[max(0, i - 3) : i] if a <= span[0])

    def _trim(self, c: Clean, words: Words, i: int, j: int) -> tuple[int, int]:
        """Without the small words that are big only because a sentence begins there."""
        lex, initial = self.lex, True
        while i < j:
            w = words[i].group()
            low = fold(w).rstrip("'")
            start = words[i].start()
            initial = initial and (start == 0 or bool(_BEGIN.search(c.text[max(0, start - 8) : start])) or w == "I")
            rest = key_of(c.text[words[i + 1].start() : words[j - 1].end()]) if j - i > 1 else ""
            verbal = (
                initial
                and j - i > 1
                and ((low in self.lower and rest in self.firm) or (low in lex.verbs and not lex.kinds_of(w)))
            )
            role_of = (
                (initial or lex.lang == "de")
                and j - i > 2
                and words[i + 1].group().lower() in lex.of
                and "npc" in lex.kinds_of(w)
            )
            single = j - i == 1 and low in lex.stop
            settled = (
                lex.lang == "de"
                and j - i == 2
                and low.endswith(("stadt", "dorf", "fluss", "insel", "planet", "provinz"))
            )
            if not (settled or low in lex.dets or single or (initial and low in lex.stop) or verbal or role_of):
                break
            i += 1
            while i < j and not capital(words[i].group()) and not words[i].group().isdigit():
                i += 1
        while j > i and (words[j - 1].group().lower() in CONNECT or (j - i == 1 and len(words[i].group()) < 2)):
            j -= 1
        return i, j

    def _occurrence(self, c: Clean, words: Words, i: int, j: int) -> None:
        lex = self.lex
        start, end = words[i].start(), words[j - 1].end()
        if lex.lang == "fr" and re.match(r"[dl]['’][^\W\d_]", c.text[start : start + 3]):
            start += 2
        name = c.text[start:end]
        if name.endswith(("'s", "’s")):
            name, end = name[:-2], end - 2
        elif c.text[end : end + 1] == "'" and j < len(words) and name.endswith("s"):
            pass
        if fold(words[j - 1].group()) in NUMBERED and (number := re.match(r" \d{1,4}\b", c.text[end:])):
            end += number.end()
            name = c.text[start:end]
        span = c.span(start, end)
        if self.draft.is_rejected(span) or key_of(name) in self.never:
            return
        if self._ignored(span) or (name.isupper() and j - i > 2) or _CHAPTER.match(name):
            return
        before, after = c.text[max(0, start - 60) : start], c.text[end : end + 80]
        previous = words[i - 1].group().lower() if i and start - words[i - 1].end() == 1 else ""
        previous = previous.rsplit("'", 1)[-1]
        if lex.lang == "de" and not self._german(words, i, j, previous, before):
            return
        if nick := re.match(r" [\"'][^\"'\n]{2,20}[\"'] (?-i:[A-Z])[\w-]+", c.text[end:]):
            end += nick.end()
            name = c.text[start:end]
        name, end = self._extended(c, words, j, name, end, previous)
        s = self.seen.setdefault(key_of(name), Seen(name))
        s.spans.append(c.span(start, end))
        s.middle += not (_BEGIN.search(before) or not before.strip())
        s.bold += any(x <= start and end <= y and y - x <= end - start + 2 and st == "b" for x, y, st in c.styled)
        s.indefinite += previous in {
            "a",
            "an",
            "ein",
            "eine",
            "einen",
            "un",
            "una",
            "une",
            "um",
            "uma",
            "any",
            "every",
            "each",
        }
        if previous in lex.dets:
            self._with_article(s, c, words, i, end)
        self._context(s, words, i, previous, before, after)

    def _with_article(self, s: Seen, c: Clean, words: Words, i: int, end: int) -> None:
        s.articles += 1
        at = words[i - 1].start()
        if words[i - 1].group()[0].isupper() and at > 0 and not _BEGIN.search(c.text[max(0, at - 8) : at]):
            s.name = c.text[at:end]
            s.middle += 1

    def _extended(self, c: Clean, words: Words, j: int, name: str, end: int, previous: str) -> tuple[str, int]:
        """`the Ropewalk gate`: a small place or event word belongs to the name."""
        if self.lex.lang != "en" or previous != "the" or j >= len(words) or c.text[end : words[j].start()] != " ":
            return name, end
        word = words[j].group()
        if key_of(name) in self.draft.ents:
            return name, end
        kinds = self.lex.kinds_of(word)
        if kinds and set(kinds) <= {"location", "event", "faction"} and word.islower() and len(word) > 3:
            return c.text[end - len(name) : words[j].end()], words[j].end()
        return name, end

    def _german(self, words: Words, i: int, j: int, previous: str, before: str) -> bool:
        """German writes all nouns big: a name is several words, or stands without article after a preposition."""
        lex = self.lex
        proper = [w.group() for w in words[i:j] if capital(w.group())]
        if len(proper) < j - i and not (lex.kinds_of(proper[0]) or proper[0] in lex.titles):
            return False
        unknown = [w for w in proper if not lex.kinds_of(w) and fold(w) not in lex.stop]
        if len(proper) >= 2:
            return bool(unknown) or previous in lex.dets
        if lex.kinds_of(proper[0]) or fold(proper[0]) in lex.stop or len(proper[0]) < 3:
            return False
        if _BEGIN.search(before) or not before:
            return False
        known = previous in {
            "und",
            "als",
            "dass",
            "wo",
            "ist",
            "heißt",
            "namens",
            "gegen",
            "bei",
            "nach",
            "in",
            "aus",
            "von",
        }
        return known or (bool(previous) and "npc" in lex.kinds_of(previous))

    def _context(self, s: Seen, words: Words, i: int, previous: str, before: str, after: str) -> None:
        lex = self.lex
        anchor = words[i - 2].group().lower() if previous in lex.dets and i >= 2 else previous
        if anchor in lex.place_preps:
            s.vote("location", 0.55 if s.votes.get("location", 0) < 1.2 else 0.0)
        if previous and previous not in lex.dets and not capital(previous) and (kinds := lex.kinds_of(previous)):
            for k in kinds[:2]:
                s.vote(k, 1.2 / len(kinds[:2]))
        if re.search(r"\b(?:gas|ice) giant $", before):
            s.votes.pop("npc", None)
            s.vote("location", 1.5)
        self._person(s, before, after)
        self._place(s, anchor, before)
        if lex.patterns["called"].search(before):
            self._called(s, before)
        if m := _COPULA.match(after) or _APPOSED.match(after):
            for kind in phrase_kinds(after[m.end() :], lex)[:2]:
                s.vote(kind, 1.1)

    def _person(self, s: Seen, before: str, after: str) -> None:
        """What people have around their names: kin, roles, verbs of doing."""
        lex = self.lex
        m = re.search(r"\b([^\W\d_]+) ([^\W\d_]+), $", before)
        if m and m.group(1).lower() in lex.dets and (kinds := lex.kinds_of(m.group(2))):
            s.vote("npc" if "npc" in kinds else kinds[0], 1.2 if "npc" in kinds else 1.4)
        if lex.lang == "en" and s.acts < 3 and _ACTS.match(after) and not before.lower().endswith("the "):
            s.acts += 1
            s.vote("npc", 0.2)
        for name, text, weight in (
            ("kin_name", before.rstrip(" ,"), 1.2),
            ("person_cue", after, 0.8),
            ("possessive_tail", after, 0.2),
        ):
            if lex.patterns[name].search(text):
                s.vote("npc", weight)

    def _place(self, s: Seen, anchor: str, before: str) -> None:
        """`the city of X`, `at St. X's`."""
        m = re.search(r"\b([^\W\d_]+) (?:of|de|von|do|da|du|del) (?:the |la |l')?$", before)
        if m and fold(m.group(1)) in SETTLED:
            s.vote("location", 1.2)
        if fold(s.name).startswith(("saint-", "sainte-", "sankt-")) and len(s.spans) == 1:
            s.vote("location", 0.8)
        if anchor in self.lex.place_preps and fold(s.name.split()[0]).rstrip(".") in _SAINT:
            s.vote("location", 0.6)

    def _called(self, s: Seen, before: str) -> None:
        """`The crossbow … is now called *Patience*`: the last noun before speaks."""
        for w in reversed([m.group() for m in WORD.finditer(before)]):
            if w.lower() not in self.lex.dets and (kinds := self.lex.kinds_of(w)):
                s.vote(kinds[0], 1.4)
                return

    def _common(self, cleans: list[tuple[Clean, Words]]) -> None:
        """`the collapse of the Sable Bridge`, `the chapel of Saint Wend`: a small head word makes a name."""
        if self.lex.lang != "en":
            return
        pattern = re.compile(r"\bthe ([a-z]{4,}) of ((?:the )?(?:Saint |St\. )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)")
        for c, _ in cleans:
            for m in pattern.finditer(c.text):
                kinds = self.lex.kinds_of(m.group(1))
                if (
                    m.group(1) in SETTLEMENTS
                    or not kinds
                    or not set(kinds) <= {"event", "location"}
                    or (m.group(2).startswith("the ") and "event" not in kinds)
                ):
                    continue
                if kinds[0] == "location" and m.group(1) not in {
                    "chapel",
                    "temple",
                    "shrine",
                    "church",
                    "abbey",
                    "tomb",
                    "monastery",
                    "cathedral",
                    "priory",
                    "sanctuary",
                }:
                    continue
                if m.group(1) in _MOMENTS and m.group(2).startswith("the ") and " " in m.group(2)[4:]:
                    continue
                s = self.seen.setdefault(key_of(m.group(0)), Seen(m.group(0)[4:]))
                s.spans.append(c.span(m.start(1), m.end()))
                s.middle += 1
                s.vote(kinds[0], 1.0)

    # -- decision -----------------------------------------------------------------------------------------------

    def _decide(self, key: str, s: Seen) -> None:
        ent = self.draft.ents.get(key)
        if ent is not None:
            ent.mentions.update(s.spans)
            for kind, weight in s.votes.items():
                ent.vote(kind, min(weight, 1.5) * 0.6, "context")
            return
        if fold(s.name) in self.lex.stop or not 2 <= len(s.name) <= 60 or s.indefinite * 2 > len(s.spans):
            return
        if (part := self._part_of(key)) is not None:
            part.mentions.update(s.spans)
            part.alias(s.name)
            for kind, weight in s.votes.items():
                part.vote(kind, min(weight, 1.0) * 0.4, "context")
            return
        self._new(s)

    def _part_of(self, key: str) -> Ent | None:
        """The one entity that this is a short form of."""
        words = key.split()
        hits = []
        self._index_names()
        near = dict.fromkeys(self.by_word.get(words[0], ()))
        for other in list(near)[:200]:
            ent = self.draft.ents[other]
            long = other.split()
            if len(long) <= len(words):
                continue
            tail = long[-len(words) :] == words
            head = long[: len(words)] == words and (ent.kind in {"npc", ""} or "npc" in ent.votes)
            bare = [w for w in long if w not in self.lex.titles][: len(words)] == words and "npc" in ent.votes
            middle = len(words) == 1 and words[0] in long and "npc" in ent.votes and words[0] not in self.lex.titles
            if tail or head or bare or middle:
                hits.append(ent)
        return hits[0] if len(hits) == 1 else None

    def _index_names(self) -> None:
        """Names by word, grown as entities are added."""
        names = list(self.draft.ents)
        for other in names[self.indexed :]:
            for word in set(other.split()):
                self.by_word.setdefault(word, []).append(other)
        self.indexed = len(names)

    def _new(self, s: Seen) -> None:
        lex = self.lex
        words = [m.group() for m in WORD.finditer(s.name)]
        proper = [w for w in words if capital(w) and w.lower() not in lex.dets]
        around = s.best
        if (
            len(s.spans) >= 3
            and s.middle
            and not s.articles
            and s.acts
            and around < 0.5
            and key_of(s.name) not in self.lower
        ):
            s.vote("npc", 0.5)
            around = s.best
        for kind, weight in head_votes(s.name, lex).items():
            s.vote(kind, weight)
        if len(proper) == 1 and len(words) == 1 and (not s.middle or around < (0.2 if s.bold else 0.5)):
            return
        if s.bold and s.best < 0.5 and s.middle and len(words) <= 3 and around > 0:
            s.vote("npc", 0.5)
        if s.best < 0.5 and len(proper) in {2, 3} and not s.articles and not any(lex.kinds_of(w) for w in proper):
            s.vote("npc", 0.7)
        if s.best < (0.5 if s.middle or len(proper) > 1 else 1.0):
            return
        ent = self.draft.entity(s.name, s.spans[0], why="prose")
        if ent is not None:
            ent.mentions.update(s.spans)
            for kind, weight in s.votes.items():
                ent.vote(kind, weight, "context")


def votes_from_names(ents: list[Ent], lex: Lexicon) -> None:
    """Let the words of every structural name speak, and the place that holds it."""
    for ent in ents:
        if "prose" not in ent.why and not ("h1" in ent.why and not ent.why.keys() & {"described", "label", "context"}):
            for kind, weight in head_votes(ent.name, lex).items():
                ent.vote(kind, weight * 0.8, "head")
        if ent.parent is not None and ent.parent.kind == "location":
            ent.vote("location", 0.6, "nesting")
