"""Verbs on recipes: make, head, versions that never change, labels, search, duplicate, trash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from studio.domain.errors import Invalid, NotFound
from studio.domain.ids import RecordId, new_id
from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.record import Frozen
from studio.domain.text import fold, line
from studio.services.forge.content import EMPTY, Content, content_of
from studio.services.forge.hashing import CONTENT_FIELDS, hashed
from studio.services.forge.slugs import free_slug
from studio.services.world import sound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from studio.storage.project import Project

USE_CASES: tuple[tuple[str, str], ...] = (
    ("concept_art", "Concept art"), ("portrait", "Portrait"), ("scene", "Scene"), ("map", "Map"),
    ("handout", "Handout"), ("encounter", "Encounter"), ("npc", "NPC"), ("recap", "Recap"), ("extract", "Extract"),
    ("qa", "Question and answer"), ("custom", "Custom"),
)  # fmt: skip
"""(value, words) of the use cases."""
_LABEL = re.compile(r"[a-z][a-z0-9-]{0,29}")


class RecipeHead(Frozen):
    """A recipe in a list. `searchable` is everything that the filter looks at, folded."""

    id: RecordId
    slug: str
    title: str
    folder: str = ""
    use_case: str = "custom"
    medium: str = ""
    tags: tuple[str, ...] = ()
    labels: dict[str, int] = Field(default_factory=dict)
    latest: int = 0
    searchable: str = ""


def heads(project: Project) -> list[RecipeHead]:
    """All live recipes, by folder and title."""
    newest = {(v.recipe_id, v.n): v for v in project.all(RecipeVersion)}
    made = [_head(r, newest.get((r.id, r.latest))) for r in project.all(Recipe)]
    return sorted(made, key=lambda h: (fold(h.folder), fold(h.title)))


def _head(recipe: Recipe, version: RecipeVersion | None) -> RecipeHead:
    texts = [b.text for b in version.blocks] if version else []
    words = [recipe.title, recipe.folder, recipe.slug, recipe.use_case.replace("_", " "), *recipe.tags, *texts]
    return RecipeHead(
        id=recipe.id, slug=recipe.slug, title=recipe.title, folder=recipe.folder, use_case=recipe.use_case,
        medium=recipe.medium, tags=recipe.tags, labels=recipe.labels, latest=recipe.latest,
        searchable=fold(" ".join(words)),
    )  # fmt: skip


def matching(found: list[RecipeHead], query: str, *, folder: str | None = None, tag: str = "") -> list[RecipeHead]:
    """The recipes that have every word of the query, in this folder (or below it) and with this tag."""
    words = fold(query).split()
    return [
        h
        for h in found
        if all(w in h.searchable for w in words)
        and (folder is None or h.folder == folder or h.folder.startswith(f"{folder}/"))
        and (not tag or tag in h.tags)
    ]


def search(project: Project, query: str) -> list[RecipeHead]:
    """Recipes by title, folder, tags, use case or text."""
    return matching(heads(project), query)


def get(project: Project, recipe_id: RecordId) -> Recipe:
    """The recipe's head. Raises NotFound."""
    return project.get(Recipe, recipe_id)


def find(project: Project, recipe_id: RecordId) -> Recipe | None:
    """The recipe's head, or None when it is gone or in the trash."""
    return project.find(Recipe, recipe_id)


def create(
    project: Project,
    *,
    title: str,
    use_case: str = "custom",
    folder: str = "",
    tags: tuple[str, ...] = (),
    medium: str = "",
    content: Content = EMPTY,
    message: str = "First version",
) -> Recipe:
    """A new recipe with its first version."""
    name = _title(title)
    recipe = Recipe(
        id=new_id(), slug=free_slug(name, _slugs(project)), title=name, folder=_folder(folder), use_case=use_case,
        medium=medium, tags=tags, latest=1,
    )  # fmt: skip
    with project.commit("recipe.create", f"New recipe “{name}”") as commit:
        recipe = commit.put(recipe)
        commit.put(_version(recipe, content, n=1, parent=None, message=message))
    return recipe


def _slugs(project: Project) -> set[str]:
    return {r.slug for r in project.all(Recipe, deleted=True)}


def _title(title: str) -> str:
    return sound.line(title, "The title", missing="A recipe needs a title. Type one and try again.")


def _folder(folder: str) -> str:
    return sound.short("/".join(words for part in folder.split("/") if (words := line(part))), "The name of a folder")


def _version(recipe: Recipe, content: Content, *, n: int, parent: int | None, message: str) -> RecipeVersion:
    fields = {name: getattr(content, name) for name in CONTENT_FIELDS}
    return hashed(RecipeVersion(id=new_id(), recipe_id=recipe.id, n=n, parent=parent, message=message, **fields))


def set_head(project: Project, recipe_id: RecordId, changes: Mapping[str, Any]) -> Recipe:
    """Change title, folder, use case, medium or tags; these are not versioned. The slug stays: includes name it."""
    recipe = project.get(Recipe, recipe_id)
    update = dict(changes)
    if unknown := update.keys() - {"title", "folder", "use_case", "medium", "tags"}:
        raise Invalid(f"A recipe's head has no “{', '.join(sorted(unknown))}”.")
    if "title" in update:
        update["title"] = _title(update["title"])
    if "folder" in update:
        update["folder"] = _folder(update["folder"])
    if "tags" in update:
        update["tags"] = tuple(dict.fromkeys(t.strip() for t in update["tags"] if t.strip()))
    with project.commit("recipe.head", f"Recipe “{update.get('title', recipe.title)}”") as commit:
        return commit.put(recipe.model_copy(update=update))


def duplicate(project: Project, recipe_id: RecordId) -> Recipe:
    """A copy that starts with the newest version."""
    recipe = project.get(Recipe, recipe_id)
    newest = version(project, recipe_id, recipe.latest)
    return create(
        project, title=f"{recipe.title} (copy)", use_case=recipe.use_case, folder=recipe.folder, tags=recipe.tags,
        medium=recipe.medium, content=content_of(newest), message=f"Copy of “{recipe.title}”, version {newest.n}",
    )  # fmt: skip


def delete(project: Project, recipe_id: RecordId) -> None:
    """Move the recipe to the trash; its versions stay with it."""
    recipe = project.get(Recipe, recipe_id)
    with project.commit("recipe.delete", f"Delete recipe “{recipe.title}”") as commit:
        commit.delete(recipe)


def trashed(project: Project) -> list[RecipeHead]:
    """Recipes in the trash."""
    return [_head(r, None) for r in project.all(Recipe, "deleted_at IS NOT NULL", deleted=True)]


def untrash(project: Project, recipe_id: RecordId) -> Recipe:
    """Take a recipe out of the trash."""
    recipe = project.get(Recipe, recipe_id, deleted=True)
    with project.commit("recipe.untrash", f"Bring back “{recipe.title}”") as commit:
        return commit.put(recipe.model_copy(update={"deleted_at": None}))


# ---- versions --------------------------------------------------------------------------------------------------------


def versions(project: Project, recipe_id: RecordId) -> list[RecipeVersion]:
    """All versions, newest first."""
    found = project.all(RecipeVersion, "owner_id = ?", (recipe_id,))
    return sorted(found, key=lambda v: v.n, reverse=True)


def version(project: Project, recipe_id: RecordId, n: int) -> RecipeVersion:
    """One version. Raises NotFound."""
    found = next((v for v in versions(project, recipe_id) if v.n == n), None)
    if found is None:
        raise NotFound(f"This recipe has no version {n}.")
    return found


def parent_of(project: Project, recipe_id: RecordId, n: int) -> int:
    """The version that this one came from; 0 for the first."""
    return version(project, recipe_id, n).parent or 0


def save_version(project: Project, recipe_id: RecordId, content: Content, *, message: str = "") -> RecipeVersion:
    """Keep the content as the next version, for good. The same content as the newest makes no version."""
    recipe = project.get(Recipe, recipe_id)
    found = versions(project, recipe_id)
    newest = next((v for v in found if v.n == recipe.latest), None)
    if newest is not None and content_of(newest).hash() == content.hash():
        return newest
    n = max((v.n for v in found), default=0) + 1
    said = " ".join(message.split()) or f"Version {n}"
    made = _version(recipe, content, n=n, parent=recipe.latest or None, message=said)
    with project.commit("recipe.save", f"“{recipe.title}” version {n}: {said}") as commit:
        commit.put(recipe.model_copy(update={"latest": n}))
        return commit.put(made)


def restore(project: Project, recipe_id: RecordId, n: int) -> RecipeVersion:
    """Make an old version the newest, as a new one."""
    old = version(project, recipe_id, n)
    return save_version(project, recipe_id, content_of(old), message=f"Restore version {n}")


def set_label(project: Project, recipe_id: RecordId, label: str, n: int | None) -> Recipe:
    """Point a label such as `production` to a version; None takes the label away."""
    name = label.strip().lower().replace(" ", "-")
    if not _LABEL.fullmatch(name) or name == "latest":
        raise Invalid("A label is one short word of letters, digits and hyphens, and not “latest”.")
    recipe = project.get(Recipe, recipe_id)
    if n is not None:
        version(project, recipe_id, n)
    labels = {k: v for k, v in recipe.labels.items() if k != name} | ({name: n} if n is not None else {})
    where = f"to version {n}" if n is not None else "away"
    with project.commit("recipe.label", f"“{recipe.title}”: {name} {where}") as commit:
        return commit.put(recipe.model_copy(update={"labels": labels}))
