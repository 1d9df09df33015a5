"""Starter recipes that ship with the studio, to be copied into a project."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from studio import resources_dir
from studio.domain.errors import NotFound
from studio.domain.recipe import Recipe
from studio.domain.record import Frozen
from studio.services.forge import recipes
from studio.services.forge.content import Content

if TYPE_CHECKING:
    from studio.storage.project import Project


class Starter(Frozen):
    """One recipe that ships with the studio."""

    key: str
    title: str
    summary: str
    use_case: str
    medium: str = "text"
    tags: tuple[str, ...] = ()
    content: Content

    @property
    def folder(self) -> str:
        """Where it goes in a project."""
        return "Starters/Images" if self.medium == "image" else "Starters/Play"


@cache
def starters() -> tuple[Starter, ...]:
    """All starter recipes, by title."""
    import yaml

    folder = resources_dir() / "presets" / "recipes"
    found = [_starter(p.stem, yaml.safe_load(p.read_text("utf-8"))) for p in folder.glob("*.yaml")]
    return tuple(sorted(found, key=lambda s: s.title))


def _starter(key: str, data: dict[str, Any]) -> Starter:
    head = {name: data.pop(name) for name in list(data) if name in Starter.model_fields}
    return Starter.model_validate({"key": key, **head, "content": data})


def starter(key: str) -> Starter:
    """The starter of this key. Raises NotFound."""
    found = next((s for s in starters() if s.key == key), None)
    if found is None:
        raise NotFound(f"There is no starter recipe “{key}”.")
    return found


def add_starter(project: Project, key: str) -> Recipe:
    """Copy one starter into the project."""
    chosen = starter(key)
    return recipes.create(
        project, title=chosen.title, use_case=chosen.use_case, folder=chosen.folder, tags=chosen.tags,
        medium=chosen.medium, content=chosen.content, message="As it ships with the studio",
    )  # fmt: skip


def add_starters(project: Project) -> int:
    """Copy every starter that the project doesn't have by title; gives how many."""
    have = {r.title for r in project.all(Recipe)}
    missing = [s for s in starters() if s.title not in have]
    with project.commit("recipe.starters", f"Add {len(missing)} starter recipes"):
        for chosen in missing:
            add_starter(project, chosen.key)
    return len(missing)


def load(_project: Project) -> tuple[Starter, ...]:
    """Read the starters on the project's thread, so that `starters` has them at hand."""
    return starters()
