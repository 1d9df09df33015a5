"""What a model gets to read, and the record of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.chat import Part
from studio.domain.errors import Conflict
from studio.domain.ids import RecordId, new_id
from studio.domain.world import Entity, Link
from studio.services.chat import context, messages, modes, threads
from studio.services.chat.tokens import estimate

if TYPE_CHECKING:
    from studio.domain.chat import Message, Thread
    from studio.services.workspace import Workspace
    from studio.storage.project import Project


def entity(project: Project, name: str, **fields: object) -> Entity:
    with project.commit("test", "Make an entity") as commit:
        return commit.put(Entity.model_validate({"kind": "faction", "name": name, **fields}))


def say(workspace: Workspace, thread: Thread, text: str, **more: object) -> Message:
    said = workspace.run_now(messages.send, thread.id, text, **more)  # pyright: ignore[reportArgumentType]
    workspace.run_now(messages.finish_answer, new_id(), thread_id=thread.id, parent_id=said.id, text=f"Re: {text}")
    return said


def test_mode_note_and_mentioned_entities_lead(workspace: Workspace, thread: Thread) -> None:
    house = workspace.run_now(entity, "House Veyra", summary="Salt traders.", fields={"leader": Link(text="Orla")})
    workspace.run_now(threads.configure, thread.id, behaviour_note="Answer in French.")
    said = workspace.run_now(messages.send, thread.id, "Who are they?", entity_ids=[house.id])
    made = workspace.run_now(context.assemble, thread.id, said.id)
    system = made.messages[0].content
    assert system.startswith("You are the World Builder")
    assert "Answer in French." in system
    assert "### House Veyra (faction)\nSalt traders.\n- Leader: Orla" in system
    assert made.sent.entity_ids == (house.id,)


def test_an_entity_that_models_may_not_see_stays_out(workspace: Workspace, thread: Thread) -> None:
    secret = workspace.run_now(entity, "The Ninth", summary="Hidden.", ai_visibility="never")
    said = workspace.run_now(messages.send, thread.id, "And?", entity_ids=[secret.id, RecordId("gone")])
    made = workspace.run_now(context.assemble, thread.id, said.id)
    assert "Hidden." not in made.messages[0].content
    assert made.sent.entity_ids == ()


def test_files_are_read_with_the_message_that_brought_them(workspace: Workspace, thread: Thread) -> None:
    part = Part(type="file", name="log.txt", text="We met Orla.")
    said = workspace.run_now(messages.send, thread.id, "Sum up.", attachments=[part])
    made = workspace.run_now(context.assemble, thread.id, said.id)
    assert made.messages[-1].content == 'Sum up.\n\n<file name="log.txt">\nWe met Orla.\n</file>'


def test_history_that_does_not_fit_is_cut_from_the_front_and_said_so(workspace: Workspace, thread: Thread) -> None:
    said = [say(workspace, thread, f"Question {number}: " + "word " * 60) for number in range(60)]
    made = workspace.run_now(context.assemble, thread.id, said[-1].id, window=4000)
    assert made.cut > 0
    assert made.sent.params["messages_left_out"] == made.cut
    assert made.messages[1].role == "user"
    assert made.messages[-1].content.startswith("Question 59")
    assert sum(estimate(m.content) for m in made.messages) < 3100


def test_what_was_sent_can_be_read_again_even_after_it_was_deleted(workspace: Workspace, thread: Thread) -> None:
    said = say(workspace, thread, "one")
    made = workspace.run_now(context.assemble, thread.id, said.id)
    assert made.sent.messages == ({"role": "user", "ref": said.id},)
    workspace.run_now(messages.delete_branch, said.id)
    sent = workspace.run_now(messages.sent_text, made.sent)
    assert sent.messages == ({"role": "user", "content": "one"},)


def test_a_stopped_answer_is_sent_back_to_be_continued(workspace: Workspace, thread: Thread) -> None:
    said = workspace.run_now(messages.send, thread.id, "one")
    made = workspace.run_now(context.assemble, thread.id, said.id, continues="Half an")
    assert [m.role for m in made.messages[1:]] == ["user", "assistant", "user"]
    assert made.messages[-2].content == "Half an"


def test_the_temperature_is_the_threads_own_or_the_modes(workspace: Workspace, thread: Thread) -> None:
    said = workspace.run_now(messages.send, thread.id, "one")
    assert workspace.run_now(context.assemble, thread.id, said.id).temperature == 0.8
    workspace.run_now(threads.configure, thread.id, temperature=0.1)
    assert workspace.run_now(context.assemble, thread.id, said.id).temperature == 0.1


def test_four_modes_ship_and_a_changed_one_can_be_reset(workspace: Workspace) -> None:
    titles = ["World Builder", "Narrative Designer", "Encounter Architect", "General Guide"]
    assert [m.title for m in workspace.run_now(modes.list_modes)] == titles
    workspace.run_now(modes.save_mode, "world_builder", title="My Builder", instructions="Be odd.", temperature=None)
    changed = workspace.run_now(modes.find_mode, "world_builder")
    assert (changed.title, changed.instructions, changed.own) == ("My Builder", "Be odd.", True)
    workspace.run_now(modes.reset_mode, "world_builder")
    assert [m.title for m in workspace.run_now(modes.list_modes)] == titles


def test_a_chat_for_the_party_begins_as_one(workspace: Workspace, thread: Thread) -> None:
    """What was said before may hold secrets, and every answer reads it."""
    run = workspace.run_now
    run(threads.configure, thread.id, audience="party", as_of={"text": "812"})
    assert run(threads.configure, thread.id, as_of={}).as_of is None
    run(threads.configure, thread.id, audience="gm")
    run(messages.send, thread.id, "The duke is a vampire.")
    with pytest.raises(Conflict, match="new chat"):
        run(threads.configure, thread.id, audience="party")
