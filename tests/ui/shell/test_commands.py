"""The registry of commands: one key each, rebinding, menus and the documentation page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.ui.commands import Command, CommandRegistry, DuplicateKey, shortcuts_page
from studio.ui.fuzzy import score
from studio.ui.window_commands import LateActs, window_commands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.main_window import MainWindow


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def test_a_key_runs_its_command(host: QWidget, qtbot: QtBot) -> None:
    ran: list[str] = []
    registry = CommandRegistry(host)
    registry.add(Command("chat.new", "New chat", lambda: ran.append("new"), "Chat", "Ctrl+N"))
    QTest.keyClick(host, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["new"]


def test_two_commands_can_not_have_one_key(host: QWidget) -> None:
    registry = CommandRegistry(host)
    registry.add(Command("a.a", "A", print, key="Ctrl+N"))
    with pytest.raises(DuplicateKey):
        registry.add(Command("b.b", "B", print, key="Ctrl+N"))
    with pytest.raises(ValueError, match=r"a\.a"):
        registry.add(Command("a.a", "A again", print))


def test_a_pane_may_have_the_key_of_the_window_and_wins_with_the_focus(host: QWidget) -> None:
    ran: list[str] = []
    pane, elsewhere = QLineEdit(host), QLineEdit(host)
    elsewhere.move(0, 60)
    pane.show()
    elsewhere.show()
    registry = CommandRegistry(host)
    registry.add(Command("pane.copy", "Copy prompt", lambda: ran.append("pane"), key="Ctrl+J", scope=pane))
    registry.add(Command("chat.copy", "Copy answer", lambda: ran.append("window"), key="Ctrl+J"))
    assert registry.key("pane.copy") == registry.key("chat.copy") == "Ctrl+J"
    for focused in (pane, elsewhere):
        focused.setFocus()
        QTest.keyClick(focused, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["pane", "window"]
    registry.remove(["chat.copy"])
    pane.setFocus()
    QTest.keyClick(pane, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["pane", "window", "pane"]


def test_a_key_can_be_changed_and_is_kept(host: QWidget) -> None:
    registry = CommandRegistry(host)
    registry.add(Command("a.a", "A", print, key="Ctrl+N"), Command("b.b", "B", print, key="Ctrl+M"))
    registry.rebind("a.a", "Ctrl+J")
    assert registry.bindings() == {"a.a": "Ctrl+J"}
    with pytest.raises(DuplicateKey, match="B"):
        registry.rebind("a.a", "Ctrl+M")
    again = CommandRegistry(host, registry.bindings())
    again.add(Command("a.a", "A", print, key="Ctrl+N"))
    assert again.bound_key("a.a") == "Ctrl+J"
    registry.rebind("a.a", None)
    assert registry.bindings() == {}
    assert registry.bound_key("a.a") == "Ctrl+N"


def test_a_command_that_is_not_enabled_does_not_run(host: QWidget) -> None:
    ran: list[str] = []
    able = False
    registry = CommandRegistry(host)
    registry.add(Command("a.a", "A", lambda: ran.append("a"), key="Ctrl+N", enabled=lambda: able))
    assert not registry.run("a.a")
    able = True
    assert registry.run("a.a")
    assert ran == ["a"]


def test_commands_of_a_project_go_with_it(host: QWidget) -> None:
    registry = CommandRegistry(host)
    registry.add(Command("a.a", "A", print, key="Ctrl+N"))
    registry.remove(["a.a"])
    registry.add(Command("b.b", "B", print, key="Ctrl+N"))
    assert [command.id for command in registry.all()] == ["b.b"]


def test_every_command_of_the_window_has_text_help_and_a_place(window: MainWindow) -> None:
    commands = window_commands(window, LateActs())  # pyright: ignore[reportArgumentType]
    window.registry.add(*commands)
    assert not [c.id for c in commands if not (c.text and c.help and c.group and c.icon)]
    keys = [c.key for c in commands if c.key]
    assert len(keys) == len(set(keys))


def test_menus_are_made_from_the_registry(window: MainWindow) -> None:
    window.registry.add(*window_commands(window, LateActs()))  # pyright: ignore[reportArgumentType]
    window.fill_menus_now()
    titles = [action.text() for action in window.menuBar().actions() if action.isVisible()]
    assert titles == ["&File", "&Edit", "&View", "&Go", "&Help"]


def test_the_documentation_page_names_every_command(window: MainWindow) -> None:
    commands = window_commands(window, LateActs())  # pyright: ignore[reportArgumentType]
    page = shortcuts_page(commands)
    assert all(command.text in page and command.help in page for command in commands)


@pytest.mark.parametrize(
    ("typed", "best", "worse"),
    [
        ("thdark", "theme: dark view", "focus the dark archive"),
        ("foc", "focus chat", "open folder of chats"),
        ("np", "new project", "open project"),
    ],
)
def test_letters_find_the_command_that_was_meant(typed: str, best: str, worse: str) -> None:
    assert (score(typed, best) or 0) > (score(typed, worse) or 0)


def test_letters_that_are_not_there_find_nothing() -> None:
    assert score("xyz", "theme: dark") is None


def test_a_key_works_as_soon_as_its_command_can_run(host: QWidget) -> None:
    """A greyed action would not hear its key; nobody has to refresh anything in between."""
    ready: list[bool] = []
    ran: list[str] = []
    registry = CommandRegistry(host)
    registry.add(Command("chat.save", "Save", lambda: ran.append("saved"), key="Ctrl+S", enabled=lambda: bool(ready)))
    registry.dim()
    registry.wake()
    registry.refresh()
    QTest.keyClick(host, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert ran == []
    ready.append(True)
    QTest.keyClick(host, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["saved"]


@given(text=st.text("abc: de", min_size=1).map(str.strip).filter(bool), picks=st.sets(st.integers(0, 40)))
def test_a_text_fits_itself_and_any_of_its_letters_in_order(text: str, picks: set[int]) -> None:
    whole = text.replace(" ", "")
    assert (score(whole, text) or 0) > 60 - len(text)
    some = "".join(letter for at, letter in enumerate(whole) if at in picks)
    assert score(some, text) is not None


def test_the_whole_name_of_a_command_finds_it() -> None:
    assert (score("graphaspictureandlist", "graph as picture and list world") or 0) >= 60
