"""The tabs of docks that share a place: their titles while these fit, else icons, and the title of the one in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QIcon
from PySide6.QtWidgets import QMainWindow, QMenu, QTabBar, QToolButton
from shiboken6 import Shiboken

from studio.ui.kit.base import style
from studio.ui.kit.buttons import context_menu
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from studio.ui.dock import Dock

SLACK = 6
"""What the bold title of another tab in front may need beyond what was measured."""
_LOOKS = {QEvent.Type.StyleChange, QEvent.Type.FontChange}


class DockTabs(QObject):
    """Dresses the tab bars that a main window makes for its docks. Call `tidy` when docks came, went or moved."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._docks: dict[int, Dock] = {}
        self._natural: dict[tuple[str, ...], int] = {}
        self._busy = False
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._measure_anew)

    def add(self, dock: Dock) -> None:
        """Care for the tab of this dock too."""
        self._docks[Shiboken.getCppPointer(dock)[0]] = dock

    def tidy(self) -> None:
        """Names, icons and titles as they have to be now."""
        if self._busy:
            return
        tabbed: set[Dock] = set()
        for bar in self._window.findChildren(QTabBar):
            if docks := self._of(bar):
                tabbed.update(docks)
                self._dress(bar, docks)
            elif not bar.count():
                bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # where all docks of a place are hidden, its bar stays
        for dock in self._docks.values():
            if dock not in tabbed:
                dock.say_title(in_words=True)

    def _measure_anew(self) -> None:
        self._natural.clear()
        self.tidy()

    def _of(self, bar: QTabBar) -> list[Dock]:
        """The docks behind a bar's tabs; none where it is not a bar of docks. Qt keeps their addresses in the tabs."""
        found = [self._docks.get(bar.tabData(n) or 0) for n in range(bar.count())]
        return [dock for dock in found if dock is not None] if None not in found else []

    def _dress(self, bar: QTabBar, docks: list[Dock]) -> None:
        if bar.accessibleName() == "":
            bar.setAccessibleName("Dock tabs")
            bar.setExpanding(False)
            bar.setDocumentMode(True)
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.installEventFilter(self)
            for button in bar.findChildren(QToolButton):
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrow keys walk the tabs and scroll by themselves
        many = len(docks) > 1  # the tab of a dock that is alone is out of sight
        bar.setUsesScrollButtons(many)
        bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if many else Qt.FocusPolicy.NoFocus)
        self._busy = True
        try:
            short = many and self._width_of_titles(bar, docks) > bar.width()
            self._show(bar, docks, short=short)
        finally:
            self._busy = False

    def _width_of_titles(self, bar: QTabBar, docks: list[Dock]) -> int:
        key = tuple(dock.panel_id for dock in docks)
        if key not in self._natural:
            self._show(bar, docks, short=False)
            self._natural[key] = bar.sizeHint().width() + SLACK
        return self._natural[key]

    def _show(self, bar: QTabBar, docks: list[Dock], *, short: bool) -> None:
        if short or bar.property("short"):
            style(bar, short=short)
        for n, dock in enumerate(docks):
            front = n == bar.currentIndex()
            dock.say_title(in_words=front or not short)
            bar.setTabIcon(n, QIcon() if front or not short else icon(dock.icon, "muted"))
            bar.setTabToolTip(n, dock.title)
            bar.setAccessibleTabName(n, dock.title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A bar has another width or another look, or is asked for its menu."""
        if self._busy or not isinstance(watched, QTabBar):
            return False
        if event.type() in _LOOKS:
            self._later.start()
        elif event.type() == QEvent.Type.Resize and (docks := self._of(watched)):
            self._dress(watched, docks)
        elif isinstance(event, QContextMenuEvent) and (docks := self._of(watched)):
            self._open_menu(watched, docks, event)
            return True
        return False

    def _open_menu(self, bar: QTabBar, docks: list[Dock], event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        tab = bar.currentIndex() if by_key else bar.tabAt(event.pos())
        menu = context_menu(bar, "Dock tabs")
        fill_menu(menu, docks, docks[max(0, tab)])
        menu.popup(bar.mapToGlobal(bar.tabRect(tab).bottomLeft()) if by_key else event.globalPos())


def fill_menu(menu: QMenu, docks: list[Dock], of: Dock) -> None:
    """Every dock of a bar by its title, then what can be done with one of them."""
    for dock in docks:
        action = menu.addAction(icon(dock.icon, "muted"), dock.title)
        action.setCheckable(True)
        action.setChecked(dock is of)
        action.triggered.connect(lambda *_, dock=dock: dock.bring_up())
    menu.addSeparator()
    of.fill_menu(menu)
