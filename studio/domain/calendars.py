"""The calendars of a project together: one of them is the main one, and a plain one stands in where there is none."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from studio.domain.calendar import CalendarSystem
from studio.domain.errors import Invalid
from studio.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.domain.world import Calendar

_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth"


def plain_definition() -> dict[str, Any]:
    """Twelve months of thirty days and weeks of six: what dates are read with before a world has a calendar."""
    names = _ORDINALS.split()
    return {
        "name": "Plain calendar",
        "months": [{"name": f"{name}month", "days": 30} for name in names],
        "weekdays": [f"{name}day" for name in names[:6]],
        "seasons": [
            {"name": name, "month": f"{names[3 * n + 1]}month", "day": 16}
            for n, name in enumerate(("Spring", "Summer", "Autumn", "Winter"))
        ],
    }


@cache
def plain() -> CalendarSystem:
    """The plain calendar, whose key is empty: dates read with it belong to the main calendar that comes later."""
    return CalendarSystem.from_definition(plain_definition())


def key_of(record: Calendar) -> str:
    """The word by which dates name a calendar: the one it was given, else one made of its name."""
    key = record.definition.get("key")
    return key if isinstance(key, str) and key else re.sub(r"[^a-z0-9]+", "_", fold(record.name)).strip("_")


class Calendars:
    """Calendars by key, in order. `faults` has a sentence for each that can't count; dates in it stay unread."""

    def __init__(self, systems: Iterable[CalendarSystem] = (), *, main: str = "") -> None:
        self._systems: dict[str, CalendarSystem] = {}
        for system in systems:
            self._systems.setdefault(system.key, system)
        self.faults: dict[str, str] = {}
        self._main = main

    @classmethod
    def of(cls, records: Iterable[Calendar]) -> Calendars:
        """The calendars of a project's records; the main one is the first, or the one whose definition says `main`."""
        found = cls()
        for record in records:
            key = key_of(record)
            if not key or key in found._systems or key in found.faults:
                continue
            definition = record.definition
            try:
                given = {**definition, "key": key, "name": record.name or definition.get("name")}
                found._systems[key] = CalendarSystem.from_definition(given)
            except Invalid as error:
                found.faults[key] = error.sentence
                continue
            if definition.get("main") is True and not found._main:
                found._main = key
        return found

    @property
    def main(self) -> CalendarSystem:
        """The calendar in which dates are read and written where nothing else is said."""
        if self._main in self._systems:
            return self._systems[self._main]
        return next(iter(self._systems.values()), plain())

    def get(self, word: object) -> CalendarSystem | None:
        """The calendar with this key or name; the main one where none is named, or where the project has none."""
        if not isinstance(word, str) or not word or not self._systems:
            return self.main
        if word in self._systems:
            return self._systems[word]
        return next((s for s in self if fold(word) in (fold(s.key), fold(s.name))), None)

    def __iter__(self) -> Iterator[CalendarSystem]:
        return iter(self._systems.values())

    def __len__(self) -> int:
        return len(self._systems)
