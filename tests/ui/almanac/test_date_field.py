"""The date field says what words mean while they are typed; the sheet of days is used by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from studio.domain.calendars import Calendars
from studio.ui.almanac.field import DateField, DayPicker
from studio.ui.almanac.sheet import MonthSheet, SheetHead
from studio.ui.calendars import CalendarIndex
from tests.support.calendars import preset

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme import Theme

FOLD = preset("hearthfold")
KEY = Qt.Key


@pytest.fixture
def index() -> CalendarIndex:
    made = CalendarIndex()
    made.set(Calendars([FOLD, preset("gregorian")]))
    return made


@pytest.fixture
def sheet(qtbot: QtBot, theme: Theme) -> MonthSheet:
    made = MonthSheet("Days", FOLD, FOLD.to_abs(812, "Lark", 7))
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


def test_the_field_says_what_the_words_mean(qtbot: QtBot, theme: Theme, index: CalendarIndex) -> None:
    field = DateField("Birth", index)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.line, "spring 812")
    qtbot.waitUntil(lambda: field.meaning.text() == "1 Sap 812 – Kindling 812 (91 days)")
    assert field.line.accessibleDescription() == field.meaning.text()
    assert field.read() == "spring 812"


def test_the_field_writes_a_stored_date_in_its_calendar(qtbot: QtBot, theme: Theme, index: CalendarIndex) -> None:
    field = DateField("Birth", index)
    qtbot.addWidget(field)
    field.put({"calendar": "hearthfold", "year": -12, "month": "Lark", "day": 3})
    assert field.read() == "3 Lark 12 YW"
    field.put({"calendar": "gregorian", "year": 1776})
    assert field.read() == "1776 (Gregorian calendar)"
    index.set(Calendars([preset("gregorian")]))
    assert field.read() == "1776"


def test_a_day_is_picked_by_keys_alone(qtbot: QtBot, theme: Theme, index: CalendarIndex) -> None:
    field = DateField("Birth", index)
    qtbot.addWidget(field)
    field.show()
    field.put({"text": "3 Lark 812"})
    with qtbot.waitSignal(field.committed) as committed:
        qtbot.keyClick(field.line, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
        picker = next(w for w in QApplication.topLevelWidgets() if isinstance(w, DayPicker))
        qtbot.keyClick(picker.sheet, KEY.Key_Right)
        qtbot.keyClick(picker.sheet, KEY.Key_PageDown)
        qtbot.keyClick(picker.sheet, KEY.Key_Return)
    assert committed.args == ["4 Clover 812"]
    assert field.read() == "4 Clover 812"


def test_arrows_go_over_the_edge_of_the_page(qtbot: QtBot, sheet: MonthSheet) -> None:
    head = SheetHead(sheet)
    qtbot.addWidget(head)
    sheet.go_to(FOLD.to_abs(812, "Lark", 45))
    qtbot.keyClick(sheet, KEY.Key_Right)
    assert FOLD.format(sheet.day) == "Kindling 812"
    qtbot.keyClick(sheet, KEY.Key_Right)
    assert (FOLD.format(sheet.day), head.title.text()) == ("1 Clover 812", "Clover 812 · Years of the Fold")
    qtbot.keyClick(sheet, KEY.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    assert FOLD.format(sheet.day) == "1 Clover 811"
    qtbot.keyClick(sheet, KEY.Key_Up)
    assert FOLD.format(sheet.day) == "42 Lark 811"


def test_a_sheet_is_a_sound_model_and_tells_each_day_whole(sheet: MonthSheet) -> None:
    model = sheet.sheet_model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    day = FOLD.to_abs(812, "Lark", 7)
    model.set_marks({day: [("event", "Battle of the Ford")]})
    said = model.index_of(day).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Loom, 7 Lark 812 · Spring · Years of the Fold. Battle of the Ford"
    assert model.rowCount(QModelIndex()) == 10
