"""The menu bar: every menu and the search can be reached at any width and text size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from studio.ui.menu_bar import KEY, WORDS, MenuBar

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow


def bar_of(window: MainWindow, *, width: int, text_size: int) -> MenuBar:
    """The menu bar in a window of this width, at rest."""
    window.theme.set(text_size=text_size)
    window.resize(width, 640)
    QTest.qWait(30)
    bar = window.menuBar()
    assert isinstance(bar, MenuBar)
    return bar


@pytest.mark.parametrize("text_size", [100, 200])
def test_the_search_gives_its_words_up_before_a_menu_goes(shown: MainWindow, text_size: int) -> None:
    bar = bar_of(shown, width=2400, text_size=text_size)
    assert bar.search.text() == WORDS
    whole = bar.sizeHint().width()
    bar.resize(whole - 20, bar.height())  # the docks may want more than that
    assert bar.search.text() == KEY
    assert bar.search.accessibleName() == WORDS
    assert not bar.more.isVisible()
    last = [action for action in bar.actions() if action.isVisible()][-1]
    assert bar.actionGeometry(last).right() < bar.search.x()
    assert bar.search.geometry().right() < bar.width()
    bar.resize(whole + 20, bar.height())
    assert bar.search.text() == WORDS


def test_menus_without_room_are_behind_a_button_that_can_be_hit(shown: MainWindow) -> None:
    for number in range(9):
        shown.menuBar().addMenu(f"Another menu {number}").addAction("Something")
    bar = bar_of(shown, width=1024, text_size=200)
    assert bar.more.isVisible()
    assert min(bar.more.width(), bar.more.height()) >= 24
    assert not bar.more.geometry().intersects(bar.search.geometry())
    assert bar.more.accessibleName() == "More menus"
    bar_of(shown, width=1024, text_size=100)
