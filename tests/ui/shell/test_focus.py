"""Where the Tab key goes in the window: only to what a person can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.shell.test_window import opened, path, session  # noqa: F401

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.ui.main_window import MainWindow
    from studio.ui.session import Session


def out_of_sight(window: MainWindow) -> list[str]:
    """What Tab would go to although the part of the window that holds it is not on show."""
    lost = []
    for widget in window.findChildren(QWidget):
        if (
            not widget.isVisible()
            or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            or widget.window() is not window
        ):
            continue
        part = widget
        while (parent := part.parentWidget()) not in (window, None):
            part = parent
        if not window.rect().intersects(QRect(part.pos(), part.size())):
            lost.append(f"{part.objectName()}: {widget.accessibleName() or widget}")
    return lost


@pytest.mark.parametrize("panel_id", ["foundry", "forge", "entry", "search", "history", "graph", "jobs"])
def test_tab_never_leads_behind_a_tab_of_the_docks(
    session: Session, path: Path, qtbot: QtBot, panel_id: str  # noqa: F811
) -> None:  # fmt: skip
    opened(session, path, qtbot)
    session.window.show()
    qtbot.waitExposed(session.window)
    session.window.show_panel(panel_id)
    QTest.qWait(20)
    assert session.window.panels()[panel_id].isVisible()
    assert out_of_sight(session.window) == []


def test_keys_that_come_while_a_project_opens_press_no_button(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.show_opening("Shattered Coast")
    qtbot.waitExposed(window)
    window.activateWindow()
    focused = window.focusWidget()
    assert focused is window._waiting
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert not any(dock.bar.menu.isDown() for dock in window.arrangement.docks.values())
