"""Verbs on progress clocks: started, ticked, changed, and read by whom they are for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens, may_see
from studio.domain.text import readable
from studio.domain.world import Entity
from studio.domain.worldkit import Clock
from studio.services.world import seen, sound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

LEAST, MOST, USUAL = 2, 24, 6
_EDITABLE = frozenset({"name", "segments", "filled", "consequence", "owner_id", "visibility"})
_NEEDS = "A clock needs a name: what is it that comes closer?"
_FIGURES = re.compile(r"(?:(\d+)\s*(?:/|of|von|de|sur)\s*)?(\d+)")


def segments_in(words: str) -> tuple[int, int]:
    """(segments, filled) of a clock as somebody wrote it: `6`, `8 segments`, `2/8`, `3 of 6`. Without figures, six."""
    match = _FIGURES.search(words)
    segments = max(LEAST, min(int(match[2]) if match else USUAL, MOST))
    return segments, min(int(match[1]) if match and match[1] else 0, segments)


def add_clock(
    project: Project, *, name: str, owner_id: RecordId | None = None, segments: int = USUAL, filled: int = 0,
    consequence: str = "",
) -> Clock:  # fmt: skip
    """Start a clock, of an entity or by itself."""
    name = sound.line(name, "The name", missing=_NEEDS)
    owner = project.get(Entity, owner_id) if owner_id else None
    clock = _checked(
        {"name": name, "owner_id": owner_id, "segments": segments, "filled": filled,
         "consequence": readable(consequence).strip()}
    )  # fmt: skip
    of = f" of “{owner.name}”" if owner is not None else ""
    with project.commit("clock.add", f"New clock “{clock.name}”{of}") as commit:
        return commit.put(clock)


def _checked(data: Mapping[str, Any]) -> Clock:
    if not LEAST <= data["segments"] <= MOST:
        raise Invalid(f"A clock has {LEAST} to {MOST} segments.")
    return Clock.model_validate({**data, "filled": max(0, min(data["filled"], data["segments"]))})


def tick(project: Project, clock_id: RecordId, by: int = 1) -> Clock:
    """Move a clock on, or back with a negative step; it stops at both ends."""
    clock = project.get(Clock, clock_id)
    return set_filled(project, clock_id, clock.filled + by)


def set_filled(project: Project, clock_id: RecordId, filled: int) -> Clock:
    """Set how many segments are filled."""
    clock = project.get(Clock, clock_id)
    now = max(0, min(filled, clock.segments))
    if now == clock.filled:
        return clock
    with project.commit("clock.tick", f"Set “{clock.name}” to {now} of {clock.segments}") as commit:
        return commit.put(clock.model_copy(update={"filled": now}))


def update_clock(project: Project, clock_id: RecordId, changes: Mapping[str, Any]) -> Clock:
    """Change parts of a clock: `name`, `segments`, `filled`, `consequence`, `owner_id`, `visibility`."""
    if unknown := set(changes) - _EDITABLE:
        raise Invalid(f"A clock has no “{min(unknown)}”.")
    old = project.get(Clock, clock_id)
    tidy = sound.tidied(project, changes)
    if not tidy.get("name", old.name):
        raise Invalid(_NEEDS)
    new = _checked(old.model_dump() | tidy)
    if new == old:
        return old
    with project.commit("clock.update", f"Edit the clock “{new.name}”") as commit:
        return commit.put(new)


def remove_clock(project: Project, clock_id: RecordId) -> None:
    """Take a clock away."""
    clock = project.get(Clock, clock_id)
    with project.commit("clock.remove", f"Remove the clock “{clock.name}”") as commit:
        commit.purge(clock.kind, clock.id)


def clocks_of(project: Project, owner_id: RecordId, lens: Lens = OPEN_EYES) -> list[Clock]:
    """The clocks of an entity, the oldest first; players see those that are open to them, without what follows."""
    if owner_id not in seen.visible(project, [owner_id], lens=lens):
        return []
    found = [one for one in project.all(Clock, "owner_id = ?", (owner_id,)) if may_see(lens.audience, one.visibility)]
    return found if lens.is_gm else [_shown(project, one, lens) for one in found]


def _shown(project: Project, clock: Clock, lens: Lens) -> Clock:
    name = seen.text(project, clock.name, lens)
    return Clock(id=clock.id, name=name, owner_id=clock.owner_id, segments=clock.segments, filled=clock.filled)
