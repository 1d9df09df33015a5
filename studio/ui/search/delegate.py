"""How a hit is drawn: its kind and name, why it was found, and its text with the words set off."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextLine
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.services.find import MARK, UNMARK
from studio.services.wording import kind_words
from studio.ui.search.model import HitModel
from studio.ui.theme import look
from studio.ui.theme.icons import icon
from studio.ui.theme.tokens import TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.vocabulary import KindSpec
    from studio.services.find import Hit

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ICONS = {"message": "message-circle", "entry": "file-text"}
LINES = 2


class _Inks(NamedTuple):
    text: QColor
    soft: QColor
    mark: QColor | None


def split(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """The plain text, and (start, length) of what is marked in it."""
    text, marks, start = "", [], 0
    for letter in snippet:
        if letter == MARK:
            start = len(text)
        elif letter == UNMARK:
            marks.append((start, len(text) - start))
        else:
            text += letter
    return text, marks


class HitDelegate(QStyledItemDelegate):
    """A name line, up to two lines that say why it was found, and up to two of text."""

    def __init__(self, parent: QListView, spec: Callable[[str], KindSpec]) -> None:
        super().__init__(parent)
        self._spec = spec

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, HitModel)
        hit = model.hits[index.row()]
        view = self.parent()
        width = (view.viewport().width() if isinstance(view, QListView) else 300) - look.px(48)
        font: QFont = option.font  # pyright: ignore[reportAttributeAccessIssue]
        lines = sum(_laid_out(text, font, width, None).lineCount() for text in (_under(hit), hit.snippet) if text)
        return QSize(120, look.px(32) + look.px(18) * lines)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HitModel)
        hit = model.hits[index.row()]
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection" if chosen else "hover"))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        tokens = look.tokens()
        ink = QColor(tokens["on_selection" if chosen else "text"])
        inks = _Inks(ink, ink if chosen else QColor(tokens["muted"]), None if chosen else QColor(tokens["warn_soft"]))
        self._draw(painter, area.adjusted(look.px(10), look.px(4), -look.px(10), -look.px(4)), hit, inks, chosen=chosen)
        painter.restore()

    def _draw(self, painter: QPainter, area: QRect, hit: Hit, inks: _Inks, *, chosen: bool) -> None:
        side = look.px(16)
        top = QRect(area.left(), area.top(), area.width(), look.px(22))
        token = "on_selection" if chosen and look.theme_name() == "contrast" else f"kind:{hit.kind}"
        box = QRect(top.left(), top.center().y() - side // 2 + 1, side, side)
        icon(_ICONS.get(hit.kind) or look.kind_icon(hit.kind), token).paint(painter, box)
        text = area.adjusted(side + look.px(10), 0, 0, 0)
        self._name(painter, QRect(text.left(), top.top(), text.width(), top.height()), hit, inks)
        y = top.bottom() + 1
        for words in (_under(hit), hit.snippet):
            if words:
                layout = _laid_out(words, painter.font(), text.width(), inks)
                room = QRect(text.left(), y, text.width(), look.px(18) * layout.lineCount())
                self._lines(painter, room, layout, inks)
                y = room.bottom() + 1

    def _name(self, painter: QPainter, line: QRect, hit: Hit, inks: _Inks) -> None:
        painter.setFont(_sized(painter.font(), "caption"))
        word = kind_words(hit.kind, self._spec)
        painter.setPen(inks.soft)
        painter.drawText(line, _RIGHT, word)
        room = line.width() - QFontMetrics(painter.font()).horizontalAdvance(word) - look.px(10)
        painter.setFont(_sized(painter.font(), "body", bold=True))
        painter.setPen(inks.text)
        painter.drawText(line, _LEFT, _fit(painter, hit.name, room))

    def _lines(self, painter: QPainter, area: QRect, layout: QTextLayout, inks: _Inks) -> None:
        painter.save()
        painter.setClipRect(area)
        painter.setPen(inks.soft)
        layout.draw(painter, QPointF(area.topLeft()))
        painter.restore()


def _under(hit: Hit) -> str:
    """Why it was found, where the name or the text itself doesn't say."""
    return "" if hit.why in ("Name", "Title") or (hit.why == "In its text" and hit.snippet) else hit.why


def _laid_out(snippet: str, font: QFont, width: int, inks: _Inks | None) -> QTextLayout:
    """A text in lines; what the last one has no room for is left out, and three dots say so."""
    text, marks = split(snippet)
    layout = QTextLayout(text, _sized(font, "caption"))
    bare = _Inks(QColor(), QColor(), None)
    layout.setFormats([_marked(start, length, inks or bare) for start, length in marks])
    _break(layout, width)
    last = layout.lineAt(layout.lineCount() - 1) if text else None
    if last is not None and last.naturalTextWidth() > width:
        room = width - QFontMetrics(layout.font()).horizontalAdvance("…")
        end = last.xToCursor(room, QTextLine.CursorPosition.CursorOnCharacter)
        layout.setText(text[:end].rstrip() + "…")
        _break(layout, width)
    return layout


def _break(layout: QTextLayout, width: int) -> None:
    """Set the lines; the last one runs on."""
    layout.beginLayout()
    for n in range(LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width if n < LINES - 1 else width * 20)
        line.setPosition(QPointF(0, n * look.px(18)))
    layout.endLayout()


def _marked(start: int, length: int, inks: _Inks) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length = start, length  # pyright: ignore[reportAttributeAccessIssue]
    how = QTextCharFormat()
    how.setFontWeight(QFont.Weight.Bold)
    how.setFontUnderline(True)
    how.setForeground(inks.text)
    if inks.mark is not None:
        how.setBackground(inks.mark)
    found.format = how  # pyright: ignore[reportAttributeAccessIssue]
    return found


def _sized(font: QFont, size: str, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPixelSize(look.px(TYPE[size]))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def _fit(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
