"""The index of meanings at size: search, recall, filling beside the bare embedder, an edit, the loop meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import statistics
import time
from typing import TYPE_CHECKING, Any

import pytest

from studio.engine.protocol import IndexPlace
from studio.services.retrieval import following
from studio.services.retrieval.index import Index, place_of
from studio.services.retrieval.indexing import Indexer
from studio.services.retrieval.retrieve import POOL
from studio.services.workspace import Workspace
from studio.services.world.entities import update_entity
from tests.bench.measuring import Report, percentile
from tests.bench.vectors import World, build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from studio.domain.ids import RecordId
    from studio.engine.client import EngineClient
    from studio.storage.project import Project

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]
CHUNKS = int(os.environ.get("TTRPG_BENCH_CHUNKS", "100000"))
"""Set to 1000000 by hand: that takes some minutes and 5 GB of disk."""
QUESTIONS = 60


@pytest.fixture(autouse=True)
def no_blocking_calls() -> None:
    """Opening files on the loop is no fault of what is measured here."""


async def test_search_by_words_and_meaning(tmp_path: Path, engine: EngineClient, report: Report) -> None:
    import numpy as np

    world = World(CHUNKS)
    began = time.perf_counter()
    vectors = await asyncio.to_thread(build, tmp_path, world)
    print(f"built in {time.perf_counter() - began:.0f} s")
    index = Index(engine, IndexPlace(key="bench", folder=str(tmp_path)))
    index.fresh = True
    asked, texts = world.vectors(QUESTIONS), [" ".join(one.split()[:6]) for one in world.texts(QUESTIONS)]
    floor, recalled, taken, embedded = [], [], [], []
    for n in range(QUESTIONS):
        started = time.perf_counter()
        scores = vectors @ asked[n]
        best = {int(i) for i in np.argpartition(-scores, 10)[:10]}
        floor.append((time.perf_counter() - started) * 1000)
        near = await index.search(texts[n], k=POOL, vector=asked[n].tolist(), words=False)
        recalled.append(len(best & {int(hit.id[-14:-2], 16) for hit in (near or ())[:10]}) / 10)
    for n in range(QUESTIONS):
        started = time.perf_counter()
        hits = await index.search(texts[n], k=POOL, vector=asked[n].tolist())
        taken.append((time.perf_counter() - started) * 1000)
        assert hits
        started = time.perf_counter()
        await index.search(texts[n], k=POOL)
        embedded.append((time.perf_counter() - started) * 1000)
    state = await index.open()
    name = f"search by words and meaning, {CHUNKS:,} chunks"
    base = percentile(floor, 50)
    limit = 20 if CHUNKS <= 100_000 else 50
    report.add(f"{name}: p50", statistics.median(taken), floor=base)
    report.add("  and with the question embedded: p50", statistics.median(embedded), floor=base)
    report.add("  memory of the engine", state.memory_mb, unit="MB")
    report.add("  disk", state.disk_mb, unit="MB")
    report.add("  what recall@10 lacks of an exact search", 1 - statistics.mean(recalled), unit="", limit=0.02)
    report.add("  p95", percentile(taken, 95), limit=limit, floor=base)
    report.add("  and with the question embedded: p95", percentile(embedded, 95), limit=limit + 10, floor=base)
    await index.close()


# ---- a project that is indexed ---------------------------------------------------------------------------------


def fill(project: Project, count: int) -> None:
    from studio.domain.world import Entity

    with project.commit("bench.fill", "Fill") as commit:
        for n in range(count):
            told = f"Keeper {n} guards the {n}th hall, counts {n * 7} keys of bone and fears the bell of Saltmere."
            commit.put(Entity(kind="npc", name=f"Keeper {n}", summary=told, body=f"{told} {told[::-1]}"))


@contextlib.contextmanager
def project(folder: Path, count: int) -> Iterator[Workspace]:
    made = Workspace.create(folder / "Bench.ttrpg", name="Bench", author="me", device="d")
    made.run_now(fill, count)
    yield made
    made.close()


@contextlib.asynccontextmanager
async def indexing(workspace: Workspace, engine: EngineClient) -> AsyncIterator[Indexer]:
    place = await place_of(await workspace.run(following.project_key))
    indexer = Indexer(workspace, Index(engine, place))
    task = asyncio.ensure_future(indexer.run())
    try:
        yield indexer
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(600):
        while not condition():  # noqa: ASYNC110 -- another process tells it
            await asyncio.sleep(0.002)


async def test_filling_keeps_pace_with_the_bare_embedder(tmp_path: Path, engine: EngineClient, report: Report) -> None:
    with project(tmp_path, 400) as workspace:
        slice_ = await workspace.run(following.compared, await workspace.run(_ids), {})
        texts = [row["meaning"] for row in slice_.rows][:300]
        await engine.call("embed.texts", texts=texts[:5])
        async with indexing(workspace, engine) as indexer:
            await until(lambda: indexer.progress.state == "filling" and indexer.progress.vectors > 0)
            before, started = indexer.progress.vectors, time.perf_counter()
            await until(lambda: indexer.progress.vectors >= before + 300 or indexer.progress.state == "ready")
            rate = (indexer.progress.vectors - before) / (time.perf_counter() - started)
        started = time.perf_counter()
        await engine.call("embed.texts", texts=texts)
        bare = len(texts) / (time.perf_counter() - started)
    report.add("the bare embedder: one text", 1000 / bare)
    report.add("filling the index: one text", 1000 / rate, limit=1000 / bare / 0.7, floor=1000 / bare)


def _ids(project: Project) -> list[str]:
    return [row[0] for row in project.sql.execute("SELECT id FROM entity")]


def _one(project: Project) -> RecordId:
    return project.sql.execute("SELECT id FROM entity ORDER BY id LIMIT 1").fetchone()[0]


async def test_an_edit_is_found_and_the_window_goes_on_meanwhile(
    tmp_path: Path, engine: EngineClient, report: Report
) -> None:
    with project(tmp_path, 5_000) as workspace, set_aside():
        quiet = await _longest_gap(asyncio.sleep(2))
        async with indexing(workspace, engine) as indexer:
            started = time.perf_counter()
            reading = await _longest_gap(until(lambda: indexer.index.fresh))
            words = time.perf_counter() - started
            await until(lambda: indexer.progress.state == "filling")
            filling = await _longest_gap(asyncio.sleep(5))
            taken = []
            for n in range(5):
                one = await workspace.run(_one)
                started = time.perf_counter()
                await workspace.run(update_entity, one, {"summary": f"A lighthouse of kind {n} that feeds gulls{n}."})
                await _found(indexer.index, f"gulls{n}", words=True)
                await _found(indexer.index, "a beacon for ships where seabirds eat", words=False)
                taken.append((time.perf_counter() - started) * 1000)
    report.add("5,000 entities found by words in the new index", words * 1000)
    report.add("longest gap of the loop while the world is read", reading, limit=33, floor=quiet)
    report.add("longest gap of the loop while vectors are filled in", filling, limit=33, floor=quiet)
    report.add("one edit found by words and by meaning, meanwhile, median", statistics.median(taken), limit=1000)
    report.add("  slowest of five", max(taken))


@contextlib.contextmanager
def set_aside() -> Iterator[None]:
    """As the window does: what stays is left out of collections, a full one of which would be a gap by itself."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _found(index: Index, text: str, *, words: bool) -> None:
    async with asyncio.timeout(20):
        while not any(  # noqa: ASYNC110 -- another process tells it
            (hit.word_rank if words else hit.near_rank) == 0
            for hit in await index.search(text, k=1, words=words, semantic=not words) or ()
        ):
            await asyncio.sleep(0)


async def _longest_gap(work: Any) -> float:
    gaps: list[float] = []

    async def beat() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            gaps.append((now - last) * 1000)
            last = now

    task = asyncio.ensure_future(beat())
    await work
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return max(gaps)
