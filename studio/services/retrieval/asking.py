"""A question to the whole of retrieval: the index is asked first, where there is one, then the project answers."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from studio.services.retrieval.hearing import hear
from studio.services.retrieval.index import where_of
from studio.services.retrieval.kept import answered
from studio.services.retrieval.query import Near
from studio.services.retrieval.retrieve import POOL

if TYPE_CHECKING:
    from studio.services.retrieval.index import Index
    from studio.services.retrieval.query import Query, Retrieved
    from studio.services.workspace import Workspace


async def ask(workspace: Workspace, query: Query, *, index: Index | None = None) -> Retrieved:
    """What answers a question. Without an index, or with one that isn't there yet, words, names and relations do."""
    started = time.perf_counter()
    found_near, _ = await asyncio.gather(near(index, query), workspace.run(hear, query))
    found = await workspace.run(answered, query, found_near)
    return found.model_copy(update={"ms": round((time.perf_counter() - started) * 1000, 2)})


async def near(index: Index | None, query: Query) -> tuple[Near, ...] | None:
    """The chunks that the index finds by meaning, within the question's lens; None where it can't be asked.

    Its words are looked up in the project itself, which is never behind.
    """
    if index is None or not query.text.strip():
        return None
    where = where_of(query.lens)
    hits = await index.search(query.text, k=POOL, where=where, words=False)
    if hits is None:
        return None
    return tuple(Near(hit.id, hit.similarity) for hit in hits)
