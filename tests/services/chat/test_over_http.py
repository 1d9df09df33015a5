"""The whole path of an answer: chat, gateway, engine, a provider on loopback; and back into the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.services.chat import messages, threads
from studio.services.chat.conductor import Conductor
from studio.services.chat.recorded import answers
from tests.services.llm.conftest import (  # noqa: F401
    backup,
    budget,
    engine,
    gateway,
    models,
    provider,
    secrets,
    spend,
)
from tests.support.provider import Reply

if TYPE_CHECKING:
    from studio.domain.chat import Thread
    from studio.services.llm.gateway import Gateway
    from studio.services.workspace import Workspace
    from tests.support.provider import ScriptedProvider

MODEL = "openrouter/acme/scribe"


@pytest.fixture
def campaign() -> str:
    """Seven hundred words of Markdown."""
    return answers()[0].answer


async def test_seven_hundred_words_arrive_with_their_record(
    campaign: str,
    workspace: Workspace,
    thread: Thread,
    gateway: Gateway,  # noqa: F811
    provider: ScriptedProvider,  # noqa: F811
) -> None:
    provider.push(Reply(text=campaign))
    conductor = Conductor(workspace, lambda: gateway)
    message = await (await conductor.ask(thread.id, "Build me a campaign", model=MODEL)).wait()
    assert message is not None
    assert (message.text, message.state, message.recorded) == (campaign, "done", False)
    assert message.usage is not None
    assert message.usage.output_tokens > 0
    sent = provider.calls[-1].body["messages"]
    assert sent[0]["role"] == "system"
    assert sent[-1] == {"role": "user", "content": "Build me a campaign"}


async def test_a_connection_cut_in_the_middle_keeps_the_text_and_can_go_on(
    workspace: Workspace,
    thread: Thread,
    gateway: Gateway,  # noqa: F811
    provider: ScriptedProvider,  # noqa: F811
) -> None:
    provider.push(Reply(text="one two three four five six seven eight", piece=4, fault="fin", after=4))
    conductor = Conductor(workspace, lambda: gateway)
    half = await (await conductor.ask(thread.id, "Count", model=MODEL)).wait()
    assert half is not None
    assert (half.state, half.error_code) == ("error", "cut")
    assert half.text
    assert "one two three four five six seven eight".startswith(half.text)
    await workspace.run(threads.configure, thread.id, model=MODEL)
    provider.push(Reply(text=" and the rest"))
    whole = await (await conductor.go_on(half.id)).wait()
    assert whole is not None
    assert whole.text == half.text + " and the rest"
    assert len(await workspace.run(messages.tree, thread.id)) == 2


async def test_a_key_that_is_refused_says_so_on_the_message(
    workspace: Workspace,
    thread: Thread,
    gateway: Gateway,  # noqa: F811
    provider: ScriptedProvider,  # noqa: F811
) -> None:
    provider.push(Reply(status=401, error="invalid api key"))
    conductor = Conductor(workspace, lambda: gateway)
    message = await (await conductor.ask(thread.id, "Hello", model=MODEL)).wait()
    assert message is not None
    assert (message.state, message.error_code, message.text) == ("error", "auth", "")
    assert message.error_text
