"""The World Bible as a list: groups by kind, status, tag or place, their rows by page, and the filter. No payloads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.text import fold
from studio.domain.vocabulary import KINDS
from studio.services import names, near
from studio.services.world import kinds
from studio.storage.search import entity_clause, entry_clause, relation_clause

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from studio.storage.project import Project

Grouping = Literal["kind", "status", "tag", "location"]
GROUPINGS: tuple[Grouping, ...] = ("kind", "status", "tag", "location")
PAGE = 400
STATUSES = ("draft", "reviewed", "canon", "deprecated")
NOTES = "entry"
"""Key of the group of notes, which are no entities but stand beside them."""
NOWHERE = "\x00"
"""Key of the last group: no tag, no place."""
PLACING = ("located_in", "lives_in", "happened_at", "hidden_in")
_PLACES = ", ".join(f"'{p}'" for p in PLACING)


class Group(NamedTuple):
    """A heading of the tree. `entity` is set where the heading is itself an entity: a place."""

    key: str
    label: str
    size: int
    kind: str = ""


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


class Filtered(NamedTuple):
    """What the filter found: the best rows, and how many there are in all (at most `capped`)."""

    rows: list[Row]
    total: int
    capped: bool


_LIVE = "e.deleted_at IS NULL"


def _gone(lens: Lens) -> str:
    return "0" if lens.as_of is None else f"(e.hi IS NOT NULL AND e.hi < {lens.as_of})"


def _rows(found: Iterable[Sequence[Any]]) -> list[Row]:
    """Rows of (id, kind, name, status, gone, inside?)."""
    return [Row(*row[:4], inside=sum(row[5:6]), gone=bool(row[4])) for row in found]


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
        f"SELECT e.id, e.kind, e.name, e.status, {_gone(lens)} FROM entity e WHERE {_LIVE} AND {where}"
        f" AND {entity_clause(lens)} ORDER BY e.fold, e.id LIMIT ? OFFSET ?",
        [*args, limit, start],
    )
    return _rows(rows)


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
        sql = f"""{_reached(lens)} SELECT e.id, e.kind, e.name, e.status, {_gone(lens)} FROM entity e
        WHERE {_LIVE} AND {clause} AND e.id NOT IN (SELECT id FROM reached) ORDER BY e.fold, e.id LIMIT ? OFFSET ?"""
        return _rows(project.sql.execute(sql, (limit, start)))
    sql = f"""SELECT DISTINCT e.id, e.kind, e.name, e.status, {_gone(lens)}, {_count_in(lens)}, e.fold
    FROM relation l JOIN entity e ON e.id = l.from_id
    WHERE l.to_id = ? AND {relation_clause(lens, "l")} AND l.type IN ({_PLACES})
    AND {_LIVE} AND {clause} ORDER BY e.kind <> 'location', e.fold, e.id LIMIT ? OFFSET ?"""
    return _rows(row[:6] for row in project.sql.execute(sql, (key, limit, start)))


# ---- the filter ------------------------------------------------------------------------------------------------------


def filtered(project: Project, typed: str, *, limit: int = 120, lens: Lens = OPEN_EYES) -> Filtered:
    """Entities whose name or alias has what was typed, best first; `#tag`, `kind:npc`, `status:canon` narrow it."""
    words, where, args = _narrowed(typed)
    clause = f"{entity_clause(lens)}{where}"
    if not words:
        rows = project.sql.execute(
            f"SELECT e.id, e.kind, e.name, e.status, {_gone(lens)} FROM entity e WHERE {_LIVE} AND {clause}"
            " ORDER BY e.fold, e.id LIMIT ?",
            [*args, limit + 1],
        ).fetchall()
        return Filtered(_rows(rows[:limit]), min(len(rows), limit), len(rows) > limit)
    among = None
    if where:
        among = {row[0] for row in project.sql.execute(f"SELECT e.id FROM entity e WHERE {_LIVE} AND {clause}", args)}
    rows = by_name(project, words, limit=limit + 1, among=among, lens=lens)
    if len(rows) < limit and not where:
        rows += _notes(project, 0, limit - len(rows), lens, words)
    return Filtered(rows[:limit], min(len(rows), limit), len(rows) > limit)


def by_name(
    project: Project, typed: str, *, limit: int, kinds: Sequence[str] = (), among: Collection[str] | None = None,
    lens: Lens = OPEN_EYES,
) -> list[Row]:  # fmt: skip
    """Entities with a name or alias that fits what was typed, best first."""
    found = names.book(project).search(typed, limit=limit, kinds=kinds, but=near.TITLED, among=among, lens=lens)
    ids = json.dumps([one.name.record for one in found])
    rows = project.sql.execute(
        f"""SELECT e.id, e.kind, e.name, e.status, {_gone(lens)} FROM entity e
        WHERE e.id IN (SELECT value FROM json_each(?)) AND {entity_clause(lens)}""",
        (ids,),
    )
    of = {row.id: row for row in _rows(rows)}
    matched = {one.name.record: one.name.text if one.name.is_alias else "" for one in found}
    return [of[record]._replace(matched=alias) for record, alias in matched.items() if record in of]


def _narrowed(typed: str) -> tuple[str, str, list[str]]:
    """(folded words, more SQL, its values) of what was typed."""
    words: list[str] = []
    where, args = "", []
    for word in typed.split():
        name, colon, value = word.partition(":")
        if word.startswith("#") and len(word) > 1:
            where += " AND e.id IN (SELECT record FROM tag WHERE tag LIKE ?)"
            args.append(word[1:] + "%")
        elif colon and value and name in ("kind", "status"):
            where += f" AND e.{name} LIKE ?"
            args.append(value.replace("-", "_") + "%")
        else:
            words.append(word)
    return fold(" ".join(words)), where, args
