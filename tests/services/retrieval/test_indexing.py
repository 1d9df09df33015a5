"""The background indexer: follows the project, fills in vectors, and loses nothing, whatever happens to it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.lens import Lens
from studio.engine.client import EngineClient
from studio.engine.protocol import EmbedderSpec
from studio.services import history
from studio.services.llm.embedders import Chosen, EmbedMeter
from studio.services.llm.provider import Price
from studio.services.retrieval import following
from studio.services.retrieval.index import Index, place_of, where_of
from studio.services.retrieval.indexing import Indexer, Progress
from studio.services.retrieval.state import folder_of
from studio.services.spend import Budget, Spend
from studio.services.workspace import Workspace
from studio.services.world.entities import create_entity, set_visibility, update_entity
from tests.support.provider import ScriptedProvider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

PEOPLE = {
    "Vessa": "The queen rules the drowned city of Saltmere.",
    "Grik": "A goblin thief steals purses in the market.",
    "Orla": "The smith forges swords of cold iron.",
}


def populate(project: Project, count: int = 0) -> list[RecordId]:
    made = [create_entity(project, kind="npc", name=name, summary=text).id for name, text in PEOPLE.items()]
    for n in range(count):
        text = f"Keeper number {n} guards the door of the {n}th hall, and counts {n * 7} keys of bone."
        made.append(create_entity(project, kind="npc", name=f"Keeper {n}", summary=text).id)
    return made


@pytest.fixture(scope="module")
def shared_engine() -> Iterator[EngineClient]:
    client = EngineClient()
    yield client
    client.shutdown()


@pytest.fixture
def engine() -> Iterator[EngineClient]:
    """An engine that a test may kill."""
    client = EngineClient()
    yield client
    client.shutdown()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "World.ttrpg", name="World")
    yield made
    made.close()


class Running:
    """An indexer at work, and what it told."""

    def __init__(self, indexer: Indexer) -> None:
        self.indexer = indexer
        self.index = indexer.index
        self.told: list[Progress] = []
        indexer._changed = self.told.append

    async def until(self, condition: Callable[[], object], seconds: float = 50.0) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not condition():  # noqa: ASYNC110 -- what is waited for is told by another process
                    await asyncio.sleep(0.005)
        except TimeoutError:
            pytest.fail(f"it never came; last told: {self.told[-5:]}")

    async def ready(self) -> None:
        await self.until(lambda: self.index.fresh and self.indexer.progress.state == "ready")

    async def names(self, text: str, **more: Any) -> list[str]:
        hits = await self.index.search(text, **more) or []
        rows = await self.indexer.workspace.run(_names, [hit.id for hit in hits])
        return list(dict.fromkeys(rows))

    async def finds(self, name: str, text: str, seconds: float = 50.0, **more: Any) -> None:
        async with asyncio.timeout(seconds):
            while name not in (await self.names(text, **more))[:1]:  # noqa: ASYNC110 -- as above
                await asyncio.sleep(0.005)

    async def gone(self, text: str, **more: Any) -> None:
        async with asyncio.timeout(30):
            while await self.names(text, **more):  # noqa: ASYNC110 -- as above
                await asyncio.sleep(0.005)


def _names(project: Project, chunks: list[str]) -> list[str]:
    found = []
    for chunk in chunks:
        row = project.sql.execute("SELECT name FROM entity WHERE id = ?", (chunk.partition("#")[0],)).fetchone()
        found += row or ()
    return found


@asynccontextmanager
async def indexing(
    workspace: Workspace, engine: EngineClient, spec: EmbedderSpec | None = None, *, in_memory: bool = False,
    local: bool = True, meter: EmbedMeter | None = None,
) -> AsyncIterator[Running]:  # fmt: skip
    key = await workspace.run(following.project_key)
    index = Index(engine, await place_of(key, in_memory=in_memory), spec, meter=meter)
    running = Running(Indexer(workspace, index, local=local))
    task = asyncio.ensure_future(running.indexer.run())
    try:
        yield running
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest.mark.parametrize("in_memory", [False, True])
async def test_a_world_is_found_by_words_and_by_meaning(
    workspace: Workspace, shared_engine: EngineClient, in_memory: bool
) -> None:
    await workspace.run(populate)
    async with indexing(workspace, shared_engine, in_memory=in_memory) as running:
        await running.ready()
        assert (await running.names("goblin"))[0] == "Grik"
        assert (await running.names("monarch of a sunken town", words=False))[0] == "Vessa"
        assert running.indexer.progress.fraction == 1
    key = await workspace.run(following.project_key)
    assert (await asyncio.to_thread(folder_of, key)).exists() is not in_memory


async def test_an_edit_is_found_at_once_and_undo_brings_the_old_text_back(
    workspace: Workspace, shared_engine: EngineClient
) -> None:
    vessa, *_ = await workspace.run(populate)
    async with indexing(workspace, shared_engine) as running:
        await running.ready()
        await workspace.run(update_entity, vessa, {"summary": "A lighthouse keeper who feeds gulls."})
        await running.finds("Vessa", "gulls", semantic=False)
        await running.finds("Vessa", "someone feeding seabirds", words=False)
        await workspace.run(history.undo)
        await running.gone("gulls", semantic=False)
        await running.finds("Vessa", "monarch of a sunken town", words=False)


async def test_what_is_deleted_or_closed_is_found_no_more(workspace: Workspace, shared_engine: EngineClient) -> None:
    vessa, grik, _ = await workspace.run(populate)
    await workspace.run(set_visibility, [vessa, grik], "party")
    party = where_of(Lens(audience="party"))
    async with indexing(workspace, shared_engine) as running:
        await running.ready()
        assert set(await running.names("queen goblin smith", where=party)) == {"Vessa", "Grik"}
        await workspace.run(set_visibility, [vessa], "gm")
        await running.gone("queen", where=party, semantic=False)
        assert set(await running.names("queen goblin smith", where=party)) == {"Grik"}


async def test_the_index_goes_on_where_the_last_session_ended(
    workspace: Workspace, shared_engine: EngineClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    vessa, *_ = await workspace.run(populate)
    async with indexing(workspace, shared_engine) as running:
        await running.ready()
    await workspace.run(update_entity, vessa, {"summary": "A lighthouse keeper who feeds gulls."})

    def refuse(*_: object) -> None:
        raise AssertionError("the whole project was read again")

    monkeypatch.setattr("studio.services.retrieval.indexing.source.searchable", refuse)
    async with indexing(workspace, shared_engine) as running:
        await running.finds("Vessa", "gulls", semantic=False)


async def test_a_project_put_back_from_a_backup_is_compared_whole(
    workspace: Workspace, shared_engine: EngineClient, tmp_path: Path
) -> None:
    await workspace.run(populate)
    await asyncio.to_thread(_copy_of, workspace, tmp_path / "Old.ttrpg")
    later = workspace
    await later.run(create_entity, kind="npc", name="Zora", summary="A witch of the marsh.")
    async with indexing(later, shared_engine) as running:
        await running.finds("Zora", "witch", semantic=False)
    old = await asyncio.to_thread(Workspace.open, tmp_path / "Old.ttrpg")
    async with indexing(old, shared_engine) as running:
        await running.ready()
        assert await running.index.search("witch", semantic=False) == []
    await asyncio.to_thread(old.close)


async def test_a_deleted_index_is_made_again_from_the_project(
    workspace: Workspace, shared_engine: EngineClient
) -> None:
    await workspace.run(populate)
    key = await workspace.run(following.project_key)
    async with indexing(workspace, shared_engine) as running:
        await running.ready()
    await asyncio.to_thread(lambda: shutil.rmtree(folder_of(key)))
    async with indexing(workspace, shared_engine) as running:
        await running.ready()
        assert (await running.names("monarch of a sunken town"))[0] == "Vessa"


async def test_an_index_that_is_deleted_under_the_running_app_comes_back(
    workspace: Workspace, shared_engine: EngineClient
) -> None:
    vessa, *_ = await workspace.run(populate)
    key = await workspace.run(following.project_key)
    async with indexing(workspace, shared_engine) as running:
        await running.ready()
        await asyncio.to_thread(lambda: shutil.rmtree(folder_of(key)))
        await workspace.run(update_entity, vessa, {"summary": "A lighthouse keeper who feeds gulls."})
        await running.finds("Vessa", "gulls", semantic=False)
        await running.finds("Orla", "blacksmith making blades", words=False)


@pytest.mark.serial
async def test_a_killed_engine_is_started_again_and_loses_nothing(workspace: Workspace, engine: EngineClient) -> None:
    await workspace.run(populate, 60)
    async with indexing(workspace, engine) as running:
        await running.until(lambda: running.indexer.progress.vectors > 0)
        assert engine.pid is not None
        os.kill(engine.pid, signal.SIGKILL)
        await running.until(lambda: not running.index.fresh)
        await running.ready()
        assert running.indexer.progress.fraction == 1
        assert await running.index.pending() == []
        assert (await running.names("monarch of a sunken town"))[0] == "Vessa"


@pytest.mark.serial
async def test_asking_while_the_engine_dies_gives_nothing_and_no_error(
    workspace: Workspace, engine: EngineClient
) -> None:
    await workspace.run(populate)
    async with indexing(workspace, engine) as running:
        await running.ready()
        assert engine.pid is not None
        os.kill(engine.pid, signal.SIGKILL)
        for _ in range(3):
            await running.index.search("queen")
        await running.ready()


async def test_pausing_keeps_words_fresh_and_going_on_fills_the_rest(
    workspace: Workspace, shared_engine: EngineClient
) -> None:
    vessa, *_ = await workspace.run(populate, 80)
    async with indexing(workspace, shared_engine) as running:
        await running.until(lambda: running.index.fresh)
        running.indexer.pause()
        await workspace.run(update_entity, vessa, {"summary": "A lighthouse keeper who feeds gulls."})
        await running.finds("Vessa", "gulls", semantic=False)
        assert await running.index.pending()
        running.indexer.resume()
        await running.ready()
        assert await running.index.pending() == []


async def test_the_most_linked_are_filled_first(workspace: Workspace, shared_engine: EngineClient) -> None:
    from studio.services.world.relations import add_relation

    ids = await workspace.run(populate, 70)
    hub = ids[60]
    for other in ids[61:66]:
        await workspace.run(add_relation, hub, "ally_of", other)
    key = await workspace.run(following.project_key)
    index = Index(shared_engine, await place_of(key))
    indexer = Indexer(workspace, index)
    await indexer._sync()
    assert indexer._queue[-1].startswith(hub)
    await index.close()


async def test_another_embedder_fills_a_table_of_its_own(workspace: Workspace, shared_engine: EngineClient) -> None:
    await workspace.run(populate)
    with ScriptedProvider() as provider:
        served = EmbedderSpec(id="test/x", url=provider.url, model="x")
        async with indexing(workspace, shared_engine) as running:
            await running.ready()
        async with indexing(workspace, shared_engine, served) as running:
            await running.ready()
            assert len(provider.calls) >= 1
            assert (await running.names("A goblin thief steals purses", words=False))[0] == "Grik"
        asked = len(provider.calls)
        async with indexing(workspace, shared_engine) as running:
            await running.ready()
            assert (await running.names("monarch of a sunken town", words=False))[0] == "Vessa"
        assert len(provider.calls) == asked


async def test_what_no_model_may_read_goes_to_no_embedder_elsewhere(
    workspace: Workspace, shared_engine: EngineClient
) -> None:
    vessa, *_ = await workspace.run(populate)
    await workspace.run(update_entity, vessa, {"ai_visibility": "never", "summary": "Keeps the brass orrery."})
    with ScriptedProvider() as provider:
        served = EmbedderSpec(id="test/x", url=provider.url, model="x")
        async with indexing(workspace, shared_engine, served, local=False) as running:
            await running.ready()
            await workspace.run(update_entity, vessa, {"summary": "Keeps the brass orrery and its key."})
            await running.finds("Vessa", "orrery key", semantic=False)
            sent = json.dumps([call.body for call in provider.calls])
    assert "goblin" in sent
    assert "orrery" not in sent
    assert "Vessa" not in sent


async def test_what_a_server_is_sent_is_charged_and_the_budget_stops_it(
    workspace: Workspace, shared_engine: EngineClient, tmp_path: Path
) -> None:
    vessa, *_ = await workspace.run(populate)
    budget = Budget()
    spend = Spend(tmp_path, budget=lambda: budget)
    with ScriptedProvider() as provider:
        served = EmbedderSpec(id="test/paid", url=provider.url, model="x")
        meter = EmbedMeter(spend, Chosen(served, local=False, model="test/paid", price=Price(input=100.0)))
        async with indexing(workspace, shared_engine, served, meter=meter) as running:
            await running.ready()
            assert await running.names("A goblin thief")
            words = sum(len(text.split()) for call in provider.calls for text in call.body["input"])
            (total,) = await spend.totals("purpose")
            assert (total.key, total.input_tokens, total.estimated) == ("embedding", words, False)
            assert total.cost_usd == pytest.approx(words * 100 / 1e6)
            asked, budget = len(provider.calls), Budget(daily_usd=total.cost_usd / 2)
            await workspace.run(update_entity, vessa, {"summary": "A lighthouse keeper who feeds gulls."})
            await running.finds("Vessa", "gulls")
            await running.until(lambda: running.indexer.progress.state == "waiting")
            assert running.indexer.progress.sentence.startswith("The budget is used up.")
            assert len(provider.calls) == asked
    await asyncio.to_thread(spend.close)


async def test_an_embedder_that_is_away_leaves_words_and_says_so(
    workspace: Workspace, shared_engine: EngineClient
) -> None:
    vessa, *_ = await workspace.run(populate)
    away = EmbedderSpec(id="test/away", url="http://127.0.0.1:9", model="x")
    async with indexing(workspace, shared_engine, away) as running:
        await running.until(lambda: running.indexer.progress.state == "waiting")
        assert "doesn't answer" in running.indexer.progress.sentence
        assert await running.names("goblin", semantic=False) == ["Grik"]
        await workspace.run(update_entity, vessa, {"summary": "A lighthouse keeper who feeds gulls."})
        await running.finds("Vessa", "gulls", semantic=False)


async def test_a_second_window_on_a_copy_stays_on_keywords(
    workspace: Workspace, shared_engine: EngineClient, engine: EngineClient, tmp_path: Path
) -> None:
    await workspace.run(populate)
    async with indexing(workspace, shared_engine) as first:
        await first.ready()
        await asyncio.to_thread(_copy_of, workspace, tmp_path / "Copy.ttrpg")
        copy = await asyncio.to_thread(Workspace.open, tmp_path / "Copy.ttrpg")
        async with indexing(copy, engine) as second:
            await second.until(lambda: second.indexer.progress.state == "waiting")
            assert (await second.names("goblin"))[0] == "Grik"
            await copy.run(create_entity, kind="npc", name="Zora", summary="A witch of the marsh.")
            assert await second.index.search("witch") is None
        await asyncio.to_thread(copy.close)
        assert (await first.names("monarch of a sunken town"))[0] == "Vessa"


def _copy_of(workspace: Workspace, to: Path) -> None:
    import sqlite3

    with contextlib.closing(sqlite3.connect(workspace.path)) as source, contextlib.closing(sqlite3.connect(to)) as copy:
        source.backup(copy)


_INDEX_AND_HANG = """
import asyncio, sys
from pathlib import Path
from studio.engine.client import EngineClient
from studio.services.retrieval import following
from studio.services.retrieval.index import Index, place_of
from studio.services.retrieval.indexing import Indexer
from studio.services.workspace import Workspace

async def main():
    workspace = Workspace.open(Path(sys.argv[1]))
    engine = EngineClient()
    key = await workspace.run(following.project_key)
    index = Index(engine, await place_of(key))
    await Indexer(workspace, index, changed=lambda p: print(p.state, p.vectors, flush=True)).run()

asyncio.run(main())
"""


def _kill_after_64_vectors(path: Path) -> None:
    argv = [sys.executable, "-c", _INDEX_AND_HANG, str(path)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            state, vectors = line.split()
            if state == "filling" and int(vectors) >= 64:
                break
        process.send_signal(signal.SIGKILL)


@pytest.mark.serial
async def test_a_whole_application_that_is_killed_while_it_indexes_loses_nothing(
    workspace: Workspace, shared_engine: EngineClient
) -> None:
    await workspace.run(populate, 80)
    await asyncio.to_thread(workspace.close)
    await asyncio.to_thread(_kill_after_64_vectors, workspace.path)
    again = await asyncio.to_thread(Workspace.open, workspace.path)
    async with indexing(again, shared_engine) as running:
        await running.until(lambda: running.indexer.progress.state in ("filling", "ready"))
        assert running.indexer.progress.vectors >= 64
        await running.ready()
        assert await running.index.pending() == []
        assert (await running.names("monarch of a sunken town"))[0] == "Vessa"
    await asyncio.to_thread(again.close)
