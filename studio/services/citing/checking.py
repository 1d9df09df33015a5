"""Checking the `[n]` markers of an answer: is there such a note, does it say so, is the quotation in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from studio.domain.citation import cited
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.services.extraction.grounding import Aligner, turned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.domain.citation import Cited
    from studio.domain.context import ContextPack, PackItem

Problem = Literal["", "no_note", "quote_missing", "quote_changed", "quote_turned", "number_missing"]
_NUMBER = re.compile(r"(?<![\w.])\d{2,}(?![\w])")
_WORD = re.compile(r"\w+")
_SPLIT = re.compile(r"(?<=[.!?…])\s+|\n+")
_SHORT = 3


class Passage(Frozen):
    """The part of a note that a citation rests on, as the model read it; `span` is [start, end) in the note's text."""

    text: str
    span: tuple[int, int]


class Citation(Frozen):
    """One number that an answer cites. `span` is its place in the answer, `sentence` what it vouches for.

    `ref`, `rev`, `kind` and `name` are those of the note's record, empty where there is no such note. `problem` says
    what is wrong and `says` puts it in a sentence; both are empty where nothing is. `passage` is None where no part of
    the note has words of the sentence.
    """

    n: int
    span: tuple[int, int]
    sentence: str
    ref: str = ""
    rev: int = 0
    kind: str = ""
    name: str = ""
    status: str = ""
    passage: Passage | None = None
    problem: Problem = ""
    says: str = ""


class Report(Frozen):
    """All citations of an answer in their order. `notes` is how many numbered notes its model had read."""

    citations: tuple[Citation, ...] = ()
    notes: int = 0

    @property
    def flagged(self) -> tuple[Citation, ...]:
        """The citations that don't hold."""
        return tuple(c for c in self.citations if c.problem)

    @property
    def used(self) -> frozenset[int]:
        """The notes that the answer cites."""
        return frozenset(c.n for c in self.citations if c.ref)


def check(text: str, pack: ContextPack, read: Callable[[str], str]) -> Report:
    """Check an answer against what its model read; `read` gives an item's text by its hash.

    Without numbered notes there is nothing to cite, and a bracketed number is only a number.
    """
    notes = pack.cited
    if not notes:
        return Report()
    texts = {n: read(item.text_hash) for n, item in notes.items()}
    found = (one for sentence in cited(text) for one in _citations(text, sentence, notes, texts))
    return Report(citations=tuple(found), notes=len(notes))


def _citations(text: str, one: Cited, notes: dict[int, PackItem], texts: dict[int, str]) -> Iterator[Citation]:
    sentence = text[slice(*one.span)]
    problem, says = _problem(text, one, texts)
    for marker in one.markers:
        item = notes.get(marker.n)
        if item is None:
            gone = f"There is no note [{marker.n}] among what the model read."
            yield Citation(n=marker.n, span=marker.span, sentence=sentence, problem="no_note", says=gone)
            continue
        yield Citation(
            n=marker.n, span=marker.span, sentence=sentence, ref=item.ref, rev=item.rev, kind=item.kind, name=item.name,
            status=item.status, passage=passage(sentence, texts[marker.n]), problem=problem, says=says,
        )  # fmt: skip


def _problem(text: str, one: Cited, texts: dict[int, str]) -> tuple[Problem, str]:
    """What is wrong with a sentence, given all the notes that it cites together."""
    cited_texts = [texts[m.n] for m in one.markers if m.n in texts]
    if not cited_texts:
        return "", ""
    which = " or ".join(f"[{m.n}]" for m in one.markers if m.n in texts)
    for start, end in one.quotes:
        problem, words = _quoted(text[start:end], cited_texts)
        if problem:
            return problem, f"“{text[start:end]}” {words} {which}."
    return _numbers(text[slice(*one.span)], cited_texts, which)


def _quoted(quote: str, texts: list[str]) -> tuple[Problem, str]:
    best: tuple[Problem, str] = ("quote_missing", "is not in note")
    for text in texts:
        place = Aligner(text).find(quote)
        if place is None:
            continue
        if turned(quote, text[place.start : place.end]):
            best = ("quote_turned", "is the opposite of what stands in note")
        elif place.status == "fuzzy":
            best = ("quote_changed", "is not word for word in note")
        else:
            return "", ""
    return best


def _numbers(sentence: str, texts: list[str], which: str) -> tuple[Problem, str]:
    there = set(_NUMBER.findall(" ".join(texts).replace(",", "")))
    absent = [n for n in _NUMBER.findall(sentence.replace(",", "")) if n not in there]
    return ("number_missing", f"The number {absent[0]} is not in note {which}.") if absent else ("", "")


def passage(sentence: str, text: str) -> Passage | None:
    """The part of a text that has most of a sentence's words; the shorter one of two that have as many."""
    wanted = _words(sentence)
    best: tuple[float, int, Passage] | None = None
    for start, end in _parts(text):
        part = text[start:end]
        shared = len(wanted & _words(part))
        if shared and (best is None or (shared, -len(part)) > best[:2]):
            best = (shared, -len(part), Passage(text=part, span=(start, end)))
    return best[2] if best else None


def _words(text: str) -> set[str]:
    return {w for w in _WORD.findall(fold(text)) if len(w) > _SHORT or w.isdigit()}


def _parts(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _SPLIT.finditer(text):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < len(text):
        yield at, len(text)
