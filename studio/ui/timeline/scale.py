"""From days to pixels and back, and where a ruler has its marks: from hours to thousands of years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.calendar import CalendarSystem

CLOSEST = 1440.0
"""Pixels of one day when an hour is 60 pixels wide."""
FARTHEST = 1e-7
_LABEL = 84
"""Least room for a label, in pixels at 100 %."""


@dataclass
class Scale:
    """`left` is the day at the left edge (fractions are hours), `per_day` the pixels of a day."""

    left: float = 0.0
    per_day: float = 1.0

    def x(self, day: float) -> float:
        """Where a day begins, in pixels from the left edge."""
        return (day - self.left) * self.per_day

    def day(self, x: float) -> float:
        """Which day is under a pixel."""
        return self.left + x / self.per_day

    def zoom(self, factor: float, at: float) -> None:
        """Come closer (above 1) or go back; what is under this pixel stays there."""
        day = self.day(at)
        self.per_day = min(CLOSEST, max(FARTHEST, self.per_day * factor))
        self.left = day - at / self.per_day

    def fit(self, lo: float, hi: float, width: float) -> None:
        """Show these days with a little room at both sides."""
        days = max(1.0, hi - lo)
        self.per_day = min(CLOSEST, max(FARTHEST, width * 0.9 / days))
        self.left = (lo + hi) / 2 - width / 2 / self.per_day


class Tick(NamedTuple):
    """A mark of the ruler; a strong one begins something larger."""

    day: float
    label: str
    strong: bool = False


def ticks(calendar: CalendarSystem, scale: Scale, width: float, *, text_scale: float = 1.0) -> list[Tick]:
    """The marks that have room in so many pixels. None where the years are too far away to be counted."""
    room = _LABEL * text_scale / scale.per_day
    lo, hi = scale.left, scale.day(width)
    try:
        if room <= 0.5:
            return list(_hours(calendar, lo, hi, room))
        if room < 0.75 * calendar.mean_year / max(1, len(calendar.months)):
            return list(_days(calendar, lo, hi, room))
        if room < calendar.mean_year * 0.6:
            return list(_months(calendar, lo, hi, room))
        return list(_years(calendar, lo, hi, room / calendar.mean_year))
    except (Invalid, OverflowError):
        return []


def _hours(calendar: CalendarSystem, lo: float, hi: float, room: float) -> Iterator[Tick]:
    step = next((h for h in (1, 2, 3, 6) if h / 24 >= room), 12)
    for day in range(int(lo // 1), int(hi // 1) + 1):
        yield Tick(day, calendar.format(day), strong=True)
        for hour in range(step, 24, step):
            if lo <= day + hour / 24 <= hi:
                yield Tick(day + hour / 24, f"{hour}:00")


def _days(calendar: CalendarSystem, lo: float, hi: float, room: float) -> Iterator[Tick]:
    step = next((n for n in (1, 2, 5, 10, 15) if n >= room * 0.99), 30)
    day = int(lo // 1)
    while day <= hi:
        span = calendar.span_of(day)
        single = span.days == 1
        yield Tick(span.first, calendar.format(span.first, "day" if single else "month"), strong=True)
        for at in range(span.first + step, span.last + 1, step):
            if lo <= at <= hi and span.last - at + 1 >= room * 0.7:
                yield Tick(at, str(at - span.first + 1))
        day = span.last + 1


def _months(calendar: CalendarSystem, lo: float, hi: float, room: float) -> Iterator[Tick]:
    year = calendar.year_of(int(lo // 1))
    while calendar.year_first(year) <= hi:
        first = calendar.year_first(year)
        yield Tick(first, calendar.year_words(year), strong=True)
        last = float(first)
        for span in calendar.month_layout(year)[1:]:
            if span.first - last >= room and not (span.month.intercalary and span.days == 1):
                yield Tick(span.first, span.month.abbr or span.month.name)
                last = span.first
        year = calendar.add_years(year, 1)


def _years(calendar: CalendarSystem, lo: float, hi: float, room: float) -> Iterator[Tick]:
    """Round years: every 1, 2, 5, 10, … as far as their labels have room."""
    step = next(m * 10**n for n in range(10) for m in (1, 2, 5) if m * 10**n >= room)
    year = calendar.year_of(int(lo // 1))
    year -= year % step
    for at in range(year, calendar.year_of(int(hi // 1)) + step + 1, step):
        shown = at if at or calendar.parts.year_zero else 1
        yield Tick(calendar.year_first(shown), calendar.year_words(shown), strong=shown % (10 * step) == 0)
