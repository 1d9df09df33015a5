"""What there is, by name: the book behind completion, the palette, search and navigation."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from studio.domain.dates import resolve
from studio.domain.errors import NotFound
from studio.domain.world import Alias
from studio.services.near import Book, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.lens import Lens
    from studio.storage.project import Project

_SLICE = 2_000
_TITLED = {"entry": ("entry",), "thread": ("thread",), "document": ("blueprint", "recipe")}
"""Tables → kinds that are found by their title."""


class _Kept:
    """The book of a project, and how far it is: what is not filled in yet, and the last commit that it knows."""

    def __init__(self, project: Project) -> None:
        self.book = Book()
        self.workspace = project.workspace_id
        self.seq = _last(project)
        self.waiting = [row[0] for row in project.sql.execute(_ALL)][::-1]


_ALL = """SELECT id FROM entity WHERE deleted_at IS NULL UNION ALL SELECT id FROM entry WHERE deleted_at IS NULL
UNION ALL SELECT id FROM thread WHERE deleted_at IS NULL
UNION ALL SELECT id FROM document WHERE kind IN ('blueprint', 'recipe') AND deleted_at IS NULL ORDER BY 1"""
_kept: WeakKeyDictionary[Project, _Kept] = WeakKeyDictionary()


def warm(project: Project) -> bool:
    """Fill in one more slice of the book; True once all of it is there. So that nobody waits for a large world."""
    kept = _kept.get(project)
    if kept is None or kept.workspace != project.workspace_id or kept.seq > _last(project):
        kept = _kept[project] = _Kept(project)
    ids, kept.waiting = kept.waiting[-_SLICE:], kept.waiting[:-_SLICE]
    kept.book.update(_names_of(project, ids))
    return not kept.waiting


def book(project: Project) -> Book:
    """All names, as of the last commit. Made once; after a commit only what it touched is read again."""
    while not warm(project):
        pass
    kept, last = _kept[project], _last(project)
    if kept.seq < last:
        rows = project.sql.execute(
            "SELECT DISTINCT record FROM change WHERE seq > ? AND kind NOT IN ('message', 'relation', 'claim')",
            (kept.seq,),
        )
        touched = (row[0] for row in rows.fetchall())
        while ids := list(islice(touched, _SLICE)):
            kept.book.update(_names_of(project, ids))
        kept.seq = last
    return kept.book


def _last(project: Project) -> int:
    return project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0] or 0


def _names_of(project: Project, ids: list[str]) -> dict[str, list[Name]]:
    """What each of these records is called; nothing for one that is gone or has no name."""
    found: dict[str, list[Name]] = {record: [] for record in ids}
    wanted = json.dumps(ids)
    for record, kind, name, visibility, aliases in project.sql.execute(
        """SELECT id, kind, name, visibility, json_extract(data, '$.aliases') FROM entity
        WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))""",
        (wanted,),
    ):
        found[record] = list(_of_entity(project, record, kind, name, visibility, aliases))
    for table, kinds in _TITLED.items():
        rows = project.sql.execute(
            f"""SELECT id, kind, name, visibility FROM {table} WHERE deleted_at IS NULL AND name <> ''
            AND kind IN ({", ".join("?" * len(kinds))}) AND id IN (SELECT value FROM json_each(?))""",
            (*kinds, wanted),
        )
        for record, kind, title, visibility in rows:
            found[record] = [Name(record, kind, title, False, (visibility,))]
    return found


def _of_entity(
    project: Project, record: str, kind: str, name: str, visibility: str, aliases: str | None
) -> Iterator[Name]:
    yield Name(record, kind, name, False, (visibility,))
    for data in json.loads(aliases) if aliases else ():
        alias = Alias.model_construct(**data)
        veils = tuple(dict.fromkeys((visibility, *_veil(alias))))
        since = resolve(alias.valid_from, project.calendars).lo if alias.valid_from else None
        until = resolve(alias.valid_to, project.calendars).hi if alias.valid_to else None
        yield Name(record, kind, alias.name, True, veils, since, until)


def _veil(alias: Alias) -> tuple[str, ...]:
    """Who may know an alias beyond those who may see its entity: a secret one is the game master's."""
    veil = alias.visibility or ("gm" if alias.kind == "secret" else "")
    return (veil,) if veil else ()


def already_there(project: Project, ids: list[str], lens: Lens) -> set[str]:
    """Those of these records that aren't still to come at the lens's day; its audience is the book's business."""
    if lens.as_of is None:
        return set(ids)
    later = project.sql.execute(
        """SELECT id FROM entity WHERE lo > ?1 AND id IN (SELECT value FROM json_each(?2))
        UNION ALL SELECT id FROM entry WHERE lo > ?1 AND id IN (SELECT value FROM json_each(?2))""",
        (lens.as_of, json.dumps(ids)),
    )
    return set(ids) - {row[0] for row in later}


def kind_of(project: Project, record_id: str) -> str:
    """The kind of a live record. Raises NotFound."""
    record = project.any_record(record_id)
    if record is None:
        raise NotFound("This isn't in the project any more.", hint="It may be in the trash.")
    return record.kind


def project_name(project: Project) -> str:
    """What the project is called."""
    return project.info().name
