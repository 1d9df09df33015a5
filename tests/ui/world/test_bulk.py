"""The sheet for many entries: it shows before and after, leaves out what is unticked, and one undo takes it back."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.domain.world import Entity
from studio.services.world import bulk
from studio.ui.context import StudioContext
from studio.ui.kit import ComboBox, LineEdit
from studio.ui.world.bulk import MERGE, BulkSheet


@pytest.fixture
def sheet(ctx: StudioContext, made: dict[str, Any], qtbot: QtBot) -> Iterator[BulkSheet]:
    people = [made["Mirel Vane"], made["Tam"]]
    rows = [bulk.Row(id=people[0], kind="npc", name="Mirel Vane"), bulk.Row(id=people[1], kind="npc", name="Tam")]
    host = QWidget()
    host.show()
    opened = BulkSheet(ctx, host, people, ["npc", "npc"], ["sea"], rows)
    opened.open()
    qtbot.waitExposed(opened)
    yield opened
    host.deleteLater()


def lines(sheet: BulkSheet) -> list[tuple[str, ...]]:
    items = [sheet.table.topLevelItem(row) for row in range(sheet.table.topLevelItemCount())]
    return [tuple(item.text(column) for column in range(4)) for item in items if item is not None]


def test_the_table_says_what_will_change_and_the_button_how_many(sheet: BulkSheet, qtbot: QtBot) -> None:
    editor = sheet.lines[0].editor
    assert isinstance(editor, ComboBox)
    editor.set_value("canon")
    editor.chosen.emit("canon")
    qtbot.waitUntil(lambda: sheet.button.text() == "Change 2 entries")
    assert lines(sheet) == [("Mirel Vane", "Status", "draft", "canon"), ("Tam", "Status", "draft", "canon")]
    first = sheet.table.topLevelItem(0)
    assert first is not None
    spoken = first.data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Mirel Vane: Status, draft becomes canon"


def test_space_leaves_an_entry_out_and_enter_does_the_rest(
    sheet: BulkSheet, qtbot: QtBot, made: dict[str, Any]
) -> None:
    sheet.lines[0].choose("fields.role")
    editor = sheet.lines[0].editor
    assert isinstance(editor, LineEdit)
    editor.setText("Smuggler")
    qtbot.waitUntil(lambda: sheet.button.text() == "Change 2 entries")
    sheet.table.setFocus()
    QTest.keyClick(sheet.table, Qt.Key.Key_Space)
    assert sheet.button.text() == "Change 1 entry"
    assert sheet.chosen == [made["Tam"]]
    with qtbot.waitSignal(sheet.accepted):
        QTest.keyClick(sheet.table, Qt.Key.Key_Return)


def test_two_lines_are_one_change(sheet: BulkSheet, do: Any, made: dict[str, Any], qtbot: QtBot) -> None:
    sheet.lines[0].choose("status")
    box = sheet.lines[0].editor
    assert isinstance(box, ComboBox)
    box.set_value("reviewed")
    sheet.add_line()
    sheet.lines[1].choose("fields.role", "clear")
    qtbot.waitUntil(lambda: len(lines(sheet)) == 3)
    change = sheet.change()
    assert change is not None
    do(bulk.apply, sheet.chosen, change)
    mirel = do(lambda project: project.get(Entity, made["Mirel Vane"]))
    assert (mirel.status, "role" in mirel.fields) == ("reviewed", False)


def test_a_merge_is_looked_at_like_any_other_change(sheet: BulkSheet, qtbot: QtBot, made: dict[str, Any]) -> None:
    sheet.lines[0].choose(MERGE)
    qtbot.waitUntil(lambda: len(lines(sheet)) > 1)
    assert lines(sheet)[-1] == ("Tam", "Merge", "", "part of “Mirel Vane”")
    change = sheet.change()
    assert change is not None
    assert change.merge_into == made["Mirel Vane"]


def test_what_makes_no_sense_is_said_under_the_table(sheet: BulkSheet, qtbot: QtBot) -> None:
    sheet.lines[0].choose("parent")
    editor = sheet.lines[0].editor
    assert isinstance(editor, LineEdit)
    editor.setText("Nowhere at all")
    qtbot.waitUntil(lambda: "Nothing in the world is called" in sheet.said.text())
    assert not sheet.button.isEnabled()


def test_no_cell_is_silent_to_a_reader(sheet: BulkSheet, qtbot: QtBot) -> None:
    sheet.lines[0].choose("fields.role")
    editor = sheet.lines[0].editor
    assert isinstance(editor, LineEdit)
    editor.setText("Smuggler")
    qtbot.waitUntil(lambda: sheet.table.topLevelItemCount() > 0)
    for at in range(sheet.table.topLevelItemCount()):
        item = sheet.table.topLevelItem(at)
        assert item is not None
        assert all(item.text(n) or item.data(n, Qt.ItemDataRole.AccessibleTextRole) for n in range(4))
