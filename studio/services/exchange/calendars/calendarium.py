"""Calendarium, the plugin for Obsidian: its `data.json`, or calendars exported from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.calendars.drafts import (
    Draft,
    calendars_of,
    done,
    months_of,
    names_of,
    number,
    one,
    rows,
    text,
    whole,
)
from studio.services.exchange.calendars.fantasy import add_leap_day, add_months, add_season
from studio.services.exchange.material import Material

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "calendarium"


def claims(probe: Probe) -> bool:
    """Calendars with `static.months`."""
    return any(isinstance(one(data.get("static")).get("months"), list) for data in _calendars(probe.json))


def read(probe: Probe) -> Material:
    """Every calendar with its events."""
    found = Material(source=SOURCE, title=f"the calendars of “{probe.name}”")
    for data in calendars_of(found, _calendars(probe.json)):
        _read_one(found, data, probe.stem)
    return done(found, probe.name)


def _calendars(data: Any) -> list[Json]:
    listed = data.get("calendars") if isinstance(data, dict) else data
    return rows(listed) if isinstance(listed, list) else [one(data)]


def _read_one(found: Material, data: Json, stem: str) -> None:
    static = one(data.get("static"))
    name = text(data.get("name")) or stem
    draft = Draft(found, text(data.get("id")) or name, name)
    if data.get("deleted") is True:
        found.skip(draft.name, "it was deleted there")
        return
    months = months_of(static.get("months"))
    add_months(draft, months)
    draft.definition["weekdays"] = names_of(static.get("weekdays"))
    if static.get("overflow") is False:
        draft.definition["week_restarts"] = "month"
    if not draft.counts():
        return
    for leap in rows(static.get("leapDays"), 61):
        add_leap_day(draft, months, leap, _terms(leap.get("interval")), after=leap.get("after"))
    draft.week_begins(1, static.get("firstWeekDay"))
    _sky(draft, data, static)
    for era in rows(static.get("eras"), 61):
        _era(draft, era)
    if static.get("useCustomYears"):
        draft.note("names of single years have no place here")
    kinds = {text(c.get("id")): text(c.get("name")) for c in rows(data.get("categories"))}
    for event in rows(data.get("events")):
        _event(draft, event, kinds)
    draft.finish({k: v for k, v in data.items() if k != "events"})


def _terms(given: Any) -> list[Json]:
    found: list[Json] = []
    for term in rows(given, 20):
        every = whole(term.get("interval"))
        if every is not None and every > 0:
            flags = {"exclude": term.get("exclusive") is True, "ignore": term.get("ignore") is True}
            found.append({"interval": every} | flags)
    return found


def _sky(draft: Draft, data: Json, static: Json) -> None:
    for moon in rows(static.get("moons"), 61):
        offset = number(moon.get("offset")) or 0
        draft.moon(moon.get("name"), moon.get("cycle"), offset, moon.get("faceColor"))
    for season in rows(one(data.get("seasonal")).get("seasons"), 61):
        add_season(draft, season, season.get("month"), season.get("day"))


def _era(draft: Draft, era: Json) -> None:
    """An era of whole years; `date` is in newer files what `start` was."""
    date = one(era.get("date") or era.get("start"))
    start = None if era.get("isStartingEra") is True else whole(date.get("year"))
    restart = era.get("restart") is True and start is not None
    draft.era(text(era.get("name")), start=start, end=whole(one(era.get("end")).get("year")), restart=restart)
    if (whole(date.get("month")) or 0) > 0 or (whole(date.get("day")) or 1) > 1 or era.get("endsYear"):
        draft.note(f"the era “{text(era.get('name'))}” begins within a year there; eras are whole years here")


def _event(draft: Draft, event: Json, kinds: dict[str, str]) -> None:
    date, last = one(event.get("date")), one(event.get("end"))
    parts = (date.get("year"), date.get("month"), date.get("day"))
    again = any(isinstance(part, list) for part in parts) or date.get("year") is None
    draft.event(
        text(event.get("id")) or text(event.get("name")), event.get("name"), raw=event,
        told=kinds.get(text(event.get("category")), ""), body=event.get("description"),
        start=None if again else draft.date(*parts),
        end=draft.date(last.get("year"), last.get("month"), last.get("day")) if last else None,
        repeats=_recurrence(draft, *parts) if again else "",
    )  # fmt: skip


def _recurrence(draft: Draft, year: Any, month: Any, day: Any) -> str:
    """How an event comes again: a part is a number, any, or from one to another."""
    days = f"on {day} " if whole(day) is not None else ""
    if isinstance(day, list):
        days = f"on {_range([text(end) for end in day])} "
    months = draft.month_name(month)
    if isinstance(month, list):
        months = _range([draft.month_name(end) for end in month])
    years = f", {_range([text(end) for end in year])}" if isinstance(year, list) else ""
    if whole(year) is not None:
        years = f", {year}"
    every = "every month" if not months and days else "every year"
    return f"{every} {days}{'' if days or not months else 'in '}{months}".strip() + years if days or months else ""


def _range(ends: list[str]) -> str:
    first, last = [*ends, "", ""][:2]
    return f"{first}–{last}" if first and last else f"from {first}" if first else f"until {last}" if last else "any"
