"""Where in a text a quote stands: exact, then normalised, then by its words in order; and whether it says yes or no."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

Status = Literal["exact", "normalised", "fuzzy"]
COVERAGE, DENSITY = 0.75, 1 / 3
"""Share of the quote's words that must be found in order, and how close together (after langextract's rule)."""
_FEWEST = 4
_TRIES = 6
_MARKUP = frozenset('*_`#>|~"')
_SAME = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2013": "-",
        "\u2014": "-",
    }
)
_WORD = re.compile(r"\w+")
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|neither|nor|without|cannot|n't|nicht|nie|niemals|kein\w*|ohne|weder|pas|jamais|aucune?|sans|"
    r"nunca|jamás|ning[uú]n\w*|não|nem|nenhuma?|sem|false|denies|denied)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_REACH = 28
"""Characters before a value in which a negation still speaks about it."""


class Place(NamedTuple):
    """A range of the text that supports a quote."""

    start: int
    end: int
    status: Status


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def _normalised(text: str) -> tuple[str, list[int]]:
    """The text without markup, quotation marks and case; and where each character of it came from."""
    out: list[str] = []
    origin: list[int] = []
    for i, char in enumerate(text):
        same = char.translate(_SAME)
        if same in _MARKUP:
            continue
        if char.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                origin.append(i)
            continue
        for c in unicodedata.normalize("NFKC", same).casefold():
            out.append(c)
            origin.append(i)
    return "".join(out), origin


@dataclass
class Aligner:
    """Finds quotes in one text. About a millisecond per quote."""

    text: str

    def __post_init__(self) -> None:
        self._norm, self._origin = _normalised(self.text)
        self._words = [_Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(self._norm)]
        self._plain = [w.text for w in self._words]

    def find(self, quote: str) -> Place | None:
        """The place of a quote, or None. Short quotes must match word for word."""
        if not quote.strip():
            return None
        start = self.text.find(quote)
        if start >= 0 and self._whole(self.text, start, start + len(quote)):
            return Place(start, start + len(quote), "exact")
        return self._by_form(quote) or self._by_words(quote)

    @staticmethod
    def _whole(text: str, start: int, end: int) -> bool:
        """True where the range doesn't begin or end inside a word."""
        cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
        return not (cut_before or cut_after)

    def _by_form(self, quote: str) -> Place | None:
        wanted = _normalised(quote)[0].strip(" .,;:\"'")
        if len(wanted) < 2:
            return None
        start = self._norm.find(wanted)
        while start >= 0 and not self._whole(self._norm, start, start + len(wanted)):
            start = self._norm.find(wanted, start + 1)
        return self._place(start, start + len(wanted), "normalised") if start >= 0 else None

    def _by_words(self, quote: str) -> Place | None:
        wanted = [m.group() for m in _WORD.finditer(_normalised(quote)[0])]
        if len(wanted) < _FEWEST:
            return None
        need = -(-len(wanted) * COVERAGE // 1)
        best: tuple[float, int, int] | None = None
        for start, end in self._windows(wanted, need):
            equal = [o for o in LCSseq.opcodes(wanted, self._plain[start:end]) if o.tag == "equal"]
            found = sum(o.src_end - o.src_start for o in equal)
            if found < need:
                continue
            first, last = start + equal[0].dest_start, start + equal[-1].dest_end
            density = found / (last - first)
            if density >= DENSITY and (best is None or found + density > best[0]):
                best = (found + density, first, last)
        if best is None:
            return None
        return self._place(self._words[best[1]].start, self._words[best[2] - 1].end, "fuzzy")

    def _windows(self, wanted: list[str], need: float) -> list[tuple[int, int]]:
        """The ranges of words that share most with the quote, at most a few."""
        width = 2 * len(wanted) + 4
        asked, seen = Counter(wanted), Counter[str]()
        overlap, scored = 0, []
        for i, word in enumerate(self._plain):
            if word in asked:
                seen[word] += 1
                overlap += seen[word] <= asked[word]
            if i >= width and (gone := self._plain[i - width]) in asked:
                overlap -= seen[gone] <= asked[gone]
                seen[gone] -= 1
            if overlap >= need:
                scored.append((overlap, max(0, i - width + 1), i + 1))
        chosen: list[tuple[int, int]] = []
        for _, start, end in sorted(scored, key=lambda s: (-s[0], s[1])):
            if all(abs(start - other) >= width // 2 for other, _ in chosen):
                chosen.append((start, end))
            if len(chosen) >= _TRIES:
                break
        return chosen

    def _place(self, start: int, end: int, status: Status) -> Place:
        return Place(self._origin[start], self._origin[end - 1] + 1, status)


def negations(text: str) -> int:
    """How often a text says no."""
    return len(_NEGATION.findall(text))


def turned(quote: str, found: str) -> bool:
    """True where a quote and its place differ in saying no: then the place is no evidence for the quote."""
    return negations(quote) != negations(found)


def denies(passage: str, value: str) -> bool:
    """True where a passage names a value only to deny it, as in "she is not a dragon"."""
    said, wanted = _normalised(passage)[0], _normalised(value)[0].strip()
    if not wanted or negations(wanted):
        return False
    places = [m.start() for m in re.finditer(re.escape(wanted), said)]
    return bool(places) and all(_denied(said, at) for at in places)


def _denied(said: str, at: int) -> bool:
    before = re.split(r"[.;:!?,]|\bbut\b|\bsondern\b|\bmais\b|\bsino\b|\bmas\b", said[max(0, at - _REACH) : at])[-1]
    return _NEGATION.search(before) is not None
