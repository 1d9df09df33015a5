"""Draws block tokens of Markdown at the end of a text document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableCellFormat,
)

from studio.ui.markdown import highlight
from studio.ui.markdown.inline import Inline, Note, Pictures, Resolver, Source, nobody
from studio.ui.markdown.parser import line_starts, strip_task, task_state
from studio.ui.markdown.sourcemap import SourceMap
from studio.ui.markdown.style import HEADINGS, PROP_MARK, PROP_QUOTE, PROP_RULE, PROP_SECRET, Style
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

BULLETS = ("\u2022", "\u25e6", "\u25aa")
_SECRET = "[!secret]"


@dataclass(frozen=True)
class CodeCard:
    """A code block as drawn: positions of its first and last line, its language and its text."""

    first: int
    last: int
    language: str
    code: str


@dataclass
class _ListLevel:
    ordered: bool
    start: int
    made: QTextList | None = None
    fresh_item: bool = False
    task: bool | None = None


@dataclass
class _State:
    """Where drawing stands inside nested blocks."""

    lists: list[_ListLevel] = field(default_factory=list)
    quotes: int = 0
    secret: bool = False


class Renderer:
    """Appends blocks to a document. `spans` says where each piece of source went, `cards` where the code blocks are."""

    def __init__(
        self,
        document: QTextDocument,
        style: Style,
        resolve: Resolver = nobody,
        pictures: Pictures | None = None,
        notes: Mapping[int, Note] | None = None,
    ) -> None:
        self.document = document
        self.style = style
        self.spans = SourceMap()
        self.cards: list[CodeCard] = []
        self.cursor = QTextCursor(document)
        self.fresh = True
        self._inline = Inline(self.cursor, style, resolve, self.spans, pictures, notes)
        self.icons = self._inline.icons
        self._state = _State()
        self._text = ""
        self._base = 0
        self._starts: list[int] = []

    def append(self, tokens: Sequence[Token], text: str, *, base: int = 0) -> None:
        """Draw the blocks of `text`, which begins `base` code points into the whole source."""
        self._text, self._base, self._starts = text, base, line_starts(text)
        self._state = _State()
        self.cursor.movePosition(QTextCursor.MoveOperation.End)
        stream = iter(tokens)
        for token in stream:
            self._block(token, stream)

    def cut(self, position: int, *, cards: int) -> None:
        """Forget what was noted about everything drawn at or after this position."""
        self.spans.cut(position)
        del self.cards[cards:]
        while self.icons and self.icons[-1][0] >= position:
            self.icons.pop()

    def finish(self) -> None:
        """Give the empty block that Qt keeps after a table or before it no height."""
        if self.fresh:
            self._flatten()

    def _flatten(self) -> None:
        flat = QTextBlockFormat()
        flat.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self.cursor.setBlockFormat(flat)
        tiny = QTextCharFormat()
        tiny.setFontPointSize(1)
        self.cursor.setBlockCharFormat(tiny)

    # ---- blocks --------------------------------------------------------------------------------------------------

    def _block(self, token: Token, stream: Iterator[Token]) -> None:
        match token.type:
            case "paragraph_open" | "heading_open":
                self._paragraph(token, next(stream))
            case "bullet_list_open" | "ordered_list_open":
                start = int(token.attrs.get("start", 1) or 1)
                self._state.lists.append(_ListLevel(token.type.startswith("ordered"), start))
            case "bullet_list_close" | "ordered_list_close":
                self._close_list(last=not token.meta.get("partial"))
            case "list_item_open":
                self._state.lists[-1].fresh_item = True
            case "blockquote_open":
                self._state.quotes += 1
            case "blockquote_close":
                self._state.quotes -= 1
                self._state.secret = self._state.secret and self._state.quotes > 0
            case "fence" | "code_block":
                self._code(token)
            case "hr":
                self._rule()
            case "table_open":
                self._table(token, stream)
            case _:
                pass

    def _close_list(self, *, last: bool) -> None:
        level = self._state.lists.pop()
        if last and level.made is not None and not self._state.lists:
            block = self.cursor.blockFormat()
            block.setBottomMargin(look.px(12))
            self.cursor.mergeBlockFormat(block)

    def _source(self, token: Token) -> Source:
        start, end = token.map or (0, len(self._starts) - 1)
        return Source(self._text, self._base, self._starts[start], self._starts[min(end, len(self._starts) - 1)])

    def _paragraph(self, opener: Token, inline: Token) -> None:
        level = int(opener.tag[1]) if opener.type == "heading_open" else 0
        children = list(inline.children or ())
        if self._state.quotes and not level and inline.content.lower().startswith(_SECRET):
            children = self._open_secret(children)
        task = task_state(inline) if self._state.lists and self._state.lists[-1].fresh_item else None
        if task is not None:
            children = strip_task(children)
        shape, text = self._shape(level)
        self._start(shape, text, task=task)
        source = self._source(inline)
        if task is not None:
            source.find("]")
        self._inline.draw(children, text, source)

    def _open_secret(self, children: list[Token]) -> list[Token]:
        self._state.secret = True
        first, *rest = children
        left = first.content[len(_SECRET) :].strip()
        if rest and rest[0].type == "softbreak" and not left:
            rest = rest[1:]
        shape, text = self._shape(0)
        shape.setBottomMargin(look.px(2))
        label = QTextCharFormat(text)
        label.setForeground(self.style.colour("warn"))
        label.setFontWeight(600)
        self._start(shape, label)
        self.cursor.insertText("Secret: game master only", label)
        return [first.copy(content=left), *rest] if left else rest

    def _shape(self, level: int) -> tuple[QTextBlockFormat, QTextCharFormat]:
        if level:
            _, above, below = HEADINGS.get(level, ("", 14, 4))
            first = self.fresh and self.cursor.position() == 0
            shape, text = (
                self.style.block(above=0 if first else above, below=below, line=1.3),
                self.style.heading(level),
            )
            shape.setHeadingLevel(level)
        else:
            muted = self._state.quotes and not self._state.secret
            shape, text = (
                self.style.block(below=4 if self._state.lists else 10),
                self.style.text("muted" if muted else "text"),
            )
        return shape, text

    def _start(self, shape: QTextBlockFormat, text: QTextCharFormat, *, task: bool | None = None) -> None:
        """Begin a block: the unused one that is there, or a new one; put it in its list and quote."""
        if self._state.quotes:
            shape.setProperty(PROP_QUOTE, self._state.quotes)
            shape.setProperty(PROP_SECRET, self._state.secret)
            shape.setLeftMargin(shape.leftMargin() + self._state.quotes * self.style.quote)
        depth = len(self._state.lists)
        item = bool(depth) and self._state.lists[-1].fresh_item
        if depth and not item:
            shape.setIndent(depth)
        if item:
            shape.setProperty(PROP_MARK, self._marker(self._state.lists[-1], depth, task))
        if self.fresh:
            self.cursor.setBlockFormat(shape)
            self.cursor.setBlockCharFormat(text)
        else:
            self.cursor.insertBlock(shape, text)
        self.fresh = False
        if item:
            self._list_item(self._state.lists[-1], depth)

    def _marker(self, level: _ListLevel, depth: int, task: bool | None) -> str:
        if task is not None:
            return "\u2611" if task else "\u2610"
        if level.ordered:
            level.start += 1
            return f"{level.start - 1}."
        return BULLETS[min(depth, len(BULLETS)) - 1]

    def _list_item(self, level: _ListLevel, depth: int) -> None:
        level.fresh_item = False
        if level.made is not None:
            level.made.add(self.cursor.block())
            return
        form = QTextListFormat()
        form.setIndent(depth)
        form.setStyle(QTextListFormat.Style.ListStyleUndefined)
        level.made = self.cursor.createList(form)

    def _rule(self) -> None:
        shape = self.style.block(above=8, below=8)
        shape.setProperty(PROP_RULE, True)
        self._start(shape, self.style.text())

    def _code(self, token: Token) -> None:
        code = token.content.removesuffix("\n")
        language = (token.info or "").strip().split(" ")[0]
        first = -1
        rows = list(highlight.lines(code, language))
        source = self._source(token)
        if token.type == "fence":
            source.find("\n")
        if self.fresh and self.cursor.position() == 0:
            self._flatten()
            self.fresh = False
        for index, row in enumerate(rows):
            self._start(self._code_shape(first=index == 0, last=index == len(rows) - 1), self.style.code())
            first = self.cursor.position() if first < 0 else first
            for text, ink in row:
                start = source.find(text) if text else None
                if start is not None:
                    self.spans.add(doc=self.cursor.position(), src=start, text=text)
                self.cursor.insertText(text, self.style.code(ink))
        self.cards.append(CodeCard(first, self.cursor.position(), language, code))

    def grow_code(self, more: str, *, at: int) -> None:
        """Append to the code block drawn last, which is still open; `at` is the offset of `more` in the source."""
        card = self.cards.pop()
        first, *rest = more.split("\n")
        self._code_text(first, at)
        for line in rest:
            at += len(first) + 1
            first = line
            self.cursor.mergeBlockFormat(_no_bottom())
            self.cursor.insertBlock(self._code_shape(first=False, last=True), self.style.code())
            self._code_text(line, at)
        self.cards.append(CodeCard(card.first, self.cursor.position(), card.language, card.code + more))

    def _code_text(self, text: str, at: int) -> None:
        if text:
            self.spans.add(doc=self.cursor.position(), src=at, text=text)
            self.cursor.insertText(text, self.style.code())

    def _code_shape(self, *, first: bool, last: bool) -> QTextBlockFormat:
        shape = QTextBlockFormat()
        shape.setLineHeight(round(self.style.mono * 1.5), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        shape.setLeftMargin(self.style.code_pad + 2)
        shape.setRightMargin(self.style.code_pad + 2)
        if first:
            shape.setTopMargin(self.style.code_header + look.px(8) + look.px(4))
        if last:
            shape.setBottomMargin(self.style.code_pad + look.px(14))
        return shape

    # ---- tables --------------------------------------------------------------------------------------------------

    def _table(self, opener: Token, stream: Iterator[Token]) -> None:
        rows = _collect_rows(stream)
        if not rows:
            return
        if self.fresh:
            self._flatten()
        table = self.cursor.insertTable(len(rows), max(len(r) for r in rows), self.style.table())
        source = self._source(opener)
        for y, row in enumerate(rows):
            for x, (inline, align) in enumerate(row):
                self._cell(table, y, x, inline, align, source, last=y == len(rows) - 1)
        self.cursor.movePosition(QTextCursor.MoveOperation.End)
        self.fresh = True

    def _cell(
        self, table: QTextTable, y: int, x: int, inline: Token, align: str, source: Source, *, last: bool
    ) -> None:
        cell = table.cellAt(y, x)
        text = self.style.text()
        if y == 0:
            text.setFontWeight(600)
        self.cursor.setPosition(cell.firstPosition())
        shape = self.style.block(below=0, line=1.4)
        flag = {"right": "AlignRight", "center": "AlignHCenter"}.get(align)
        if flag:
            shape.setAlignment(Qt.AlignmentFlag[flag])
        self.cursor.setBlockFormat(shape)
        self.cursor.setBlockCharFormat(text)
        self._inline.draw(inline.children or (), text, source)
        cell.setFormat(self._cell_format(head=y == 0, last=last, first=x == 0))

    def _cell_format(self, *, head: bool, last: bool, first: bool) -> QTextTableCellFormat:
        made = QTextTableCellFormat()
        made.setTopPadding(look.px(6))
        made.setBottomPadding(look.px(6))
        made.setLeftPadding(0 if first else look.px(8))
        made.setRightPadding(look.px(8))
        if not last:
            made.setBottomBorder(1)
            made.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            made.setBottomBorderBrush(self.style.colour("control" if head else "border"))
        return made


def _no_bottom() -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setBottomMargin(0)
    return made


def _collect_rows(stream: Iterator[Token]) -> list[list[tuple[Token, str]]]:
    """The table's cells as (inline token, alignment), row by row, consuming up to the table's end."""
    rows: list[list[tuple[Token, str]]] = []
    align = ""
    for token in stream:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            align = str(token.attrs.get("style", "")).removeprefix("text-align:")
        elif token.type == "inline":
            rows[-1].append((token, align))
    return rows
