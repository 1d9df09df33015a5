"""The gateway to all models: routes a request, holds it to one deadline, retries, falls back, meters, and cancels."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import aclosing
from typing import TYPE_CHECKING, Self

from studio.domain.errors import StudioError
from studio.domain.model_call import (
    AuthFailed,
    BudgetWarning,
    Delta,
    Finished,
    ModelError,
    ModelEvent,
    ModelRequest,
    ModelResult,
    Retrying,
)
from studio.engine.protocol import Failure
from studio.services.llm.attempt import Attempt
from studio.services.llm.policy import Step, next_step
from studio.services.llm.sentences import error_for

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from studio.domain.chat import Usage
    from studio.services.llm.keys import Keys
    from studio.services.llm.provider import ChatProvider
    from studio.services.llm.routing import Models, Route
    from studio.services.spend import Meter

COOL_DOWN = 300.0
"""The longest time, in seconds, for which a rate-limited model is passed over when there is a fallback."""


class ModelStream:
    """The events of one call. Use it as a context manager, or call `aclose`, so that leaving early stops the model."""

    def __init__(self, events: AsyncGenerator[ModelEvent, None]) -> None:
        self._events = events

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> ModelEvent:
        return await self._events.__anext__()

    async def aclose(self) -> None:
        """Stop the call, if it still runs; what it used is settled."""
        await self._events.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class Gateway:
    """Calls models. One per application; every call is independent of the others.

    `clock` is monotonic seconds; `sleep` and `chance` are passed in by tests.
    """

    def __init__(
        self,
        provider: ChatProvider,
        *,
        models: Models,
        keys: Keys,
        meter: Meter,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.models = models
        self._provider = provider
        self._keys = keys
        self._meter = meter
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._cooling: dict[str, float] = {}

    def stream(self, request: ModelRequest) -> ModelStream:
        """Ask a model. Yields `Started`, then `Delta`, `Thinking`, `Retrying`, `BudgetWarning`, and `Finished` last.

        Raises a ModelError that carries the partial text. Cancelling the task, or `aclose`, stops the model at once.
        """
        return ModelStream(self._events(request))

    async def complete(self, request: ModelRequest) -> ModelResult:
        """Ask a model and wait for the whole answer; raises as `stream` does."""
        text: list[str] = []
        async with self.stream(request) as events:
            async for event in events:
                if isinstance(event, Delta):
                    text.append(event.text)
                elif isinstance(event, Finished):
                    return ModelResult(text="".join(text), finished=event)
        raise AssertionError("a stream ends with Finished or an error")

    async def _events(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        if not await asyncio.to_thread(lambda: request.packed):  # hashes of a long conversation take a while
            raise ValueError("a model reads context packs only, word for word")
        ends = self._clock() + request.deadlines.total
        routes = self._routes(request)
        warned = None if routes[0].free else await self._meter.warning()
        if warned is not None:
            yield BudgetWarning(sentence=warned.sentence, fraction=warned.fraction)
        spent: list[Attempt] = []
        number = 0
        while True:
            number += 1
            attempt = await self._attempt(request, routes[0], number=number, ends=ends)
            spent.append(attempt)
            try:
                async with aclosing(attempt.events(self._provider, self._meter)) as events:
                    async for event in events:
                        yield _summed(event, spent)
                return
            except ModelError as error:
                step = self._after(error, attempt, number=number, has_fallback=len(routes) > 1, ends=ends)
                if step.kind == "raise":
                    error.cost_usd, error.usage = _cost(spent), _usage(spent)
                    raise
                if step.kind == "fallback":
                    routes, number = routes[1:], 0
                yield _retrying(error, routes[0], step)
            if step.wait:
                await self._sleep(step.wait)

    def _after(self, error: ModelError, attempt: Attempt, *, number: int, has_fallback: bool, ends: float) -> Step:
        if error.code == "rate_limit" and error.retry_after:
            self._cooling[attempt.route.model] = self._clock() + min(error.retry_after, COOL_DOWN)
        if attempt.text:
            return Step(kind="raise")
        return next_step(
            error,
            attempt=number,
            has_fallback=has_fallback,
            seconds_left=ends - self._clock(),
            random=self._chance,
        )

    def _routes(self, request: ModelRequest) -> list[Route]:
        """The routes in the order in which they are tried; one that asked for a pause moves behind the others."""
        routes = [self.models.route(request.model)]
        routes += [r for r in map(self._known, request.fallbacks) if r is not None and r != routes[0]]
        now = self._clock()
        return sorted(routes, key=lambda r: self._cooling.get(r.model, 0.0) > now)

    def _known(self, model: str) -> Route | None:
        """The route of a fallback; one that isn't set up is passed over."""
        try:
            return self.models.route(model)
        except ModelError:
            return None

    async def _attempt(self, request: ModelRequest, route: Route, *, number: int, ends: float) -> Attempt:
        key = await self._key(route)
        return Attempt(request, route, number=number, api_key=key, now=self._clock, ends=ends)

    async def _key(self, route: Route) -> str:
        """The route's key. A model that may do without one doesn't need a keyring either."""
        try:
            key = await self._keys.key(route.secret_name) if route.secret_name else None
        except StudioError as error:
            if route.needs_key:
                raise AuthFailed(error.sentence, hint=error.hint, model=route.model, detail=error.code) from error
            key = None
        if not key and route.needs_key:
            raise error_for(Failure(code="auth", detail="no key"), route)
        return key or ""


def _summed(event: ModelEvent, spent: list[Attempt]) -> ModelEvent:
    """`Finished` tells what the whole call cost, not its last attempt alone."""
    return event.model_copy(update={"cost_usd": _cost(spent)}) if isinstance(event, Finished) else event


def _cost(spent: list[Attempt]) -> float | None:
    costs = [a.cost for a in spent if a.usage is not None]
    return None if any(c is None for c in costs) else sum(c for c in costs if c is not None)


def _usage(spent: list[Attempt]) -> Usage | None:
    return spent[-1].usage


def _retrying(error: ModelError, route: Route, step: Step) -> Retrying:
    then = f"Trying {route.label} instead." if step.kind == "fallback" else f"Trying again in {step.wait:.0f} s."
    return Retrying(sentence=f"{error.sentence} {then}", model=route.model, wait_seconds=step.wait)
