"""Changing an entity by `field=value` as people write it: names for links, dates in words, `;` between several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from studio.domain.errors import Conflict, Invalid, NotFound
from studio.domain.record import Frozen, Record, Status
from studio.domain.text import fold
from studio.domain.world import Entity
from studio.services.world import bulk, entities, kinds, lenses, lookup, statements
from studio.services.world.statements import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.ids import RecordId
    from studio.domain.vocabulary import FieldSpec, KindSpec
    from studio.storage.project import Project

PLAIN = (
    "name", "kind", "summary", "body", "subtype", "parent", "aliases", "tags", "status", "visibility", "ai_visibility",
)  # fmt: skip
"""What every entity has. A field of its kind with the same name is written `fields.status`."""
_AI = get_args(Record.model_fields["ai_visibility"].annotation)
_YES, _NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}


class Assigned(Frozen):
    """What became of an entity: whether it is new, and each field that changed. `stated` are fields told more of."""

    entity: Entity
    created: bool = False
    changed: tuple[bulk.Cell, ...] = ()
    stated: tuple[str, ...] = ()


def assign(
    project: Project, name: str, assignments: Sequence[str], *, kind: str = "", terms: Terms | None = None,
    judge: Callable[[Entity], None] | None = None,
) -> Assigned:  # fmt: skip
    """Set these `field=value` of the entity of this name, in one commit; an empty value takes the field away.

    With `kind` an entity that isn't there is made. `terms` are of the fields that are set. `judge` sees the entity
    before it is kept and may raise. Raises NotFound, Conflict and Invalid with what to write instead.
    """
    pairs = [_pair(one) for one in assignments]
    said = statements.read(project, terms or Terms())
    with project.commit("entity.set", _message(name, pairs)):
        found, created = _there(project, name, kind)
        before = project.get(Entity, found)
        told = _changes(project, before, pairs)
        entities.update_entity(project, found, told)
        paths = [path for path in told if "." in path]
        if said and not paths:
            raise Invalid("Dates, certainty and audience are those of fields. Name the fields with their values.")
        after = statements.state(project, found, paths, said) if said else project.get(Entity, found)
        if judge is not None:
            judge(after)
    changed = bulk.differences(project, Entity(kind=after.kind, name="") if created else before, after)
    stated = tuple(path for path in paths if after.statement(path) != before.statement(path))
    return Assigned(entity=after, created=created, changed=changed, stated=stated)


def _pair(word: str) -> tuple[str, str]:
    field, equals, value = word.partition("=")
    if not equals or not field.strip():
        raise Invalid(f"“{word}” doesn't say what to set. Write field=value, as in role=captain.")
    return field.strip(), value.strip()


def _message(name: str, pairs: Sequence[tuple[str, str]]) -> str:
    words = ", ".join(field.rpartition(".")[2] for field, _ in pairs[:3]) + (" …" if len(pairs) > 3 else "")
    return f"Set {words} of “{name}”" if words else f"New “{name}”"


def _there(project: Project, name: str, kind: str) -> tuple[RecordId, bool]:
    """(id, whether it was made for this) of the entity of this name."""
    wanted = kinds.named(project, kind).name if kind else ""
    try:
        found = lookup.meant(project, name, exact=True, of_kinds=(wanted,) if wanted else ())
    except NotFound:
        if not wanted:
            raise
        return entities.create_entity(project, kind=wanted, name=name).id, True
    is_ = project.get(Entity, found).kind
    if wanted and is_ != wanted:
        noun = kinds.spec_of(project, is_).noun
        raise Conflict(f"“{name}” is there already, as {noun}. Leave --kind out, or set kind={wanted} to change it.")
    return found, False


# ---- fields --------------------------------------------------------------------------------------------------------


def _changes(project: Project, entity: Entity, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The assignments as `update_entity` takes them."""
    told: dict[str, Any] = {}
    kind = next((value for field, value in pairs if field == "kind"), "")
    spec = kinds.named(project, kind) if kind else kinds.spec_of(project, entity.kind)
    for field, value in pairs:
        path = _path(entity, spec, field)
        told[path] = _typed(project, spec, path, value)
    return told


def _path(entity: Entity, spec: KindSpec, word: str) -> str:
    group, dot, name = word.partition(".")
    if dot and name and group in ("fields", "custom"):
        return word
    name = fold(word).replace(" ", "_")
    if name == "parent" and spec.field("parent") is not None:
        return "fields.parent"
    if name in PLAIN:
        return name
    if word in entity.custom:
        return f"custom.{word}"
    if spec.field(name) is not None or word in entity.fields or not spec.fields:
        return f"fields.{name if spec.field(name) else word}"
    by_label = next((one.name for one in spec.fields if fold(one.label) == fold(word)), "")
    if by_label:
        return f"fields.{by_label}"
    near = lookup.close_to(name, [*PLAIN, *(one.name for one in spec.fields)])
    hint = f"Did you mean {lookup.one_of(near)}?" if near else f"It has {', '.join(one.name for one in spec.fields)}."
    raise Invalid(f"{spec.label} has no field “{word}”. {hint} For one of your own write custom.{name}.")


def _typed(project: Project, spec: KindSpec, path: str, value: str) -> Any:
    group, dot, name = path.partition(".")
    if dot:
        return _field(project, spec.field_or_plain(name), value) if group == "fields" and value else value
    if path in ("aliases", "tags"):
        return _several(value)
    if path == "kind":
        return spec.name
    if path == "parent":
        return lookup.meant(project, value, exact=True) if value else None
    if path == "visibility":
        return lenses.visibility_of(project, value)
    for name, words in (("status", tuple(Status)), ("ai_visibility", _AI)):
        if path == name and value not in words:
            more = f" For the field of that name write fields.{name}." if spec.field(name) else ""
            raise Invalid(f"An entry's {name.replace('_', ' ')} is {', '.join(words)}; not “{value}”.{more}")
    return value


def _several(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _field(project: Project, spec: FieldSpec, value: str) -> Any:
    """The value of a typed field, where it has one type of its own; the rest is shaped by the field itself."""
    if spec.type == "date":
        return lenses.date_of(project, value)
    if spec.type in ("link", "links"):
        return [_link(project, spec, one) for one in (_several(value) if spec.type == "links" else [value])]
    if spec.type == "bool" and fold(value) not in _YES | _NO:
        raise Invalid(f"{spec.label} is yes or no, not “{value}”.")
    if spec.type == "number":
        try:
            return int(value) if value.lstrip("+-").isdigit() else float(value)
        except ValueError:
            raise Invalid(f"{spec.label} is a number, not “{value}”.") from None
    return value


def _link(project: Project, spec: FieldSpec, value: str) -> dict[str, Any]:
    """A link to what is called so; `[[Name]]` also links to what isn't there yet."""
    try:
        found = lookup.meant(project, value, exact=True, of_kinds=spec.kinds)
    except NotFound as error:
        if value.startswith("[["):
            return {"text": value.removeprefix("[[").removesuffix("]]")}
        raise NotFound(
            error.sentence, hint=f"{error.hint} [[{value}]] links to what isn't there yet.".strip()
        ) from None
    return {"text": project.get(Entity, found).name, "ref": found}
