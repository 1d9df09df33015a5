"""Merging entities that turned out to be one: fields joined, everything that pointed to the others moved over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from studio.domain.errors import Invalid
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.domain.vocabulary import relation_spec
from studio.domain.world import Alias, Claim, Entity, Entry, Relation
from studio.services.world import attached, claims, mirrors, references, sound
from studio.services.world.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.domain.ids import RecordId
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project


Side = Literal["left", "right", "both"]
"""Whose value stays: that of the entity which is kept, that of the other, or both."""


class MergeResult(Frozen):
    """What came of a merge. `conflicts` lists (field, kept, left behind); the others lie in the trash with theirs."""

    entity: Entity
    conflicts: tuple[tuple[str, str, str], ...] = ()


def merge_entities(
    project: Project, keep_id: RecordId, other_ids: Iterable[RecordId], *, choices: Mapping[str, Side] | None = None
) -> MergeResult:
    """Make several entities one. Where both have a value the kept one's wins, unless `choices` says otherwise.

    `choices` are by path (`name`, `summary`, `body`, `fields.role`); of two values in a field of one, `both` keeps the
    left as the value and the right as a claim beside it.
    """
    plan = planned(project, keep_id, other_ids, choices=choices)
    keep, merged, others = plan.before, plan.entity, plan.others
    with project.commit(
        "entity.merge", f"Merge {', '.join(f'“{o.name}”' for o in others)} into “{keep.name}”"
    ) as commit:
        for other in others:
            commit.delete(other)
        commit.put(merged)
        for other in others:
            _move(project, commit, other, merged)
        for claim in plan.beside:
            commit.put(claim)
        if merged.name != keep.name:
            references.relink(project, commit, keep_id, to=keep_id, text=merged.name)
        saved = project.get(Entity, keep_id)
        if sound.circle(project, saved):
            saved = commit.put(sound.without_parent(saved))
        mirrors.follow_fields(project, commit, keep, saved)
    return MergeResult(entity=project.get(Entity, keep_id), conflicts=plan.conflicts)


class MergePlan(Frozen):
    """What a merge would make of the kept entity, what it would say beside it, and what it would leave behind."""

    before: Entity
    entity: Entity
    others: tuple[Entity, ...]
    conflicts: tuple[tuple[str, str, str], ...] = ()
    beside: tuple[Claim, ...] = ()


def planned(
    project: Project, keep_id: RecordId, other_ids: Iterable[RecordId], *, choices: Mapping[str, Side] | None = None
) -> MergePlan:
    """What `merge_entities` would do, without doing it. Raises Invalid where there is nothing to merge."""
    keep = project.get(Entity, keep_id)
    others = tuple(project.get(Entity, i) for i in dict.fromkeys(other_ids) if i != keep_id)
    if not others:
        raise Invalid("Choose at least two entries to merge.")
    merged, conflicts, beside = keep, list[tuple[str, str, str]](), list[Claim]()
    for other in others:
        join = _Join(merged, other, choices or {})
        merged = join.made()
        conflicts += join.conflicts
        beside += join.beside
    return MergePlan(before=keep, entity=merged, others=others, conflicts=tuple(conflicts), beside=tuple(beside))


_EMPTY: tuple[Any, ...] = (None, "", [], {}, ())
_LISTS = ("tags", "images")
_TEXTS = {"summary": " ", "body": "\n\n", "subtype": ", "}
"""What stands between two texts that both stay."""


class _Join:
    """Two entities becoming one."""

    def __init__(self, keep: Entity, other: Entity, choices: Mapping[str, Side]) -> None:
        self.keep, self.other, self._choices = keep, other, choices
        self.conflicts: list[tuple[str, str, str]] = []
        self.beside: list[Claim] = []
        self._prov, self._stated = dict(keep.prov), dict(keep.stated)

    def made(self) -> Entity:
        keep, other = self.keep, self.other
        update: dict[str, Any] = {"prov": self._prov, "stated": self._stated}
        for path in ("summary", "subtype", "parent", "statblock"):
            update[path] = self._choose(path, getattr(keep, path), getattr(other, path))
        update["body"] = self._body()
        for group in ("fields", "custom"):
            mine, theirs = dict(getattr(keep, group)), getattr(other, group)
            for key, value in theirs.items():
                mine[key] = self._choose(f"{group}.{key}", mine.get(key), value)
            update[group] = {key: value for key, value in mine.items() if value not in _EMPTY}
        for path in _LISTS:
            update[path] = self._list(path, getattr(keep, path), getattr(other, path))
        update["ext"] = {**other.ext, **keep.ext}
        update["foreign_ids"] = {**other.foreign_ids, **keep.foreign_ids}
        update["name"] = other.name if self._choices.get("name") == "right" else keep.name
        update["aliases"] = self._aliases(update["name"])
        return keep.model_copy(update=update)

    def _list(self, path: str, mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
        side = self._choices.get(path, "both")
        return mine if side == "left" else theirs if side == "right" else tuple(dict.fromkeys([*mine, *theirs]))

    def _body(self) -> str:
        mine, theirs = self.keep.body.strip(), self.other.body.strip()
        side = self._choices.get("body", "both")
        if side != "both" or not theirs or theirs in mine:
            return self.other.body if side == "right" else self.keep.body
        return f"{self.keep.body.rstrip()}\n\n{theirs}".strip()

    def _aliases(self, name: str) -> tuple[Alias, ...]:
        """Every name that isn't the name leads here, too."""
        side = self._choices.get("aliases", "both")
        mine = () if side == "right" else self.keep.aliases
        theirs = () if side == "left" else self.other.aliases
        named = [*mine, Alias(name=self.keep.name), Alias(name=self.other.name), *theirs]
        unique = {fold(a.name): a for a in reversed(named) if fold(a.name) != fold(name)}
        return tuple(reversed(unique.values()))

    def _choose(self, path: str, mine: Any, theirs: Any) -> Any:
        """The value of one field after the merge; where it comes from the other, its marks come too."""
        side = self._choices.get(path)
        if theirs in _EMPTY or mine == theirs or (side == "left" and mine in _EMPTY):
            return mine
        if isinstance(mine, list) and isinstance(theirs, list) and side in (None, "both"):
            return [*mine, *(one for one in theirs if one not in mine)]
        if mine in _EMPTY or side == "right":
            self._bring_marks(path)
            return theirs
        if side == "both":
            return self._both(path, mine, theirs)
        self.conflicts.append((path, plain(mine), plain(theirs)))
        return mine

    def _both(self, path: str, mine: Any, theirs: Any) -> Any:
        """Two texts follow one another; of two values the other's becomes a claim beside the value."""
        if path in _TEXTS:
            return _TEXTS[path].join((mine, theirs))
        group, _, name = path.partition(".")
        if group == "fields":
            self.beside.append(
                claims.as_claim(self.other, name, theirs).model_copy(update={"subject_id": self.keep.id})
            )
        else:
            self.conflicts.append((path, plain(mine), plain(theirs)))
        return mine

    def _bring_marks(self, path: str) -> None:
        for mine, theirs in ((self._prov, self.other.prov), (self._stated, self.other.stated)):
            mine.pop(path, None)
            if path in theirs:
                mine[path] = theirs[path]  # pyright: ignore[reportArgumentType]


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
