"""Simple Calendar of Foundry VTT: an export of version 2 with notes, or one calendar by itself.

Months and days in its dates are counted from 0, and weeks from the first day of its year zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.calendars.drafts import (
    FESTIVAL,
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
from studio.services.exchange.calendars.seasons_stars import GREGORIAN_RULE
from studio.services.exchange.material import Material

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "simple-calendar"
_FLAG = "foundryvtt-simple-calendar"
_REPEATS = {1: "every week", 2: "every month", 3: "every year"}
_SHOWN = 2
"""Foundry's ownership from which a player may read a note."""


def _is_calendar(data: Any) -> bool:
    months = data.get("months") if isinstance(data, dict) else None
    return isinstance(months, list) and any(isinstance(m, dict) and "numberOfDays" in m for m in months)


def claims(probe: Probe) -> bool:
    """An export with months that have a `numberOfDays`."""
    data = probe.json
    if not isinstance(data, dict):
        return False
    return any(_is_calendar(one) for one in _calendars(data))


def read(probe: Probe) -> Material:
    """Every calendar with its notes as events."""
    data = probe.json
    found = Material(source=SOURCE, title=f"the calendars of “{probe.name}”")
    for n, calendar in enumerate(calendars_of(found, _calendars(data))):
        key = text(calendar.get("id")) or (probe.stem if n == 0 else f"{probe.stem}-{n}")
        _read_one(found, calendar, key, probe.stem, one(data.get("notes")).get(key))
    return done(found, probe.name)


def _calendars(data: Json) -> list[Json]:
    if isinstance(data.get("calendars"), list):
        return rows(data["calendars"])
    return [data["calendar"]] if isinstance(data.get("calendar"), dict) else [data]


def _read_one(found: Material, calendar: Json, key: str, stem: str, notes: Any) -> None:
    draft = Draft(found, key, text(calendar.get("name")) or stem)
    draft.definition["year_zero"] = True
    rule = _rule(one(calendar.get("leapYear")))
    leaps = _months(draft, calendar, rule)
    draft.definition["weekdays"] = names_of(calendar.get("weekdays"))
    if not draft.counts():
        return
    for month, days in leaps:
        draft.add("leap_days", {"month": month, "rules": rule, "days": days})
    year = one(calendar.get("year") or calendar.get("years"))
    zero = whole(year.get("yearZero")) or 0
    draft.week_begins(zero if abs(zero) < 10**6 else 0, year.get("firstWeekday"))
    _seasons_and_moons(draft, calendar)
    for word, before in (("prefix", True), ("postfix", False)):
        if text(year.get(word)).strip():
            draft.era(text(year[word]).strip(), before=before)
    if year.get("yearNames"):
        draft.note("names of single years have no place here")
    time = one(calendar.get("time"))
    draft.day_length(time.get("hoursInDay"), time.get("minutesInHour"))
    kinds = {text(c.get("name")) for c in rows(calendar.get("noteCategories"))}
    for note in rows(notes):
        _note(draft, note, kinds)
    draft.finish(calendar)


def _rule(leap: Json) -> list[Json]:
    if leap.get("rule") == "gregorian":
        return GREGORIAN_RULE
    interval = whole(leap.get("customMod"))
    return [{"interval": interval}] if leap.get("rule") == "custom" and interval is not None and interval > 0 else []


def _months(draft: Draft, calendar: Json, rule: list[Json]) -> list[tuple[str, int]]:
    """Add the months; gives those that are longer in leap years, and by how much."""
    longer: list[tuple[str, int]] = []
    for month in months_of(calendar.get("months")):
        days, leap = whole(month.get("numberOfDays")), whole(month.get("numberOfLeapYearDays"))
        between = month.get("intercalary") is True
        counts = between and month.get("intercalaryInclude") is True
        more: Json = {FESTIVAL: counts, "intercalary": between and not counts}
        if days == 0 and leap and rule:
            more["leap"], days, leap = rule, leap, leap
        key = draft.month(text(month.get("name")), days, abbr=text(month.get("abbreviation")), **more)
        extra = (leap if leap is not None else days or 0) - (days or 0)
        if extra > 0 and rule:
            longer.append((key, extra))
        elif extra < 0 and rule:
            draft.note(f"“{text(month.get('name'))}” is shorter in leap years, which can't be counted here")
        if month.get("startingWeekday") is not None:
            draft.note(f"“{text(month.get('name'))}” begins on a weekday of its own there; weeks go on here")
    return longer


def _seasons_and_moons(draft: Draft, calendar: Json) -> None:
    for season in rows(calendar.get("seasons"), 61):
        at = whole(season.get("startingMonth"))
        month = draft.slots[at] if at is not None and 0 <= at < len(draft.slots) else ""
        day = (whole(season.get("startingDay")) or 0) + 1
        colour = text(season.get("color"))
        draft.add("seasons", {"name": text(season.get("name")), "month": month, "day": day, "colour": colour})
    for moon in rows(calendar.get("moons"), 61):
        new = one(moon.get("firstNewMoon"))
        first = draft.absolute(new.get("year"), new.get("month"), (whole(new.get("day")) or 0) + 1)
        if new.get("yearReset") not in (None, "none"):
            draft.note(f"“{text(moon.get('name'))}” starts anew after some years there; its cycle goes on here")
        draft.moon(moon.get("name"), moon.get("cycleLength"), first or 0, moon.get("color"))


def _note(draft: Draft, note: Json, kinds: set[str]) -> None:
    """A note is a journal entry of Foundry's with its dates in a flag."""
    told = one(one(one(note.get("flags")).get(_FLAG)).get("noteData"))
    start, end = one(told.get("startDate")), one(told.get("endDate"))
    pages = [text(one(page.get("text")).get("content")) for page in rows(note.get("pages"))]
    categories = told.get("categories") if isinstance(told.get("categories"), list) else []
    named = next((text(word) for word in categories or () if not kinds or text(word) in kinds), "")
    draft.event(
        text(note.get("_id")) or text(note.get("name")), note.get("name"), told=named or "note",
        body="\n".join(pages) or note.get("content"), start=_date(draft, start), end=_date(draft, end),
        repeats=_REPEATS.get(whole(told.get("repeats")) or 0, ""), raw=note,
        open_to_all=(whole(one(note.get("ownership")).get("default")) or 0) >= _SHOWN,
    )  # fmt: skip


def _date(draft: Draft, given: Json) -> Json | None:
    day = whole(given.get("day"))
    found = draft.date(given.get("year"), given.get("month"), day + 1 if day is not None else None)
    hour, minute = whole(given.get("hour")) or 0, whole(given.get("minute")) or 0
    if found and "day" in found and (hour or minute) and 0 <= hour < 24 and 0 <= minute < 60:
        return found | {"time": f"{hour:02}:{minute:02}"}
    return found
