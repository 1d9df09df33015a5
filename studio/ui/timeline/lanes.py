"""Lanes of a timeline: what belongs together on a row of rows, and where each thing lies in it at a scale."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.vocabulary import plain_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.services.world.timeline import Item
    from studio.ui.timeline.scale import Scale

GROUPS: tuple[tuple[str, str], ...] = (("Kind", "kind"), ("Arc", "arc"), ("Faction", "faction"), ("Place", "place"))
_NONE = {"arc": "No arc", "faction": "No faction", "place": "No place"}
ROWS = 4
"""How many rows a lane has at most; what finds no room is counted."""
DENSE = 240
"""With more than so many things in sight, a lane shows counts."""


class Placed(NamedTuple):
    """One thing in a lane: pixels from the left edge, the row, and how much room its label has."""

    item: Item
    x: float
    width: float
    row: int
    label: float


class Crowd(NamedTuple):
    """Things that lie too close to be shown one by one."""

    x: float
    width: float
    row: int
    items: Sequence[Item]


class Lane:
    """The things of one lane, by their first day."""

    def __init__(self, key: str, title: str, items: Iterable[Item]) -> None:
        self.key, self.title = key, title
        self.items = sorted(items, key=lambda item: (item.lo, item.hi))
        self.starts = [item.lo for item in self.items]
        self._reach = list(accumulate((item.hi for item in self.items), max))

    def within(self, lo: float, hi: float) -> tuple[int, int]:
        """The range of items that may touch these days."""
        return bisect_left(self._reach, lo), bisect_right(self.starts, hi)


def lanes(items: Iterable[Item], group: str, names: Mapping[str, str]) -> list[Lane]:
    """The lanes of a grouping: the fullest first, what belongs to none last."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(getattr(item, group), []).append(item)
    made = [Lane(key, _title(key, group, names), inside) for key, inside in found.items()]
    return sorted(made, key=lambda lane: (not lane.key, -len(lane.items), lane.title))


def _title(key: str, group: str, names: Mapping[str, str]) -> str:
    if group == "kind":
        return names.get(key) or plain_kind(key).plural
    return names.get(key, "") or _NONE[group]


class Layout(NamedTuple):
    """What a lane shows: single things and crowds, and how many rows that takes."""

    placed: list[Placed]
    crowds: list[Crowd]
    rows: int


def lay_out(lane: Lane, scale: Scale, width: float, widths: Mapping[str, float], *, mark: float, gap: float) -> Layout:
    """Place what is in sight. `widths` are those of the labels, `mark` that of a thing without an extent.

    Places are worked out from edges that don't move with the view, so that nothing jumps while it is dragged along.
    """
    tile = width / scale.per_day
    first = (scale.left // tile - 1) * tile
    start, end = lane.within(first, first + 4 * tile)
    if end - start > DENSE:
        return _crowded(lane, scale, start, end, first, mark)
    return _one_by_one(lane.items[start:end], scale, widths, mark, gap)


def _one_by_one(items: Sequence[Item], scale: Scale, widths: Mapping[str, float], mark: float, gap: float) -> Layout:
    ends = [-1e18] * ROWS
    placed: list[Placed] = []
    left: list[Item] = []
    for item in items:
        x, extent = extent_of(item, scale, mark)
        label = widths.get(item.title, 60.0)
        row = next((n for n, end in enumerate(ends) if end <= x), None)
        if row is None:
            left.append(item)
            continue
        ends[row] = x + max(extent, mark + label + gap if extent < label + mark else extent) + gap
        placed.append(Placed(item, x, extent, row, label))
    rows = max((p.row + 1 for p in placed), default=1)
    alone, crowds = _gathered(left, scale, mark, ROWS) if left else ([], [])
    return Layout([*placed, *alone], crowds, rows + bool(left))


def extent_of(item: Item, scale: Scale, mark: float) -> tuple[float, float]:
    """(x, width) of a thing; one that is smaller than a mark is centred where it lies."""
    if item.minute is not None and item.lo == item.hi:
        x = scale.x(item.lo + item.minute / 1440)
        return x - mark / 2, mark
    x, end = scale.x(item.lo), scale.x(item.hi + 1)
    if end - x < mark:
        return (x + end - mark) / 2, mark
    return x, end - x


def _gathered(items: Sequence[Item], scale: Scale, mark: float, row: int) -> tuple[list[Placed], list[Crowd]]:
    """Things side by side as counts, in cells whose edges don't move; one that is alone in its cell as its mark."""
    cell = 3 * mark / scale.per_day
    cells: dict[int, list[Item]] = {}
    for item in items:
        cells.setdefault(int(item.lo // cell), []).append(item)
    alone = [_bare(inside[0], scale, mark, row) for inside in cells.values() if len(inside) == 1]
    crowds = [Crowd(scale.x(at * cell), 3 * mark, row, inside) for at, inside in cells.items() if len(inside) > 1]
    return alone, crowds


def _bare(item: Item, scale: Scale, mark: float, row: int) -> Placed:
    """A thing by its mark alone."""
    x, extent = extent_of(item, scale, mark)
    return Placed(item, x, min(extent, 3 * mark), row, 0.0)


def _crowded(lane: Lane, scale: Scale, start: int, end: int, first: float, mark: float) -> Layout:
    """Counts cell by cell, found by halving instead of one by one; long things that fit get a row above them."""
    cell = 3 * mark / scale.per_day
    at = int(first // cell)
    crowds: list[Crowd] = []
    placed: list[Placed] = []
    here = bisect_left(lane.starts, at * cell, start, end)
    last = lane.starts[end - 1]
    while here < end and at * cell <= last:
        there = bisect_left(lane.starts, (at + 1) * cell, here, end)
        if there > here:
            inside = lane.items[here:there]
            if len(inside) == 1:
                placed.append(_bare(inside[0], scale, mark, 0))
            else:
                crowds.append(Crowd(scale.x(at * cell), 3 * mark, 0, inside))
        here = there
        at = int(lane.starts[here] // cell) if here < end else at + 1
    return Layout(placed, crowds, 1)
