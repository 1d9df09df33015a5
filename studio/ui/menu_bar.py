"""The menu bar with the search at its end, which keeps to its key where the menus need the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QMenuBar, QToolButton, QWidget

from studio.ui.kit.buttons import Button
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QActionEvent, QResizeEvent

WORDS, KEY = "Search or run anything   Ctrl+K", "Ctrl+K"
LEAST = 24


class MenuBar(QMenuBar):
    """Holds the menus. `search` opens the palette by mouse; for the keyboard and readers the menu has it too."""

    def __init__(self, parent: QWidget, *, on_search: Callable[[], object]) -> None:
        super().__init__(parent)
        self.search = Button(WORDS, on_search, variant="ghost", icon="search", compact=True, name=WORDS, tip=WORDS)
        self.search.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a menu bar keeps it from screen readers
        self.setCornerWidget(self.search)
        self.more = next(iter(self.findChildren(QToolButton, "qt_menubar_ext_button")))
        self.more.setAccessibleName("More menus")
        self.more.setIcon(icon("chevron-down"))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._later.start()

    def actionEvent(self, event: QActionEvent) -> None:
        super().actionEvent(event)
        self._later.start()

    def _fit(self) -> None:
        menus = self.sizeHint().width() - self.search.sizeHint().width()
        metrics = self.search.fontMetrics()
        spare = metrics.horizontalAdvance(WORDS) - metrics.horizontalAdvance(self.search.text())
        words = WORDS if menus + self.search.sizeHint().width() + spare <= self.width() else KEY
        if words != self.search.text():
            self.search.setText(words)
            self.search.resize(self.search.sizeHint())
            self.setCornerWidget(self.search)  # or the bar keeps the room of the longer words
        if self.more.isVisible():
            self.more.setIconSize(self.search.iconSize())
            self.more.setFixedWidth(max(LEAST, look.px(20)))  # Qt gives it 12 pixels at the search's edge
            self.more.move(self.search.x() - self.more.width(), self.more.y())
