"""Asking a model: what is stored, however the answer ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.errors import Invalid
from studio.domain.model_call import NoModel, RateLimited, StreamCut
from studio.services.chat import messages, threads
from studio.services.chat.conductor import Conductor
from studio.services.chat.recorded import RECORDED, Recorded, answers, best
from studio.services.context import store
from tests.services.chat.conftest import ScriptedGateway

if TYPE_CHECKING:
    from studio.domain.chat import Thread
    from studio.services.workspace import Workspace


def conductor(workspace: Workspace, gateway: ScriptedGateway | None) -> Conductor:
    return Conductor(
        workspace, lambda: gateway, default_model=lambda: "test/m" if gateway else "", recorded=Recorded(pause=0)
    )


async def test_an_answer_is_stored_with_model_tokens_cost_and_what_was_sent(
    workspace: Workspace, thread: Thread
) -> None:
    asking = await conductor(workspace, ScriptedGateway("A ", "brittle ", "alliance.")).ask(thread.id, "Who?")
    message = await asking.wait()
    assert message is not None
    assert (message.text, message.state, message.model, message.cost_usd) == (
        "A brittle alliance.",
        "done",
        "test/m",
        0.01,
    )
    assert message.usage is not None
    assert message.usage.output_tokens == 3
    read = await workspace.run(store.prompt, message.pack_hash)
    assert read.pack.items[-1].ref == message.parent_id
    assert read.messages[-1].content == "Who?"


async def test_with_no_model_nothing_is_stored_and_the_sentence_says_what_to_do(
    workspace: Workspace, thread: Thread
) -> None:
    with pytest.raises(NoModel, match="paste an answer"):
        await conductor(workspace, None).ask(thread.id, "Who?")
    assert len(await workspace.run(messages.tree, thread.id)) == 0


async def test_stopping_keeps_what_had_come_and_closes_the_call(workspace: Workspace, thread: Thread) -> None:
    gateway = ScriptedGateway("Half ", "an ", hang=True)
    asking = await conductor(workspace, gateway).ask(thread.id, "Who?")
    await gateway.said.wait()
    asking.stop()
    message = await asking.wait()
    assert message is not None
    assert (message.text, message.state, gateway.closed) == ("Half an ", "stopped", 1)
    assert message.usage is not None
    assert message.usage.estimated


async def test_stopped_before_anything_came_leaves_only_the_question(workspace: Workspace, thread: Thread) -> None:
    asking = await conductor(workspace, ScriptedGateway(hang=True)).ask(thread.id, "Who?")
    await asyncio.sleep(0.01)
    asking.stop()
    assert await asking.wait() is None
    assert [n.role for n in (await workspace.run(messages.tree, thread.id)).path(None)] == ["user"]


async def test_a_cut_keeps_the_partial_text_and_says_what_happened(workspace: Workspace, thread: Thread) -> None:
    error = StreamCut("The connection ended in the middle of the answer.", hint="Continue goes on from there.")
    gateway = ScriptedGateway("Half ", "an ", error=error)
    message = await (await conductor(workspace, gateway).ask(thread.id, "Who?")).wait()
    assert message is not None
    assert (message.text, message.state, message.error_code) == ("Half an ", "error", "cut")
    assert "Continue goes on" in message.error_text


async def test_a_failed_answer_with_no_text_is_replaced_by_the_retry(workspace: Workspace, thread: Thread) -> None:
    gateway = ScriptedGateway(error=RateLimited("Too many calls.", retry_after=3))
    made = conductor(workspace, gateway)
    failed = await (await made.ask(thread.id, "Who?")).wait()
    assert failed is not None
    gateway.error, gateway.words = None, ("Them.",)
    message = await (await made.regenerate(failed.id)).wait()
    assert message is not None
    assert (message.id, message.text, message.state) == (failed.id, "Them.", "done")


async def test_regenerating_makes_a_sibling_and_shows_it(workspace: Workspace, thread: Thread) -> None:
    made = conductor(workspace, ScriptedGateway("One."))
    first = await (await made.ask(thread.id, "Who?")).wait()
    assert first is not None
    second = await (await made.regenerate(first.id, model="test/other")).wait()
    assert second is not None
    found, tree = await workspace.run(messages.open_thread, thread.id)
    assert (tree.siblings(first.id), found.leaf_id, second.model) == ([first.id, second.id], second.id, "test/other")


async def test_continuing_lets_the_same_message_grow(workspace: Workspace, thread: Thread) -> None:
    gateway = ScriptedGateway("Half ", error=StreamCut("Cut."))
    made = conductor(workspace, gateway)
    half = await (await made.ask(thread.id, "Who?")).wait()
    assert half is not None
    gateway.error, gateway.words = None, ("and whole.",)
    whole = await (await made.go_on(half.id)).wait()
    assert whole is not None
    assert (whole.id, whole.text, whole.state, whole.error_text) == (half.id, "Half and whole.", "done", "")
    assert gateway.requests[-1].messages[-2].content == "Half "


async def test_a_second_answer_in_one_thread_has_to_wait(workspace: Workspace, thread: Thread) -> None:
    made = conductor(workspace, ScriptedGateway("x", hang=True))
    asking = await made.ask(thread.id, "Who?")
    with pytest.raises(Invalid, match="still coming in"):
        await made.ask(thread.id, "And?")
    await made.stop_all()
    assert not asking.running
    assert made.running == {}


async def test_partial_text_is_kept_within_a_second(workspace: Workspace, thread: Thread) -> None:
    asking = await conductor(workspace, ScriptedGateway("Half ", "an ", hang=True)).ask(thread.id, "Who?")
    await asyncio.sleep(0.95)
    kept = await workspace.run(lambda project: project.scratch_all(messages.ANSWER_KEY))
    assert "Half an " in kept[messages.ANSWER_KEY + asking.message_id]
    asking.stop()
    await asking.wait()
    assert await workspace.run(lambda project: project.scratch_all(messages.ANSWER_KEY)) == {}


async def test_an_answer_at_the_models_limit_can_go_on(workspace: Workspace, thread: Thread) -> None:
    message = await (await conductor(workspace, ScriptedGateway("x", finish="length")).ask(thread.id, "Who?")).wait()
    assert message is not None
    assert (message.state, message.error_code) == ("done", "length")


async def test_recorded_answers_need_no_model_and_say_what_they_are(workspace: Workspace, thread: Thread) -> None:
    await workspace.run(threads.configure, thread.id, model=RECORDED)
    message = await (await conductor(workspace, None).ask(thread.id, "Build me a campaign on the coast")).wait()
    assert message is not None
    assert (message.recorded, message.cost_usd, message.text) == (True, 0.0, answers()[0].answer)


def test_the_recorded_answer_fits_the_question_and_is_not_said_twice() -> None:
    for answer in answers():
        assert best(answer.question) == answer
        assert 380 <= len(answer.answer.split()) <= 760
    first = best("a campaign on the coast")
    assert best("a campaign on the coast", shown=[first.answer]) != first


def test_whatever_is_asked_first_the_answer_has_something_for_every_dock() -> None:
    for question in ("Tell me about dragons", "What is this?", "Write me a villain", "help", "How do I start?", "?"):
        assert best(question) == answers()[0]
    assert best("How do the players agree on safety in session zero?").id == "session-zero"
