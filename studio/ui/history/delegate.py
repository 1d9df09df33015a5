"""How a change is drawn: its day above the first of it, what it is about, its words, and when, who and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.services.wording import is_world
from studio.ui.history.model import HistoryModel, words
from studio.ui.theme import look
from studio.ui.theme.icons import icon
from studio.ui.theme.tokens import TYPE

if TYPE_CHECKING:
    from studio.services.changes import Row

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ICONS = {
    "relation": "link-2", "claim": "quote", "message": "message-circle", "artifact": "scroll-text",
    "changeset": "check-check", "project": "book", "calendar": "calendar", "assistant_mode": "sliders-horizontal",
    "entity_kind": "list-tree", "saved_filter": "list-filter", "media": "image", "pin": "map-pin", "clock": "clock",
    "clue": "key-round",
}  # fmt: skip
_TELLING = ("blueprint", "", "recipe", "entry", "thread", "message", "relation")
"""Which kind stands for a change of many; the empty one is the world's."""


def mark_of(row: Row) -> tuple[str, str]:
    """(icon, token) of what a change is about."""
    if row.step in ("undo", "redo"):
        return f"{row.step}-2", "muted"
    if row.past_gate:
        return "shield", "danger"
    kind = min(row.kinds, key=_weight, default="")
    return _ICONS.get(kind) or look.kind_icon(kind), f"kind:{kind}"


def _weight(kind: str) -> int:
    known = "" if is_world(kind) else kind
    return _TELLING.index(known) if known in _TELLING else len(_TELLING)


class RowDelegate(QStyledItemDelegate):
    """Two lines a change; the first change of a day is taller by the day's name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, HistoryModel)
        return QSize(120, look.px(48) + (look.px(30) if model.heading(index.row()) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HistoryModel)
        row = model.rows[index.row()]
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if heading := model.heading(index.row()):
            self._heading(painter, QRect(area.left(), area.top(), area.width(), look.px(30)), heading)
            area = area.adjusted(0, look.px(30), 0, 0)
        chosen = self._ground(painter, option, area)
        inner = area.adjusted(look.px(10), look.px(5), -look.px(10), -look.px(5))
        ink = QColor(look.tokens()["on_selection" if chosen else "muted" if row.step == "note" else "text"])
        soft = ink if chosen else look.colour("muted")
        side = look.px(16)
        name, token = mark_of(row)
        box = QRect(inner.left(), inner.top() + (inner.height() // 2 - side) // 2 + 1, side, side)
        icon(name, "on_selection" if chosen and look.theme_name() == "contrast" else token).paint(painter, box)
        text = inner.adjusted(side + look.px(10), 0, 0, 0)
        self._lines(painter, text, row, model.under(row), ink, soft)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> bool:
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection" if chosen else "hover"))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        return chosen

    def _heading(self, painter: QPainter, area: QRect, text: str) -> None:
        painter.setFont(_sized(painter.font(), "caption", bold=True))
        painter.setPen(look.colour("muted"))
        painter.drawText(area.adjusted(look.px(10), look.px(6), -look.px(10), 0), _LEFT, text)

    def _lines(self, painter: QPainter, area: QRect, row: Row, under: str, ink: QColor, soft: QColor) -> None:
        top = QRect(area.left(), area.top(), area.width(), area.height() // 2)
        low = QRect(area.left(), top.bottom() + 1, area.width(), area.height() - top.height())
        painter.setFont(_sized(painter.font(), "caption"))
        if row.top:
            tail = "next undo" if row.top == "undo" else "next redo"
            painter.setPen(soft)
            painter.drawText(low, _RIGHT, tail)
            low = low.adjusted(0, 0, -QFontMetrics(painter.font()).horizontalAdvance(tail) - look.px(10), 0)
        painter.setPen(soft)
        _elided(painter, low, under)
        painter.setFont(_sized(painter.font(), "body"))
        painter.setPen(ink)
        _elided(painter, top, words(row))


def _sized(font: QFont, size: str, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPixelSize(look.px(TYPE[size]))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def _elided(painter: QPainter, area: QRect, text: str) -> None:
    painter.drawText(area, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width()))
