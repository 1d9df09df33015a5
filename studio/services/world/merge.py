"""Merging entities that turned out to be one: fields joined, everything that pointed to the others moved over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.domain.vocabulary import relation_spec
from studio.domain.world import Alias, Claim, Entity, Entry, Relation
from studio.services.world import attached, mirrors, references
from studio.services.world.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.ids import RecordId
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project


class MergeResult(Frozen):
    """What came of a merge. `conflicts` lists (field, kept, left behind); the others lie in the trash with theirs."""

    entity: Entity
    conflicts: tuple[tuple[str, str, str], ...] = ()


def merge_entities(
    project: Project, keep_id: RecordId, other_ids: Iterable[RecordId], *, take: frozenset[str] = frozenset()
) -> MergeResult:
    """Make several entities one. Where both have a value the kept one's wins, except for the paths in `take`."""
    plan = planned(project, keep_id, other_ids, take=take)
    keep, merged, others = plan.before, plan.entity, plan.others
    with project.commit(
        "entity.merge", f"Merge {', '.join(f'“{o.name}”' for o in others)} into “{keep.name}”"
    ) as commit:
        for other in others:
            commit.delete(other)
        commit.put(merged)
        for other in others:
            _move(project, commit, other, merged)
        saved = project.get(Entity, keep_id)
        mirrors.follow_fields(project, commit, keep, saved)
    return MergeResult(entity=project.get(Entity, keep_id), conflicts=plan.conflicts)


class MergePlan(Frozen):
    """What a merge would make of the kept entity, and what it would leave behind."""

    before: Entity
    entity: Entity
    others: tuple[Entity, ...]
    conflicts: tuple[tuple[str, str, str], ...] = ()


def planned(
    project: Project, keep_id: RecordId, other_ids: Iterable[RecordId], *, take: frozenset[str] = frozenset()
) -> MergePlan:
    """What `merge_entities` would do, without doing it. Raises Invalid where there is nothing to merge."""
    keep = project.get(Entity, keep_id)
    others = tuple(project.get(Entity, i) for i in dict.fromkeys(other_ids) if i != keep_id)
    if not others:
        raise Invalid("Choose at least two entries to merge.")
    merged, conflicts = keep, list[tuple[str, str, str]]()
    for other in others:
        merged = _joined(merged, other, take, conflicts)
    return MergePlan(before=keep, entity=merged, others=others, conflicts=tuple(conflicts))


def _joined(keep: Entity, other: Entity, take: frozenset[str], conflicts: list[tuple[str, str, str]]) -> Entity:
    update: dict[str, Any] = {"prov": dict(keep.prov), "stated": dict(keep.stated)}
    for path in ("summary", "subtype", "parent", "statblock"):
        update[path] = _choose(path, keep, other, getattr(keep, path), getattr(other, path), take, conflicts, update)
    for group in ("fields", "custom"):
        mine, theirs = dict(getattr(keep, group)), getattr(other, group)
        for key, value in theirs.items():
            mine[key] = _choose(f"{group}.{key}", keep, other, mine.get(key), value, take, conflicts, update)
        update[group] = mine
    if other.body.strip() and other.body.strip() not in keep.body:
        update["body"] = f"{keep.body.rstrip()}\n\n{other.body.strip()}".strip()
    update["tags"] = tuple(dict.fromkeys([*keep.tags, *other.tags]))
    update["images"] = tuple(dict.fromkeys([*keep.images, *other.images]))
    update["ext"] = {**other.ext, **keep.ext}
    update["foreign_ids"] = {**other.foreign_ids, **keep.foreign_ids}
    update["aliases"] = _aliases(keep, other)
    return keep.model_copy(update=update)


def _aliases(keep: Entity, other: Entity) -> tuple[Alias, ...]:
    named = [*keep.aliases, Alias(name=other.name), *other.aliases]
    unique = {fold(a.name): a for a in reversed(named) if fold(a.name) != fold(keep.name)}
    return tuple(reversed(unique.values()))


def _choose(
    path: str, keep: Entity, other: Entity, mine: Any, theirs: Any, take: frozenset[str],
    conflicts: list[tuple[str, str, str]], update: dict[str, Any],
) -> Any:  # fmt: skip
    """The value of one field after the merge; where it comes from the other, its marks come too."""
    if theirs in (None, "", [], {}) or mine == theirs:
        return mine
    if isinstance(mine, list) and isinstance(theirs, list):
        return [*mine, *(one for one in theirs if one not in mine)]
    if mine in (None, "", {}) or path in take:
        for said in ("prov", "stated"):
            update[said].pop(path, None)
            if path in getattr(other, said):
                update[said][path] = getattr(other, said)[path]
        return theirs
    conflicts.append((path, plain(mine), plain(theirs)))
    return mine


def _move(project: Project, commit: CommitWriter, other: Entity, keep: Entity) -> None:
    """Everything that pointed to `other` points to `keep`."""
    references.relink(project, commit, other.id, to=keep.id, text=keep.name)
    references.turn_witnesses(project, commit, other.id, to=keep.id)
    attached.move_around(project, commit, other.id, keep.id)
    _move_relations(project, commit, other.id, keep.id)
    for claim in project.all(Claim, "(subject_id = ? OR object_id = ?)", (other.id, other.id), deleted=True):
        commit.put(claim.model_copy(update={
            "subject_id": _turn(claim.subject_id, other.id, keep.id),
            "object_id": _turn(claim.object_id, other.id, keep.id),
        }))  # fmt: skip
    for child in project.all(Entity, "parent = ?", (other.id,)):
        commit.put(child.model_copy(update={"parent": keep.id if child.id != keep.id else None}))
    for entry in project.all(Entry):
        if other.id in entry.entity_refs:
            refs = (_turn(ref, other.id, keep.id) for ref in entry.entity_refs)
            commit.put(entry.model_copy(update={"entity_refs": tuple(dict.fromkeys(refs))}))


def _turn(ref: Any, old: RecordId, new: RecordId) -> Any:
    return new if ref == old else ref


def _move_relations(project: Project, commit: CommitWriter, old: RecordId, new: RecordId) -> None:
    said = {_key(r) for r in project.all(Relation, "(from_id = ? OR to_id = ?)", (new, new))}
    for relation in project.all(Relation, "(from_id = ? OR to_id = ?)", (old, old)):
        moved = relation.model_copy(
            update={"from_id": _turn(relation.from_id, old, new), "to_id": _turn(relation.to_id, old, new)}
        )
        if moved.from_id == moved.to_id or _key(moved) in said:
            commit.delete(relation)
        else:
            said.add(_key(moved))
            commit.put(moved)


def _key(relation: Relation) -> tuple[object, ...]:
    """What makes two relations the same fact."""
    ends = (relation.from_id, relation.to_id)
    if relation_spec(relation.type).symmetric:
        ends = (min(ends), max(ends))
    return relation.type, ends, relation.certainty, plain(relation.valid_from), plain(relation.valid_to)
