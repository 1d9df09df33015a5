"""The filter line: mistakes are said where the rows would be; filters under a name are a menu and a sheet away."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from studio.services.world import saved_filters
from studio.ui.context import StudioContext
from studio.ui.world import WorldPanel
from studio.ui.world.saved import FilterSheet
from tests.ui.world.conftest import RecordingShell


@pytest.fixture
def world(ctx: StudioContext, shell: RecordingShell, made: dict[str, Any], qtbot: QtBot) -> WorldPanel:
    panel = WorldPanel(ctx)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.started)
    return panel


def rows(world: WorldPanel) -> list[str]:
    return [world.model.node(world.model.index(row, 0)).name for row in range(world.model.rowCount())]


def test_a_mistake_stands_where_the_rows_would_be(world: WorldPanel, shell: RecordingShell, qtbot: QtBot) -> None:
    world.filter.setText("status:kanon")
    qtbot.waitUntil(lambda: world.stack.currentWidget() is world.nothing)
    assert "No status starts with “kanon”" in world.nothing.sentence.text()
    assert world.nothing.sentence.text() == world.filter.accessibleDescription() == shell.toasts[-1]
    assert world.nothing.button is not None
    assert not world.nothing.button.isVisible()
    world.filter.setText("kind:npc -tam")
    qtbot.waitUntil(lambda: rows(world) == ["Mirel Vane"])
    assert world.filter.property("state") == ""


def menu(world: WorldPanel) -> list[tuple[str, bool]]:
    filled = QMenu(world)
    world.saved._fill(filled)
    return [(action.text(), action.isEnabled()) for action in filled.actions() if action.text()]


def test_a_filter_is_saved_under_a_name_and_used_again(
    world: WorldPanel, shell: RecordingShell, qtbot: QtBot, do: Callable[..., Any]
) -> None:
    assert menu(world) == [("Save this filter…", False), ("Rename or delete…", False)]
    world.group_by("status")
    world.filter.setText("kind:npc")
    shell.answer = "People"
    world.save_filter()
    qtbot.waitUntil(lambda: [f.name for f in world.saved.known] == ["People"])
    world.group_by("kind")
    world.use_filter(world.saved.known[0])
    qtbot.waitUntil(lambda: rows(world) == ["Mirel Vane", "Tam"])
    assert world.by == "status"
    assert menu(world) == [("People", True), ("Save this filter…", True), ("Rename or delete…", True)]


@pytest.fixture
def sheet(ctx: StudioContext, shell: RecordingShell, do: Callable[..., Any], qtbot: QtBot) -> Iterator[FilterSheet]:
    do(saved_filters.save, "People", "kind:npc")
    do(saved_filters.save, "Docks", "#harbour")
    host = QWidget()
    host.show()
    opened = FilterSheet(ctx, host)
    opened.open()
    qtbot.waitUntil(lambda: opened.list.count() == 2)
    yield opened
    host.deleteLater()


def test_the_sheet_renames_deletes_and_uses_by_key(
    sheet: FilterSheet, shell: RecordingShell, qtbot: QtBot, do: Callable[..., Any]
) -> None:
    shell.answer = "Quays"
    QTest.keyClick(sheet.list, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: sheet.list.item(1) is not None and sheet.list.item(1).text() == "Quays")
    QTest.keyClick(sheet.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: sheet.list.count() == 1)
    assert [f.name for f in do(saved_filters.listing)] == ["People"]
    with qtbot.waitSignal(sheet.accepted):
        QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    assert sheet.picked is not None
    assert sheet.picked.query == "kind:npc"


def test_nothing_is_offered_for_filters_that_are_not_there(ctx: StudioContext, world: WorldPanel, qtbot: QtBot) -> None:
    sheet = FilterSheet(ctx, world)
    qtbot.addWidget(sheet)
    qtbot.waitUntil(lambda: sheet.pages.currentIndex() == 1)
    assert not any(button.isEnabled() for button in (sheet.use_button, *sheet.changing))
