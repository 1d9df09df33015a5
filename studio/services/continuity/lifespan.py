"""Rules on the time in which something exists: nobody acts before their birth or after their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain import predicates
from studio.services.continuity import telling, wording
from studio.services.continuity.spans import BEGINNING, ENDING, event_days, years_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding, FindingType
    from studio.services.continuity.facts import Fact, Thing, World

_MONTHS_AFTER_A_FATHER = 10
_DEED = frozenset({"participated_in", "attended"})


def after_the_end(world: World, thing: Thing) -> Iterator[Finding]:
    """Something stated of an entity that begins, or is still said to hold, after it died or was gone."""
    end = thing.end
    if end is None or thing.end_path not in ENDING or wording.is_undead(thing):
        return
    for fact in _doings(world, thing):
        if fact.start and end.is_before(fact.start):
            yield _told(world, thing, fact, f"begins {world.words(fact.start)}", late=True)
        elif fact.end and end.is_before(fact.end):
            yield _told(world, thing, fact, f"is said to hold until {world.words(fact.end)}", late=True)
        elif (founded := _founding(world, thing, fact)) and founded.begin and end.is_before(founded.begin):
            yield _founder(world, thing, fact, founded, late=True)
        elif (event := _event(world, thing, fact)) and event.begin and end.is_before(event.begin):
            yield from () if wording.honours(event, fact.role) else [_took_part(world, thing, fact, event, late=True)]


def before_the_beginning(world: World, thing: Thing) -> Iterator[Finding]:
    """Something stated of an entity that begins, or is over, before it was born or founded."""
    begin = thing.begin
    if begin is None or thing.begin_path not in BEGINNING:
        return
    for fact in _doings(world, thing):
        if fact.start and fact.start.is_before(begin):
            yield _told(world, thing, fact, f"begins {world.words(fact.start)}", late=False)
        elif fact.end and fact.end.is_before(begin):
            yield _told(world, thing, fact, f"is over {world.words(fact.end)}", late=False)
        elif (founded := _founding(world, thing, fact)) and founded.begin and founded.begin.is_before(begin):
            yield _founder(world, thing, fact, founded, late=False)
        elif (event := _event(world, thing, fact)) and (days := event_days(event)) and days[1] < begin.lo:
            yield _took_part(world, thing, fact, event, late=False)


def children(world: World, thing: Thing) -> Iterator[Finding]:
    """A parent who was born after the child, or was dead too long when it came."""
    for fact in world.facts_of(thing.id):
        child = world.things.get(fact.object) if fact.object else None
        if (
            fact.predicate != "parent_of"
            or not fact.sure
            or child is None
            or (born := child.dates.get("birth")) is None
        ):
            continue
        sides = [telling.of_fact(world, fact), telling.of_date(world, child, "birth")]
        if (own := thing.dates.get("birth")) and born.is_before(own):
            yield telling.finding(
                world, "parent_born_later", "prebirth", about=[thing.id, child.id],
                sides=[*sides, telling.of_date(world, thing, "birth")],
                why=f"{thing.name} was born {world.words(own)}, after the child {child.name} ({world.words(born)}).",
            )  # fmt: skip
        death = thing.dates.get("death")
        allowed = 0.0 if wording.is_mother(thing) else years_of(world)[1] * _MONTHS_AFTER_A_FATHER / 12
        if death and death.hi + allowed < born.lo:
            yield telling.finding(
                world, "child_of_the_dead", "posthumous", about=[thing.id, child.id],
                sides=[*sides, telling.of_date(world, thing, "death")],
                why=f"{thing.name} died {world.words(death)}, too long before the child {child.name} was born"
                f" {world.words(born)}.",
            )  # fmt: skip


def events_in_ruins(world: World, thing: Thing) -> Iterator[Finding]:
    """An event at a place that was gone by then, and that doesn't speak of a ruin."""
    days = event_days(thing)
    for fact in world.facts_of(thing.id) if days else ():
        place = world.things.get(fact.object) if fact.object else None
        if fact.predicate != "happened_at" or not fact.sure or place is None or place.end is None:
            continue
        if place.end_path in ENDING and days and place.end.hi < days[0] and not wording.speaks_of_ruin(thing):
            yield telling.finding(
                world, "event_in_a_ruin", "after_dissolution", about=[thing.id, place.id], severity="warning",
                sides=[
                    telling.of_fact(world, fact), telling.of_date(world, thing, thing.begin_path),
                    telling.of_date(world, place, place.end_path),
                ],
                why=f"{thing.name} happens at {place.name} {world.words(thing.begin)}, but {place.name} was gone"
                f" {world.words(place.end)}. Nothing says that it is held in the ruins.",
            )  # fmt: skip


def _doings(world: World, thing: Thing) -> Iterator[Fact]:
    """What is stated of an entity, from either end, that it can only do or be while it is there."""
    for fact in world.facts_of(thing.id):
        active = predicates.ACTIVE if fact.form == "relation" else predicates.ACTIVE_CLAIMS
        if fact.sure and fact.predicate in active:
            yield fact
    told = {fact.object for fact in world.facts_of(thing.id) if fact.predicate == "participated_in"}
    yield from (f for f in world.deeds_in_fields(thing.id) if f.sure and f.object not in told)
    for fact in world.facts_to(thing.id):
        active = predicates.ACTIVE_TO if fact.form == "relation" else predicates.EMPLOYING
        if fact.sure and fact.predicate in active and fact.subject != thing.id:
            yield fact
    for fact in world.field_facts(thing):
        if fact.sure and fact.predicate in predicates.ACTIVE_CLAIMS:
            yield fact


def _event(world: World, thing: Thing, fact: Fact) -> Thing | None:
    """The event that a relation takes this entity to."""
    if fact.predicate not in _DEED or fact.subject != thing.id or fact.object is None:
        return None
    return world.things.get(fact.object)


def _founding(world: World, thing: Thing, fact: Fact) -> Thing | None:
    """What somebody founded, where the date is that of the foundation alone."""
    if fact.predicate != "founded" or fact.subject != thing.id or fact.start or not fact.object:
        return None
    founded = world.things.get(fact.object)
    return founded if founded and founded.begin_path == "founded" else None


def _founder(world: World, thing: Thing, fact: Fact, founded: Thing, *, late: bool) -> Finding:
    edge = telling.of_date(world, thing, thing.end_path if late else thing.begin_path)
    return telling.finding(
        world, f"founds_{'after_end' if late else 'before_beginning'}", _type(thing, late=late),
        about=[thing.id, founded.id],
        sides=[telling.of_fact(world, fact), telling.of_date(world, founded, "founded"), edge],
        why=f"{founded.name} was founded {world.words(founded.begin)} by {thing.name}, but {edge.evidence.says}.",
    )  # fmt: skip


def _type(thing: Thing, *, late: bool) -> FindingType:
    if not late:
        return "prebirth"
    return "posthumous" if thing.end_path == "death" else "after_dissolution"


def _told(world: World, thing: Thing, fact: Fact, how: str, *, late: bool) -> Finding:
    path = thing.end_path if late else thing.begin_path
    edge = telling.of_date(world, thing, path)
    return telling.finding(
        world, f"active_{'after_end' if late else 'before_beginning'}", _type(thing, late=late),
        about=[thing.id, *(one for one in (fact.subject, fact.object) if one)],
        sides=[telling.of_fact(world, fact), edge],
        why=f"“{telling.fact_words(world, fact)}” {how}, but {edge.evidence.says}.",
    )  # fmt: skip


def _took_part(world: World, thing: Thing, fact: Fact, event: Thing, *, late: bool) -> Finding:
    edge = telling.of_date(world, thing, thing.end_path if late else thing.begin_path)
    return telling.finding(
        world, f"takes_part_{'after_end' if late else 'before_beginning'}", _type(thing, late=late),
        about=[thing.id, event.id],
        sides=[telling.of_fact(world, fact), telling.of_date(world, event, event.begin_path), edge],
        why=f"{thing.name} takes part in {event.name} ({world.words(event.begin)}), but {edge.evidence.says}.",
    )  # fmt: skip
