"""The engine's own main: reads frames on a thread, runs each call as a task, and never outlives the app.

stdin and stdout are the pipe. Whatever else prints goes to stderr, so that no library can break a frame. When the pipe
closes, because the app quit or died, the process ends at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import queue
import sys
import threading
from contextlib import aclosing
from typing import TYPE_CHECKING, BinaryIO

from studio.engine.faults import EngineFailure, as_failure
from studio.engine.methods import Method, methods
from studio.engine.protocol import (
    TO_ENGINE,
    VERSION,
    Call,
    Cancel,
    Done,
    Failed,
    FromEngine,
    Hello,
    Item,
    encode,
    read_frame,
)

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)


class Server:
    """Serves calls until told to stop. `send` must be quick: it is called on the loop."""

    def __init__(self, send: Callable[[FromEngine], None], available: dict[str, Method]) -> None:
        self._send = send
        self._methods = available
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self.stopped = asyncio.Event()

    def take(self, frame: bytes) -> None:
        """Act on one frame of the app."""
        message = TO_ENGINE.validate_json(frame)
        if isinstance(message, Call):
            task = asyncio.create_task(self._serve(message), name=f"{message.method}-{message.id}")
            self._tasks[message.id] = task
            task.add_done_callback(lambda _: self._tasks.pop(message.id, None))
        elif isinstance(message, Cancel):
            if (task := self._tasks.get(message.id)) is not None:
                task.cancel()
        else:
            self.stopped.set()

    async def _serve(self, call: Call) -> None:
        try:
            method = self._methods.get(call.method)
            if method is None:
                raise EngineFailure("internal", detail=f"no method {call.method}")
            async with aclosing(method(call.params)) as pieces:
                last: dict[str, object] = {}
                async for kind, data in pieces:
                    if kind == "item":
                        self._send(Item(id=call.id, data=data))
                    else:
                        last = data
            self._send(Done(id=call.id, data=last))
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - the border of the process: every fault becomes a typed frame
            failure = as_failure(error, secrets=_secrets(call))
            if failure.code == "internal":
                log.error("%s failed: %s", call.method, failure.detail)
            self._send(Failed(id=call.id, failure=failure))

    async def stop(self) -> None:
        """Cancel what runs, so that connections are closed politely."""
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


def _secrets(call: Call) -> tuple[str, ...]:
    key = call.params.get("api_key")
    return (key,) if isinstance(key, str) and key else ()


def _take_pipe() -> tuple[BinaryIO, BinaryIO]:
    """Our ends of the pipe; file descriptors 0 and 1 then lead nowhere and to stderr."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    with contextlib.suppress(OSError):
        os.dup2(2, 1)
    return source, sink


def _read_all(source: BinaryIO, loop: asyncio.AbstractEventLoop, take: Callable[[bytes], None]) -> None:
    try:
        while (frame := read_frame(source)) is not None:
            loop.call_soon_threadsafe(take, frame)
    except Exception:
        log.exception("the app's frames can't be read")
    finally:
        os._exit(0)


def _write_all(sink: BinaryIO, frames: queue.SimpleQueue[bytes | None]) -> None:
    try:
        while (frame := frames.get()) is not None:
            sink.write(frame)
    except OSError:
        os._exit(0)


async def _serve(source: BinaryIO, sink: BinaryIO) -> None:
    frames: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    server = Server(lambda frame: frames.put(encode(frame)), methods())
    writer = threading.Thread(target=_write_all, args=(sink, frames), name="engine-writer", daemon=True)
    reader = threading.Thread(
        target=_read_all, args=(source, asyncio.get_running_loop(), server.take), name="engine-reader", daemon=True
    )
    writer.start()
    frames.put(encode(Hello(version=VERSION, pid=os.getpid())))
    reader.start()
    await server.stopped.wait()
    try:
        async with asyncio.timeout(0.3):
            await server.stop()
    except TimeoutError:
        log.warning("some calls didn't stop in time")
    frames.put(None)
    writer.join(0.2)


def main(argv: list[str] | None = None) -> int:
    """Serve until the app says goodbye or is gone."""
    del argv
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="engine %(levelname)s %(name)s: %(message)s")
    source, sink = _take_pipe()
    asyncio.run(_serve(source, sink))
    sys.stderr.flush()
    os._exit(0)
