"""A project in numbers: how many live records of each kind, and where its file stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.vocabulary import CORE_KINDS
from studio.domain.world import Relation
from studio.services.retrieval import state
from studio.storage import bundle, log
from studio.storage.search import audience_clause, claim_clause, entity_clause, entry_clause, relation_clause

if TYPE_CHECKING:
    from studio.storage.project import Project

ALWAYS = ("blueprint", "recipe", *CORE_KINDS, "relation", "claim", "entry", "thread", "message")
"""Kinds that are counted also where there are none."""


class Overview(Frozen):
    """What `info` tells. `undo` and `redo` are the messages of the changes that they would take."""

    path: str
    name: str
    description: str = ""
    workspace_id: str
    file_version: int
    size: int
    counts: dict[str, int]
    last_change: datetime | None = None
    undo: str | None = None
    redo: str | None = None
    search_index: str = ""


def overview(project: Project, *, lens: Lens = OPEN_EYES) -> Overview:
    """Read the numbers; no record but the project's own is parsed. Only the game master is told what was done."""
    info = project.info()
    if not lens.is_gm:
        return Overview(
            path=str(project.path), name=info.name, workspace_id=project.workspace_id,
            file_version=_version(project), size=project.path.stat().st_size, counts=counts(project, lens=lens),
        )  # fmt: skip
    newest = next(iter(log.entries(project.sql, limit=1)), None)
    undo, redo = (log.read(project.sql, seq) if seq else None for seq in log.heads(project.sql))
    return Overview(
        path=str(project.path), name=info.name, description=info.description, workspace_id=project.workspace_id,
        file_version=_version(project), size=project.path.stat().st_size,
        counts=counts(project, lens=lens), last_change=newest.time if newest else None,
        undo=undo.message if undo else None, redo=redo.message if redo else None,
        search_index=state.told(project.workspace_id, state.head(project)),
    )  # fmt: skip


def _version(project: Project) -> int:
    return project.sql.execute("PRAGMA user_version").fetchone()[0]


def counts(project: Project, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """Live records by kind that the lens shows, and for the game master the number of commits."""
    found: dict[str, int] = dict.fromkeys(ALWAYS, 0)
    for table in bundle.record_tables():
        shown = _SHOWN.get(table, _open)(lens, table)
        rows = project.sql.execute(
            f"SELECT kind, count(*) FROM {table} WHERE deleted_at IS NULL AND {shown} GROUP BY kind"
        )
        found |= dict(rows.fetchall())
    found.pop("project", None)
    return {**found, "commit": bundle.head_hash(project.sql)[0]} if lens.is_gm else found


def _open(lens: Lens, table: str) -> str:
    return audience_clause(lens.audience, f"{table}.visibility")


_SHOWN = {"entity": entity_clause, "entry": entry_clause, "relation": relation_clause, "claim": claim_clause}
"""Tables whose rows a lens also hides by their dates and by what they speak of."""


def described(project: Project, record_id: str) -> dict[str, str]:
    """Kind, id and name of a record, as a line of a list says them; a relation is named by its ends."""
    record = project.any_record(record_id)
    if record is None:
        return {"kind": "", "id": record_id, "name": "(gone)"}
    if isinstance(record, Relation):
        ends = [project.any_record(end) for end in (record.from_id, record.to_id)]
        start, end = (getattr(one, "name", "?") for one in ends)
        return {"kind": record.kind, "id": record.id, "name": f"{start} → {record.type.replace('_', ' ')} → {end}"}
    name = getattr(record, "name", "") or getattr(record, "title", "") or record.id
    return {"kind": record.kind, "id": record.id, "name": name}
