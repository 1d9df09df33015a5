"""Reading a calendar's definition, as a world file or our editor writes it, into checked parts."""

from __future__ import annotations

import math
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from studio.domain import calendar_parts as parts
from studio.domain.calendar_parts import Era, LeapDay, LeapRule, LeapTerm, Month, Moon, Parts, Season, Weekday
from studio.domain.errors import Invalid
from studio.domain.text import fold, line

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
_REMEMBERED = 1000
NAME_LIMIT = 80
"""How many letters the name of a calendar, or of anything in it, may have."""
WEEK_RESTARTS = ("", "month", "year")


def read(definition: object) -> Parts:
    """The parts of a definition. Raises Invalid with a sentence that names what doesn't fit."""
    if not isinstance(definition, dict):
        raise Invalid("A calendar must be an object with months.")
    months = _months(definition)
    weekdays = tuple(
        _weekday(one, n) for n, one in enumerate(_list(definition, "weekdays", parts.MOST_WEEKDAYS), start=1)
    )
    known = MonthNames(months)
    found = Parts(
        key=_text(definition, "key"),
        name=_called(definition),
        months=months,
        weekdays=weekdays,
        leap_days=_each(definition, "leap_days", "leap day", lambda one, what: _leap_day(one, what, known)),
        moons=_each(definition, "moons", "moon", _moon),
        seasons=_each(definition, "seasons", "season", lambda one, what: _season(one, what, known)),
        eras=_eras(definition),
        year_zero=_flag(definition, "year_zero"),
        first_weekday=_whole(definition, "first_weekday", "The first weekday", default=0) % max(1, len(weekdays)),
        week_restarts=_choice(definition, "week_restarts", WEEK_RESTARTS),
        epoch=_whole(definition, "epoch_offset", "The offset of the epoch", default=0),
    )
    _check_period(found)
    return found


class MonthNames:
    """Which month a word means: its key, name, short form or a former name; for a number, the n-th plain month."""

    def __init__(self, months: tuple[Month, ...]) -> None:
        self.plain = [month for month in months if not month.intercalary]
        self.by_word: dict[str, Month] = {}
        self._found: dict[str, Month | None] = {}
        for month in months:
            self.by_word.setdefault(fold(month.key), month)
        for month in months:
            for word in (month.name, month.abbr, *month.formerly):
                if fold(word):
                    self.by_word.setdefault(fold(word), month)

    def find(self, word: object) -> Month | None:
        """The month, or None."""
        if isinstance(word, int) and not isinstance(word, bool):
            return self.plain[word - 1] if 1 <= word <= len(self.plain) else None
        if not isinstance(word, str):
            return None
        if word not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            self._found[word] = self._look_up(word)
        return self._found[word]

    def _look_up(self, word: str) -> Month | None:
        found = self.by_word.get(fold(word))
        return self.find(int(word)) if found is None and word.isascii() and word.isdigit() and len(word) < 4 else found

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the words in a folded text, the longest first; words that are only digits are left to the numbers."""
        words = sorted((w for w in self.by_word if not w.isdigit()), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words) or '(?!)'})(?!\w)")

    def beginning(self, word: str) -> Month | None:
        """The only month whose name begins so, or None."""
        months = {month.key: month for name, month in self.by_word.items() if name.startswith(word)}
        return next(iter(months.values())) if len(months) == 1 else None


# ---- months and leap rules ---------------------------------------------------------------------------------------


def _months(definition: Json) -> tuple[Month, ...]:
    given = _list(definition, "months", parts.MOST_MONTHS)
    found = tuple(_month(one, n) for n, one in enumerate(given, start=1))
    if not found:
        raise Invalid("A calendar needs at least one month.")
    if all(month.leap for month in found):
        raise Invalid("At least one month must come every year.")
    seen: set[str] = set()
    for month in found:
        if fold(month.key) in seen:
            raise Invalid(f"Two months are called “{month.name}”. Give one another name.")
        seen.add(fold(month.key))
    return found


def _month(one: object, n: int) -> Month:
    what = f"Month {n}"
    if not isinstance(one, dict):
        raise Invalid(f"{what} must be an object with a name and days.")
    name = _name(one, what)
    what = f"The month “{name}”"
    days = _whole(one, "days" if "days" in one else "length", f"{what}: its number of days", default=None)
    if not 1 <= days <= parts.MOST_DAYS:
        raise Invalid(f"{what} must have 1 to {parts.MOST_DAYS} days.")
    return Month(
        key=_text(one, "key") or name,
        name=name,
        abbr=_text(one, "abbr"),
        days=days,
        intercalary=_flag(one, "intercalary"),
        leap=read_rule(one["leap"], what) if one.get("leap") else None,
        formerly=tuple(w for w in one.get("formerly") or () if isinstance(w, str))
        if isinstance(one.get("formerly"), list)
        else (),
    )


def read_rule(given: object, what: str) -> LeapRule:
    """`{every, except_every, offset}`, or terms `{interval, offset, exclude}`, alone, in a list or under `rules`."""
    if isinstance(given, dict) and given.get("rules"):
        given = given["rules"]
    if isinstance(given, dict) and "every" in given:
        return _every(given, what)
    terms = given if isinstance(given, list) else [given]
    if not terms or len(terms) > parts.MOST_OTHERS:
        raise Invalid(f"{what}: its leap rule must have 1 to {parts.MOST_OTHERS} terms.")
    found = [_term(one, what) for one in terms]
    return LeapRule(terms=tuple(sorted(found, key=lambda term: (-term.interval, not term.exclude))))


def _every(given: Json, what: str) -> LeapRule:
    """Every so many years, but never where the other interval hits too: at the multiples of both."""
    offset = _whole(given, "offset", f"{what}: its offset", default=0)
    terms = [LeapTerm(interval=_interval(given, "every", what), offset=offset)]
    if given.get("except_every") is not None:
        both = math.lcm(terms[0].interval, _interval(given, "except_every", what))
        terms.insert(0, LeapTerm(interval=both, offset=offset, exclude=True))
    return LeapRule(terms=tuple(terms))


def _term(one: object, what: str) -> LeapTerm:
    if not isinstance(one, dict):
        raise Invalid(f"{what}: a leap rule must say every how many years.")
    return LeapTerm(
        interval=_interval(one, "interval", what),
        offset=_whole(one, "offset", f"{what}: its offset", default=0),
        exclude=_flag(one, "exclude"),
    )


def _interval(given: Json, key: str, what: str) -> int:
    years = _whole(given, key, f"{what}: the years between leap years", default=None)
    if not 1 <= years <= parts.MOST_INTERVAL:
        raise Invalid(f"{what}: leap years must come every 1 to {parts.MOST_INTERVAL:,} years.")
    return years


def _leap_day(one: Json, what: str, known: MonthNames) -> LeapDay:
    month = known.find(one.get("month"))
    if month is None:
        raise Invalid(f"{what} belongs to “{one.get('month', '')}”, which is no month of this calendar.")
    what = f"{what}, in “{month.name}”,"
    days = _whole(one, "days", f"{what}: its number of days", default=1)
    after = None
    if one.get("after_day") is not None:
        after = _whole(one, "after_day", f"{what}: the day it follows", default=None)
    if not 1 <= days <= parts.MOST_DAYS or (after is not None and not 0 <= after <= month.days):
        raise Invalid(f"{what} doesn't fit into its month.")
    return LeapDay(
        month=month.key, rule=read_rule(one, what), name=_text(one, "name"), days=days, after=after,
        intercalary=_flag(one, "intercalary"),
    )  # fmt: skip


def _check_period(found: Parts) -> None:
    """All leap rules together must repeat after a number of years that a table can hold, and be quick to ask."""
    period, rules = period_of(found), _rules(found)
    if period > parts.MOST_INTERVAL:
        raise Invalid(
            f"The leap rules together repeat only after more than {parts.MOST_INTERVAL:,} years. Use intervals that "
            "divide one another, like 4, 100 and 400."
        )
    if period * sum(len(rule.terms) for rule in rules) > parts.MOST_ASKED:
        raise Invalid("There are too many leap rules to count years with. Use fewer, or shorter intervals.")


def period_of(found: Parts) -> int:
    """After how many years the lengths of years repeat."""
    return math.lcm(1, *(term.interval for rule in _rules(found) for term in rule.terms))


def _rules(found: Parts) -> list[LeapRule]:
    return [month.leap for month in found.months if month.leap] + [day.rule for day in found.leap_days]


# ---- the rest ----------------------------------------------------------------------------------------------------


def _weekday(one: object, n: int) -> Weekday:
    if isinstance(one, dict):
        return Weekday(name=_name(one, f"Weekday {n}"), abbr=_text(one, "abbr"))
    return Weekday(name=_name({"name": one}, f"Weekday {n}"))


def _moon(one: Json, what: str) -> Moon:
    name = _name(one, what)
    cycle = _number(one, "cycle", f"The moon “{name}”: its cycle", default=None)
    if not 1 <= cycle <= 100_000:
        raise Invalid(f"The moon “{name}” must have a cycle of 1 to 100,000 days.")
    shift = _number(one, "shift", f"The moon “{name}”: its shift", default=0.0)
    return Moon(name=name, cycle=cycle, shift=shift, colour=_text(one, "colour"))


def _season(one: Json, what: str, known: MonthNames) -> Season:
    name = _name(one, what)
    start = one["start"] if isinstance(one.get("start"), dict) else one
    month = known.find(start.get("month"))
    if month is None:
        raise Invalid(f"The season “{name}” starts in “{start.get('month', '')}”, which is no month of this calendar.")
    day = _whole(start, "day", f"The season “{name}”: its first day", default=1)
    if not 1 <= day <= month.days:
        raise Invalid(f"The season “{name}” starts on day {day}, but “{month.name}” has {month.days}.")
    return Season(name=name, month=month.key, day=day, colour=_text(one, "colour"))


def _eras(definition: Json) -> tuple[Era, ...]:
    """The eras in the order of their years. One without an end lasts until the year before the next one's start."""
    found = sorted(
        _each(definition, "eras", "era", _era), key=lambda era: -math.inf if era.start is None else era.start
    )
    zero = _flag(definition, "year_zero")
    closed: list[Era] = []
    for n, era in enumerate(found):
        later = [e.start for e in found[n + 1 :] if e.start is not None and e.start != era.start]
        end = era.end if era.end is not None or not later else _year_before(later[0], year_zero=zero)
        early = end is not None and end < 1
        closed.append(era.model_copy(update={"end": end, "backwards": era.backwards or (early and not era.restart)}))
    return tuple(closed)


def _year_before(year: int, *, year_zero: bool) -> int:
    return -1 if year == 1 and not year_zero else year - 1


def _era(one: Json, what: str) -> Era:
    name = _name(one, what)
    what = f"The era “{name}”"
    start, end = (
        None if one.get(key) is None else _whole(one, key, f"{what}: its {words}", default=None)
        for key, words in (("start_year", "first year"), ("end_year", "last year"))
    )
    if start is not None and end is not None and end < start:
        raise Invalid(f"{what} ends before it starts.")
    backwards, restart = _flag(one, "backwards"), _flag(one, "restart")
    if backwards and restart:
        raise Invalid(f"{what} can't be counted from its start and towards its end at once.")
    if restart and start is None:
        raise Invalid(f"{what} is counted from its start, so it needs a first year.")
    return Era(
        name=name, abbr=_text(one, "abbr"), start=start, end=end, restart=restart, backwards=backwards,
        colour=_text(one, "colour"),
    )  # fmt: skip


# ---- single values -----------------------------------------------------------------------------------------------


def _list(definition: Json, key: str, most: int) -> list[Any]:
    given = definition.get(key)
    if given is None:
        return []
    if not isinstance(given, list):
        raise Invalid(f"“{key}” of a calendar must be a list.")
    if len(given) > most:
        raise Invalid(f"A calendar can have at most {most} {key.replace('_', ' ')}.")
    return given


def _each(definition: Json, key: str, word: str, read_one: Callable[[Json, str], Any]) -> tuple[Any, ...]:
    found = []
    for n, one in enumerate(_list(definition, key, parts.MOST_OTHERS), start=1):
        what = f"{word.capitalize()} {n}"
        if not isinstance(one, dict):
            raise Invalid(f"{what} must be an object.")
        found.append(read_one(one, what))
    return tuple(found)


def _name(one: Json, what: str) -> str:
    name = one.get("name")
    if not isinstance(name, str) or not (tidy := line(name)) or len(tidy) > NAME_LIMIT:
        raise Invalid(f"{what} needs a name of at most {NAME_LIMIT} letters.")
    return tidy


def _called(definition: Json) -> str:
    """What the calendar is called; a file may bring one without a name."""
    tidy = line(_text(definition, "name"))
    if len(tidy) > NAME_LIMIT:
        raise Invalid(f"A calendar needs a name of at most {NAME_LIMIT} letters.")
    return tidy


def _text(one: Json, key: str) -> str:
    value = one.get(key)
    return value.strip() if isinstance(value, str) else ""


def _flag(one: Json, key: str) -> bool:
    return one.get(key) is True


def _choice(one: Json, key: str, choices: tuple[str, ...]) -> str:
    value = one.get(key) or ""
    if value not in choices:
        raise Invalid(f"“{key}” must be one of: {', '.join(c or 'nothing' for c in choices)}.")
    return value


def _number(one: Json, key: str, what: str, *, default: float | None) -> float:
    value = one.get(key, default)
    if value is None:
        raise Invalid(f"{what} is missing.")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 10**12:
        raise Invalid(f"{what} must be a number.")
    return float(value)


def _whole(one: Json, key: str, what: str, *, default: int | None) -> int:
    value = _number(one, key, what, default=default)
    if not value.is_integer():
        raise Invalid(f"{what} must be a whole number.")
    return int(value)
