"""The findings of the open project: checked as a whole once, then kept up to date commit by commit."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from studio.domain.events import Committed
from studio.domain.vocabulary import KINDS
from studio.services.continuity import reading
from studio.services.continuity.nearness import Given
from studio.services.continuity.standing import Change, Standing
from studio.storage.nouns import noun_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.domain.candidate import Artifact, Decision
    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import World
    from studio.services.continuity.preview import Foreseen
    from studio.services.retrieval.index import Index
    from studio.services.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")
MANY = 400
"""Changed records from which checking the whole world is the shorter way."""
_READ_BY_ALL = frozenset({"calendar", "entity_kind"})
"""Kinds of record by which every other one is read."""


class Watch:
    """Hears of commits from the start; does its work when it is asked to, off the thread that asks.

    The database is held for a slice of rows at a time; rows are parsed and checked on another thread.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._standing: Standing | None = None
        self._changed: set[RecordId] = set()
        self._anew = False
        self._one_at_a_time = asyncio.Lock()
        self.close = workspace.bus.subscribe(Committed, self._committed)
        self.findings: tuple[Finding, ...] = ()
        self.index: Callable[[], Index | None] = lambda: None
        """The index of meanings, once there is one: a full check asks it which entities are near."""

    @property
    def is_behind(self) -> bool:
        """Whether something was committed, or nothing was ever checked, since the findings were last brought up."""
        return self._standing is None or self._anew or bool(self._changed) or self._one_at_a_time.locked()

    def _committed(self, event: Committed) -> None:
        self._anew |= bool(event.kinds() & _READ_BY_ALL)
        self._changed |= {one for kind, one in event.touched if noun_of(kind).table_name in reading.TABLES}

    async def catch_up(self) -> Change:
        """Bring the findings up to what is stored now. What was checked before is asked again only where it must be."""
        async with self._one_at_a_time:
            if self._standing is None or self._anew or len(self._changed) > MANY:
                return await self._check_all(None, None)
            return await self._follow(self._standing)

    async def check_all(
        self, *, progress: Callable[[float], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Change:
        """Read and check the whole world anew. `progress` and `cancelled` are called on another thread.

        Stopped half-way, what was found until then is kept beside what was known.
        """
        async with self._one_at_a_time:
            return await self._check_all(progress, cancelled)

    async def look_ahead(self, artifact: Artifact, decisions: Mapping[str, Decision]) -> list[Foreseen]:
        """What saving these candidates would add to the findings; nothing is written."""
        from studio.services.continuity.preview import foresee

        async with self._one_at_a_time:
            if self._standing is None or self._anew or len(self._changed) > MANY:
                await self._check_all(None, None)
            elif self._changed:
                await self._follow(self._standing)
            if self._standing is None:
                return []
            return await _finished(foresee, self._standing.world, artifact, decisions)

    async def _check_all(
        self, progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None
    ) -> Change:
        self._changed.clear()
        self._anew = False
        self._standing = None  # whoever is cancelled on the way has nothing to go on from
        standing = Standing(await read_world(self._workspace))
        whole = await asyncio.to_thread(standing.check_all, progress=progress, cancelled=cancelled)
        if whole and (index := self.index()) is not None and (pairs := await index.alike(list(KINDS))):
            await asyncio.to_thread(standing.hear_of_meanings, Given(pairs))
        found = {one.key: one for one in standing.findings}
        before = {one.key: one for one in self.findings}
        if whole:
            await self._follow(standing)
            self._standing = standing
            found = {one.key: one for one in standing.findings}
        else:
            found = before | found
        self.findings = tuple(found.values())
        _set_aside()
        return Change(
            added=tuple(one for key, one in found.items() if before.get(key) != one),
            gone=tuple(one for key, one in before.items() if key not in found),
            asked=len(standing.world.things) + len(standing.world.notes),
        )

    async def _follow(self, standing: Standing) -> Change:
        changed, self._changed = self._changed, set()
        if not changed:
            return Change()
        self._standing = None
        rows = await self._workspace.run(reading.fetch_these, changed)
        change = await asyncio.to_thread(standing.follow, changed, rows)
        self._standing = standing
        self.findings = tuple(standing.findings)
        return change


async def read_world(workspace: Workspace) -> World:
    """All facts, a slice at a time. What is committed meanwhile may be in them or not."""
    world = await workspace.run(reading.blank)
    for table in reading.TABLES:
        after, more = "", True
        while more:
            rows = await workspace.run(reading.fetch, table, after=after)
            await asyncio.to_thread(reading.fill, world, rows)
            after = rows.last
            more = bool(after)
    return world


def _set_aside() -> None:
    """Leave the facts out of collections where those are pinned to the window's thread: one over all of them would
    stall it for a second. They hold no cycles, so they go by themselves."""
    if not gc.isenabled():
        gc.freeze()


async def _finished(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the work gives, done on another thread. Cancelled, it is waited for all the same: the facts are its own."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
