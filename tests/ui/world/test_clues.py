"""A session's page: the sheet shows what is to be filled in, clues are ticked, handed on and seen on both sheets."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.domain.worldkit import Clue
from studio.services import history
from studio.services.world import entities, sessions
from studio.ui.context import StudioContext
from studio.ui.world import EntryPanel
from studio.ui.world.page import EntityView
from tests.ui.world.conftest import RecordingShell

Do = Callable[..., Any]


def opened(entry: EntryPanel, record_id: str, qtbot: QtBot) -> EntityView:
    entry.show_record(record_id)
    qtbot.waitUntil(lambda: entry.record_id == record_id)
    assert isinstance(entry.view, EntityView)
    return entry.view


def test_a_new_session_shows_its_empty_sheet_and_calls_its_text_a_log(
    entry: EntryPanel, qtbot: QtBot, do: Do, ctx: StudioContext
) -> None:
    session = do(sessions.next_session)
    view = opened(entry, session.id, qtbot)
    shown = [path.removeprefix("fields.") for path in view._wanted_paths()]
    assert shown == ["number", "played_on", "start", "present", "strong_start", "scenes", "npcs", "locations", "loot"]
    assert view.text.edit.accessibleName() == "Log"
    npc = do(entities.create_entity, kind="npc", name="Tam")
    assert opened(entry, npc.id, qtbot).clues.isHidden()


def test_clues_are_written_ticked_and_handed_on(entry: EntryPanel, qtbot: QtBot, do: Do, ctx: StudioContext) -> None:
    first = do(sessions.next_session)
    view = opened(entry, first.id, qtbot)
    for words in ("The key is false", "Mirel lies"):
        view.clues.line.setFocus()
        QTest.keyClicks(view.clues.line, words)
        QTest.keyClick(view.clues.line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda words=words: bool(view.clues.lines) and view.clues.lines[-1].text.text() == words)
    box = view.clues.lines[0].box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    given = lambda: [c.delivered_in for c in ctx.workspace.run_now(lambda p: p.all(Clue))]  # noqa: E731
    qtbot.waitUntil(lambda: given() == [first.id, None])
    assert view.clues.lines[0].box is box
    ctx.commands.run("sessions.next")
    qtbot.waitUntil(lambda: entry.record_id not in ("", first.id))
    assert isinstance(entry.view, EntityView)
    later = entry.view.clues
    qtbot.waitUntil(
        lambda: [(n.text.text(), n.note.text()) for n in later.lines] == [("Mirel lies", "Since Session 1")]
    )
    QTest.keyClick(later.lines[0].box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: None not in given())
    view = opened(entry, first.id, qtbot)
    qtbot.waitUntil(lambda: view.clues.lines[-1].badge.text() == "in Session 2")
    do(history.undo)
    qtbot.waitUntil(lambda: view.clues.lines[-1].badge.isHidden())


def test_players_do_not_see_the_sheet(
    entry: EntryPanel, qtbot: QtBot, do: Do, ctx: StudioContext, shell: RecordingShell
) -> None:
    session = do(sessions.next_session)
    do(sessions.add_clue, session.id, "Mirel lies")
    do(entities.set_visibility, [session.id], "party")
    view = opened(entry, session.id, qtbot)
    qtbot.waitUntil(lambda: len(view.clues.lines) == 1)
    ctx.lens.set(audience="party")
    qtbot.waitUntil(lambda: isinstance(entry.view, EntityView) and entry.view.clues.lines == [])
    assert isinstance(entry.view, EntityView)
    assert "fields.strong_start" not in entry.view._wanted_paths()
