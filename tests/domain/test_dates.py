"""Dates: what the stored shapes and typed words mean, and that what is shown can be typed again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.domain.calendar import CalendarSystem
from studio.domain.calendars import Calendars
from studio.domain.dates import TimeRef, parse, read_words, resolve, span_words, to_value, typed, written
from studio.domain.world import Calendar
from tests.support.calendars import GREGORIAN, PRESETS, json_values, preset

if TYPE_CHECKING:
    from pathlib import Path

IMPERIAL = CalendarSystem.from_definition(
    {
        "key": "imperial",
        "name": "Imperial count",
        "months": [
            {"name": "Reed", "days": 30},
            {"name": "Thaw", "days": 30},
            {"name": "Midwinter", "days": 1, "intercalary": True},
            {"name": "Bloom", "days": 30},
            {"name": "Late Rain", "days": 30},
        ],
        "weekdays": ["Moonday", "Mill"],
        "eras": [
            {"name": "First Age", "abbr": "FA", "start_year": -900},
            {"name": "Second Age", "abbr": "SA", "start_year": 1},
            {"name": "Third Age", "abbr": "TA", "start_year": 901, "restart": True},
        ],
        "seasons": [{"name": "Spring", "month": "Thaw", "day": 4}, {"name": "Autumn", "month": "Late Rain"}],
    }
)
WORLD = Calendars([IMPERIAL, GREGORIAN])


@pytest.mark.parametrize(
    ("words", "precision", "days"),
    [
        ("812", "year", "1 Reed 812 – 30 Late Rain 812"),
        ("in the year 812", "year", "1 Reed 812 – 30 Late Rain 812"),
        ("12 SA", "year", "1 Reed 12 – 30 Late Rain 12"),
        ("SA 12", "year", "1 Reed 12 – 30 Late Rain 12"),
        ("year 12 of the Second Age", "year", "1 Reed 12 – 30 Late Rain 12"),
        ("12 TA", "year", "1 Reed 12 TA – 30 Late Rain 12 TA"),
        ("12 F.A.", "year", "1 Reed 12 FA – 30 Late Rain 12 FA"),
        ("-12", "year", "1 Reed 12 FA – 30 Late Rain 12 FA"),
        ("3 Reed 812", "day", "3 Reed 812"),
        ("Reed 3, 812 SA", "day", "3 Reed 812"),
        ("the 3rd of Reed, 812", "day", "3 Reed 812"),
        ("Moonday, 3 Reed 812", "day", "3 Reed 812"),
        ("812 Reed 3", "day", "3 Reed 812"),
        ("3 late rain 812", "day", "3 Late Rain 812"),
        ("3 Blo 812", "day", "3 Bloom 812"),
        ("812-03-05", "day", "5 Bloom 812"),
        ("812-03", "month", "1 Bloom 812 – 30 Bloom 812"),
        ("3 Reed 812 14:30", "exact", "3 Reed 812"),
        ("Reed 812", "month", "1 Reed 812 – 30 Reed 812"),
        ("Midwinter 812", "day", "Midwinter 812"),
        ("spring 812", "season", "4 Thaw 812 – 30 Bloom 812"),
        ("in the spring of 812 SA", "season", "4 Thaw 812 – 30 Bloom 812"),
        ("fall of 812", "season", "1 Late Rain 812 – 3 Thaw 813"),
        ("printemps 812", "season", "4 Thaw 812 – 30 Bloom 812"),
        ("late spring 812", "season", "12 Bloom 812 – 30 Bloom 812"),
        ("early 812", "year", "1 Reed 812 – 10 Thaw 812"),
        ("mid-812", "year", "11 Thaw 812 – 20 Bloom 812"),
        ("late 812", "year", "21 Bloom 812 – 30 Late Rain 812"),
        ("the 640s", "decade", "1 Reed 640 – 30 Late Rain 649"),
        ("640er", "decade", "1 Reed 640 – 30 Late Rain 649"),
        ("7th century", "century", "1 Reed 601 – 30 Late Rain 700"),
        ("seventh century SA", "century", "1 Reed 601 – 30 Late Rain 700"),
        ("VIIe siècle", "century", "1 Reed 601 – 30 Late Rain 700"),
        ("1st century of the First Age", "century", "1 Reed 100 FA – 30 Late Rain 1 FA"),
        ("Second Age", "era", "1 Reed 1 – 30 Late Rain 900"),
        ("c. 640", "year", "1 Reed 635 – 30 Late Rain 645"),
        ("around 640", "year", "1 Reed 635 – 30 Late Rain 645"),
        ("640?", "year", "1 Reed 635 – 30 Late Rain 645"),
        ("vers 640", "year", "1 Reed 635 – 30 Late Rain 645"),
        ("before 3 Reed 812", "before", "until 2 Reed 812"),
        ("avant 812", "before", "until 30 Late Rain 811"),
        ("until 812", "before", "until 30 Late Rain 812"),
        ("after 812", "after", "from 1 Reed 813"),
        ("depois de 812", "after", "from 1 Reed 813"),
        ("since 812", "after", "from 1 Reed 812"),
        ("between 810 and 3 Reed 812", "between", "1 Reed 810 – 3 Reed 812"),
        ("entre 812 e 810", "between", "1 Reed 810 – 30 Late Rain 812"),
        ("810-812", "between", "1 Reed 810 – 30 Late Rain 812"),
        ("810 – 812", "between", "1 Reed 810 – 30 Late Rain 812"),
        ("3–5 Reed 812", "between", "3 Reed 812 – 5 Reed 812"),
        ("3 Reed to 5 Bloom 812", "between", "3 Reed 812 – 5 Bloom 812"),
        ("from 810 to 812", "between", "1 Reed 810 – 30 Late Rain 812"),
    ],
)
def test_words_are_read(words: str, precision: str, days: str) -> None:
    found = parse(words, IMPERIAL)
    assert found is not None
    assert (found.precision, span_words(found, IMPERIAL), found.text) == (precision, days, words)


@pytest.mark.parametrize(
    "words",
    ["", "  ", "foo", "room 12", "0", "31 Reed 812", "3 Reed", "12 of 13", "500 SA 3", "901 SA", "the", "9" * 40],
)
def test_words_that_are_no_date_are_not_read(words: str) -> None:
    assert parse(words, IMPERIAL) is None


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("3 reed 812", {"calendar": "imperial", "year": 812, "month": "Reed", "day": 3}),
        ("Reed 3, 812", {"calendar": "imperial", "year": 812, "month": "Reed", "day": 3, "text": "Reed 3, 812"}),
        ("c. 640", {"calendar": "imperial", "year": 640, "circa": True}),
        ("before Reed 812", {"calendar": "imperial", "before": {"year": 812, "month": "Reed"}}),
        ("between 810 and 812", {"calendar": "imperial", "between": [{"year": 810}, {"year": 812}]}),
        ("spring 812", {"calendar": "imperial", "text": "spring 812"}),
        ("after the war", {"text": "after the war"}),
        ("4 July 1776", {"calendar": "gregorian", "year": 1776, "month": "July", "day": 4, "text": "4 July 1776"}),
        ("44 BC", {"calendar": "gregorian", "year": -43, "text": "44 BC"}),
        ("812 (Gregorian calendar)", {"calendar": "gregorian", "year": 812}),
    ],
)
def test_typed_words_are_stored_structured_where_they_can_be(words: str, stored: dict[str, Any]) -> None:
    assert typed(words, WORLD) == stored
    assert resolve(stored, WORLD).without_text() == (read_words(words, WORLD) or TimeRef()).without_text()


@pytest.mark.parametrize(
    ("value", "words", "days"),
    [
        ({"year": 812}, "812", "1 Reed 812 – 30 Late Rain 812"),
        ({"year": "812", "month": 2, "day": "3"}, "3 Thaw 812", "3 Thaw 812"),
        ({"year": 812, "month": "Reed", "day": 99}, "99 Reed 812", "1 Reed 812 – 30 Reed 812"),
        ({"year": 812, "month": "Nowhere", "day": 1}, "1 Nowhere 812", "1 Reed 812 – 30 Late Rain 812"),
        ({"calendar": "gregorian", "year": 1}, "1 (Gregorian calendar)", "1 January 1 – 31 December 1"),
        ({"between": [{"year": 812}, {"year": 810}]}, "between 812 and 810", "1 Reed 810 – 30 Late Rain 812"),
        ({"after": {"year": 812}, "circa": True}, "c. after 812", "from 1 Reed 808"),
        ({"text": "spring 812"}, "spring 812", "4 Thaw 812 – 30 Bloom 812"),
    ],
)
def test_stored_dates_are_resolved_and_written(value: dict[str, Any], words: str, days: str) -> None:
    ref = resolve(value, WORLD)
    assert written(value, WORLD) == words
    assert span_words(ref, WORLD.get(ref.calendar) or IMPERIAL) == days


@pytest.mark.parametrize(
    "value", [{}, {"year": 0}, {"calendar": "lost", "year": 3}, {"text": "long ago"}, {"before": 3}, {"year": 10**30}]
)
def test_a_date_that_cannot_be_read_is_unknown(value: dict[str, Any]) -> None:
    assert resolve(value, WORLD).precision == "unknown"


def test_a_year_is_read_where_there_is_no_calendar_at_all() -> None:
    assert resolve({"calendar": "lost", "year": 2}, Calendars()).lo == 360
    assert typed("812", Calendars()) == {"text": "812"}
    assert resolve({"text": "3"}, Calendars()).lo == 720


date_keys = ("calendar", "year", "month", "day", "circa", "before", "after", "between", "text", "time")


@given(st.dictionaries(st.sampled_from(date_keys), json_values, max_size=6))
def test_resolving_never_raises(value: dict[str, Any]) -> None:
    ref = resolve(value, WORLD)
    assert ref.lo is None or ref.hi is None or ref.lo <= ref.hi
    written(value, WORLD)
    written(ref, WORLD)


@given(st.text(max_size=60))
def test_reading_any_words_never_raises(words: str) -> None:
    read_words(words, WORLD)


SYSTEMS = [IMPERIAL, *(preset(path.stem) for path in sorted(PRESETS.glob("*.json")))]
days = st.integers(-700_000, 700_000)


@st.composite
def values(draw: st.DrawFn) -> tuple[Calendars, dict[str, Any]]:
    """A structured date of a real calendar."""
    calendar = draw(st.sampled_from(SYSTEMS))

    def point() -> dict[str, Any]:
        date = calendar.from_abs(draw(days))
        whole = {"year": date.year, "month": date.month, "day": date.day}
        return {k: whole[k] for k in draw(st.sampled_from([("year",), ("year", "month"), tuple(whole)]))}

    shape = draw(st.sampled_from(["point", "circa", "before", "after", "between"]))
    head = {"calendar": calendar.key}
    value = {
        "point": lambda: head | point(),
        "circa": lambda: head | point() | {"circa": True},
        "before": lambda: head | {"before": point()},
        "after": lambda: head | {"after": point()},
        "between": lambda: head | {"between": [point(), point()]},
    }[shape]()
    return Calendars([calendar]), value


@given(values())
@example(
    (
        Calendars([preset("plain")]),
        {
            "calendar": "plain",
            "between": [{"year": -1}, {"year": 1, "month": "Secondmonth", "day": 1}],
        },
    )
)
def test_what_is_shown_can_be_typed_again(given_: tuple[Calendars, dict[str, Any]]) -> None:
    calendars, value = given_
    ref = resolve(value, calendars)
    again = read_words(written(value, calendars), calendars)
    assert again is not None
    assert again.without_text() == ref


@given(values())
def test_a_time_is_stored_so_that_it_means_the_same(given_: tuple[Calendars, dict[str, Any]]) -> None:
    calendars, value = given_
    ref = resolve(value, calendars)
    again = resolve(to_value(ref, calendars), calendars)
    assert (again.lo, again.hi, again.circa) == (ref.lo, ref.hi, ref.circa)


def test_every_date_of_the_worlds_is_understood(shared: Path) -> None:
    worlds = sorted((shared / "eval" / "worlds").glob("*/world.json"))
    assert worlds
    for path in worlds:
        world = json.loads(path.read_text(encoding="utf-8"))
        calendars = Calendars.of(Calendar(name=c["name"], definition=c) for c in world.pop("calendars"))
        assert not calendars.faults
        found = list(_dates(world))
        assert len(found) > 20
        for value in found:
            ref = resolve(value, calendars)
            assert ref.known, value
            again = read_words(written(value, calendars), calendars)
            assert again is not None
            assert again.without_text() == ref


def _dates(value: Any) -> Any:
    if isinstance(value, dict):
        if "calendar" in value:
            yield value
        else:
            for inner in value.values():
                yield from _dates(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _dates(inner)
