"""Made-up chunks for an index: vectors in groups, texts with words as common as in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.engine.protocol import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np

DIM, GROUPS, WORDS = 384, 400, 20_000
SLICE = 5_000


class World:
    """Vectors in groups, as texts of one subject lie near one another, and texts whose words follow Zipf."""

    def __init__(self, count: int) -> None:
        import numpy as np

        self.random = np.random.default_rng(7)
        self.count = count
        self.centres = self._unit(self.random.standard_normal((GROUPS, DIM), dtype=np.float32))
        weights = 1 / np.arange(1, WORDS + 1)
        self.share = weights / weights.sum()

    def _unit(self, vectors: np.ndarray) -> np.ndarray:
        import numpy as np

        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def vectors(self, count: int) -> np.ndarray:
        import numpy as np

        of = self.random.integers(0, GROUPS, count)
        noise = self.random.standard_normal((count, DIM), dtype=np.float32) / np.sqrt(DIM)
        return self._unit(self.centres[of] + 1.2 * noise).astype(np.float32)

    def texts(self, count: int) -> list[str]:
        words = self.random.choice(WORDS, size=(count, 40), p=self.share)
        return [" ".join(f"w{word}" for word in row) for row in words]


def build(folder: Path, world: World, records: Sequence[str] = ()) -> np.ndarray:
    """Write an index as the engine does, but in large slices. Gives all vectors, for the exact answer.

    The chunks are those of `records` in turn, or of one record each.
    """
    import numpy as np

    from studio.engine.index_store import Store
    from studio.engine.index_tables import texts_table, vectors_table
    from studio.engine.protocol import IndexRow

    store = Store(folder)
    everything = np.zeros((world.count, DIM), np.float32)
    table: Any = None
    for start in range(0, world.count, SLICE):
        of = [_chunk(start + n, records) for n in range(SLICE)]
        rows = [
            IndexRow(
                id="#".join(of[n]), record=of[n][0], kind="npc", hash=f"{start + n:032x}",
                text_hash=f"{start + n:032x}", text=text, meaning="", visibility="party" if n % 2 else "gm",
            )
            for n, text in enumerate(world.texts(SLICE))
        ]  # fmt: skip
        vectors = world.vectors(SLICE)
        everything[start : start + SLICE] = vectors
        store._texts.add(texts_table(rows))
        if table is None:
            store._add_vectors(BUILT_IN, rows, list(vectors))
            (table,) = store._vectors.values()
        else:
            table.add(vectors_table(rows, list(vectors), DIM))
    store.tidy(now=True)
    store.close()
    return everything


def _chunk(number: int, records: Sequence[str]) -> tuple[str, str]:
    if not records:
        return f"0192f000-0000-7000-8000-{number:012x}", "0"
    return records[number % len(records)], str(number // len(records))
