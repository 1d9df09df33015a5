"""Rules on order in time: nothing ends before it starts, no effect comes before its cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.predicates import ORDERED
from studio.services.continuity import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Thing, World


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


def effect_before_cause(world: World, thing: Thing) -> Iterator[Finding]:
    """Something is said to come from, or before, what lies on the other side of it in time."""
    for fact in world.facts_of(thing.id):
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
