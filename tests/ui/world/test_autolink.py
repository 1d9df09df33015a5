"""The sheet that links names: what is clear is ticked, what is shared is asked, one change makes them all."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.domain.world import Entity
from studio.services.world import autolink, entities
from studio.ui.context import StudioContext
from studio.ui.world.autolink import ELSEWHERE, HERE, LinkSheet


@pytest.fixture
def sheet(ctx: StudioContext, made: dict[str, Any], do: Callable[..., Any], qtbot: QtBot) -> Iterator[LinkSheet]:
    do(entities.create_entity, kind="item", name="Veil")
    do(entities.create_entity, kind="npc", name="Veil")
    do(entities.update_entity, made["Port Ash"], {"body": "Mirel Vane wears the Veil. Tam waits."})
    host = QWidget()
    host.show()
    opened = LinkSheet(ctx, host, (made["Tam"], "Tam"))
    opened.open()
    qtbot.waitUntil(lambda: opened.finished_looking)
    yield opened
    host.deleteLater()


def lines(sheet: LinkSheet) -> list[tuple[str, str, bool]]:
    found = []
    for row in range(sheet.table.topLevelItemCount()):
        item = sheet.table.topLevelItem(row)
        assert item is not None
        words = sheet.table.proposals[row].words
        found.append((words, item.text(2), item.checkState(0) == Qt.CheckState.Checked))
    return found


def test_what_is_clear_is_ticked_and_what_is_shared_is_not(sheet: LinkSheet) -> None:
    assert lines(sheet) == [
        ("Mirel Vane", "Mirel Vane", True), ("Veil", "2 have this name", False), ("Tam", "Tam", True),
        ("Mirel Vane", "Mirel Vane", True),
    ]  # fmt: skip
    assert sheet.button.text() == "Link 3 names"
    assert sheet.said.text() == "4 found. 1 name is shared: say which one is meant."


def test_a_shared_name_is_asked_and_then_linked_with_the_rest(
    sheet: LinkSheet, do: Callable[..., Any], made: dict[str, Any]
) -> None:
    item = sheet.table.topLevelItem(1)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Checked)
    assert item.checkState(0) == Qt.CheckState.Unchecked
    menu = sheet.table.ask(item)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Veil (Item)", "Veil (NPC)"]
    menu.actions()[0].trigger()
    menu.close()
    assert sheet.button.text() == "Link 4 names"
    assert do(autolink.link, sheet.table.choices()) == 4
    body = do(lambda project: project.get(Entity, made["Port Ash"])).body
    assert body == "[[Mirel Vane]] wears the [[Veil]]. [[Tam]] waits."


def test_space_unticks_and_ctrl_enter_accepts(sheet: LinkSheet, qtbot: QtBot) -> None:
    QTest.keyClick(sheet.table, Qt.Key.Key_Space)
    assert sheet.button.text() == "Link 2 names"
    with qtbot.waitSignal(sheet.accepted):
        QTest.keyClick(sheet.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(("place", "words"), [(HERE, ["Mirel Vane"]), (ELSEWHERE, ["Tam"])])
def test_it_can_look_at_one_entry_only(sheet: LinkSheet, qtbot: QtBot, place: str, words: list[str]) -> None:
    sheet.place.set_value(place)
    sheet.scan()
    qtbot.waitUntil(lambda: sheet.finished_looking and [line[0] for line in lines(sheet)] == words)


def test_a_reader_hears_words_place_and_goal(sheet: LinkSheet) -> None:
    item = sheet.table.topLevelItem(0)
    assert item is not None
    spoken = item.data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Mirel Vane in Port Ash, leads to Mirel Vane. Mirel Vane wears the Veil.")
