"""Seasons & Stars: one JSON file for each calendar. What a file leaves out is as in the Gregorian calendar."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from studio.domain.errors import ImportRefused
from studio.services.exchange.calendars.drafts import (
    FESTIVAL,
    Draft,
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
SOURCE = "seasons-and-stars"
OURS = "ttrpg-studio"
"""Our part of `extensions`: the whole calendar, as long as the rest of the file is as we wrote it."""
GREGORIAN_RULE: list[Json] = [{"interval": 400}, {"interval": 100, "exclude": True}, {"interval": 4}]
_MONTHS = "January February March April May June July August September October November December"
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEK = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday"
_MOST_FILES = 200


def is_calendar(data: Any) -> bool:
    """Whether this is a calendar of theirs: an id, a label in some language, and something to count."""
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        return False
    labels = data.get("translations")
    named = isinstance(labels, dict) and any(isinstance(words, dict) and "label" in words for words in labels.values())
    return named and any(isinstance(data.get(key), list | dict) for key in ("months", "year", "weekdays", "leapYear"))


def claims(probe: Probe) -> bool:
    """A calendar, or a folder or zip of nothing else."""
    if probe.files is None:
        return is_calendar(probe.json)
    names = sorted(probe.names)
    if not names or len(names) > _MOST_FILES or not all(name.endswith(".json") for name in names):
        return False
    try:
        return is_calendar(probe.read_json(names[0]))
    except ImportRefused:
        return False


def read(probe: Probe) -> Material:
    """Every calendar with its yearly events."""
    found = Material(source=SOURCE, title=f"the calendars of “{probe.name}”")
    if probe.files is None:
        _read_one(found, probe.json)
    for name in sorted(probe.names):
        data = probe.read_json(name)
        if is_calendar(data):
            _read_one(found, data)
        else:
            found.skip(name, "it is no calendar of Seasons & Stars")
    return done(found, probe.name)


def definition_of(data: Json) -> Json | None:
    """What a calendar of theirs is here; None for one that can't count."""
    draft = _drafted(Material(source=SOURCE, title=""), data)
    return draft.definition if draft is not None else None


def digest(data: Json) -> str:
    """The hash of a file without our part of it."""
    extensions = {k: v for k, v in one(data.get("extensions")).items() if k != OURS}
    rest = {k: v for k, v in data.items() if k != "extensions"} | ({"extensions": extensions} if extensions else {})
    return hashlib.sha256(json.dumps(rest, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _read_one(found: Material, data: Json) -> None:
    draft = _drafted(found, data)
    if draft is None:
        return
    extra = one(data.get("extensions"))
    own = one(extra.get(OURS))
    for sentence in own.get("lost", ()) if isinstance(own.get("lost"), list) and not _whole(data) else ():
        draft.note(f"was written with a loss: {text(sentence)}")
    time = one(data.get("time"))
    draft.day_length(time.get("hoursInDay"), time.get("minutesInHour"))
    if isinstance(data.get("variants"), dict) and data["variants"]:
        draft.note("its variants are kept for export and aren't calendars here")
    for event in rows(data.get("events")):
        _event(draft, event)
    raw = (
        data
        if OURS not in extra
        else {k: v for k, v in data.items() if k != "extensions"}
        | ({"extensions": rest} if (rest := {k: v for k, v in extra.items() if k != OURS}) else {})
    )
    draft.finish(raw)


def _whole(data: Json) -> Json | None:
    """The definition that we put into a file, if nobody has changed the rest since."""
    own = one(one(data.get("extensions")).get(OURS))
    definition = own.get("definition")
    return definition if isinstance(definition, dict) and own.get("of") == digest(data) else None


def _drafted(found: Material, data: Json) -> Draft | None:
    draft = Draft(found, data["id"], label_of(data))
    ours = _whole(data)
    if ours is not None:
        key = text(ours.get("key"))
        draft.definition = {k: v for k, v in ours.items() if k != "main"} | {"key": key or draft.definition["key"]}
        draft.name = text(ours.get("name")) or draft.name
        if draft.counts():
            months = draft.system().months
            draft.slots = [m.key for m in months if not m.intercalary and m.leap is None]
            return draft
        return None
    draft.definition["year_zero"] = True
    _months(draft, data)
    weekdays = data.get("weekdays") if isinstance(data.get("weekdays"), list) else _WEEK.split()
    draft.definition["weekdays"] = names_of(weekdays)
    if not draft.counts():
        return None
    _leap_days(draft, data)
    year = one(data.get("year"))
    draft.week_begins(_near(year.get("epoch")), year.get("startDay") or 0)
    for season in rows(data.get("seasons"), 61):
        start = whole(season.get("startMonth"))
        month = draft.slots[start - 1] if start is not None and 1 <= start <= len(draft.slots) else ""
        draft.add("seasons", {"name": text(season.get("name")), "month": month, "day": season.get("startDay") or 1})
    _moons(draft, data)
    for word, before in (("prefix", True), ("suffix", False)):
        if text(year.get(word)).strip():
            draft.era(text(year[word]).strip(), before=before)
    return draft


def label_of(data: Json) -> str:
    """What a calendar of theirs is called: in English where it says so."""
    labels = one(data.get("translations"))
    words = one(labels.get("en") or next(iter(labels.values()), None))
    return text(words.get("label")) or data["id"]


def _near(value: Any) -> int:
    """The year in which a week is anchored; one that is too far away is no year to count from."""
    found = whole(value) or 0
    return found if abs(found) < 10**6 else 0


# ---- months, leap years, moons -------------------------------------------------------------------------------------


def _rule(data: Json) -> list[Json]:
    """The rule of leap years as terms; none means never."""
    leap = data.get("leapYear")
    kind = one(leap).get("rule") if isinstance(leap, dict) else "gregorian"
    if kind == "gregorian":
        return GREGORIAN_RULE
    interval = whole(one(leap).get("interval"))
    if kind != "custom" or interval is None or interval < 1:
        return []
    offset = whole(one(leap).get("offset")) or 0
    return [{"interval": interval} | ({"offset": offset} if offset else {})]


def _months(draft: Draft, data: Json) -> None:
    """Months, with the days between them where they stand."""
    given = months_of(data.get("months"))
    if not isinstance(data.get("months"), list):
        given = [{"name": name, "days": days} for name, days in zip(_MONTHS.split(), _DAYS, strict=True)]
    between = months_of(data.get("intercalary"))
    known = {text(month.get("name")) for month in given}
    for row in between:
        if not {text(row.get("after")), text(row.get("before"))} & known:
            draft.note(f"“{text(row.get('name'))}” stands beside no month, and was left out")
    rule = _rule(data)
    for month in given:
        name = text(month.get("name"))
        _between(draft, [row for row in between if row.get("before") == name], rule)
        days = month.get("days", month.get("length"))
        draft.month(name, days, abbr=text(month.get("abbreviation")))
        _between(draft, [row for row in between if row.get("after") == name and not row.get("before")], rule)


def _between(draft: Draft, given: list[Json], rule: list[Json]) -> None:
    for row in given:
        if row.get("leapYearOnly") is True and not rule:
            draft.note(f"“{text(row.get('name'))}” comes in leap years only, and there are none")
            continue
        counts = row.get("countsForWeekdays") is not False
        more: Json = {FESTIVAL: True} if counts else {"intercalary": True}
        leap = rule if row.get("leapYearOnly") is True else []
        draft.month(text(row.get("name")), row.get("days") or 1, slot=False, leap=leap, **more)


def _leap_days(draft: Draft, data: Json) -> None:
    rule, leap = _rule(data), one(data.get("leapYear"))
    name = text(leap.get("month")) if isinstance(data.get("leapYear"), dict) else "February"
    month = next((key for key in draft.slots if draft.month_name(draft.slots.index(key)) == name), "")
    if not rule or not name:
        return
    if not month:
        draft.note(f"its leap days belong to “{name}”, which is none of its months")
        return
    days = whole(leap.get("extraDays"))
    if days is not None and days < 1:
        draft.note("days that a leap year takes away can't be counted here")
        return
    draft.add("leap_days", {"month": month, "rules": rule, "days": days or 1})


def _moons(draft: Draft, data: Json) -> None:
    for moon in rows(data.get("moons"), 61):
        new = one(moon.get("firstNewMoon"))
        day = draft.absolute(new.get("year"), (whole(new.get("month")) or 1) - 1, new.get("day"))
        if new and day is None:
            draft.note(f"the first new moon of “{text(moon.get('name'))}” is on no day of the calendar")
        draft.moon(moon.get("name"), moon.get("cycleLength"), day or 0, moon.get("color"))


# ---- events --------------------------------------------------------------------------------------------------------


def _event(draft: Draft, event: Json) -> None:
    """A holiday: it has a day where a first year is told, and always words for how it comes again."""
    rule = one(event.get("recurrence"))
    month, day = (whole(rule.get("month")) or 1) - 1, rule.get("day")
    first = event.get("startYear") if event.get("startYear") is not None else rule.get("anchorYear")
    start = draft.date(first, month, day) if first is not None and rule.get("type") != "ordinal" else draft.date(first)
    words = _recurrence(draft, rule, month)
    if (last := whole(event.get("endYear"))) is not None:
        words += f", until {last}"
    draft.event(
        text(event.get("id")) or text(event.get("name")), event.get("name"), told="holiday",
        body=event.get("description"), start=start, repeats=words, raw=event,
        open_to_all=event.get("visibility") != "gm-only",
    )  # fmt: skip


def _recurrence(draft: Draft, rule: Json, month: int) -> str:
    name, day = draft.month_name(month), text(rule.get("day"))
    if rule.get("type") == "ordinal":
        weekdays, at = draft.system().weekdays, whole(rule.get("weekday"))
        weekday = weekdays[at].name if at is not None and 0 <= at < len(weekdays) else "day"
        which = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}.get(whole(rule.get("occurrence")) or 0)
        return f"every year on the {which or 'first'} {weekday} of {name}"
    if rule.get("type") == "interval":
        return f"every {text(rule.get('intervalYears'))} years on {day} {name}"
    return f"every year on {day} {name}"
