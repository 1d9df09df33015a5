"""The gateway over a real engine process and a provider that speaks the real protocol with faults."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.model_call import (
    AuthFailed,
    BadResponse,
    BudgetExceeded,
    BudgetWarning,
    CallOrigin,
    ContentFiltered,
    ContextTooLong,
    Deadlines,
    Delta,
    EngineDied,
    Finished,
    ModelError,
    ModelEvent,
    ModelRequest,
    ModelTimeout,
    NoModel,
    Offline,
    QuotaExceeded,
    RateLimited,
    ResponseShape,
    Retrying,
    Started,
    StreamCut,
    Thinking,
)
from studio.engine.client import EngineClient
from studio.services.llm.gateway import Gateway
from studio.services.spend import Budget, Spend
from studio.storage.secrets import NoKeyring
from tests.support.asked import request as request_of
from tests.support.provider import Reply, ScriptedProvider
from tests.support.timing import seconds, shortest

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.services.llm.routing import Models
    from studio.storage.secrets import SessionSecrets

TEXT = "The regent of the Ashen Court fled Karrowmere after the Night of Cinders. " * 6
DIRECT, LITELLM = "openrouter/openai/gpt-5.2", "openai/gpt-4.1"
ALL = [DIRECT, LITELLM, "anthropic/claude-opus-5", "gemini/gemini-2.5-flash"]
BACKUP = "custom:Backup/spare"


def ask(
    model: str = DIRECT, *, fallbacks: tuple[str, ...] = (), deadlines: Deadlines | None = None, **more: Any
) -> ModelRequest:
    said = [("user", "Who rules Karrowmere?")]
    return request_of(model, said, fallbacks=fallbacks, deadlines=deadlines or Deadlines(), **more)


async def run(gateway: Gateway, request: ModelRequest) -> tuple[list[ModelEvent], ModelError | None]:
    """All events of a call, and the error that ended it."""
    events: list[ModelEvent] = []
    try:
        async with gateway.stream(request) as stream:
            async for event in stream:
                events.append(event)
    except ModelError as error:
        return events, error
    return events, None


async def states(spend: Spend) -> dict[str, int]:
    """How many requests the ledger has in each state."""
    return await asyncio.to_thread(spend.now, lambda ledger: ledger.states())


def text_of(events: list[ModelEvent]) -> str:
    return "".join(e.text for e in events if isinstance(e, Delta))


@pytest.mark.parametrize("model", ALL)
async def test_an_answer_streams_with_its_tokens_and_cost(
    gateway: Gateway, provider: ScriptedProvider, spend: Spend, model: str
) -> None:
    provider.push(Reply(TEXT, usage=(1_000, 2_000)))
    origin = CallOrigin(thread_id="t", message_id="m")
    events, error = await run(gateway, ask(model, origin=origin))
    assert error is None
    assert isinstance(events[0], Started)
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert text_of(events) == TEXT
    assert (finished.usage.input_tokens, finished.usage.output_tokens) == (1_000, 2_000)
    price = gateway.models.route(model).price
    assert price is not None
    assert finished.cost_usd == pytest.approx((1_000 * price.input + 2_000 * price.output) / 1e6)
    total = await spend.thread_total("t")
    assert total.cost_usd == pytest.approx(finished.cost_usd)
    assert (await spend.totals("message_id"))[0].key == "m"
    assert (await spend.totals("model"))[0].key == model


async def test_reasoning_comes_apart_from_the_answer(gateway: Gateway, provider: ScriptedProvider) -> None:
    provider.push(Reply("Vessa.", thinking="Who could it be?"))
    events, _ = await run(gateway, ask())
    assert [e.text for e in events if isinstance(e, Thinking)] == ["Who could it be?"]
    assert text_of(events) == "Vessa."


@pytest.mark.parametrize("model", ALL)
async def test_a_forced_tool_call_comes_back_as_its_arguments(
    gateway: Gateway, provider: ScriptedProvider, model: str
) -> None:
    provider.push(Reply(tool_arguments='{"names": ["Vessa"]}'))
    shape = ResponseShape(mode="tool", name="emit", schema_={"type": "object", "properties": {}})
    result = await gateway.complete(ask(model, response=shape))
    assert result.finished.tool_arguments.replace(" ", "") == '{"names":["Vessa"]}'
    assert "tools" in provider.calls[0].body


async def test_an_answer_that_hit_its_length_says_so(gateway: Gateway, provider: ScriptedProvider) -> None:
    provider.push(Reply(TEXT, finish="length"))
    assert (await gateway.complete(ask(max_tokens=50))).finished.finish_reason == "length"
    assert provider.calls[0].body["max_tokens"] == 50


@pytest.mark.parametrize("model", [DIRECT, LITELLM])
@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(status=401), AuthFailed),
        (Reply(status=402, error="insufficient credits"), QuotaExceeded),
        (Reply(status=429, error="You exceeded your current quota: insufficient_quota"), QuotaExceeded),
        (Reply(status=429, headers={"retry-after": "3600"}), RateLimited),
        (Reply(status=400, error="maximum context length is 8192 tokens"), ContextTooLong),
        (Reply(status=400, error="flagged by our content policy"), ContentFiltered),
        (Reply(TEXT, finish="content_filter"), ContentFiltered),
        (Reply(status=404), BadResponse),
        (Reply(status=200, raw=b"<html>Log in to the hotel</html>"), BadResponse),
        (Reply(""), BadResponse),
    ],
)
async def test_a_failure_has_its_type_after_one_request(
    gateway: Gateway, provider: ScriptedProvider, model: str, reply: Reply, kind: type[ModelError]
) -> None:
    provider.push(reply)
    provider.default = Reply("must not be asked again")
    _, error = await run(gateway, ask(model))
    assert error is not None
    assert type(error) is kind
    assert len(provider.calls) == 1
    assert error.sentence.endswith(".")
    assert error.hint
    if kind is RateLimited:
        assert error.retry_after == 3600
    if reply.status >= 400:
        assert error.cost_usd == 0


async def test_without_a_keyring_local_models_still_answer_and_others_say_why(
    engine: EngineClient, models: Models, spend: Spend, backup: ScriptedProvider
) -> None:
    class NoStore:
        async def key(self, name: str) -> str | None:
            raise NoKeyring(f"This system has no keyring, so there is no {name}.")

    backup.key = ""
    gateway = Gateway(engine, models=models, keys=NoStore(), meter=spend)
    assert (await gateway.complete(ask(BACKUP))).text == "ok"
    with pytest.raises(AuthFailed, match="no keyring"):
        await gateway.complete(ask(DIRECT))


async def test_a_server_that_is_not_there_is_offline_at_once(gateway: Gateway) -> None:
    async def once() -> None:
        _, error = await run(gateway, ask("lmstudio/llama3"))
        assert isinstance(error, Offline)
        assert "127.0.0.1:9" in error.sentence

    assert await shortest(lambda: seconds(once()), under=2) < 2


async def test_no_model_and_no_key_are_told_apart(gateway: Gateway, secrets: SessionSecrets) -> None:
    for model in ("", "gpt-5", "custom:Nobody/x", "mistral/mistral-large-latest"):
        _, error = await run(gateway, ask(model))
        assert isinstance(error, NoModel), model
    secrets.delete("connection:OpenRouter")
    _, error = await run(gateway, ask())
    assert isinstance(error, AuthFailed)
    assert "no key" in error.sentence


@pytest.mark.parametrize("model", [DIRECT, LITELLM])
async def test_a_busy_provider_is_asked_again(
    gateway: Gateway, provider: ScriptedProvider, spend: Spend, model: str
) -> None:
    provider.push(Reply(status=429, headers={"retry-after": "0.3"}), Reply(status=500), Reply(TEXT))
    before = time.monotonic()
    events, error = await run(gateway, ask(model))
    assert error is None
    assert text_of(events) == TEXT
    assert len([e for e in events if isinstance(e, Retrying)]) == 2
    assert time.monotonic() - before >= 0.3
    assert await states(spend) == {"released": 2, "settled": 1}


async def test_three_attempts_are_the_limit(quick: Callable[[], Gateway], provider: ScriptedProvider) -> None:
    provider.default = Reply(status=503)
    _, error = await run(quick(), ask())
    assert isinstance(error, BadResponse)
    assert len(provider.calls) == 3


async def test_a_long_pause_goes_to_the_fallback_at_once_and_is_remembered(
    gateway: Gateway, provider: ScriptedProvider, backup: ScriptedProvider
) -> None:
    provider.push(Reply(status=429, headers={"retry-after": "20"}))
    backup.default = Reply(TEXT)
    before = time.monotonic()
    events, error = await run(gateway, ask(fallbacks=(BACKUP,)))
    assert error is None
    assert time.monotonic() - before < 10  # the pause is 20
    assert isinstance(events[-1], Finished)
    assert events[-1].model == BACKUP
    await run(gateway, ask(fallbacks=(BACKUP,)))
    assert len(provider.calls) == 1, "the model that asked for a pause gets it"


async def test_a_mistake_of_ours_is_not_paid_for_twice(
    gateway: Gateway, provider: ScriptedProvider, backup: ScriptedProvider
) -> None:
    provider.push(Reply(status=400, error="unknown parameter"))
    _, error = await run(gateway, ask(fallbacks=(BACKUP,)))
    assert isinstance(error, BadResponse)
    assert not backup.calls


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize("fault", ["fin", "rst", "no_end"])
async def test_a_cut_keeps_the_partial_text_and_charges_it_once(
    gateway: Gateway, provider: ScriptedProvider, backup: ScriptedProvider, spend: Spend, model: str, fault: str
) -> None:
    provider.push(Reply(TEXT, fault=fault, after=8))  # pyright: ignore[reportArgumentType]
    events, error = await run(gateway, ask(model, fallbacks=(BACKUP,)))
    assert isinstance(error, StreamCut)
    assert error.partial == text_of(events) == TEXT[:96]
    assert not backup.calls, "shown text is never answered over by another model"
    assert error.usage is not None
    assert error.usage.estimated
    total = (await spend.totals("model"))[0]
    assert total.requests == 1
    assert total.cost_usd == pytest.approx(error.cost_usd)


@pytest.mark.parametrize("fault", ["garbage", "inline_error"])
async def test_a_broken_stream_keeps_the_partial_text(gateway: Gateway, provider: ScriptedProvider, fault: str) -> None:
    for model in (DIRECT, LITELLM):
        provider.push(Reply(TEXT, fault=fault, after=8))  # pyright: ignore[reportArgumentType]
        events, error = await run(gateway, ask(model))
        assert isinstance(error, BadResponse | StreamCut)
        assert error.partial == text_of(events) == TEXT[:96]


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize(
    ("reply", "deadlines"),
    [
        (Reply(TEXT, first=20), Deadlines(first_token=1.0)),
        (Reply(TEXT, fault="stall", after=8, stall=20), Deadlines(between=0.6)),
        (Reply(TEXT, pause=0.5), Deadlines(total=1.5)),
    ],
    ids=["first token", "between two", "slow drip"],
)
async def test_each_deadline_holds_and_hangs_up(
    gateway: Gateway, provider: ScriptedProvider, model: str, reply: Reply, deadlines: Deadlines
) -> None:
    provider.push(reply)
    before = time.monotonic()
    events, error = await run(gateway, ask(model, deadlines=deadlines))
    assert isinstance(error, ModelTimeout)
    assert error.partial == text_of(events)
    assert time.monotonic() - before < 10  # left alone, each of them takes more than 20
    assert await provider.until(lambda: provider.calls and provider.calls[0].client_gone_at, 2), (
        "the provider must be hung up on"
    )


async def first_text(gateway: Gateway, request: ModelRequest) -> tuple[asyncio.Task[None], list[str]]:
    """A call in a task of its own, once its first text has come."""
    got: list[str] = []
    came = asyncio.Event()

    async def consume() -> None:
        async with gateway.stream(request) as stream:
            async for event in stream:
                if isinstance(event, Delta):
                    got.append(event.text)
                    came.set()

    task = asyncio.create_task(consume())
    await asyncio.wait_for(came.wait(), 20)
    return task, got


@pytest.mark.parametrize("model", ALL)
async def test_cancel_reaches_the_provider_within_100_ms_and_is_charged_in_part(
    gateway: Gateway, provider: ScriptedProvider, spend: Spend, model: str
) -> None:
    took = []
    for _ in range(3):  # the machine may be busy; one time of three is enough
        provider.reset()
        provider.push(Reply(TEXT * 5, pause=0.02))
        task, _ = await first_text(gateway, ask(model))
        before = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        back = time.monotonic() - before
        assert await provider.until(lambda: provider.calls[0].client_gone_at)
        took.append(max(back, (provider.calls[0].client_gone_at or 0) - before))
        if took[-1] < 0.1:
            break
    assert min(took) < 0.1
    assert await states(spend) == {"settled": len(took)}
    assert (await spend.totals("model"))[0].estimated


async def test_leaving_the_loop_early_stops_the_model(gateway: Gateway, provider: ScriptedProvider) -> None:
    for model in (DIRECT, LITELLM):
        provider.reset()
        provider.push(Reply(TEXT * 5, pause=0.02))
        async with gateway.stream(ask(model)) as stream:
            async for event in stream:
                if isinstance(event, Delta):
                    break
        assert await provider.until(lambda: provider.calls[0].client_gone_at, 0.5)


async def test_an_answer_without_usage_is_counted_by_us(gateway: Gateway, provider: ScriptedProvider) -> None:
    for model in (DIRECT, LITELLM):
        provider.push(Reply(TEXT, send_usage=False))
        finished = (await gateway.complete(ask(model))).finished
        assert finished.usage.estimated
        assert finished.usage.output_tokens == pytest.approx(110, rel=0.25)
        assert finished.cost_usd


async def test_the_budget_stops_the_call_before_it_is_made(
    gateway: Gateway, provider: ScriptedProvider, budget: dict[str, Budget], spend: Spend
) -> None:
    provider.default = Reply("short", usage=(0, 60_000))  # 0.84 dollars at 14 per million
    budget["now"] = Budget(daily_usd=1.0)
    events, error = await run(gateway, ask())
    assert error is None
    assert not any(isinstance(e, BudgetWarning) for e in events)
    events, error = await run(gateway, ask())
    assert error is None
    assert isinstance(events[0], BudgetWarning)
    assert events[0].fraction == pytest.approx(0.84)
    events, error = await run(gateway, ask())
    assert isinstance(error, BudgetExceeded)
    assert "$1.68 of $1.00" in error.sentence
    assert len(provider.calls) == 2
    assert (await spend.state()).level == "stop"
    budget["now"] = Budget()
    assert (await run(gateway, ask()))[1] is None


async def test_a_local_model_costs_nothing_of_the_budget(
    gateway: Gateway, provider: ScriptedProvider, budget: dict[str, Budget]
) -> None:
    budget["now"] = Budget(daily_usd=0.001)
    provider.default = Reply(TEXT, usage=(100_000, 100_000))
    for _ in range(2):
        assert (await gateway.complete(ask("ollama/llama3"))).finished.cost_usd == 0


async def test_the_engine_dying_under_a_call_keeps_the_text_and_the_next_call_works(
    models: Models, secrets: SessionSecrets, spend: Spend, provider: ScriptedProvider
) -> None:
    from studio.services.llm.keys import StoredKeys

    engine = EngineClient()
    gateway = Gateway(engine, models=models, keys=StoredKeys(secrets), meter=spend)
    try:
        provider.push(Reply(TEXT * 5, pause=0.02))
        task, got = await first_text(gateway, ask())
        assert engine.pid is not None
        os.kill(engine.pid, signal.SIGKILL)
        with pytest.raises(EngineDied) as caught:
            await asyncio.wait_for(task, 5)
        assert caught.value.partial == "".join(got)
        provider.push(Reply(TEXT))
        assert (await gateway.complete(ask())).text == TEXT
        assert await states(spend) == {"settled": 2}
    finally:
        await engine.aclose()


async def test_the_key_goes_into_the_header_and_nowhere_else(
    gateway: Gateway, provider: ScriptedProvider, secrets: SessionSecrets, caplog: pytest.LogCaptureFixture
) -> None:
    key = secrets.get("connection:OpenRouter")
    assert key
    provider.push(Reply(status=401, error=f"Incorrect API key provided: {key}"))
    _, error = await run(gateway, ask())
    assert error is not None
    assert provider.calls[0].headers["authorization"] == f"Bearer {key}"
    assert key not in error.detail + str(error) + caplog.text
