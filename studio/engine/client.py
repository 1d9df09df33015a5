"""The app's side of the engine: calls and streams over one child process that starts, restarts and stops by itself.

Works on any event loop, asyncio's or qasync's, and from several at once: each call remembers its own.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import threading
import time
from typing import TYPE_CHECKING, Any, Self

from studio.engine.link import Link
from studio.engine.protocol import (
    VERSION,
    Call,
    CallFailed,
    Cancel,
    ChatCall,
    ChatEnd,
    ChatItem,
    Done,
    Failed,
    Failure,
    FromEngine,
    Hello,
    Item,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)
HEALTHY = 10.0
"""A process that lived this many seconds may be started again at once."""
BACKOFF = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds before a start, by how many short lives came before it."""
Ended = Done | Failed


class _Pending:
    """One call under way: its frames go to a queue on its own loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.frames: asyncio.Queue[Item | Ended] = asyncio.Queue()

    def put(self, frame: Item | Ended) -> None:
        try:
            self._loop.call_soon_threadsafe(self.frames.put_nowait, frame)
        except RuntimeError:  # the loop is closed: nobody waits any more
            log.debug("a frame came after its loop was closed")


class EngineStream:
    """The items of one call, then `result`. `aclose` cancels it; so does forgetting it."""

    def __init__(self, client: EngineClient, method: str, params: dict[str, Any]) -> None:
        self.result: dict[str, Any] | None = None
        self._client = client
        self._method = method
        self._params: dict[str, Any] | None = params
        self._call = 0
        self._pending: _Pending | None = None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> dict[str, Any]:
        if self.result is not None:
            raise StopAsyncIteration
        if self._pending is None:
            await self._start()
        assert self._pending is not None
        frame = await self._pending.frames.get()
        if isinstance(frame, Item):
            return frame.data
        self._call = 0
        if isinstance(frame, Failed):
            self.result = {}
            raise CallFailed(frame.failure)
        self.result = frame.data
        raise StopAsyncIteration

    async def _start(self) -> None:
        await self._client.rested()
        self._pending = _Pending(asyncio.get_running_loop())
        params, self._params = self._params or {}, None
        self._call = self._client.open(self._pending, self._method, params)

    def cancel(self) -> None:
        """Stop the call, if it runs. Does not wait; from any thread."""
        if self._call:
            call, self._call = self._call, 0
            self._client.abandon(call)

    async def aclose(self) -> None:
        """Stop the call, if it runs."""
        self.result = self.result or {}
        self.cancel()

    def __del__(self) -> None:
        self.cancel()


class EngineClient:
    """The engine. Nothing starts before the first call or `warm`. `changed` hears "starting", "ready", "stopped"."""

    def __init__(self, *, argv: Sequence[str] = (), changed: Callable[[str], None] | None = None) -> None:
        self._argv = tuple(argv)
        self._changed = changed or (lambda _state: None)
        self._lock = threading.RLock()  # re-entered when a forgotten stream is collected inside
        self._ids = itertools.count(1)
        self._link: Link | None = None
        self._calls: dict[int, _Pending] = {}
        self._short_lives = 0
        self._died_at = 0.0
        self._closed = False
        self._warming: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process that runs now, or None."""
        link = self._link
        return link.pid if link is not None else None

    async def start(self) -> None:
        """Start the process and wait until it answers."""
        await self.call("ping")

    def warm(self) -> None:
        """Start it and load its libraries in the background; for after the first paint. Needs a running loop."""
        self._warming = asyncio.ensure_future(self._warm())

    async def _warm(self) -> None:
        try:
            await self.call("warm")
        except CallFailed as error:
            log.warning("the engine didn't warm up: %s", error)

    async def ping(self) -> float:
        """Seconds for the way there and back."""
        before = time.perf_counter()
        await self.call("ping")
        return time.perf_counter() - before

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method and wait for its result. Raises CallFailed; cancelling the task cancels the call."""
        stream = self.stream(method, **params)
        try:
            async for _ in stream:
                pass
        finally:
            await stream.aclose()
        return stream.result or {}

    def stream(self, method: str, **params: Any) -> EngineStream:
        """Call a method that yields. Close the stream when leaving early."""
        return EngineStream(self, method, params)

    async def rested(self) -> None:
        """Wait out the pause before a start that follows short lives."""
        with self._lock:
            if self._link is not None:
                return
            pause = BACKOFF[min(self._short_lives, len(BACKOFF) - 1)]
            wait = self._died_at + pause - time.monotonic() if self._died_at else 0.0
        if wait > 0:
            await asyncio.sleep(wait)

    def open(self, pending: _Pending, method: str, params: dict[str, Any]) -> int:
        """Send a call; starts the process if there is none. From any thread."""
        with self._lock:
            if self._closed:
                raise CallFailed(Failure(code="cancelled", detail="the app is closing"))
            if self._link is None:
                self._link = Link(self._took, self._ended, argv=self._argv)
                self._changed("starting")
            number = next(self._ids)
            self._calls[number] = pending
            self._link.send(Call(id=number, method=method, params=params))
            return number

    def abandon(self, number: int) -> None:
        """Cancel a call whose frames nobody wants any more. From any thread."""
        with self._lock:
            if self._calls.pop(number, None) is not None and self._link is not None:
                self._link.send(Cancel(id=number))

    def _took(self, link: Link, frame: FromEngine) -> None:
        if isinstance(frame, Hello):
            if frame.version != VERSION:
                log.error("the engine speaks version %s, this app %s", frame.version, VERSION)
            self._changed("ready")
            return
        with self._lock:
            pending = self._calls.get(frame.id) if isinstance(frame, Item) else self._calls.pop(frame.id, None)
        if pending is not None and link is self._link:
            pending.put(frame)

    def _ended(self, link: Link) -> None:
        with self._lock:
            if link is not self._link:
                return
            self._link = None
            self._died_at = time.monotonic()
            lived = self._died_at - link.started_at
            self._short_lives = 0 if lived > HEALTHY else self._short_lives + 1
            calls, self._calls = self._calls, {}
        code = "cancelled" if self._closed else "engine_died"
        failure = Failure(code=code, detail=f"the engine ended after {lived:.1f} s", billable=True)
        for number, pending in calls.items():
            pending.put(Failed(id=number, failure=failure))
        self._changed("stopped")

    def shutdown(self) -> None:
        """End the process within a second. Blocks; calls under way end as `cancelled`, later ones are refused."""
        with self._lock:
            self._closed = True
            link = self._link
        if self._warming is not None and not self._warming.done() and not self._warming.get_loop().is_closed():
            self._warming.get_loop().call_soon_threadsafe(self._warming.cancel)
        if link is not None:
            link.stop()

    async def aclose(self) -> None:
        """`shutdown` without blocking the loop."""
        await asyncio.to_thread(self.shutdown)

    def chat(self, call: ChatCall) -> ChatStream:
        """Stream one answer."""
        return ChatStream(self.stream("chat", **call.model_dump(mode="json")))


class ChatStream:
    """One answer: items, then exactly one end. Raises CallFailed."""

    def __init__(self, stream: EngineStream) -> None:
        self._stream = stream
        self._ended = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> ChatItem | ChatEnd:
        if self._ended:
            raise StopAsyncIteration
        try:
            return ChatItem.model_validate(await anext(self._stream))
        except StopAsyncIteration:
            self._ended = True
            return ChatEnd.model_validate(self._stream.result)

    async def aclose(self) -> None:
        """Stop the answer, if it still runs."""
        await self._stream.aclose()
