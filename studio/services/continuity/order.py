"""Rules on order in time: nothing ends before it starts, no effect comes before its cause."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.predicates import ORDERED
from studio.services.continuity import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Fact, Thing, World


def end_before_start(world: World, thing: Thing) -> Iterator[Finding]:
    """An entity, or something stated about it, that is over before it begins in every reading of its dates."""
    if thing.begin and thing.end and thing.end_path and thing.end.is_before(thing.begin):
        yield telling.finding(
            world, "end_before_start", "end_before_start", about=[thing.id],
            sides=[telling.of_date(world, thing, path) for path in (thing.begin_path, thing.end_path)],
            why=f"{thing.name} ends ({world.words(thing.end)}) before it begins ({world.words(thing.begin)}).",
        )  # fmt: skip
    for fact in (*world.facts_of(thing.id), *world.field_facts(thing)):
        if fact.sure and fact.start and fact.end and fact.end.is_before(fact.start):
            yield telling.finding(
                world, "end_before_start", "end_before_start",
                about=[one for one in (thing.id, fact.object) if one], sides=[telling.of_fact(world, fact)],
                why=f"“{telling.fact_words(world, fact)}” ends {world.words(fact.end)}, before it starts"
                f" {world.words(fact.start)}.",
            )  # fmt: skip


_IN_FIELDS = {"causes": "caused_by", "consequences": "precedes"}
"""Fields of an event that name what it came from, and what came of it."""


def _order_stated(world: World, thing: Thing) -> Iterator[Fact]:
    """What is stated of an entity on its order, by relations and by names in fields."""
    yield from world.facts_of(thing.id)
    for fact in world.field_facts(thing):
        if type_ := _IN_FIELDS.get(fact.predicate):
            named = (fact.object,) if fact.object else world.meant(str(fact.value).strip().strip("[]"))
            if len(named) == 1:
                yield replace(fact, predicate=type_, object=named[0])


def effect_before_cause(world: World, thing: Thing) -> Iterator[Finding]:
    """Something is said to come from, or before, what lies on the other side of it in time."""
    for fact in _order_stated(world, thing):
        way = ORDERED.get(fact.predicate)
        other = world.things.get(fact.object) if fact.object else None
        if not way or not fact.sure or other is None or not (thing.begin and other.begin):
            continue
        first, second = (thing, other) if way > 0 else (other, thing)
        if first.begin and second.begin and second.begin.is_before(first.begin):
            yield telling.finding(
                world, fact.predicate, "effect_before_cause", about=[thing.id, other.id],
                sides=[
                    telling.of_fact(world, fact), telling.of_date(world, thing, thing.begin_path),
                    telling.of_date(world, other, other.begin_path),
                ],
                why=f"“{telling.fact_words(world, fact)}”, but {second.name} is of {world.words(second.begin)} and"
                f" {first.name} only of {world.words(first.begin)}.",
            )  # fmt: skip


_FURTHEST = 500
"""Steps that are followed from one event: enough for the longest story, few enough for a tangle."""


class _Step(NamedTuple):
    """A way from one event to what comes after it, by facts."""

    at: RecordId
    facts: tuple[Fact, ...]


def far_order(world: World, thing: Thing) -> Iterator[Finding]:
    """Two dated events in the wrong order, by way of others in between that may have no date."""
    first = thing.begin
    if first is None:
        return
    seen = {thing.id}
    waiting = _onward(world, _Step(thing.id, ()))
    for step in waiting:
        if step.at in seen or len(seen) > _FURTHEST:
            continue
        seen.add(step.at)
        there = world.things.get(step.at)
        if there is None or (there.begin and first.is_before(there.begin)):
            continue
        if there.begin and there.begin.is_before(first):
            if len(step.facts) > 1:
                yield _far(world, thing, there, step.facts)
            continue
        waiting += _onward(world, step)


def _onward(world: World, step: _Step) -> list[_Step]:
    after = [(f, f.object) for f in world.facts_of(step.at) if f.sure and ORDERED.get(f.predicate, 0) > 0]
    after += [(f, f.subject) for f in world.facts_to(step.at) if f.sure and ORDERED.get(f.predicate, 0) < 0]
    return [_Step(other, (*step.facts, fact)) for fact, other in after if other]


def _far(world: World, thing: Thing, there: Thing, facts: tuple[Fact, ...]) -> Finding:
    sides = [telling.of_fact(world, fact) for fact in facts]
    dates = [telling.of_date(world, one, one.begin_path) for one in (thing, there)]
    way = "; ".join(telling.fact_words(world, fact) for fact in facts)
    return telling.finding(
        world, "order_by_others", "effect_before_cause", about=[thing.id, there.id], sides=[*dates, *sides],
        why=f"{thing.name} ({world.words(thing.begin)}) has to come before {there.name} ({world.words(there.begin)}):"
        f" {way}.",
    )  # fmt: skip
