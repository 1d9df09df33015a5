"""A calendar from outside, growing part by part: what can't be counted here is left out with a sentence."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from studio.domain import calendar_parts, calendar_reading
from studio.domain.calendar import CalendarSystem
from studio.domain.errors import Invalid
from studio.domain.text import fold, line
from studio.services.exchange import html
from studio.services.exchange.material import Dating, Material, Thing, unmarked
from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from studio.domain.world import DateValue

Json = dict[str, Any]
MOST_EVENTS = 20_000
MOST_CALENDARS = 100
FESTIVAL = "festival"
"""Mark of a month that stands for days between months which count in the week."""


class Draft:
    """One calendar on its way into a material. `slots` is the key of each month of the source, in its order."""

    def __init__(self, found: Material, key: str, name: str) -> None:
        self.found, self.id = found, key
        self.name = line(unmarked(name))[: calendar_reading.NAME_LIMIT].strip() or "Calendar"
        self.definition: Json = {"key": self._free_key(), "name": self.name, "months": []}
        self.slots: list[str] = []
        self._system: CalendarSystem | None = None

    def _free_key(self) -> str:
        taken = {one.definition["key"] for one in self.found.calendars}
        wanted = re.sub(r"[^a-z0-9]+", "_", fold(self.name)).strip("_") or "calendar"
        return next(key for n in range(len(taken) + 1) if (key := f"{wanted}_{n + 1}" if n else wanted) not in taken)

    # ---- parts -----------------------------------------------------------------------------------------------------

    def month(self, name: str, days: Any, *, slot: bool = True, **more: Any) -> str:
        """Add a month, or days between months; gives its key. What is empty in `more` isn't written."""
        months = self.definition["months"]
        keys = {fold(one.get("key") or one["name"]) for one in months}
        called = line(unmarked(name))[: calendar_reading.NAME_LIMIT].strip() or f"Month {len(months) + 1}"
        key = next(k for n in range(len(keys) + 1) if fold(k := f"{called} {n + 1}" if n else called) not in keys)
        row = {"name": called, "days": days} | {k: v for k, v in more.items() if v}
        months.append(row | ({"key": key} if key != called else {}))
        if slot:
            self.slots.append(key)
        return key

    def add(self, part: str, row: Json) -> None:
        """Add a row to a part, unless that can't be counted: then say why."""
        rows = [*self.definition.get(part, ()), {k: v for k, v in row.items() if v not in ("", None, False)}]
        if len(rows) > calendar_parts.MOST_OTHERS + 1:
            return
        try:
            calendar_reading.read(self.definition | {part: rows})
        except Invalid as error:
            self.note(error.sentence)
        else:
            self.definition[part] = rows
            self._system = None

    def note(self, sentence: str) -> None:
        """Say something about this calendar."""
        self.found.note(self.name, sentence)

    def system(self) -> CalendarSystem:
        """The calendar as it is so far. Raises Invalid."""
        if self._system is None:
            self._system = CalendarSystem.from_definition(self.definition)
        return self._system

    def week_begins(self, year: int, weekday: Any) -> None:
        """Say which weekday the first day in a week of this year is, counted from 0."""
        if (number := whole(weekday)) is None or not self.definition.get("weekdays"):
            return
        marked = {one.get("key") or one["name"] for one in self.definition["months"] if one.get(FESTIVAL)}
        system = self.system()
        spans = [span for span in system.month_layout(year) if span.month.key not in marked]
        days = (system.weekday(span.first + n) for span in spans for n in range(span.days))
        found = next((day for day in days if day is not None), 0)
        if turned := (number - found) % len(self.definition["weekdays"]):
            self.definition["first_weekday"] = turned
            self._system = None

    def moon(self, name: Any, cycle: Any, new_on: float, colour: Any = "") -> None:
        """Add a moon that is new on an absolute day."""
        days = number(cycle)
        shift = round(-new_on % days, 6) if days and days > 0 else 0
        self.add("moons", {"name": text(name), "cycle": cycle, "shift": shift, "colour": text(colour)})

    def era(self, name: str, *, start: int | None = None, end: int | None = None, **more: Any) -> None:
        """Add an era of whole years."""
        words = line(unmarked(name))
        short = words if len(words) <= 12 else ""
        self.add("eras", {"name": words, "abbr": short, "start_year": start, "end_year": end} | more)

    # ---- dates and events ------------------------------------------------------------------------------------------

    def date(self, year: Any, month: Any = None, day: Any = None) -> DateValue | None:
        """A date in this calendar, `month` counted from 0 as in the source: as much of it as there is."""
        number = whole(year)
        if number is None or (number == 0 and not self.definition.get("year_zero")):
            return None
        value: DateValue = {"calendar": self.definition["key"], "year": number}
        at, on = whole(month), whole(day)
        if at is not None and 0 <= at < len(self.slots):
            value["month"] = self.slots[at]
            if on is not None and self.absolute(number, at, on) is not None:
                value["day"] = on
            elif on is not None:
                self.note(
                    f"there is no day {on} in {self.month_name(at)} {number}; only the month is kept of that date"
                )
        return value if abs(number) <= calendar_parts.LAST_YEAR else None

    def absolute(self, year: Any, month: Any, day: Any) -> int | None:
        """The absolute day of a date of the source; None where there is none."""
        years, at, on = whole(year), whole(month), whole(day)
        if years is None or at is None or on is None or not 0 <= at < len(self.slots):
            return None
        try:
            return self.system().to_abs(years, self.slots[at], on)
        except Invalid:
            return None

    def month_name(self, month: Any) -> str:
        """The name of a month of the source."""
        at = whole(month)
        if at is None or not 0 <= at < len(self.slots):
            return ""
        found = self.system().names.find(self.slots[at])
        return found.name if found is not None else ""

    def event(
        self, key: str, name: Any, *, told: str = "", body: Any = "", start: DateValue | None = None,
        end: DateValue | None = None, repeats: str = "", open_to_all: bool = False, raw: Json | None = None,
    ) -> None:  # fmt: skip
        """Bring a dated event of the calendar."""
        if len(self.found.things) >= MOST_EVENTS:
            refuse(f"“{self.name}” holds more than {MOST_EVENTS:,} events.")
        called = line(unmarked(text(name)))
        if not called:
            self.found.skip(f"an event of “{self.name}”", "it has no name")
            return
        thing = Thing(f"{self.id}/event/{key}", called, "event", told=told or "event", raw=raw or {})
        words = text(body).strip()
        thing.body = unmarked(html.to_markdown(words) if "<" in words else words)
        thing.fields = {"start": start, "end": end if end != start else None, "recurrence": repeats}
        thing.custom = {"calendar": self.name} if start is None else {}
        thing.visibility = "party" if open_to_all else "gm"
        self.found.things.append(thing)

    def day_length(self, hours: Any, minutes: Any) -> None:
        """Say so where a day isn't 24 hours of 60 minutes long: times of day are counted so here."""
        long, short = whole(hours) or 24, whole(minutes) or 60
        if (long, short) != (24, 60):
            self.note(f"a day has {long} hours of {short} minutes there; times of day have 24 of 60 here")

    # ---- the end ---------------------------------------------------------------------------------------------------

    def counts(self) -> bool:
        """Whether months and weeks make a calendar; one that doesn't is left out with the reason."""
        try:
            self.system()
        except Invalid as error:
            self.found.skip(self.name, error.sentence)
            return False
        return True

    def finish(self, raw: Json) -> None:
        """Put it into the material, with its original."""
        self.found.calendars.append(Dating(self.id, self.name, self.definition, raw))


def done(found: Material, name: str) -> Material:
    """The material, if any calendar is in it. Raises ImportRefused with what is wrong with the first."""
    if not found.calendars:
        why = found.skipped[0][1] if found.skipped else "It has no months."
        refuse(f"“{name}” holds no calendar that can be counted. {why}")
    return found


def whole(value: Any) -> int | None:
    """A whole number from outside, also one in a text; None of anything else."""
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,12}\s*", value):
        return int(value)
    found = number(value)
    return int(found) if found is not None and found == int(found) else None


def number(value: Any) -> float | None:
    """A number from outside that is no nonsense."""
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,12}(?:\.[0-9]{1,12})?\s*", value):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 10**12:
        return None
    return float(value) if math.isfinite(value) else None


def text(value: Any) -> str:
    """A text from outside."""
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def one(value: Any) -> Json:
    """An object from outside."""
    return value if isinstance(value, dict) else {}


def rows(value: Any, most: int = 0) -> list[Json]:
    """The objects of a list from outside, at most so many."""
    found = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return found[:most] if most else found


def calendars_of(found: Material, value: Any) -> list[Json]:
    """The calendars of a list from outside, as many as are read at once; says how many are not."""
    given = rows(value)
    if len(given) > MOST_CALENDARS:
        found.skip(f"{len(given) - MOST_CALENDARS} more calendars", f"{MOST_CALENDARS} are read at once")
    return given[:MOST_CALENDARS]


def months_of(value: Any) -> list[Json]:
    """The months of a list from outside, one more than a calendar can have: reading it says so."""
    return rows(value, calendar_parts.MOST_MONTHS + 1)


def names_of(value: Any) -> list[Json]:
    """Weekdays from objects or plain names."""
    given = value[: calendar_parts.MOST_WEEKDAYS + 1] if isinstance(value, list) else []
    found: list[Json] = []
    for n, day in enumerate(given, start=1):
        source = day if isinstance(day, dict) else {"name": day}
        name = line(unmarked(text(source.get("name"))))[: calendar_reading.NAME_LIMIT].strip() or f"Day {n}"
        short = unmarked(text(source.get("abbreviation")))
        found.append({"name": name, "abbr": short} if short else {"name": name})
    return found
