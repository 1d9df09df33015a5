"""Dates of a world: what a stored date means on the axis of days, how it is shown, and how typed words are kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain import spans
from studio.domain.calendars import Calendars
from studio.domain.date_words import parse, read
from studio.domain.errors import Invalid
from studio.domain.text import fold
from studio.domain.timeref import Precision, TimeRef

if TYPE_CHECKING:
    from studio.domain.calendar import CalendarSystem
    from studio.domain.spans import Reading
    from studio.domain.world import DateValue

__all__ = [
    "Calendars",
    "Precision",
    "TimeRef",
    "parse",
    "read_words",
    "resolve",
    "to_value",
    "typed",
    "written",
]

_NAMED = re.compile(r"(.+?)\s*\(([^()]{1,80})\)")
_RELATIVES = ("before", "after", "between")


# ---- what it means -----------------------------------------------------------------------------------------------


def resolve(value: object, calendars: Calendars) -> TimeRef:
    """What a stored date means. Never raises: a date that can't be read is unknown, a part that can't is left out."""
    if not isinstance(value, dict):
        return TimeRef()
    text = value["text"] if isinstance(value.get("text"), str) else ""
    calendar = calendars.get(value.get("calendar"))
    if calendar is None:
        return TimeRef(text=text)
    try:
        ref = _structured(value, calendar, calendars).ref
    except Invalid:
        found = _read_in(text, calendar, calendars) if text else None
        ref = found.ref if found else TimeRef()
    return ref.model_copy(update={"text": text}) if ref.text != text else ref


def _structured(value: dict[Any, Any], calendar: CalendarSystem, calendars: Calendars) -> Reading:
    """The reading of a structured date. Raises Invalid where it has no structure that can be read."""
    found = _relative(value, calendar, calendars)
    if found is None:
        found = _point(value, calendar)
    return spans.circa(calendar, found) if value.get("circa") is True else found


def _relative(value: dict[Any, Any], calendar: CalendarSystem, calendars: Calendars) -> Reading | None:
    word = next((w for w in _RELATIVES if w in value), None)
    if word is None:
        return None
    ends = value[word] if isinstance(value[word], list | tuple) else [value[word]]
    inner = [_structured(end, _own(end, calendar, calendars), calendars) for end in ends if isinstance(end, dict)]
    match word, inner:
        case "before", [one]:
            return spans.before(one)
        case "after", [one]:
            return spans.after(one)
        case "between", [one, other]:
            return spans.between(one, other)
    raise Invalid("A date before, after or between needs one or two dates.")


def _own(value: dict[Any, Any], calendar: CalendarSystem, calendars: Calendars) -> CalendarSystem:
    return (calendars.get(value["calendar"]) or calendar) if value.get("calendar") else calendar


def _point(value: dict[Any, Any], calendar: CalendarSystem) -> Reading:
    """A year with as much of month, day and time as exists in it."""
    year = _whole(value.get("year"))
    if year is None:
        raise Invalid("A date needs a year.")
    month, day, minute = value.get("month"), _whole(value.get("day")), _minute(value.get("time"))
    month = month if isinstance(month, str) else _whole(month)
    for given in ((month, day, minute), (month, day, None), (month, None, None)):
        if given[0] is not None:
            try:
                return spans.point(calendar, year, given[0], given[1], minute=given[2])
            except Invalid:
                continue
    return spans.point(calendar, year)


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"\s*-?[0-9]{1,12}\s*", value) else None
    return int(value) if value == value and abs(value) < 10**15 and value == int(value) else None


def _minute(value: object) -> int | None:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value) if isinstance(value, str) else None
    return int(match.group(1)) * 60 + int(match.group(2)) if match else None


# ---- from words --------------------------------------------------------------------------------------------------


def read_words(text: str, calendars: Calendars) -> TimeRef | None:
    """What typed words mean: in the calendar named behind them in brackets, else in the main one, else in any."""
    found = _read_in(text, calendars.main, calendars)
    return found.ref if found else None


def _read_in(text: str, calendar: CalendarSystem, calendars: Calendars) -> Reading | None:
    if match := _NAMED.fullmatch(text.strip()):
        named = next((c for c in calendars if fold(match.group(2)) in (fold(c.name), fold(c.key))), None)
        if named is not None:
            return read(match.group(1), named)
    for one in (calendar, *(c for c in calendars if c is not calendar)):
        if found := read(text, one):
            return found
    return None


def typed(text: str, calendars: Calendars) -> DateValue:
    """Typed words as a date is stored: structured where that says the same, with the words where they differ.

    Words are kept as they are where the world has no calendar yet: they are read when it has one.
    """
    words = text.strip()
    found = _read_in(words, calendars.main, calendars) if len(calendars) else None
    if found is None:
        return {"text": words}
    head = {"calendar": found.ref.calendar} if found.ref.calendar else {}
    if found.value is None:
        return head | {"text": words}
    shown = written(found.value, calendars)
    return found.value if fold(shown) == fold(words) else found.value | {"text": words}


def to_value(ref: TimeRef, calendars: Calendars) -> DateValue:
    """A time as it is stored: structured where that says the same days, else as words, else empty."""
    calendar = calendars.get(ref.calendar) or calendars.main
    if ref.text and (found := read(ref.text, calendar)) and _same(found.ref, ref) and found.value is not None:
        return found.value
    try:
        made = _built(ref, calendar)
        if made is not None and made.value is not None and _same(made.ref, ref):
            return made.value
    except Invalid:
        pass
    words = ref.text or written(ref, calendars)
    return (({"calendar": ref.calendar} if ref.calendar else {}) | {"text": words}) if words else {}


def _same(one: TimeRef, other: TimeRef) -> bool:
    return (one.lo, one.hi, one.circa, one.minute) == (other.lo, other.hi, other.circa, other.minute)


def _built(ref: TimeRef, calendar: CalendarSystem) -> Reading | None:
    """The shortest structured date that covers these days."""
    lo, hi = ref.lo, ref.hi
    if ref.circa and lo is not None and hi is not None:
        made = [spans.circa(calendar, _unit(calendar, (lo + hi) // 2, unit)) for unit in ("year", "month", "day")]
        return next((one for one in made if _same(one.ref, ref)), made[0])
    if lo is None and hi is not None:
        return spans.before(_edge(calendar, hi + 1, last=False))
    if hi is None and lo is not None:
        return spans.after(_edge(calendar, lo - 1, last=True))
    if lo is None or hi is None:
        return None
    if ref.minute is not None and lo == hi:
        return spans.point(calendar, *calendar.from_abs(lo), minute=ref.minute)
    for one in (_edge(calendar, lo, last=False), _unit(calendar, lo, "month"), _unit(calendar, lo, "day")):
        if (one.ref.lo, one.ref.hi) == (lo, hi):
            return one
    return spans.between(_edge(calendar, lo, last=False, within=hi), _edge(calendar, hi, last=True, after=lo))


def _unit(calendar: CalendarSystem, day: int, precision: str) -> Reading:
    date = calendar.from_abs(day)
    given = {"year": (), "month": (date.month,), "day": (date.month, date.day)}[precision]
    return spans.point(calendar, date.year, *given)


def _edge(
    calendar: CalendarSystem, day: int, *, last: bool, within: int | None = None, after: int | None = None
) -> Reading:
    """The longest of year, month and day that begins (or, as `last`, ends) on a day and stays inside the bounds."""
    for precision in ("year", "month"):
        unit = _unit(calendar, day, precision)
        lo, hi = unit.ref.lo, unit.ref.hi
        if lo is None or hi is None or (hi if last else lo) != day:
            continue
        if (within is None or hi <= within) and (after is None or lo >= after):
            return unit
    return _unit(calendar, day, "day")


# ---- shown -------------------------------------------------------------------------------------------------------


def written(value: object, calendars: Calendars) -> str:
    """A date as it is shown: structured ones in the words of their calendar, others as they were written."""
    if isinstance(value, TimeRef):
        return value.text or _ref_words(value, calendars)
    if not isinstance(value, dict):
        return "" if value is None else str(value)
    calendar = calendars.get(value.get("calendar")) or calendars.main
    words = _value_words(value, calendar, calendars)
    if not words:
        return str(value.get("text") or "")
    foreign = value.get("calendar") and calendar.key != calendars.main.key
    return f"{words} ({calendar.name or calendar.key})" if foreign else words


def _value_words(value: dict[Any, Any], calendar: CalendarSystem, calendars: Calendars) -> str:
    about = "c. " if value.get("circa") is True else ""
    for word in _RELATIVES:
        if word in value:
            ends = value[word] if isinstance(value[word], list | tuple) else [value[word]]
            parts = [_value_words(e, _own(e, calendar, calendars), calendars) for e in ends if isinstance(e, dict)]
            if len({_is_year(e) for e in ends}) > 1:
                parts = [f"year {p}" if p.removeprefix("-").isdigit() else p for p in parts]
            return f"{about}{word} {' and '.join(parts)}" if any(parts) else ""
    words = _point_words(value, calendar)
    return about + words if words else ""


def _is_year(value: object) -> bool:
    """Whether this is only a year: beside a day it says so, lest `between 3 and 5 Reed 812` be days."""
    return isinstance(value, dict) and value.get("month") is None


def _point_words(value: dict[Any, Any], calendar: CalendarSystem) -> str:
    year = _whole(value.get("year"))
    if year is None:
        return ""
    try:
        label = calendar.year_words(year)
    except Invalid:
        label = str(year)
    month, day = value.get("month"), value.get("day")
    found = calendar.names.find(month)
    name = found.name if found else "" if month is None else str(month)
    single = found is not None and found.intercalary and found.days == 1 and day == 1
    days = "" if day is None or single else f"{day} "
    time = f" {value['time']}" if _minute(value.get("time")) is not None else ""
    return f"{days}{name} {label}{time}".strip() if name else label


def _ref_words(ref: TimeRef, calendars: Calendars) -> str:
    """Words for a time that came without: those of its structured form, or its first and last day."""
    calendar = calendars.get(ref.calendar) or calendars.main
    try:
        made = _built(ref, calendar)
    except Invalid:
        made = None
    if made is None or made.value is None:
        return ""
    if _same(made.ref, ref):
        return written(made.value, calendars)
    return span_words(ref, calendar)


def span_words(ref: TimeRef, calendar: CalendarSystem) -> str:
    """First and last day, as `4 Thaw 812 – 30 Bloom 812`; open ends are said."""
    lo = "" if ref.lo is None else calendar.format(ref.lo)
    hi = "" if ref.hi is None else calendar.format(ref.hi)
    if lo and hi:
        return lo if lo == hi else f"{lo} – {hi}"
    return f"from {lo}" if lo else f"until {hi}" if hi else ""
