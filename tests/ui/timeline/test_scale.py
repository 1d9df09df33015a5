"""The line's arithmetic: what is under the pointer stays there, marks have room, nothing is lost in a lane."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.ids import RecordId
from studio.services.world.timeline import Item
from studio.ui.timeline.lanes import Lane, lanes, lay_out
from studio.ui.timeline.scale import CLOSEST, FARTHEST, Scale, ticks
from tests.support.calendars import preset

FOLD = preset("hearthfold")
WIDTHS: dict[str, float] = {}


def item(n: int, lo: int, hi: int, kind: str = "event") -> Item:
    return Item(RecordId(f"id{n}"), kind, f"E{n}", "fields.start", "", lo, hi, "")


@given(st.floats(-1e6, 1e6), st.floats(0.001, 500), st.floats(0.01, 100), st.floats(0, 2000))
def test_what_is_under_the_pointer_stays_there(left: float, per_day: float, factor: float, at: float) -> None:
    scale = Scale(left, per_day)
    day = scale.day(at)
    scale.zoom(factor, at)
    assert FARTHEST <= scale.per_day <= CLOSEST
    assert scale.day(at) == pytest.approx(day, rel=1e-6, abs=1e-3)


@given(st.integers(-800, 800), st.floats(-7, 3.1))
def test_marks_lie_in_order_and_have_room(year: int, power: float) -> None:
    scale = Scale(FOLD.year_first(year or 1), 10**power)
    marks = ticks(FOLD, scale, 1200)
    assert len(marks) < 80
    days = [mark.day for mark in marks]
    assert days == sorted(days)
    quiet = [mark for mark in marks if not mark.strong]
    gaps = [(two.day - one.day) * scale.per_day for one, two in pairwise(quiet)]
    assert all(gap > 40 for gap in gaps)


@pytest.mark.parametrize(
    ("per_day", "label"), [(1440, "6:00"), (90, "8"), (30, "6"), (2, "Bramble"), (0.3, "813"), (0.01, "900")]
)
def test_the_ruler_speaks_from_hours_to_centuries(per_day: float, label: str) -> None:
    scale = Scale(FOLD.to_abs(812, "Lark", 1), per_day)
    assert label in [mark.label for mark in ticks(FOLD, scale, 1400)]


spans = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 400)), min_size=1, max_size=400)


@given(spans, st.floats(0.05, 40), st.integers(-500, 5500))
def test_everything_in_sight_is_shown_or_counted(found: list[tuple[int, int]], per_day: float, left: int) -> None:
    lane = Lane("event", "Events", [item(n, lo, lo + days) for n, (lo, days) in enumerate(found)])
    scale = Scale(left, per_day)
    laid = lay_out(lane, scale, 1000, WIDTHS, mark=14, gap=6)
    shown = {p.item.id for p in laid.placed} | {i.id for crowd in laid.crowds for i in crowd.items}
    in_sight = {i.id for i in lane.items if scale.x(i.hi + 1) >= 0 and scale.x(i.lo) <= 1000}
    assert in_sight <= shown
    by_row: dict[int, list[tuple[float, float]]] = {}
    for one in laid.placed:
        if one.label:
            by_row.setdefault(one.row, []).append((one.x, one.x + one.width))
    for row in by_row.values():
        assert all(end <= start for (_, end), (start, _) in pairwise(sorted(row)))


def test_nothing_changes_its_row_while_the_view_is_dragged() -> None:
    lane = Lane("event", "Events", [item(n, 37 * n, 37 * n + n % 90) for n in range(60)])
    rows = []
    for left in range(1000, 1040, 4):
        laid = lay_out(lane, Scale(left, 1.0), 900, WIDTHS, mark=14, gap=6)
        rows.append({p.item.id: p.row for p in laid.placed if 0 < p.x < 800})
    for one, other in pairwise(rows):
        assert all(other[key] == row for key, row in one.items() if key in other)


def test_lanes_come_with_the_fullest_first_and_none_last() -> None:
    items = [
        item(1, 0, 0)._replace(arc="a"),
        item(2, 0, 0)._replace(arc="b"),
        item(3, 0, 0)._replace(arc="b"),
        item(4, 0, 0),
    ]
    assert [lane.title for lane in lanes(items, "arc", {"a": "War", "b": "Peace"})] == ["Peace", "War", "No arc"]
    assert [lane.title for lane in lanes(items, "kind", {})] == ["Events"]
