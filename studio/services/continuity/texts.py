"""Sentences that can't be true beside a fact or beside another sentence, found without a model.

Only what is certain is told: the sentence is plainly about the thing, tells it as it is, and no reading of it agrees.
Most contradictions in prose need understanding; they stay unfound here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.continuity import sayings, text_dates, text_doing, text_ties, text_values
from studio.services.continuity.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import World

    Rule = Callable[[Told], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    text_doing.traits, text_doing.never, text_doing.lacks,
    text_dates.dates, text_dates.lifetimes, text_dates.built, text_dates.ages,
    text_values.hands, text_values.colours, text_values.amounts, text_values.parts, text_values.sides,
    text_values.materials, text_values.deaths, text_values.namings, text_values.opposites,
    text_ties.kin, text_ties.offices, text_ties.makers, text_ties.places, text_ties.life,
)  # fmt: skip


def find(world: World, only: Collection[RecordId] | None = None) -> list[Finding]:
    """The contradictions between texts and facts of a world, or those on whatever these records are about."""
    book = sayings.of(world)
    found: dict[str, Finding] = {}
    for one in book.subjects(only):
        thing = world.things.get(one)
        if thing is None or thing.status == "deprecated":
            continue
        told = Told(world, thing, tuple(book.on(one)), (*world.field_facts(thing), *world.facts_of(one)))
        for rule in RULES:
            found |= {finding.key: finding for finding in rule(told)}
    return list(found.values())
