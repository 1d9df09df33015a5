"""A searchable list over its window: a part of it, since a screen reader passes over windows of Qt's kind Popup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from studio.ui.announce import announce
from studio.ui.kit import LineEdit, named, style, vbox

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QShowEvent
    from PySide6.QtWidgets import QAbstractItemView

MARGIN = 8
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Shade(QWidget):
    """Lies under the list, unseen: a click beside the list closes it and does nothing else."""

    def __init__(self, popup: SearchPopup) -> None:
        super().__init__(popup.window())
        self._popup = popup
        self.setGeometry(popup.window().rect())
        self.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self._popup.close_up()


class SearchPopup(QFrame):
    """A line and the list that it filters. Arrows move in the list, Enter takes a row, Esc gives the focus back."""

    def __init__(self, near: QWidget, name: str, placeholder: str, view: QAbstractItemView) -> None:
        super().__init__(near)
        self._near, self._view = near, view
        self._back: QWidget | None = None
        self._shade: _Shade | None = None
        self.setAccessibleName(name)
        style(self, popup=True)
        column = vbox(self, margins=(6, 6, 6, 6), gap=4)
        self.line = LineEdit(name, placeholder=placeholder)
        self.line.installEventFilter(self)
        named(view, name)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.clicked.connect(self._take)
        column.addWidget(self.line)
        column.addWidget(view)
        self.hide()

    def _take(self, index: QModelIndex) -> None:
        """A row was chosen."""
        raise NotImplementedError

    def pop_up(self, corner: QPoint, size: QSize) -> None:
        """Show it with this corner of the screen, or as near as the window allows."""
        window = self._near.window()
        self._back = QApplication.focusWidget()
        self.setParent(window)
        at, room = window.mapFromGlobal(corner), window.size() - QSize(2 * MARGIN, 2 * MARGIN)
        self.resize(size.boundedTo(room))
        left = min(max(at.x(), MARGIN), window.width() - MARGIN - self.width())
        self.move(left, min(max(at.y(), MARGIN), window.height() - MARGIN - self.height()))
        self._shade = _Shade(self)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_up(self) -> None:
        """Put it away and give the focus back."""
        if not self.isVisible():
            return
        had_focus = self.isAncestorOf(self.window().focusWidget() or self._near)
        self.hide()
        if self._shade is not None:
            self._shade.deleteLater()
            self._shade = None
        if isValid(self._near):
            self.setParent(self._near)
        if had_focus and self._back is not None and isValid(self._back):
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if watched is self.line and event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self._close_if_left)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        model, key = self._view.model(), Qt.Key(event.key())
        if key in _STEPS and model.rowCount():
            row = (self._view.currentIndex().row() + _STEPS[key]) % model.rowCount()
            self._view.setCurrentIndex(model.index(row, 0))
            self._say()
        elif key in _ENTER:
            self._take(self._view.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_up()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _say(self) -> None:
        """The row under the cursor, for a screen reader: the focus stays in the line."""
        index = self._view.currentIndex()
        said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() if index.isValid() else ""
        announce(self.line, str(said or ""))

    def _close_if_left(self) -> None:
        if not self.line.hasFocus() and self.window().isActiveWindow():
            self.close_up()
