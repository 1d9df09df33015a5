"""Entities as a plain list: what the filter finds, narrowed by kind, status and tag, with what one line of it tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.services.world import kinds, seen, tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.storage.project import Project

_ALL = 1_000_000


class Line(Frozen):
    """An entity in a list. `gone` is set where it had ceased to be at the lens's day; `matched` is the alias met."""

    id: RecordId
    kind: str
    name: str
    status: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    matched: str = ""
    gone: bool = False


class Listing(Frozen):
    """The first lines of a list, and how long it is."""

    lines: tuple[Line, ...]
    total: int


def listed(
    project: Project, *, query: str = "", kind: str = "", status: str = "", tag: str = "", limit: int = 100,
    lens: Lens = OPEN_EYES,
) -> Listing:  # fmt: skip
    """Entities for which all of this is true, in the filter's order. Raises Invalid for no kind or status."""
    where, args = ["e.deleted_at IS NULL"], list[str]()
    if kind:
        where.append("e.kind = ?")
        args.append(kinds.named(project, kind, lens=lens).name)
    if status:
        if status not in tree.STATUSES:
            raise Invalid(f"There is no status “{status}”. There are {', '.join(tree.STATUSES)}.")
        where.append("e.status = ?")
        args.append(status)
    among = {row[0] for row in project.sql.execute(f"SELECT e.id FROM entity e WHERE {' AND '.join(where)}", args)}
    if tag:
        wanted = fold(tag.lstrip("#"))
        among &= {r for r, word in project.sql.execute("SELECT record, tag FROM tag") if fold(word) == wanted}
    found = [row for row in tree.filtered(project, query, limit=_ALL, lens=lens).rows if row.id in among]
    return Listing(lines=tuple(_lines(project, found[:limit], lens)), total=len(found))


def _lines(project: Project, rows: list[tree.Row], lens: Lens) -> Iterable[Line]:
    ids = json.dumps([row.id for row in rows])
    told = project.sql.execute(
        """SELECT id, json_extract(data, '$.summary'), json_extract(data, '$.tags') FROM entity
        WHERE id IN (SELECT value FROM json_each(?))""",
        (ids,),
    )
    more = {record: (summary or "", json.loads(tags or "[]")) for record, summary, tags in told.fetchall()}
    for row in rows:
        summary, tags = more[row.id]
        yield Line(
            id=RecordId(row.id), kind=row.kind, name=row.name, status=row.status, matched=row.matched, gone=row.gone,
            summary=summary if lens.is_gm else seen.text(project, summary, lens), tags=tuple(tags),
        )  # fmt: skip
