"""Sentences on kin, makers, places, offices and life against what is stated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.continuity import telling
from studio.services.continuity.patterns import (
    ALIVE,
    DEAD,
    NO_CHILD,
    NO_SPOUSE,
    ONLY,
)
from studio.services.continuity.told import clash, is_subject
from studio.services.near import loose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Fact
    from studio.services.continuity.told import Told


def kin(told: Told) -> Iterator[Finding]:
    """An only child with a sister, the childless with a daughter, the never married with a wife."""
    own = [one for one in told.said if one.own]
    for saying in own:
        match = ONLY.search(saying.text)
        if match and (
            is_subject(told.thing, saying, match.start()) or re.match(r"(?:[\w'’]+ ){0,3}only", saying.text, re.I)
        ):
            yield from (
                clash(told, "kin", saying, fact, f"“{match.group()}”, but there is a brother or sister.")
                for fact in _siblings(told)
            )
        for pattern, type_ in ((NO_CHILD, "parent_of"), (NO_SPOUSE, "spouse_of")):
            if (match := pattern.search(saying.text)) and is_subject(told.thing, saying, match.start()):
                ties = [f for f in _both_ways(told, type_) if f.sure]
                yield from (
                    clash(told, "kin", saying, f, f"“{match.group()}”, but: {telling.fact_words(told.world, f)}.")
                    for f in ties[:1]
                )


def _both_ways(told: Told, type_: str) -> Iterator[Fact]:
    yield from (f for f in told.world.facts_of(told.thing.id) if f.predicate == type_)
    if type_ == "spouse_of":
        yield from (f for f in told.world.facts_to(told.thing.id) if f.predicate == type_)


def _siblings(told: Told) -> Iterator[Fact]:
    world, me = told.world, told.thing.id
    ties = [f for f in (*world.facts_of(me), *world.facts_to(me)) if f.predicate == "sibling_of" and f.sure]
    yield from ties[:1]
    if not ties and "only child" in " ".join(s.text for s in told.said):
        for parent in (f.subject for f in world.facts_to(me) if f.predicate == "parent_of" and f.sure):
            others = [f for f in world.facts_of(parent) if f.predicate == "parent_of" and f.sure and f.object != me]
            yield from others[:1]


def life(told: Told) -> Iterator[Finding]:
    """Dead in a text, alive by the field, and the other way round."""
    status = loose(str(told.thing.fields.get("life_status", "")))
    if told.thing.kind not in ("npc", "creature") or not status:
        return
    fact = next((f for f in told.facts if f.form == "field" and f.predicate == "life_status" and f.sure), None)
    wrong = DEAD if status in ("alive", "living") else ALIVE if status in ("dead", "deceased") else None
    for saying in told.now() if wrong and fact else ():
        match = wrong.search(saying.text) if wrong else None
        late = saying.when is None or told.thing.end is None or told.thing.end.is_before(saying.when)
        if match and fact and late and is_subject(told.thing, saying, match.start()):
            yield clash(told, "life", saying, fact, f"“{match.group()}”, but its field says {status}.")
