"""Half-typed fields, kept beside the log until they are stored, and what the dock was showing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.services.foundry.blueprints import find, set_fields
from studio.services.foundry.form import field_of
from studio.services.foundry.paths import is_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.blueprint import Blueprint
    from studio.domain.ids import RecordId
    from studio.storage.project import Project

_CURRENT, _FOLDS = "foundry:current", "foundry:folds"


def _prefix(blueprint_id: RecordId) -> str:
    return f"blueprint-draft:{blueprint_id}:"


def keep(project: Project, blueprint_id: RecordId, values: Mapping[str, Any]) -> None:
    """Keep what is being typed, by path."""
    for path, value in values.items():
        project.scratch_set(_prefix(blueprint_id) + path, json.dumps(value, default=_plain))


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else list(value)


def pending(project: Project, blueprint_id: RecordId) -> dict[str, Any]:
    """What was typed and never stored, by path."""
    prefix = _prefix(blueprint_id)
    kept = {key[len(prefix) :]: json.loads(text) for key, text in project.scratch_all(prefix).items()}
    return {path: value for path, value in kept.items() if is_path(path)}


def save(project: Project, blueprint_id: RecordId, values: Mapping[str, Any]) -> Blueprint | None:
    """Store fields in one change and forget their drafts. None when the blueprint is gone."""
    if find(project, blueprint_id) is None:
        return None
    labels = ", ".join(field_of(path).label.lower() for path in values)
    saved = set_fields(project, blueprint_id, values, message=f"Blueprint: {labels}")
    for path in values:
        project.scratch_set(_prefix(blueprint_id) + path, "")
    return saved


def current(project: Project) -> str:
    """The blueprint that was shown last, or nothing."""
    return project.scratch_get(_CURRENT)


def set_current(project: Project, blueprint_id: str) -> None:
    """Remember what is shown."""
    project.scratch_set(_CURRENT, blueprint_id)


def folds(project: Project) -> list[str]:
    """The sections that were unfolded last; empty where nobody folded any."""
    return project.scratch_get(_FOLDS).split()


def set_folds(project: Project, sections: list[str]) -> None:
    """Remember which sections are unfolded."""
    project.scratch_set(_FOLDS, " ".join(sections))
