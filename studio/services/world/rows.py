"""Lines of the World Bible's lists, and the one way to get them by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.services import names, near
from studio.storage.search import entity_clause, entry_clause

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from studio.storage.project import Project

NOTES = "entry"
"""The kind of notes, which are no entities but stand beside them; also the key of their group."""


class Row(NamedTuple):
    """One entity in the tree. `inside` counts what lies in it, in the grouping by place; `matched` is the alias met.

    `gone` is set where it had ceased to be at the lens's day: dead, dissolved, destroyed, over.
    """

    id: str
    kind: str
    name: str
    status: str
    inside: int = 0
    matched: str = ""
    gone: bool = False


def gone_at(lens: Lens) -> str:
    """SQL: an entity had ceased to be at the lens's day."""
    return "0" if lens.as_of is None else f"(e.hi IS NOT NULL AND e.hi < {lens.as_of})"


def rows_of(found: Iterable[Sequence[Any]]) -> list[Row]:
    """Rows of (id, kind, name, status, gone, inside?)."""
    return [Row(*row[:4], inside=sum(row[5:6]), gone=bool(row[4])) for row in found]


def by_name(
    project: Project, typed: str, *, limit: int, kinds: Sequence[str] = (), among: Collection[str] | None = None,
    lens: Lens = OPEN_EYES, notes: bool = False,
) -> list[Row]:  # fmt: skip
    """Entities, and with `notes` notes, with a name or alias that fits what was typed, best first."""
    but = near.TITLED - {NOTES} if notes else near.TITLED
    found = names.book(project).search(typed, limit=limit, kinds=kinds, but=but, among=among, lens=lens)
    ids = json.dumps([one.name.record for one in found])
    rows = project.sql.execute(
        f"""SELECT e.id, e.kind, e.name, e.status, {gone_at(lens)} FROM entity e
        WHERE e.id IN (SELECT value FROM json_each(?1)) AND {entity_clause(lens)}
        UNION ALL SELECT e.id, e.kind, e.name, e.status, 0 FROM entry e
        WHERE e.id IN (SELECT value FROM json_each(?1)) AND {entry_clause(lens)}""",
        (ids,),
    )
    of = {row.id: row for row in rows_of(rows)}
    matched = {one.name.record: one.name.text if one.name.is_alias else "" for one in found}
    return [of[record]._replace(matched=alias) for record, alias in matched.items() if record in of]


def with_status(project: Project, status: str) -> list[RecordId]:
    """The entities that have come so far (`reviewed`), by name."""
    rows = project.sql.execute(
        "SELECT id FROM entity WHERE deleted_at IS NULL AND status = ? ORDER BY fold, id", (status,)
    )
    return [RecordId(row[0]) for row in rows]
