"""A calendar's arithmetic: one signed axis of absolute days, and a calendar as a view of it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from studio.domain import calendar_reading as reading
from studio.domain.calendar_parts import (
    LAST_YEAR,
    PHASES,
    CalendarDate,
    Era,
    LeapDay,
    Month,
    MonthSpan,
    Moon,
    MoonPhase,
    Parts,
    Season,
)
from studio.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "LAST_YEAR",
    "PHASES",
    "CalendarDate",
    "CalendarSystem",
    "Era",
    "LeapDay",
    "Month",
    "MonthSpan",
    "Moon",
    "MoonPhase",
    "Parts",
    "Season",
]


class _Half(NamedTuple):
    """Days, and days that count for the week, before each year of one leap period, away from the start of year 1."""

    days: list[int]
    week: list[int]


class CalendarSystem:
    """A calendar that can count. Years are as they are written: where there is no year zero, -1 comes before 1.

    Leap rules test the year as it is written. So the years before year 1 have a table of their own, and both tables
    repeat after the same number of years.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.key, self.name = parts.key, parts.name
        self.months, self.weekdays = parts.months, parts.weekdays
        self.names = reading.MonthNames(parts.months)
        self._period = reading.period_of(parts)
        self._shapes: dict[tuple[bool, ...], tuple[MonthSpan, ...]] = {}
        self._rules = [m.leap for m in parts.months if m.leap] + [d.rule for d in parts.leap_days]

    @classmethod
    def from_definition(cls, definition: dict[str, Any]) -> Self:
        """The calendar that a definition describes. Raises Invalid with a sentence."""
        return cls(reading.read(definition))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CalendarSystem) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash((self.key, self.name, len(self.months)))

    # ---- years -------------------------------------------------------------------------------------------------

    def _index(self, year: int) -> int:
        """The year with a year zero, whatever this calendar has. Raises Invalid."""
        if not -LAST_YEAR <= year <= LAST_YEAR:
            raise Invalid(f"The year {year} is too far away.")
        if self.parts.year_zero or year > 0:
            return year
        if year == 0:
            raise Invalid("This calendar has no year 0. The year before 1 is -1.")
        return year + 1

    def _label(self, index: int) -> int:
        return index if self.parts.year_zero or index > 0 else index - 1

    def add_years(self, year: int, years: int) -> int:
        """The year so many years later (or earlier)."""
        return self._label(self._index(year) + years)

    def _shape(self, year: int) -> tuple[MonthSpan, ...]:
        """The months of a year, counted from 0 on its first day."""
        key = tuple(rule.hits(year) for rule in self._rules)
        if key not in self._shapes:
            self._shapes[key] = self._build(year)
        return self._shapes[key]

    def _build(self, year: int) -> tuple[MonthSpan, ...]:
        spans, first = [], 0
        for month in self.parts.months:
            if month.leap and not month.leap.hits(year):
                continue
            span = _span(month, first, [d for d in self.parts.leap_days if d.month == month.key and d.rule.hits(year)])
            spans.append(span)
            first += span.days
        return tuple(spans)

    @cached_property
    def _after(self) -> _Half:
        return self._half([self._label(1 + n) for n in range(self._period)])

    @cached_property
    def _before(self) -> _Half:
        return self._half([self._label(-n) for n in range(self._period)])

    def _half(self, years: Sequence[int]) -> _Half:
        shapes = [self._shape(year) for year in years]
        days = accumulate((sum(s.days for s in shape) for shape in shapes), initial=0)
        week = accumulate((sum(s.days - len(s.outside) for s in shape) for shape in shapes), initial=0)
        return _Half(list(days), list(week))

    def _start(self, index: int, *, week: bool = False) -> int:
        """Days (or days of the week) from the start of year 1 to the start of this one."""
        half = self._after if index > 0 else self._before
        table = half.week if week else half.days
        rounds, rest = divmod(index - 1 if index > 0 else 1 - index, self._period)
        days = rounds * table[-1] + table[rest]
        return days if index > 0 else -days

    def year_first(self, year: int) -> int:
        """The absolute day on which a year begins. Raises Invalid for a year that isn't one."""
        return self.parts.epoch + self._start(self._index(year))

    def year_last(self, year: int) -> int:
        """The last absolute day of a year."""
        return self.parts.epoch + self._start(self._index(year) + 1) - 1

    def month_layout(self, year: int) -> tuple[MonthSpan, ...]:
        """The months that this year has, in order, on absolute days."""
        first = self.year_first(year)
        return tuple(span._replace(first=first + span.first) for span in self._shape(year))

    @cached_property
    def mean_year(self) -> float:
        """Days of a year on the average."""
        return self._after.days[-1] / self._period

    # ---- days --------------------------------------------------------------------------------------------------

    def month_span(self, year: int, month: str | int) -> MonthSpan:
        """A month of a year. Raises Invalid for one that is unknown or doesn't come in that year."""
        wanted = self.names.find(month)
        if wanted is None:
            raise Invalid(f"“{month}” is no month of this calendar.")
        first = self.year_first(year)
        for span in self._shape(year):
            if span.month is wanted:
                return span._replace(first=first + span.first)
        raise Invalid(f"The year {self.year_words(year)} has no {wanted.name}.")

    def to_abs(self, year: int, month: str | int, day: int) -> int:
        """The absolute day of a date; `month` is a key, a name, or a number counted from 1. Raises Invalid."""
        span = self.month_span(year, month)
        if not 1 <= day <= span.days:
            raise Invalid(f"{span.month.name} has {span.days} days in {self.year_words(year)}, so there is no {day}.")
        return span.first + day - 1

    def from_abs(self, day: int) -> CalendarDate:
        """The date of an absolute day."""
        index, rest = self._locate(day)
        year = self._label(index)
        shape = self._shape(year)
        span = shape[bisect_right([s.first for s in shape], rest) - 1]
        return CalendarDate(year, span.month.key, rest - span.first + 1)

    def _locate(self, day: int) -> tuple[int, int]:
        """(index of the year, days since its start)."""
        n = day - self.parts.epoch
        half = self._after if n >= 0 else self._before
        rounds, rest = divmod(n if n >= 0 else -n - 1, half.days[-1])
        years = rounds * self._period + bisect_right(half.days, rest) - 1
        index = years + 1 if n >= 0 else -years
        return index, n - self._start(index)

    def year_of(self, day: int) -> int:
        """The year in which an absolute day lies."""
        return self._label(self._locate(day)[0])

    def span_of(self, day: int) -> MonthSpan:
        """The month in which an absolute day lies."""
        date = self.from_abs(day)
        return self.month_span(date.year, date.month)

    def weekday(self, day: int) -> int | None:
        """Which weekday it is, counted from 0; None for a day outside the week, or where there are no weeks."""
        if not self.weekdays:
            return None
        index, rest = self._locate(day)
        shape = self._shape(self._label(index))
        span = shape[bisect_right([s.first for s in shape], rest) - 1]
        number = rest - span.first + 1
        if number in span.outside:
            return None
        within = number - 1 - sum(n < number for n in span.outside)
        restarts = self.parts.week_restarts
        if restarts != "month":
            within += sum(s.days - len(s.outside) for s in shape if s.first < span.first)
        if not restarts:
            within += self._start(index, week=True)
        return (self.parts.first_weekday + within) % len(self.weekdays)

    def moon_phases(self, day: int) -> tuple[MoonPhase, ...]:
        """How each moon stands; each has its new moon, quarters and full moon on one day of every cycle."""
        return tuple(_phase(moon, day - self.parts.epoch) for moon in self.parts.moons)

    # ---- seasons and eras --------------------------------------------------------------------------------------

    def _season_start(self, season: Season, year: int) -> int:
        """The first day of a season; where its month is missing, the month that comes instead."""
        layout = {span.month.key: span for span in self.month_layout(year)}
        months = list(self.months)
        for month in months[[m.key for m in months].index(season.month) :]:
            if span := layout.get(month.key):
                return span.first + (min(season.day, span.days) - 1 if month.key == season.month else 0)
        return self.year_last(year)

    def _season_starts(self, year: int) -> list[tuple[int, Season]]:
        return sorted(((self._season_start(s, year), s) for s in self.parts.seasons), key=lambda pair: pair[0])

    def season(self, day: int) -> Season | None:
        """The season of a day."""
        year = self.year_of(day)
        for at in (year, self.add_years(year, -1)):
            begun = [season for start, season in self._season_starts(at) if start <= day]
            if begun:
                return begun[-1]
        return None

    def season_span(self, year: int, season: Season) -> tuple[int, int]:
        """First and last day of the season that begins in this year."""
        start = self._season_start(season, year)
        later = [s for at in (year, self.add_years(year, 1)) for s, _ in self._season_starts(at) if s > start]
        return start, (min(later) - 1 if later else self.year_last(year))

    def era(self, year: int) -> Era | None:
        """The era of a year: of several, the one that began last."""
        return next((era for era in reversed(self.parts.eras) if era.holds(year)), None)

    def era_year(self, year: int, era: Era) -> int:
        """The number that a year has within an era."""
        if era.backwards and era.end is not None:
            return self._index(era.end) - self._index(year) + 1
        if era.restart and era.start is not None:
            return self._index(year) - self._index(era.start) + 1
        return year

    def year_in(self, era: Era, number: int) -> int | None:
        """The year that is written with this number in this era, read the other way where that fits better."""
        readings = []
        if era.backwards and era.end is not None:
            readings.append(self._index(era.end) - number + 1)
        if era.start is not None and era.start != 0:
            readings.append(self._index(era.start) + number - 1)
        if not era.restart and not era.backwards and (number != 0 or self.parts.year_zero):
            readings.insert(0, self._index(number))
        fitting = [year for index in readings if era.holds(year := self._label(index))]
        return fitting[0] if fitting else None

    # ---- words -------------------------------------------------------------------------------------------------

    def year_words(self, year: int) -> str:
        """A year as it is written; with its era where that changes the number."""
        era = self.era(year)
        if era is None or not (era.restart or era.backwards):
            return str(year)
        return f"{self.era_year(year, era)} {era.abbr or era.name}"

    def month_words(self, year: int, month: str) -> str:
        """A month of a year, as it is written."""
        found = self.names.find(month)
        return f"{found.name if found else month} {self.year_words(year)}"

    def format(self, day: int, precision: str = "day") -> str:
        """An absolute day in words: `3 Reed 812`, or just its month, year, decade, century, season or era."""
        date = self.from_abs(day)
        if precision == "month":
            return self.month_words(date.year, date.month)
        if precision == "year":
            return self.year_words(date.year)
        if precision == "season" and (season := self.season(day)):
            return f"{season.name} {self.year_words(date.year)}"
        if precision == "era" and (era := self.era(date.year)):
            return era.name
        if precision == "decade":
            return f"{date.year // 10 * 10}s"
        if precision == "century":
            return _century_words(date.year)
        return self._day_words(day, date)

    def _day_words(self, day: int, date: CalendarDate) -> str:
        span = self.span_of(day)
        single = span.month.intercalary and span.month.days == 1 and span.days == 1
        words = self.month_words(date.year, date.month)
        return words if single else f"{date.day} {words}"


def _century_words(year: int) -> str:
    n = (abs(year) + 99) // 100 or 1
    end = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{'-' if year < 0 else ''}{n}{end} century"


def _span(month: Month, first: int, leap: list[LeapDay]) -> MonthSpan:
    """A month with the leap days that this year brings, put where they belong."""
    outside: set[int] = set()
    named: dict[int, str] = {}
    shift = 0
    for one in sorted(leap, key=lambda d: month.days if d.after is None else d.after):
        at = shift + (month.days if one.after is None else one.after)
        for number in range(at + 1, at + one.days + 1):
            if one.intercalary:
                outside.add(number)
            if one.name:
                named[number] = one.name
        shift += one.days
    days = month.days + shift
    return MonthSpan(month, first, days, frozenset(range(1, days + 1) if month.intercalary else outside), named)


def _phase(moon: Moon, day: int) -> MoonPhase:
    age = (day + moon.shift) % moon.cycle
    quarter = moon.cycle / 4
    for turn in range(5):
        if age <= turn * quarter < age + 1:
            return MoonPhase(moon, age / moon.cycle, turn % 4 * 2)
    return MoonPhase(moon, age / moon.cycle, int(age // quarter) % 4 * 2 + 1)
