"""The Fronts dock and the clocks of entries: ticked by key and click, kept in step, offered from the blueprint."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.blueprint import Blueprint, Front, WorldHooks
from studio.domain.world import Entity
from studio.domain.worldkit import Clock
from studio.services import history
from studio.services.world import clocks, entities, fronts
from studio.ui.clocks import ClocksSection
from studio.ui.context import StudioContext
from studio.ui.dialogs.base import Sheet
from studio.ui.fronts import FrontsPanel
from studio.ui.kit import CheckBox, LineEdit

Do = Callable[..., Any]


@pytest.fixture
def do(ctx: StudioContext, run: Callable[..., Any]) -> Do:
    return lambda verb, *args, **named: run(ctx.workspace.run(verb, *args, **named))


@pytest.fixture
def panel(ctx: StudioContext, qtbot: QtBot) -> Iterator[FrontsPanel]:
    made = FrontsPanel(ctx)
    qtbot.addWidget(made)
    ctx.commands.add(*made.commands())
    made.resize(420, 700)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.release()


def sheet() -> Sheet | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, Sheet) and w.isVisible()), None)


def test_a_front_is_written_down_in_one_sheet(panel: FrontsPanel, ctx: StudioContext, qtbot: QtBot) -> None:
    assert panel.empty.button is not None
    panel.empty.button.click()
    qtbot.waitUntil(lambda: sheet() is not None)
    asked = sheet()
    assert asked is not None
    name = next(line for line in asked.findChildren(LineEdit) if line.accessibleName() == "Name")
    name.setText("The Drowning")
    asked.accept()
    qtbot.waitUntil(lambda: len(panel.cards) == 1)
    assert panel.cards[0].clocks.rows[0].dial.accessibleName() == "The Drowning: 0 of 6"


def test_portents_and_clocks_are_ticked_by_key_and_follow_an_undo(
    panel: FrontsPanel, ctx: StudioContext, qtbot: QtBot, do: Do
) -> None:
    front = do(fronts.create_front, name="Flood", portents=["Wells turn salt", "Gulls flee"]).id
    qtbot.waitUntil(lambda: len(panel.cards) == 1)
    card = panel.cards[0]
    box: CheckBox = card.boxes[1]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    lines = lambda: ctx.workspace.run_now(lambda p: p.get(Entity, front)).fields["portents"]  # noqa: E731
    qtbot.waitUntil(lambda: lines() == ["Wells turn salt", "[x] Gulls flee"])
    assert card.boxes[1] is box
    dial = card.clocks.rows[0].dial
    dial.setFocus()
    QTest.keyClick(dial, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: dial.words == "1 of 6")
    assert card.clocks.rows[0].dial is dial
    do(history.undo)
    do(history.undo)
    qtbot.waitUntil(lambda: dial.words == "0 of 6" and not box.isChecked())


def test_a_portent_is_added_with_enter(panel: FrontsPanel, ctx: StudioContext, qtbot: QtBot, do: Do) -> None:
    do(fronts.create_front, name="Flood")
    qtbot.waitUntil(lambda: len(panel.cards) == 1)
    line = panel.cards[0].line
    line.setFocus()
    QTest.keyClicks(line, "The dam weeps")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [box.accessibleName() for box in panel.cards[0].boxes] == ["Portent: The dam weeps"])


def test_the_fronts_of_the_blueprint_are_offered_once(
    panel: FrontsPanel, ctx: StudioContext, qtbot: QtBot, do: Do
) -> None:
    def write(project: Any) -> None:
        with project.commit("test", "blueprint") as commit:
            commit.put(Blueprint(world=WorldHooks(fronts=(Front(name="Flood", clock="4"), Front(name="Heir")))))

    do(write)
    qtbot.waitUntil(lambda: panel.banner.text() == "The blueprint names “Flood” and “Heir”.")
    ctx.commands.run("fronts.from_blueprint")
    qtbot.waitUntil(lambda: len(panel.cards) == 2)
    assert panel.banner.text() == ""
    assert panel.cards[0].clocks.rows[0].dial.words == "0 of 4"


def test_players_tick_nothing(panel: FrontsPanel, ctx: StudioContext, qtbot: QtBot, do: Do) -> None:
    front = do(fronts.create_front, name="Flood", portents=["Wells turn salt"]).id
    do(entities.set_visibility, [front], "party")
    clock = ctx.workspace.run_now(lambda p: p.all(Clock))[0]
    do(clocks.update_clock, clock.id, {"visibility": "party", "consequence": "All drown"})
    qtbot.waitUntil(lambda: len(panel.cards) == 1)
    ctx.lens.set(audience="party")
    qtbot.waitUntil(lambda: panel.cards[0].boxes == [] and panel.cards[0].line.isHidden())
    row = panel.cards[0].clocks.rows[0]
    QTest.keyClick(row.dial, Qt.Key.Key_Space)
    assert (row.dial.words, row.more.isHidden(), row.consequence.text()) == ("0 of 6", True, "")


def test_the_page_of_a_faction_has_clocks_and_that_of_a_place_has_none(
    ctx: StudioContext, qtbot: QtBot, do: Do
) -> None:
    court = do(entities.create_entity, kind="faction", name="Court")
    port = do(entities.create_entity, kind="location", name="Port")
    do(clocks.add_clock, name="Coup", owner_id=court.id, consequence="The king dies")
    section = ClocksSection(ctx)
    qtbot.addWidget(section)
    section.show_entity(court)
    qtbot.waitUntil(lambda: len(section.list.rows) == 1)
    row = section.list.rows[0]
    assert (row.name.text(), row.progress.text(), row.consequence.text()) == ("Coup", "0 of 6", "Then: The king dies")
    section.show_entity(port)
    assert section.isHidden()
