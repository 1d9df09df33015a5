"""The searchable list: a part of its window, so that a screen reader finds it, and gone again by any way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from studio.ui.chat.picker import Choice, Picker
from studio.ui.kit import LineEdit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme import Theme

CHOICES = [Choice("a", "Ash"), Choice("b", "Birch"), Choice("c", "Cedar")]


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(500, 400)
    QVBoxLayout(made).addWidget(LineEdit("Before"))
    made.show()
    qtbot.waitExposed(made)
    return made


def opened(window: QWidget) -> tuple[Picker, LineEdit, list[str]]:
    before = window.findChild(LineEdit)
    assert before is not None
    before.setFocus()
    picker, taken = Picker(window, "Trees", CHOICES), list[str]()
    picker.chosen.connect(taken.append)
    picker.open_at(before, above=False)
    return picker, before, taken


def beside(window: QWidget) -> QWidget:
    found = window.childAt(QPoint(490, 5))
    assert found is not None
    return found


def test_it_is_a_part_of_its_window_and_within_it(window: QWidget) -> None:
    picker, _, _ = opened(window)
    assert picker not in QApplication.topLevelWidgets()
    assert window.rect().contains(picker.geometry())
    assert QApplication.focusWidget() is picker.line
    assert (picker.accessibleName(), picker.line.accessibleName()) == ("Trees", "Trees")


def test_arrows_and_enter_take_a_row_and_the_focus_goes_back(window: QWidget, qtbot: QtBot) -> None:
    picker, before, taken = opened(window)
    QTest.keyClick(picker.line, Qt.Key.Key_Down)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert taken == ["b"]
    assert QApplication.focusWidget() is before
    qtbot.waitUntil(lambda: not window.findChildren(Picker))


def test_escape_and_a_click_beside_it_take_nothing(window: QWidget) -> None:
    for leave in (
        lambda picker: QTest.keyClick(picker.line, Qt.Key.Key_Escape),
        lambda _picker: QTest.mouseClick(beside(window), Qt.MouseButton.LeftButton),
    ):
        picker, before, taken = opened(window)
        leave(picker)
        assert (picker.isVisible(), taken) == (False, [])
        assert QApplication.focusWidget() is before
