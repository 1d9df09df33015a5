"""The frame around a docked panel: a title bar of our own, and ways to move it without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QLayout, QMainWindow, QMenu, QSizePolicy, QWidget

from studio.ui.kit.base import hbox, label, style, vbox
from studio.ui.kit.buttons import IconMenuButton
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from studio.ui.dock_room import DockRoom
    from studio.ui.panel import Panel

AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
LEAST = (220, 120)
"""A dock may get smaller than its panel likes, so that the window fits a small screen at any text size."""
SCROLL_BAR = 20
"""What a scroll bar at any text size takes of that."""
_FEATURE = QDockWidget.DockWidgetFeature


def may_float() -> bool:
    """Floating docks misbehave on Wayland, so they stay in the window there."""
    return "wayland" not in QGuiApplication.platformName()


class TitleBar(QWidget):
    """Icon, title, the panel's own buttons and a menu that moves, floats or closes the dock."""

    def __init__(self, dock: Dock, icon: str) -> None:
        super().__init__(dock)
        self._in_front = True
        self._needless = False  # QDockWidget keeps room for a hidden title bar unless its size is nothing
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        style(self, dockTitle=True)
        row = hbox(self, margins=(12, 2, 4, 2), gap=6)
        self._mark = label()
        self._icon = icon
        self.title = label(dock.windowTitle(), "strong")
        row.addWidget(self._mark)
        row.addWidget(self.title)
        row.addStretch(1)
        self.own = hbox(gap=2)
        row.addLayout(self.own)
        self.menu = IconMenuButton(fill=dock.fill_menu, icon="ellipsis", name=f"{dock.windowTitle()}: move or close")
        row.addWidget(self.menu)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_tabbed(self, tabbed: bool) -> None:
        """A tab says the title already: then only the buttons are left, or nothing."""
        if not tabbed and self._mark.pixmap().isNull():
            self._draw_mark()
        self._mark.setVisible(not tabbed)
        self.title.setVisible(not tabbed)
        self._needless = tabbed and self.own.count() == 0
        self.come_up(in_front=self._in_front)
        self.updateGeometry()

    def come_up(self, *, in_front: bool) -> None:
        """Show only in front: Tab would go into a bar that a tab has moved out of sight."""
        self._in_front = in_front
        self.setVisible(in_front and not self._needless)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and not self._mark.pixmap().isNull():
            self._draw_mark()

    def _draw_mark(self) -> None:
        self._mark.setPixmap(pixmap(self._icon, "muted", size=look.px(15), ratio=self.devicePixelRatioF()))

    def sizeHint(self) -> QSize:
        return QSize(0, 0) if self._needless else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0) if self._needless else super().minimumSizeHint()

    # QDockWidget drags by what its title bar leaves to it.
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept() if not may_float() else event.ignore()


class Dock(QDockWidget):
    """One dock of the window. It exists from the first paint; its panel comes when a project is open."""

    moved = Signal()

    def __init__(self, panel_id: str, title: str, icon: str, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.panel_id, self.title, self.icon = panel_id, title, icon
        self.setObjectName(f"dock_{panel_id}")
        self.setAccessibleName(title)
        features = _FEATURE.DockWidgetClosable | _FEATURE.DockWidgetMovable
        self.setFeatures(features | _FEATURE.DockWidgetFloatable if may_float() else features)
        self.bar = TitleBar(self, icon)
        self.setTitleBarWidget(self.bar)
        self._window = window
        self.panel: Panel | None = None
        self._room: DockRoom | None = None
        self._in_front = False
        self._holder = QWidget()
        self._holder.setMinimumSize(*LEAST)
        vbox(self._holder, gap=0)
        self.setWidget(self._holder)
        self.visibilityChanged.connect(self._came_up)
        for signal in (self.dockLocationChanged, self.topLevelChanged, self.visibilityChanged):
            signal.connect(lambda *_: self.moved.emit())

    def take(self, panel: Panel) -> None:
        """Put a panel in."""
        from studio.ui.dock_room import DockRoom

        self.panel = panel
        panel.setMinimumWidth(LEAST[0] - SCROLL_BAR)
        self._room = DockRoom(panel)
        self._column().addWidget(self._room)
        panel.setVisible(self._in_front)
        for button in panel.title_buttons():
            self.bar.own.addWidget(button)

    def say_title(self, *, in_words: bool) -> None:
        """Whether the tab says the title in words; the window's title is what Qt writes there."""
        self.setWindowTitle(self.title if in_words else "")

    def _column(self) -> QLayout:
        column = self._holder.layout()
        assert column is not None
        return column

    def _came_up(self, in_front: bool) -> None:
        """Behind a tab Qt only moves a dock out of sight: Tab and screen readers would still go into it."""
        self._in_front = in_front
        self.bar.come_up(in_front=in_front)
        if self.panel is not None:
            self.panel.setVisible(in_front)

    def drop(self) -> None:
        """Let the panel go."""
        while (item := self.bar.own.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.deleteLater()
        if self.panel is not None:
            panel, self.panel = self.panel, None
            panel.hide()
            panel.release()
            panel.deleteLater()
        if self._room is not None:
            self._column().removeWidget(self._room)
            self._room.deleteLater()
            self._room = None

    def bring_up(self) -> None:
        """Show the dock in front of what it is tabbed with."""
        self.show()
        self.raise_()

    def move_to(self, area: str) -> None:
        """Dock at another edge: what dragging does, for the keyboard."""
        self.setFloating(False)
        self._window.addDockWidget(AREAS[area], self)
        self.bring_up()
        self.moved.emit()

    def fill_menu(self, menu: QMenu) -> None:
        """The ways to move, float and close."""
        for area, words in (
            ("left", "Move to the left"),
            ("right", "Move to the right"),
            ("bottom", "Move to the bottom"),
        ):
            menu.addAction(words).triggered.connect(lambda *_, area=area: self.move_to(area))
        if may_float():
            words = "Put back into the window" if self.isFloating() else "Float"
            menu.addAction(words).triggered.connect(lambda *_: self.setFloating(not self.isFloating()))
        menu.addSeparator()
        menu.addAction("Close").triggered.connect(lambda *_: self.hide())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isFloating():
            self.setFloating(False)
        else:
            super().keyPressEvent(event)
