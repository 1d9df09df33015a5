"""A document as Markdown for the Homebrewery (V3): its pages, notes and monster blocks; texts stay texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.exchange.publishing.document import (
    Block,
    Box,
    Code,
    Facts,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Rule,
    Section,
    Span,
    Spans,
    Stats,
    plain,
    printable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studio.services.exchange.publishing.document import Document

HOLDS: frozenset[str] = frozenset()
_SPECIAL = re.compile(r"[\\`*_\[\]{}|#^$~!]|:(?=\S)")
_START = re.compile(r"^(\s*)([-+>=]|:)")
_NUMBER = re.compile(r"^(\s*\d+)([.)])")
_PUNCTUATION = re.compile(r"[^\w\- ]+")
_NO_ADDRESS = re.compile(r"[<>\s{}\\]")
_FULL = 26
"""So many lines, about, fill a column; the Homebrewery cuts off what runs over its page."""


def write(document: Document, path: Path) -> set[str]:
    """Write the text to paste into a new brew."""
    path.write_bytes(render(document))
    return set()


def render(document: Document) -> bytes:
    """The text itself."""
    return _Brew(document).text().encode()


def escaped(text: str) -> str:
    """Words in which nothing is Markdown, HTML or a command of the Homebrewery."""
    text = " ".join(printable(text).split()) if text.strip() else text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\g<0>", text)


class _Brew:
    def __init__(self, document: Document) -> None:
        self.document = document
        self._slugs: dict[str, int] = {}
        self._places: dict[str, str] = {}
        self._slug(document.title)
        self._slug(document.subtitle)
        for section in document.sections:
            self._place(section)

    def _place(self, section: Section) -> None:
        """Work out what each heading will be called, in the order in which they come."""
        self._places[section.anchor] = self._slug(section.title)
        for block in section.blocks:
            self._inner(block)
        for one in section.sections:
            self._place(one)

    def _inner(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._slug(plain(block.spans))
        elif isinstance(block, Box):
            for one in block.blocks:
                self._inner(one)
        elif isinstance(block, Stats):
            self._slug(block.name)
            for title, _ in block.parts:
                self._slug(title)
        elif isinstance(block, Items):
            for item in block.items:
                for one in item:
                    self._inner(one)

    def _slug(self, title: str) -> str:
        slug = _PUNCTUATION.sub("", printable(title).strip().lower()).replace(" ", "-")
        n = self._slugs.get(slug, 0)
        self._slugs[slug] = n + 1
        return f"{slug}-{n}" if n else slug

    def text(self) -> str:
        """All of it."""
        one = self.document
        by = f"\n\n{escaped(', '.join(one.authors))}" if one.authors else ""
        lines = ["{{frontCover}}", "", f"# {escaped(one.title)}", f"## {escaped(one.subtitle)}", "___", ""]
        lines += [f"{escaped(one.line)}{by}", "", r"\page", "", "{{toc,wide", "# Contents", "", *self._contents(), "}}"]
        for section in one.sections:
            lines += ["", r"\page", "", *self._section(section, 1), "", "{{pageNumber,auto}}"]
            lines += [f"{{{{footnote {escaped(section.title)}}}}}"]
        return "\n".join(lines) + "\n"

    def _contents(self) -> Iterator[str]:
        for chapter in self.document.sections:
            yield f"- ### [{escaped(chapter.title)}](#{self._places[chapter.anchor]})"
            for one in chapter.sections:
                yield f"  - [{escaped(one.title)}](#{self._places[one.anchor]})"

    def _section(self, section: Section, level: int) -> Iterator[str]:
        yield f"{'#' * min(level, 5)} {escaped(section.title)}"
        if section.kind and level > 1:
            yield f"*{escaped(section.kind)}*"
        yield ""
        yield from self._blocks(section.blocks, level)
        lines = 0
        for one in section.sections:
            made = list(self._section(one, level + 1))
            height = sum(1 + len(line) // 55 for line in made if line)
            if lines and lines + height > 2 * _FULL and level == 1:
                yield from (r"\page", "")
                lines = 0
            lines += height
            yield from made

    def _spans(self, spans: Spans) -> str:
        made = "".join(self._span(one) for one in spans)
        return _NUMBER.sub(r"\1\\\2", _START.sub(r"\1\\\2", made))

    def _span(self, span: Span) -> str:
        if span.text == "\n":
            return "<br>"
        inner = escaped(span.text)
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        inner = inner.strip()
        if span.text[:1] == " " and not before:
            before = " "
        if span.text[-1:] == " " and not after:
            after = " "
        if not inner:
            return " "
        for mark, on in (("~~", span.strike), ("*", span.italic), ("**", span.bold)):
            inner = f"{mark}{inner}{mark}" if on else inner
        if span.to:
            inner = f"[{inner}](#{self._places.get(span.to, '')})"
        elif span.url:
            inner = f"[{inner}](<{_NO_ADDRESS.sub('', span.url)}>)"
        return f"{before}{inner}{after}"

    # ---- blocks ----------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[Block], level: int) -> Iterator[str]:
        for one in blocks:
            yield from self._block(one, level)
            yield ""

    def _block(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Paragraph():
                text = self._spans(block.spans)
                yield f"*{text}*" if block.lead and all(not s.italic for s in block.spans) and "*" not in text else text
            case Heading():
                yield f"{'#' * min(level + block.level, 6)} {self._spans(block.spans)}"
            case Items():
                yield from self._items(block, level)
            case Code():
                for line in printable(block.text).splitlines():
                    yield f"{escaped(line)}  "
            case Rule():
                yield "___"
            case Picture():
                return
            case _:
                yield from self._framed(block, level)

    def _framed(self, block: Box | Grid | Facts | Stats, level: int) -> Iterator[str]:
        match block:
            case Box():
                yield from self._box(block, level)
            case Grid():
                yield from self._grid(block)
            case Facts():
                for label, said in block.rows:
                    yield f"**{escaped(label)}** :: {self._spans(said)}"
            case Stats():
                yield from self._stats(block)

    def _items(self, block: Items, level: int) -> Iterator[str]:
        for n, item in enumerate(block.items):
            mark = "- " if block.start is None else f"{block.start + n}. "
            lines = [line for one in item for line in self._block(one, level)]
            for at, line in enumerate(lines):
                yield f"{mark if at == 0 else ' ' * len(mark)}{line}"

    def _box(self, block: Box, level: int) -> Iterator[str]:
        if block.kind == "quote":
            yield from (f"> {line}".rstrip() for line in self._blocks(block.blocks, level))
            return
        if block.kind == "ties":
            yield f"**{escaped(block.title)}**"
            yield ""
            yield from self._blocks(block.blocks, level)
            return
        yield "{{descriptive" if block.kind == "read" else "{{note"
        if block.title:
            yield f"**{escaped(block.title)}**"
            yield ""
        yield from self._blocks(block.blocks, level)
        yield "}}"

    def _grid(self, block: Grid) -> Iterator[str]:
        width = max(len(block.head), 1)
        marks = {"right": "---:", "center": ":---:"}
        yield f"| {' | '.join(self._spans(cell) for cell in block.head)} |"
        aligned = (marks.get(block.align[n] if n < len(block.align) else "", ":---") for n in range(width))
        yield f"|{'|'.join(aligned)}|"
        for row in block.rows:
            cells = [self._spans(cell) for cell in row[:width]] + [""] * (width - len(row))
            yield f"| {' | '.join(cells)} |"

    def _stats(self, block: Stats) -> Iterator[str]:
        yield from ("{{monster,frame", f"## {escaped(block.name)}")
        if block.line:
            yield f"*{escaped(block.line)}*"
        yield "___"
        for name, value in block.rows:
            yield f"**{escaped(name)}** :: {escaped(value)}"
        if block.scores:
            yield from ("___", f"|{'|'.join(escaped(name) for name, _ in block.scores)}|")
            yield f"|{'|'.join(':---:' for _ in block.scores)}|"
            yield f"|{'|'.join(escaped(value) for _, value in block.scores)}|"
            yield "___"
        for title, items in block.parts:
            yield from ("", f"### {escaped(title)}")
            for name, said in items:
                yield f"***{escaped(name)}.*** {escaped(said)}" if name else escaped(said)
                yield ":"
        yield "}}"
