"""The index of an open project as services see it: asked over the engine, never the only copy of anything.

Asking never raises: where there is no index yet, or the engine has just died, there are no hits from it, and keywords
answer alone.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Protocol

from studio.domain.lens import OPEN_EYES
from studio.engine.protocol import (
    HITS,
    CallFailed,
    EmbedderSpec,
    IndexHit,
    IndexPlace,
    IndexState,
    IndexWhere,
)
from studio.services.retrieval.state import folder_of
from studio.services.retrieval.sweeping import note_place

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from studio.domain.lens import Lens
    from studio.engine.client import EngineClient

log = logging.getLogger(__name__)
ANEW, BUSY, DIED = "index_anew", "index_busy", "engine_died"
"""Failures of the index: it was damaged and is empty now, another process writes it, the engine ended."""


async def place_of(project_key: str, *, in_memory: bool = False, project: Path | None = None) -> IndexPlace:
    """The place for a project's index. `in_memory`: no word of it ever reaches the disk, for a sealed project.

    With the `project`'s file, the folder notes whose it is, so that it goes when that file is long gone.
    """
    if in_memory:
        return IndexPlace(key=project_key)
    folder = await asyncio.to_thread(folder_of, project_key)
    if project is not None:
        await asyncio.to_thread(note_place, folder, project)
    return IndexPlace(key=project_key, folder=str(folder))


class Index:
    """An index at a place, with one embedder. `fresh` while its `rows` say what the project says."""

    def __init__(
        self,
        engine: EngineClient,
        place: IndexPlace,
        spec: EmbedderSpec | None = None,
        *,
        key: Callable[[], Awaitable[str]] | None = None,
        meter: Meter | None = None,
    ) -> None:
        self.engine = engine
        self.place = place
        self.spec = spec or EmbedderSpec()
        self.fresh = False
        self.rows = 0
        self.life = ""
        self.on_lost: Callable[[], object] = lambda: None
        self._key = key
        self._meter = meter
        self._base = {"place": place.model_dump(), "embedder": self.spec.model_dump()}

    async def _call(self, method: str, **params: Any) -> dict[str, Any]:
        return await self.engine.call(f"index.{method}", **self._base, **params)

    async def _paid(self, method: str, **params: Any) -> dict[str, Any]:
        """A call that may embed: what a server was sent is charged, with what calls before it left unsaid."""
        told = await self._call(method, **params)
        if self._meter is not None and (tokens := int(told.get("tokens", 0))):
            await self._meter.note(tokens, estimated=bool(told.get("estimated")))
        return told

    async def _secret(self) -> dict[str, str]:
        return {"api_key": await self._key()} if self._key is not None else {}

    async def open(self, *, rebuild: bool = False) -> IndexState:
        """What there is; made where there is nothing, or anew with `rebuild`. Raises CallFailed, as all below do."""
        return IndexState.model_validate(await self._call("open", rebuild=rebuild))

    async def upsert(
        self, rows: Sequence[dict[str, Any]] = (), *, gone: Sequence[str] = (), done: str | None = None
    ) -> int:
        """Put rows in (as `IndexRow` dumps), take ids out; gives how many of the rows have no vector yet."""
        told = await self._call("upsert", rows=list(rows), gone=list(gone), done=done, life=self.life)
        self.rows = int(told["rows"])
        return int(told["missing"])

    async def delete(self, ids: Sequence[str]) -> None:
        """Take these out."""
        await self.upsert(gone=ids)

    async def known(self, records: Sequence[str] = ()) -> dict[str, str]:
        """The hash of every chunk that is in it, or of those of these records."""
        found: dict[str, str] = {}
        async for item in self.engine.stream("index.known", **self._base, records=list(records)):
            found |= item["hashes"]
        return found

    async def pending(self) -> list[str]:
        """The chunks that have no vector yet."""
        found: list[str] = []
        async for item in self.engine.stream("index.pending", **self._base):
            found += item["ids"]
        return found

    async def embed(self, ids: Sequence[str], *, workers: int = 1) -> int:
        """Make the vectors of these chunks; cancelling keeps what was made. Gives how many were made."""
        if self._meter is not None:
            await self._meter.check()
        told = await self._paid("embed", ids=list(ids), workers=workers, **await self._secret())
        return int(told["made"])

    async def tidy(self, *, now: bool = False) -> bool:
        """Put small files together, if it is due or `now`."""
        return bool((await self._call("tidy", now=now))["tidied"])

    async def close(self) -> None:
        """Let go of its files."""
        self.fresh = False
        await self._paid("close")

    async def _affordable(self) -> bool:
        """Whether a question may be embedded: over the budget, words answer alone."""
        if self._meter is None:
            return True
        try:
            await self._meter.check()
        except CallFailed:
            return False
        return True

    async def search(
        self,
        text: str,
        *,
        k: int = 50,
        where: IndexWhere | None = None,
        words: bool = True,
        semantic: bool = True,
        vector: Sequence[float] = (),
    ) -> list[IndexHit] | None:
        """The best `k` by words and by meaning; None where the index can't be asked now."""
        if not self.fresh:
            return None
        try:
            semantic = semantic and await self._affordable()
            secret = await self._secret() if semantic else {}
            told = await self._paid(
                "search", text=text, k=k, where=(where or IndexWhere()).model_dump(), words=words, semantic=semantic,
                vector=list(vector), **secret,
            )  # fmt: skip
        except CallFailed as error:
            log.warning("the index wasn't asked: %s", error)
            if error.failure.code in (ANEW, DIED):
                self.fresh = False
                self.on_lost()
            return None
        return HITS.validate_python(told["hits"])

    async def alike(self, kinds: Sequence[str]) -> list[tuple[str, str, float]]:
        """The pairs of records of one kind that are nearest in meaning; none where the index can't be asked now."""
        if not self.fresh:
            return []
        try:
            told = await self._call("alike", kinds=list(kinds))
        except CallFailed as error:
            log.warning("the index wasn't asked for pairs: %s", error)
            return []
        return [(one, two, near) for one, two, near in told["pairs"]]


class Meter(Protocol):
    """What is needed of `llm.embedders.EmbedMeter`."""

    async def check(self) -> None: ...

    async def note(self, tokens: int, *, estimated: bool) -> None: ...


def where_of(
    lens: Lens = OPEN_EYES,
    *,
    kinds: Sequence[str] = (),
    statuses: Sequence[str] = (),
    tags: Sequence[str] = (),
    threads: Sequence[str] = (),
) -> IndexWhere:
    """A filter by what a lens shows and by what was asked for."""
    return IndexWhere(
        audience=lens.audience, as_of=lens.as_of, kinds=tuple(kinds), statuses=tuple(statuses), tags=tuple(tags),
        threads=tuple(threads),
    )  # fmt: skip
