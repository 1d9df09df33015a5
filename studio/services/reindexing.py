"""Bringing an index up to date, or making it anew, without a window: with the embedder that the user chose."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from studio.domain.errors import StudioError
from studio.engine.client import EngineClient
from studio.engine.protocol import CallFailed
from studio.services.llm.embedders import BUDGET, Chosen, EmbedMeter, chosen
from studio.services.llm.headless import KEY_VARIABLE, headless_spend
from studio.services.llm.routing import Models
from studio.services.retrieval import following
from studio.services.retrieval.index import Index, place_of
from studio.services.retrieval.indexing import Indexer, Progress
from studio.settings import SettingsStore
from studio.storage import paths

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from studio.engine.protocol import IndexState
    from studio.services.workspace import Workspace

log = logging.getLogger(__name__)


class IndexFailed(StudioError):
    """The index could not be brought up to date."""

    code = "index"


def _chosen() -> Chosen:
    models = Models.load(paths.config_dir())
    return chosen(models, SettingsStore(paths.config_dir()).value.embedder)


async def headless_embedder() -> tuple[Chosen, Callable[[], Awaitable[str]] | None]:
    """The embedder that the user chose, and where its key comes from. Raises NoModel."""
    picked = await asyncio.to_thread(_chosen)

    async def key() -> str:
        return await asyncio.to_thread(_key, picked.secret_name)

    return picked, key if picked.secret_name else None


def _key(name: str) -> str:
    """The key of the environment, else of the system's keyring, or none: many servers want none."""
    if given := os.environ.get(KEY_VARIABLE):
        return given
    from studio.storage.secrets import KeyringSecrets

    with contextlib.suppress(StudioError):
        return KeyringSecrets().get(name) or ""
    return ""


@asynccontextmanager
async def headless_indexer(
    workspace: Workspace, *, changed: Callable[[Progress], object] = lambda _: None, anew: bool = False
) -> AsyncIterator[Indexer]:
    """An indexer with an engine of its own, for the embedder that the user chose."""
    picked, key = await headless_embedder()
    engine = EngineClient()
    spend = await asyncio.to_thread(headless_spend) if picked.model else None
    try:
        project = await workspace.run(following.project_key)
        meter = EmbedMeter(spend, picked, project_id=project) if spend is not None else None
        place = await place_of(project, project=workspace.path)
        index = Index(engine, place, picked.spec, key=key, meter=meter)
        workers = max(1, (os.cpu_count() or 2) - 1)
        yield Indexer(workspace, index, changed=changed, workers=workers, anew=anew, local=picked.local)
    finally:
        await engine.aclose()
        if spend is not None:
            await asyncio.to_thread(spend.close)


@asynccontextmanager
async def ready_index(
    workspace: Workspace, *, changed: Callable[[Progress], object] = lambda _: None
) -> AsyncIterator[Index]:
    """The project's index with every vector in it. Where it can't be made, one that answers nothing: words still do."""
    async with headless_indexer(workspace, changed=changed) as indexer:
        try:
            await indexer.catch_up()
        except CallFailed as error:
            indexer.index.fresh = False
            log.warning("search by meaning is left out: %s", error)
        yield indexer.index


def reindex(workspace: Workspace, *, rebuild: bool, meaning: bool, changed: Callable[[Progress], object]) -> IndexState:
    """Bring the index of a project up to date, or make it anew. Gives its `IndexState`. Blocks; raises IndexFailed."""

    async def work() -> IndexState:
        async with headless_indexer(workspace, changed=changed, anew=rebuild) as indexer:
            await indexer.catch_up(meaning=meaning)
            return await indexer.index.open()

    try:
        return asyncio.run(work())
    except CallFailed as error:
        raise IndexFailed(_sentence(error)) from error


def _sentence(error: CallFailed) -> str:
    if error.failure.code == "index_busy":
        return "Another window or command keeps this index now. Close it there, or wait until it has ended."
    if error.failure.code == BUDGET:
        return "The budget is used up. Raise it in Settings › Budget, or wait; what was read so far is kept."
    if error.failure.code == "no_embedder":
        return "The embedder is not installed whole. Install the application again."
    return f"The index could not be made ({error.failure.code}). Words and names are found without it."
