"""Blueprint presets that ship with the studio: a good start by genre and structure; they only fill what is empty."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import Field

from studio import resources_dir
from studio.domain.blueprint import Blueprint
from studio.domain.errors import NotFound
from studio.domain.record import Frozen, Provenance
from studio.services.foundry.apply import with_prov
from studio.services.foundry.paths import get_path, is_empty, set_path
from studio.services.foundry.revisions import FieldDiff, diff
from studio.services.foundry.values import clean

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from studio.domain.ids import RecordId
    from studio.storage.project import Project


class Preset(Frozen):
    """One preset: values by path of the form."""

    key: str
    title: str
    summary: str
    tags: tuple[str, ...] = ()
    values: dict[str, Any] = Field(default_factory=dict)


@cache
def presets() -> tuple[Preset, ...]:
    """All presets, in the order of their titles."""
    import yaml

    folder = resources_dir() / "presets" / "blueprints"
    found = [
        Preset.model_validate({"key": p.stem, **yaml.safe_load(p.read_text("utf-8"))}) for p in folder.glob("*.yaml")
    ]
    return tuple(sorted(found, key=lambda preset: preset.title))


def preset(key: str) -> Preset:
    """The preset of this key. Raises NotFound."""
    found = next((p for p in presets() if p.key == key), None)
    if found is None:
        raise NotFound(f"There is no preset “{key}”.")
    return found


def filled(blueprint: Blueprint, chosen: Preset, *, at: datetime | None, only: Collection[str] = ()) -> Blueprint:
    """The blueprint with the preset's values where it had none; `only` narrows to these paths."""
    source = Provenance(source="import", ref_id=f"preset:{chosen.key}", basis="default", at=at)
    for path, value in chosen.values.items():
        if (only and path not in only) or not is_empty(get_path(blueprint, path)):
            continue
        blueprint = with_prov(set_path(blueprint, path, clean(path, value)), path, (source,))
    return blueprint


def preview(blueprint: Blueprint, chosen: Preset) -> list[FieldDiff]:
    """What applying the preset would fill."""
    return diff(blueprint, filled(blueprint, chosen, at=None))


def apply_preset(project: Project, blueprint_id: RecordId, key: str, *, only: Collection[str] = ()) -> Blueprint:
    """Fill the empty fields from a preset, all or only these paths."""
    chosen = preset(key)
    blueprint = project.get(Blueprint, blueprint_id)
    with project.commit("blueprint.preset", f"Preset “{chosen.title}”") as commit:
        return commit.put(filled(blueprint, chosen, at=project.clock(), only=only))


def create_from_preset(project: Project, key: str, *, title: str = "") -> Blueprint:
    """A new blueprint with all that a preset says."""
    chosen = preset(key)
    start = set_path(Blueprint(), "identity.title", clean("identity.title", title))
    with project.commit("blueprint.create", f"New blueprint from “{chosen.title}”") as commit:
        return commit.put(filled(start, chosen, at=project.clock()))


def load(_project: Project) -> tuple[Preset, ...]:
    """Read the presets on the project's thread, so that `presets` has them at hand."""
    return presets()
