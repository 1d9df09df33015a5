"""Calendars for Seasons & Stars: what its format can't hold is named in the file, and stays in our part of it."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

from studio.domain.calendar import CalendarSystem
from studio.domain.calendars import key_of
from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.text import fold
from studio.domain.world import Calendar
from studio.services.exchange import writing
from studio.services.exchange.calendars import seasons_stars
from studio.services.exchange.calendars.drafts import FESTIVAL, one, rows
from studio.services.exchange.calendars.seasons_stars import GREGORIAN_RULE, OURS, SOURCE, label_of
from studio.services.exchange.reading import read_json
from studio.services.exchange.staging import Reason

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.calendar_parts import LeapRule, Month, Moon, Season
    from studio.storage.project import Project

Json = dict[str, Any]
_OPEN = frozenset(
    {"key", "name", "months", "weekdays", "leap_days", "eras", "year_zero", "moons", "seasons", "first_weekday",
     "week_restarts", "epoch_offset"}
)  # fmt: skip
"""What players get of a calendar: the rest may hold anything."""
_MOST_MONTHS, _MOST_WEEKDAYS, _LONGEST, _LONGEST_BETWEEN, _MOST_LEAP = 24, 14, 500, 50, 10
_PHASES = ("New Moon", "Waxing Crescent", "First Quarter", "Waxing Gibbous", "Full Moon", "Waning Gibbous",
           "Last Quarter", "Waning Crescent")  # fmt: skip
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_NEW_MOONS = 60
"""New moons that are looked at for one on a day of a month."""


def write_calendars(
    project: Project, dest: Path, *, lens: Lens = OPEN_EYES
) -> tuple[dict[str, int], tuple[Reason, ...]]:
    """Write each calendar as a file of its own into a folder or zip; the main one alone where the name ends in `.json`.

    Raises Invalid where there is none that the format can hold.
    """
    files, lost = calendar_files(project, lens=lens)
    if not files:
        raise Invalid(lost[0].why if lost else "This world has no calendar. Add one under World → Calendars.")
    if dest.suffix.lower() == ".json":
        main = project.calendars.main.key
        key = main if main in files else next(iter(files))
        lost = [Reason(what=name, why="isn't the main calendar") for name in _names(files, but=key)]
        files = {key: files[key]}
        lost += _losses(files[key])
        _put({dest: files[key]})
    elif dest.suffix.lower() == ".zip":
        with writing.whole_file(dest) as partial, zipfile.ZipFile(partial, "w") as archive:
            for data in sorted(files.values(), key=lambda data: data["id"]):
                writing.add(archive, _file_name(data), _text(data).encode())
    else:
        places = {dest / _file_name(data): data for data in files.values()}
        for path in places:
            _check_free(path)
        _put(places)
    return {"file": len(files)}, tuple(lost)


def _put(places: dict[Path, Json]) -> None:
    for path, data in places.items():
        with writing.whole_file(path) as partial:
            partial.write_text(_text(data), encoding="utf-8")


def _file_name(data: Json) -> str:
    return f"{writing.safe_stem(data['id'].replace(':', '-').replace('/', '-'))}.json"


def _names(files: dict[str, Json], *, but: str) -> list[str]:
    return [label_of(data) for key, data in files.items() if key != but]


def _losses(data: Json) -> list[Reason]:
    """What a file says that it can't hold."""
    part = one(one(data.get("extensions")).get(OURS))
    return [Reason(what=label_of(data), why=sentence, skipped=False) for sentence in part.get("lost", ())]


def _check_free(path: Path) -> None:
    """Only a calendar of theirs is written over."""
    if path.exists() and not (path.is_file() and seasons_stars.is_calendar(read_json(path))):
        raise Invalid(f"“{path}” is there and is no calendar. Choose a new folder, so that nothing is overwritten.")


def calendar_files(project: Project, *, lens: Lens = OPEN_EYES) -> tuple[dict[str, Json], list[Reason]]:
    """(each calendar's file by its key, what of them has no place there)."""
    files: dict[str, Json] = {}
    lost: list[Reason] = []
    used: set[str] = set()
    for record in project.all(Calendar):
        given = {**record.definition, "key": key_of(record), "name": record.name}
        definition = {k: v for k, v in given.items() if k != "main" and (lens.is_gm or k in _OPEN)}
        came = one(one(record.ext.get(SOURCE)).get("raw")) if lens.is_gm else {}
        try:
            data = as_file(definition, came)
        except Invalid as error:
            lost.append(Reason(what=record.name, why=error.sentence))
            continue
        while _file_name(data).casefold() in used:
            data = data | {"id": f"{data['id']}-2"}
        used.add(_file_name(data).casefold())
        files[given["key"]] = data
        lost += _losses(data)
    return files, lost


def as_file(definition: Json, came: Json | None = None) -> Json:
    """A calendar's file. One that came from there and is as it came goes out as it was. Raises Invalid."""
    came = came or {}
    if came and seasons_stars.is_calendar(came) and _as_it_came(definition, came):
        return came
    data, lost = _Writer(definition).write()
    data = _kept(data, came)
    part = {"definition": definition, "of": seasons_stars.digest(data), "lost": lost}
    data["extensions"] = {**one(data.get("extensions")), OURS: part}
    return data


def _as_it_came(definition: Json, came: Json) -> bool:
    first = seasons_stars.definition_of(came)
    return first is not None and {**first, "key": ""} == {**definition, "key": ""}


def _kept(data: Json, came: Json) -> Json:
    """With what the original says beyond it: of the whole, and of each month, weekday and moon by its name."""
    merged = came | data
    if came:
        current = one(came.get("year")).get("currentYear")
        merged["id"] = came["id"]
        merged["year"] = data["year"] | ({"currentYear": current} if current is not None else {})
    for part in ("months", "weekdays", "intercalary", "moons", "seasons"):
        before = {fold(str(row.get("name"))): row for row in rows(came.get(part))}
        if part in data:
            merged[part] = [_grown(before.get(fold(row["name"]), {}), row) for row in data[part]]
        else:
            merged.pop(part, None)
    return merged


def _grown(before: Json, row: Json) -> Json:
    """A row with the words and icons that it had; never with facts of before."""
    return {k: v for k, v in before.items() if k in ("description", "icon", "iconUrl", "translations")} | row


def _text(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


class _Writer:
    """One calendar on its way out. `lost` names what the format has no place for."""

    def __init__(self, definition: Json) -> None:
        self.system = CalendarSystem.from_definition(definition)
        self.definition, self.parts = definition, self.system.parts
        self.lost: list[str] = []
        marked = {row.get("key") or row.get("name") for row in rows(definition.get("months")) if row.get(FESTIVAL)}
        self.between = {m.key for m in self.parts.months if m.intercalary or m.leap or m.key in marked}
        self.real = [m for m in self.parts.months if m.key not in self.between]
        self.names: dict[str, str] = {}

    def write(self) -> tuple[Json, list[str]]:
        self._check()
        rule, month, days = self._leap()
        data: Json = {
            "id": (re.sub(r"[^a-z0-9]+", "-", fold(self.parts.key)).strip("-") or "calendar")[:50].strip("-"),
            "translations": {"en": {"label": self.parts.name or "Calendar"}},
            "year": self._year(),
            "leapYear": rule | ({"month": month, "extraDays": days} if month else {}),
            "months": [self._month(m) for m in self.real],
            "weekdays": self._weekdays(),
            "intercalary": self._intercalary(),
            "time": {"hoursInDay": 24, "minutesInHour": 60, "secondsInMinute": 60},
        }
        if moons := [made for m in self.parts.moons if (made := self._moon(m)) is not None]:
            data["moons"] = moons
        if seasons := self._seasons():
            data["seasons"] = seasons
        return data, self.lost

    def _check(self) -> None:
        name = self.parts.name or "This calendar"
        if not self.real:
            raise Invalid(f"“{name}” can't go to Seasons & Stars: it has no month that comes every year.")
        if len(self.real) > _MOST_MONTHS:
            raise Invalid(f"“{name}” can't go to Seasons & Stars: it has {len(self.real)} months, and 24 is the most.")
        if long := next((m for m in self.real if m.days > _LONGEST), None):
            raise Invalid(f"“{name}” can't go to Seasons & Stars: {long.name} has more than {_LONGEST} days.")
        if len(self.parts.weekdays) > _MOST_WEEKDAYS:
            raise Invalid(f"“{name}” can't go to Seasons & Stars: a week can have {_MOST_WEEKDAYS} days at most there.")
        if self.parts.week_restarts:
            self.lost.append(f"Weeks begin anew with each {self.parts.week_restarts} here; there they go on.")
        if not self.parts.year_zero:
            self.lost.append("There is a year 0 there, so earlier years are one off.")
        if self.parts.epoch:
            self.lost.append("Where its days lie among those of other calendars.")

    # ---- years and weeks -------------------------------------------------------------------------------------------

    def _year(self) -> Json:
        year, weekday = self._anchor()
        eras, prefix, suffix = self.parts.eras, "", ""
        plain = len(eras) == 1 and eras[0].start is None and eras[0].end is None
        if plain and not (eras[0].restart or eras[0].backwards):
            words = (eras[0].abbr or eras[0].name)[:48]
            before = rows(self.definition.get("eras"))[0].get("before") is True
            prefix, suffix = (f"{words} ", "") if before else ("", f" {words}")
        elif eras:
            self.lost.append(f"Its eras: {', '.join(era.name for era in eras)}.")
        return {"epoch": year, "currentYear": max(1, year), "prefix": prefix, "suffix": suffix, "startDay": weekday}

    def _anchor(self) -> tuple[int, int]:
        """(a year, the weekday of its first day): the first year whose first day has a number that fits."""
        for year in range(1, 401):
            spans = [span for span in self.system.month_layout(year) if span.month.key not in self.between]
            days = (self.system.weekday(span.first + n) for span in spans for n in range(span.days))
            weekday = next((day for day in days if day is not None), 0)
            if weekday <= 6:
                return year, weekday
        self.lost.append("On which weekday its years begin.")
        return 1, 0

    def _weekdays(self) -> list[Json]:
        if not self.parts.weekdays:
            self.lost.append("It has no weeks; there every day is “Day”.")
            return [{"name": "Day"}]
        return [_short({"name": day.name[:50]}, day.abbr) for day in self.parts.weekdays]

    def _month(self, month: Month) -> Json:
        return _short({"name": self._name(month)}, month.abbr) | {"days": month.days}

    def _name(self, month: Month) -> str:
        """A month's name there: the formats' names are unique, since other parts name them."""
        if month.key not in self.names:
            wanted, used = month.name[:50], {fold(name) for name in self.names.values()}
            free = (f"{wanted[:45]} {n}" if n > 1 else wanted for n in range(1, 200))
            self.names[month.key] = next(name for name in free if fold(name) not in used)
        return self.names[month.key]

    # ---- leap years and days between months ------------------------------------------------------------------------

    def _leap(self) -> tuple[Json, str, int]:
        """(the rule of leap years, the month that grows in them, its days): the first rule that the format knows."""
        ends = [d for d in self.parts.leap_days if not d.intercalary and not d.name and self._at_end(d.month, d.after)]
        rules = [d.rule for d in ends] + [d.rule for d in self.parts.leap_days]
        rules += [m.leap for m in self.parts.months if m.leap is not None]
        self.rule = next((rule for rule in rules if _rule(rule) is not None), None)
        self.grows = next(
            (d for d in ends if d.rule == self.rule and d.month not in self.between and d.days <= 10), None
        )
        if self.rule is None:
            return {"rule": "none"}, "", 0
        found = self.grows
        if found is None:
            return _rule(self.rule) or {}, "", 0
        return _rule(self.rule) or {}, self._name(next(m for m in self.real if m.key == found.month)), found.days

    def _at_end(self, key: str, after: int | None) -> bool:
        month = next(m for m in self.parts.months if m.key == key)
        return after is None or after == month.days

    def _intercalary(self) -> list[Json]:
        found: list[Json] = []
        last = ""
        first = self._name(self.real[0])
        for month in self.parts.months:
            if month.key not in self.between:
                last = self._name(month)
            else:
                place = {"after": last} if last else {"before": first}
                counts = not month.intercalary
                self._put(found, month.name, month.days, place, counts=counts, rule=month.leap)
            for day in self.parts.leap_days:
                if day.month == month.key and day is not self.grows:
                    if not self._at_end(day.month, day.after):
                        self.lost.append(f"That a leap day of {month.name} comes behind its day {day.after}.")
                    place = {"after": last} if last else {"before": first}
                    name = day.name or "Leap day"
                    self._put(found, name, day.days, place, counts=not day.intercalary, rule=day.rule)
        return found

    def _put(
        self, found: list[Json], name: str, days: int, place: Json, *, counts: bool, rule: LeapRule | None
    ) -> None:
        if rule is not None and rule != self.rule:
            self.lost.append(f"“{name}” comes by a rule of its own, and was left out.")
        elif days > _LONGEST_BETWEEN:
            self.lost.append(f"“{name}” has more than {_LONGEST_BETWEEN} days between months, and was left out.")
        else:
            row: Json = {"name": name[:50], **place, "days": days, "countsForWeekdays": counts}
            found.append(row | ({"leapYearOnly": True} if rule is not None else {}))

    # ---- moons and seasons -----------------------------------------------------------------------------------------

    def _moon(self, moon: Moon) -> Json | None:
        if moon.cycle > 1000:
            self.lost.append(f"The moon “{moon.name}”, whose cycle is longer than 1,000 days.")
            return None
        made: Json = {"name": moon.name[:50], "cycleLength": moon.cycle, "phases": _phases(moon.cycle)}
        if _COLOUR.fullmatch(moon.colour):
            made["color"] = moon.colour
        if (new := self._new_moon(moon)) is not None:
            made["firstNewMoon"] = new
        else:
            self.lost.append(f"When the moon “{moon.name}” is new.")
        return made

    def _new_moon(self, moon: Moon) -> Json | None:
        """A day of a month on which the moon is new, as exactly as days allow."""
        number = {m.key: n for n, m in enumerate(self.real, start=1)}
        first = self.system.year_first(1)
        start = -moon.shift % moon.cycle
        ages = [start + n * moon.cycle for n in range(_NEW_MOONS)]
        for age in sorted(ages, key=lambda age: (round(abs(age - round(age)), 6), age)):
            date = self.system.from_abs(first + round(age))
            if date.month in number and date.year >= 1:
                return {"year": date.year, "month": number[date.month], "day": date.day}
        return None

    def _seasons(self) -> list[Json]:
        """Seasons with the month in which each ends, which the format wants."""
        order = {m.key: n for n, m in enumerate(self.parts.months)}
        starts = {season.name: self._start(season) for season in self.parts.seasons}
        turn = [s.name for s in sorted(self.parts.seasons, key=lambda s: (order[s.month], s.day))]
        if any(season.colour for season in self.parts.seasons):
            self.lost.append("The colours of its seasons.")
        found: list[Json] = []
        for season in self.parts.seasons:
            month, day = starts[season.name]
            until, before = starts[turn[(turn.index(season.name) + 1) % len(turn)]]
            last = {"endMonth": until, "endDay": before - 1}
            end = last if before > 1 else {"endMonth": (until - 2) % len(self.real) + 1}
            found.append({"name": season.name[:50], "startMonth": month, "startDay": day} | end)
        return found

    def _start(self, season: Season) -> tuple[int, int]:
        """(number of the month, day) on which a season begins; one between months begins with the next."""
        at = next(n for n, m in enumerate(self.parts.months) if m.key == season.month)
        month = next((m for m in self.parts.months[at:] if m.key not in self.between), self.real[0])
        if month.key == season.month:
            return self.real.index(month) + 1, season.day
        self.lost.append(f"That {season.name} begins between months.")
        return self.real.index(month) + 1, 1


def _short(row: Json, abbr: str) -> Json:
    return row | ({"abbreviation": abbr} if 1 <= len(abbr) <= 10 else {})


def _rule(rule: LeapRule) -> Json | None:
    """A rule as the format says it; None for one that it can't say."""
    terms = [{"interval": t.interval} | ({"exclude": True} if t.exclude else {}) for t in rule.terms]
    if terms == GREGORIAN_RULE and not any(t.offset for t in rule.terms):
        return {"rule": "gregorian"}
    if len(rule.terms) != 1 or rule.terms[0].exclude:
        return None
    term = rule.terms[0]
    if not 2 <= term.interval <= 1000:
        return None
    offset = term.offset % term.interval
    return {"rule": "custom", "interval": term.interval} | ({"offset": offset} if offset else {})


def _phases(cycle: float) -> list[Json]:
    """The eight phases, which together last one cycle."""
    single = 1.0 if cycle >= 8 else cycle / 8
    long = (cycle - 4 * single) / 4
    found: list[Json] = []
    for n, name in enumerate(_PHASES):
        day = n % 2 == 0
        icon = name.lower().replace(" moon", "").replace(" ", "-")
        found.append({"name": name, "length": single if day else long, "singleDay": day, "icon": icon})
    return found
