"""Sentences on kin, makers, places, offices and life against what is stated."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from studio.services.continuity import telling
from studio.services.continuity.patterns import (
    ALIVE,
    BY_WHOM,
    DEAD,
    KIN_BY_NAME,
    MAKERS,
    NO_CHILD,
    NO_SPOUSE,
    OFFICES,
    ONLY,
    PLACED,
)
from studio.services.continuity.signs import within
from studio.services.continuity.told import clash, denied, is_subject
from studio.services.near import loose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Fact
    from studio.services.continuity.sayings import Saying
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


def offices(told: Told) -> Iterator[Finding]:
    """Who keeps, owns, leads or rules it now."""
    for saying in told.now():
        for pattern, fields, types in OFFICES:
            match = pattern.search(saying.text) if saying.own else None
            if match is None or not _is_near_start(told, saying, match.start()):
                continue
            meant = [
                one for one in saying.others if any(match["who"].startswith(n) for n in told.world.things[one].names)
            ]
            facts = [f for f in told.facts_named(*fields) if f.object]
            held = [f for f in told.world.facts_to(told.thing.id) if f.predicate in types and f.sure]
            holders = {f.object for f in facts} | {f.subject for f in held if f.end is None}
            if meant and holders and meant[0] not in holders | {f.subject for f in held}:
                fact = (facts or [f for f in held if f.end is None])[0]
                yield clash(
                    told,
                    "office",
                    saying,
                    fact,
                    f"“{match.group()}”, but by fact: {telling.fact_words(told.world, fact)}.",
                )


def _is_near_start(told: Told, saying: Saying, at: int) -> bool:
    """Whether the passive is the thing's own: its first clause, with no other thing named before."""
    before = saying.text[:at]
    return len(before) < 90 and not any(
        name in before for one in saying.others for name in told.world.things[one].names
    )  # fmt: skip


def makers(told: Told) -> Iterator[Finding]:
    """Who made, founded or wrote it; a mother or father by name."""
    for saying in told.said:
        for pattern, fields, types in MAKERS:
            match = pattern.search(saying.text)
            if match and is_subject(told.thing, saying, match.start()):
                yield from _other_name(told, saying, match, [*told.facts_named(*fields), *told.ties(*types)])
        for pattern, predicate in KIN_BY_NAME:
            match = pattern.search(saying.text) if saying.own else None
            if match and not denied(saying.text, match.start()):
                yield from _other_name(told, saying, match, list(told.facts_named(predicate)))


def by_whom(told: Told) -> Iterator[Finding]:
    """Made, written or killed by one in one text and by another elsewhere."""
    for what, pattern in BY_WHOM:
        said = [
            (one, m) for one in told.said
            if (m := pattern.search(one.text)) and is_subject(told.thing, one, m.start())
        ]  # fmt: skip
        for (one, a), (two, b) in combinations(said, 2):
            names = [_all_names(told, match["who"]) for match in (a, b)]
            if one.record != two.record and not names[0] & names[1]:
                yield clash(told, what, one, two, f"“{a.group()}” here, “{b.group()}” there.")


def _all_names(told: Told, name: str) -> set[str]:
    """The words of a name, and of every name of whoever has it."""
    whose = [n for one in told.world.meant(name) for n in told.world.things[one].names]
    return {word for text in (name, *whose) for word in loose(text).split()} - {"the", "of", "and"}


def _other_name(told: Told, saying: Saying, match: re.Match[str], facts: list[Fact]) -> Iterator[Finding]:
    """The clash where every fact names somebody with whom the sentence's name has no word in common."""
    world, said = told.world, set(loose(match["who"]).split()) - {"the", "of"}
    known = [(fact, set(_names_in(told, fact))) for fact in facts]
    if not known or any(said & names for _, names in known):
        return
    if any(meant in {f.object for f in facts} | {f.subject for f in facts} for meant in world.meant(match["who"])):
        return
    yield clash(told, "tie", saying, known[0][0], f"“{match.group()}”, but: {telling.fact_words(world, known[0][0])}.")


def _names_in(told: Told, fact: Fact) -> Iterator[str]:
    other = fact.subject if fact.object == told.thing.id else fact.object
    thing = told.world.things.get(other) if other else None
    for text in thing.names if thing else (str(fact.value),):
        yield from loose(text).split()


def places(told: Told) -> Iterator[Finding]:
    """Where a thing is, or where somebody was born, died and is buried."""
    world = told.world
    for saying in told.said:
        for place in saying.others:
            thing = world.things.get(place)
            at = min((i for n in (thing.names if thing else ()) if (i := saying.text.find(n)) >= 0), default=-1)
            if thing is None or thing.kind != "location" or at < 0:
                continue
            for pattern, predicates, lasting in PLACED:
                match = pattern.search(saying.text[:at])
                if match is None or (saying.past and not lasting) or not is_subject(told.thing, saying, match.start()):
                    continue
                facts = [f for f in told.facts_named(*predicates) if f.object in world.things]
                if facts and not any(f.object == place or (f.object and within(world, f.object, place)) for f in facts):
                    why = f"“{match.group()}{thing.name}”, but: {telling.fact_words(world, facts[0])}."
                    yield clash(told, "tie", saying, facts[0], why)


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
