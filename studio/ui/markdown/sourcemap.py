"""Where a piece of Markdown ended up in the drawn document, and back: quotes are spans of the source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A stretch of drawn text that stands in the source as it is. `text` is kept only where UTF-16 is longer."""

    doc: int
    src: int
    length: int
    text: str = ""


def utf16(text: str) -> int:
    """Length in UTF-16 units, which is how Qt counts."""
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)


class SourceMap:
    """Runs in document order. Offsets into the source are code points, positions in the document UTF-16 units."""

    def __init__(self) -> None:
        self._runs: list[Run] = []

    def __len__(self) -> int:
        return len(self._runs)

    def add(self, *, doc: int, src: int, text: str) -> None:
        """Note that `text`, drawn at `doc`, is the source's text at `src`."""
        astral = any(ord(c) > 0xFFFF for c in text)
        self._runs.append(Run(doc, src, len(text), text if astral else ""))

    def cut(self, doc: int) -> None:
        """Forget everything drawn at or after this position."""
        while self._runs and self._runs[-1].doc >= doc:
            self._runs.pop()

    def to_doc(self, offset: int, *, end: bool = False) -> int:
        """The document position of a source offset; between runs, the nearest edge that lies inside the span."""
        key = offset - 1 if end else offset
        index = bisect_right(self._runs, key, key=lambda r: r.src) - 1
        if index < 0:
            return self._runs[0].doc if self._runs else 0
        run = self._runs[index]
        inside = offset - run.src
        if inside > run.length and not end and index + 1 < len(self._runs):
            return self._runs[index + 1].doc
        inside = min(inside, run.length)
        return run.doc + (utf16(run.text[:inside]) if run.text else inside)

    def to_source(self, position: int) -> int:
        """The source offset that a document position shows."""
        index = bisect_right(self._runs, position, key=lambda r: r.doc) - 1
        if index < 0:
            return 0
        run = self._runs[index]
        inside = position - run.doc
        if run.text:
            inside = len(run.text.encode("utf-16-le")[: 2 * inside].decode("utf-16-le", "ignore"))
        return run.src + min(inside, run.length)
