"""Keeps a link field and the relation that says the same thing in step, inside one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.record import Status
from studio.domain.text import fold
from studio.domain.vocabulary import MIRRORS
from studio.domain.world import Entity, Link, Relation
from studio.services.world import marks
from studio.services.world.values import refs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.ids import RecordId
    from studio.domain.world import FieldValue
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project


def follow_fields(project: Project, commit: CommitWriter, before: Entity | None, after: Entity) -> None:
    """Make relations follow what changed in the link fields of an entity."""
    for (kind, field), (type_, subject) in MIRRORS.items():
        if kind != after.kind:
            continue
        old = refs(before.fields.get(field)) if before is not None and before.kind == kind else []
        new = refs(after.fields.get(field))
        for other in new:
            if other not in old:
                _ensure(project, commit, after, field, _ends(type_, after.id, other, subject=subject))
        for other in old:
            if other not in new:
                _drop(project, commit, _ends(type_, after.id, other, subject=subject))


def _ends(type_: str, entity: RecordId, other: RecordId, *, subject: bool) -> tuple[RecordId, str, RecordId]:
    return (entity, type_, other) if subject else (other, type_, entity)


def same_fact(project: Project, from_id: str, type_: str, to_id: str) -> list[Relation]:
    """The live relations that say this."""
    return project.all(Relation, "from_id = ? AND type = ? AND to_id = ?", (from_id, type_, to_id))


def _ensure(
    project: Project, commit: CommitWriter, entity: Entity, field: str, ends: tuple[RecordId, str, RecordId]
) -> None:
    from_id, type_, to_id = ends
    if from_id == to_id or any(mirrored(r) for r in same_fact(project, *ends)):
        return
    why = entity.prov.get(f"fields.{field}")
    commit.put(
        Relation(
            from_id=from_id, type=type_, to_id=to_id, visibility=entity.visibility, vault=entity.vault,
            prov={"type": why} if why else {},
        )
    )  # fmt: skip


def _drop(project: Project, commit: CommitWriter, ends: tuple[RecordId, str, RecordId]) -> None:
    for relation in same_fact(project, *ends):
        if mirrored(relation):
            commit.delete(relation)


def mirrored(relation: Relation) -> bool:
    """Whether a relation is plain enough to stand in a field: a fact that still holds."""
    holds = relation.valid_to is None and relation.status is not Status.DEPRECATED
    return holds and relation.certainty == "fact" and relation.deleted_at is None


def follow_relation(
    project: Project, commit: CommitWriter, *, before: Relation | None = None, after: Relation | None = None
) -> None:
    """Make link fields follow a relation that was added, changed or removed."""
    if before is not None and mirrored(before):
        _unset(project, commit, before)
    if after is not None and mirrored(after):
        _set(project, commit, after)


def _places(project: Project, relation: Relation) -> Iterator[tuple[Entity, Entity, str]]:
    """(entity, other, field) for each field that this relation could stand in."""
    rules = [(key, subject) for key, (type_, subject) in MIRRORS.items() if type_ == relation.type]
    if not rules:
        return
    start, end = project.find(Entity, relation.from_id), project.find(Entity, relation.to_id)
    if start is None or end is None:
        return
    for (kind, field), subject in rules:
        entity, other = (start, end) if subject else (end, start)
        if entity.kind == kind and (not (kinds := entity.spec(field).kinds) or other.kind in kinds):
            yield entity, other, field


def _set(project: Project, commit: CommitWriter, relation: Relation) -> None:
    for entity, other, field in _places(project, relation):
        value = _with(entity, field, Link(text=other.name, ref=other.id))
        if value is not None:
            _store(project, commit, entity, field, value, relation)


def _with(entity: Entity, field: str, link: Link) -> FieldValue | None:
    """The field's value with this link in it; None where it is there already or another holds the place."""
    old = entity.fields.get(field)
    if link.ref in refs(old):
        return None
    if entity.spec(field).type == "links":
        kept = [one for one in (old if isinstance(old, list) else []) if not _names(one, link)]
        return [*kept, link]
    return link if old is None or _names(old, link) else None


def _names(value: object, link: Link) -> bool:
    """True for a value that only named what the link now points to."""
    text = value.text if isinstance(value, Link) and not value.ref else value
    return isinstance(text, str) and fold(text) == fold(link.text)


def _unset(project: Project, commit: CommitWriter, relation: Relation) -> None:
    for entity, other, field in _places(project, relation):
        old = entity.fields.get(field)
        if other.id not in refs(old) or any(mirrored(r) for r in same_fact(project, *_facts(relation))):
            continue
        if entity.spec(field).type == "links":
            left = [
                x for x in (old if isinstance(old, list) else []) if not (isinstance(x, Link) and x.ref == other.id)
            ]
            _store(project, commit, entity, field, left or None, relation)
        else:
            _store(project, commit, entity, field, _next(project, entity, field, relation), relation)


def _facts(relation: Relation) -> tuple[RecordId, str, RecordId]:
    return relation.from_id, relation.type, relation.to_id


def _next(project: Project, entity: Entity, field: str, gone: Relation) -> Link | None:
    """What stands in a single-link field after its relation went: the oldest other one that fits."""
    subject = gone.from_id == entity.id
    column = "from_id" if subject else "to_id"
    for relation in project.all(Relation, f"{column} = ? AND type = ?", (entity.id, gone.type)):
        if relation.id != gone.id and mirrored(relation):
            other = project.find(Entity, relation.to_id if subject else relation.from_id)
            if other is not None and (not (kinds := entity.spec(field).kinds) or other.kind in kinds):
                return Link(text=other.name, ref=other.id)
    return None


def _store(
    project: Project, commit: CommitWriter, entity: Entity, field: str, value: FieldValue | None, relation: Relation
) -> None:
    fields = {k: v for k, v in entity.fields.items() if k != field} | ({} if value is None else {field: value})
    path = f"fields.{field}"
    given = {path: relation.prov["type"]} if "type" in relation.prov else {}
    prov = marks.marked(
        entity.prov, [path] if value is not None else [], gone=[path] if value is None else [], given=given,
        now=project.clock(),
    )  # fmt: skip
    stated = {at: one for at, one in entity.stated.items() if value is not None or at != path}
    commit.put(entity.model_copy(update={"fields": fields, "prov": prov, "stated": stated}))
