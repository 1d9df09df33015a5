"""The `[n]` markers in an answer, and the sentences that they vouch for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_RUN = re.compile(r"(?:\[\d{1,3}(?:\s*,\s*\d{1,3})*\](?![(:])[ \t]*)+")
_NUMBER = re.compile(r"\d{1,3}")
_END = re.compile(r"[.!?…][\"”’»)]*(?=\s)|\n")
_QUOTE = re.compile(r"“([^”\n]+)”|«([^»\n]+)»|„([^“\n]+)“|\"([^\"\n]+)\"")
_LEAST_QUOTED = 3
"""Words from which a quotation is one that a source must have, and not a name or a word in inverted commas."""


class Marker(NamedTuple):
    """One number of a marker; `span` is [start, end) of the digits in code points."""

    n: int
    span: tuple[int, int]


class Cited(NamedTuple):
    """A sentence with the markers that follow it. `quotes` are the spans of what it quotes, without the marks."""

    span: tuple[int, int]
    markers: tuple[Marker, ...]
    quotes: tuple[tuple[int, int], ...]


def without_code(text: str) -> str:
    """The text with its code blanked out, every other character where it was."""
    return _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def cited(text: str) -> Iterator[Cited]:
    """Every sentence of an answer that is followed by `[1]`, `[2][3]` or `[4, 5]`. Links and code are no markers."""
    plain = without_code(text)
    last = 0
    for run in _RUN.finditer(plain):
        markers = tuple(Marker(int(n.group()), n.span()) for n in _NUMBER.finditer(plain, *run.span()))
        start, end = _sentence(plain, last, run.start())
        quotes = tuple(_quotes(plain, start, end))
        yield Cited((start, end), markers, quotes)
        last = run.end()


def _sentence(text: str, since: int, end: int) -> tuple[int, int]:
    """The sentence that ends at `end`, whether the marker stands before its full stop or after it."""
    while end > since and text[end - 1].isspace() and text[end - 1] != "\n":
        end -= 1
    before = text[since:end]
    closed = len(before.rstrip('.!?…"”’»)'))
    start = since
    for stop in _END.finditer(text, since, since + closed):
        start = stop.end()
    while start < end and (text[start].isspace() or text[start] in ".!?,;:*->#•"):
        start += 1
    return start, end


def _quotes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _QUOTE.finditer(text, start, end):
        words = match.group(match.lastindex or 0)
        if len(words.split()) >= _LEAST_QUOTED:
            yield match.span(match.lastindex or 0)
