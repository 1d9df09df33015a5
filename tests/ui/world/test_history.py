"""The history of an entry: each version side by side, with a way back to all of it or to one field."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.world import Entity
from studio.services.world import entities
from studio.ui.compare import SideBySide
from studio.ui.context import StudioContext
from studio.ui.kit import Button
from studio.ui.world import EntryPanel
from studio.ui.world.around import Version
from tests.ui.world.conftest import RecordingShell


@pytest.fixture
def entry(
    ctx: StudioContext, shell: RecordingShell, made: dict[str, Any], do: Callable[..., Any], qtbot: QtBot
) -> EntryPanel:
    record = made["Tam"]
    do(entities.update_entity, record, {"summary": "A runner of the quay.", "fields.role": "Runner"})
    do(entities.update_entity, record, {"summary": "A spy of the quay.", "fields.role": "Spy"})
    panel = EntryPanel(ctx)
    qtbot.addWidget(panel)
    panel.resize(430, 900)
    panel.show()
    panel.show_record(record)
    qtbot.waitUntil(lambda: panel.view is not None)
    assert panel.view is not None
    panel.view.history.set_open(True)
    qtbot.waitUntil(lambda: len(panel.findChildren(Version)) == 4)
    return panel


def columns(entry: EntryPanel) -> list[SideBySide]:
    return [one for one in entry.findChildren(SideBySide) if one.isVisibleTo(entry)]


def open_newest(entry: EntryPanel, qtbot: QtBot) -> list[SideBySide]:
    assert entry.view is not None
    next(iter(entry.view.history.versions.values())).flip()
    qtbot.waitUntil(lambda: len(columns(entry)) == 2)
    return columns(entry)


def test_a_version_shows_before_and_after_in_two_columns(entry: EntryPanel, qtbot: QtBot) -> None:
    shown = open_newest(entry, qtbot)
    assert [one.accessibleName() for one in shown] == [
        "Summary. Before: A runner of the quay.. After: A spy of the quay.",
        "Role. Before: Runner. After: Spy",
    ]
    assert not shown[0].is_stacked
    shown[0].resize(180, 200)
    assert shown[0].is_stacked


def test_one_field_is_put_back_and_the_rest_stays(
    entry: EntryPanel, ctx: StudioContext, made: dict[str, Any], shell: RecordingShell, qtbot: QtBot
) -> None:
    shown = open_newest(entry, qtbot)
    next(button for button in shown[0].findChildren(Button) if button.text() == "Put back").click()

    def stored() -> Entity:
        return ctx.workspace.run_now(lambda project: project.get(Entity, made["Tam"]))

    qtbot.waitUntil(lambda: stored().summary == "A runner of the quay.")
    assert stored().fields["role"] == "Spy"
    qtbot.waitUntil(lambda: bool(shell.toasts) and shell.toasts[-1].startswith("Put back summary of “Tam”"))
    qtbot.waitUntil(lambda: len(entry.findChildren(Version)) == 5)


def test_an_open_version_stays_open_when_another_comes(
    entry: EntryPanel, do: Callable[..., Any], made: dict[str, Any], qtbot: QtBot
) -> None:
    open_newest(entry, qtbot)
    do(entities.set_status, [made["Tam"]], "canon")
    qtbot.waitUntil(lambda: len(entry.findChildren(Version)) == 5 and len(columns(entry)) == 2)
