"""Back and forward through the entries that were open, and the last one again in the next session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.services.world import entities, pages, trash
from studio.ui.world import EntryPanel
from studio.ui.world.page import EntityView

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from studio.ui.context import StudioContext
    from tests.ui.world.conftest import RecordingShell

Made = dict[str, Any]


def go(entry: EntryPanel, record_id: str, qtbot: QtBot) -> None:
    entry.show_record(record_id)
    arrive(entry, record_id, qtbot)


def arrive(entry: EntryPanel, record_id: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: entry.record_id == record_id)


def test_back_and_forward_go_as_in_a_browser(
    ctx: StudioContext, made: Made, entry: EntryPanel, shell: RecordingShell, qtbot: QtBot
) -> None:
    tam, veyra, ash = made["Tam"], made["House Veyra"], made["Port Ash"]
    run, enabled = ctx.commands.run, ctx.commands.is_enabled
    for record_id in (tam, veyra, ash):
        assert not enabled("entry.forward")
        go(entry, record_id, qtbot)
    run("entry.back")
    arrive(entry, veyra, qtbot)
    assert "entry" in shell.shown
    run("entry.back")
    arrive(entry, tam, qtbot)
    assert not enabled("entry.back")
    run("entry.forward")
    arrive(entry, veyra, qtbot)
    go(entry, made["Mirel Vane"], qtbot)  # what lay ahead is cut off
    assert not enabled("entry.forward")
    run("entry.back")
    arrive(entry, veyra, qtbot)


def test_quick_steps_end_where_they_lead(ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    for name in ("Tam", "House Veyra", "Port Ash"):
        go(entry, made[name], qtbot)
    ctx.commands.run("entry.back")
    ctx.commands.run("entry.back")
    arrive(entry, made["Tam"], qtbot)
    ctx.commands.run("entry.forward")
    arrive(entry, made["House Veyra"], qtbot)


def test_the_buttons_at_the_side_of_a_mouse_lead_too(made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    for name in ("Tam", "House Veyra"):
        go(entry, made[name], qtbot)
    assert isinstance(entry.view, EntityView)
    window = entry.windowHandle()
    field = entry.view.head.name
    at = field.mapTo(entry, field.rect().center())
    QTest.mouseClick(window, Qt.MouseButton.BackButton, Qt.KeyboardModifier.NoModifier, at)
    arrive(entry, made["Tam"], qtbot)
    QTest.mouseClick(window, Qt.MouseButton.ForwardButton, Qt.KeyboardModifier.NoModifier, at)
    arrive(entry, made["House Veyra"], qtbot)


def test_back_passes_by_what_is_gone(ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    go(entry, made["Tam"], qtbot)
    entry.trail.came("gone")
    go(entry, made["Port Ash"], qtbot)
    ctx.commands.run("entry.back")
    qtbot.waitUntil(lambda: entry.view is None)
    ctx.commands.run("entry.back")
    arrive(entry, made["Tam"], qtbot)


def test_the_last_entry_is_open_again_when_the_dock_shows(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot, do: Callable[..., Any]
) -> None:
    go(entry, made["Tam"], qtbot)
    qtbot.waitUntil(lambda: ctx.workspace.run_now(pages.kept_open) == made["Tam"])
    again = EntryPanel(ctx)
    qtbot.addWidget(again)
    assert again.record_id == ""
    again.show()
    arrive(again, made["Tam"], qtbot)
    again.release()
    do(trash.delete, [made["Tam"]])
    assert ctx.workspace.run_now(pages.kept_open) is None


def test_an_entry_that_is_asked_for_comes_before_the_last_one(
    ctx: StudioContext, made: Made, shell: RecordingShell, qtbot: QtBot
) -> None:
    ctx.workspace.run_now(pages.keep_open, made["Tam"])
    panel = EntryPanel(ctx)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_record(made["Port Ash"])
    arrive(panel, made["Port Ash"], qtbot)
    qtbot.wait(60)
    assert panel.record_id == made["Port Ash"]
    panel.release()


def test_a_note_is_kept_too(ctx: StudioContext, do: Callable[..., Any]) -> None:
    from studio.services.world import entries

    note = do(entries.create_entry, title="Session one")
    ctx.workspace.run_now(pages.keep_open, note.id)
    assert ctx.workspace.run_now(pages.kept_open) == note.id
    npc = do(entities.create_entity, kind="npc", name="Quill")
    ctx.workspace.run_now(pages.keep_open, npc.id)
    assert ctx.workspace.run_now(pages.kept_open) == npc.id
