"""Pins, clocks and clues follow what becomes of the entities that they hang on: a merge, a purge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.worldkit import Clock, Clue, Pin

if TYPE_CHECKING:
    from studio.domain.ids import RecordId
    from studio.domain.world import Entity
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project

_NAMES_IT = "instr(data, ?)"


def purge_around(project: Project, commit: CommitWriter, entity: Entity) -> None:
    """The entity goes for good, and its own pins and clocks with it; what only speaks of it keeps its words."""
    about = (f'"{entity.id}"',)
    for pin in project.all(Pin, _NAMES_IT, about, deleted=True):
        if pin.map_id == entity.id:
            commit.purge(pin.kind, pin.id)
        else:
            commit.put(pin.model_copy(update={"target_id": None, "name": pin.name or entity.name}))
    for clock in project.all(Clock, "owner_id = ?", (entity.id,), deleted=True):
        commit.purge(clock.kind, clock.id)
    for clue in project.all(Clue, _NAMES_IT, about, deleted=True):
        planned = tuple(one for one in clue.planned_in if one != entity.id)
        commit.put(_turned(clue, entity.id, None).model_copy(update={"planned_in": planned}))


def move_around(project: Project, commit: CommitWriter, old: RecordId, new: RecordId) -> None:
    """The entity became another: what hung on it hangs on that one."""
    about = (f'"{old}"',)
    for pin in project.all(Pin, _NAMES_IT, about, deleted=True):
        ends = {key: new for key in ("map_id", "target_id") if getattr(pin, key) == old}
        commit.put(pin.model_copy(update=ends))
    for clock in project.all(Clock, "owner_id = ?", (old,), deleted=True):
        commit.put(clock.model_copy(update={"owner_id": new}))
    for clue in project.all(Clue, _NAMES_IT, about, deleted=True):
        planned = tuple(dict.fromkeys(new if one == old else one for one in clue.planned_in))
        commit.put(_turned(clue, old, new).model_copy(update={"planned_in": planned}))


def _turned(clue: Clue, old: RecordId, new: RecordId | None) -> Clue:
    ends = {key: new for key in ("delivered_in", "about_id") if getattr(clue, key) == old}
    return clue.model_copy(update=ends)
