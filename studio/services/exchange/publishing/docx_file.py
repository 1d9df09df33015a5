"""A document for word processors: real headings, bookmarks and links, a table of contents, boxes as shaded tables."""

from __future__ import annotations

import struct
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.document import _Body
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Cm, Emu
from docx.table import _Cell

from studio.services.exchange import writing
from studio.services.exchange.publishing import docx_look as look
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
    Span,
    Spans,
    Stats,
    printable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studio.services.exchange.publishing.document import Document, Section

HOLDS = frozenset({"image/png", "image/jpeg", "image/gif", "image/bmp"})
_BROKEN = (
    InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, struct.error, ValueError, KeyError,
    ZeroDivisionError, IndexError,
)  # fmt: skip
_DPI_EMU = 9525
_WIDTH, _TALLEST = Cm(16), Cm(12)


def write(document: Document, path: Path) -> set[str]:
    """Write the file. Gives the names of images that are damaged, which it shows by their captions."""
    made = _Docx(document)
    made.fill()
    buffer = BytesIO()
    made.file.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            writing.add(archive, name, source.read(name))
    return made.damaged


class _Docx:
    """Writes into the file, or into a cell of it: both take paragraphs and tables."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.file: Any = docx.Document()
        self.damaged: set[str] = set()
        self.marks = {one.anchor: f"s{n}" for n, (_level, one) in enumerate(document.walk(), 1)}
        look.dress(self.file)
        self._styles: dict[str, str] = {one.name: one.style_id for one in self.file.styles}
        self._describe()

    def _describe(self) -> None:
        one, about = self.document, self.file.core_properties
        about.title, about.subject = printable(f"{one.title}: {one.subtitle}")[:250], printable(one.line)[:250]
        about.language = one.language
        about.author, about.last_modified_by, about.comments = printable(", ".join(one.authors))[:250], "", ""
        when = one.modified or "2000-01-01T00:00:00Z"
        about.created = about.modified = datetime.fromisoformat(when.replace("Z", "+00:00")).astimezone(UTC)

    @contextmanager
    def _piece(self) -> Iterator[Any]:
        """A place for a part of the text, put behind the rest when it is done.

        The library looks through all that its place holds for each paragraph, so that place has to stay small.
        """
        piece = _Body(look.element("body"), self.file)
        yield piece
        end = self.file.element.body.sectPr
        for one in list(piece._element):
            end.addprevious(one)

    def fill(self) -> None:
        """Everything, in order."""
        one = self.document
        with self._piece() as place:
            self._line(place, "Title", (Span(one.title),))
            self._line(place, "Subtitle", (Span(one.subtitle),))
            self._line(place, "Cover line", (Span(one.line),))
            self._line(place, "Cover line", (Span(", ".join(one.authors)),))
            look.page_break(self._line(place, "Contents title", (Span("Contents"),)), before=True)
        self._contents()
        for n, section in enumerate(one.sections):
            self._chapter(section, breaks=n == 0 or not one.brief)

    def _contents(self) -> None:
        """A field that a word processor brings up to date, filled with what stands in it now."""
        deepest = 1 if self.document.cards else 2
        found = [(level, one) for level, one in self.document.walk() if level <= deepest]
        for n, (level, one) in enumerate(found):
            with self._piece() as place:
                paragraph = self._new(place, f"Contents {level}")
                if n == 0:
                    look.field_begin(paragraph, 'TOC \\o "1-2" \\h \\z \\u')
                self._linked(paragraph, Span(one.title, to=one.anchor))
                if n == len(found) - 1:
                    look.field_end(paragraph)

    def _chapter(self, section: Section, *, breaks: bool) -> None:
        with self._piece() as place:
            look.page_break(self._heading(place, section, 1), before=breaks)
            self._blocks(place, section.blocks, 1)
            if self.document.cards and section.sections:
                self._cards(place, section.sections)
                return
        for one in section.sections:
            self._section(one, 2)

    def _section(self, section: Section, level: int) -> None:
        with self._piece() as place:
            if section.kind:
                self._line(place, "Kind", (Span(section.kind.upper()),))
            self._heading(place, section, level)
            self._blocks(place, section.blocks, level)
        for one in section.sections:
            self._section(one, level + 1)

    def _cards(self, place: Any, sections: tuple[Section, ...]) -> None:
        table = self._table(place, (len(sections) + 1) // 2, 2)
        look.grid(table)
        cells = [cell for row in table.rows for cell in row.cells]
        for section, cell in zip(sections, cells, strict=False):
            self._line(cell, "Kind", (Span(section.kind.upper()),))
            self._heading(cell, section, 2)
            self._blocks(cell, section.blocks, 2)
            look.tidy(cell)
        for row in table.rows:
            look.keep_whole(row)

    def _heading(self, place: Any, section: Section, level: int) -> Any:
        paragraph = self._new(place, f"Heading {min(level, 6)}")
        look.bookmark(paragraph, self.marks[section.anchor], section.title)
        return paragraph

    # ---- words -----------------------------------------------------------------------------------------------------

    def _new(self, place: Any, style: str) -> Any:
        """A paragraph. Its style is written by id: asking the library for one by name reads all of them each time."""
        paragraph = place.add_paragraph()
        paragraph._p.style = self._styles[style]
        return paragraph

    def _table(self, place: Any, rows: int, columns: int) -> Any:
        return place.add_table(rows, columns) if isinstance(place, _Cell) else place.add_table(rows, columns, _WIDTH)

    def _line(self, place: Any, style: str, spans: Spans) -> Any:
        paragraph = self._new(place, style)
        self._spans(paragraph, spans)
        return paragraph

    def _spans(self, paragraph: Any, spans: Iterable[Span]) -> None:
        for one in spans:
            if one.to or one.url:
                self._linked(paragraph, one)
            else:
                paragraph._p.append(look.run(one))

    def _linked(self, paragraph: Any, span: Span) -> None:
        if span.to:
            paragraph._p.append(look.link(span, anchor=self.marks[span.to]))
        else:
            key = paragraph.part.relate_to(span.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            paragraph._p.append(look.link(span, relation=key))

    # ---- blocks ----------------------------------------------------------------------------------------------------

    def _blocks(self, place: Any, blocks: Iterable[Block], level: int, depth: int = 0) -> None:
        for one in blocks:
            self._block(place, one, level, depth)

    def _block(self, place: Any, block: Block, level: int, depth: int) -> None:
        match block:
            case Paragraph():
                paragraph = self._line(place, "Lead" if block.lead else "Body Text", block.spans)
                look.indent(paragraph, depth)
            case Heading():
                self._line(place, f"Heading {min(level + block.level, 6)}", block.spans)
            case Items():
                self._items(place, block, level, depth)
            case Code():
                self._line(place, "Code", (Span(block.text),))
            case Rule():
                look.rule(self._new(place, "Body Text"))
            case _:
                self._framed(place, block, level)

    def _framed(self, place: Any, block: Box | Grid | Picture | Facts | Stats, level: int) -> None:
        match block:
            case Box():
                self._box(place, block, level)
            case Grid():
                self._grid(place, block)
            case Picture():
                self._picture(place, block)
            case Facts():
                for label, said in block.rows:
                    self._line(place, "Fact", (Span(label, bold=True), Span("\t"), *said))
            case Stats():
                self._stats(place, block)

    def _items(self, place: Any, block: Items, level: int, depth: int) -> None:
        for n, item in enumerate(block.items):
            mark = "•" if block.start is None else f"{block.start + n}."
            first = item[0] if item and isinstance(item[0], Paragraph) else Paragraph(())
            paragraph = self._line(place, "Item", (Span(f"{mark}\t"), *first.spans))
            look.indent(paragraph, depth + 1, hanging=True)
            self._blocks(place, item[1:] if first.spans else item, level, depth + 1)

    def _box(self, place: Any, block: Box, level: int) -> None:
        if block.kind == "ties":
            self._line(place, "Box title", (Span(block.title.upper()),))
            self._blocks(place, block.blocks, level)
            return
        table = self._table(place, 1, 1)
        look.box(table, block.kind)
        cell = table.cell(0, 0)
        if block.title:
            self._line(cell, "Box title", (Span(block.title.upper()),))
        self._blocks(cell, block.blocks, level)
        look.tidy(cell)
        self._after_table(place)

    def _after_table(self, place: Any) -> None:
        self._new(place, "Gap")

    def _grid(self, place: Any, block: Grid) -> None:
        width = max(len(block.head), 1)
        table = self._table(place, 1 + len(block.rows), width)
        look.ruled(table)
        for at, (row, cells) in enumerate(zip(table.rows, (block.head, *block.rows), strict=True)):
            for n, (cell, spans) in enumerate(zip(row.cells, cells[:width], strict=False)):
                paragraph = cell.paragraphs[0]
                paragraph._p.style = self._styles["Cell title" if at == 0 else "Cell"]
                self._spans(paragraph, spans)
                look.align(paragraph, block.align[n] if n < len(block.align) else "left")
        look.repeat_head(table)
        self._after_table(place)

    def _picture(self, place: Any, block: Picture) -> None:
        image = self.document.images[block.name]
        paragraph = self._new(place, "Picture")
        try:
            shape = paragraph.add_run().add_picture(
                BytesIO(image.data), **_size(image.width, image.height, block.small)
            )
        except _BROKEN:
            self.damaged.add(block.name)
            paragraph._p.getparent().remove(paragraph._p)
        else:
            shape._inline.docPr.set("descr", printable(block.alt))
        if block.caption and not block.small:
            self._line(place, "Caption", (Span(block.caption),))

    def _stats(self, place: Any, block: Stats) -> None:
        table = self._table(place, 1, 1)
        look.box(table, "stats")
        cell = table.cell(0, 0)
        self._line(cell, "Stat name", (Span(block.name),))
        if block.line:
            self._line(cell, "Stat line", (Span(block.line, italic=True),))
        for name, value in block.rows:
            self._line(cell, "Stat line", (Span(f"{name} ", bold=True), Span(value)))
        if block.scores:
            scores = "   ".join(f"{name} {value}" for name, value in block.scores)
            self._line(cell, "Stat line", (Span(scores, bold=True),))
        for title, items in block.parts:
            self._line(cell, "Stat part", (Span(title),))
            for name, said in items:
                head = (Span(f"{name}. ", bold=True, italic=True),) if name else ()
                self._line(cell, "Stat line", (*head, Span(said)))
        look.tidy(cell)
        self._after_table(place)


def _size(width: int, height: int, small: bool) -> dict[str, Any]:
    """Within the page, never larger than twice its pixels."""
    widest, tallest = (_WIDTH // 3, Cm(4)) if small else (_WIDTH, _TALLEST)
    if width <= 0 or height <= 0:
        return {"width": Emu(widest)}
    fit = min(widest / width, tallest / height, 2 * _DPI_EMU)
    return {"width": Emu(int(width * fit)), "height": Emu(int(height * fit))}
