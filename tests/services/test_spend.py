"""The spend ledger: reservations, budgets, orphans, and sums."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.chat import Usage
from studio.domain.model_call import BudgetExceeded, CallOrigin
from studio.services.spend import Budget, Reservation, Spend
from studio.storage.ledger import Ledger, LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
USED = Usage(input_tokens=1_000, output_tokens=500)


class Days:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def days() -> Days:
    """Noon of a Tuesday, until moved."""
    return Days()


@pytest.fixture
def budget() -> list[Budget]:
    """The budget, replaceable."""
    return [Budget()]


@pytest.fixture
def spend(tmp_path: Path, days: Days, budget: list[Budget]) -> Iterator[Spend]:
    """A ledger on days of UTC."""
    made = Spend(tmp_path, budget=lambda: budget[0], clock=days, day_of=lambda at: at.date().isoformat())
    yield made
    made.close()


async def reserve(spend: Spend, cost: float | None, **origin: str) -> Reservation:
    return await spend.reserve(
        origin=CallOrigin.model_validate(origin), model="openai/gpt-4.1", usage=USED, cost_usd=cost, expires_in=600
    )


async def spent(spend: Spend, cost: float | None, **origin: str) -> None:
    await spend.settle(await reserve(spend, cost, **origin), usage=USED, cost_usd=cost)


async def test_sums_by_message_thread_day_and_model(spend: Spend, days: Days) -> None:
    await spent(spend, 0.10, thread_id="t1", message_id="m1")
    await spent(spend, 0.20, thread_id="t1", message_id="m2")
    days.now += timedelta(days=1)
    await spent(spend, 0.40, thread_id="t2", message_id="m3", purpose="extraction")
    assert (await spend.thread_total("t1")).cost_usd == pytest.approx(0.30)
    assert (await spend.thread_total("nothing")).cost_usd == 0
    assert [(t.key, t.cost_usd) for t in await spend.totals("day")] == [("2026-11-25", 0.4), ("2026-11-24", 0.3)]
    assert [t.requests for t in await spend.totals("model")] == [3]
    assert {t.key for t in await spend.totals("message_id", only={"thread_id": "t1"})} == {"m1", "m2"}
    assert (await spend.today()).cost_usd == pytest.approx(0.40)
    assert (await spend.totals("purpose"))[0].key == "extraction"
    total = await spend.thread_total("t1")
    assert (total.input_tokens, total.output_tokens, total.estimated) == (2_000, 1_000, False)


async def test_a_settled_request_replaces_its_estimate_and_settles_once(spend: Spend) -> None:
    reservation = await reserve(spend, 1.0)
    assert (await spend.today()).cost_usd == pytest.approx(1.0)
    await spend.settle(reservation, usage=USED, cost_usd=0.25)
    await spend.settle(reservation, usage=USED, cost_usd=9.0)
    await spend.release(reservation)
    assert (await spend.today()).cost_usd == pytest.approx(0.25)


async def test_a_released_request_leaves_no_trace_in_sums(spend: Spend) -> None:
    await spend.release(await reserve(spend, 1.0))
    assert await spend.totals("model") == ()


async def test_an_unknown_price_is_counted_as_unknown_not_as_nothing(spend: Spend) -> None:
    await spent(spend, None)
    total = (await spend.totals("model"))[0]
    assert (total.unpriced, total.cost_usd) == (1, 0)


@pytest.mark.parametrize("limit", [Budget(daily_usd=1.0), Budget(monthly_usd=1.0)])
async def test_the_budget_warns_at_80_percent_and_stops_at_100(
    spend: Spend, budget: list[Budget], limit: Budget
) -> None:
    budget[0] = limit
    assert await spend.warning() is None
    await spent(spend, 0.79)
    assert await spend.warning() is None
    await spent(spend, 0.01)
    warned = await spend.warning()
    assert warned is not None
    assert warned.level == "warn"
    assert "$0.80 of $1.00" in warned.sentence
    with pytest.raises(BudgetExceeded) as caught:
        await reserve(spend, 0.21)
    assert "80%" in caught.value.sentence
    await spent(spend, 0.20)
    assert (await spend.state()).level == "stop"
    with pytest.raises(BudgetExceeded):
        await reserve(spend, None)
    await spent(spend, 0.0)


async def test_a_new_day_has_its_budget_again_and_a_new_month_too(
    spend: Spend, budget: list[Budget], days: Days
) -> None:
    budget[0] = Budget(daily_usd=1.0, monthly_usd=1.5)
    await spent(spend, 1.0)
    with pytest.raises(BudgetExceeded):
        await reserve(spend, 0.1)
    days.now += timedelta(days=1)
    await spent(spend, 0.5)
    with pytest.raises(BudgetExceeded):
        await reserve(spend, 0.1)
    days.now += timedelta(days=7)
    await spent(spend, 0.9)


async def test_calls_at_once_cannot_pass_the_limit_together(spend: Spend, budget: list[Budget]) -> None:
    budget[0] = Budget(daily_usd=1.0)
    results = await asyncio.gather(*(reserve(spend, 0.3) for _ in range(10)), return_exceptions=True)
    assert sum(isinstance(r, Reservation) for r in results) == 3
    assert sum(isinstance(r, BudgetExceeded) for r in results) == 7


async def test_a_crash_leaves_an_orphan_that_stays_charged(tmp_path: Path, spend: Spend, days: Days) -> None:
    reservation = await reserve(spend, 0.5)
    days.now += timedelta(hours=1)
    after = Spend(tmp_path, clock=days, day_of=lambda at: at.date().isoformat())
    try:
        assert (await after.today()).cost_usd == pytest.approx(0.5)
        assert await asyncio.to_thread(after.now, Ledger.states) == {"orphan": 1}
        await after.settle(reservation, usage=USED, cost_usd=0.4)
        assert (await after.today()).cost_usd == pytest.approx(0.4)
    finally:
        await asyncio.to_thread(after.close)


async def test_two_windows_share_one_budget(tmp_path: Path, spend: Spend, budget: list[Budget], days: Days) -> None:
    budget[0] = Budget(daily_usd=1.0)
    other = Spend(tmp_path, budget=lambda: budget[0], clock=days, day_of=lambda at: at.date().isoformat())
    try:
        await spent(other, 0.9)
        with pytest.raises(BudgetExceeded):
            await reserve(spend, 0.2)
    finally:
        await asyncio.to_thread(other.close)


def test_a_damaged_ledger_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "spend.sqlite").write_bytes(b"this is no database, whatever its name says" * 100)
    spend = Spend(tmp_path)
    with pytest.raises(LedgerError) as caught:
        spend.now(Ledger.states)
    assert "Rename" in caught.value.hint
    spend.close()


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "spend.sqlite")) as db:
        db.execute("pragma user_version = 99")
    spend = Spend(tmp_path)
    with pytest.raises(LedgerError, match="newer"):
        spend.now(Ledger.states)
    spend.close()


@given(st.lists(st.floats(0, 10), max_size=30))
def test_sums_are_exact_to_a_billionth(tmp_path_factory: pytest.TempPathFactory, costs: list[float]) -> None:
    spend = Spend(tmp_path_factory.mktemp("spend"))

    async def all_of_them() -> float:
        for cost in costs:
            await spent(spend, cost)
        return (await spend.today()).cost_usd

    try:
        assert asyncio.run(all_of_them()) == pytest.approx(sum(costs), abs=1e-8 * (len(costs) + 1))
    finally:
        spend.close()
