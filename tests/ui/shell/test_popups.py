"""What pops up: every menu, list of choices and suggestion says what it is and what is in it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPushButton, QToolButton, QWidget
from shiboken6 import Shiboken

from studio.ui.panels import DOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Role = QAccessible.Role
SAYS = {Role.PopupMenu, Role.MenuItem, Role.List, Role.ListItem, Role.Button, Role.CheckBox, Role.EditableText}


def parts(of: QAccessibleInterface | None, path: str = "") -> Iterator[tuple[QAccessibleInterface, str]]:
    """Everything in something that a reader comes to, with the way there."""
    if of is None or of.state().invisible:
        return
    yield of, f"{path}/{of.role().name}"
    here = f"{path}/{of.role().name}:{of.text(QAccessible.Text.Name)[:30]}"
    for index in range(min(of.childCount(), 80)):
        yield from parts(of.child(index), here)


def silent(popup: QWidget, *, frame: bool = True) -> list[str]:
    """What of a popup says nothing, with the popup itself or without."""
    return [
        where
        for part, where in parts(QAccessible.queryAccessibleInterface(popup))
        if (part.role() in SAYS or part.state().focusable) and not part.text(QAccessible.Text.Name)
        if frame or part.object() is not popup
    ]


def popups() -> list[QWidget]:
    """The popup windows that show."""
    return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowType() == Qt.WindowType.Popup]


def pop_up(widget: QWidget) -> None:
    """All that this widget can open by one click."""
    if isinstance(widget, QComboBox):
        widget.showPopup()
    elif isinstance(widget, QPushButton | QToolButton) and (menu := widget.menu()) is not None:
        menu.popup(widget.mapToGlobal(widget.rect().bottomLeft()))
    else:
        place = widget.rect().center()
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))


def read_all(window: MainWindow, *, met: set[str]) -> list[str]:
    """Open whatever can pop up in what shows now, and give what says nothing."""
    bad = []
    for widget in window.findChildren(QWidget):
        if not Shiboken.isValid(widget) or not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        who = f"{type(widget).__name__} “{widget.accessibleName() or widget.objectName()}”"
        pop_up(widget)
        for popup in popups():
            met.add(who)
            bad += [f"{who}: {where}" for where in silent(popup, frame=not made_by_qt(popup, widget))]
            popup.close()
    return bad


def made_by_qt(popup: QWidget, widget: QWidget) -> bool:
    """Cut, copy and paste, or the menu of a scroll bar: Qt makes them anew each time, with names for all in them."""
    return any(action.objectName() == "edit-copy" for action in popup.actions()) or widget.inherits("QScrollBar")


def test_everything_that_pops_up_says_what_it_is(shown: MainWindow) -> None:
    bad: dict[str, list[str]] = {}
    for panel_id in ("chat", *(spec.id for spec in DOCKS)):
        shown.show_panel(panel_id)
        QTest.qWait(50)
        met: set[str] = set()
        bad[panel_id] = read_all(shown, met=met)
        assert len(met) > 10, panel_id
    assert {panel_id: silent for panel_id, silent in bad.items() if silent} == {}


def test_every_menu_of_the_window_is_called_by_its_title(shown: MainWindow) -> None:
    for action in shown.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.popup(shown.pos())
        assert QAccessible.queryAccessibleInterface(menu).text(QAccessible.Text.Name) == action.text().replace("&", "")
        assert silent(menu) == []
        menu.close()


@pytest.fixture
def reading() -> Iterator[None]:
    """A screen reader is there: without one, lists tell nobody that they have other rows now."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("reading")
def test_every_suggestion_over_the_composer_says_what_it_is(shown: MainWindow, qtbot: QtBot) -> None:
    names = shown.panels()["chat"].ctx.names
    qtbot.waitUntil(lambda: len(names) > 20, timeout=10_000)
    shown.show_panel("chat")
    focused = shown.focusWidget()
    assert focused is not None
    for typed in ("@", "/", "[[ma"):
        QTest.keyClicks(focused, typed)
        found = [w for w in shown.findChildren(QWidget) if w.accessibleName() == "Suggestions"]
        qtbot.waitUntil(lambda found=found: any(w.isVisible() for w in found))
        assert [silent(w) for w in found if w.isVisible()] == [[]], typed
        QTest.keySequence(focused, QKeySequence.StandardKey.SelectAll)
        QTest.keyClick(focused, Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda found=found: not any(w.isVisible() for w in found))


def test_menus_are_made_by_the_kit_which_names_them(root: Path) -> None:
    made = []
    for file in (root / "studio" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("QMenu", "QtWidgets.QMenu"):
                made.append(file.name)
    assert set(made) <= {"buttons.py", "main_window.py"}, "use kit.context_menu or kit.build_menu"
