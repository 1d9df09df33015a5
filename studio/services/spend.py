"""What models cost: reserve before a call, settle after it, stop at the budget, and sums for every view."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from pydantic import Field

from studio.domain.chat import Usage
from studio.domain.ids import new_id, utc_now
from studio.domain.model_call import BudgetExceeded
from studio.domain.record import Frozen
from studio.storage.ledger import FILE, Entry, GroupBy, Ledger, Total

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.domain.ids import Clock
    from studio.domain.model_call import CallOrigin

WARN_AT = 0.8
T = TypeVar("T")


class Budget(Frozen):
    """US dollars that calls may cost; None is no limit."""

    daily_usd: float | None = Field(default=None, ge=0)
    monthly_usd: float | None = Field(default=None, ge=0)

    def limits(self) -> dict[str, float]:
        """The limits that are set, by period."""
        both = {"day": self.daily_usd, "month": self.monthly_usd}
        return {period: limit for period, limit in both.items() if limit is not None}


class BudgetState(Frozen):
    """How much of the tightest limit is used. `fraction` is 0 without a limit, and can exceed 1."""

    level: Literal["ok", "warn", "stop"] = "ok"
    period: str = ""
    used_usd: float = 0.0
    limit_usd: float = 0.0
    fraction: float = 0.0

    @property
    def sentence(self) -> str:
        """The state in words."""
        if not self.period:
            return "No budget is set."
        today = "today" if self.period == "day" else "this month"
        return f"{self.fraction:.0%} of the budget for {today} is used: ${self.used_usd:.2f} of ${self.limit_usd:.2f}."


class Reservation(Frozen):
    """A place in the ledger that is held for one request."""

    id: str


class Meter(Protocol):
    """What the gateway needs of the ledger."""

    async def warning(self) -> BudgetState | None: ...

    async def reserve(
        self, *, origin: CallOrigin, model: str, usage: Usage, cost_usd: float | None, expires_in: float
    ) -> Reservation: ...

    async def settle(self, reservation: Reservation, *, usage: Usage, cost_usd: float | None) -> None: ...

    async def release(self, reservation: Reservation) -> None: ...


def local_day(at: datetime) -> str:
    """The user's own calendar day of a moment."""
    return at.astimezone().date().isoformat()


class Spend:
    """The ledger with its budget. All file work is on one thread of its own.

    `budget` is asked before each call, so a changed setting counts at once.
    """

    def __init__(
        self,
        folder: Path,
        *,
        budget: Callable[[], Budget] = Budget,
        clock: Clock = utc_now,
        day_of: Callable[[datetime], str] = local_day,
    ) -> None:
        self._path = folder / FILE
        self._budget = budget
        self._clock = clock
        self._day_of = day_of
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spend")
        self._ledger: Ledger | None = None

    def _open(self) -> Ledger:
        if self._ledger is None:
            self._ledger = Ledger(self._path)
            self._ledger.recover(self._clock())
        return self._ledger

    async def _run(self, work: Callable[[Ledger], T]) -> T:
        """Do it on the ledger's thread. It is done to its end even if the caller is cancelled."""
        future = self._executor.submit(lambda: work(self._open()))
        return await asyncio.shield(asyncio.wrap_future(future))

    def now(self, work: Callable[[Ledger], T]) -> T:
        """Do it on the ledger's thread and wait: for headless commands."""
        return self._executor.submit(lambda: work(self._open())).result()

    def close(self) -> None:
        """Finish what is under way and close the file."""
        self._executor.submit(self._close).result()
        self._executor.shutdown()

    def _close(self) -> None:
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    def _periods(self) -> dict[str, str]:
        day = self._day_of(self._clock())
        return {"day": day, "month": day[:7]}

    async def reserve(
        self, *, origin: CallOrigin, model: str, usage: Usage, cost_usd: float | None, expires_in: float
    ) -> Reservation:
        """Hold the estimate of one request. Raises BudgetExceeded when it would go over a limit."""
        now, limits = self._clock(), self._budget().limits()
        entry = Entry(
            id=new_id(),
            at=now,
            expires_at=now + timedelta(seconds=expires_in),
            model=model,
            usage=usage,
            cost_usd=cost_usd,
            **self._periods(),
            **origin.model_dump(),
        )
        used = await self._run(lambda ledger: ledger.reserve(entry, limits=limits))
        if used is not None:
            raise _over(used, limits, model=model)
        return Reservation(id=entry.id)

    async def settle(self, reservation: Reservation, *, usage: Usage, cost_usd: float | None) -> None:
        """Write what a request used. A second time changes nothing."""
        await self._run(lambda led: led.close_request(reservation.id, state="settled", usage=usage, cost_usd=cost_usd))

    async def release(self, reservation: Reservation) -> None:
        """Give a reservation back: the provider charged nothing."""
        await self._run(lambda led: led.close_request(reservation.id, state="released", usage=Usage(), cost_usd=0.0))

    async def note(self, *, purpose: str, project_id: str, model: str, usage: Usage, cost_usd: float | None) -> None:
        """Write what was used already, whatever the limits say."""
        now = self._clock()
        entry = Entry(
            id=new_id(), at=now, expires_at=now, model=model, purpose=purpose, project_id=project_id, usage=usage,
            cost_usd=cost_usd, **self._periods(),
        )  # fmt: skip

        def write(ledger: Ledger) -> None:
            ledger.reserve(entry, limits={})
            ledger.close_request(entry.id, state="settled", usage=usage, cost_usd=cost_usd)

        await self._run(write)

    async def state(self) -> BudgetState:
        """How the budget stands now."""
        periods = self._periods()
        used = await self._run(lambda ledger: ledger.used(**periods))
        return _state(used, self._budget().limits())

    async def warning(self) -> BudgetState | None:
        """The state, from 80 % on; None below."""
        if not self._budget().limits():
            return None
        state = await self.state()
        return None if state.level == "ok" else state

    async def totals(self, by: GroupBy, *, only: dict[GroupBy, str] | None = None) -> tuple[Total, ...]:
        """Sums by day, month, model, thread, message, project or purpose, latest first."""
        return await self._run(lambda ledger: ledger.totals(by, only=only))

    async def thread_total(self, thread_id: str) -> Total:
        """What one thread cost so far."""
        found = await self.totals("thread_id", only={"thread_id": thread_id})
        return found[0] if found else Total(key=thread_id)

    async def today(self) -> Total:
        """What was used today."""
        day = self._periods()["day"]
        found = await self.totals("day", only={"day": day})
        return found[0] if found else Total(key=day)


def _state(used: dict[str, float], limits: dict[str, float]) -> BudgetState:
    found = BudgetState()
    for period, limit in limits.items():
        fraction = used[period] / limit if limit else 1.0
        if fraction >= found.fraction:
            level = "stop" if fraction >= 1 else "warn" if fraction >= WARN_AT else "ok"
            found = BudgetState(
                level=level, period=period, used_usd=used[period], limit_usd=limit, fraction=round(fraction, 4)
            )
    return found


def _over(used: dict[str, float], limits: dict[str, float], *, model: str) -> BudgetExceeded:
    state = _state(used, limits)
    return BudgetExceeded(
        f"This call would go over the budget. {state.sentence}",
        hint="Raise the budget in Settings › Models, wait, or choose a cheaper or local model.",
        model=model,
    )
