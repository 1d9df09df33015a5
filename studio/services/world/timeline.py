"""The world's dates in order: what happened when, in which lane it belongs, and verbs that move it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from studio.domain import spans
from studio.domain.dates import read_words, resolve, to_value, written
from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.world import Entity, Entry
from studio.services.world import entities, entries, kinds, seen
from studio.services.world.values import date_value
from studio.storage.search import entity_clause, entry_clause, relation_clause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.calendar import CalendarSystem
    from studio.domain.calendars import Calendars
    from studio.domain.ids import RecordId
    from studio.domain.timeref import TimeRef
    from studio.domain.world import DateValue
    from studio.storage.project import Project

Json = dict[str, Any]
ENTRY_KIND = "session"
"""Notes and logs with a date are shown as sessions are."""
_PLACES = ("happened_at", "located_in", "lives_in", "born_in")
_EXACT = ("day", "exact")


class Item(NamedTuple):
    """One date, or a stretch from a start to an end, of a record.

    `lo` and `hi` are absolute days, both included. `vague` says that it lies somewhere within them, instead of lasting.
    `open` is `lo` or `hi` where that end isn't known and the day is only where the known one lies.
    """

    id: RecordId
    kind: str
    name: str
    path: str
    what: str
    lo: int
    hi: int
    words: str
    vague: bool = False
    open: str = ""
    minute: int | None = None
    arc: str = ""
    place: str = ""
    faction: str = ""

    @property
    def title(self) -> str:
        """Its name, and which of its dates this is."""
        return f"{self.name}: {self.what}" if self.what else self.name


class Timeline(NamedTuple):
    """Everything with a date that a lens shows, by day; `lanes` has the names of arcs, places and factions."""

    items: tuple[Item, ...]
    lanes: dict[str, str]


# ---- reading -----------------------------------------------------------------------------------------------------


def timeline(project: Project, *, lens: Lens = OPEN_EYES) -> Timeline:
    """All dates of entities and notes that the audience may see. The lens's day hides none: a line shows what comes."""
    open_lens = lens.model_copy(update={"as_of": None})
    labels = _date_labels(project)
    dated = _dated(project, open_lens)
    lanes = _Lanes(project, open_lens, dated)
    items: list[Item] = []
    for record_id, kind, name, fields in dated:
        items += _of_entity(record_id, kind, name, fields, labels, project.calendars)
    notes = project.sql.execute(
        f"""SELECT e.id, e.name, json_extract(e.data, '$.in_world_date') FROM entry e JOIN moment m ON m.record = e.id
        WHERE e.deleted_at IS NULL AND {entry_clause(open_lens)}"""
    )
    for record_id, name, date in notes:
        made = _item(record_id, ENTRY_KIND, name, "in_world_date", "", json.loads(date), project.calendars)
        items += [made] if made else []
    placed = [lanes.place(item) for item in items]
    return Timeline(tuple(sorted(placed, key=lambda item: (item.lo, item.hi, item.title))), lanes.names)


def _dated(project: Project, lens: Lens) -> list[tuple[RecordId, str, str, Json]]:
    """(id, kind, name, fields) of the entities with dates; for others than the game master as they may see them."""
    rows = project.sql.execute(
        f"""SELECT e.id, e.kind, e.name, json_extract(e.data, '$.fields', '$.stated') FROM entity e
        WHERE e.deleted_at IS NULL AND {entity_clause(lens)}
        AND EXISTS (SELECT 1 FROM moment m WHERE m.record = e.id) ORDER BY e.id"""
    )
    told = ((record_id, kind, name, *json.loads(both)) for record_id, kind, name, both in rows)
    return [
        (record_id, kind, name, seen.open_fields(project, kind, fields or {}, stated or {}, lens=lens))
        for record_id, kind, name, fields, stated in told
    ]


def _date_labels(project: Project) -> dict[tuple[str, str], str]:
    return {
        (spec.name, field.name): field.label.lower()
        for spec in kinds.all_specs(project)
        for field in spec.fields
        if field.type == "date"
    }


def _of_entity(
    record_id: RecordId, kind: str, name: str, fields: Json, labels: dict[tuple[str, str], str],
    calendars: Calendars,
) -> list[Item]:  # fmt: skip
    """One item per date; a start and an end together are one that lasts."""
    found = []
    dates = {k: v for k, v in fields.items() if (kind, k) in labels and isinstance(v, dict)}
    if "start" in dates and "end" in dates:
        both = _lasting(record_id, kind, name, dates["start"], dates["end"], calendars)
        if both is not None:
            found.append(both)
            dates = {path: date for path, date in dates.items() if path not in ("start", "end")}
    for path, date in dates.items():
        what = "" if path == "start" else labels[kind, path]
        made = _item(record_id, kind, name, f"fields.{path}", what, date, calendars)
        found += [made] if made else []
    return found


def _item(
    record_id: RecordId, kind: str, name: str, path: str, what: str, date: Any, calendars: Calendars
) -> Item | None:
    ref, words = _read(date, calendars)
    lo, hi = (ref.hi if ref.lo is None else ref.lo), (ref.lo if ref.hi is None else ref.hi)
    if lo is None or hi is None:
        return None
    return Item(
        record_id, kind, name, path, what, lo, hi, words, vague=ref.precision not in _EXACT,
        open="lo" if ref.lo is None else "hi" if ref.hi is None else "", minute=ref.minute,
    )  # fmt: skip


_kept: WeakKeyDictionary[Calendars, dict[str, tuple[TimeRef, str]]] = WeakKeyDictionary()
_MOST_KEPT = 50_000


def _read(date: Any, calendars: Calendars) -> tuple[TimeRef, str]:
    """What a date means, and its words. Kept as long as the calendars are: a line is read anew with each change."""
    kept = _kept.setdefault(calendars, {})
    key = repr(date)
    if (known := kept.get(key)) is None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        known = kept[key] = resolve(date, calendars), written(date, calendars)
    return known


def _lasting(record_id: RecordId, kind: str, name: str, start: Any, end: Any, calendars: Calendars) -> Item | None:
    (one, first), (other, last) = _read(start, calendars), _read(end, calendars)
    if one.lo is None or other.hi is None or other.hi < one.lo:
        return None
    words = first if first == last else f"{first} – {last}"
    return Item(record_id, kind, name, "fields.start", "", one.lo, other.hi, words, minute=one.minute)


class _Lanes:
    """Which arc, place and faction each record belongs to, among those that the audience may know."""

    def __init__(self, project: Project, lens: Lens, dated: list[tuple[RecordId, str, str, Json]]) -> None:
        self.names: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        for record_id, kind, name in project.sql.execute(
            f"SELECT e.id, e.kind, e.name FROM entity e WHERE e.deleted_at IS NULL AND {entity_clause(lens)} "
            "AND e.kind IN ('timeline_arc', 'location', 'faction')"
        ):
            self._kinds[record_id], self.names[record_id] = kind, name
        self._arcs: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._factions: dict[str, str] = {}
        for record_id, _, _, fields in dated:
            self._field(self._arcs, record_id, fields.get("arc"))
            for field in ("location", "home", "parent"):
                self._field(self._places, record_id, fields.get(field))
        self._relate(project, lens)

    def _field(self, into: dict[str, str], record_id: str, value: object) -> None:
        ref = value.get("ref") if isinstance(value, dict) else None
        wanted = "timeline_arc" if into is self._arcs else "location"
        if isinstance(ref, str) and self._kinds.get(ref) == wanted:
            into.setdefault(record_id, ref)

    def _relate(self, project: Project, lens: Lens) -> None:
        """What relations say where no field does."""
        members: dict[str, str] = {}
        took_part: list[tuple[str, str]] = []
        rows = project.sql.execute(
            f"SELECT r.from_id, r.type, r.to_id FROM relation r WHERE {relation_clause(lens)} AND r.type IN "
            "('happened_at', 'located_in', 'lives_in', 'born_in', 'member_of', 'participated_in') ORDER BY r.id"
        )
        for source, type_, target in rows:
            if type_ in _PLACES and self._kinds.get(target) == "location":
                self._places.setdefault(source, target)
            elif type_ == "member_of" and self._kinds.get(target) == "faction":
                members.setdefault(source, target)
            elif type_ == "participated_in":
                took_part.append((source, target))
        for who, event in took_part:
            faction = who if self._kinds.get(who) == "faction" else members.get(who)
            if faction:
                self._factions.setdefault(event, faction)
        self._factions |= members

    def place(self, item: Item) -> Item:
        """The item with its lanes; an arc, place or faction is in its own."""
        kind = self._kinds.get(item.id)
        return item._replace(
            arc=item.id if kind == "timeline_arc" else self._arcs.get(item.id, ""),
            place=item.id if kind == "location" else self._places.get(item.id, ""),
            faction=item.id if kind == "faction" else self._factions.get(item.id, ""),
        )


# ---- moving ------------------------------------------------------------------------------------------------------


def move(project: Project, record_id: RecordId, path: str, *, days: int) -> str:
    """Move a date by days; a start takes its end along. Gives the new date in words. One commit."""
    return _put(project, record_id, path, lambda old: _shifted(old, days, project.calendars), days)


def move_to(project: Project, record_id: RecordId, path: str, words: str) -> str:
    """Move a date to where typed words say; a start takes its end along. Raises Invalid for words that are no date."""
    ref = read_words(words, project.calendars)
    if ref is None or (lo := _day(ref)) is None:
        raise Invalid(f"“{words}” is no date in this world's calendars. Try “3 {_month(project)} 812” or “spring 812”.")
    old = resolve(_dates(project, record_id).get(path), project.calendars)
    was = _day(old)
    days = lo - was if was is not None else 0
    value = date_value(project, words) or {}
    return _put(project, record_id, path, lambda _old: value, days)


def _month(project: Project) -> str:
    return project.calendars.main.months[0].name


def _day(ref: TimeRef) -> int | None:
    return ref.hi if ref.lo is None else ref.lo


def _dates(project: Project, record_id: RecordId) -> dict[str, Any]:
    """The dates of a record by path."""
    record = project.any_record(record_id)
    if isinstance(record, Entry):
        return {"in_world_date": record.in_world_date}
    return {f"fields.{k}": v for k, v in record.fields.items()} if isinstance(record, Entity) else {}


def _put(project: Project, record_id: RecordId, path: str, new: Any, days: int) -> str:
    dates = _dates(project, record_id)
    if not isinstance(old := dates.get(path), dict):
        raise Invalid("This has no such date any more. Look at its entry.")
    changes = {path: new(old)}
    if path == "fields.start" and isinstance(end := dates.get("fields.end"), dict) and days:
        changes["fields.end"] = _shifted(end, days, project.calendars)
    words = written(changes[path], project.calendars)
    record = project.any_record(record_id)
    if isinstance(record, Entry):
        with project.commit("timeline.move", f"Move “{record.title}” to {words}"):
            entries.update_entry(project, record_id, changes)
    elif isinstance(record, Entity):
        with project.commit("timeline.move", f"Move “{record.name}” to {words}"):
            entities.update_entity(project, record_id, changes)
    return words


def _shifted(value: DateValue, days: int, calendars: Calendars) -> DateValue:
    """The date so many days later, as exact as it was: a year moves to a year, a month to a month."""
    ref = resolve(value, calendars)
    calendar = calendars.get(ref.calendar) or calendars.main
    middle = ref.middle
    if middle is None:
        return value
    if ref.precision in ("year", "month"):
        made = _unit(calendar, middle + days, ref.precision)
        return (spans.circa(calendar, made) if ref.circa else made).value or value
    moved = {
        "lo": None if ref.lo is None else ref.lo + days,
        "hi": None if ref.hi is None else ref.hi + days,
        "text": "",
    }
    return to_value(ref.model_copy(update=moved), calendars)


def _unit(calendar: CalendarSystem, day: int, precision: str) -> spans.Reading:
    date = calendar.from_abs(day)
    return spans.point(calendar, date.year, date.month if precision == "month" else None)


def on_days(items: Iterable[Item], first: int, last: int) -> dict[int, list[Item]]:
    """What is on each of these days: dates that are known to the day, and the first day of what lasts."""
    found: dict[int, list[Item]] = {}
    for item in items:
        if item.vague or item.open:
            continue
        if item.hi - item.lo < 15:
            for day in range(max(first, item.lo), min(last, item.hi) + 1):
                found.setdefault(day, []).append(item)
        else:
            for day in {item.lo, item.hi}:
                if first <= day <= last:
                    found.setdefault(day, []).append(item)
    return found
