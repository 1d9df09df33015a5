"""The trash: out of sight, not out of the world; back with one verb, gone for good with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import NotFound
from studio.domain.ids import RecordId
from studio.domain.record import Frozen, Record
from studio.domain.world import Claim, Entity, Entry, Relation
from studio.services import near
from studio.services.world import attached, references

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project


class TrashRow(Frozen):
    """One thing in the trash."""

    id: RecordId
    kind: str
    name: str
    deleted_at: str


def listing(project: Project, typed: str = "") -> list[TrashRow]:
    """Entities and notes in the trash, the newest first; those whose name fits what was typed, best first."""
    rows = project.sql.execute(
        """SELECT id, kind, name, deleted_at FROM entity WHERE deleted_at IS NOT NULL
        UNION ALL SELECT id, kind, name, deleted_at FROM entry WHERE deleted_at IS NOT NULL
        ORDER BY 4 DESC, 1 DESC"""
    )
    found = [TrashRow(id=RecordId(i), kind=k, name=n, deleted_at=d) for i, k, n, d in rows]
    if not typed.strip():
        return found
    of = {row.id: row for row in found}
    book = near.Book(near.Name(row.id, row.kind, row.name) for row in found)
    return [of[RecordId(one.name.record)] for one in book.search(typed, limit=len(found) or 1)]


def _record(project: Project, record_id: RecordId) -> Entity | Entry:
    record = project.any_record(record_id, deleted=True)
    if not isinstance(record, Entity | Entry):
        raise NotFound("This entry isn't in the project any more.")
    return record


def _name(record: Record) -> str:
    return str(getattr(record, "name", "") or getattr(record, "title", ""))


def _whom(records: list[Entity | Entry]) -> str:
    return f"“{_name(records[0])}”" if len(records) == 1 else f"{len(records)} entries"


def delete(project: Project, ids: Iterable[RecordId]) -> int:
    """Move entities or notes to the trash. Their relations stay with them, unseen, and come back with them."""
    records = [r for r in (_record(project, i) for i in ids) if r.deleted_at is None]
    if records:
        with project.commit("entity.delete", f"Move {_whom(records)} to the trash") as commit:
            for record in records:
                commit.delete(record)
    return len(records)


def restore(project: Project, ids: Iterable[RecordId]) -> int:
    """Take entities or notes out of the trash."""
    records = [r for r in (_record(project, i) for i in ids) if r.deleted_at is not None]
    if records:
        with project.commit("entity.restore", f"Take {_whom(records)} out of the trash") as commit:
            for record in records:
                commit.put(record.model_copy(update={"deleted_at": None}))
    return len(records)


def purge(project: Project, ids: Iterable[RecordId]) -> int:
    """Delete for good, with relations and claims; links elsewhere keep their words. Undo still brings it back."""
    records = [_record(project, i) for i in ids]
    if records:
        with project.commit("entity.purge", f"Delete {_whom(records)} for good") as commit:
            for record in records:
                if isinstance(record, Entity):
                    _purge_around(project, commit, record)
                commit.purge(record.kind, record.id)
    return len(records)


def _purge_around(project: Project, commit: CommitWriter, entity: Entity) -> None:
    for relation in project.all(Relation, "(from_id = ? OR to_id = ?)", (entity.id, entity.id), deleted=True):
        commit.purge("relation", relation.id)
    for claim in project.all(Claim, "(subject_id = ? OR object_id = ?)", (entity.id, entity.id), deleted=True):
        if claim.subject_id == entity.id:
            commit.purge("claim", claim.id)
        else:
            commit.put(claim.model_copy(update={"object_id": None, "value": claim.value or entity.name}))
    attached.purge_around(project, commit, entity)
    references.relink(project, commit, entity.id, to=None)
    references.turn_witnesses(project, commit, entity.id, to=None)
    for child in project.all(Entity, "parent = ?", (entity.id,), deleted=True):
        commit.put(child.model_copy(update={"parent": None}))


def empty(project: Project) -> int:
    """Delete everything in the trash for good."""
    return purge(project, [row.id for row in listing(project)])
