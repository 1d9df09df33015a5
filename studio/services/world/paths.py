"""How two entities hang together: the shortest way between them, with the relations along it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import NotFound
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.services.world.reach import EVERYTHING, Only, Reach
from studio.services.world.ties import Edge, edges_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.storage.project import Project


class Step(NamedTuple):
    """One entity on the way, and the relations that lead on from it; none at the end."""

    id: RecordId
    name: str
    kind: str
    edges: tuple[Edge, ...] = ()


def path_between(
    project: Project, start: RecordId, end: RecordId, *, only: Only = EVERYTHING, lens: Lens = OPEN_EYES
) -> list[Step] | None:
    """The shortest way from one entity to another, both included; None where no relation leads there.

    Searches from both ends and grows the smaller side. Among equals the way with the smaller ids is taken, so that
    the same world always gives the same way. Raises NotFound for an end that isn't there, or not for this lens.
    """
    reach = Reach(project, only, lens)
    reach.look_at([start, end], any_kind=True)
    if start not in reach.known or end not in reach.known:
        raise NotFound("One of the two entries isn't in the project any more.", hint="It may be in the trash.")
    way = [start] if start == end else _meet(reach, start, end)
    return None if way is None else _told(project, reach, way)


def _meet(reach: Reach, start: str, end: str) -> list[str] | None:
    """The ids of a shortest way. Each side is id → the id that it was reached from."""
    sides: tuple[dict[str, str], dict[str, str]] = ({start: ""}, {end: ""})
    fronts = [[start], [end]]
    while fronts[0] and fronts[1]:
        grown = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        near, other = sides[grown], sides[1 - grown]
        found: dict[str, str] = {}
        for one, reached in sorted(reach.neighbours(fronts[grown]).items()):
            for next_ in reached:
                if next_ not in near:
                    found.setdefault(next_, one)
        near.update(found)
        if meeting := found.keys() & other.keys():
            return _joined(sides, min(meeting))
        fronts[grown] = list(found)
    return None


def _joined(sides: tuple[dict[str, str], dict[str, str]], middle: str) -> list[str]:
    return [*reversed(_back(sides[0], middle)), *_back(sides[1], sides[1][middle])]


def _back(reached: dict[str, str], at: str) -> list[str]:
    way = []
    while at:
        way.append(at)
        at = reached[at]
    return way


def _told(project: Project, reach: Reach, way: Sequence[str]) -> list[Step]:
    pairs = [{one, other} for one, other in itertools.pairwise(way)]
    links = [link for link in reach.links_of(way).values() if {link.from_id, link.to_id} in pairs]
    edges = edges_for(project, links, lens=reach.lens)
    steps = []
    for at, record in enumerate(way):
        along = tuple(e for e in edges if at < len(pairs) and {e.from_id, e.to_id} == pairs[at])
        known = reach.known[record]
        steps.append(Step(RecordId(record), known.name, known.kind, along))
    return steps


def told(way: list[Step]) -> str:
    """A way in words: each entry, and how it leads to the next."""
    parts = [way[0].name]
    for step, following in itertools.pairwise(way):
        words = " and ".join(dict.fromkeys(edge.reads(step.id) for edge in step.edges))
        parts.append(f"{words} → {following.name}")
    return " → ".join(parts) if len(way) > 1 else f"{way[0].name} is where you are."
