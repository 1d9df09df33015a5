"""The background indexer: brings the index up to the project, follows each commit, fills in vectors meanwhile.

Two things go on side by side. *Following* writes the texts of whatever a commit touched and embeds those few at once,
so that an edit is found within a second. *Filling* embeds what lacks a vector, a few chunks at a time, the most linked
and newest records first. Both start from what the index says of itself, so it doesn't matter where a run before this
one ended, or how.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Literal

from studio.domain.events import Committed
from studio.domain.record import Frozen
from studio.engine.protocol import CallFailed, Failure
from studio.services.retrieval import following, source
from studio.services.retrieval.index import ANEW, BUSY, DIED
from studio.services.retrieval.state import head

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from studio.services.retrieval.index import Index
    from studio.services.workspace import Workspace

log = logging.getLogger(__name__)
READ = 40
"""So many records are cut into chunks in one go of the project's thread, which others wait for."""
WRITE = 250
"""So many rows go to the engine at once."""
FILL = 32
"""So many chunks are embedded at once: about half a second, after which there is progress to tell."""
AT_ONCE = 64
"""So many chunks of an edit are embedded without queueing."""
IDLE, AGAIN, SOON = 30.0, 20.0, 2.0
"""Seconds without work before tidying up, before asking again what failed, and whether another process has ended."""
DEATHS, MINUTE = 3, 60.0
"""An engine that dies so often in a minute died of this index: it is made anew, and after as many again left alone."""
_WHY = {
    "offline": "The embedder's server doesn't answer",
    "auth": "The embedder's server refuses the key",
    "quota": "The embedder's account is used up",
    "budget": "The budget is used up",
    "no_embedder": "The embedder is not installed whole",
}

State = Literal["reading", "filling", "ready", "paused", "waiting", "off"]


class Progress(Frozen):
    """How far the index is: `total` texts are found by words, `vectors` of them by meaning too."""

    state: State = "off"
    vectors: int = 0
    total: int = 0
    sentence: str = ""

    @property
    def fraction(self) -> float | None:
        """0 to 1, None while nobody knows."""
        return min(1.0, self.vectors / self.total) if self.total else None


class Indexer:
    """Keeps one index up to one project while `run` runs. Lives on the loop that it was made on."""

    def __init__(
        self,
        workspace: Workspace,
        index: Index,
        *,
        changed: Callable[[Progress], object] = lambda _: None,
        workers: int = 1,
        busy: Callable[[], bool] = lambda: False,
        anew: bool = False,
        local: bool = True,
    ) -> None:
        self.workspace = workspace
        self.index = index
        self.progress = Progress()
        self._changed = changed
        self._workers = workers
        self._busy = busy
        self._local = local
        self._touched: set[str] = set()
        self._queue: list[str] = []
        self._total = 0
        self._lost = True
        self._anew = anew
        self._paused = False
        self._follow_on, self._fill_on = asyncio.Event(), asyncio.Event()
        self._died: list[float] = []
        index.on_lost = self._index_lost

    # ---- what others may do ------------------------------------------------------------------------------------

    @property
    def paused(self) -> bool:
        """Whether filling waits to be told to go on."""
        return self._paused

    def pause(self) -> None:
        """Embed nothing but fresh edits until `resume`. Words stay up to date."""
        self._paused = True
        self._tell("paused", "Search by meaning waits; words are found.")

    def resume(self) -> None:
        """Go on filling."""
        self._paused = False
        self._tell("filling" if self._queue else "ready")
        self._fill_on.set()

    async def run(self) -> None:
        """Until cancelled."""
        release = self.workspace.bus.subscribe(Committed, self._committed)
        loops = [asyncio.ensure_future(self._forever(once)) for once in (self._follow, self._fill)]
        try:
            await asyncio.gather(*loops)
        finally:
            release()
            for task in loops:
                task.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            self._tell("off")
            with contextlib.suppress(CallFailed):
                await self.index.close()

    async def catch_up(self, *, meaning: bool = True, some: int | None = None) -> Progress:
        """Bring everything up to date once, for headless commands; `some` chunks at most are embedded. May raise."""
        await self._sync()
        wanted = len(self._queue) if some is None else min(some, len(self._queue))
        stop = len(self._queue) - wanted
        while meaning and len(self._queue) > stop:
            await self._embed_next(min(FILL * self._workers, len(self._queue) - stop))
            self._tell("filling")
            await self.index.tidy()
        if wanted:
            await self.index.tidy(now=True)
        self._tell("ready")
        return self.progress

    # ---- the two loops -----------------------------------------------------------------------------------------

    async def _forever(self, once: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await once()
            except CallFailed as error:
                if once == self._follow and error.failure.code != BUSY:
                    self._index_lost()
                await asyncio.sleep(self._pause_after(error))

    def _pause_after(self, error: CallFailed) -> float:
        """Seconds until the next try; what failed is told."""
        code = error.failure.code
        if code in (ANEW, DIED):
            log.info("the index begins again: %s", error)
            self._index_lost()
            return self._pause_after_death() if code == DIED else 0.0
        if code == BUSY:
            self._tell("waiting", "Another window keeps the index of this project; words are found here.")
            return SOON
        log.warning("the index can't go on: %s", error)
        self._tell("waiting", f"{_WHY.get(code, 'Something failed')}. Words are found; meaning is tried again.")
        return AGAIN if code in _WHY else SOON

    def _pause_after_death(self) -> float:
        now = time.monotonic()
        self._died = [at for at in self._died if now - at < MINUTE] + [now]
        if len(self._died) <= 2 * DEATHS:
            return 0.2
        self._tell("waiting", "The engine can't keep an index here; words are found.")
        return 10 * MINUTE

    async def _follow(self) -> None:
        if self._lost:
            await self._sync()
        mark = await self.workspace.run(head)  # all events up to this commit have been heard by now
        touched, self._touched = self._touched, set()
        if touched:
            await self._refresh(touched, mark)
        elif not self._lost:
            self._follow_on.clear()
            await self._follow_on.wait()

    async def _fill(self) -> None:
        if self._lost or self._paused or not self._queue or self._busy():
            self._fill_on.clear()
            await self._wait_for_work()
            return
        await self._embed_next(FILL)
        await self.index.tidy()
        if not (self._lost or self._paused):
            self._tell("filling" if self._queue else "ready")

    async def _wait_for_work(self) -> None:
        """Wait; tidy up when there was nothing to do for a while."""
        try:
            async with asyncio.timeout(1.0 if self._busy() else IDLE):
                await self._fill_on.wait()
        except TimeoutError:
            if not (self._lost or self._queue) and await self.index.tidy(now=True):
                await self._fill_on.wait()

    # ---- following ---------------------------------------------------------------------------------------------

    def _committed(self, event: Committed) -> None:
        self._touched |= set(event.ids())
        if self._lost:
            self.index.fresh = False
        self._follow_on.set()

    def _index_lost(self) -> None:
        self._lost = True
        self.index.fresh = False
        self._follow_on.set()

    async def _sync(self) -> None:
        """Compare project and index, write what differs, queue what lacks a vector."""
        started = time.monotonic()
        self._tell("reading", "Reading the world for search.")
        state = await self.index.open(rebuild=self._anew or len(self._died) == DEATHS)
        self._anew = False
        self.index.life = state.life
        mark = await self.workspace.run(head)
        if not state.writer:
            self.index.fresh = state.done == mark
            raise CallFailed(Failure(code=BUSY))
        self._lost = False
        touched = await self.workspace.run(following.changed_since, state.done) if state.rows else None
        if touched is None:
            await self._compare_all(mark)
        else:
            await self._write(touched, mark)
        self.index.fresh = not self._lost
        await self._queue_pending()
        log.info("the index follows the project after %.1f s", time.monotonic() - started)

    async def _compare_all(self, mark: str) -> None:
        order = await self.workspace.run(source.searchable)
        known = await self.index.known()
        waiting: list[dict[str, object]] = []
        for done, part in _parts(order, READ):
            found = await self.workspace.run(following.compared, part, known)
            for one in found.live:
                known.pop(one, None)
            waiting += found.rows
            if len(waiting) >= WRITE:
                await self.index.upsert(waiting)
                waiting = []
                self._tell("reading", f"Reading the world for search: {done} of {len(order)} records.")
        gone = list(known)
        for _, part in _parts(gone, WRITE):
            await self.index.delete(part)
        await self.index.upsert(waiting, done=mark)
        if len(order) > WRITE:
            await self.index.tidy(now=True)

    async def _refresh(self, touched: set[str], mark: str) -> None:
        """What a commit touched, and what speaks of it."""
        records = await self.workspace.run(source.affected, touched)
        if len(records) > following.MANY:
            self._index_lost()
            return
        ids = await self._tellable(await self._write(sorted(records), mark))
        self._total = self.index.rows
        if len(ids) > AT_ONCE:
            await self._queue_pending()
        elif ids:
            await self._embed_now(ids)
        self._tell(self.progress.state, self.progress.sentence)

    async def _embed_now(self, ids: list[str]) -> None:
        """A fresh edit; where the embedder can't, it goes to the head of the queue."""
        try:
            await self.index.embed(ids)
        except CallFailed as error:
            if error.failure.code in (ANEW, DIED, BUSY):
                raise
            self._queue += ids
            self._fill_on.set()

    async def _write(self, records: Sequence[str], mark: str) -> list[str]:
        """Bring the chunks of these records up to date; gives the ids of those that differ."""
        ids: list[str] = []
        for _, part in _parts(records, READ):
            known = await self.index.known(part)
            found = await self.workspace.run(following.compared, part, known)
            gone = sorted(known.keys() - set(found.live))
            if found.rows or gone:
                await self.index.upsert(found.rows, gone=gone)
                ids += [row["id"] for row in found.rows]
        await self.index.upsert(done=mark)
        return ids

    # ---- filling -----------------------------------------------------------------------------------------------

    async def _queue_pending(self) -> None:
        """What lacks a vector, the most wanted last: it is taken from the end."""
        pending = await self._tellable(await self.index.pending())
        self._total = self.index.rows
        if len(pending) > AT_ONCE:
            order = await self.workspace.run(source.searchable)
            pending = await asyncio.to_thread(_ordered, pending, order)
        self._queue = pending
        self._tell("paused" if self._paused else "filling" if pending else "ready")
        self._fill_on.set()

    async def _tellable(self, chunks: list[str]) -> list[str]:
        """The chunks that may go to the embedder: what no model may read doesn't leave the machine for this either."""
        if self._local or not chunks:
            return chunks
        kept = await self.workspace.run(source.withheld)
        return [one for one in chunks if one.partition("#")[0] not in kept]

    async def _embed_next(self, count: int) -> None:
        ids = self._queue[: -count - 1 : -1]
        await self.index.embed(ids, workers=self._workers)
        taken = set(ids)
        tail = [one for one in self._queue[-2 * count - AT_ONCE :] if one not in taken]  # edits may have come in behind
        self._queue[-2 * count - AT_ONCE :] = tail

    def _tell(self, state: State, sentence: str = "") -> None:
        self.progress = Progress(
            state=state, vectors=max(0, self._total - len(self._queue)), total=self._total, sentence=sentence
        )
        self._changed(self.progress)


def _parts(ids: Sequence[str], size: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Slices, each with how many came before its end."""
    for start in range(0, len(ids), size):
        yield min(start + size, len(ids)), ids[start : start + size]


def _ordered(chunks: list[str], records: list[str]) -> list[str]:
    rank = {record: n for n, record in enumerate(records)}
    last = len(rank)
    return sorted(chunks, key=lambda one: (rank.get(one.partition("#")[0], last), one), reverse=True)
