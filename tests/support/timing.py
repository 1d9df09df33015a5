"""Time limits that hold on a busy machine: work is counted in the thread's own time, waits are taken more than once."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

TAKES = 3


class Took:
    """What a block took: `seconds` is known when it has ended."""

    seconds = 0.0


@contextmanager
def worked() -> Iterator[Took]:
    """Seconds that this thread worked, not those in which the machine did something else. For what waits for nobody."""
    took, before = Took(), time.thread_time()
    yield took
    took.seconds = time.thread_time() - before


async def seconds(work: Awaitable[object]) -> float:
    """How long something took to come to its end."""
    before = time.monotonic()
    await work
    return time.monotonic() - before


async def shortest(once: Callable[[], Awaitable[float]], *, under: float) -> float:
    """The shortest of up to three takes, the first that is short enough: what is over was the machine's, not ours."""
    best = await once()
    for _ in range(TAKES - 1):
        if best < under:
            break
        best = min(best, await once())
    return best
