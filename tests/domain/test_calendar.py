"""Calendars count exactly: Gregorian equals datetime, and every calendar leads from a date to its day and back."""

from __future__ import annotations

import copy
import datetime as dt
import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.calendar import CalendarSystem
from studio.domain.calendars import Calendars, plain, plain_definition
from studio.domain.errors import Invalid
from studio.domain.world import Calendar
from tests.support.calendars import GREGORIAN, PRESETS, definitions, json_values, preset

if TYPE_CHECKING:
    from pathlib import Path

EPOCH = dt.date(1, 1, 1)

days = st.integers(-3_000_000, 3_000_000)


# ---- the laws ----------------------------------------------------------------------------------------------------


@given(st.integers(0, dt.date.max.toordinal() - 1))
def test_gregorian_is_datetime(day: int) -> None:
    date = EPOCH + dt.timedelta(days=day)
    found = GREGORIAN.from_abs(day)
    assert (found.year, found.month, found.day) == (date.year, date.strftime("%B"), date.day)
    assert GREGORIAN.to_abs(date.year, date.month, date.day) == day
    assert GREGORIAN.weekday(day) == date.weekday()


def test_every_gregorian_year_begins_and_ends_as_in_datetime() -> None:
    for year in range(1, 10_000):
        assert GREGORIAN.year_first(year) == (dt.date(year, 1, 1) - EPOCH).days
        assert GREGORIAN.year_last(year) == (dt.date(year, 12, 31) - EPOCH).days


@given(definitions(), days)
def test_a_day_is_found_again_by_its_date(definition: dict[str, Any], day: int) -> None:
    calendar = CalendarSystem.from_definition(definition)
    date = calendar.from_abs(day)
    assert calendar.to_abs(*date) == day
    assert calendar.year_first(date.year) <= day <= calendar.year_last(date.year)
    assert date.year != 0 or calendar.parts.year_zero


@given(definitions(), st.integers(-30, 30))
def test_years_and_months_lie_end_to_end(definition: dict[str, Any], years: int) -> None:
    calendar = CalendarSystem.from_definition(definition)
    year = calendar.add_years(1, years)
    layout = calendar.month_layout(year)
    assert layout[0].first == calendar.year_first(year)
    assert all(one.last + 1 == other.first for one, other in pairwise(layout))
    assert layout[-1].last + 1 == calendar.year_first(calendar.add_years(year, 1))


@given(definitions(), st.integers(-2000, 2000))
def test_dates_grow_with_days(definition: dict[str, Any], day: int) -> None:
    calendar = CalendarSystem.from_definition(definition)

    def place(at: int) -> tuple[int, int, int]:
        date = calendar.from_abs(at)
        return date.year, [m.key for m in calendar.months].index(date.month), date.day

    assert place(day) < place(day + 1)


@given(definitions(), days)
def test_the_week_goes_on_over_days_outside_it(definition: dict[str, Any], day: int) -> None:
    calendar = CalendarSystem.from_definition(definition | {"week_restarts": ""})
    week = [calendar.weekday(at) for at in range(day, day + 60)]
    counted = [one for one in week if one is not None]
    assert all(other == (one + 1) % len(calendar.weekdays) for one, other in pairwise(counted))
    outside = [at for at, one in zip(range(day, day + 60), week, strict=True) if one is None and calendar.weekdays]
    for at in outside:
        span = calendar.span_of(at)
        assert at - span.first + 1 in span.outside


@given(definitions(), days)
def test_a_moon_counts_every_day_and_is_new_once_in_each_cycle(definition: dict[str, Any], day: int) -> None:
    calendar = CalendarSystem.from_definition(definition)
    (moon,) = calendar.parts.moons
    ages = [calendar.moon_phases(at)[0].age for at in range(day, day + 40)]
    for one, other in pairwise(ages):
        step = (other - one) % 1
        assert math.isclose(step, (1 / moon.cycle) % 1, abs_tol=1e-6) or math.isclose(step, 1, abs_tol=1e-6) or step < 1
    if moon.cycle >= 8:
        new = [at for at in range(day, day + 200) if calendar.moon_phases(at)[0].step == 0]
        gaps = {other - one for one, other in pairwise(new)}
        assert gaps <= {math.floor(moon.cycle), math.ceil(moon.cycle)}


@given(definitions(), days)
def test_a_day_lies_in_the_season_that_it_names(definition: dict[str, Any], day: int) -> None:
    calendar = CalendarSystem.from_definition(definition)
    season = calendar.season(day)
    assert (season is None) == (not calendar.parts.seasons)
    if season is not None:
        year = calendar.year_of(day)
        spans = [calendar.season_span(calendar.add_years(year, n), season) for n in (-1, 0)]
        assert any(lo <= day <= hi for lo, hi in spans)


@given(definitions())
def test_a_definition_is_left_as_it_was(definition: dict[str, Any]) -> None:
    before = copy.deepcopy(definition)
    assert CalendarSystem.from_definition(definition) == CalendarSystem.from_definition(before)
    assert definition == before


bad_keys = st.sampled_from(
    ["months", "weekdays", "leap_days", "moons", "seasons", "eras", "year_zero", "first_weekday", "week_restarts",
     "epoch_offset", "key", "name"]
)  # fmt: skip


def fault(definition: dict[str, Any]) -> str:
    """What is wrong with a definition; empty where it counts."""
    try:
        CalendarSystem.from_definition(definition)
    except Invalid as error:
        return error.sentence
    return ""


@given(definitions(), bad_keys, json_values)
def test_a_broken_definition_is_refused_with_a_sentence(definition: dict[str, Any], key: str, value: Any) -> None:
    assert fault(definition | {key: value})[-1:] in ("", ".")


@given(definitions(), st.sampled_from(["months", "leap_days", "seasons", "moons"]), st.text(max_size=8), json_values)
def test_a_broken_part_is_refused_with_a_sentence(definition: dict[str, Any], key: str, field: str, value: Any) -> None:
    for name in (field, "name", "days", "month", "cycle", "leap", "every", "rules", "formerly"):
        broken = copy.deepcopy(definition)
        for part in broken[key]:
            part[name] = value
        assert fault(broken)[-1:] in ("", ".")


# ---- single facts ------------------------------------------------------------------------------------------------

MONTHS = [{"name": "Reed", "days": 30}, {"name": "Midwinter", "days": 1, "intercalary": True}]


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ({}, "at least one month"),
        ({"months": [{"name": "Reed", "days": 0}]}, "must have 1 to 1000 days"),
        ({"months": [{"name": "Reed", "days": 10**12}]}, "must have 1 to 1000 days"),
        ({"months": [{"name": "Reed", "days": 2.5}]}, "whole number"),
        ({"months": [{"name": " ", "days": 3}]}, "Month 1 needs a name"),
        ({"months": [{"name": "Reed", "days": 3}, {"name": "reed", "days": 3}]}, "Two months are called"),
        ({"months": [{"name": "Reed", "days": 3, "leap": {"every": 4}}]}, "must come every year"),
        ({"months": MONTHS, "leap_days": [{"month": "Thaw", "every": 4}]}, "no month of this calendar"),
        ({"months": MONTHS, "leap_days": [{"month": "Reed", "every": 0}]}, "every 1 to 20,000 years"),
        ({"months": MONTHS, "leap_days": [{"month": "Reed", "every": n} for n in (97, 89, 83)]}, "divide one another"),
        ({"months": MONTHS, "seasons": [{"name": "Spring", "month": "Reed", "day": 31}]}, "starts on day 31"),
        ({"months": MONTHS, "moons": [{"name": "Luna", "cycle": 0}]}, "1 to 100,000 days"),
        ({"months": MONTHS, "eras": [{"name": "Old", "start_year": 5, "end_year": 1}]}, "ends before it starts"),
        ({"months": MONTHS * 60}, "at most 100 months"),
    ],
)
def test_what_is_wrong_is_said(definition: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        CalendarSystem.from_definition(definition)


def test_a_year_zero_that_is_missing_is_refused() -> None:
    calendar = CalendarSystem.from_definition({"months": MONTHS})
    assert calendar.from_abs(-1) == (-1, "Midwinter", 1)
    with pytest.raises(Invalid, match="no year 0"):
        calendar.to_abs(0, "Reed", 1)
    with pytest.raises(Invalid, match="no month"):
        calendar.to_abs(1, "Thaw", 1)
    with pytest.raises(Invalid, match="30 days"):
        calendar.to_abs(1, "Reed", 31)


def test_a_leap_rule_tests_the_year_as_it_is_written() -> None:
    calendar = CalendarSystem.from_definition(
        {"months": MONTHS, "leap_days": [{"month": "Reed", "every": 4, "except_every": 100, "offset": 2}]}
    )
    lengths = {year: calendar.month_span(year, "Reed").days for year in (-102, -98, -6, -2, -1, 2, 6, 98, 102)}
    assert lengths == {-102: 31, -98: 30, -6: 31, -2: 31, -1: 30, 2: 30, 6: 31, 98: 31, 102: 30}


def test_eras_count_on_from_their_start_or_down_to_their_end() -> None:
    calendar = CalendarSystem.from_definition(
        {
            "months": MONTHS,
            "eras": [
                {"name": "Before", "abbr": "B", "end_year": -1},
                {"name": "First Age", "abbr": "FA", "start_year": 1},
                {"name": "Second Age", "abbr": "SA", "start_year": 601, "restart": True},
            ],
        }
    )
    assert [calendar.year_words(year) for year in (-12, 600, 601, 650)] == ["12 B", "600", "1 SA", "50 SA"]
    before, first, second = calendar.parts.eras
    assert calendar.year_in(second, 50) == 650
    assert calendar.year_in(before, 12) == -12
    assert calendar.year_in(first, 601) is None


def test_the_new_moon_of_january_2000_is_on_the_sixth() -> None:
    steps = {day: GREGORIAN.moon_phases(GREGORIAN.to_abs(2000, 1, day))[0].name for day in (5, 6, 7, 14, 21)}
    assert steps == {
        5: "waning crescent", 6: "new moon", 7: "waxing crescent", 14: "first quarter", 21: "full moon",
    }  # fmt: skip


@pytest.mark.parametrize("path", sorted(PRESETS.glob("*.json")), ids=lambda path: path.stem)
def test_every_preset_counts_and_names_its_parts(path: Path) -> None:
    calendar = preset(path.stem)
    assert calendar.key == path.stem
    assert calendar.name
    assert calendar.weekdays
    assert calendar.parts.seasons
    for day in range(-800_000, 800_000, 9_973):
        assert calendar.to_abs(*calendar.from_abs(day)) == day
        assert calendar.season(day)


def test_the_plain_preset_is_the_calendar_that_stands_in() -> None:
    assert preset("plain").parts.model_dump(exclude={"key"}) == plain().parts.model_dump(exclude={"key"})


def test_a_project_without_calendars_has_the_plain_one() -> None:
    assert Calendars().main is plain()
    assert Calendars().get("imperial") is plain()


def test_the_main_calendar_is_the_first_that_counts_or_the_one_that_is_marked() -> None:
    good = [Calendar(name=name, definition=plain_definition() | {"key": name.lower()}) for name in ("One", "Two")]
    broken = Calendar(name="Broken", definition={"key": "broken"})
    calendars = Calendars.of([broken, *good])
    assert calendars.main.key == "one"
    assert calendars.faults == {"broken": "A calendar needs at least one month."}
    assert calendars.get("broken") is None
    assert [c.key for c in calendars] == ["one", "two"]
    marked = good[1].model_copy(update={"definition": good[1].definition | {"main": True}})
    assert Calendars.of([good[0], marked]).main.key == "two"
    assert calendars.get("TWO") is calendars.get("two")
