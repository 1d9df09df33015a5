"""Where a recipe is used: by other recipes, by blueprints, by the answer it came from, and how often it was sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from studio.domain.blueprint import Blueprint
from studio.domain.candidate import Changeset
from studio.domain.ids import RecordId
from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.record import Frozen

if TYPE_CHECKING:
    from studio.storage.project import Project


class Use(Frozen):
    """One place that uses the recipe; `record_id` and `kind` say where to go, if there is a place."""

    kind: str
    record_id: RecordId
    words: str


def record_use(project: Project, recipe_id: RecordId, *, how: Literal["copy", "chat"], n: int = 0) -> None:
    """Write down that the rendered prompt left the forge."""
    project.audit("recipe.used", recipe_id, {"how": how, "version": n})


def used_in(project: Project, recipe_id: RecordId) -> list[Use]:
    """Everything that uses the recipe, nearest first."""
    recipe = project.get(Recipe, recipe_id)
    return [
        *_origin(project, recipe),
        *_recipes(project, recipe),
        *_blueprints(project, recipe),
        *_sent(project, recipe),
    ]


def _origin(project: Project, recipe: Recipe) -> list[Use]:
    seen = {p.ref_id for provs in recipe.prov.values() for p in provs if p.source == "chat" and p.ref_id}
    made = [c for c in project.all(Changeset) if recipe.id in c.made.values()] if not seen else []
    uses = [Use(kind="message", record_id=RecordId(ref), words="Came from an answer") for ref in sorted(seen)]
    return uses or [Use(kind="changeset", record_id=c.id, words="Saved from an answer") for c in made[:1]]


def _recipes(project: Project, recipe: Recipe) -> list[Use]:
    newest = {(v.recipe_id, v.n): v for v in project.all(RecipeVersion)}
    found = []
    for other in project.all(Recipe):
        version = newest.get((other.id, other.latest))
        if version and any(b.include.partition("@")[0] == recipe.slug for b in version.blocks):
            found.append(Use(kind="recipe", record_id=other.id, words=f"Included by “{other.title}”"))
    return found


def _blueprints(project: Project, recipe: Recipe) -> list[Use]:
    named = {recipe.slug, recipe.title}
    return [
        Use(kind="blueprint", record_id=b.id, words=f"Default recipe of “{b.name}”")
        for b in project.all(Blueprint)
        if named & set(b.generation.default_recipes)
    ]


def _sent(project: Project, recipe: Recipe) -> list[Use]:
    rows = project.sql.execute(
        "SELECT detail FROM audit WHERE action = 'recipe.used' AND subject = ?", (recipe.id,)
    ).fetchall()
    ways = [json.loads(row[0]).get("how") for row in rows]
    words = {"chat": "Sent to chat", "copy": "Copied"}
    return [
        Use(kind="", record_id=RecordId(""), words=f"{text} {n} {'time' if n == 1 else 'times'}")
        for how, text in words.items()
        if (n := ways.count(how))
    ]
