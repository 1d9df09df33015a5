"""When things are: the dates of a record as absolute days, and the span in which it exists or holds. Derived."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.world import Calendar, Claim, Entity, Entry, Relation

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from studio.domain.calendars import Calendars
    from studio.domain.record import Record
    from studio.domain.world import DateValue

BEGINS = ("birth", "founded", "start", "created")
"""Date fields with which an entity begins to exist."""
ENDS = ("death", "dissolved", "destroyed", "end")
"""Date fields with which it ceases to."""


class Moment(NamedTuple):
    """A date of a record: of what, and the first and last absolute day that it may mean; None where it is open."""

    path: str
    lo: int | None
    hi: int | None


class When(NamedTuple):
    """All dates of a record, and the first and last day of it as a whole."""

    moments: tuple[Moment, ...] = ()
    lo: int | None = None
    hi: int | None = None


def load_calendars(sql: sqlite3.Connection) -> Calendars:
    """The calendars of the project, the oldest first."""
    from studio.domain.calendars import Calendars  # here and below: what reads no date starts without them

    rows = sql.execute("SELECT data FROM document WHERE kind = 'calendar' AND deleted_at IS NULL ORDER BY id")
    return Calendars.of(Calendar.model_validate(json.loads(row[0])) for row in rows)


def when(record: Record, calendars: Calendars) -> When:
    """The dates of a record; empty for what has none."""
    from studio.domain.dates import resolve

    moments = tuple(
        Moment(path, ref.lo, ref.hi)
        for path, value in _dates(record)
        if (ref := resolve(value, calendars)).lo is not None or ref.hi is not None
    )
    if not moments:
        return When()
    by_path = {moment.path: moment for moment in moments}
    if isinstance(record, Entry):
        return When(moments, moments[0].lo, moments[0].hi)
    begins, ends = (BEGINS, ENDS) if isinstance(record, Entity) else (("valid_from",), ("valid_to",))
    first = next((by_path[path] for path in begins if path in by_path), None)
    last = next((by_path[path] for path in ends if path in by_path), None)
    if record.kind == "event" and last is None:
        last = first
    return When(moments, first.lo if first else None, last.hi if last else None)


def _dates(record: Record) -> Iterator[tuple[str, DateValue]]:
    if isinstance(record, Entity):
        for name, value in record.fields.items():
            if isinstance(value, dict):
                yield name, value
    elif isinstance(record, Relation | Claim):
        for path in ("valid_from", "valid_to"):
            if (value := getattr(record, path)) is not None:
                yield path, value
    elif isinstance(record, Entry) and record.in_world_date is not None:
        yield "in_world_date", record.in_world_date


def refresh(sql: sqlite3.Connection, record: Record, table: str, calendars: Calendars) -> None:
    """Bring the derived dates of one record up to date; its row is there and has none."""
    sql.execute("DELETE FROM moment WHERE record = ?", (record.id,))
    found = when(record, calendars)
    if found.lo is not None or found.hi is not None:
        sql.execute(f"UPDATE {table} SET lo = ?, hi = ? WHERE id = ?", (found.lo, found.hi, record.id))
    if record.deleted_at is None:
        sql.executemany("INSERT INTO moment VALUES (?, ?, ?, ?)", [(record.id, *m) for m in found.moments])
