"""What the engine can do: each method is an async generator of ("item", data) pieces and one ("done", data)."""

from __future__ import annotations

import importlib
from collections.abc import AsyncGenerator, Callable
from typing import Any, Literal

Piece = tuple[Literal["item", "done"], dict[str, Any]]
Method = Callable[[dict[str, Any]], AsyncGenerator[Piece, None]]

_WHERE = {
    "ping": "studio.engine.models:ping",
    "warm": "studio.engine.models:warm",
    "chat": "studio.engine.models:chat",
    "graph.layout": "studio.engine.layout:layout",
    "embed.texts": "studio.engine.embed:texts",
    "index.open": "studio.engine.index:open_",
    "index.upsert": "studio.engine.index:upsert",
    "index.known": "studio.engine.index:known",
    "index.pending": "studio.engine.index:pending",
    "index.embed": "studio.engine.index:embed",
    "index.alike": "studio.engine.index:alike",
    "index.search": "studio.engine.index:search",
    "index.tidy": "studio.engine.index:tidy",
    "index.close": "studio.engine.index:close",
    "models.list": "studio.engine.listing:list_models",
    "tokens.count": "studio.engine.tokens:count",
    "selftest.index": "studio.engine.selftest:index_round_trip",
}
"""By name, imported on first use: the engine starts quickly, and a broken library only breaks its own methods."""


def _lazy(path: str) -> Method:
    async def call(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
        module, _, name = path.partition(":")
        method: Method = getattr(importlib.import_module(module), name)
        pieces = method(params)
        try:
            async for piece in pieces:
                yield piece
        finally:
            await pieces.aclose()

    return call


def methods() -> dict[str, Method]:
    """Every method by its name."""
    return {name: _lazy(path) for name, path in _WHERE.items()}
