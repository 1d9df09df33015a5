"""Where the docks stand: the presets, what is remembered, what a small screen or a right-to-left language needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from studio.ui.dock import AREAS, Dock
from studio.ui.dock_tabs import DockTabs
from studio.ui.panels import DOCKS, PRESETS, PanelSpec

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from studio.ui.state import WindowState

VERSION = 1
SIZE = (1360, 860)
TITLE_ROOM = 40
"""What a title bar may take of a screen's height: a window doesn't know its own before it shows."""
AFTER_PAINT = 100
"""Milliseconds until what nobody can use before the first paint is set up."""


class Layout:
    """Arranges the docks of one window."""

    def __init__(
        self, window: QMainWindow, state: WindowState, *, on_files: Callable[[list[Path]], object] = lambda _files: None
    ) -> None:
        self._window = window
        self._on_files = on_files
        self._state = state
        self.docks: dict[str, Dock] = {}
        self._tabs = DockTabs(window)
        self._settled = False

    def furnish(self) -> None:
        """Make the docks of the first paint. The start page does without, so this waits for the first project."""
        if not self.docks:
            self._make([spec for spec in DOCKS if not spec.hidden])

    def complete(self) -> None:
        """Make the docks that are hidden at first, and put them where they were left."""
        for dock in self._make([spec for spec in DOCKS if spec.id not in self.docks]):
            self._window.restoreDockWidget(dock)

    def _make(self, specs: list[PanelSpec]) -> list[Dock]:
        made = []
        for spec in specs:
            dock = Dock(spec.id, spec.title, spec.icon, self._window)
            dock.hide()
            QTimer.singleShot(AFTER_PAINT, dock, partial(_take_files, dock, self._on_files))
            self.docks[spec.id] = dock
            self._tabs.add(dock)
            made.append(dock)
        self._place(specs)
        for dock in made:
            dock.moved.connect(self._moved)
        return made

    def _moved(self) -> None:
        """While the window comes up each dock says several times that it moved; once they stand is enough."""
        if self._settled:
            self.tidy_tabs()

    def settle(self) -> None:
        """The window shows: which docks share a place is known from now on, and they move one by one."""
        self._settled = True
        if (layout := self._window.layout()) is not None:
            layout.activate()  # or each bar of tabs seems too narrow for its titles, and is dressed twice
        self.tidy_tabs()

    def reset(self) -> None:
        """The layout that the product comes with."""
        self._place([spec for spec in DOCKS if spec.id in self.docks])
        self.size_docks()

    def _place(self, specs: list[PanelSpec]) -> None:
        mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        other = {"left": "right", "right": "left", "bottom": "bottom"}
        for spec in specs:
            dock = self.docks[spec.id]
            area = other[spec.area] if mirrored else spec.area
            dock.setFloating(False)
            self._window.addDockWidget(AREAS[area], dock)
            first = next(self.docks[s.id] for s in DOCKS if s.area == spec.area and s.id in self.docks)
            if first is not dock:
                self._window.tabifyDockWidget(first, dock)

    def size_docks(self) -> None:
        """Widths that leave the chat its measure."""
        wide = max(800, self._window.width())
        world, foundry = self.docks["world"], self.docks["foundry"]
        widths = [round(wide * 0.18), round(wide * 0.26)]
        self._window.resizeDocks([world, foundry], widths, Qt.Orientation.Horizontal)

    def lift(self, panel_id: str, *, anew: bool = False) -> None:
        """Give a view at the bottom its height, unless a hand gave it about that much; `anew`: in any case."""
        dock = self.docks[panel_id]
        wanted = next(spec.share for spec in DOCKS if spec.id == panel_id)
        low = self._window.dockWidgetArea(dock) == AREAS["bottom"] and not dock.isFloating()
        height = round(self._window.height() * wanted)
        if wanted and low and (anew or dock.height() < height * 0.7):
            self._window.resizeDocks([dock], [height], Qt.Orientation.Vertical)

    def preset(self, name: str) -> None:
        """Show the docks of a preset; `reset` also puts them back where they came from."""
        if name == "reset":
            self.reset()
        for panel_id, dock in self.docks.items():
            dock.setVisible(panel_id in PRESETS[name])
        front = next((p for p in PRESETS[name] if p != "world"), None)
        if front is not None:
            self.docks[front].raise_()
        self.size_docks()

    def show(self) -> None:
        """The docks as they were left, or the first preset."""
        self.furnish()
        kept = self._state.get("docks")
        if not (isinstance(kept, str) and self._window.restoreState(QByteArray.fromBase64(kept.encode()), VERSION)):
            self.preset("reset")
        self._moved()

    def hide(self) -> None:
        """No docks: the start page has the window."""
        for dock in self.docks.values():
            dock.hide()

    def remember(self, *, docks: bool) -> None:
        """Keep the window's place and, where a project was open, its docks."""
        values = {"geometry": bytes(self._window.saveGeometry().toBase64().data()).decode()}
        if docks:
            values["docks"] = bytes(self._window.saveState(VERSION).toBase64().data()).decode()
        self._state.set(**values)

    def restore_geometry(self) -> None:
        """The window where it was, but never larger than or outside the screen."""
        kept = self._state.get("geometry")
        self._window.resize(*SIZE)
        if isinstance(kept, str):
            self._window.restoreGeometry(QByteArray.fromBase64(kept.encode()))
        self.clamp(self._window.screen().availableGeometry())

    def clamp(self, screen: QRect) -> None:
        """Fit the window and its title bar into a screen."""
        if self._window.isMaximized() or self._window.isFullScreen():
            return
        screen = screen.adjusted(0, 0, 0, -TITLE_ROOM)
        size = self._window.size().boundedTo(screen.size())
        place = self._window.pos()
        x = max(screen.left(), min(place.x(), screen.right() - size.width() + 1))
        y = max(screen.top(), min(place.y(), screen.bottom() - size.height() + 1))
        if size != self._window.size():
            self._window.resize(size)
        if isinstance(self._state.get("geometry"), str) and (x, y) != (place.x(), place.y()):
            self._window.move(x, y)  # to where it is would push it on by its frame at each start

    def tidy_tabs(self) -> None:
        """Docks in tabs need no second title; their tabs say it, or show an icon where there is no room."""
        for dock in self.docks.values():
            dock.bar.set_tabbed(bool(self._window.tabifiedDockWidgets(dock)) and not dock.isFloating())
        self._tabs.tidy()


def _take_files(dock: Dock, take: Callable[[list[Path]], object]) -> None:
    from studio.ui.file_drop import FileDrop

    FileDrop(dock, take)
