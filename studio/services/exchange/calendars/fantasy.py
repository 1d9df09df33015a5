"""Fantasy-Calendar and its relative in Obsidian, Calendarium: months with intervals, leap days with several terms.

Months in dates are counted from 0, days from 1. A leap day of a month that doesn't come every year counts the times
that the month came.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.services.exchange.calendars.drafts import (
    Draft,
    calendars_of,
    done,
    months_of,
    names_of,
    one,
    rows,
    text,
    whole,
)
from studio.services.exchange.material import Material

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "fantasy-calendar"
_TERM = re.compile(r"\s*([!+]*)\s*(\d{1,6})\s*")
_MOST_TERMS = 20


def claims(probe: Probe) -> bool:
    """An export with `static_data.year_data.timespans`."""
    return any(isinstance(_year(data).get("timespans"), list) for data in _calendars(probe.json))


def read(probe: Probe) -> Material:
    """Every calendar with its events."""
    found = Material(source=SOURCE, title=f"the calendars of “{probe.name}”")
    for n, data in enumerate(calendars_of(found, _calendars(probe.json))):
        name = text(data.get("name")) or probe.stem
        key = text(data.get("hash")) or (name if n == 0 else f"{name}-{n}")
        _read_one(found, data, key, name)
    return done(found, probe.name)


def _calendars(data: Any) -> list[Json]:
    return rows(data) if isinstance(data, list) else [one(data)]


def _year(data: Json) -> Json:
    return one(one(data.get("static_data")).get("year_data"))


def _read_one(found: Material, data: Json, key: str, name: str) -> None:
    static, year = one(data.get("static_data")), _year(data)
    draft = Draft(found, key, name)
    draft.definition["year_zero"] = one(static.get("settings")).get("year_zero_exists") is True
    months = months_of(year.get("timespans"))
    add_months(draft, months)
    draft.definition["weekdays"] = names_of(year.get("global_week"))
    if year.get("overflow") is False:
        draft.definition["week_restarts"] = "month"
    if not draft.counts():
        return
    if any(month.get("week") for month in months):
        draft.note("a month with a week of its own has the common one here")
    for leap in rows(year.get("leap_days"), 61):
        add_leap_day(draft, months, leap, _terms(leap.get("interval")), after=leap.get("day"))
    first = 0 if draft.definition["year_zero"] else 1
    draft.week_begins(first, (whole(year.get("first_day")) or 1) - 1)
    for moon in rows(static.get("moons"), 61):
        if moon.get("custom_phase"):
            draft.note(f"the phases of “{text(moon.get('name'))}” are listed one by one there; here it has a cycle")
        shift = whole(moon.get("shift")) or 0
        draft.moon(moon.get("name"), _float(moon.get("cycle")), draft.system().year_first(first) + shift)
    for season in rows(one(static.get("seasons")).get("data"), 61):
        add_season(draft, season, season.get("timespan"), season.get("day"))
    for era in rows(static.get("eras"), 61):
        settings, date = one(era.get("settings")), one(era.get("date"))
        start = None if settings.get("starting_era") else whole(date.get("year"))
        draft.era(text(era.get("name")), start=start, restart=settings.get("restart") is True and start is not None)
        if settings.get("ends_year"):
            draft.note(f"the era “{text(era.get('name'))}” ends a year early there; years are whole here")
    clock = one(static.get("clock"))
    draft.day_length(clock.get("hours"), clock.get("minutes"))
    _events(draft, data, one(static.get("event_data")))
    draft.finish({k: v for k, v in data.items() if k != "events"})


def _float(value: Any) -> Any:
    """A cycle, which may be written as a text."""
    return float(value) if isinstance(value, str) and re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value) else value


# ---- what both have in common --------------------------------------------------------------------------------------


def add_months(draft: Draft, months: list[Json]) -> None:
    """Months, with those that only come every so many years."""
    for month in months:
        every, offset = whole(month.get("interval")) or 1, whole(month.get("offset")) or 0
        leap: list[Json] = [{"interval": every} | ({"offset": offset} if offset else {})] if every > 1 else []
        short = text(month.get("short"))
        between = month.get("type") == "intercalary"
        draft.month(text(month.get("name")), month.get("length"), abbr=short, intercalary=between, leap=leap)


def add_leap_day(draft: Draft, months: list[Json], leap: Json, terms: list[Json], *, after: Any) -> None:
    """A leap day by its terms, of which the first that fits decides."""
    at = whole(leap.get("timespan")) or 0
    if not 0 <= at < len(months) or not terms:
        draft.note(f"the leap day “{text(leap.get('name'))}” belongs to no month, or comes in no year")
        return
    every, base = whole(months[at].get("interval")) or 1, whole(months[at].get("offset")) or 0
    offset = whole(leap.get("offset")) or 0
    rules: list[Json] = []
    for term in terms:
        moved = base + every * (0 if term["ignore"] else offset)
        rule: Json = {"interval": term["interval"] * every} | ({"exclude": True} if term["exclude"] else {})
        rules.append(rule | ({"offset": moved} if moved else {}))
    outside = leap.get("intercalary") is True
    behind = whole(after) if outside else None
    days = whole(months[at].get("length")) or 0
    draft.add("leap_days", {
        "month": draft.slots[at], "rules": rules, "name": text(leap.get("name")), "intercalary": outside,
    } | ({"after_day": behind} if behind is not None and 0 <= behind <= days else {}))  # fmt: skip
    if leap.get("adds_week_day"):
        draft.note(f"the leap day “{text(leap.get('name'))}” has a weekday of its own there")


def add_season(draft: Draft, season: Json, month: Any, day: Any) -> None:
    """A season that begins on a date; one that only has a length can't be placed."""
    at = whole(month)
    if at is None or not 0 <= at < len(draft.slots):
        draft.note(f"the season “{text(season.get('name'))}” has a length and no date, and was left out")
        return
    name, colour = text(season.get("name")), season.get("color")
    first = colour[0] if isinstance(colour, list) and colour else colour
    row = {"name": name, "month": draft.slots[at], "day": max(1, whole(day) or 1), "colour": text(first)}
    draft.add("seasons", row)


def _terms(interval: Any) -> list[Json]:
    """`400,!100,+4`: `!` excludes, `+` counts without the offset."""
    found: list[Json] = []
    for word in text(interval).split(",")[:_MOST_TERMS]:
        match = _TERM.fullmatch(word)
        if match and int(match[2]):
            found.append({"interval": int(match[2]), "exclude": "!" in match[1], "ignore": "+" in match[1]})
    return found


# ---- events --------------------------------------------------------------------------------------------------------


def _events(draft: Draft, data: Json, inner: Json) -> None:
    given = data.get("events") if isinstance(data.get("events"), list) else inner.get("events")
    listed = data.get("categories") if isinstance(data.get("categories"), list) else inner.get("categories")
    kinds = {text(c.get("id")): text(c.get("name")) for c in rows(listed)}
    for n, event in enumerate(rows(given)):
        told, date = one(event.get("data")), _date(one(event.get("data")))
        start = draft.date(*date) if date[0] is not None else None
        repeats = "" if start is not None else _yearly(draft, date)
        if start is None and not repeats and told.get("conditions"):
            draft.note(f"“{text(event.get('name'))}” comes by rules that can't be read; they are kept with it")
        kind = kinds.get(text(event.get("event_category_id")) or text(event.get("category")), "")
        days = whole(told.get("duration"))
        draft.event(
            text(event.get("id")) or f"{n}-{text(event.get('name'))}", event.get("name"), told=kind,
            body=event.get("description"), start=start, repeats=repeats, raw=event,
            end=ending(draft, start, days) if told.get("has_duration") and days else None,
            open_to_all=one(event.get("settings")).get("hide") is not True,
        )  # fmt: skip


def ending(draft: Draft, start: Json | None, days: int) -> Json | None:
    """The last day of what begins on a day and lasts so many."""
    if start is None or "day" not in start or not 1 < days < 100_000:
        return None
    at = draft.slots.index(start["month"])
    first = draft.absolute(start["year"], at, start["day"])
    if first is None:
        return None
    last = draft.system().from_abs(first + days - 1)
    return start | {"year": last.year, "month": last.month, "day": last.day}


def _date(told: Json) -> tuple[Any, Any, Any]:
    """(year, month, day) of a date, or of conditions that each must hold."""
    given = told.get("date")
    if isinstance(given, list) and len(given) >= 3:
        return given[0], given[1], given[2]
    found: dict[str, Any] = {}
    conditions = told.get("conditions") if isinstance(told.get("conditions"), list) else []
    for row in conditions or ():
        if isinstance(row, list) and len(row) >= 3 and row[1] in ("0", 0) and isinstance(row[2], list) and row[2]:
            found.setdefault(text(row[0]), row[2][0])
        elif isinstance(row, list) and row and row[0] not in ("&&",):
            return None, None, None
    return found.get("Year"), found.get("Month"), found.get("Day")


def _yearly(draft: Draft, date: tuple[Any, Any, Any]) -> str:
    month, day = draft.month_name(date[1]), whole(date[2])
    if month and day is not None:
        return f"every year on {day} {month}"
    return f"every year in {month}" if month else f"every month on day {day}" if day is not None else ""
