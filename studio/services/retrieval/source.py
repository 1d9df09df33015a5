"""Reading records with all that their chunks need, and which chunks a commit makes stale."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.chat import Message
from studio.domain.lens import least_open
from studio.domain.recipe import RecipeVersion
from studio.domain.text import WIKILINK, fold
from studio.domain.world import Claim, Entity, Entry, Link, Relation
from studio.services.retrieval.chunks import Chunk, Known, Setting, chunks
from studio.services.world import kinds
from studio.storage.nouns import from_data

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from studio.domain.record import Record
    from studio.storage.project import Project

_TABLES = ("entity", "entry", "claim", "relation", "message", "document")
_DOCUMENTS = ("blueprint", "recipe", "recipe_version")
_LIVE = {
    "document": f"deleted_at IS NULL AND kind IN {_DOCUMENTS}",
    "message": "deleted_at IS NULL AND thread_id IN (SELECT id FROM thread WHERE deleted_at IS NULL)",
}


def searchable(project: Project) -> list[str]:
    """The ids of all live records that have chunks: the world first, the most linked and newest of a table first."""
    linked = """SELECT e.id FROM entity e LEFT JOIN (SELECT id, count(*) AS n FROM (
    SELECT from_id AS id FROM relation UNION ALL SELECT to_id FROM relation) GROUP BY id) r ON r.id = e.id
    WHERE e.deleted_at IS NULL ORDER BY coalesce(r.n, 0) DESC, e.updated_at DESC, e.id"""
    found = [row[0] for row in project.sql.execute(linked)]
    for table in _TABLES[1:]:
        live = _LIVE.get(table, "deleted_at IS NULL")
        rows = project.sql.execute(f"SELECT id FROM {table} WHERE {live} ORDER BY updated_at DESC, id")
        found += [row[0] for row in rows]
    return found


def chunks_of(project: Project, ids: Collection[str]) -> dict[str, list[Chunk]]:
    """The chunks of these records; an empty list for what is gone or has none."""
    records = list(_read(project, ids))
    setting = setting_for(project, records)
    found: dict[str, list[Chunk]] = {record: [] for record in ids}
    return found | {record.id: chunks(record, setting) for record in records}


def withheld(project: Project) -> set[str]:
    """The records that no model elsewhere may read: those that are marked so, and those whose chunks speak of them."""
    never = [
        row[0]
        for table in _TABLES
        for row in project.sql.execute(
            f"SELECT id FROM {table} WHERE deleted_at IS NULL AND json_extract(data, '$.ai_visibility') = 'never'"
        )
    ]
    return affected(project, never) if never else set()


def setting_for(project: Project, records: Iterable[Record]) -> Setting:
    """What these records need from those around them."""
    pointed: set[str] = set()
    folds: set[str] = set()
    for record in records:
        pointed |= {one for one in _pointed(record) if one}
        folds |= {fold(m.group(1)) for text in _texts(record) for m in WIKILINK.finditer(text)}
    return Setting(
        calendars=project.calendars, spec=lambda kind: kinds.spec_of(project, kind),
        known=_known(project, pointed), named=_named(project, folds),
    )  # fmt: skip


def affected(project: Project, touched: Iterable[str]) -> set[str]:
    """These records and the others whose chunks speak of them: facts about them, texts that link to them."""
    ids = json.dumps(sorted(set(touched)))
    rows = project.sql.execute(
        """WITH t(id) AS (SELECT value FROM json_each(?)) SELECT id FROM t
        UNION SELECT r.id FROM t CROSS JOIN relation r ON r.from_id = t.id
        UNION SELECT r.id FROM t CROSS JOIN relation r ON r.to_id = t.id
        UNION SELECT c.id FROM t CROSS JOIN claim c ON c.subject_id = t.id
        UNION SELECT c.id FROM t CROSS JOIN claim c ON c.object_id = t.id
        UNION SELECT r.from_id FROM t CROSS JOIN relation r ON r.to_id = t.id
        UNION SELECT r.to_id FROM t CROSS JOIN relation r ON r.from_id = t.id
        UNION SELECT m.source FROM t CROSS JOIN name n ON n.record = t.id CROSS JOIN mention m ON m.fold = n.fold
        UNION SELECT m.id FROM t CROSS JOIN message m ON m.thread_id = t.id
        UNION SELECT d.id FROM t CROSS JOIN document d ON d.owner_id = t.id AND d.kind = 'recipe_version'""",
        (ids,),
    )
    return {row[0] for row in rows}


def _read(project: Project, ids: Collection[str]) -> Iterator[Record]:
    wanted = json.dumps(list(ids))
    for table in _TABLES:
        live = _LIVE.get(table, "deleted_at IS NULL")
        rows = project.sql.execute(
            f"SELECT data FROM {table} WHERE id IN (SELECT value FROM json_each(?)) AND {live}", (wanted,)
        )
        for (data,) in rows.fetchall():
            yield from_data(json.loads(data))


def _pointed(record: Record) -> Iterator[str | None]:
    """The records that this one names by id."""
    if isinstance(record, Entity):
        yield record.parent
        yield from _refs([*record.fields.values(), *record.custom.values()])
    elif isinstance(record, Relation):
        yield from (record.from_id, record.to_id, record.speaker)
    elif isinstance(record, Claim):
        yield from (record.subject_id, record.object_id, record.speaker)
    elif isinstance(record, Message):
        yield record.thread_id
    elif isinstance(record, RecipeVersion):
        yield record.recipe_id


def _refs(value: Any) -> Iterator[str | None]:
    if isinstance(value, Link):
        yield value.ref
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _refs(one)


def _texts(record: Record) -> Iterator[str]:
    """Every text of a record in which a link may stand."""
    if isinstance(record, Entity):
        yield from (record.summary, record.body)
        yield from _strings([*record.fields.values(), *record.custom.values()])
    elif isinstance(record, Entry):
        yield record.body
    elif isinstance(record, Claim) and isinstance(record.value, str):
        yield record.value
    elif isinstance(record, Message):
        yield record.text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _known(project: Project, ids: Collection[str]) -> dict[str, Known]:
    wanted = json.dumps(sorted(ids))
    found: dict[str, Known] = {}
    for table in ("entity", "entry", "thread", "document"):
        rows = project.sql.execute(
            f"""SELECT id, name, kind, visibility FROM {table}
            WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))""",
            (wanted,),
        )
        found |= {record: Known(*told) for record, *told in rows}
    return found


def _named(project: Project, folds: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each folded name who may know it: closed where either its entity or the name is."""
    rows = project.sql.execute(
        """SELECT n.fold, n.visibility, e.visibility FROM name n JOIN entity e ON e.id = n.record
        WHERE e.deleted_at IS NULL AND n.fold IN (SELECT value FROM json_each(?))""",
        (json.dumps(sorted(folds)),),
    )
    found: dict[str, tuple[str, ...]] = {}
    for folded, of_name, of_entity in rows:
        found[folded] = (*found.get(folded, ()), least_open(of_name, of_entity))
    return found
