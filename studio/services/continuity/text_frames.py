"""Sentences that state a tie (`frames.py`) against the facts of it, and against one another."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from studio.domain.vocabulary import relation_spec
from studio.services.continuity import sayings, statements, telling
from studio.services.continuity.frames import BY_NAME, PEOPLE, PLACES, Slot
from studio.services.continuity.signs import within
from studio.services.continuity.text_dates import other_year
from studio.services.continuity.told import Told, clash
from studio.services.near import loose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Fact, Thing, World
    from studio.services.continuity.sayings import Saying, Sayings
    from studio.services.continuity.statements import Statement

RULE = "tie"
_KIN = ("parent", "sibling", "spouse", "mother", "father", "kin")
_PARENTS = ("parent", "mother", "father")
_TWO = 2


def find(world: World, only: Collection[RecordId] | None = None) -> Iterator[Finding]:
    """What sentences state of a thing that its facts, or other sentences, rule out."""
    book = sayings.of(world)
    for owner, stated in _by_owner(world, book, only).items():
        thing = world.things[owner]
        if thing.status == "deprecated":
            continue
        told = Told(world, thing, (), (*world.field_facts(thing), *world.facts_of(owner)))
        for one in stated:
            yield from _against_facts(told, one)
        yield from _against_each_other(told, stated)


def _by_owner(world: World, book: Sayings, only: Collection[RecordId] | None) -> dict[RecordId, list[Statement]]:
    """What is stated, by whom it is stated of: of all, or of those that these records are, speak of or are tied to."""
    found: dict[RecordId, list[Statement]] = {}
    for saying in _sayings(book, None if only is None else _reached(world, book, only)):
        for one in statements.stated(world, saying):
            found.setdefault(one.of, []).append(one)
    return found


def _reached(world: World, book: Sayings, only: Collection[RecordId]) -> set[RecordId]:
    """The records whose sentences have to be read again: those that speak of the things that these speak of."""
    things = {one for one in only if one in world.things}
    for one in only:
        for saying in book.by_record.get(one, ()):
            if saying.states:
                things |= {saying.about, *saying.others} - {None}  # pyright: ignore[reportAssignmentType]
    return {record for one in things for record in book.stating.get(one, ())}


def _sayings(book: Sayings, records: Iterable[RecordId] | None) -> Iterator[Saying]:
    for record in book.by_record if records is None else sorted(records):
        yield from (saying for saying in book.by_record.get(record, ()) if saying.states)


# ---- against facts ---------------------------------------------------------------------------------------------------


def _against_facts(told: Told, one: Statement) -> Iterator[Finding]:
    facts = [fact for fact in _facts(told, one.slot) if _comparable(one, fact)]
    if one.no:
        yield from (_clash(told, one, fact) for fact in facts if _agrees(told.world, one, fact))
    elif one.slot.name in _PARENTS:
        yield from _parents(told, one, facts)
    elif facts and not one.slot.many and not any(_agrees(told.world, one, fact) for fact in facts):
        yield _clash(told, one, facts[0])
    if one.year and one.slot.name in ("founder", "maker") and not one.no:
        yield from _other_year(told, one)
    if one.slot.rival and not one.no:
        others = [fact for fact in _facts(told, BY_NAME[one.slot.rival]) if _comparable(one, fact)]
        yield from [_clash(told, one, fact) for fact in others if _agrees(told.world, one, fact)][:1]
    if one.slot.name in _KIN and not one.no and not any(_agrees(told.world, one, fact) for fact in facts):
        yield from _other_kin(told, one)


def _other_year(told: Told, one: Statement) -> Iterator[Finding]:
    """Founded by somebody in a year in which it was there already, or not yet."""
    thing = told.thing
    if thing.begin is not None and thing.begin_path in thing.dates and other_year(told.world, thing.begin, one.year):
        why = f"“{one.said} in {one.year}”, but its field says {told.world.words(thing.begin)}."
        yield clash(told, "date", one.saying, telling.of_date(told.world, thing, thing.begin_path), why)


def _clash(told: Told, one: Statement, other: Fact | Statement) -> Finding:
    if isinstance(other, statements.Statement):
        return clash(told, RULE, one.saying, other.saying, f"“{one.said}” here, “{other.said}” there.")
    return clash(told, RULE, one.saying, other, f"“{one.said}”, but: {telling.fact_words(told.world, other)}.")


def _facts(told: Told, slot: Slot) -> Iterator[Fact]:
    """What is known of it as a fact: relations from either end, fields and claims."""
    for fact in told.facts:
        if fact.sure and fact.predicate in (slot.of if fact.form == "relation" else slot.said):
            yield fact
    for fact in told.world.facts_to(told.thing.id):
        both = fact.predicate in slot.of and relation_spec(fact.predicate).symmetric
        if fact.sure and fact.form == "relation" and (fact.predicate in slot.to or both):
            yield fact


def _comparable(one: Statement, fact: Fact) -> bool:
    """Whether the fact holds when the sentence is told: it tells of now, of its own date, or of what stays so."""
    if one.slot.lasting:
        return True
    if one.saying.when is not None and not one.saying.past:
        when = one.saying.when
        return not (fact.start and not fact.start.is_before(when)) and not (fact.end and not when.is_before(fact.end))
    return one.now and fact.end is None


def _other_end(told: Told, fact: Fact) -> RecordId | None:
    return fact.subject if fact.object == told.thing.id else fact.object


def _agrees(world: World, one: Statement, fact: Fact) -> bool:
    """Whether the fact may mean whom the sentence names: the same, a namesake, or for places one within the other."""
    other = fact.subject if fact.object == one.of else fact.object
    thing = world.things.get(other) if other else None
    if other is not None and thing is None:
        return True
    known = {word for name in (thing.names if thing else (str(fact.value),)) for word in _words(name)}
    if not one.values:
        return bool(known & _words(one.words)) or (other is not None and other in world.meant(one.words))
    return any(_may_be(world, one, value, thing, known) for value in one.values)


def _may_be(world: World, one: Statement, value: RecordId, thing: Thing | None, known: set[str]) -> bool:
    mine = world.things[value]
    if thing is None:
        return bool(known & {word for name in mine.names for word in _words(name)})
    if mine.id == thing.id or {*map(loose, mine.names)} & {*map(loose, thing.names)}:
        return True
    if one.slot.values == PLACES:
        return thing.kind != "location" or within(world, mine.id, thing.id)
    return (mine.kind in PEOPLE) != (thing.kind in PEOPLE) or (one.slot.wed and _wedded(world, mine.id, thing.id))


def _wedded(world: World, one: RecordId, two: RecordId) -> bool:
    ties = (*world.facts_of(one), *world.facts_of(two))
    return any(f.predicate == "spouse_of" and {f.subject, f.object} == {one, two} for f in ties)


def _words(name: str) -> set[str]:
    return set(loose(name).split()) - {"the", "of", "and"}


# ---- kin ------------------------------------------------------------------------------------------------------------


def _parents(told: Told, one: Statement, facts: list[Fact]) -> Iterator[Finding]:
    """A mother or father by another name, or a third parent: where facts name both, or one of that sex."""
    parents = [f for f in told.world.facts_to(told.thing.id) if f.predicate == "parent_of" and f.sure]
    named = [f for f in told.facts if f.predicate in ("mother", "father") and f.sure and f.form != "relation"]
    known = list({f.id + f.predicate: f for f in (*facts, *parents, *named)}.values())
    if not known or any(_agrees(told.world, one, fact) for fact in known):
        return
    if facts and one.slot.name != "parent":
        yield _clash(told, one, facts[0])
    elif len({_other_end(told, f) or str(f.value) for f in known}) >= _TWO:
        yield _clash(told, one, known[0])
    else:
        sex = {"mother": "she", "father": "he"}.get(one.slot.name) or _sex(told.world, one.values)
        same = [f for f in known if sex and _sex_of(told, f) == sex]
        yield from (_clash(told, one, fact) for fact in same[:1])


def _sex(world: World, ids: tuple[RecordId, ...]) -> str:
    if not ids:
        return ""
    said = loose(str(world.things[ids[0]].fields.get("pronouns", ""))).split()
    return next((word for word in ("she", "he") if word in said), "")


def _sex_of(told: Told, fact: Fact) -> str:
    other = _other_end(told, fact)
    named = {"mother": "she", "father": "he"}.get(fact.predicate, "")
    return named or (_sex(told.world, (other,)) if other in told.world.things else "")  # pyright: ignore[reportArgumentType]


def _other_kin(told: Told, one: Statement) -> Iterator[Finding]:
    """Brother here, father there: two who are kin in one way aren't in another."""
    me, mine = told.thing.id, one.slot.name
    for fact in (*told.world.facts_of(me), *told.world.facts_to(me)):
        if not fact.sure or not {fact.subject, fact.object} & set(one.values):
            continue
        kin = {"sibling_of": "sibling", "spouse_of": "spouse", "parent_of": "parent" if fact.object == me else "child",
               "child_of": "child" if fact.object == me else "parent"}.get(fact.predicate)  # fmt: skip
        if kin and kin != mine and not (kin == "parent" and mine in _PARENTS) and _possible(told.world, fact):
            yield _clash(told, one, fact)


def _possible(world: World, fact: Fact) -> bool:
    """Whether a parent may be one by their births; else a rule on dates tells that the statement is wrong."""
    older, younger = fact.subject, fact.object
    if fact.predicate == "child_of":
        older, younger = fact.object, fact.subject
    born = [world.things[one].begin if one and one in world.things else None for one in (older, younger)]
    return "sibling" in fact.predicate or not (born[0] and born[1] and born[1].is_before(born[0]))


# ---- against one another ---------------------------------------------------------------------------------------------


def _against_each_other(told: Told, stated: list[Statement]) -> Iterator[Finding]:
    """What two texts say of what stays so."""
    for one, two in combinations([one for one in stated if one.slot.lasting and not one.no], 2):
        apart = one.slot is two.slot and one.saying.record != two.saying.record
        if apart and not one.slot.many and one.slot.name != "parent" and not _same(told.world, one, two):
            yield _clash(told, one, two)


def _same(world: World, one: Statement, two: Statement) -> bool:
    if _named(world, one) & _named(world, two):
        return True
    if one.slot.values == PLACES:
        return any(within(world, a, b) for a in one.values for b in two.values)
    kinds = [{world.things[v].kind in PEOPLE for v in s.values} for s in (one, two)]
    return bool(kinds[0] and kinds[1] and kinds[0] != kinds[1])


def _named(world: World, one: Statement) -> set[str]:
    names = [name for value in one.values for name in world.things[value].names]
    return {word for name in (*names, one.words) for word in _words(name)}
