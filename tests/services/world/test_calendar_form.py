"""A calendar as tables: what a cell says can be typed into it again and means the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from studio.domain.calendar import CalendarSystem
from studio.services.world import calendars
from studio.services.world.calendar_form import PARTS, cell, rows_of, rule_terms, set_cell, with_rows
from tests.domain.test_calendar import definitions


def retyped(definition: dict[str, Any]) -> dict[str, Any]:
    """The definition after every cell was typed again as it reads."""
    for part in PARTS:
        rows = rows_of(definition, part)
        for at, row in enumerate(rows):
            for column in part.columns:
                row = set_cell(row, column, cell(row, column))
            rows[at] = row
        definition = with_rows(definition, part, rows)
    return definition


@given(definitions())
def test_typing_every_cell_again_changes_no_calendar(definition: dict[str, Any]) -> None:
    assert CalendarSystem.from_definition(retyped(definition)) == CalendarSystem.from_definition(definition)


@pytest.mark.parametrize("preset", calendars.presets(), ids=lambda preset: preset.key)
def test_the_shipped_calendars_stay_what_they_are(preset: calendars.Preset) -> None:
    again = retyped(preset.definition)
    assert CalendarSystem.from_definition(again) == CalendarSystem.from_definition(preset.definition)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("4", [{"interval": 4}]),
        ("4, not 100, 400", [{"interval": 4}, {"interval": 100, "exclude": True}, {"interval": 400}]),
        ("4, !100, from 2", [{"interval": 4, "offset": 2}, {"interval": 100, "offset": 2, "exclude": True}]),
        ("19 from 3, 19 from 6", [{"interval": 19, "offset": 3}, {"interval": 19, "offset": 6}]),
        ("often", None),
        ("", None),
    ],
)
def test_leap_rules_are_typed_in_words(typed: str, terms: list[dict[str, Any]] | None) -> None:
    assert rule_terms(typed) == terms


def test_simple_rules_are_written_as_a_world_file_has_them() -> None:
    leap_days = next(part for part in PARTS if part.key == "leap_days")
    rule = next(column for column in leap_days.columns if column.key == "rules")
    assert set_cell({"month": "Reed", "gem": "opal"}, rule, "4, not 100, from 2") == {
        "month": "Reed", "gem": "opal", "every": 4, "except_every": 100, "offset": 2,
    }  # fmt: skip
