"""Two hundred calls under a seeded mix of faults: each ends recovered or typed, keeps its text, and is charged once."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.domain.model_call import (
    CallOrigin,
    Deadlines,
    Delta,
    Finished,
    ModelError,
    ModelTimeout,
    Retrying,
)
from tests.support.asked import request as request_of
from tests.support.provider import Reply, ScriptedProvider

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.services.llm.gateway import Gateway
    from studio.services.spend import Spend
    from studio.storage.ledger import Total

CALLS, AT_ONCE, SEED = 200, 8, 20261124
TEXT = "The Lantern Order keeps the key to the Sunken Archive beneath Karrowmere. " * 4
MODELS = ("openrouter/openai/gpt-5.2", "openai/gpt-4.1", "anthropic/claude-opus-5", "gemini/gemini-2.5-flash")
FALLBACK = "custom:Backup/spare"


def fault(rng: random.Random) -> Reply:
    """One reply of a bad day: four in ten are whole."""
    after = rng.randrange(0, 12)
    choices = [
        (40, Reply(TEXT)),
        (8, Reply(status=429, headers={"retry-after": "0.01"})),
        (3, Reply(status=429, headers={"retry-after": "60"})),
        (8, Reply(status=500)),
        (4, Reply(status=502, raw=b"<html>Bad gateway</html>")),
        (2, Reply(status=401)),
        (2, Reply(status=400, error="maximum context length exceeded")),
        (5, Reply(TEXT, fault="fin", after=after)),
        (5, Reply(TEXT, fault="rst", after=after)),
        (5, Reply(TEXT, fault="no_end", after=after)),
        (4, Reply(TEXT, fault="garbage", after=after)),
        (3, Reply(TEXT, fault="inline_error", after=after)),
        (3, Reply(TEXT, fault="stall", after=after, stall=5)),
        (2, Reply(TEXT, pause=0.25)),
        (2, Reply("")),
        (2, Reply("I can't help with that.", finish="content_filter")),
        (2, Reply(TEXT, send_usage=False)),
    ]
    return rng.choices([r for _, r in choices], [w for w, _ in choices])[0]


class End(NamedTuple):
    """How a call ended: the text shown, the text kept, the end itself, and attempts that ran out of time."""

    shown: str
    kept: str
    end: Finished | ModelError
    late: int


class Weather:
    """Which fault meets which request: by seed, the call's number and how often it came, whatever the timing."""

    def __init__(self, place: str, *, calm: float = 0.0) -> None:
        self._place = place
        self._calm = calm
        self._times: Counter[str] = Counter()

    def reply(self, body: dict[str, Any]) -> Reply:
        """The reply to one request."""
        call = re.search(r"call-\d+", str(body))
        assert call is not None
        self._times[call.group()] += 1
        rng = random.Random(f"{SEED} {self._place} {call.group()} {self._times[call.group()]}")
        return Reply(TEXT) if rng.random() < self._calm else fault(rng)


async def one(gateway: Gateway, number: int, model: str) -> End:
    """One call to its end."""
    request = request_of(
        model,
        [("user", f"call-{number:03d}")],
        fallbacks=(FALLBACK,) if number % 3 == 0 else (),
        deadlines=Deadlines(first_token=1.0, between=0.6, total=4.0),
        origin=CallOrigin(message_id=f"call-{number:03d}"),
    )
    shown, late = "", 0
    try:
        async with gateway.stream(request) as events:
            async for event in events:
                assert not (isinstance(event, Retrying) and shown), "nothing is retried over shown text"
                late += isinstance(event, Retrying) and "in time" in event.sentence
                if isinstance(event, Delta):
                    shown += event.text
                if isinstance(event, Finished):
                    return End(shown, shown, event, late)
    except ModelError as error:
        return End(shown, error.partial, error, late + isinstance(error, ModelTimeout))
    raise AssertionError("a call ended in neither way")


async def test_a_seeded_fault_mix_of_200_calls(
    quick: Callable[[], Gateway], provider: ScriptedProvider, backup: ScriptedProvider, spend: Spend
) -> None:
    provider.default = Weather("main").reply
    backup.default = Weather("backup", calm=0.8).reply
    gateway, gate = quick(), asyncio.Semaphore(AT_ONCE)

    async def guarded(number: int) -> End:
        async with gate:
            return await one(gateway, number, MODELS[number % len(MODELS)])

    ends = await asyncio.gather(*(guarded(n) for n in range(CALLS)))
    finished = [end for _, _, end, _ in ends if isinstance(end, Finished)]
    failed = [end for _, _, end, _ in ends if isinstance(end, ModelError)]
    assert len(finished) + len(failed) == CALLS
    assert all(type(error) is not ModelError and error.sentence for error in failed), "every failure has its type"
    assert len(finished) > CALLS / 2, "four replies in ten are whole; what can be recovered is"
    assert {e.code for e in failed} >= {"cut", "timeout", "bad_response", "auth", "context_too_long", "content_filter"}
    for shown, kept, end, _ in ends:
        assert shown == kept, "what was shown is what is kept"
        if isinstance(end, Finished):
            assert shown == TEXT, "a recovered answer is whole and holds nothing of a failed attempt"
        elif end.code != "content_filter":
            assert TEXT.startswith(shown)
    await check_ledger(ends, provider, backup, await spend.totals("message_id"))
    assert (await asyncio.to_thread(spend.now, lambda ledger: ledger.states())).keys() == {"settled", "released"}


async def check_ledger(
    ends: list[End],
    provider: ScriptedProvider,
    backup: ScriptedProvider,
    totals: tuple[Total, ...],
) -> None:
    """The ledger against the providers' own records: call by call, nothing charged twice, nothing forgotten."""
    seen = [*provider.calls, *backup.calls]
    by_call = {total.key: total for total in totals}
    for number, (_, _, end, late) in enumerate(ends):
        name = f"call-{number:03d}"
        mine = [s for s in seen if name in str(s.body)]
        billed = [s.billed for s in mine if s.billed != (0, 0)]
        owed = sum(bool(s.text_sent) for s in mine)  # who broke off before a word may charge for the question or not
        total = by_call.get(name)
        charged = total.requests if total else 0
        # on a busy machine time may run out before a request is really sent; it is charged as if it had been
        assert owed <= charged <= len(billed) + late, f"{name}: as many charges as answers begun: {end!r} {mine}"
        if total is not None and len(billed) == charged == 1 and not total.estimated:
            assert total.output_tokens == billed[0][1], name
        if total is not None and end.cost_usd is not None:
            assert abs(total.cost_usd - end.cost_usd) < 1e-9, f"{name}: what was told is what was charged"
