"""Places the nodes of a graph: springs from where they were, then pushed apart until no two lie on one another."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import numpy as np

    from studio.engine.methods import Piece

ROUNDS, PUSHES = 120, 80


async def layout(params: dict[str, Any]) -> AsyncGenerator[Piece, None]:
    """`start` is a place for each node, `edges` are pairs of nodes by number; those in `fixed` stay where they are.

    `box` is the width and height that a node needs. Gives `places`, [x, y] between 0 and 1, one for each node.
    The same call always gives the same places.
    """
    yield "done", {"places": await asyncio.to_thread(_placed, params)}


def _placed(params: dict[str, Any]) -> list[list[float]]:
    import numpy as np

    fixed: set[int] = set(params.get("fixed") or ())
    places = np.array(params["start"], dtype=float).reshape(-1, 2)
    if len(places) > 1:
        places = _sprung(places, params["edges"], fixed=fixed, seed=int(params.get("seed", 1)))
        if not fixed:
            places = _to_unit(places)
        _push_apart(places, params["box"], fixed)
    return _to_unit(places, only_if_outside=True).tolist()


def _sprung(places: np.ndarray, edges: list[list[int]], *, fixed: set[int], seed: int) -> np.ndarray:
    import numpy as np
    import rustworkx

    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(places)))
    graph.add_edges_from_no_data([(one, other) for one, other in edges])
    start = {n: (float(x), float(y)) for n, (x, y) in enumerate(places)}
    found = rustworkx.spring_layout(graph, pos=start, fixed=fixed or None, num_iter=ROUNDS, seed=seed)
    return np.array([found[n] for n in range(len(places))])


def _to_unit(places: np.ndarray, *, only_if_outside: bool = False) -> np.ndarray:
    """Shift and shrink everything alike into 0–1, each axis as far as it goes."""
    import numpy as np

    low, high = places.min(axis=0), places.max(axis=0)
    if only_if_outside:
        low, high = np.minimum(low, 0.0), np.maximum(high, 1.0)
    span = np.where(high - low > 1e-9, high - low, 1.0)
    return np.where(high - low > 1e-9, (places - low) / span, 0.5)


def _push_apart(places: np.ndarray, box: list[float], fixed: set[int]) -> None:
    """Move nodes whose boxes overlap, each pair along the axis on which less is missing; fixed ones don't give way."""
    import numpy as np

    size = np.array(box, dtype=float)
    count = len(places)
    gives = np.array([0.0 if n in fixed else 1.0 for n in range(count)])
    share = gives[:, None] / np.maximum(gives[:, None] + gives[None, :], 1.0)
    tie = np.where(np.arange(count)[:, None] > np.arange(count)[None, :], 1.0, -1.0)
    for _ in range(PUSHES):
        apart = places[:, None, :] - places[None, :, :]
        missing = size - np.abs(apart)
        meets = (missing[:, :, 0] > 1e-6) & (missing[:, :, 1] > 1e-6) & ~np.eye(count, dtype=bool)
        if not meets.any():
            return
        across = missing[:, :, 0] / size[0] < missing[:, :, 1] / size[1]
        way = np.where(apart != 0, np.sign(apart), tie[:, :, None])
        shift = way * missing * share[:, :, None] * meets[:, :, None] * 0.7
        shift[:, :, 0] *= across
        shift[:, :, 1] *= ~across
        places += shift.sum(axis=1)
