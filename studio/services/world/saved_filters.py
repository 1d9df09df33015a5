"""Filters under a name: what was typed into the World Bible's filter, kept for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import Conflict, Invalid
from studio.domain.text import fold, line
from studio.domain.worldkit import SavedFilter
from studio.services.world import sound

if TYPE_CHECKING:
    from studio.domain.ids import RecordId
    from studio.storage.project import Project


def listing(project: Project) -> list[SavedFilter]:
    """All saved filters, by name."""
    return sorted(project.all(SavedFilter), key=lambda one: fold(one.name))


def save(project: Project, name: str, query: str, *, group_by: str = "kind") -> SavedFilter:
    """Keep a filter under a name; one that has this name already says from now on what this one says."""
    tidy, typed = _checked(name), line(query)
    if not typed:
        raise Invalid("There is nothing in the filter to save. Type something into it first.")
    known = _named(project, tidy)
    with project.commit("filter.save", f"Save the filter “{tidy}”") as commit:
        if known is not None:
            return commit.put(known.model_copy(update={"name": tidy, "query": typed, "group_by": group_by}))
        return commit.put(SavedFilter(name=tidy, query=typed, group_by=group_by))


def rename(project: Project, filter_id: RecordId, name: str) -> SavedFilter:
    """Give a saved filter another name. Raises Conflict where another one has it."""
    tidy, saved = _checked(name), project.get(SavedFilter, filter_id)
    other = _named(project, tidy)
    if other is not None and other.id != filter_id:
        raise Conflict(f"There is a filter “{other.name}” already. Choose another name.")
    with project.commit("filter.rename", f"Rename the filter “{saved.name}” to “{tidy}”") as commit:
        return commit.put(saved.model_copy(update={"name": tidy}))


def delete(project: Project, filter_id: RecordId) -> None:
    """Forget a saved filter; undo brings it back."""
    saved = project.get(SavedFilter, filter_id)
    with project.commit("filter.delete", f"Delete the filter “{saved.name}”") as commit:
        commit.delete(saved)


def _checked(name: str) -> str:
    return sound.line(name, "The name of a filter", missing="A filter needs a name. Type one and try again.")


def _named(project: Project, name: str) -> SavedFilter | None:
    return next((one for one in project.all(SavedFilter) if fold(one.name) == fold(name)), None)
