"""One physical request to one model: reserved in the ledger, watched by deadlines, metered, always closed."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, get_args

from studio.domain.chat import Usage
from studio.domain.model_call import Delta, Finished, FinishReason, ModelError, Started, Thinking
from studio.engine.protocol import CallFailed, ChatCall, ChatEnd, ChatItem, Failure
from studio.observability import metrics
from studio.services.llm.metering import cost_of, estimate_call, estimate_partial
from studio.services.llm.sentences import error_for

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from studio.domain.model_call import ModelEvent, ModelRequest
    from studio.services.llm.provider import ChatProvider
    from studio.services.llm.routing import Route
    from studio.services.spend import Meter, Reservation

ENGINE_START = 60.0
"""Seconds in which the engine may load its libraries before it must have sent the request."""
_REASONS = frozenset(get_args(FinishReason))


class Attempt:
    """Streams one answer. After it ended, `usage` and `cost` tell what it used, whatever the outcome."""

    def __init__(
        self, request: ModelRequest, route: Route, *, number: int, api_key: str, now: Callable[[], float], ends: float
    ) -> None:
        self.route = route
        self.usage: Usage | None = None
        self.cost: float | None = None
        self.text = ""
        self._request = request
        self._number = number
        self._api_key = api_key
        self._now = now
        self._ends = ends
        self._started = now()
        self._sent_at: float | None = None
        self._heard_at: float | None = None
        self._hidden = ""
        self._reservation: Reservation | None = None

    async def events(self, provider: ChatProvider, meter: Meter) -> AsyncGenerator[ModelEvent, None]:
        """Yield Started, then what arrives, then Finished. Raises ModelError, with the partial text and its cost."""
        estimate = estimate_call(self._request)
        self._reservation = await meter.reserve(
            origin=self._request.origin,
            model=self.route.model,
            usage=estimate,
            cost_usd=cost_of(estimate, self.route.price),
            expires_in=self._ends - self._now() + ENGINE_START,
        )
        end: ChatEnd | None = None
        try:
            yield Started(model=self.route.model, attempt=self._number)
            async with aclosing(self._pieces(provider)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, ChatEnd):
                        end = piece
                    else:
                        yield piece
            finished = self._finished(end)
        except CallFailed as failure:
            await self._failed(failure.failure, meter)
            raise self._error(failure.failure) from failure
        finally:
            await self._close(meter)
        yield finished

    async def _pieces(self, provider: ChatProvider) -> AsyncGenerator[Delta | Thinking | ChatEnd, None]:
        stream = provider.chat(self._call())
        try:
            while True:
                piece = await self._next(stream.__anext__)
                if isinstance(piece, ChatEnd):
                    yield piece
                    return
                event = self._took(piece)
                if event is not None:
                    yield event
        except StopAsyncIteration as error:
            raise CallFailed(Failure(code="cut", detail="no end", billable=True)) from error
        finally:
            await stream.aclose()

    async def _next(self, read: Callable[[], Awaitable[ChatItem | ChatEnd]]) -> ChatItem | ChatEnd:
        allowed = self._limit() - self._now()
        try:
            async with asyncio.timeout(max(0.0, allowed)):
                return await read()
        except TimeoutError as error:
            raise CallFailed(Failure(code="timeout", detail="deadline", billable=True)) from error

    def _limit(self) -> float:
        """When the wait for the next piece must end."""
        deadlines = self._request.deadlines
        if self._heard_at is not None:
            limit = self._heard_at + deadlines.between
        elif self._sent_at is not None:
            limit = self._sent_at + deadlines.first_token
        else:
            limit = self._started + ENGINE_START
        return min(limit, self._ends)

    def _took(self, item: ChatItem) -> Delta | Thinking | None:
        if item.kind == "sent":
            self._sent_at = self._now()
            return None
        if self._heard_at is None and self._sent_at is not None:
            metrics.session.timing("model.first_piece", (self._now() - self._sent_at) * 1000)
        self._heard_at = self._now()
        if item.kind == "text":
            self.text += item.text
            return Delta(text=item.text)
        self._hidden += item.text
        return Thinking(text=item.text) if item.kind == "thinking" else None

    def _call(self) -> ChatCall:
        request, route = self._request, self.route
        return ChatCall(
            backend=route.backend,
            model=route.name,
            base_url=route.base_url,
            direct_url=route.direct_url,
            direct_model=route.direct_model,
            api_key=self._api_key,
            messages=request.messages,
            temperature=request.temperature if route.temperature else None,
            max_tokens=request.max_tokens,
            response=request.response,
            read_timeout=max(request.deadlines.first_token, request.deadlines.between) + 5,
        )

    def _finished(self, end: ChatEnd | None) -> Finished:
        if end is not None:
            self.usage = end.usage or self._partial()
            self.cost = cost_of(self.usage, self.route.price)
        if end is not None and end.finish_reason not in _REASONS:
            raise CallFailed(Failure(code=end.finish_reason, detail=end.finish_reason, billable=True))
        if end is None or not (self.text.strip() or end.tool_arguments.strip()):
            raise CallFailed(Failure(code="bad_response", detail="empty", billable=True))
        if self._sent_at is not None:
            metrics.session.timing("model.answer", (self._now() - self._sent_at) * 1000)
        return Finished.model_validate(
            {
                "finish_reason": end.finish_reason,
                "usage": self.usage,
                "cost_usd": self.cost,
                "model": self.route.model,
                "provider_request_id": end.request_id,
                "tool_arguments": end.tool_arguments,
            }
        )

    def _partial(self) -> Usage:
        return estimate_partial(self._request, self.text + self._hidden)

    async def _failed(self, failure: Failure, meter: Meter) -> None:
        """Give back what was reserved where the provider charged nothing."""
        metrics.session.count(f"model.failed.{failure.code}")
        if not failure.billable and not self.text and self._reservation is not None:
            self.usage, self.cost = Usage(), 0.0
            reservation, self._reservation = self._reservation, None
            await meter.release(reservation)

    async def _close(self, meter: Meter) -> None:
        """Settle what is still reserved: the whole answer, a partial one, or a stopped one."""
        if self._reservation is None:
            return
        reservation, self._reservation = self._reservation, None
        if self.usage is None:
            self.usage = self._partial() if self._sent_at is not None else Usage()
            self.cost = cost_of(self.usage, self.route.price)
        await meter.settle(reservation, usage=self.usage, cost_usd=self.cost)

    def _error(self, failure: Failure) -> ModelError:
        if self.usage is None:
            self.usage = self._partial()
            self.cost = cost_of(self.usage, self.route.price)
        error = error_for(failure, self.route)
        error.partial, error.usage, error.cost_usd = self.text, self.usage, self.cost
        return error
