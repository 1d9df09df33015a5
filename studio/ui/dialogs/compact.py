"""Making the open project's file smaller: what would go, a question, a job, and how much room that gave back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.services import compacting
from studio.ui.dialogs.ask import confirm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.services.compacting import Compacted
    from studio.ui.context import StudioContext

TITLE = "Compact the project"


async def compact(ctx: StudioContext, parent: QWidget) -> None:
    """Ask, then do it behind the window. It can be stopped until the backup is made; then it is soon over."""
    found = await ctx.workspace.run(compacting.unused)
    if not await confirm(parent, TITLE, question(found), action="Compact"):
        return
    running, begun = asyncio.current_task(), False

    def stop() -> None:
        if running is not None and not begun:
            running.cancel()

    def told(words: str) -> None:
        nonlocal begun
        begun = words == compacting.LETTING_GO
        job.update(None, words)

    job = ctx.tasks.job(TITLE, stop)
    try:
        done = await compacting.compact_open(ctx.workspace, told=told)
    except asyncio.CancelledError:
        job.finish("cancelled", "Stopped; the file is as it was.")
        raise
    except Exception:
        job.finish("failed", "The file is as it was.")
        raise
    job.finish("done", answer(done))
    ctx.toast(answer(done))


def question(found: Compacted) -> str:
    """What would go, and what stays."""
    days = f"What was removed within the last {compacting.KEEP_DAYS} days stays, so that Undo can bring it back."
    if not found.count:
        return f"Nothing in the file is unused; it can only be packed tighter ({_mb(found.before)} now). {days}"
    what = f"{_many(found)} that nothing names any more: {_mb(found.bytes)} of {_mb(found.before)}."
    return f"{what} {days} A verified backup is made first, and still has all of it."


def answer(done: Compacted) -> str:
    """How much room there is now."""
    freed = done.before - done.after
    if freed < 50_000:
        return f"The file was as small as its content already: {_mb(done.after)}."
    let_go = f" {_many(done)} went; the backup has them." if done.count else ""
    return f"{_mb(freed)} are free again: the file had {_mb(done.before)} and has {_mb(done.after)}.{let_go}"


def _many(found: Compacted) -> str:
    images, texts = len(found.images), found.texts
    parts = [f"{n} {one if n == 1 else f'{one}s'}" for n, one in ((images, "image"), (texts, "text")) if n]
    return " and ".join(parts)


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
