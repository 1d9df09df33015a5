"""Messages: a tree that only grows, branches that can be switched and deleted, partial answers that survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.chat import Part, Role, Thread, Usage
from studio.domain.errors import Invalid, NotFound
from studio.domain.events import AnswerFinished
from studio.domain.ids import RecordId, new_id
from studio.services import history
from studio.services.chat import messages, threads
from studio.services.chat.messages import Running
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.chat import Message


def ask(workspace: Workspace, thread: Thread, text: str, answer: str = "") -> tuple[Message, Message]:
    """One question with its answer."""
    said = workspace.run_now(messages.send, thread.id, text)
    reply = workspace.run_now(
        messages.finish_answer, new_id(), thread_id=thread.id, parent_id=said.id, text=answer or f"About {text}"
    )
    return said, reply


def branch(workspace: Workspace, thread: Thread) -> list[str]:
    found, tree = workspace.run_now(messages.open_thread, thread.id)
    ids = [n.id for n in tree.path(found.leaf_id)]
    bodies = workspace.run_now(messages.bodies, ids)
    return [bodies[i].text for i in ids]


def test_what_is_said_hangs_on_what_was_said_before(workspace: Workspace, thread: Thread) -> None:
    ask(workspace, thread, "one")
    ask(workspace, thread, "two")
    assert branch(workspace, thread) == ["one", "About one", "two", "About two"]


def test_the_first_words_become_the_title(workspace: Workspace, thread: Thread) -> None:
    ask(workspace, thread, "# Build me a *brittle* alliance of three salt cities, please.")
    assert workspace.run_now(threads.thread, thread.id).title == "Build me a brittle alliance of three…"


def test_nothing_is_not_a_message(workspace: Workspace, thread: Thread) -> None:
    with pytest.raises(Invalid, match="nothing to send"):
        workspace.run_now(messages.send, thread.id, "  \n")


def test_a_file_alone_can_be_sent_and_is_read_with_the_message(workspace: Workspace, thread: Thread) -> None:
    part = Part(type="file", name="notes.md", text="The lamp is dark.")
    said = workspace.run_now(messages.send, thread.id, "", attachments=[part])
    assert messages.full_text(said) == '<file name="notes.md">\nThe lamp is dark.\n</file>'


def test_an_edit_is_a_sibling_and_the_old_one_stays(workspace: Workspace, thread: Thread) -> None:
    said, _ = ask(workspace, thread, "one")
    new = workspace.run_now(messages.edit, said.id, "uno")
    _, tree = workspace.run_now(messages.open_thread, thread.id)
    assert tree.siblings(said.id) == [said.id, new.id]
    assert branch(workspace, thread) == ["uno"]
    workspace.run_now(messages.select_leaf, thread.id, said.id)
    assert branch(workspace, thread) == ["one", "About one"]


def test_editing_an_answer_can_be_undone(workspace: Workspace, thread: Thread) -> None:
    _, reply = ask(workspace, thread, "one")
    workspace.run_now(messages.edit, reply.id, "Better")
    assert branch(workspace, thread) == ["one", "Better"]
    workspace.run_now(history.undo)
    assert branch(workspace, thread) == ["one", "About one"]


def test_sending_and_answering_leave_undo_to_what_was_saved(workspace: Workspace, thread: Thread) -> None:
    workspace.run_now(threads.rename, thread.id, "Kept")
    ask(workspace, thread, "one")
    assert workspace.run_now(history.state).undo == "Rename chat “New chat” to “Kept”"


def test_deleting_a_branch_shows_its_sibling_and_one_undo_brings_all_back(workspace: Workspace, thread: Thread) -> None:
    said, _ = ask(workspace, thread, "one")
    other = workspace.run_now(messages.edit, said.id, "uno")
    workspace.run_now(messages.send, thread.id, "due")
    assert workspace.run_now(messages.delete_branch, other.id) == 2
    assert branch(workspace, thread) == ["one", "About one"]
    workspace.run_now(history.undo)
    _, tree = workspace.run_now(messages.open_thread, thread.id)
    assert len(tree) == 4


def test_branching_ends_the_branch_at_a_message(workspace: Workspace, thread: Thread) -> None:
    said, reply = ask(workspace, thread, "one")
    ask(workspace, thread, "two")
    workspace.run_now(messages.select_leaf, thread.id, reply.id, exact=True)
    assert branch(workspace, thread) == ["one", "About one"]
    ask(workspace, thread, "three")
    assert branch(workspace, thread)[2:] == ["three", "About three"]
    _, tree = workspace.run_now(messages.open_thread, thread.id)
    assert len(tree.children(reply.id)) == 2
    assert said.id in tree.nodes


def test_a_message_of_another_chat_cannot_be_shown_here(workspace: Workspace, thread: Thread) -> None:
    other = workspace.run_now(threads.create_thread)
    said = workspace.run_now(messages.send, other.id, "elsewhere")
    with pytest.raises(NotFound):
        workspace.run_now(messages.select_leaf, thread.id, said.id)


def test_an_answer_says_that_it_has_ended(workspace: Workspace, thread: Thread) -> None:
    heard: list[AnswerFinished] = []
    workspace.bus.subscribe(AnswerFinished, heard.append)
    _, reply = ask(workspace, thread, "one")
    assert [(e.message_id, e.thread_id) for e in heard] == [(reply.id, thread.id)]


def test_going_on_adds_up_tokens_and_cost(workspace: Workspace, thread: Thread) -> None:
    said = workspace.run_now(messages.send, thread.id, "one")
    reply = new_id()
    for text, cost in (("Half", 0.25), ("Half and whole", 0.5)):
        workspace.run_now(
            messages.finish_answer,
            reply,
            thread_id=thread.id,
            parent_id=said.id,
            text=text,
            usage=Usage(input_tokens=10, output_tokens=5),
            cost_usd=cost,
        )
    message = workspace.run_now(messages.message, reply)
    assert (message.text, message.cost_usd, message.usage) == (
        "Half and whole",
        0.75,
        Usage(input_tokens=20, output_tokens=10),
    )


def test_a_partial_answer_is_there_again_after_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "Crash.ttrpg"
    workspace = Workspace.create(path, name="Crash", author="me", device="test")
    thread = workspace.run_now(threads.create_thread)
    said = workspace.run_now(messages.send, thread.id, "one")
    running = Running(thread_id=thread.id, parent_id=said.id, model="test/m", text="Half an ans", pack_hash="abc")
    workspace.run_now(messages.keep_partial, RecordId("0190-partial"), running)
    workspace.close()
    workspace = Workspace.open(path, author="me", device="test")
    back = workspace.run_now(messages.recover_answers)
    assert [(m.text, m.state, m.error_code) for m in back] == [("Half an ans", "stopped", "closed")]
    assert branch(workspace, thread) == ["one", "Half an ans"]
    assert workspace.run_now(messages.recover_answers) == []
    workspace.close()


def test_drafts_are_kept_for_each_chat_and_forgotten_when_sent(workspace: Workspace, thread: Thread) -> None:
    workspace.run_now(messages.save_draft, thread.id, {"text": "half a thou"})
    assert workspace.run_now(messages.draft, thread.id) == {"text": "half a thou"}
    workspace.run_now(messages.send, thread.id, "half a thought")
    assert workspace.run_now(messages.draft, thread.id) == {}


def test_a_pasted_answer_is_an_answer_and_undo_takes_it_back(workspace: Workspace, thread: Thread) -> None:
    heard: list[AnswerFinished] = []
    workspace.bus.subscribe(AnswerFinished, heard.append)
    made = workspace.run_now(messages.add_pasted_answer, thread.id, "## The Ashen Concord\n\nA brittle alliance.")
    assert (made.role, made.origin, heard[0].message_id) == ("assistant", "pasted", made.id)
    assert workspace.run_now(threads.thread, thread.id).title == "The Ashen Concord A brittle alliance"
    workspace.run_now(history.undo)
    assert branch(workspace, thread) == []


def test_ten_thousand_messages_are_outlined_without_their_texts(workspace: Workspace, thread: Thread) -> None:
    said: list[tuple[Role, str]] = [("user", "x" * 50)] * 400
    workspace.run_now(messages.add_messages, thread.id, said, origin="test")
    _, tree = workspace.run_now(messages.open_thread, thread.id)
    path = tree.path(None)
    assert len(path) == 400
    assert all(n.size > 50 for n in path)
