"""The search index behind the window: up to date without a word, and a job while much is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from studio.services.llm.desk import ModelDesk
from studio.services.world.entities import create_entity, update_entity
from studio.ui import indexing
from studio.ui.indexing import Indexing
from tests.support.provider import ScriptedProvider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.storage.project import Project
    from studio.ui.main_window import MainWindow

PATIENCE = 60_000


def populate(project: Project, count: int = 3) -> list[Any]:
    return [
        create_entity(project, kind="npc", name=f"Keeper {n}", summary=f"Guards the {n}th hall of bone.").id
        for n in range(count)
    ]


@pytest.fixture
def desk(run: Any, ctx: Any) -> Iterator[ModelDesk]:
    made = run(ModelDesk.load(ctx.settings))
    yield made
    run(made.aclose())


@pytest.fixture
def behind(window: MainWindow, ctx: Any, desk: ModelDesk) -> Iterator[Indexing]:
    ctx.workspace.run_now(populate)
    made = Indexing(window, ctx, desk)
    yield made
    made.release()
    assert ctx.errors == []


def ready(behind: Indexing) -> bool:
    indexer = behind._indexer
    return indexer is not None and indexer.index.fresh and indexer.progress.state == "ready"


def test_a_project_is_found_by_meaning_without_anything_to_do(
    qtbot: QtBot, run: Any, ctx: Any, behind: Indexing
) -> None:
    qtbot.waitUntil(lambda: ready(behind), timeout=PATIENCE)
    hits = run(ctx.index.search("someone who watches a room made of skeletons", words=False))
    assert hits[0].similarity > 0.2
    assert ctx.tasks.jobs == []


def test_much_to_fill_in_is_a_job_that_can_be_paused(
    qtbot: QtBot, ctx: Any, behind: Indexing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "MANY", 0)
    qtbot.waitUntil(lambda: ready(behind), timeout=PATIENCE)
    for one in ctx.workspace.run_now(populate, 90):
        ctx.workspace.run_now(update_entity, one, {"body": f"Number {one} counts keys."})
    qtbot.waitUntil(lambda: bool(ctx.tasks.running_jobs), timeout=PATIENCE)
    (job,) = ctx.tasks.running_jobs
    job.cancel()
    assert job.state == "cancelled"
    assert behind._indexer is not None
    assert behind._indexer.paused
    behind.toggle()
    qtbot.waitUntil(lambda: ready(behind), timeout=PATIENCE)


def test_another_embedder_in_the_settings_embeds_anew(qtbot: QtBot, run: Any, ctx: Any, behind: Indexing) -> None:
    qtbot.waitUntil(lambda: ready(behind), timeout=PATIENCE)
    from studio.services.llm.connections import Connection

    with ScriptedProvider(models=["nomic"]) as provider:
        run(behind._desk.save(Connection(name="Here", provider="ollama", base_url=provider.url)))
        ctx.settings.set(embedder="ollama/nomic")
        qtbot.waitUntil(lambda: bool(provider.calls) and ready(behind), timeout=PATIENCE)
        assert behind._indexer is not None
        assert behind._indexer.index.spec.model == "nomic"
        (total,) = run(behind._desk.spend.totals("model"))
        assert (total.key, total.requests > 0, total.cost_usd) == ("ollama/nomic", True, 0.0)


def test_the_index_can_be_made_anew(qtbot: QtBot, run: Any, behind: Indexing) -> None:
    qtbot.waitUntil(lambda: ready(behind), timeout=PATIENCE)
    assert behind._indexer is not None
    before = run(behind._indexer.index.open()).life
    behind.rebuild()
    old = behind._indexer
    qtbot.waitUntil(lambda: behind._indexer is not old and ready(behind), timeout=PATIENCE)
    state = run(behind._indexer.index.open())
    assert state.life != before
    assert state.vectors == state.rows


def test_an_embedder_that_is_not_set_up_is_said_and_the_one_that_ships_goes_on(
    qtbot: QtBot, ctx: Any, behind: Indexing
) -> None:
    ctx.settings.set(embedder="openai/text-embedding-3-small")
    qtbot.waitUntil(lambda: any("the embedder that ships" in said for said in ctx.messages), timeout=PATIENCE)
    qtbot.waitUntil(lambda: ready(behind), timeout=PATIENCE)
