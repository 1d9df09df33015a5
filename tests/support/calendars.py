"""The shipped calendars, and JSON of any shape to break them with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from studio.domain.calendar import CalendarSystem

PRESETS = Path(__file__).parents[2] / "resources" / "presets" / "calendars"


def preset(name: str) -> CalendarSystem:
    """A shipped calendar."""
    return CalendarSystem.from_definition(json.loads((PRESETS / f"{name}.json").read_text(encoding="utf-8")))


GREGORIAN = preset("gregorian")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)

# ---- calendars that nobody would want ----------------------------------------------------------------------------

_terms = st.fixed_dictionaries(
    {"interval": st.sampled_from([1, 2, 3, 4, 5, 6, 8, 12]), "offset": st.integers(-9, 9), "exclude": st.booleans()}
)
_rules = st.one_of(
    st.lists(_terms, min_size=1, max_size=3).map(lambda terms: {"rules": terms}),
    st.fixed_dictionaries(
        {"every": st.sampled_from([2, 4, 5]), "offset": st.integers(-3, 7)},
        optional={"except_every": st.sampled_from([3, 10, 20])},
    ),
)


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Leap months, intercalary months and days, leap days in the middle, weeks that restart, with or without year 0."""
    count = draw(st.integers(1, 6))
    months: list[dict[str, Any]] = []
    for n in range(count):
        month: dict[str, Any] = {
            "name": f"Month {chr(65 + n)}", "days": draw(st.integers(1, 40)), "intercalary": draw(st.booleans()),
        }  # fmt: skip
        if n and draw(st.booleans()):
            month["leap"] = draw(_rules)
        months.append(month)
    leap_days = [
        draw(_rules)
        | {
            "month": months[at]["name"],
            "days": draw(st.integers(1, 3)),
            "after_day": draw(st.one_of(st.none(), st.integers(0, months[at]["days"]))),
            "intercalary": draw(st.booleans()),
        }
        for at in draw(st.lists(st.integers(0, count - 1), max_size=4))
    ]
    return {
        "key": "odd",
        "name": "Odd calendar",
        "months": months,
        "leap_days": leap_days,
        "weekdays": [f"Day {n}" for n in range(draw(st.integers(0, 8)))],
        "first_weekday": draw(st.integers(0, 7)),
        "week_restarts": draw(st.sampled_from(["", "month", "year"])),
        "year_zero": draw(st.booleans()),
        "epoch_offset": draw(st.integers(-100_000, 100_000)),
        "moons": [{"name": "Moon", "cycle": draw(st.floats(1, 60)), "shift": draw(st.floats(-99, 99))}],
        "seasons": [
            {"name": f"Season {n}", "month": month["name"]} for n, month in enumerate(months) if draw(st.booleans())
        ],
    }
