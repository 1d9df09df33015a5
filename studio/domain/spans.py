"""Putting stretches of time together: points, before and after them, between them, about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from studio.domain.errors import Invalid
from studio.domain.timeref import Precision, TimeRef

if TYPE_CHECKING:
    from studio.domain.calendar import CalendarSystem
    from studio.domain.calendar_parts import MonthSpan
    from studio.domain.world import DateValue

ABOUT_YEARS = 5
"""How far `circa` reaches to both sides."""


class Reading(NamedTuple):
    """What a date means, and its structured form; None where only the words can say it."""

    ref: TimeRef
    value: DateValue | None


def month_word(calendar: CalendarSystem, span: MonthSpan) -> str:
    """The word by which a date names a month: its name where that is clear, else its key."""
    return span.month.name if calendar.names.find(span.month.name) == span.month else span.month.key


def point(
    calendar: CalendarSystem, year: int, month: str | int | None = None, day: int | None = None,
    *, minute: int | None = None,
) -> Reading:  # fmt: skip
    """A year, a month or a day; the only day of a month is that day. Raises Invalid where there is no such time."""
    value: dict[str, Any] = ({"calendar": calendar.key} if calendar.key else {}) | {"year": year}
    if month is None:
        lo, hi = calendar.year_first(year), calendar.year_last(year)
        return Reading(TimeRef(precision="year", lo=lo, hi=hi, calendar=calendar.key), value)
    span = calendar.month_span(year, month)
    value["month"] = month_word(calendar, span)
    if day is None:
        precision: Precision = "day" if span.days == 1 else "month"
        return Reading(TimeRef(precision=precision, lo=span.first, hi=span.last, calendar=calendar.key), value)
    at = calendar.to_abs(year, month, day)
    value["day"] = day
    if minute is not None:
        value["time"] = f"{minute // 60:02}:{minute % 60:02}"
    precision = "day" if minute is None else "exact"
    return Reading(TimeRef(precision=precision, lo=at, hi=at, minute=minute, calendar=calendar.key), value)


def stretch(calendar: CalendarSystem, precision: Precision, lo: int | None, hi: int | None) -> Reading:
    """A season, a decade, an era: days that no structured form names."""
    return Reading(TimeRef(precision=precision, lo=lo, hi=hi, calendar=calendar.key), None)


def _bare(value: DateValue | None) -> DateValue | None:
    return None if value is None else {k: v for k, v in value.items() if k != "calendar"}


def _with(reading: Reading, **more: Any) -> DateValue:
    head = {"calendar": reading.ref.calendar} if reading.ref.calendar else {}
    return head | more


def before(inner: Reading) -> Reading:
    """Any day before the first of these. Raises Invalid where they have no first day."""
    if inner.ref.lo is None:
        raise Invalid("Nothing is before a time without a beginning.")
    value = None if inner.value is None else _with(inner, before=_bare(inner.value))
    return _open(inner, value, "before", None, inner.ref.lo - 1)


def after(inner: Reading) -> Reading:
    """Any day after the last of these. Raises Invalid where they have no last day."""
    if inner.ref.hi is None:
        raise Invalid("Nothing is after a time without an end.")
    value = None if inner.value is None else _with(inner, after=_bare(inner.value))
    return _open(inner, value, "after", inner.ref.hi + 1, None)


def until(inner: Reading) -> Reading:
    """Any day up to the last of these."""
    return _open(inner, None, "before", None, inner.ref.hi)


def since(inner: Reading) -> Reading:
    """Any day from the first of these on."""
    return _open(inner, None, "after", inner.ref.lo, None)


def _open(inner: Reading, value: DateValue | None, precision: Precision, lo: int | None, hi: int | None) -> Reading:
    ref = inner.ref.model_copy(update={"precision": precision, "lo": lo, "hi": hi, "circa": False, "minute": None})
    return Reading(ref, None if inner.ref.circa else value)


def between(one: Reading, other: Reading) -> Reading:
    """From the first day of the earlier to the last day of the later."""
    los, his = (one.ref.lo, other.ref.lo), (one.ref.hi, other.ref.hi)
    value = None
    if one.value is not None and other.value is not None and not (one.ref.circa or other.ref.circa):
        value = _with(one, between=[_bare(one.value), _bare(other.value)])
    lo = None if None in los else min(d for d in los if d is not None)
    hi = None if None in his else max(d for d in his if d is not None)
    return Reading(TimeRef(precision="between", lo=lo, hi=hi, calendar=one.ref.calendar), value)


def circa(calendar: CalendarSystem, inner: Reading) -> Reading:
    """The same, five years wider at each end that it has."""
    if inner.ref.circa:
        return inner
    lo, hi = inner.ref.lo, inner.ref.hi
    wider = {
        "lo": None if lo is None else _years_on(calendar, lo, -ABOUT_YEARS, last=False),
        "hi": None if hi is None else _years_on(calendar, hi, ABOUT_YEARS, last=True),
        "circa": True,
        "minute": None,
    }
    value = None if inner.value is None else inner.value | {"circa": True}
    return Reading(inner.ref.model_copy(update=wider), value)


def _years_on(calendar: CalendarSystem, day: int, years: int, *, last: bool) -> int:
    """The day so many years away: the edge of its year stays the edge of a year, any other day moves by mean years."""
    year = calendar.year_of(day)
    edge = calendar.year_last(year) if last else calendar.year_first(year)
    if day == edge:
        moved = calendar.add_years(year, years)
        return calendar.year_last(moved) if last else calendar.year_first(moved)
    return day + round(years * calendar.mean_year)
