"""Half-made content and slot values, kept beside the log until a version is saved."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.record import Frozen
from studio.services.forge.content import Content, content_of
from studio.services.forge.recipes import find, save_version, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

log = logging.getLogger(__name__)


class Editing(Frozen):
    """What the editor opens with. `dirty`: the content is a draft that differs from version `base`."""

    recipe: Recipe
    content: Content
    base: int
    dirty: bool
    values: dict[str, str] = Field(default_factory=dict)


def _key(recipe_id: RecordId) -> str:
    return f"recipe-draft:{recipe_id}"


def keep(project: Project, recipe_id: RecordId, content: Content, *, base: int) -> None:
    """Keep a draft of the content; `base` is the version it started from. The same as the newest is no draft."""
    recipe = find(project, recipe_id)
    if recipe is None or content_of(version(project, recipe_id, recipe.latest)).hash() == content.hash():
        discard(project, recipe_id)
        return
    text = json.dumps({"base": base, "content": content.model_dump(mode="json", exclude_defaults=True)})
    project.scratch_set(_key(recipe_id), text)


def discard(project: Project, recipe_id: RecordId) -> None:
    """Forget the draft."""
    project.scratch_set(_key(recipe_id), "")


def save(project: Project, recipe_id: RecordId, content: Content, *, message: str = "") -> RecipeVersion:
    """Keep the content as the next version and forget the draft."""
    made = save_version(project, recipe_id, content, message=message)
    discard(project, recipe_id)
    return made


def keep_values(project: Project, recipe_id: RecordId, values: Mapping[str, str]) -> None:
    """Remember what the slots were filled with last."""
    filled = {k: v for k, v in values.items() if v}
    project.scratch_set(f"recipe-values:{recipe_id}", json.dumps(filled) if filled else "")


def opened(project: Project, recipe_id: RecordId) -> Editing | None:
    """The recipe as the editor should show it: with its draft if there is one. None when it is gone."""
    recipe = find(project, recipe_id)
    if recipe is None:
        return None
    saved = content_of(version(project, recipe_id, recipe.latest))
    content, base = _draft(project, recipe_id) or (saved, recipe.latest)
    values = json.loads(project.scratch_get(f"recipe-values:{recipe_id}") or "{}")
    return Editing(recipe=recipe, content=content, base=base, dirty=content.hash() != saved.hash(), values=values)


def _draft(project: Project, recipe_id: RecordId) -> tuple[Content, int] | None:
    text = project.scratch_get(_key(recipe_id))
    if not text:
        return None
    try:
        kept = json.loads(text)
        return Content.model_validate(kept["content"]), int(kept["base"])
    except (ValidationError, ValueError, KeyError):
        log.warning("a recipe's draft could not be read and was left alone")
        return None
