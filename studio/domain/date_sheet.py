"""What a person sees of a calendar: months as sheets of weeks, a day in a line of words, what a date really means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.dates import read_words, span_words
from studio.domain.errors import Invalid
from studio.domain.text import fold

if TYPE_CHECKING:
    from studio.domain.calendar import CalendarSystem
    from studio.domain.calendar_parts import MonthSpan
    from studio.domain.calendars import Calendars
    from studio.domain.timeref import TimeRef

_COLUMNS = 7
"""How wide a sheet is where the calendar has no weeks."""


class Row(NamedTuple):
    """A week of a sheet, with gaps before its first and after its last day; or one day alone, outside the week."""

    days: tuple[int | None, ...]
    alone: bool = False


class Sheet(NamedTuple):
    """One page of a calendar: a month, with the days between months that follow it."""

    year: int
    title: str
    first: int
    last: int
    rows: tuple[Row, ...]


def sheets(calendar: CalendarSystem, year: int) -> list[tuple[MonthSpan, ...]]:
    """The pages of a year. Days between months stand on the page of the month before them, or of the first one."""
    pages: list[list[MonthSpan]] = []
    waiting: list[MonthSpan] = []
    for span in calendar.month_layout(year):
        if not span.month.intercalary:
            pages.append([*waiting, span])
            waiting = []
        elif pages:
            pages[-1].append(span)
        else:
            waiting.append(span)
    return [tuple(page) for page in pages] or [tuple(waiting)]


def sheet_of(calendar: CalendarSystem, day: int) -> Sheet:
    """The page on which a day stands."""
    year = calendar.year_of(day)
    spans = next(page for page in sheets(calendar, year) if page[0].first <= day <= page[-1].last)
    main = next((span for span in spans if not span.month.intercalary), spans[0])
    rows = [row for span in spans for row in _rows(calendar, span)]
    title = calendar.month_words(year, main.month.key)
    return Sheet(year, title, spans[0].first, spans[-1].last, tuple(rows))


def columns(calendar: CalendarSystem) -> int:
    """How many days stand side by side."""
    return len(calendar.weekdays) or _COLUMNS


def _rows(calendar: CalendarSystem, span: MonthSpan) -> list[Row]:
    width = columns(calendar)
    rows: list[Row] = []
    week: list[int | None] = []
    for day in range(span.first, span.last + 1):
        column = calendar.weekday(day) if calendar.weekdays else (day - span.first) % width
        if column is None or (day - span.first + 1) in span.outside:
            rows += _filled(week, width)
            week = []
            rows.append(Row((day,), alone=True))
            continue
        if week and column <= len(week) - 1:
            rows += _filled(week, width)
            week = []
        week += [None] * (column - len(week))
        week.append(day)
    return rows + _filled(week, width)


def _filled(week: list[int | None], width: int) -> list[Row]:
    return [Row((*week, *[None] * (width - len(week))))] if week else []


def day_line(calendar: CalendarSystem, day: int) -> str:
    """A day with its weekday, season, feast, and moons that are new or full."""
    weekday = calendar.weekday(day)
    span = calendar.span_of(day)
    date = calendar.format(day)
    words = [date if weekday is None else f"{calendar.weekdays[weekday].name}, {date}"]
    if special := span.named.get(day - span.first + 1):
        words.append(special)
    if weekday is None and calendar.weekdays:
        words.append("outside the week")
    if season := calendar.season(day):
        words.append(season.name)
    era = calendar.era(calendar.year_of(day))
    words += [era.name] if era else []
    words += [f"{p.moon.name}: {p.name}" for p in calendar.moon_phases(day) if p.step in (0, 4)]
    return " · ".join(words)


def explain(ref: TimeRef, calendars: Calendars) -> str:
    """What a date means, in days: `4 Thaw 812 – 30 Bloom 812 (57 days)`."""
    calendar = calendars.get(ref.calendar) or calendars.main
    if ref.lo is not None and ref.lo == ref.hi:
        return day_line(calendar, ref.lo)
    words = span_words(ref, calendar)
    if ref.lo is None or ref.hi is None:
        return words[:1].upper() + words[1:]
    return f"{words} ({ref.hi - ref.lo + 1:,} days)"


def meaning(text: str, calendars: Calendars) -> str:
    """What typed words will be taken to mean; a sentence where they are no date. Empty for no words."""
    if not text.strip():
        return ""
    try:
        ref = read_words(text, calendars)
        words = explain(ref, calendars) if ref else ""
    except Invalid:
        ref = None
        words = ""
    if ref is None:
        return "Not a date in this world's calendars. It is kept as words."
    if not len(calendars):
        return f"{words}. This world has no calendar yet, so a plain one is used."
    foreign = ref.calendar and ref.calendar != calendars.main.key
    named = calendars.get(ref.calendar)
    if foreign and named is not None and fold(named.name) not in fold(words):
        return f"{words} ({named.name})"
    return words
