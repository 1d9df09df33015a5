"""What a sheet asks for and may not have: its sentence stands in it, what was typed stays, Enter twice acts once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from studio.domain.errors import Invalid
from studio.ui.dialogs import ask
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import LineEdit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pytestqt.qtbot import QtBot
    from qasync import QEventLoop


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def sheet_of(host: QWidget, qtbot: QtBot) -> Sheet:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in host.findChildren(Sheet)))
    return next(one for one in host.findChildren(Sheet) if one.isVisible())


def asked(loop: QEventLoop, host: QWidget, act: Callable[[str], Awaitable[object]]) -> asyncio.Task[str | None]:
    return loop.create_task(ask.ask_text(host, "Rename", label="Name", text="Tam", act=act))


def shown(sheet: Sheet) -> list[str]:
    return [one.text() for one in sheet.findChildren(QLabel) if one.isVisible()]


def test_a_refusal_stands_in_the_sheet_and_what_was_typed_stays(loop: QEventLoop, host: QWidget, qtbot: QtBot) -> None:
    taken: list[str] = []

    async def act(words: str) -> None:
        if words == "x" * 300:
            raise Invalid("The name has 300 letters.")
        taken.append(words)

    answer = asked(loop, host, act)
    sheet = sheet_of(host, qtbot)
    line = sheet.findChild(LineEdit)
    assert line is not None
    line.setText("x" * 300)
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "The name has 300 letters." in shown(sheet))
    assert (line.text(), sheet.isVisible(), taken) == ("x" * 300, True, [])
    line.setText("Tamsin")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(answer.done)
    assert (answer.result(), taken) == ("Tamsin", ["Tamsin"])


def test_enter_twice_and_escape_meanwhile_act_once(loop: QEventLoop, host: QWidget, qtbot: QtBot) -> None:
    go, taken = asyncio.Event(), list[str]()

    async def act(words: str) -> None:
        taken.append(words)
        await go.wait()

    answer = asked(loop, host, act)
    sheet = sheet_of(host, qtbot)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Return):
        QTest.keyClick(sheet, key)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: taken == ["Tam"])
    assert sheet.isVisible()
    go.set()
    qtbot.waitUntil(answer.done)
    assert (answer.result(), taken) == ("Tam", ["Tam"])


def test_what_is_no_refusal_reaches_whoever_asked(loop: QEventLoop, host: QWidget, qtbot: QtBot) -> None:
    async def act(_words: str) -> None:
        raise ZeroDivisionError

    answer = asked(loop, host, act)
    QTest.keyClick(sheet_of(host, qtbot), Qt.Key.Key_Return)
    qtbot.waitUntil(answer.done)
    assert isinstance(answer.exception(), ZeroDivisionError)
