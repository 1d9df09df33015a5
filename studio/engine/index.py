"""The methods `index.*`: each finds its open store by place, works on a thread, and turns damage into a new index.

The app says with every call where the index lies, so an engine that was restarted needs no greeting.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.engine.embed import embedder, used
from studio.engine.faults import EngineFailure
from studio.engine.memory import held
from studio.engine.protocol import (
    HITS,
    IndexAlike,
    IndexCall,
    IndexEmbed,
    IndexKnown,
    IndexOpen,
    IndexPlace,
    IndexSearch,
    IndexState,
    IndexUpsert,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from studio.engine.index_store import Store
    from studio.engine.methods import Piece

_PAGE = 5_000
_MB = 2**20
_stores: dict[IndexPlace, Store] = {}
_opening = threading.Lock()


def _store(place: IndexPlace) -> Store:
    os.environ.setdefault("LANCE_LOG", "error")
    from studio.engine.index_store import Store

    with _opening:
        if place not in _stores:
            _stores[place] = Store(Path(place.folder) if place.folder else None)
        return _stores[place]


async def _at(place: IndexPlace, work: Callable[[Store], Any]) -> Any:
    """Work on a store, on a thread. Damage is answered with an empty index and the failure `index_anew`."""

    def run() -> Any:
        from studio.engine.index_store import ReadOnly

        store = _store(place)
        try:
            return work(store)
        except ReadOnly:
            raise EngineFailure("index_busy", detail="another process writes this index") from None
        except (OSError, RuntimeError, ValueError) as error:
            if store.sound():
                return work(store)
            store.rebuild(f"it was damaged: {type(error).__name__}")
            raise EngineFailure("index_anew", detail=str(error)[:200]) from error

    return await asyncio.to_thread(run)


async def open_(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `index.open`."""
    call = IndexOpen.model_validate(params)

    def look(store: Store) -> IndexState:
        if store.may_write() and call.rebuild:
            store.rebuild("it was asked for")
        return _state(store, call)

    yield "done", (await _at(call.place, look)).model_dump()


def _state(store: Store, call: IndexCall) -> IndexState:
    rows, vectors = store.count(call.embedder.id)
    return IndexState(
        writer=store.writer,
        life=store.life,
        rows=rows,
        vectors=vectors,
        done=store.done,
        why=store.why,
        memory_mb=held() // _MB,
        disk_mb=store.disk_bytes() // _MB,
    )


async def upsert(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `index.upsert`."""
    call = IndexUpsert.model_validate(params)

    def write(store: Store) -> dict[str, Any]:
        if call.life and call.life != store.life:
            raise EngineFailure("index_anew", detail="it was made anew meanwhile")
        missing = store.upsert(call.rows, call.gone, call.done, call.embedder.id)
        return {"missing": missing, "rows": store.count(call.embedder.id)[0]}

    yield "done", await _at(call.place, write)


async def known(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `index.known`: items of `hashes`, {id: hash}, some thousand at a time."""
    call = IndexKnown.model_validate(params)
    pairs = list((await _at(call.place, lambda store: store.known(call.records))).items())
    for start in range(0, len(pairs), _PAGE):
        yield "item", {"hashes": dict(pairs[start : start + _PAGE])}
    yield "done", {"rows": len(pairs)}


async def pending(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `index.pending`: items of `ids`, the rows that have no vector."""
    call = IndexCall.model_validate(params)
    ids = await _at(call.place, lambda store: store.pending(call.embedder.id))
    for start in range(0, len(ids), _PAGE):
        yield "item", {"ids": ids[start : start + _PAGE]}
    yield "done", {"rows": len(ids)}


async def embed(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `index.embed`. A call that is cancelled keeps what was embedded by then."""
    call = IndexEmbed.model_validate(params)
    rows, made = await _at(call.place, lambda store: store.to_embed(call.embedder.id, call.ids))
    yield "item", {"rows": len(rows)}
    cancelled = False
    if rows:
        stop = threading.Event()
        maker = embedder(call.embedder, api_key=call.api_key)
        work = asyncio.ensure_future(maker.embed([row["meaning"] for row in rows], stop, workers=call.workers))
        try:
            vectors = await asyncio.shield(work)
        except asyncio.CancelledError:
            cancelled = True
            stop.set()
            vectors = await work
        await _at(call.place, lambda store: store.put_vectors(call.embedder.id, rows[: len(vectors)], vectors))
        made += len(vectors)
    if cancelled:
        raise asyncio.CancelledError
    yield "done", {"made": made, **used(call.embedder)}


async def search(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `index.search`: `hits`, and the seconds that embedding the question took."""
    from studio.engine.index_store import fused

    call = IndexSearch.model_validate(params)
    loop = asyncio.get_running_loop()
    words = near = None
    started = loop.time()
    if call.words and call.text.strip():
        words = asyncio.ensure_future(_at(call.place, lambda store: store.by_words(call.text, call.k, call.where)))
    vector = None
    if call.semantic:
        vector = await _question(call)
        embedded = loop.time() - started
        near = await _at(call.place, lambda store: store.near(call.embedder.id, vector, call.k, call.where))
    else:
        embedded = 0.0
    hits = fused(await words if words else [], near or [])
    yield "done", {"hits": HITS.dump_python(hits), "embedded": embedded, **used(call.embedder)}


async def alike(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `index.alike`: `pairs`, [record, record, cosine], the nearest first."""
    call = IndexAlike.model_validate(params)
    pairs = await _at(call.place, lambda store: store.alike(call.embedder.id, call.kinds, call.least, call.most))
    yield "done", {"pairs": pairs}


async def _question(call: IndexSearch) -> Any:
    import numpy as np

    if call.vector:
        return np.array(call.vector, np.float32)
    stop = threading.Event()
    try:
        return (await embedder(call.embedder, api_key=call.api_key).embed([call.text], stop))[0]
    finally:
        stop.set()


async def tidy(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `index.tidy`: put small files together; with `now` whether it is due or not."""
    now = bool(params.pop("now", False))
    call = IndexCall.model_validate(params)

    def work(store: Store) -> bool:
        if now and store.writer:
            store.prune(call.embedder.id)
        return store.tidy(now=now)

    yield "done", {"tidied": await _at(call.place, work)}


async def close(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Method `index.close`: let go of the store; the next call opens it again."""
    call = IndexCall.model_validate(params)
    with _opening:
        store = _stores.pop(call.place, None)
    if store is not None:
        with contextlib.suppress(Exception):
            await asyncio.to_thread(store.close)
    yield "done", used(call.embedder)
