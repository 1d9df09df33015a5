"""A round trip through LanceDB in a folder of its own: written, searched, read back."""

from __future__ import annotations

import asyncio
import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from studio.engine.methods import Piece

ROWS = 16


async def index_round_trip(_params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """Write vectors, open the table again, find the nearest; `found` must be the one that was asked for."""
    yield "done", await asyncio.to_thread(_round_trip)


def _round_trip() -> dict[str, Any]:
    import lancedb

    rows = [{"id": f"r{n}", "vector": [float(n == m) for m in range(ROWS)]} for n in range(ROWS)]
    with tempfile.TemporaryDirectory(prefix="ttrpg-index-", ignore_cleanup_errors=True) as folder:
        lancedb.connect(folder).create_table("probe", rows)
        table = lancedb.connect(folder).open_table("probe")
        nearest = table.search(rows[5]["vector"]).limit(1).to_list()
        return {"version": lancedb.__version__, "rows": table.count_rows(), "asked": "r5", "found": nearest[0]["id"]}
