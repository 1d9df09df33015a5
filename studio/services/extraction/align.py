"""A model's quote → its exact place in the text: exact, then normalised, then by common words; never on other polarity."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

Status = Literal["exact", "normalised", "fuzzy"]
_PLAIN = {
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-",
    "\u2026": "...", "\u00a0": " ", "\u00ab": '"', "\u00bb": '"', "\u201e": '"',
}  # fmt: skip
_MARKUP = frozenset("*_`#>|~")
_WORD = re.compile(r"\w+(?:'\w+)?")
_NEGATION = re.compile(
    r"\b(?:not|no|never|nobody|nothing|neither|nor|without|none|\w+n't|cannot|nicht|kein\w*|nie|niemals|niemand|ohne|sin|nunca|jamás|nadie|ningun\w*|"
    r"ningún|ne|n'\w+|pas|jamais|aucun\w*|sans|não|nem|nunca|jamais|ninguém|nenhum\w*|sem)\b",
    re.IGNORECASE,
)
COVERAGE = 0.75
DENSITY = 1 / 3
MIN_FUZZY_WORDS = 4


@dataclass(frozen=True)
class Aligned:
    """Where a quote stands. `text[start:end]` is the evidence; `score` is 0–1."""

    start: int
    end: int
    status: Status
    score: float


def normalise(text: str) -> tuple[str, list[int]]:
    """Case-folded, plain quotes, no markup, single spaces; and for each character where it came from."""
    out: list[str] = []
    src: list[int] = []
    space = True
    for i, ch in enumerate(text):
        if ch in _MARKUP:
            continue
        ch = _PLAIN.get(ch, ch)
        if ch.isspace():
            if not space:
                out.append(" ")
                src.append(i)
            space = True
            continue
        space = False
        for c in unicodedata.normalize("NFKC", ch).casefold():
            out.append(c)
            src.append(i)
    return "".join(out), src


def negations(text: str) -> int:
    """How many words of denial a passage has."""
    return len(_NEGATION.findall(text.replace("\u2019", "'")))


class Aligner:
    """Aligns many quotes to one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._norm, self._src = normalise(text)
        self._words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(self._norm)]

    def align(self, quote: str) -> Aligned | None:
        """The place of a quote, or None when the text does not support it. Short quotes must match word for word."""
        if not quote.strip():
            return None
        at = self.text.find(quote)
        if at >= 0:
            return Aligned(at, at + len(quote), "exact", 1.0)
        norm, _ = normalise(quote)
        norm = norm.strip(" .,;:\"'")
        if len(norm) < 2:
            return None
        at = self._bounded(norm)
        if at >= 0:
            return Aligned(self._src[at], self._src[at + len(norm) - 1] + 1, "normalised", 0.99)
        found = self._fuzzy([m.group() for m in _WORD.finditer(norm)])
        if found and negations(quote) != negations(self.text[found.start : found.end]):
            return None
        return found

    def _bounded(self, norm: str) -> int:
        """The first place where the words stand as whole words."""
        at = self._norm.find(norm)
        while at >= 0:
            end = at + len(norm)
            left = at == 0 or not (self._norm[at - 1].isalnum() and norm[0].isalnum())
            right = end >= len(self._norm) or not (self._norm[end].isalnum() and norm[-1].isalnum())
            if left and right:
                return at
            at = self._norm.find(norm, at + 1)
        return -1

    def _fuzzy(self, quote: list[str]) -> Aligned | None:
        """Longest common word sequence inside the windows that share most words with the quote."""
        n = len(quote)
        if n < MIN_FUZZY_WORDS:
            return None
        need = -(-n * COVERAGE // 1)
        best: tuple[float, float, int, int] | None = None
        for a, b in self._windows(quote, int(need), 2 * n + 4):
            ops = [o for o in LCSseq.opcodes(quote, [w for w, _, _ in self._words[a:b]]) if o.tag == "equal"]
            hits = sum(o.src_end - o.src_start for o in ops)
            if hits < need:
                continue
            s, e = a + ops[0].dest_start, a + ops[-1].dest_end
            rank = (hits / n, hits / (e - s), s, e)
            if rank[1] >= DENSITY and (best is None or rank[:2] > best[:2]):
                best = rank
        if best is None:
            return None
        return Aligned(
            self._src[self._words[best[2]][1]],
            self._src[self._words[best[3] - 1][2] - 1] + 1,
            "fuzzy",
            round(best[0], 3),
        )

    def _windows(self, quote: list[str], need: int, width: int) -> list[tuple[int, int]]:
        """The few windows of the text that share the most words with the quote."""
        wanted, seen, overlap = Counter(quote), Counter[str](), 0
        found: list[tuple[int, int, int]] = []
        for i, (word, _, _) in enumerate(self._words):
            if word in wanted:
                seen[word] += 1
                overlap += seen[word] <= wanted[word]
            if i >= width and (old := self._words[i - width][0]) in wanted:
                overlap -= seen[old] <= wanted[old]
                seen[old] -= 1
            if overlap >= need:
                found.append((overlap, max(0, i - width + 1), i + 1))
        found.sort(key=lambda f: (-f[0], f[1]))
        kept: list[tuple[int, int]] = []
        for _, a, b in found:
            if all(abs(a - x) >= width // 2 for x, _ in kept):
                kept.append((a, b))
            if len(kept) >= 6:
                break
        return kept
