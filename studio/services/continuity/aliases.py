"""Two different things with one name, and nothing in the world that says so."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from studio.domain.continuity import Evidence
from studio.services.continuity import knowing, likeness, telling
from studio.services.continuity.naming import bare

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Thing, World

RULE = "alias_collision"
_MOST = 12
"""Of more things with one name than this, the name is a word like any other (“the Captain”)."""


def find(
    world: World, only: Collection[RecordId] | None = None, *, but: Collection[frozenset[RecordId]] = ()
) -> list[Finding]:
    """Names that several things have though none of them knows of the other. `but` are pairs known to be one thing."""
    found: list[Finding] = []
    told = set(but)
    for name, holders in likeness.of(world).sharing(only):
        for one, two in _strangers(world, name, holders) if len(holders) <= _MOST else ():
            pair = frozenset((one.id, two.id))
            if pair not in told and (only is None or pair & set(only)):
                told.add(pair)
                found.append(_finding(world, one, two))
    return found


def _strangers(world: World, name: str, holders: list[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """One pair of each two groups that don't know of each other; a chain of holders is one group."""
    groups: list[list[Thing]] = []
    for thing in holders:
        if thing.status != "deprecated" and not knowing.tells_apart(thing, name):
            near = [group for group in groups if any(knowing.aware(world, thing, other) for other in group)]
            groups = [group for group in groups if group not in near]
            groups.append([thing, *(one for group in near for one in group)])
    for one, two in combinations(groups, 2):
        yield min(one, key=_age), min(two, key=_age)


def _age(thing: Thing) -> RecordId:
    return thing.id


def _finding(world: World, one: Thing, two: Thing) -> Finding:
    names = {bare(name): name for name in two.names}
    name = next(name for name in one.names if bare(name) in names)
    other = names[bare(name)]
    return telling.finding(
        world, RULE, "alias_collision", severity="warning", about=[one.id, two.id],
        sides=[_side(one, name), _side(two, other)],
        why=f"“{_own(one, name)}” and “{_own(two, other)}” are both called “{name}”, and nothing in the world says so.",
    )  # fmt: skip


def _own(thing: Thing, shared: str) -> str:
    """What to call it where its own name doesn't tell it apart."""
    return thing.name if bare(thing.name) != bare(shared) else f"{thing.name} ({thing.kind.replace('_', ' ')})"


def _side(thing: Thing, name: str) -> telling.Side:
    at = thing.aliases.index(name) if name in thing.aliases else -1
    path = f"aliases.{at}.name" if at >= 0 else "name"
    says = f"{thing.name} is called “{name}”" if at >= 0 else f"its name is “{name}”"
    return telling.Side(Evidence(record=thing.id, rev=thing.rev, path=path, quote=name, says=says), thing.visibility)
