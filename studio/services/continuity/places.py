"""Rules on places: nobody is in two of them at one time, unless one lies in the other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from studio.services.continuity import telling
from studio.services.continuity.facts import ref_of
from studio.services.continuity.spans import event_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Fact, Thing, World
    from studio.services.continuity.telling import Side

LONGEST = 3
"""Days: whoever is part of something longer may well go away for a while."""
HERE = frozenset({"current_location", "location", "whereabouts", "seen_at", "lodging"})
"""Claims that say where somebody is."""
_MOST = 200


class Stay(NamedTuple):
    """Somebody at a place, from one day to another."""

    lo: float
    hi: float
    places: tuple[RecordId, ...]
    about: tuple[RecordId, ...]
    sides: tuple[Side, ...]
    says: str

    def meets(self, other: Stay) -> bool:
        """Whether both are on one day; of longer ones the day on which one ends and the other begins is a journey."""
        lo, hi = max(self.lo, other.lo), min(self.hi, other.hi)
        if lo != hi:
            return lo < hi
        return not any(one.lo < one.hi and lo in (one.lo, one.hi) for one in (self, other))


def two_places(world: World, thing: Thing) -> Iterator[Finding]:
    """The same person at two places, on days that leave no other reading."""
    stays = sorted(_stays(world, thing), key=lambda stay: (stay.lo, stay.hi))[:_MOST]
    for one, other in combinations(stays, 2):
        if one.meets(other) and _apart(world, one, other):
            yield telling.finding(
                world, "two_places", "two_places", about=[thing.id, *one.about, *other.about],
                sides=[*one.sides, *other.sides],
                why=f"{thing.name} is at two places at one time: {one.says}; {other.says}.",
            )  # fmt: skip


def _stays(world: World, thing: Thing) -> Iterator[Stay]:
    said = list(world.facts_of(thing.id))
    told = {fact.object for fact in said if fact.predicate == "participated_in"}
    for fact in (*said, *(one for one in world.deeds_in_fields(thing.id) if one.object not in told)):
        if not fact.sure:
            continue
        if fact.predicate in HERE and (stay := _said(world, fact)):
            yield stay
        event = world.things.get(fact.object) if fact.predicate == "participated_in" and fact.object else None
        if event and (stay := _took_part(world, fact, event)):
            yield stay


def _said(world: World, fact: Fact) -> Stay | None:
    if not fact.start or not fact.end or not short(fact):
        return None
    places = (fact.object,) if fact.object else world.meant(str(fact.value))
    if not places:
        return None
    says = f"{' or '.join(map(world.name, places))} {telling.period_words(world, fact)}"
    return Stay(fact.start.lo, fact.end.hi, places, (), (telling.of_fact(world, fact),), says)


def short(fact: Fact) -> bool:
    """Whether a statement is of a day or a few."""
    return bool(fact.start and fact.end and fact.end.hi - fact.start.lo < LONGEST)


def _took_part(world: World, fact: Fact, event: Thing) -> Stay | None:
    days, where = event_days(event), tuple(_where(world, event))
    if not days or not where or days[1] - days[0] >= LONGEST:
        return None
    places = tuple(one for one, _ in where)
    sides = (telling.of_fact(world, fact), telling.of_date(world, event, event.begin_path), *(s for _, s in where))
    says = f"{event.name} at {' and '.join(map(world.name, places))} {world.words(event.begin)}"
    return Stay(*days, places, (event.id,), sides, says)


def _where(world: World, event: Thing) -> Iterator[tuple[RecordId, Side]]:
    """Where an event is, by its relations, else by its field."""
    said = [fact for fact in world.facts_of(event.id) if fact.predicate == "happened_at"]
    for fact in said or (fact for fact in world.field_facts(event) if fact.predicate == "location"):
        if fact.sure and fact.object and fact.object in world.things:
            yield fact.object, telling.of_fact(world, fact)


def _apart(world: World, one: Stay, other: Stay) -> bool:
    return not any(nested(world, a, b) for a in one.places for b in other.places)


def nested(world: World, one: RecordId, other: RecordId) -> bool:
    """Whether two places are one, or either lies in the other."""
    return contains(world, one, other) or contains(world, other, one)


def contains(world: World, outer: RecordId, inner: RecordId) -> bool:
    """Whether a place is another, or lies in it by any number of steps."""
    return outer == inner or outer in around(world, inner)


def around(world: World, place: RecordId) -> set[RecordId]:
    """Every place that this one lies in."""
    seen: set[RecordId] = set()
    waiting = [place]
    while waiting:
        for outer in steps_out(world, waiting.pop()):
            if outer not in seen:
                seen.add(outer)
                waiting.append(outer)
    return seen


def steps_out(world: World, place: RecordId) -> Iterator[RecordId]:
    """The places that this one lies directly in."""
    for fact in world.facts_of(place):
        if fact.predicate == "located_in" and fact.sure and fact.object:
            yield fact.object
    thing = world.things.get(place)
    if thing is None:
        return
    if thing.parent:
        yield thing.parent
    for name in ("parent", "location"):
        if ref := ref_of(thing.fields.get(name)):
            yield ref
