"""Which entities and notes a change may give other findings: what is asked of them reads the changed records."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from studio.domain.predicates import ACYCLIC, ORDERED
from studio.domain.text import fold
from studio.services.continuity import ages
from studio.services.continuity.facts import Fact, Thing, refs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Note, World

_PLACED = frozenset({"located_in"})


def reach(world: World, record_id: RecordId) -> set[RecordId]:
    """Who has to be asked again when this record appears, goes or changes: as the world stands with it, or without."""
    if fact := world.facts.get(record_id):
        return _of_fact(world, fact)
    if thing := world.things.get(record_id):
        return _of_thing(world, thing)
    if note := world.notes.get(record_id):
        return {note.id, *world.linking.get(fold(note.title), ())}
    return set()


def concerned(world: World, records: Collection[RecordId]) -> set[RecordId]:
    """Whom to ask for every finding that has one of these records as a side."""
    found = set(records).union(*(reach(world, one) for one in records))
    now = ages.now_of(world)
    return found.union(with_ages(world)) if now and now.id in records else found


def same_to_others(old: Thing | Note | Fact | None, new: Thing | Note | Fact | None) -> bool:
    """Whether only the texts of an entity changed: those are read when it is asked itself, by nobody else."""
    if not isinstance(old, Thing) or not isinstance(new, Thing):
        return False
    texts = {"body", "summary", "links", "rev", "tags"}
    return all(getattr(old, name) == getattr(new, name) for name in Thing.__slots__ if name not in texts)


def with_ages(world: World) -> Iterator[RecordId]:
    """Everybody whose age is said: it is held against the world's present."""
    for thing in world.things.values():
        if "birth" in thing.dates and (
            "age" in thing.fields or any(fact.predicate == "age" for fact in world.facts_of(thing.id))
        ):
            yield thing.id


def present(world: World) -> tuple[object, ...]:
    """What ages see of the world's present."""
    now = ages.now_of(world)
    return (now.id, now.date, now.rev, now.title, now.visibility) if now else ()


def _of_fact(world: World, fact: Fact) -> set[RecordId]:
    found = {fact.subject, *([fact.object] if fact.object else ())}
    if fact.predicate == "happened_at":
        found.update(_participants(world, fact.subject))
    if fact.predicate in _PLACED:
        found.update(_within(world, fact.subject))
    if fact.predicate in ORDERED:
        found.update(_before(world, found))
    if fact.predicate in ACYCLIC:
        found.update(_on_circles(world, fact.subject, fact.predicate))
    return found


def _of_thing(world: World, thing: Thing) -> set[RecordId]:
    found = {thing.id}
    for fact in chain(world.facts_of(thing.id), world.facts_to(thing.id)):
        found.update([fact.subject, *([fact.object] if fact.object else ())])
        if fact.predicate == "happened_at":
            found.update(_participants(world, fact.subject))
    found.update(world.pointing.get(thing.id, ()), refs_of(thing))
    for name in {fold(name) for name in thing.names}:
        found.update(world.linking.get(name, ()))
        found.update(_saying(world, name))
    if thing.kind == "event":
        found.update(_participants(world, thing.id))
    found.update(_within(world, thing.id))
    found.update(_before(world, {thing.id}))
    for type_ in ACYCLIC:
        found.update(_on_circles(world, thing.id, type_))
    return found


def _saying(world: World, words: str) -> Iterator[RecordId]:
    """Of whom a claim or a field says just these words."""
    for one in world.valued.get(words, ()):
        yield world.facts[one].subject if one in world.facts else one


def _participants(world: World, event: RecordId) -> Iterator[RecordId]:
    yield from (fact.subject for fact in world.facts_to(event) if fact.predicate == "participated_in")
    if thing := world.things.get(event):
        yield from refs_of(thing)


def _within(world: World, place: RecordId) -> set[RecordId]:
    """Everybody of whom something is said that has to do with a place, or with one that lies in it."""
    inner = _closure({place}, lambda one: _inner(world, one))
    found: set[RecordId] = set()
    for one in inner:
        found.update(world.pointing.get(one, ()))
        for fact in world.facts_to(one):
            found.add(fact.subject)
            if fact.predicate == "happened_at":
                found.update(_participants(world, fact.subject))
        if thing := world.things.get(one):
            for name in thing.names:
                found.update(_saying(world, fold(name)))
    events = (one for one in found if one in world.things and world.things[one].kind == "event")
    return found | {who for event in list(events) for who in _participants(world, event)} | inner


def _inner(world: World, place: RecordId) -> Iterator[RecordId]:
    yield from (fact.subject for fact in world.facts_to(place) if fact.predicate in _PLACED)
    for one in world.pointing.get(place, ()):
        thing = world.things[one]
        refs = [
            value.get("ref") for name in ("parent", "location") if isinstance(value := thing.fields.get(name), dict)
        ]
        if place in (thing.parent, *refs) and thing.kind != "event":
            yield one


def _before(world: World, records: Iterable[RecordId]) -> set[RecordId]:
    """Whatever is said to come before these, by any number of steps."""

    def steps(one: RecordId) -> Iterator[RecordId]:
        for fact in world.facts_to(one):
            if ORDERED.get(fact.predicate, 0) > 0:
                yield fact.subject
        for fact in world.facts_of(one):
            if ORDERED.get(fact.predicate, 0) < 0 and fact.object:
                yield fact.object

    return _closure(set(records), steps)


def _on_circles(world: World, record: RecordId, type_: str) -> set[RecordId]:
    """Everything on a circle of this type through a record; nothing, and quickly so, where there is none."""

    def onward(one: RecordId) -> Iterator[RecordId]:
        yield from (f.object for f in world.facts_of(one) if f.predicate == type_ and f.object)
        thing = world.things.get(one)
        for fact in world.field_facts(thing) if thing else ():
            if fact.predicate in ("parent", "location") and fact.object:
                yield fact.object

    def backward(one: RecordId) -> Iterator[RecordId]:
        yield from (f.subject for f in world.facts_to(one) if f.predicate == type_)
        yield from world.pointing.get(one, ())

    ahead = _closure(set(onward(record)), onward)
    return ahead & _closure({record}, backward) if record in ahead else set()


def _closure(start: set[RecordId], steps: Callable[[RecordId], Iterable[RecordId]]) -> set[RecordId]:
    seen, waiting = set(start), list(start)
    while waiting:
        for one in steps(waiting.pop()):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return seen
