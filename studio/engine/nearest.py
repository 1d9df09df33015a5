"""Which rows of an index are nearest to each other in meaning."""

from __future__ import annotations

from typing import Any

MOST_ALIKE = 30_000
"""Rows that are compared with each other; more would take too long."""
_BLOCK = 512


def nearest_pairs(rows: Any, least: float, most: int) -> list[tuple[str, str, float]]:
    """The nearest pairs among rows of `id`, `kind` and `vector`: every row against every other, a block at a time."""
    import numpy as np

    ids = [one.partition("#")[0] for one in rows.column("id").to_pylist()]
    kinds = np.array(rows.column("kind").to_pylist())
    vectors = np.array(rows.column("vector").to_pylist(), np.float32).reshape(len(ids), -1)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    best: dict[tuple[str, str], float] = {}
    for start in range(0, len(ids), _BLOCK):
        near = vectors[start : start + _BLOCK] @ vectors.T
        fits = (near >= least) & (kinds[start : start + _BLOCK, None] == kinds[None, :])
        for row, column in zip(*np.nonzero(fits), strict=True):
            one, two = ids[start + row], ids[column]
            if one < two:
                best[one, two] = max(best.get((one, two), 0.0), float(near[row, column]))
    ordered = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(one, two, score) for (one, two), score in ordered[:most]]
