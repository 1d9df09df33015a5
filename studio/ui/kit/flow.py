"""A layout that sets its items side by side and breaks lines as words do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget

from studio.ui.kit.base import hbox
from studio.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class SideBySide(QWidget):
    """Two fields in one line; under one another where there is no room for both to be read."""

    ROOM = 280

    def __init__(self, one: QWidget, other: QWidget) -> None:
        super().__init__()
        self._line = hbox(self, gap=12)
        for field in (one, other):
            self._line.addWidget(field, 1)
            self._line.setAlignment(field, Qt.AlignmentFlag.AlignBottom)
        self.setMinimumWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= look.px(self.ROOM)
        wanted = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)


class FlowLayout(QLayout):
    """Left to right (right to left where the language is), then the next line."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 6, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
    ) -> None:
        if parent is not None:
            super().__init__(parent)
        else:
            super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(*margins)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, index: int, widget: QWidget) -> None:
        """Put a widget at a place in the line."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), dry=True)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, dry=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        left, top, right, bottom = self._margins()
        return size + QSize(left + right, top + bottom)

    def _margins(self) -> tuple[int, int, int, int]:
        m = self.contentsMargins()
        return m.left(), m.top(), m.right(), m.bottom()

    def _place(self, rect: QRect, *, dry: bool) -> int:
        left, top, right, bottom = self._margins()
        area = rect.adjusted(left, top, -right, -bottom)
        x, y, line = area.x(), area.y(), 0
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        row: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if item.expandingDirections() & Qt.Orientation.Horizontal:
                room = area.right() - x + 1
                hint.setWidth(
                    max(item.minimumSize().width(), room if room >= item.minimumSize().width() else area.width())
                )
            hint.setWidth(min(hint.width(), max(1, area.width())))
            if x + hint.width() > area.right() + 1 and line:
                _settle(row, line, dry=dry)
                x, y, line = area.x(), y + line + self.spacing(), 0
            at = area.right() + 1 - (x - area.x()) - hint.width() if mirrored else x
            row.append((item, QRect(QPoint(at, y), hint)))
            x += hint.width() + self.spacing()
            line = max(line, hint.height())
        _settle(row, line, dry=dry)
        return y + line - rect.y() + bottom


def _settle(row: list[tuple[QLayoutItem, QRect]], line: int, *, dry: bool) -> None:
    """Give the items of a full line their places, centred on it, and start the next."""
    for item, rect in row:
        if not dry:
            item.setGeometry(rect.translated(0, (line - rect.height()) // 2))
    row.clear()
