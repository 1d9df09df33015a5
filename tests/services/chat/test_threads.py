"""Threads: titles, folders, order, search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.errors import Invalid, NotFound
from studio.services import history
from studio.services.chat import messages, threads

if TYPE_CHECKING:
    from studio.domain.chat import Thread
    from studio.services.workspace import Workspace


def test_pinned_threads_come_first_then_the_newest(workspace: Workspace) -> None:
    old, middle, new = (workspace.run_now(threads.create_thread, title=t) for t in ("old", "middle", "new"))
    for thread in (new, middle, old):
        workspace.run_now(messages.send, thread.id, "hello")
    workspace.run_now(threads.pin, new.id, pinned=True)
    assert [t.title for t in workspace.run_now(threads.list_threads)] == ["new", "old", "middle"]


def test_names_with_braces_and_percent_signs_are_only_names(workspace: Workspace, thread: Thread) -> None:
    workspace.run_now(threads.rename, thread.id, "{title} 100%")
    moved = workspace.run_now(threads.move_to_folder, thread.id, "{x}")
    assert (moved.title, moved.folder) == ("{title} 100%", "{x}")
    assert workspace.run_now(history.state).undo == "Move chat “{title} 100%” to “{x}”"


def test_an_empty_title_is_refused_in_words(workspace: Workspace, thread: Thread) -> None:
    with pytest.raises(Invalid, match="needs a title"):
        workspace.run_now(threads.rename, thread.id, "  ")


def test_a_deleted_thread_is_gone_until_undo(workspace: Workspace, thread: Thread) -> None:
    workspace.run_now(messages.send, thread.id, "lantern")
    workspace.run_now(threads.delete_thread, thread.id)
    assert workspace.run_now(threads.list_threads) == []
    assert workspace.run_now(threads.search_threads, "lantern") == []
    with pytest.raises(NotFound):
        workspace.run_now(threads.thread, thread.id)
    workspace.run_now(history.undo)
    assert [t.id for t in workspace.run_now(threads.list_threads)] == [thread.id]


def test_search_finds_messages_and_titles_and_marks_the_words(workspace: Workspace, thread: Thread) -> None:
    said = workspace.run_now(messages.send, thread.id, "Who keeps the ninth lantern burning?")
    other = workspace.run_now(threads.create_thread, title="Lantern guild")
    hits = workspace.run_now(threads.search_threads, "lanter")
    assert {(h.thread_id, h.message_id) for h in hits} >= {(thread.id, said.id), (other.id, None)}
    assert any("\x02lantern\x03" in h.snippet for h in hits)


def test_setting_up_a_thread_keeps_what_is_not_named(workspace: Workspace, thread: Thread) -> None:
    workspace.run_now(threads.configure, thread.id, model="test/m", behaviour_note="Be brief.")
    workspace.run_now(threads.configure, thread.id, temperature=0.2)
    found = workspace.run_now(threads.configure, thread.id, assistant_mode="general_guide")
    assert (found.model, found.temperature, found.behaviour_note) == ("test/m", 0.2, "Be brief.")
    assert workspace.run_now(threads.configure, thread.id, keep_temperature=False).temperature is None


def test_the_thread_that_was_shown_last_is_remembered(workspace: Workspace, thread: Thread) -> None:
    other = workspace.run_now(threads.create_thread)
    workspace.run_now(threads.remember_open, thread.id)
    assert workspace.run_now(threads.last_open) == thread.id
    workspace.run_now(threads.delete_thread, thread.id)
    assert workspace.run_now(threads.last_open) == other.id
