"""What there is, by name: the rows behind completion, the palette and navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import NotFound

if TYPE_CHECKING:
    from studio.storage.project import Project


class NameRow(NamedTuple):
    """One name or alias of a record."""

    record_id: str
    kind: str
    text: str
    is_alias: bool


def all_names(project: Project) -> list[NameRow]:
    """Every name and alias of live entities, and the titles of blueprints, recipes and threads."""
    rows = project.sql.execute(
        """SELECT e.id, e.kind, n.text, n.is_alias FROM name n JOIN entity e ON e.id = n.record
        WHERE e.deleted_at IS NULL ORDER BY n.is_alias, e.id"""
    ).fetchall()
    found = [NameRow(row[0], row[1], row[2], bool(row[3])) for row in rows]
    titled = project.sql.execute(
        """SELECT d.record, d.kind, fts.title FROM fts_doc d JOIN fts ON fts.rowid = d.docid
        WHERE d.kind IN ('blueprint', 'recipe', 'thread') AND fts.title <> ''"""
    ).fetchall()
    return found + [NameRow(row[0], row[1], row[2], is_alias=False) for row in titled]


def kind_of(project: Project, record_id: str) -> str:
    """The kind of a live record. Raises NotFound."""
    record = project.any_record(record_id)
    if record is None:
        raise NotFound("This isn't in the project any more.", hint="It may be in the trash.")
    return record.kind


def project_name(project: Project) -> str:
    """What the project is called."""
    return project.info().name
