"""What a model gets to read, and the record of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.chat import Part
from studio.domain.errors import Conflict
from studio.domain.ids import RecordId, new_id
from studio.domain.world import Entity, Link
from studio.services.chat import context, messages, modes, threads

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


def test_mode_and_note_lead_and_named_entities_stand_right_before_the_question(
    workspace: Workspace, thread: Thread
) -> None:
    house = workspace.run_now(entity, "House Veyra", summary="Salt traders.", fields={"leader": Link(text="Orla")})
    workspace.run_now(threads.configure, thread.id, behaviour_note="Answer in French.")
    said = workspace.run_now(messages.send, thread.id, "Who are they?", entity_ids=[house.id])
    made = workspace.run_now(context.assemble, thread.id, said.id).sealed()
    system, asked = made.messages
    assert system.content.startswith("You are the World Builder")
    assert "Answer in French." in system.content
    assert (
        "[1] ### House Veyra (faction)\nNot established yet: a draft.\nSalt traders.\n- Leader: Orla" in asked.content
    )
    assert asked.content.endswith("\n\nWho are they?")
    assert made.pack.cited[1].reason == "named in this message"


def test_an_entity_that_models_may_not_see_stays_out_and_is_named_among_what_was_left_out(
    workspace: Workspace, thread: Thread
) -> None:
    secret = workspace.run_now(entity, "The Ninth", summary="Hidden.", ai_visibility="never")
    said = workspace.run_now(messages.send, thread.id, "And?", entity_ids=[secret.id, RecordId("gone")])
    made = workspace.run_now(context.assemble, thread.id, said.id).sealed()
    assert "Hidden." not in "".join(m.content for m in made.messages)
    assert [(t.name, t.why) for t in made.pack.trimmed] == [("The Ninth", "marked “never” for models")]


def test_files_are_read_with_the_message_that_brought_them(workspace: Workspace, thread: Thread) -> None:
    part = Part(type="file", name="log.txt", text="We met Orla.")
    said = workspace.run_now(messages.send, thread.id, "Sum up.", attachments=[part])
    made = workspace.run_now(context.assemble, thread.id, said.id).sealed()
    assert made.messages[-1].content == 'Sum up.\n\n<file name="log.txt">\nWe met Orla.\n</file>'


def test_history_that_does_not_fit_is_cut_from_the_front_and_said_so(workspace: Workspace, thread: Thread) -> None:
    said = [say(workspace, thread, f"Question {number}: " + "word " * 60) for number in range(60)]
    made = workspace.run_now(context.assemble, thread.id, said[-1].id, window=4000).sealed()
    [cut] = made.pack.trimmed
    assert cut.name.endswith("older messages")
    kept = sum(item.kind == "message" for item in made.pack.items)
    assert int(cut.name.split()[0]) + kept == 119
    assert made.messages[1].role == "user"
    assert made.messages[-1].content.startswith("Question 59")
    assert made.pack.tokens <= made.pack.budget == 3000


def test_a_stopped_answer_is_sent_back_to_be_continued(workspace: Workspace, thread: Thread) -> None:
    said = workspace.run_now(messages.send, thread.id, "one")
    made = workspace.run_now(context.assemble, thread.id, said.id, continues="Half an").sealed()
    assert [m.role for m in made.messages[1:]] == ["user", "assistant", "user"]
    assert made.messages[-2].content == "Half an"


def test_a_short_question_is_looked_up_with_the_one_before_it(workspace: Workspace, thread: Thread) -> None:
    say(workspace, thread, "Who leads House Veyra these days, and why?")
    then = say(workspace, thread, "And then?")
    query = workspace.run_now(context.question, thread.id, then.id).query
    assert query == "Who leads House Veyra these days, and why?\nAnd then?"


def test_the_temperature_is_the_threads_own_or_the_modes(workspace: Workspace, thread: Thread) -> None:
    said = workspace.run_now(messages.send, thread.id, "one")
    assert workspace.run_now(context.assemble, thread.id, said.id).params["temperature"] == 0.8
    workspace.run_now(threads.configure, thread.id, temperature=0.1)
    assert workspace.run_now(context.assemble, thread.id, said.id).params["temperature"] == 0.1


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
