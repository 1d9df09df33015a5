"""The World Bible as a list: groups by kind, status, tag or place, their rows by page, and the filter. No payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.text import fold
from studio.domain.vocabulary import KINDS
from studio.services.world import filters, kinds
from studio.services.world.rows import NOTES, Row, by_name, gone_at, rows_of
from studio.storage.search import entity_clause, entry_clause, relation_clause

if TYPE_CHECKING:
    from studio.storage.project import Project

Grouping = Literal["kind", "status", "tag", "location"]
GROUPINGS: tuple[Grouping, ...] = ("kind", "status", "tag", "location")
PAGE = 400
STATUSES = ("draft", "reviewed", "canon", "deprecated")
NOWHERE = "\x00"
"""Key of the last group: no tag, no place."""
_PLACES = ", ".join(f"'{p}'" for p in filters.PLACING)


class Group(NamedTuple):
    """A heading of the tree. `entity` is set where the heading is itself an entity: a place."""

    key: str
    label: str
    size: int
    kind: str = ""


class Filtered(NamedTuple):
    """What the filter found: the best rows, and how many there are in all (at most `capped`)."""

    rows: list[Row]
    total: int
    capped: bool


_LIVE = "e.deleted_at IS NULL"


def total(project: Project, *, lens: Lens = OPEN_EYES) -> int:
    """How many live entities there are."""
    return project.sql.execute(f"SELECT count(*) FROM entity e WHERE {_LIVE} AND {entity_clause(lens)}").fetchone()[0]


def groups(project: Project, by: Grouping, *, lens: Lens = OPEN_EYES) -> list[Group]:
    """The headings of a grouping with their counts, in the order in which they show."""
    if by == "tag":
        return _tags(project, lens)
    if by == "location":
        return _roots(project, lens)
    column = "kind" if by == "kind" else "status"
    rows = project.sql.execute(
        f"SELECT {column}, count(*) FROM entity e WHERE {_LIVE} AND {entity_clause(lens)} GROUP BY {column}"
    ).fetchall()
    if by == "status":
        return [Group(s, s.capitalize(), n) for s, n in sorted(rows, key=lambda r: _order(STATUSES, r[0]))]
    ordered = sorted(rows, key=lambda r: (_order(tuple(KINDS), r[0]), r[0]))
    found = [Group(kind, kinds.spec_of(project, kind).plural, n, kind) for kind, n in ordered]
    notes = project.sql.execute(f"SELECT count(*) FROM entry e WHERE {_LIVE} AND {entry_clause(lens)}").fetchone()[0]
    return [*found, Group(NOTES, "Notes", notes, NOTES)] if notes else found


def _order(words: tuple[str, ...], word: str) -> int:
    return words.index(word) if word in words else len(words)


def _tags(project: Project, lens: Lens) -> list[Group]:
    clause = f"{_LIVE} AND {entity_clause(lens)}"
    rows = project.sql.execute(
        f"SELECT t.tag, count(*) FROM tag t JOIN entity e ON e.id = t.record WHERE {clause} GROUP BY t.tag"
    ).fetchall()
    bare = project.sql.execute(
        f"SELECT count(*) FROM entity e WHERE {clause} AND NOT EXISTS (SELECT 1 FROM tag t WHERE t.record = e.id)"
    ).fetchone()[0]
    found = [Group(tag, f"#{tag}", n) for tag, n in sorted(rows, key=lambda r: fold(r[0]))]
    return [*found, Group(NOWHERE, "Untagged", bare)] if bare else found


def page(
    project: Project, by: Grouping, key: str, *, start: int = 0, limit: int = PAGE, lens: Lens = OPEN_EYES
) -> list[Row]:
    """The rows under a heading, by name. In the grouping by place the key is a place's id, and rows may hold more."""
    if by == "location":
        return _inside(project, key, start, limit, lens)
    if by == "kind" and key == NOTES:
        return _notes(project, start, limit, lens)
    where, args = _under(by, key)
    rows = project.sql.execute(
        f"SELECT e.id, e.kind, e.name, e.status, {gone_at(lens)} FROM entity e WHERE {_LIVE} AND {where}"
        f" AND {entity_clause(lens)} ORDER BY e.fold, e.id LIMIT ? OFFSET ?",
        [*args, limit, start],
    )
    return rows_of(rows)


def _notes(project: Project, start: int, limit: int, lens: Lens, typed: str = "") -> list[Row]:
    rows = project.sql.execute(
        f"""SELECT e.id, e.kind, e.name, e.status FROM entry e WHERE {_LIVE} AND {entry_clause(lens)}
        AND e.name LIKE ? ORDER BY e.updated_at DESC, e.id DESC LIMIT ? OFFSET ?""",
        (f"%{typed}%", limit, start),
    )
    return [Row(*row) for row in rows]


def _under(by: Grouping, key: str) -> tuple[str, list[str]]:
    if by == "tag":
        if key == NOWHERE:
            return "NOT EXISTS (SELECT 1 FROM tag t WHERE t.record = e.id)", []
        return "e.id IN (SELECT record FROM tag WHERE tag = ?)", [key]
    return ("e.kind = ?", [key]) if by == "kind" else ("e.status = ?", [key])


# ---- by place --------------------------------------------------------------------------------------------------------


def _edges(lens: Lens) -> str:
    return f"""SELECT r.from_id AS child, r.to_id AS place FROM relation r JOIN entity p ON p.id = r.to_id
    WHERE p.deleted_at IS NULL AND {relation_clause(lens)} AND r.type IN ({_PLACES})"""


def _count_in(lens: Lens) -> str:
    return f"""(SELECT count(DISTINCT r.from_id) FROM relation r JOIN entity c ON c.id = r.from_id
    WHERE r.to_id = e.id AND c.deleted_at IS NULL AND {relation_clause(lens)} AND r.type IN ({_PLACES}))"""


def _reached(lens: Lens) -> str:
    return f"""WITH RECURSIVE edge AS ({_edges(lens)}), reached(id) AS (
    SELECT e.id FROM entity e WHERE {_LIVE} AND {entity_clause(lens)} AND e.kind = 'location'
    AND e.id NOT IN (SELECT child FROM edge)
    UNION SELECT edge.child FROM edge JOIN reached ON edge.place = reached.id)"""


def _roots(project: Project, lens: Lens) -> list[Group]:
    """Places that lie in no other place, then everything that can't be reached from them."""
    clause = entity_clause(lens)
    rows = project.sql.execute(
        f"SELECT e.id, e.name, {_count_in(lens)}, e.kind FROM entity e WHERE {_LIVE} AND e.kind = 'location'"
        f" AND {clause} AND NOT EXISTS (SELECT 1 FROM ({_edges(lens)}) d WHERE d.child = e.id) ORDER BY e.fold, e.id"
    ).fetchall()
    lost = project.sql.execute(
        f"{_reached(lens)} SELECT count(*) FROM entity e WHERE {_LIVE} AND {clause}"
        " AND e.id NOT IN (SELECT id FROM reached)"
    ).fetchone()[0]
    found = [Group(i, name, n, kind) for i, name, n, kind in rows]
    return [*found, Group(NOWHERE, "No place yet", lost)] if lost else found


def _inside(project: Project, key: str, start: int, limit: int, lens: Lens) -> list[Row]:
    clause = entity_clause(lens)
    if key == NOWHERE:
        sql = f"""{_reached(lens)} SELECT e.id, e.kind, e.name, e.status, {gone_at(lens)} FROM entity e
        WHERE {_LIVE} AND {clause} AND e.id NOT IN (SELECT id FROM reached) ORDER BY e.fold, e.id LIMIT ? OFFSET ?"""
        return rows_of(project.sql.execute(sql, (limit, start)))
    sql = f"""SELECT DISTINCT e.id, e.kind, e.name, e.status, {gone_at(lens)}, {_count_in(lens)}, e.fold
    FROM relation l JOIN entity e ON e.id = l.from_id
    WHERE l.to_id = ? AND {relation_clause(lens, "l")} AND l.type IN ({_PLACES})
    AND {_LIVE} AND {clause} ORDER BY e.kind <> 'location', e.fold, e.id LIMIT ? OFFSET ?"""
    return rows_of(row[:6] for row in project.sql.execute(sql, (key, limit, start)))


# ---- the filter ------------------------------------------------------------------------------------------------------


def filtered(project: Project, typed: str, *, limit: int = 120, lens: Lens = OPEN_EYES) -> Filtered:
    """What fits the filter, best first; without words for names by name, or the newest first where it asks for time.

    What can be typed is in `filters`. Raises Invalid with the mistake in a sentence.
    """
    query = filters.parse(project, typed, lens=lens)
    if query.notes:
        rows = _notes(project, 0, limit + 1, lens, query.words)
    elif not query.words:
        order = "e.updated_at DESC, e.id DESC" if query.newest_first else "e.fold, e.id"
        rows = rows_of(
            project.sql.execute(
                f"""SELECT e.id, e.kind, e.name, e.status, {gone_at(lens)} FROM entity e
                WHERE {_LIVE} AND {entity_clause(lens)} AND {query.sql} ORDER BY {order} LIMIT ?""",
                [*query.args, limit + 1],
            )
        )
    else:
        rows = by_name(project, query.words, limit=limit + 1, among=_among(project, query, lens), lens=lens, notes=True)
    return Filtered(rows[:limit], min(len(rows), limit), len(rows) > limit)


def _among(project: Project, query: filters.Query, lens: Lens) -> set[str] | None:
    """The entities that fit the terms; None where there are none."""
    if not query.where:
        return None
    where = f"{_LIVE} AND {entity_clause(lens)} AND {query.sql}"
    return {row[0] for row in project.sql.execute(f"SELECT e.id FROM entity e WHERE {where}", query.args)}
