"""Talking to models: litellm or the direct way for each call, small pieces gathered into at most sixty a second."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from studio.engine.protocol import ChatCall, ChatEnd, ChatItem

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from studio.engine.methods import Piece

FLUSH = 1 / 60


async def ping(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Answer, with what was sent."""
    yield "done", params


async def warm(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Load what the first call would wait for. `litellm` tells whether it is there."""
    from studio.engine import models_litellm

    del params
    started = time.monotonic()
    found = await models_litellm.loaded()
    if found is not None:
        await models_litellm.rehearse()
    yield "done", {"litellm": found is not None, "seconds": time.monotonic() - started}


async def chat(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Stream one answer: `ChatItem` pieces, then a `ChatEnd`."""
    call = ChatCall.model_validate(params)
    async with aclosing(_answer(call)) as answer, aclosing(_gathered(answer)) as pieces:
        async for piece in pieces:
            kind = "done" if isinstance(piece, ChatEnd) else "item"
            yield kind, piece.model_dump(mode="json")


async def _answer(call: ChatCall) -> AsyncGenerator[ChatItem | ChatEnd, None]:
    from studio.engine import models_http, models_litellm

    way = models_http.stream
    if call.backend == "litellm" and await models_litellm.loaded() is not None:
        way = models_litellm.stream
    async with aclosing(way(call)) as pieces:
        async for piece in pieces:
            yield piece


async def _gathered(answer: AsyncGenerator[ChatItem | ChatEnd, None]) -> AsyncGenerator[ChatItem | ChatEnd, None]:
    """Join text pieces that come within one flush of each other. The first goes out at once."""
    arrived: asyncio.Queue[ChatItem | ChatEnd | Exception] = asyncio.Queue()

    async def pump() -> None:
        try:
            async for piece in answer:
                arrived.put_nowait(piece)
        except Exception as error:  # noqa: BLE001 - carried over to the reader, who raises it
            arrived.put_nowait(error)

    task = asyncio.create_task(pump())
    try:
        while True:
            batch = [await arrived.get()]
            while not arrived.empty():
                batch.append(arrived.get_nowait())
            for piece in _joined(batch):
                if isinstance(piece, Exception):
                    raise piece
                yield piece
                if isinstance(piece, ChatEnd):
                    return
            await asyncio.sleep(FLUSH)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _joined(batch: list[ChatItem | ChatEnd | Exception]) -> list[ChatItem | ChatEnd | Exception]:
    joined: list[ChatItem | ChatEnd | Exception] = []
    for piece in batch:
        last = joined[-1] if joined else None
        if isinstance(piece, ChatItem) and isinstance(last, ChatItem) and last.kind == piece.kind:
            joined[-1] = ChatItem(kind=piece.kind, text=last.text + piece.text)
        else:
            joined.append(piece)
    return joined
