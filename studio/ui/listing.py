"""Rows of two lines in a list: what it is called, and under it, in small, what one needs to tell it from the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from studio.ui.kit.base import named, plain_tip, style
from studio.ui.theme import look
from studio.ui.theme.tokens import TYPE

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QPainter

KEY = Qt.ItemDataRole.UserRole
CAPTION = Qt.ItemDataRole.UserRole + 1


class TwoLines(QStyledItemDelegate):
    """Paints icon, title and caption; the style sheet paints the ground."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        text, image = option.text, QIcon(option.icon)  # pyright: ignore[reportAttributeAccessIssue]
        option.text, option.icon = "", QIcon()  # pyright: ignore[reportAttributeAccessIssue]
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        host = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, host)
        painter.save()
        left = self._icon(painter, rect, image, chosen=chosen)
        area = QRect(left, rect.top() + look.px(5), rect.right() - left - look.px(8), rect.height() - look.px(10))
        ink = look.tokens()
        self._line(
            painter, area, text, TYPE["body"], ink["on_selection" if chosen else "text"], Qt.AlignmentFlag.AlignTop
        )
        caption = str(index.data(CAPTION) or "")
        self._line(
            painter,
            area,
            caption,
            TYPE["caption"],
            ink["on_selection" if chosen else "muted"],
            Qt.AlignmentFlag.AlignBottom,
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, look.px(46 if index.data(CAPTION) else 34))

    def _icon(self, painter: QPainter, rect: QRect, image: QIcon, *, chosen: bool) -> int:
        side = look.px(16)
        left = rect.left() + look.px(10)
        if image.isNull():
            return left
        place = QRect(left, rect.center().y() - side // 2, side, side)
        image.paint(painter, place, Qt.AlignmentFlag.AlignCenter, QIcon.Mode.Selected if chosen else QIcon.Mode.Normal)
        return left + side + look.px(10)

    def _line(self, painter: QPainter, area: QRect, text: str, size: int, ink: str, where: Qt.AlignmentFlag) -> None:
        font = QFont(painter.font())
        font.setPixelSize(look.px(size))
        painter.setFont(font)
        painter.setPen(QColor(ink))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(where | Qt.AlignmentFlag.AlignLeft), shown)


class TwoLineList(QListWidget):
    """A list of such rows. Rows carry a key; choosing by keyboard and by mouse is the same."""

    def __init__(self, name: str) -> None:
        super().__init__()
        style(named(self, name), boxed=True)
        self.setItemDelegate(TwoLines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add(
        self, key: str, title: str, caption: str = "", *, icon: QIcon | None = None, tip: str = "", said: str = ""
    ) -> None:
        """Add a row; `said` is what a screen reader says, if title and caption aren't it."""
        item = QListWidgetItem(title)
        item.setData(KEY, key)
        item.setData(CAPTION, caption)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said or ", ".join(t for t in (title, caption) if t))
        item.setToolTip(plain_tip(tip))
        if icon is not None:
            item.setIcon(icon)
        self.addItem(item)

    def key(self) -> str | None:
        """The key of the row that is chosen."""
        item = self.currentItem()
        return None if item is None else str(item.data(KEY))

    def choose(self, key: str | None, *, fallback: int = 0) -> None:
        """Choose the row with a key, or the one at `fallback` (-1: none)."""
        rows = [row for row in range(self.count()) if self.item(row).data(KEY) == key]
        self.setCurrentRow(rows[0] if rows else min(fallback, self.count() - 1))
