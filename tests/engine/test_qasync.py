"""The engine under the window's own event loop: answers come, the loop stays free, a death is survived."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import TYPE_CHECKING

import pytest
import qasync

from studio.domain.model_call import ChatMessage
from studio.engine.client import EngineClient
from studio.engine.protocol import CallFailed, ChatCall, ChatItem
from tests.support.provider import Reply, ScriptedProvider
from tests.support.timing import shortest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def loop(qtbot: QtBot) -> Iterator[qasync.QEventLoop]:
    """A loop over the test's QApplication."""
    from PySide6.QtWidgets import QApplication

    del qtbot
    made = qasync.QEventLoop(QApplication.instance(), already_running=False)
    before = asyncio.get_event_loop_policy()
    yield made
    made.close()
    asyncio.set_event_loop_policy(before)


async def heartbeat(gaps: list[float]) -> None:
    """Note how long the loop was away, every 5 ms."""
    last = time.perf_counter()
    while True:
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        gaps.append(now - last)
        last = now


async def answer(engine: EngineClient, provider: ScriptedProvider) -> str:
    message = ChatMessage(role="user", content="hi")
    call = ChatCall(backend="openai_compat", model="fake", direct_url=provider.url, messages=(message,))
    return "".join([p.text async for p in engine.chat(call) if isinstance(p, ChatItem)])


def test_streams_run_while_the_engine_warms_up_and_the_loop_stays_free(
    loop: qasync.QEventLoop, provider: ScriptedProvider
) -> None:
    async def long_gap() -> float:
        engine, gaps = EngineClient(), []
        beat = asyncio.create_task(heartbeat(gaps))
        await asyncio.sleep(0.1)
        engine.warm()
        provider.default = Reply("word " * 400, pause=0.005)
        assert await answer(engine, provider) == "word " * 400
        beat.cancel()
        await engine.aclose()
        gaps.sort()
        return gaps[int(len(gaps) * 0.95)]

    with loop:
        assert loop.run_until_complete(shortest(long_gap, under=0.033)) < 0.033


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_the_window_survives_the_death_of_its_engine(loop: qasync.QEventLoop, provider: ScriptedProvider) -> None:
    engine = EngineClient()

    async def main() -> str:
        await engine.start()
        provider.push(Reply("word " * 400, pause=0.02))
        running = asyncio.create_task(answer(engine, provider))
        await provider.until(lambda: provider.calls)
        assert engine.pid is not None
        os.kill(engine.pid, signal.SIGKILL)
        with pytest.raises(CallFailed):
            await running
        provider.push(Reply("back again"))
        text = await answer(engine, provider)
        await engine.aclose()
        return text

    with loop:
        assert loop.run_until_complete(main()) == "back again"
