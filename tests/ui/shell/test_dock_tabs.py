"""The tabs of the docks: at any text size and on any screen, each says its title and can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTabBar, QToolButton

from studio.ui.dock import Dock
from studio.ui.panels import DOCKS
from tests.ui.shell.test_drawn import ink

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow

SCREENS = [(1360, 860), (1024, 640)]
TITLES = {spec.title for spec in DOCKS}


def bars(window: MainWindow) -> list[QTabBar]:
    """The bars with more than one dock."""
    return [bar for bar in window.findChildren(QTabBar) if bar.accessibleName() == "Dock tabs" and bar.count() > 1]


def title(bar: QTabBar, tab: int) -> str:
    """What a screen reader calls a tab."""
    return bar.accessibleTabName(tab)


def in_sight(bar: QTabBar, tab: int) -> QRect:
    """The part of a tab that neither the window nor the buttons that scroll the bar cover."""
    place = bar.tabRect(tab).intersected(bar.rect())
    for button in bar.findChildren(QToolButton):
        if button.isVisible():
            place.setRight(min(place.right(), button.x() - 1))
    return place


def bring_up(bar: QTabBar, tab: int) -> None:
    """Go to a tab by mouse alone: scroll until it is there, then click what is to be seen of it."""
    left, right = bar.findChildren(QToolButton)[:2]
    for button in (left, right):
        while in_sight(bar, tab).width() < min(24, bar.tabRect(tab).width()) and button.isVisible():
            if not button.isEnabled():
                break
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            QTest.qWait(1)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=in_sight(bar, tab).center())
    QTest.qWait(20)


def says_it_all(window: MainWindow, bar: QTabBar) -> None:
    """The tab in front shows its whole title, drawn to be read; the others show a title or an icon that says it."""
    front = bar.currentIndex()
    room = bar.tabRect(front).width() - (bar.iconSize().width() if not bar.tabIcon(front).isNull() else 0)
    assert bar.tabText(front) == title(bar, front)
    assert room >= bar.fontMetrics().horizontalAdvance(title(bar, front))
    assert in_sight(bar, front) == bar.tabRect(front)
    picture = window.grab().toImage()
    for tab in range(bar.count()):
        assert bar.tabText(tab) in ("", title(bar, tab))
        assert bar.tabToolTip(tab) == title(bar, tab)
        if (place := in_sight(bar, tab)).width() >= bar.tabRect(tab).width() - 4:
            place.moveTopLeft(bar.mapTo(window, place.topLeft()))
            assert ink(picture, place.adjusted(4, 4, -4, -6)) >= 3.0, title(bar, tab)


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_dock_says_its_title_and_is_reached_by_the_mouse(
    shown: MainWindow, name: str, size: tuple[int, int]
) -> None:  # fmt: skip
    shown.theme.set(theme=name, text_size=200)
    shown.resize(*size)
    for spec in DOCKS:
        shown.show_panel(spec.id)
    QTest.qWait(50)
    read = {dock.title for dock in shown.findChildren(Dock) if dock.bar.title.isVisible()}
    for bar in bars(shown):
        for tab in range(bar.count()):
            bring_up(bar, tab)
            assert bar.currentIndex() == tab, title(bar, tab)
            says_it_all(shown, bar)
            read.add(title(bar, tab))
    assert read == TITLES


def test_titles_come_back_where_there_is_room(shown: MainWindow) -> None:
    bar = next(bar for bar in bars(shown) if bar.count() > 2)
    texts = [title(bar, tab) for tab in range(bar.count())]
    assert [bar.tabText(tab) for tab in range(bar.count())] == texts
    shown.theme.set(text_size=200)
    QTest.qWait(20)
    assert [bar.tabText(tab) for tab in range(bar.count())].count("") == len(texts) - 1
    shown.theme.set(text_size=100)
    QTest.qWait(20)
    assert [bar.tabText(tab) for tab in range(bar.count())] == texts


def test_a_dock_that_leaves_its_tab_takes_its_title_along(shown: MainWindow) -> None:
    shown.theme.set(text_size=200)
    dock = shown.arrangement.docks["forge"]
    QTest.qWait(20)
    assert dock.windowTitle() == ""
    dock.setFloating(True)
    QTest.qWait(20)
    assert dock.windowTitle() == "Prompt Forge"
    dock.setFloating(False)


def test_the_arrow_keys_walk_the_tabs(shown: MainWindow) -> None:
    bar = next(bar for bar in bars(shown) if bar.count() > 2)
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    seen = {bar.currentIndex()}
    for _ in range(bar.count()):
        QTest.keyClick(bar, Qt.Key.Key_Right)
        seen.add(bar.currentIndex())
    assert seen == set(range(bar.count()))


@pytest.mark.parametrize("by_key", [True, False])
def test_the_menu_of_the_tabs_lists_every_dock_and_moves_the_one_that_was_asked(
    shown: MainWindow, by_key: bool
) -> None:  # fmt: skip
    shown.theme.set(text_size=200)
    QTest.qWait(20)
    bar = next(bar for bar in bars(shown) if bar.count() > 2)
    place = bar.tabRect(bar.currentIndex() if by_key else 1).center()
    reason = QContextMenuEvent.Reason.Keyboard if by_key else QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(bar, QContextMenuEvent(reason, place, bar.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    said = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert said[: bar.count()] == [title(bar, tab) for tab in range(bar.count())]
    assert {"Move to the left", "Close"} <= set(said)
    assert [action.text() for action in menu.actions() if action.isChecked()] == [title(bar, bar.tabAt(place))]
    menu.actions()[2].trigger()
    menu.close()
    QTest.qWait(20)
    assert bar.currentIndex() == 2


def test_the_menu_of_the_window_shows_and_hides_docks_by_their_titles(shown: MainWindow) -> None:
    shown.theme.set(text_size=200)
    QTest.qWait(20)
    menu = shown.createPopupMenu()
    assert {action.text() for action in menu.actions()} == TITLES
    entry = next(action for action in menu.actions() if action.text() == "Entry")
    assert entry.isChecked() == shown.arrangement.docks["entry"].isVisible()
    entry.trigger()
    assert entry.isChecked() == shown.arrangement.docks["entry"].isVisible()
    menu.close()
