"""Paints the rows of the thread list: headings, threads, and what a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.ui.theme import look
from studio.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

KIND = Qt.ItemDataRole.UserRole + 1
THREAD = Qt.ItemDataRole.UserRole + 2
HIT = Qt.ItemDataRole.UserRole + 3
SUB = Qt.ItemDataRole.UserRole + 4
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ICONS = {"running": ("loader", "accent"), "pinned": ("pin", "muted")}


class ThreadPainter(QStyledItemDelegate):
    """One line for a thread, two for a search hit, small letters for a heading."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows are 24 pixels high at least."""
        tall = {"head": 30, "hit": 52 if index.data(SUB) else 34}.get(str(index.data(KIND)), 34)
        return QSize(100, max(24, look.px(tall)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, then words."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect.adjusted(0, 1, -2, -1)  # pyright: ignore[reportAttributeAccessIssue]
        kind = str(index.data(KIND))
        if kind == "head":
            self._head(painter, rect, index, option)
        else:
            self._ground(painter, rect, option)
            self._words(painter, rect.adjusted(look.px(8), 0, -look.px(6), 0), index, kind)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        if not selected and not hover:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("focus"), 2))
        painter.setBrush(look.colour("accent_soft" if selected else "hover"))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)

    def _head(
        self,
        painter: QPainter,
        rect: QRect,
        index: QModelIndex | QPersistentModelIndex,
        option: QStyleOptionViewItem,
    ) -> None:
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(_font(12, bold=True))
        painter.setPen(look.colour("muted"))
        box = rect.adjusted(look.px(8), look.px(6), -look.px(6), 0)
        name = "chevron-down" if state & QStyle.StateFlag.State_Open else "chevron-right"
        size = look.px(12)
        painter.drawText(box, _MIDDLE, str(index.data()))
        x = box.left() + painter.fontMetrics().horizontalAdvance(str(index.data())) + look.px(4)
        painter.drawPixmap(x, box.center().y() - size // 2 + 1, pixmap(name, "muted", size=size, ratio=2))

    def _words(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, kind: str) -> None:
        painter.setFont(_font(14))
        painter.setPen(look.colour("text"))
        sub = str(index.data(SUB) or "")
        line = rect if not sub else QRect(rect.left(), rect.top() + look.px(4), rect.width(), look.px(22))
        if kind in _ICONS:
            size = look.px(14)
            name, token = _ICONS[kind]
            spot = pixmap(name, token, size=size, ratio=2)
            painter.drawPixmap(line.right() - size, line.center().y() - size // 2, spot)
            line = line.adjusted(0, 0, -size - 6, 0)
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _MIDDLE, words)
        if sub:
            self._snippet(painter, rect.adjusted(0, look.px(24), 0, 0), sub)

    def _snippet(self, painter: QPainter, rect: QRect, text: str) -> None:
        """The words that were met are bold."""
        x = rect.left()
        box = QRect(rect.left(), rect.top(), rect.width(), look.px(20))
        for index, part in enumerate(text.replace("\x03", "\x02").split("\x02")):
            met = index % 2 == 1
            painter.setFont(_font(12, bold=met))
            painter.setPen(look.colour("text" if met else "muted"))
            room = rect.right() - x
            if room <= 8:
                return
            words = painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(x, box.top(), room, box.height()), _MIDDLE, words)
            x += painter.fontMetrics().horizontalAdvance(words)


def _font(size: int, *, bold: bool = False) -> QFont:
    from PySide6.QtWidgets import QApplication

    made = QFont(QApplication.font())
    made.setPixelSize(look.px(size))
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made
