"""Blocks as XHTML, for web pages and for books: every word is escaped, nothing is loaded from anywhere."""

from __future__ import annotations

from html import escape
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
    Span,
    Spans,
    Stats,
    printable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.services.exchange.publishing.document import Document, Section

BOXES = {"quote": "blockquote", "secret": "aside", "read": "aside", "note": "aside", "ties": "aside"}


def words(text: str) -> str:
    """A text that is safe inside an element and inside an attribute."""
    return escape(printable(text), quote=True)


class Xhtml:
    """Renders sections. `source` gives an image's address, `place` a section's, by the names in the document."""

    def __init__(self, source: Callable[[str], str], place: Callable[[str], str]) -> None:
        self._source, self._place = source, place

    def section(self, section: Section, level: int) -> str:
        """A section with all that is in it; `level` 1 is a chapter."""
        tag = f"h{min(level + 1, 6)}"
        kind = f'<p class="kind">{words(section.kind)}</p>' if section.kind else ""
        inner = "\n".join(self.section(one, level + 1) for one in section.sections)
        cls = "chapter" if level == 1 else "entry"
        return (
            f'<section class="{cls}" id="{words(section.anchor)}">\n{kind}<{tag}>{words(section.title)}</{tag}>\n'
            f"{self.blocks(section.blocks, level + 1)}\n{inner}</section>"
        )

    def blocks(self, blocks: Iterable[Block], level: int = 2) -> str:
        """Blocks under a heading of this level."""
        return "\n".join(self._block(one, level) for one in blocks)

    def spans(self, spans: Spans) -> str:
        """Words of a line."""
        return "".join(self._span(one) for one in spans)

    def _span(self, span: Span) -> str:
        if span.text == "\n":
            return "<br/>"
        text = words(span.text)
        for tag, on in (("code", span.code), ("s", span.strike), ("em", span.italic), ("strong", span.bold)):
            text = f"<{tag}>{text}</{tag}>" if on else text
        if span.to:
            return f'<a href="{words(self._place(span.to))}">{text}</a>'
        return f'<a href="{words(span.url)}" rel="noreferrer">{text}</a>' if span.url else text

    def _block(self, block: Block, level: int) -> str:
        match block:
            case Paragraph():
                lead = ' class="lead"' if block.lead else ""
                return f"<p{lead}>{self.spans(block.spans)}</p>"
            case Heading():
                tag = f"h{min(level + block.level, 6)}"
                return f"<{tag}>{self.spans(block.spans)}</{tag}>"
            case Items():
                return self._items(block, level)
            case Code():
                return f"<pre><code>{words(block.text)}</code></pre>"
            case Rule():
                return "<hr/>"
            case _:
                return self._framed(block, level)

    def _framed(self, block: Box | Grid | Picture | Facts | Stats, level: int) -> str:
        match block:
            case Box():
                return self._box(block, level)
            case Grid():
                return self._grid(block)
            case Picture():
                return self._picture(block)
            case Facts():
                rows = "".join(f"<dt>{words(label)}</dt><dd>{self.spans(said)}</dd>" for label, said in block.rows)
                return f'<dl class="facts">{rows}</dl>'
            case Stats():
                return self._stats(block)

    def _items(self, block: Items, level: int) -> str:
        tag = "ul" if block.start is None else "ol"
        start = f' start="{block.start}"' if block.start not in (None, 1) else ""
        items = "".join(f"<li>{self._item(one, level)}</li>" for one in block.items)
        return f"<{tag}{start}>{items}</{tag}>"

    def _item(self, blocks: tuple[Block, ...], level: int) -> str:
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return self.spans(blocks[0].spans)
        return self.blocks(blocks, level)

    def _box(self, block: Box, level: int) -> str:
        tag = BOXES.get(block.kind, "aside")
        title = f'<p class="title">{words(block.title)}</p>' if block.title else ""
        return f'<{tag} class="box {words(block.kind)}">{title}{self.blocks(block.blocks, level)}</{tag}>'

    def _grid(self, block: Grid) -> str:
        def row(cells: tuple[Spans, ...], tag: str) -> str:
            made = []
            for n, cell in enumerate(cells):
                align = block.align[n] if n < len(block.align) else "left"
                cls = f' class="{align}"' if align in ("center", "right") else ""
                made.append(f"<{tag}{cls}>{self.spans(cell)}</{tag}>")
            return f"<tr>{''.join(made)}</tr>"

        body = "".join(row(one, "td") for one in block.rows)
        body = f"<tbody>{body}</tbody>" if body else ""
        return f"<table><thead>{row(block.head, 'th')}</thead>{body}</table>"

    def _picture(self, block: Picture) -> str:
        marks = "".join(
            f'<span class="mark" style="left:{one.x * 100:.2f}%;top:{one.y * 100:.2f}%">{one.number}</span>'
            for one in block.marks
        )
        image = f'<img src="{words(self._source(block.name))}" alt="{words(block.alt)}"/>'
        caption = f"<figcaption>{words(block.caption)}</figcaption>" if block.caption else ""
        cls = ' class="small"' if block.small else ""
        return f'<figure{cls}><div class="shown">{image}{marks}</div>{caption}</figure>'

    def _stats(self, block: Stats) -> str:
        line = f'<p class="line">{words(block.line)}</p>' if block.line else ""
        scores = ""
        if block.scores:
            head = "".join(f"<th>{words(name)}</th>" for name, _ in block.scores)
            body = "".join(f"<td>{words(value)}</td>" for _, value in block.scores)
            scores = f'<table class="scores"><thead><tr>{head}</tr></thead><tbody><tr>{body}</tr></tbody></table>'
        rows = "".join(f"<p><strong>{words(name)}</strong> {words(value)}</p>" for name, value in block.rows)
        parts = ""
        for title, items in block.parts:
            said = "".join(
                f"<p>{f'<strong><em>{words(name)}.</em></strong> ' if name else ''}{words(text)}</p>"
                for name, text in items
            )
            parts += f'<p class="part">{words(title)}</p>{said}'
        return f'<div class="stats"><p class="name">{words(block.name)}</p>{line}{rows}{scores}{parts}</div>'


def contents(document: Document, place: Callable[[str], str], *, tag: str = "ol") -> str:
    """The table of contents, two levels deep, as nested lists."""
    items = []
    for one in document.sections:
        inner = "".join(f"<li>{_entry(sub, place)}</li>" for sub in one.sections)
        items.append(f"<li>{_entry(one, place)}{f'<{tag}>{inner}</{tag}>' if inner else ''}</li>")
    return f"<{tag}>{''.join(items)}</{tag}>"


def _entry(section: Section, place: Callable[[str], str]) -> str:
    return f'<a href="{words(place(section.anchor))}">{words(section.title)}</a>'
