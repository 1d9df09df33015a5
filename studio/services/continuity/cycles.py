"""Rules on circles: nobody is their own ancestor, no place lies in itself, nothing causes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.predicates import ACYCLIC
from studio.services.continuity import telling
from studio.services.continuity.spans import ALWAYS, Held, held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Fact, Thing, World

_MOST_STEPS = 5000
_PARENTS = {"located_in": ("parent", "location"), "member_of": ("parent",)}
"""Link fields that say the same as the relation."""


class _Path(NamedTuple):
    """A way along facts that all hold at one time."""

    at: RecordId
    facts: tuple[Fact, ...]
    held: Held


def cycle(world: World, thing: Thing) -> Iterator[Finding]:
    """The shortest circle through an entity along each relation that may have none."""
    stated = {fact.predicate for fact in world.facts_of(thing.id)}
    held_in = any(thing.fields.get(name) for name in ("parent", "location"))
    for type_ in ACYCLIC:
        if type_ not in stated and not (held_in and type_ in _PARENTS):
            continue
        if path := _circle(world, thing, type_):
            at = min(range(len(path)), key=lambda n: path[n].subject)
            names = [world.name(fact.subject) for fact in (*path[at:], *path[: at + 1])]
            yield telling.finding(
                world, f"cycle_{type_}", "cycle", about=sorted(fact.subject for fact in path),
                sides=sorted((telling.of_fact(world, fact) for fact in path), key=lambda side: side.evidence.record),
                why=f"{type_.replace('_', ' ').capitalize()} goes round in a circle: {' → '.join(names)}.",
            )  # fmt: skip


def _circle(world: World, thing: Thing, type_: str) -> tuple[Fact, ...]:
    """Breadth first, so that the shortest comes first; steps are bounded, since paths of one time may be many."""
    waiting = [_Path(thing.id, (), ALWAYS)]
    seen: set[tuple[RecordId, Held]] = set()
    for steps, path in enumerate(waiting):
        if steps > _MOST_STEPS:
            break
        for fact in _edges(world, path.at, type_):
            both = path.held.within(held(world, fact))
            if fact.object is None or not both.lo < both.hi:
                continue
            if fact.object == thing.id:
                return (*path.facts, fact)
            if (fact.object, both) not in seen:
                seen.add((fact.object, both))
                waiting.append(_Path(fact.object, (*path.facts, fact), both))
    return ()


def _edges(world: World, at: RecordId, type_: str) -> Iterator[Fact]:
    for fact in world.facts_of(at):
        if fact.predicate == type_ and fact.sure and fact.form == "relation" and fact.object in world.things:
            yield fact
    thing = world.things.get(at)
    if thing and type_ in _PARENTS and (thing.kind == "faction") == (type_ == "member_of"):
        for fact in world.field_facts(thing):
            if fact.predicate in _PARENTS[type_] and fact.sure and fact.object in world.things:
                yield fact
