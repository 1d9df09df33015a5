"""The chat's figures: drawing a stream, opening and scrolling ten thousand messages, the heartbeat of the window."""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studio.domain.chat import Usage
from studio.domain.model_call import Delta, Finished, ModelEvent, ModelRequest, Started
from studio.services.chat import messages, threads
from studio.ui.chat import ChatPanel
from studio.ui.markdown.view import MarkdownView
from tests.bench.measuring import Report, percentile
from tests.services.chat.conftest import ScriptedGateway
from tests.ui.conftest import ctx, dressed, loop, no_blocking_calls, run, settings, theme, workspace  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pytestqt.qtbot import QtBot

    from studio.domain.chat import Role
    from studio.services.workspace import Workspace
    from studio.ui.theme import Theme
    from tests.ui.conftest import Run, TestContext

pytestmark = [pytest.mark.bench, pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(240)]

ROOM = """## Room {n}

A **vaulted** hall where [[Keeper {n}]] waits for the *ninth* bell.

- Goal: hold the lantern
- Loot: {n} crowns

| Guard | Strength |
|---|---:|
| Watcher | {n} |

```text
door {n}
```

"""
ANSWER = "The lamp is dark and the sea is quiet. " * 42
SPEAKERS: tuple[Role, Role] = ("user", "assistant")


def long_answer(lines: int) -> str:
    """A Markdown answer of so many lines with everything in it."""
    each = ROOM.count("\n")
    return "".join(ROOM.format(n=n) for n in range(lines // each + 1))


def paint() -> None:
    QApplication.processEvents()


def test_a_flush_stays_small_however_long_the_answer_is(theme: Theme, qtbot: QtBot, report: Report) -> None:  # noqa: F811
    text = long_answer(6000)[:50_000]
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(720, 900)
    view.show()
    view.begin()
    step = len(text) // 600
    taken: list[float] = []
    for at in range(0, len(text), step):
        started = time.perf_counter()
        view.feed(text[at : at + step])
        view.flush()
        view.height_for(720)
        paint()
        taken.append((time.perf_counter() - started) * 1000)
    tail = taken[-100:]
    report.add("stream flush with paint, 50k characters, p95", percentile(taken, 95), limit=8)
    report.add("stream flush with paint, the last 100 of 50k, p95", percentile(tail, 95), limit=8)


@pytest.fixture
def big_thread(workspace: Workspace) -> str:  # noqa: F811
    """A thread with ten thousand messages of some 1,600 characters."""
    thread = workspace.run_now(threads.create_thread, title="Ten thousand")
    for start in range(0, 10_000, 1000):
        said: list[tuple[Role, str]] = [
            (SPEAKERS[n % 2], f"Message {n}. " + (ANSWER if n % 2 else "")) for n in range(start, start + 1000)
        ]
        workspace.run_now(messages.add_messages, thread.id, said, origin="bench")
    return thread.id


@pytest.fixture
def panel(ctx: TestContext, qtbot: QtBot) -> ChatPanel:  # noqa: F811
    made = ChatPanel(ctx)
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.drafts.ready)
    return made


def test_ten_thousand_messages_open_and_scroll(
    big_thread: str,
    panel: ChatPanel,
    run: Run[Any],  # noqa: F811
    report: Report,
) -> None:
    gc.disable()
    taken = []
    for _ in range(5):
        run(panel.show_thread(""))
        started = time.perf_counter()
        run(panel.show_thread(big_thread))
        paint()
        taken.append((time.perf_counter() - started) * 1000)
    assert len(panel.list.rows) == 10_000
    assert panel.list.live_widgets < 40
    report.add("open a thread of 10,000 messages, best of 5", min(taken), limit=120)
    report.add("open a thread of 10,000 messages, worst of 5", max(taken), limit=300)
    scroll(panel, report, "wheel step", -120, limit=16)
    scroll(panel, report, "page", -panel.list.verticalScrollBar().pageStep(), limit=16)
    gc.enable()


def scroll(panel: ChatPanel, report: Report, name: str, by: int, *, limit: float) -> None:
    bar = panel.list.verticalScrollBar()
    taken = []
    for _ in range(120):
        started = time.perf_counter()
        bar.setValue(bar.value() + by)
        paint()
        taken.append((time.perf_counter() - started) * 1000)
        ready = time.perf_counter() + 0.03
        while time.perf_counter() < ready:
            paint()
    report.add(f"scroll 10,000 messages, {name}, p95", percentile(taken, 95), limit=limit)


class Fast(ScriptedGateway):
    """Streams a long answer at some 150 pieces a second."""

    async def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        text = long_answer(3000)
        yield Started(model=request.model)
        step = len(text) // 450
        for at in range(0, len(text), step):
            yield Delta(text=text[at : at + step])
            await asyncio.sleep(0.006)
        yield Finished(finish_reason="stop", usage=Usage(), cost_usd=0.0, model=request.model)


def test_the_window_keeps_its_heartbeat_while_three_thousand_lines_stream(
    panel: ChatPanel,
    ctx: TestContext,  # noqa: F811
    qtbot: QtBot,
    report: Report,
) -> None:
    gc.disable()
    ctx.gateway = Fast()
    ctx.settings.set(start_model="test/m")
    gaps: list[float] = []
    heart = beating(gaps)
    panel.composer.edit.setPlainText("All of it, please.")
    panel.asking.send()
    qtbot.waitUntil(lambda: len(panel.state.path) == 2 and panel.state.live is None, timeout=60_000)
    heart.stop()
    gc.enable()
    report.add("heartbeat while 3,000 lines stream, p99", percentile(gaps, 99), limit=50)
    report.add("heartbeat while 3,000 lines stream, longest gap", max(gaps), limit=120)


def beating(gaps: list[float]) -> QTimer:
    """A timer of 16 ms that notes how long it really took."""
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    timer = QTimer(interval=16)
    timer.timeout.connect(beat)
    timer.start()
    return timer
