"""How near entities are in meaning, by the pairs that an index of meanings gave."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from studio.domain.ids import RecordId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Given:
    """A `Nearness` of the nearest pairs; of any other two it knows nothing."""

    def __init__(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        self._near: dict[tuple[RecordId, RecordId], float] = {}
        self._with: defaultdict[RecordId, set[tuple[RecordId, RecordId]]] = defaultdict(set)
        for a, b, near in pairs:
            pair = _ordered(RecordId(a), RecordId(b))
            self._near[pair] = near
            for one in pair:
                self._with[one].add(pair)

    def __call__(self, one: RecordId, two: RecordId, /) -> float | None:
        return self._near.get(_ordered(one, two))

    def pairs(self, only: Collection[RecordId] | None, /) -> set[tuple[RecordId, RecordId]]:
        """All pairs, or those with one of these."""
        if only is None:
            return set(self._near)
        return {pair for one in only for pair in self._with.get(one, ())}


def _ordered(one: RecordId, two: RecordId) -> tuple[RecordId, RecordId]:
    return (one, two) if one < two else (two, one)
