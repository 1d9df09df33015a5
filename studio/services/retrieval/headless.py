"""An index for commands without a window: brought up to date before it is asked, let go of afterwards."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from studio.engine.client import EngineClient
from studio.engine.protocol import CallFailed
from studio.services.retrieval.following import project_key
from studio.services.retrieval.index import Index, place_of
from studio.services.retrieval.indexing import Indexer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from studio.services.retrieval.indexing import Progress
    from studio.services.workspace import Workspace


@asynccontextmanager
async def headless_index(
    workspace: Workspace, *, tell: Callable[[Progress], object] = lambda _: None, workers: int = 2
) -> AsyncIterator[Index]:
    """The project's index with every vector in it. Where it can't be made, one that answers nothing: words still do."""
    engine = EngineClient()
    try:
        index = Index(engine, await place_of(await workspace.run(project_key)))
        try:
            await Indexer(workspace, index, changed=tell, workers=workers).catch_up()
        except CallFailed as error:
            index.fresh = False
            tell_why(error)
        yield index
        await index.close()
    finally:
        await engine.aclose()


def tell_why(error: CallFailed) -> None:
    """Into the log: nobody is asked anything, and the answers say that meaning wasn't looked at."""
    import logging

    logging.getLogger(__name__).warning("search by meaning is left out: %s", error)
