"""The dialog of calendars: a shipped one comes in, is edited with the month in view, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from studio.domain.world import Calendar
from studio.services.world import calendars, entities
from studio.ui.almanac.dialog import CalendarsDialog

if TYPE_CHECKING:
    import asyncio

    from pytestqt.qtbot import QtBot

    from studio.services.workspace import Workspace
    from tests.ui.conftest import TestContext

Done = Callable[["asyncio.Task[Any]"], None]
COLUMN = {"name": 0, "days": 2, "intercalary": 3, "leap": 4}


@pytest.fixture
def done(qtbot: QtBot) -> Done:
    """Waits for a verb of the dialog."""

    def wait(task: asyncio.Task[Any]) -> None:
        qtbot.waitUntil(task.done, timeout=10_000)
        task.result()

    return wait


def stored(workspace: Workspace) -> list[Calendar]:
    return workspace.run_now(lambda project: project.all(Calendar))


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(host: QWidget, ctx: TestContext, done: Done) -> CalendarsDialog:
    made = CalendarsDialog(host, ctx)
    made.show()
    done(made.reload())
    return made


def test_without_a_calendar_the_place_teaches(dialog: CalendarsDialog) -> None:
    assert dialog.stack.currentWidget() is dialog.empty
    assert "make it your own" in dialog.empty.sentence.text()
    assert not dialog.save.isEnabled()


def test_a_shipped_calendar_comes_in_and_shows_a_month(dialog: CalendarsDialog, done: Done) -> None:
    done(dialog.add_preset("hearthfold"))
    assert dialog.list.count() == 1
    assert dialog.editor.head.title.text() == "Sap 1"
    assert dialog.editor.said.text() == "8 months, 364.167 days a year on average, weeks of 5, 1 moon"
    assert not dialog.save.isEnabled()
    for table in dialog.editor.tables.values():
        QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_an_edit_shows_at_once_and_is_stored_as_one_change(
    dialog: CalendarsDialog, workspace: Workspace, done: Done
) -> None:
    done(dialog.add_preset("plain"))
    months = dialog.editor.tables["months"].model
    months.setData(months.index(0, COLUMN["name"]), "Thaw")
    months.setData(months.index(0, COLUMN["days"]), "31")
    assert dialog.editor.head.title.text() == "Thaw 1"
    assert dialog.editor.said.text().startswith("12 months, 361 days a year")
    done(dialog.save_calendar())
    (record,) = stored(workspace)
    assert record.definition["months"][0] == {"name": "Thaw", "days": 31, "formerly": ["Firstmonth"]}
    assert dialog.ctx.calendars.value.main.mean_year == 361


def test_what_is_wrong_is_said_and_cannot_be_saved(dialog: CalendarsDialog, done: Done) -> None:
    done(dialog.add_preset("plain"))
    months = dialog.editor.tables["months"].model
    months.setData(months.index(1, COLUMN["days"]), "many")
    assert dialog.editor.said.text() == "The month “Secondmonth”: its number of days must be a number."
    assert not dialog.save.isEnabled()
    months.setData(months.index(1, COLUMN["days"]), "31")
    assert dialog.save.isEnabled()


def test_rows_are_added_moved_and_removed_by_keys(dialog: CalendarsDialog, qtbot: QtBot, done: Done) -> None:
    done(dialog.add_preset("plain"))
    table = dialog.editor.tables["months"]
    names = dialog.editor.month_names
    qtbot.keyClick(table.view, Qt.Key.Key_Insert)
    assert names()[:3] == ["Firstmonth", "New month", "Secondmonth"]
    qtbot.keyClick(table.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names()[:3] == ["New month", "Firstmonth", "Secondmonth"]
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    assert names()[:2] == ["Firstmonth", "Secondmonth"]


def test_leaving_a_calendar_stores_what_was_typed(
    dialog: CalendarsDialog, qtbot: QtBot, workspace: Workspace, done: Done
) -> None:
    done(dialog.add_preset("plain"))
    done(dialog.add_preset("gregorian"))
    dialog.editor.year_zero.setChecked(False)
    dialog.list.setCurrentRow(0)
    qtbot.waitUntil(
        lambda: "year_zero" not in stored(workspace)[1].definition or not stored(workspace)[1].definition["year_zero"]
    )
    assert dialog.editor.name.text() == "Plain calendar"
    dialog.editor.name.setText("Tide count")
    dialog.editor.changed.emit()
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert stored(workspace)[0].name == "Tide count"


def test_the_main_calendar_is_chosen_and_an_unused_one_removed(
    dialog: CalendarsDialog, workspace: Workspace, done: Done
) -> None:
    done(dialog.add_preset("plain"))
    done(dialog.add_preset("orrery"))
    done(dialog.make_main())
    assert workspace.run_now(calendars.loaded).main.key == "orrery"
    assert not dialog.main.isEnabled()
    done(dialog.remove_calendar())
    assert [c.name for c in stored(workspace)] == ["Plain calendar"]


def test_the_list_says_how_many_entries_have_dates_in_it(
    dialog: CalendarsDialog, workspace: Workspace, done: Done
) -> None:
    done(dialog.add_preset("plain"))
    workspace.run_now(entities.create_entity, kind="npc", name="Tam", fields={"birth": "3 Firstmonth 812"})
    done(dialog.reload())
    assert dialog.rows[0].dates == 1
