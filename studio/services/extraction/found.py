"""Names in running prose that no structure announced, with what their surroundings say about their kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studio.domain.text import fold
from studio.services.extraction.doc import Clean
from studio.services.extraction.draft import Draft, Ent
from studio.services.extraction.lexicon import Lexicon
from studio.services.extraction.names import CONNECT, WORD, capital, key_of, runs
from studio.services.extraction.mentions import title_split

_BEGIN = re.compile(r"(?:^|[.!?:…]['\")»”]*\s+|[\n|•]\s*|[\"“«(¡¿]|\s[–—-]\s)$")
_COPULA = re.compile(r"^\s*(?:is|was|are|were|ist|war|sind|es|era|son|está|est|était|sont|é|foi|são)\s+", re.IGNORECASE)


@dataclass
class Seen:
    """All places where one name stands."""

    name: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    votes: dict[str, float] = field(default_factory=dict)
    middle: int = 0
    articles: int = 0

    def vote(self, kind: str, weight: float) -> None:
        kind = "npc" if kind == "species" else kind
        self.votes[kind] = self.votes.get(kind, 0.0) + weight


def head_votes(name: str, lex: Lexicon) -> dict[str, float]:
    """What the words of a name say: titles, and its head noun (the last word, or the first in Romance languages)."""
    votes: dict[str, float] = {}
    titles, rest = title_split(name, lex)
    if titles and fold(titles[0]) not in lex.soft_titles:
        votes["npc"] = 1.8
    elif titles:
        votes["npc"] = 0.9
    words = [m.group() for m in WORD.finditer(name)]
    for kind, weight in _head_kinds(words, lex):
        votes[kind] = votes.get(kind, 0.0) + weight
    if words and re.fullmatch(r"\d{2,4}", words[-1]):
        votes["event"] = votes.get("event", 0.0) + 0.8
    return votes


def _head_kinds(words: list[str], lex: Lexicon) -> list[tuple[str, float]]:
    plain = [w for w in words if w.lower() not in lex.dets]
    cut = next((i for i, w in enumerate(plain) if i and w.lower() in CONNECT), len(plain))
    if len(plain) < 2:
        return [
            ("npc" if k == "species" else k, 0.5)
            for k in (lex.kinds_of(plain[0]) if plain else ())
            if k not in {"npc", "species"}
        ][:2]
    romance = lex.lang in {"es", "fr", "pt"}
    order = plain[:cut] if romance else [*plain[:cut][::-1], *plain[cut:][::-1][:0]]
    for i, w in enumerate(order):
        kinds = [k for k in lex.kinds_of(w) if k not in {"npc", "species"} or i == 0]
        if kinds:
            weight = 1.3 if i == 0 else 0.9
            return [
                ("npc" if k == "species" else k, (0.5 if k in {"npc", "species"} else weight) / (1 + 0.5 * n))
                for n, k in enumerate(kinds[:2])
            ]
    return []


def scan(draft: Draft, cleans: list[tuple[Clean, list[re.Match[str]]]], lex: Lexicon) -> None:
    """Find names in all pieces of text and add those that something speaks for."""
    seen: dict[str, Seen] = {}
    for c, words in cleans:
        for i, j in runs(c.text, words, lex.stop):
            _occurrence(seen, c, words, i, j, lex)
    for key, s in seen.items():
        ent = draft.ents.get(key)
        if ent is not None:
            for kind, weight in s.votes.items():
                ent.vote(kind, min(weight, 1.5) * 0.6, "context")
            continue
        _decide(draft, s, lex)


def _occurrence(seen: dict[str, Seen], c: Clean, words: list[re.Match[str]], i: int, j: int, lex: Lexicon) -> None:
    start, end = words[i].start(), words[j - 1].end()
    name = c.text[start:end]
    if name.endswith(("'s", "’s")):
        name, end = name[:-2], end - 2
    before, after = c.text[max(0, start - 40) : start], c.text[end : end + 80]
    previous = words[i - 1].group().lower() if i and words[i].start() - words[i - 1].end() == 1 else ""
    if lex.lang == "de" and not _german_name(words, i, j, previous, before, lex):
        return
    s = seen.setdefault(key_of(name), Seen(name))
    s.spans.append(c.span(start, end))
    initial = bool(_BEGIN.search(before)) or not before
    s.middle += not initial
    if previous in lex.dets:
        s.articles += 1
        if (
            i >= 1
            and words[i - 1].group()[0].isupper()
            and not _BEGIN.search(c.text[max(0, words[i - 1].start() - 40) : words[i - 1].start()])
            and words[i - 1].start() > 0
        ):
            s.name = c.text[words[i - 1].start() : end]
            s.middle += 1
    _context(s, c, words, i, previous, before, after, lex)


def _german_name(words: list[re.Match[str]], i: int, j: int, previous: str, before: str, lex: Lexicon) -> bool:
    """German writes all nouns big: a name is several words, or stands without article after a preposition or a title."""
    if j - i >= 2:
        return True
    word = words[i].group()
    if lex.kinds_of(word) or fold(word) in lex.stop or len(word) < 3:
        return False
    if _BEGIN.search(before) or not before:
        return False
    return (
        previous in lex.place_preps
        or bool(lex.kinds_of(previous))
        or previous in {"und", "als", "mit", "gegen", "für", "dass"}
    )


def _context(
    s: Seen, c: Clean, words: list[re.Match[str]], i: int, previous: str, before: str, after: str, lex: Lexicon
) -> None:
    anchor = words[i - 2].group().lower() if previous in lex.dets and i >= 2 else previous
    if anchor in lex.place_preps:
        s.vote("location", 0.55 if s.votes.get("location", 0) < 1.2 else 0.0)
    if previous and previous not in lex.dets and not capital(previous) and (kinds := lex.kinds_of(previous)):
        share = 1.2 / len(kinds[:2])
        for k in kinds[:2]:
            s.vote(k, share)
    if lex.patterns["kin_name"].search(before.rstrip(" ,")):
        s.vote("npc", 1.2)
    if lex.patterns["person_cue"].search(after):
        s.vote("npc", 0.8)
    if lex.patterns["possessive_tail"].search(after):
        s.vote("npc", 0.2)
    m = _COPULA.match(after) or re.match(
        r"^,\s+(?=(?:a|an|the|ein|eine|der|die|das|un|una|uno|el|la|le|une|um|uma|o)\s)", after
    )
    if m:
        for kind in phrase_kinds(after[m.end() :], lex)[:2]:
            s.vote(kind, 1.1)


def phrase_kinds(text: str, lex: Lexicon) -> tuple[str, ...]:
    """The kinds that the head noun of a noun phrase names."""
    text = re.split(r"[,.;:!?()\n–—]", text, maxsplit=1)[0][:90]
    m = lex.patterns["with"].search(text)
    near = text[: m.start()] if m and m.start() > 2 else text
    for part in (near, text):
        words = [w.group() for w in WORD.finditer(part)]
        ordered = words if lex.lang in {"es", "fr", "pt"} else words[::-1]
        for w in ordered:
            if w.lower() not in lex.dets and w.lower() not in lex.stop and (kinds := lex.kinds_of(w)):
                return kinds
    return ()


def _decide(draft: Draft, s: Seen, lex: Lexicon) -> None:
    words = [m.group() for m in WORD.finditer(s.name)]
    proper = [w for w in words if capital(w) and w.lower() not in lex.dets]
    for kind, weight in head_votes(s.name, lex).items():
        s.vote(kind, weight)
    if fold(s.name) in lex.stop or len(s.name) < 2 or len(s.name) > 60:
        return
    if len(proper) == 1 and not s.middle and not s.votes:
        return
    if len(proper) in {2, 3} and not s.articles and not any(lex.kinds_of(w) for w in proper):
        s.vote("npc", 0.7)
    best = max(s.votes.values(), default=0.0)
    if best < (0.5 if s.middle or len(proper) > 1 else 1.0):
        return
    ent = draft.entity(s.name, s.spans[0], why="prose")
    if ent is None:
        return
    ent.mentions.update(s.spans)
    for kind, weight in s.votes.items():
        ent.vote(kind, weight, "context")


def votes_from_names(ents: list[Ent], lex: Lexicon) -> None:
    """Let the words of every structural name speak too."""
    for ent in ents:
        if "prose" not in ent.why:
            for kind, weight in head_votes(ent.name, lex).items():
                ent.vote(kind, weight * 0.8, "head")
