"""From capture to canon: what still waits to be looked at, where it came from, and what in it is doubtful or new."""

from __future__ import annotations

import json
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Authorship, Frozen, Provenance, Status
from studio.domain.world import Entity
from studio.services.world import bulk, names, relations
from studio.services.world.marks import authorship_of
from studio.services.world.pages import source_title
from studio.storage import log
from studio.storage.nouns import from_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.storage.project import Project

Show = Literal["draft", "reviewed", "both", "changed"]
"""`changed`: canon that says something else now than when it became canon."""
Order = Literal["newest", "source"]
Flag = Literal["", "check", "inferred", "new", "changed"]
PAGE = 200
DOUBTFUL = 0.6
"""Below this confidence a value wants a look."""
_LOOKED_AT = (Status.REVIEWED, Status.CANON)
_STATUSES: dict[Show, tuple[str, ...]] = {
    "draft": ("draft",), "reviewed": ("reviewed",), "both": ("draft", "reviewed"), "changed": ("canon",),
}  # fmt: skip
_LOOKING = ("entity.status", "entity.confirm")
"""Verbs that say nothing else than that somebody looked at an entry: what they wrote last hasn't changed since."""
_CONFIRMED = "looked_at"
"""In `ext`: the revision at which somebody said of canon that had changed that it is right as it stands."""
_MARK = """coalesce(json_extract(e.data, '$.prov.name[0]'), json_extract(e.data, '$.prov."*"[0]'))"""
_SOURCE = """CASE coalesce(json_extract({mark}, '$.source'), 'human') WHEN 'human' THEN 'human'
WHEN 'import' THEN 'import:' || coalesce(json_extract({mark}, '$.extractor'), '')
ELSE json_extract({mark}, '$.source') || ':'
|| coalesce(json_extract({mark}, '$.ref_id'), json_extract({mark}, '$.extractor'), '') END"""
_HANDS = {"human": "By hand", "import": "From an import", "chat": "From a chat", "entry": "From a note",
          "entity": "From another entry"}  # fmt: skip


class Waiting(NamedTuple):
    """One entry of the queue. `doubts` counts the values that want a look; `source` tells which came together."""

    id: RecordId
    kind: str
    name: str
    status: str
    updated_at: str
    source: str
    came_from: str
    doubts: int


class Counts(NamedTuple):
    """How many drafts there are, and how many reviewed entries wait for canon."""

    drafts: int
    reviewed: int


class Item(Frozen):
    """One value of an entry. `before` is what it was when the entry was last looked at."""

    path: str
    label: str
    value: str
    before: str = ""
    flag: Flag = ""
    confidence: float | None = None
    quote: str = ""
    by_hand: bool = True


class Card(Frozen):
    """One entry as it waits: the doubtful values first, then the new and changed ones, then the rest."""

    id: RecordId
    kind: str
    name: str
    status: str
    items: tuple[Item, ...]
    relations: tuple[str, ...] = ()
    came_from: str = ""
    origin: Provenance | None = None
    looked_at: bool = False
    alike: tuple[tuple[RecordId, str], ...] = ()


def counts(project: Project, *, lens: Lens = OPEN_EYES) -> Counts:
    """How much waits. The queue is the game master's: for everybody else it is empty."""
    if not lens.is_gm:
        return Counts(0, 0)
    rows = project.sql.execute("SELECT status, count(*) FROM entity WHERE deleted_at IS NULL GROUP BY status")
    of = dict(rows.fetchall())
    return Counts(of.get("draft", 0), of.get("reviewed", 0))


def waiting(
    project: Project,
    show: Show = "draft",
    order: Order = "newest",
    *,
    start: int = 0,
    limit: int = PAGE,
    lens: Lens = OPEN_EYES,
) -> list[Waiting]:
    """A page of the queue: the newest first, or what came from one answer or import together."""
    if not lens.is_gm:
        return []
    if show == "changed":
        ids = _changed_canon(project, order, start, limit)
    else:
        ids = _page(project, show, order, limit=limit, start=start)
    rows = project.sql.execute(
        f"""SELECT e.id, e.kind, e.name, e.status, e.updated_at, {_SOURCE.format(mark=_MARK)},
        json_extract(e.data, '$.prov') FROM entity e WHERE e.id IN (SELECT value FROM json_each(?))""",
        (json.dumps(ids),),
    ).fetchall()
    titles = {source: _came_from(project, source) for source in {row[5] for row in rows}}
    found = {
        record: Waiting(RecordId(record), kind, name, status, at, source, titles[source], _doubts(prov))
        for record, kind, name, status, at, source, prov in rows
    }
    return [found[record] for record in ids]


def _page(project: Project, show: Show, order: Order, *, start: int = 0, limit: int = -1) -> list[str]:
    """The ids of a page. Only the order by source has to look into every record, and only at one mark of it."""
    where = f"e.deleted_at IS NULL AND e.status IN ({', '.join('?' * len(_STATUSES[show]))})"
    if order == "newest":
        sql = f"SELECT e.id FROM entity e WHERE {where} ORDER BY e.updated_at DESC, e.id DESC LIMIT ? OFFSET ?"
    else:
        sql = f"""SELECT id FROM (SELECT id, updated_at, {_SOURCE.format(mark="mark")} AS source FROM (
        SELECT e.id, e.updated_at, {_MARK} AS mark FROM entity e WHERE {where}))
        ORDER BY max(updated_at) OVER (PARTITION BY source) DESC, source, updated_at DESC, id DESC LIMIT ? OFFSET ?"""
    return [row[0] for row in project.sql.execute(sql, (*_STATUSES[show], limit, start))]


def _changed_canon(project: Project, order: Order, start: int, limit: int) -> list[str]:
    """The ids of a page of canon that changed. Only what was written again since it was looked at is looked into."""
    last = log.last_verbs(project.sql)
    again = (one for one in _page(project, "changed", order) if last.get(one, _LOOKING[0]) not in _LOOKING)
    changed = (one for one in again if has_changed(project, RecordId(one)))
    return list(islice(changed, start, start + limit))


def has_changed(project: Project, entity_id: RecordId) -> bool:
    """Whether an entry says something else now than when somebody last looked at it."""
    then, now = last_looked_at(project, entity_id), project.find(Entity, entity_id)
    return then is not None and now is not None and bool(bulk.differences(project, then, now))


def confirm(project: Project, ids: Iterable[RecordId]) -> int:
    """Say of canon that changed since that it is right as it stands; gives how many of these had changed."""
    found = [one for record in dict.fromkeys(ids) if (one := project.find(Entity, record)) is not None]
    again = [one for one in found if one.status is Status.CANON and has_changed(project, one.id)]
    if not again:
        return 0
    whom = f"“{again[0].name}”" if len(again) == 1 else f"{len(again)} entries"
    with project.commit("entity.confirm", f"Confirm {whom} as canon") as commit:
        for one in again:
            commit.put(one.model_copy(update={"ext": {**one.ext, _CONFIRMED: one.rev}}))
    return len(again)


def _source_of(entity: Entity) -> str:
    """Where an entry as a whole came from, as the list says it: the mark of its name, or the one for everything."""
    mark = next(iter(entity.prov.get("name") or entity.prov.get("*") or ()), None)
    if mark is None or mark.source == "human":
        return "human"
    return f"{mark.source}:{mark.extractor if mark.source == 'import' else mark.ref_id or mark.extractor}"


def _came_from(project: Project, source: str) -> str:
    kind, _, ref = source.partition(":")
    title = source_title(project, ref) if ref else ""
    return f"From “{title}”" if title else _HANDS.get(kind, "By hand")


def _doubts(prov: str | None) -> int:
    many = json.loads(prov) if prov else {}
    return sum(1 for marks in many.values() if marks and flag_of(Provenance.model_validate(marks[-1])))


def flag_of(mark: Provenance | None) -> Flag:
    """A person's word is never doubtful; a model's is where it is unsure or read between the lines."""
    if mark is None or (mark.authorship is not Authorship.AI_GENERATED and mark.source == "human"):
        return ""
    if mark.confidence is not None and mark.confidence < DOUBTFUL:
        return "check"
    return "inferred" if mark.basis == "inferred" else ""


# ---- one entry -----------------------------------------------------------------------------------------------------


def card(project: Project, entity_id: RecordId) -> Card:
    """Everything that one needs to judge an entry. Raises NotFound."""
    entity = project.get(Entity, entity_id)
    then = last_looked_at(project, entity_id)
    was = {cell.path: cell.before for cell in bulk.differences(project, then, entity)} if then is not None else {}
    found = [_item(entity, cell, was, fresh=then is None) for cell in _values(project, entity)]
    found = [item for item in found if item.path != "name" or item.flag]
    gone = [_gone(cell) for cell in (bulk.differences(project, then, entity) if then else ()) if not cell.after]
    origin = next((m for marks in entity.prov.values() for m in marks if m.ref_id and m.source != "human"), None)
    matches = names.similar(project, entity.name, kind=entity.kind, limit=4)
    return Card(
        id=entity.id, kind=entity.kind, name=entity.name, status=entity.status.value,
        items=tuple(sorted([*found, *gone], key=lambda item: _ORDER.index(item.flag))),
        relations=tuple(f"{row.label} {row.other_name}" for row in relations.relations_of(project, entity_id)),
        came_from=_came_from(project, _source_of(entity)),
        origin=origin, looked_at=then is not None,
        alike=tuple((m.id, m.name) for m in matches if m.id != entity_id),
    )  # fmt: skip


_ORDER: tuple[Flag, ...] = ("check", "inferred", "changed", "new", "")
_LEFT_OUT = ("name",)


def last_looked_at(project: Project, entity_id: RecordId) -> Entity | None:
    """The entry as it was when it last became reviewed or canon, or was confirmed; None where nobody looked yet."""
    states = chain((state or {} for state in log.states(project.sql, entity_id)), [{}])
    confirmed: Any = None
    for n, (after, before) in enumerate(pairwise(states)):
        confirmed = after.get("ext", {}).get(_CONFIRMED) if n == 0 else confirmed
        status = after.get("status", Status.DRAFT.value)
        moved = status in _LOOKED_AT and before.get("status", Status.DRAFT.value) != status
        if moved or (confirmed is not None and after.get("rev") == confirmed):
            found = from_data(after)
            return found if isinstance(found, Entity) else None
    return None


def _values(project: Project, entity: Entity) -> tuple[bulk.Cell, ...]:
    """All values in words: what differs from an entity that says nothing. Its status is told apart."""
    empty = Entity(kind=entity.kind, name="", status=entity.status)
    return bulk.differences(project, empty, entity)


def _item(entity: Entity, cell: bulk.Cell, was: dict[str, str], *, fresh: bool) -> Item:
    marks = entity.prov.get(cell.path, ())
    mark = marks[-1] if marks else None
    flag = flag_of(mark) or ("changed" if cell.path in was else "new" if fresh and cell.path not in _LEFT_OUT else "")
    return Item(
        path=cell.path, label=cell.label, value=cell.after, before=was.get(cell.path, ""), flag=flag,
        confidence=mark.confidence if mark else None, quote=next((m.quote for m in marks if m.quote), ""),
        by_hand=authorship_of(marks) is not Authorship.AI_GENERATED,
    )  # fmt: skip


def _gone(cell: bulk.Cell) -> Item:
    return Item(path=cell.path, label=cell.label, value="", before=cell.before, flag="changed")
