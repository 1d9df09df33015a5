"""Other names on the page: typed quickly, and each with its kind, audience and dates in a small sheet."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.domain.world import Alias, Entity
from studio.services.world import entities
from studio.ui.context import StudioContext
from studio.ui.world import EntryPanel
from studio.ui.world.aliases import AliasEditor
from studio.ui.world.page import EntityView
from tests.ui.world.conftest import RecordingShell


@pytest.fixture
def page(
    ctx: StudioContext, shell: RecordingShell, made: dict[str, Any], do: Callable[..., Any], qtbot: QtBot
) -> EntityView:
    aliases = (Alias(name="The Eel", kind="secret"), Alias(name="Regent", kind="title", valid_to={"text": "812"}))
    do(entities.update_entity, made["Mirel Vane"], {"aliases": aliases})
    panel = EntryPanel(ctx)
    qtbot.addWidget(panel)
    panel.resize(430, 900)
    panel.show()
    panel.show_record(made["Mirel Vane"])
    qtbot.waitUntil(lambda: panel.view is not None)
    assert isinstance(panel.view, EntityView)
    return panel.view


def stored(ctx: StudioContext, made: dict[str, Any]) -> list[Alias]:
    return list(ctx.workspace.run_now(lambda project: project.get(Entity, made["Mirel Vane"])).aliases)


def chips(editor: AliasEditor) -> list[str]:
    return [chip.text for chip in (editor._flow.itemAt(n).widget() for n in range(editor._flow.count() - 1))]  # pyright: ignore


def test_a_chip_says_what_kind_of_name_it_is_and_when(page: EntityView) -> None:
    assert chips(page.aliases) == ["The Eel · secret", "Regent · title, until 812"]


def test_typing_a_name_is_still_enough(
    page: EntityView, ctx: StudioContext, made: dict[str, Any], qtbot: QtBot
) -> None:
    page.aliases.line.setFocus()
    QTest.keyClicks(page.aliases.line, "Mire")
    QTest.keyClick(page.aliases.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(stored(ctx, made)) == 3)
    assert stored(ctx, made)[2] == Alias(name="Mire")
    assert stored(ctx, made)[0].kind == "secret"


def test_the_sheet_changes_everything_about_one_name(
    page: EntityView, ctx: StudioContext, made: dict[str, Any], qtbot: QtBot
) -> None:
    sheet = page.aliases.open_sheet("The Eel")
    assert sheet.kind.value() == "secret"
    sheet.name.setText("Quay Eel")
    sheet.kind.set_value("nick")
    sheet.audience.set_value("party")
    sheet.since.line.setText("801")
    QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(ctx, made)[0].name == "Quay Eel")
    eel, regent = stored(ctx, made)
    assert (eel.kind, eel.visibility, eel.valid_to) == ("nick", "party", None)
    assert eel.valid_from is not None
    assert "801" in str(eel.valid_from)
    assert regent.valid_to is not None
    qtbot.waitUntil(lambda: chips(page.aliases)[0].startswith("Quay Eel · nickname, party, from 801"))


def test_an_emptied_name_goes_away_and_cancel_changes_nothing(
    page: EntityView, ctx: StudioContext, made: dict[str, Any], qtbot: QtBot
) -> None:
    before = stored(ctx, made)
    sheet = page.aliases.open_sheet("The Eel")
    sheet.name.setText("Somebody")
    sheet.reject()
    assert stored(ctx, made) == before
    sheet = page.aliases.open_sheet("The Eel")
    sheet.name.setText(" ")
    sheet.accept()
    qtbot.waitUntil(lambda: [a.name for a in stored(ctx, made)] == ["Regent"])
