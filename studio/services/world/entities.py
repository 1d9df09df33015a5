"""Verbs on one entity: create, edit, rename, and the small switches (status, visibility, tags, kind)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from studio.domain.errors import Invalid
from studio.domain.record import Provenance, Status
from studio.domain.text import fold, line, readable
from studio.domain.vocabulary import FieldSpec
from studio.domain.world import Alias, Entity, Link
from studio.services.world import kinds, marks, mirrors, references, sound
from studio.services.world.names import clean
from studio.services.world.values import normal, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.domain.ids import RecordId
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project

PLAIN_PATHS = (
    "summary", "body", "subtype", "parent", "aliases", "tags", "status", "visibility", "ai_visibility", "vault",
    "images", "statblock", "ext", "foreign_ids",
)  # fmt: skip
KEY_LIMIT = 100
"""How many letters the name of a field may have."""
_UNMARKED = {"status", "visibility", "ai_visibility", "vault", "ext", "foreign_ids", "parent"}
Prov = dict[str, tuple[Provenance, ...]]


def create_entity(
    project: Project,
    *,
    kind: str,
    name: str,
    aliases: Iterable[Alias | str] = (),
    summary: str = "",
    body: str = "",
    subtype: str = "",
    fields: Mapping[str, Any] | None = None,
    custom: Mapping[str, Any] | None = None,
    tags: Iterable[str] = (),
    status: Status | str = Status.DRAFT,
    visibility: str = "gm",
    prov: Prov | None = None,
    adopt: bool = True,
) -> Entity:
    """Make an entity. Link fields take names; relations that mirror them come with it.

    `prov` is keyed by path: `name`, `summary`, `body`, `aliases`, `fields.role`, `custom.omen`; paths without one count
    as written by hand. `adopt` turns links elsewhere that only had this name as text (a scan; leave it out in bulk).
    """
    changes: dict[str, Any] = {
        "summary": summary, "body": body, "subtype": subtype, "aliases": tuple(aliases), "tags": tuple(tags),
        "status": status, "visibility": visibility,
    }  # fmt: skip
    changes |= {f"fields.{k}": v for k, v in (fields or {}).items()}
    changes |= {f"custom.{k}": v for k, v in (custom or {}).items()}
    empty = Entity(kind=sound.kind(project, kind), name=_checked(name))
    entity = _applied(project, empty, {k: v for k, v in changes.items() if v not in ("", (), None)}, prov)
    name_marks = (prov or {}).get("name") or marks.by_hand((), project.clock())
    entity = entity.model_copy(update={"prov": {**entity.prov, "name": name_marks}})
    with project.commit("entity.create", f"New {kinds.spec_of(project, kind).noun} “{entity.name}”") as commit:
        saved = commit.put(entity)
        mirrors.follow_fields(project, commit, None, saved)
        if adopt:
            _adopt(project, commit, saved)
        made = project.get(Entity, saved.id)
        sound.parents(project, made)
        return made


def _adopt(project: Project, commit: CommitWriter, entity: Entity) -> None:
    for holder_id in references.adopt(project, commit, entity.id, entity.name):
        holder = project.find(Entity, holder_id)
        if holder is not None:
            mirrors.follow_fields(project, commit, None, holder)


def _checked(name: str) -> str:
    if not (tidy := clean(name)):
        raise Invalid("An entry needs a name. Type one and try again.")
    return sound.short(tidy, "The name")


def update_entity(
    project: Project, entity_id: RecordId, changes: Mapping[str, Any], *, prov: Prov | None = None, message: str = ""
) -> Entity:
    """Change an entity by path: `summary`, `body`, `fields.role`, `custom.omen`, … ; None or empty takes a field away.

    Each changed field is marked as written by hand (`ai_edited` over a model's text), unless `prov` says otherwise.
    `name` renames as `rename_entity` does, `kind` changes the kind.
    """
    rest = dict(changes)
    entity = project.get(Entity, entity_id)
    new_name, new_kind = rest.pop("name", entity.name), rest.pop("kind", entity.kind)
    new_kind = new_kind if new_kind == entity.kind else sound.kind(project, new_kind)
    wanted = _applied(project, entity.model_copy(update={"kind": new_kind}), rest, prov)
    with project.commit("entity.update", message or _message(entity, wanted)) as commit:
        if wanted != entity:
            saved = commit.put(wanted)
            mirrors.follow_fields(project, commit, entity, saved)
        if clean(new_name) != entity.name:
            rename_entity(project, entity_id, new_name)
    return project.get(Entity, entity_id)


def planned(project: Project, entity: Entity, changes: Mapping[str, Any]) -> Entity:
    """What `update_entity` would make of an entity by itself, without doing it. For previews."""
    rest = dict(changes)
    kind = rest.pop("kind", entity.kind)
    return _applied(project, entity.model_copy(update={"kind": kind}), rest, None)


def _message(before: Entity, after: Entity) -> str:
    paths = [p for p in PLAIN_PATHS if getattr(before, p) != getattr(after, p)]
    for group in ("fields", "custom"):
        old, new = getattr(before, group), getattr(after, group)
        paths += [k for k in old.keys() | new.keys() if old.get(k) != new.get(k)]
    words = ", ".join(p.replace("_", " ") for p in paths[:3]) + (" …" if len(paths) > 3 else "")
    return f"Edit {words or 'kind'} of “{before.name}”"


def _applied(project: Project, entity: Entity, changes: Mapping[str, Any], prov: Prov | None) -> Entity:
    """The entity after these changes, its marks brought along; equal to the old one where nothing differs."""
    top: dict[str, Any] = {}
    groups: dict[str, dict[str, Any]] = {"fields": dict(entity.fields), "custom": dict(entity.custom)}
    set_: list[str] = []
    gone: list[str] = []
    for path, value in changes.items():
        group, _, key = path.partition(".")
        if key and group in groups:
            _put_field(project, entity, groups[group], (group, key), value, set_, gone)
        elif path in PLAIN_PATHS:
            shaped = _shaped(project, path, value)
            if path == "aliases":
                shaped = tuple(_dated(project, alias, entity.aliases) for alias in shaped)
            if shaped != getattr(entity, path):
                top[path] = shaped
                (set_ if shaped else gone).append(path)
        else:
            raise Invalid(f"An entry has no field “{path}”.")
    if not (set_ or gone):
        return entity
    noted = [p for p in set_ if p not in _UNMARKED]
    new_marks = marks.marked(entity.prov, noted, gone=gone, given=prov, now=project.clock())
    stated = {path: one for path, one in entity.stated.items() if path not in gone}
    changed = entity.model_copy(update=top | groups | {"prov": new_marks, "stated": stated})
    if {"parent", "fields.parent"} & set(set_):
        sound.parents(project, changed)
    return changed


def _put_field(
    project: Project, entity: Entity, into: dict[str, Any], at: tuple[str, str], value: Any,
    set_: list[str], gone: list[str],
) -> None:  # fmt: skip
    group, key = at
    spec = kinds.field_of(project, entity.kind, key) if group == "fields" else FieldSpec(name=key)
    shaped = normal(project, spec, value) if group == "fields" else _custom(value)
    path = f"{group}.{key}"
    if shaped is not None and key not in into:
        _check_key(key)
    for link in shaped if isinstance(shaped, list) else [shaped]:
        sound.short(link.text if isinstance(link, Link) and link.ref is None else "", "A name")
    if shaped is None and key in into:
        del into[key]
        gone.append(path)
    elif shaped is not None and not _same(spec, into.get(key), shaped):
        into[key] = shaped
        set_.append(path)


def _custom(value: Any) -> Any:
    tidy = readable(value) if isinstance(value, str) else value
    return None if tidy in ("", None, []) else tidy


def _check_key(key: str) -> None:
    if line(key) != key or len(key) > KEY_LIMIT:
        raise Invalid(
            f"A field can't be called “{line(key)[:40]}”.",
            hint=f"Give it a name of 1 to {KEY_LIMIT} letters, on one line.",
        )


def _same(spec: FieldSpec, old: Any, new: Any) -> bool:
    """Dates count as the same where they read the same: a written one comes back from the file in another shape."""
    if spec.type != "date" or old is None or old == new:
        return old == new
    keys = {one.get("calendar") for one in (old, new) if isinstance(one, dict)} - {None}
    return plain(old) == plain(new) and len(keys) < 2


def _dated(project: Project, alias: Alias, known: tuple[Alias, ...]) -> Alias:
    """An alias whose dates are stored as dates of fields are, from words too; one that is new is checked."""
    dates = {key: normal(project, FieldSpec(name=key, type="date"), getattr(alias, key)) for key in _IN_USE}
    made = alias.model_copy(update=dates)
    if made in known:
        return made
    sound.short(made.name, "Another name")
    sound.span(project, made.valid_from, made.valid_to)
    seen_by = sound.visibility(project, made.visibility) if made.visibility else ""
    return made.model_copy(update={"visibility": seen_by})


_IN_USE = ("valid_from", "valid_to")


def _alias(given: Any) -> Alias:
    """An alias from a name, or from an object as a world file has them."""
    if isinstance(given, Alias):
        return given
    if not isinstance(given, dict):
        return Alias(name=clean(str(given)))
    try:
        return Alias.model_validate(given | {"name": clean(str(given.get("name", "")))})
    except ValidationError as error:
        wrong = error.errors()[0]
        raise Invalid(
            f"“{'.'.join(map(str, wrong['loc']))}” of the name “{str(given.get('name', ''))[:60]}” can't be so.",
            hint=f"An alias has {', '.join(Alias.model_fields)}; its kind is alias, title, nick or secret.",
        ) from None


def _shaped(project: Project, path: str, value: Any) -> Any:
    if path in ("aliases", "tags") and isinstance(value, str):
        value = (value,) if value else ()
    if path == "aliases":
        given = [_alias(a) for a in value or ()]
        return tuple({fold(a.name): a for a in reversed(given) if a.name}.values())[::-1]
    if path == "tags":
        return sound.tags(value or ())
    if path == "status":
        return sound.status(value)
    if path == "visibility":
        return sound.visibility(project, value)
    if path == "ai_visibility":
        return sound.ai_visibility(value)
    if path == "images":
        return tuple(value or ())
    if path in ("ext", "foreign_ids"):
        return dict(value or {})
    if path in ("parent", "statblock"):
        return value or None
    return readable(value or "")


def rename_entity(project: Project, entity_id: RecordId, name: str, *, keep_alias: bool = True) -> Entity:
    """Rename; `[[old]]` links in every entity and entry turn with it, and link values say the new name.

    The old name stays as an alias if `keep_alias`, so that chats which used it still lead here.
    """
    entity, new = project.get(Entity, entity_id), _checked(name)
    if new == entity.name:
        return entity
    aliases = tuple(a for a in entity.aliases if fold(a.name) != fold(new))
    if keep_alias and fold(entity.name) != fold(new) and fold(entity.name) not in {fold(a.name) for a in aliases}:
        aliases = (*aliases, Alias(name=entity.name))
    with project.commit("entity.rename", f"Rename “{entity.name}” to “{new}”") as commit:
        meant = project.sql.execute(
            "SELECT record FROM name WHERE fold = ? ORDER BY is_alias, record LIMIT 1", (fold(entity.name),)
        ).fetchone()
        prov = marks.marked(entity.prov, ["name"], now=project.clock())
        commit.put(entity.model_copy(update={"name": new, "aliases": aliases, "prov": prov}))
        if meant and meant[0] == entity_id:
            references.rewrite_wikilinks(project, commit, entity.name, new)
        references.relink(project, commit, entity_id, to=entity_id, text=new)
        _adopt(project, commit, project.get(Entity, entity_id))
        sound.parents(project, project.get(Entity, entity_id))
    return project.get(Entity, entity_id)


def _switch(project: Project, ids: Iterable[RecordId], verb: str, message: str, changes: Mapping[str, Any]) -> int:
    """The same change on many entities in one commit; gives how many it touched."""
    touched = 0
    with project.commit(verb, message) as commit:
        for entity_id in ids:
            entity = project.get(Entity, entity_id)
            changed = _applied(project, entity, changes, None)
            if changed != entity:
                commit.put(changed)
                touched += 1
    return touched


def _whom(project: Project, ids: list[RecordId]) -> str:
    return f"“{project.get(Entity, ids[0]).name}”" if len(ids) == 1 else f"{len(ids)} entries"


def set_status(project: Project, ids: Iterable[RecordId], status: Status | str) -> int:
    """Move entities to draft, reviewed, canon or deprecated."""
    all_ids = list(ids)
    wanted = sound.status(status)
    message = f"Mark {_whom(project, all_ids)} as {wanted.value}" if all_ids else ""
    return _switch(project, all_ids, "entity.status", message, {"status": wanted}) if all_ids else 0


def set_visibility(project: Project, ids: Iterable[RecordId], visibility: str) -> int:
    """Say who may see entities: `gm`, `party`, `public` or `player:<id>`."""
    all_ids = list(ids)
    message = f"Show {_whom(project, all_ids)} to {visibility}"
    return _switch(project, all_ids, "entity.visibility", message, {"visibility": visibility}) if all_ids else 0


def set_tags(project: Project, ids: Iterable[RecordId], tags: Iterable[str], *, add: bool = False) -> int:
    """Set the tags of entities; with `add`, keep the ones they have."""
    all_ids, wanted = list(ids), tuple(tags)
    touched = 0
    if not all_ids:
        return 0
    with project.commit("entity.tags", f"Tag {_whom(project, all_ids)}"):
        for entity_id in all_ids:
            old = project.get(Entity, entity_id).tags if add else ()
            touched += _switch(project, [entity_id], "entity.tags", "", {"tags": (*old, *wanted)})
    return touched


def set_kind(project: Project, entity_id: RecordId, kind: str) -> Entity:
    """Change what an entity is; fields that the new kind doesn't know stay as plain ones."""
    label = kinds.spec_of(project, kind).noun
    name = project.get(Entity, entity_id).name
    return update_entity(project, entity_id, {"kind": kind}, message=f"Make “{name}” a {label}")
