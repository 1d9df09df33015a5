"""Sheets of a month hold every day once, in its weekday's column; what a date means is said in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.calendar import CalendarSystem
from studio.domain.calendars import Calendars
from studio.domain.date_sheet import columns, day_line, meaning, sheet_of, sheets
from tests.domain.test_calendar import definitions
from tests.support.calendars import GREGORIAN, preset

FOLD = preset("hearthfold")


@given(definitions(), st.integers(-20_000, 20_000))
def test_a_page_holds_its_days_once_each_in_order(definition: dict[str, object], day: int) -> None:
    calendar = CalendarSystem.from_definition(definition)
    sheet = sheet_of(calendar, day)
    found = [one for row in sheet.rows for one in row.days if one is not None]
    assert found == list(range(sheet.first, sheet.last + 1))
    for row in sheet.rows:
        assert row.alone or len(row.days) == columns(calendar)
        for column, one in enumerate(row.days):
            if one is not None and not row.alone and calendar.weekdays:
                assert calendar.weekday(one) == column


@given(definitions(), st.integers(-40, 40))
def test_the_pages_of_a_year_hold_the_year(definition: dict[str, object], years: int) -> None:
    calendar = CalendarSystem.from_definition(definition)
    year = calendar.add_years(1, years)
    assert [span for page in sheets(calendar, year) for span in page] == list(calendar.month_layout(year))


def test_a_feast_between_months_stands_on_the_page_before_it() -> None:
    sheet = sheet_of(FOLD, FOLD.to_abs(812, "Kindling", 1))
    assert (sheet.title, sheet.rows[-1].alone, len(sheet.rows)) == ("Lark 812", True, 10)


def test_a_day_is_told_with_weekday_season_and_moons() -> None:
    assert day_line(GREGORIAN, GREGORIAN.to_abs(2000, 1, 6)) == (
        "Thursday, 6 January 2000 · Winter · Common Era · Moon: new moon"
    )
    assert "outside the week" in day_line(FOLD, FOLD.to_abs(812, "Kindling", 1))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("spring 812", "1 Sap 812 – Kindling 812 (91 days)"),
        ("before 3 Must 812", "Until 2 Must 812"),
        ("once", "Not a date in this world's calendars. It is kept as words."),
        ("  ", ""),
        ("4 July 1776", "Thursday, 4 July 1776 · Summer · Common Era (Gregorian calendar)"),
    ],
)
def test_what_words_mean_is_said(words: str, said: str) -> None:
    assert meaning(words, Calendars([FOLD, GREGORIAN])) == said


def test_without_a_calendar_the_plain_one_is_named() -> None:
    assert "This world has no calendar yet" in meaning("812", Calendars())
