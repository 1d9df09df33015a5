"""The shipped calendars, and JSON of any shape to break them with."""

from __future__ import annotations

import json
from pathlib import Path

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
