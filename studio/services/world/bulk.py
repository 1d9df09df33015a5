"""The same change on many entities: first as a preview, entity by entity, then in one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.domain.text import line
from studio.domain.world import Entity
from studio.services.world import entities, kinds, merge, names
from studio.services.world.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.vocabulary import KindSpec
    from studio.storage.project import Project

Op = Literal["set", "clear", "append", "remove"]
PLAIN = ("status", "visibility", "kind", "parent", "tags", "summary", "subtype")
_MUST = ("status", "visibility", "kind")
_LABELS = {"parent": "Inside", "aliases": "Also called", "body": "Text"}


class Edit(Frozen):
    """One change of one field: `status`, `visibility`, `kind`, `parent`, `tags`, `summary`, `fields.…`, `custom.…`.

    `append` and `remove` are for what holds several values: tags, lists, links. Links and `parent` take names.
    """

    path: str
    op: Op = "set"
    value: Any = None


class Change(Frozen):
    """What is to become of the entities: edits of each, or all made one (`merge_into` is the one that stays)."""

    edits: tuple[Edit, ...] = ()
    merge_into: RecordId | None = None


class Cell(Frozen):
    """One field of one entity, before and after, in words."""

    path: str
    label: str
    before: str
    after: str


class Row(Frozen):
    """What becomes of one entity. Without cells nothing does; `note` says what one should know beforehand."""

    id: RecordId
    kind: str
    name: str
    cells: tuple[Cell, ...] = ()
    note: str = ""


def preview(project: Project, ids: Sequence[RecordId], change: Change) -> list[Row]:
    """What `apply` would do, without doing it. Raises Invalid where the change makes no sense."""
    if change.merge_into is not None:
        return _merge_rows(project, ids, change.merge_into)
    _check(project, change.edits)
    found = []
    for entity in _entities(project, ids):
        after = entities.planned(project, entity, _changes(project, entity, change.edits))
        cells = differences(project, entity, after)
        found.append(
            Row(id=entity.id, kind=entity.kind, name=entity.name, cells=cells, note=_note(project, after, change))
        )
    return found


def apply(project: Project, ids: Sequence[RecordId], change: Change) -> int:
    """Do it, in one commit that one undo takes back; gives how many entities it touched."""
    if change.merge_into is not None:
        merge.merge_entities(project, change.merge_into, ids)
        return len(set(ids) | {change.merge_into})
    _check(project, change.edits)
    wanted = [
        (entity, changes)
        for entity in _entities(project, ids)
        if entities.planned(project, entity, changes := _changes(project, entity, change.edits)) != entity
    ]
    if wanted:
        whom = f"“{wanted[0][0].name}”" if len(wanted) == 1 else f"{len(wanted)} entries"
        with project.commit("entity.bulk", f"{_message(change.edits)} of {whom}"):
            for entity, changes in wanted:
                entities.update_entity(project, entity.id, changes)
    return len(wanted)


def _entities(project: Project, ids: Iterable[RecordId]) -> list[Entity]:
    """The live entities among these, each once; what went away meanwhile is left out."""
    found = (project.find(Entity, record) for record in dict.fromkeys(ids))
    return [entity for entity in found if entity is not None]


def _message(edits: Sequence[Edit]) -> str:
    words = list(dict.fromkeys(label_of(edit.path).lower() for edit in edits))
    return f"Change {', '.join(words[:3])}{' …' if len(words) > 3 else ''}"


def _check(project: Project, edits: Sequence[Edit]) -> None:
    if not edits:
        raise Invalid("Choose what to change.")
    for edit in edits:
        group, _, key = edit.path.partition(".")
        if edit.path not in PLAIN and not (key and group in ("fields", "custom")):
            raise Invalid(f"“{edit.path}” can't be changed on many entries at once.")
        if edit.path in _MUST and (edit.op != "set" or not edit.value):
            raise Invalid(f"Every entry has a {label_of(edit.path).lower()}. Choose one.")
        unsaid = not line(edit.value) if isinstance(edit.value, str) else edit.value in (None, (), [])
        if edit.op != "clear" and unsaid:
            raise Invalid(f"Say what {label_of(edit.path)} should be, or choose to clear it.")
        if edit.path == "parent" and edit.op != "clear" and names.resolve(project, str(edit.value)) is None:
            raise Invalid(f"Nothing in the world is called “{edit.value}”.")


# ---- what one entity becomes ---------------------------------------------------------------------------------------


def _changes(project: Project, entity: Entity, edits: Sequence[Edit]) -> dict[str, Any]:
    """The edits as `update_entity` takes them."""
    found: dict[str, Any] = {}
    for edit in edits:
        path, value = edit.path, edit.value
        if path == "parent":
            path, value = _inside(project, entity, edit)
        elif edit.op in ("append", "remove"):
            value = _joined(_now(entity, path, found), _many(value), take_out=edit.op == "remove")
        found[path] = None if edit.op == "clear" else value
    return found


def _now(entity: Entity, path: str, changed: dict[str, Any]) -> Any:
    group, _, key = path.partition(".")
    return changed.get(path, getattr(entity, group).get(key) if key else getattr(entity, path))


def _inside(project: Project, entity: Entity, edit: Edit) -> tuple[str, Any]:
    """What lies in what is a field of places, factions and arcs; everything else has a plain parent."""
    if entity.spec("parent").type == "link":
        return "fields.parent", edit.value
    parent = names.resolve(project, str(edit.value)) if edit.value else None
    return "parent", parent if parent != entity.id else None


def _many(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return [part.strip() for part in str(value).replace("\n", ";").split(";") if part.strip()]


def _joined(old: Any, given: list[Any], *, take_out: bool) -> list[Any] | str:
    """A list with these added or taken out; a plain text grows by lines."""
    words = {plain(one).casefold().lstrip("#") for one in given}
    if take_out:
        return [one for one in (old if isinstance(old, list | tuple) else [old]) if plain(one).casefold() not in words]
    if isinstance(old, str):
        return "\n".join([old, *map(plain, given)])
    kept = [*(old or ())]
    have = {plain(one).casefold() for one in kept}
    return [*kept, *(one for one in given if plain(one).casefold().lstrip("#") not in have)]


def _note(project: Project, after: Entity, change: Change) -> str:
    spec = kinds.spec_of(project, after.kind)
    strange = [
        label_of(edit.path).lower()
        for edit in change.edits
        if edit.path.startswith("fields.") and spec.field(edit.path.partition(".")[2]) is None
    ]
    return f"{', '.join(strange)}: not a field of this kind, kept as one of its own" if strange else ""


# ---- in words ------------------------------------------------------------------------------------------------------


def label_of(path: str, spec: KindSpec | None = None) -> str:
    """What a field is called, in the words of its kind where that is known."""
    name = path.rpartition(".")[2]
    if spec is not None and path.startswith("fields."):
        return spec.field_or_plain(name).label
    return _LABELS.get(path, name.replace("_", " ").capitalize())


def differences(project: Project, before: Entity, after: Entity) -> tuple[Cell, ...]:
    """What differs between two states of an entity, field by field, in words."""
    found = []
    spec = kinds.spec_of(project, after.kind)
    for path in ("name", "kind", "status", "visibility", "tags", "parent", "aliases", "summary", "subtype", "body"):
        old, new = getattr(before, path), getattr(after, path)
        if old != new:
            found.append(_cell(project, spec, path, old, new))
    for group in ("fields", "custom"):
        old_group, new_group = getattr(before, group), getattr(after, group)
        for key in dict.fromkeys([*old_group, *new_group]):
            if old_group.get(key) != new_group.get(key):
                found.append(_cell(project, spec, f"{group}.{key}", old_group.get(key), new_group.get(key)))
    return tuple(found)


def _cell(project: Project, spec: KindSpec, path: str, old: Any, new: Any) -> Cell:
    return Cell(
        path=path, label=label_of(path, spec), before=_words(project, path, old), after=_words(project, path, new)
    )


def _words(project: Project, path: str, value: Any) -> str:
    if path == "parent":
        return names.labels(project, {value})[value][0] if value else ""
    if path == "kind":
        return kinds.spec_of(project, value).label
    if path == "aliases":
        return ", ".join(alias.name for alias in value)
    if path == "tags":
        return " ".join(f"#{tag}" for tag in value)
    return "; ".join(plain(value).splitlines()) if path != "body" else plain(value)


# ---- merging -------------------------------------------------------------------------------------------------------


def _merge_rows(project: Project, ids: Sequence[RecordId], keep: RecordId) -> list[Row]:
    plan = merge.planned(project, keep, ids)
    left = "; ".join(f"{label_of(path)} “{theirs}”" for path, _, theirs in plan.conflicts)
    note = f"Stays as it is against what differs: {left}" if left else "Stays"
    kept = Row(
        id=keep, kind=plan.before.kind, name=plan.before.name, note=note,
        cells=differences(project, plan.before, plan.entity),
    )  # fmt: skip
    gone = (Cell(path="merge", label="Merge", before="", after=f"part of “{plan.before.name}”"),)
    others = [Row(id=o.id, kind=o.kind, name=o.name, cells=gone, note="Goes to the trash") for o in plan.others]
    return [kept, *others]
