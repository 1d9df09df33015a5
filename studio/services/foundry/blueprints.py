"""Verbs on blueprints: make, duplicate, trash, and set fields with their authorship."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.blueprint import Blueprint
from studio.domain.ids import RecordId
from studio.domain.record import Authorship, Frozen, Provenance
from studio.services.foundry.apply import with_prov
from studio.services.foundry.form import field_of
from studio.services.foundry.paths import get_path, is_empty, set_path
from studio.services.foundry.values import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from studio.storage.project import Project


class BlueprintHead(Frozen):
    """A blueprint in a list."""

    id: RecordId
    name: str
    tagline: str = ""
    format: str = ""


def heads(project: Project) -> list[BlueprintHead]:
    """All live blueprints, oldest first."""
    return [
        BlueprintHead(id=b.id, name=b.name, tagline=b.identity.tagline, format=b.identity.format)
        for b in project.all(Blueprint)
    ]


def get(project: Project, blueprint_id: RecordId) -> Blueprint:
    """The blueprint. Raises NotFound."""
    return project.get(Blueprint, blueprint_id)


def find(project: Project, blueprint_id: RecordId) -> Blueprint | None:
    """The blueprint, or None when it is gone or in the trash."""
    return project.find(Blueprint, blueprint_id)


def create(project: Project, *, title: str = "", values: Mapping[str, Any] | None = None) -> Blueprint:
    """A new blueprint, empty but for these values by path."""
    blueprint = _with_values(Blueprint(), {"identity.title": title, **(values or {})}, now=project.clock())
    with project.commit("blueprint.create", f"New blueprint “{blueprint.name}”") as commit:
        return commit.put(blueprint)


def duplicate(project: Project, blueprint_id: RecordId) -> Blueprint:
    """A copy with its own life: same fields and sources, no named versions, a title that says so."""
    original = project.get(Blueprint, blueprint_id)
    ext = {k: v for k, v in original.ext.items() if k != "snapshots"}
    fresh = Blueprint.model_validate(
        {
            **{name: getattr(original, name) for name in _CONTENT},
            "tags": original.tags,
            "prov": original.prov,
            "ext": ext,
        }
    )
    copy = set_path(fresh, "identity.title", f"{original.name} (copy)")
    with project.commit("blueprint.duplicate", f"Duplicate “{original.name}”") as commit:
        return commit.put(copy)


_CONTENT = ("identity", "pitch", "dials", "shape", "world", "table", "production", "generation")


def delete(project: Project, blueprint_id: RecordId) -> None:
    """Move the blueprint to the trash."""
    blueprint = project.get(Blueprint, blueprint_id)
    with project.commit("blueprint.delete", f"Delete blueprint “{blueprint.name}”") as commit:
        commit.delete(blueprint)


def trashed(project: Project) -> list[BlueprintHead]:
    """Blueprints in the trash."""
    gone = project.all(Blueprint, "deleted_at IS NOT NULL", deleted=True)
    return [BlueprintHead(id=b.id, name=b.name) for b in gone]


def untrash(project: Project, blueprint_id: RecordId) -> Blueprint:
    """Take a blueprint out of the trash."""
    blueprint = project.get(Blueprint, blueprint_id, deleted=True)
    with project.commit("blueprint.untrash", f"Bring back “{blueprint.name}”") as commit:
        return commit.put(blueprint.model_copy(update={"deleted_at": None}))


def set_field(project: Project, blueprint_id: RecordId, path: str, value: Any) -> Blueprint:
    """Set one field as a person wrote it. None or blank empties it. Raises Invalid for what doesn't fit."""
    label = field_of(path).label
    return set_fields(project, blueprint_id, {path: value}, message=f"Blueprint: {label.lower()}")


def set_fields(
    project: Project, blueprint_id: RecordId, values: Mapping[str, Any], *, message: str = "Blueprint fields"
) -> Blueprint:
    """Set several fields in one change."""
    old = project.get(Blueprint, blueprint_id)
    new = _with_values(old, values, now=project.clock())
    if new == old:
        return old
    with project.commit("blueprint.set", message) as commit:
        return commit.put(new)


def set_tags(project: Project, blueprint_id: RecordId, tags: tuple[str, ...]) -> Blueprint:
    """Give the blueprint these tags."""
    blueprint = project.get(Blueprint, blueprint_id)
    with project.commit("blueprint.tags", f"Tags of “{blueprint.name}”") as commit:
        return commit.put(
            blueprint.model_copy(update={"tags": tuple(dict.fromkeys(t.strip() for t in tags if t.strip()))})
        )


def _with_values(blueprint: Blueprint, values: Mapping[str, Any], *, now: datetime) -> Blueprint:
    for path, value in values.items():
        changed = set_path(blueprint, path, clean(path, value))
        if get_path(changed, path) != get_path(blueprint, path):
            blueprint = with_prov(changed, path, _edited(blueprint, changed, path, now))
    return blueprint


def _edited(old: Blueprint, new: Blueprint, path: str, now: datetime) -> tuple[Provenance, ...]:
    """Where the value comes from after a person's hand: a model's words stay known as such, as edited."""
    if is_empty(get_path(new, path)):
        return ()
    before = old.prov.get(path, ())
    from_model = tuple(
        p.model_copy(update={"authorship": Authorship.AI_EDITED, "at": now})
        for p in before
        if p.authorship is not Authorship.HUMAN
    )
    return from_model or (Provenance(source="human", authorship=Authorship.HUMAN, at=now),)
