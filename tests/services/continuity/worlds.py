"""Worlds for tests of the checker, built without a project file: clean ones of any shape, to plant something in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from studio.domain.calendar import CalendarSystem
from studio.domain.calendars import Calendars
from studio.domain.dates import resolve
from studio.domain.ids import RecordId
from studio.services.continuity import reading
from studio.services.continuity.check import each
from studio.services.continuity.facts import World
from studio.services.continuity.reading import Rows, Table

if TYPE_CHECKING:
    from studio.domain.continuity import Finding

Json = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]
"""What draws from a strategy, in a composite one or in a test."""
MONTHS = [{"name": f"M{n}", "days": 30} for n in range(1, 13)]
CALENDARS = Calendars([CalendarSystem.from_definition({"key": "c", "name": "Count", "months": MONTHS})])
PAIRS = frozenset({"duplicate", "alias_collision", "text_contradiction"})
"""Found by comparing names and texts, which these worlds have none of to speak of."""


def on(year: int, month: int = 0, day: int = 0, **more: Any) -> Json:
    """A date of the test calendar; a year or month alone where the rest is left out."""
    at: Json = {"calendar": "c", "year": year}
    at |= {"month": f"M{month}"} if month else {}
    return at | ({"day": day} if day else {}) | more


@dataclass
class Built:
    """Stored records of a world; ids say what they are: `thing-0003`."""

    records: dict[RecordId, tuple[Table, Json]] = field(default_factory=dict)
    _next: count[int] = field(default_factory=count)

    def thing(self, kind: str, name: str = "", *, fields: Json | None = None, **more: Any) -> RecordId:
        n = next(self._next)
        data = {"kind": kind, "name": name or f"Nameless {n}", "fields": fields or {}, "status": "canon", **more}
        return self.put("entity", f"thing-{n:04}", data)

    def relate(self, one: RecordId, type_: str, other: RecordId, **more: Any) -> RecordId:
        data = {"kind": "relation", "from_id": one, "type": type_, "to_id": other, **_dates(more)}
        return self.put("relation", f"relation-{next(self._next):04}", data)

    def claim(self, one: RecordId, predicate: str, value: Any = None, **more: Any) -> RecordId:
        data = {"kind": "claim", "subject_id": one, "predicate": predicate, "value": value, **_dates(more)}
        return self.put("claim", f"claim-{next(self._next):04}", data)

    def note(
        self, title: str, body: str = "", *, mode: str = "session", date: Json | None = None, **more: Any
    ) -> RecordId:
        data = {"kind": "entry", "title": title, "body": body, "mode": mode, "in_world_date": date, **more}
        return self.put("entry", f"note-{next(self._next):04}", data)

    def put(self, table: Table, record: str, data: Json) -> RecordId:
        kept = {key: value for key, value in data.items() if value is not None}
        self.records[RecordId(record)] = (table, {"id": record, **kept})
        return RecordId(record)

    def set(self, record: RecordId, **fields: Any) -> None:
        """Set fields of an entity."""
        table, data = self.records[record]
        self.records[record] = (table, data | {"fields": data["fields"] | fields})

    def rows(self, ids: Any = None) -> list[Rows]:
        """The records as a project would give them."""
        found: list[Rows] = []
        for record in self.records if ids is None else ids:
            if record in self.records:
                table, data = self.records[record]
                found.append(Rows(table, [(record, json.dumps(data))], [*_days(record, data)]))
        return found

    def world(self) -> World:
        made = World(calendars=CALENDARS)
        for rows in self.rows():
            reading.fill(made, rows)
        return made

    def check(self) -> list[Finding]:
        """What the rules find that ask one record at a time: all but those about pairs and texts."""
        return list({one.key: one for _, some in each(self.world()) for one in some}.values())


def _dates(given: Json) -> Json:
    names = {"since": "valid_from", "until": "valid_to", "to": "object_id"}
    return {names.get(key, key): value for key, value in given.items()}


def _days(record: str, data: Json) -> Any:
    dates = data.get("fields", {}) if "fields" in data else data
    for path, value in dates.items():
        if isinstance(value, dict) and (ref := resolve(value, CALENDARS)) and ref.known:
            yield record, path, ref.lo, ref.hi


@dataclass
class Clean(Built):
    """A world in which nothing is wrong: everybody acts within their lives, at one place a year, in order."""

    people: list[RecordId] = field(default_factory=list)
    houses: list[RecordId] = field(default_factory=list)
    towns: list[RecordId] = field(default_factory=list)
    quarters: list[RecordId] = field(default_factory=list)
    events: list[RecordId] = field(default_factory=list)
    born: dict[RecordId, int] = field(default_factory=dict)
    years: dict[RecordId, int] = field(default_factory=dict)

    def died(self, person: RecordId) -> int:
        return self.born[person] + 70


@st.composite
def clean_worlds(draw: st.DrawFn) -> Clean:
    """Two or more of everything, with the statements between them that a world has."""
    made = Clean()
    land = made.thing("location", "The Land", fields={"founded": on(1)})
    for n in range(draw(st.integers(2, 4))):
        town = made.thing("location", f"Town {n}", fields={"founded": on(draw(st.integers(50, 90)))})
        quarter = made.thing("location", f"Quarter {n}")
        made.relate(town, "located_in", land)
        made.relate(quarter, "located_in", town)
        made.towns.append(town)
        made.quarters.append(quarter)
    for n in range(draw(st.integers(2, 3))):
        made.houses.append(made.thing("faction", f"House {n}", fields={"founded": on(draw(st.integers(50, 90)))}))
    for n in range(draw(st.integers(3, 7))):
        born = draw(st.integers(100, 400))
        fields = {"birth": on(born), "death": on(born + 70, draw(st.integers(1, 12)), 3)}
        person = made.thing("npc", f"Person {n}", fields=fields)
        made.people.append(person)
        made.born[person] = born
        made.relate(person, "lives_in", draw(st.sampled_from(made.towns)), since=on(born + 1))
        made.relate(person, "member_of", draw(st.sampled_from(made.houses)), since=on(born + 18), until=on(born + 60))
        made.claim(person, "eye_colour", draw(st.sampled_from(["grey", "brown", "green"])))
    for n in range(draw(st.integers(2, 6))):
        year = 150 + 30 * n
        event = made.thing("event", f"Feast {n}", fields={"start": on(year, 5, 5)})
        made.relate(event, "happened_at", draw(st.sampled_from(made.towns + made.quarters)))
        made.events.append(event)
        made.years[event] = year
        if n:
            made.relate(made.events[n - 1], "precedes", event)
        for person in made.people:
            if made.born[person] + 5 < year < made.died(person) and draw(st.booleans()):
                made.relate(person, "participated_in", event)
    made.note("Session 1", "We rested in [[Town 0]].", date=on(500, 1, 1))
    return made
