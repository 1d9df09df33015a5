"""Rules on values: what has one value at a time is not said with two."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING

from studio.domain import predicates
from studio.domain.dates import read_words
from studio.services.continuity import comparing, places, telling
from studio.services.continuity.facts import DEPRECATED, When
from studio.services.continuity.spans import held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Fact, Thing, World

_MOST = 60


def two_values(world: World, thing: Thing) -> Iterator[Finding]:
    """Two claims, or a field and an undated claim, that give one thing two values at one time."""
    by_predicate: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in (*world.facts_of(thing.id), *world.field_facts(thing)):
        if fact.form != "relation" and fact.sure:
            by_predicate[predicates.spelled(fact.predicate)].append(fact)
    for name, facts in by_predicate.items():
        if len(facts) > 1 and not predicates.date_field(name):
            for one, other in combinations(facts[:_MOST], 2):
                if _said_of_one(world, thing, one, other) and _clash(world, name, one, other):
                    yield _two(world, thing, one, other)


def _said_of_one(world: World, thing: Thing, one: Fact, other: Fact) -> bool:
    """A field says how it is now; only an undated claim says the same time. Two values of one field are a list."""
    if one.form == other.form == "field":
        return False
    for field, claim in ((one, other), (other, one)):
        if field.form == "field" and (claim.start or claim.end or _is_list(world, thing, field)):
            return False
    return held(world, one).meets(held(world, other))


def _is_list(world: World, thing: Thing, field: Fact) -> bool:
    return world.spec(thing.kind).field_or_plain(field.predicate).type in ("list", "links", "long")


def _clash(world: World, name: str, one: Fact, other: Fact) -> bool:
    if name in places.HERE and places.short(one) and places.short(other):
        return False  # told as two places
    if name == "age" and any((*_dates(one), *_dates(other))):
        return False  # the age of a day: held against the birth
    if not predicates.single_valued(name):
        return not predicates.many_valued(name) and comparing.numbers_differ(one.value, other.value)
    return _differ(world, one, other)


def _differ(world: World, one: Fact, other: Fact) -> bool:
    """Whether two values can't both be meant: other entities, neither of them within the other, or unlike words."""
    meant = [(fact.object,) if fact.object else world.meant(str(fact.value)) for fact in (one, other)]
    if meant[0] and meant[1]:
        return not any(places.nested(world, a, b) for a, b in product(*meant))
    texts = [world.name(fact.object) if fact.object else fact.value for fact in (one, other)]
    return comparing.differ(texts[0], texts[1])


def _two(world: World, thing: Thing, one: Fact, other: Fact) -> Finding:
    said = [world.name(fact.object) if fact.object else fact.value for fact in (one, other)]
    label = one.predicate.replace("_", " ")
    return telling.finding(
        world, f"value_{predicates.spelled(one.predicate)}", "contradiction", about=[thing.id],
        sides=[telling.of_fact(world, one), telling.of_fact(world, other)],
        why=f"{thing.name} has two values of {label} at one time: “{said[0]}” and “{said[1]}”.",
    )  # fmt: skip


# ---- dates that are also said as values ------------------------------------------------------------------------------


def two_dates(world: World, thing: Thing) -> Iterator[Finding]:
    """A claim such as a founding year that no reading of the date field allows, or two such claims that differ."""
    told: defaultdict[str, list[tuple[Fact, When]]] = defaultdict(list)
    for fact in (*world.facts_of(thing.id), *world.field_facts(thing)):
        path = predicates.date_field(fact.predicate) if fact.form != "relation" and fact.sure else ""
        if path and (when := _told(world, thing, path, fact)):
            told[path].append((fact, when))
    for path, facts in told.items():
        own = thing.dates.get(path)
        sure = thing.stated.get(f"fields.{path}", {}).get("certainty", "fact") == "fact"
        for fact, when in facts:
            if own and sure and (when.is_before(own) or own.is_before(when)):
                yield telling.finding(
                    world, f"value_{path}", "contradiction", about=[thing.id],
                    sides=[telling.of_fact(world, fact), telling.of_date(world, thing, path)],
                    why=f"{telling.fact_words(world, fact)}, but its {path} is {world.words(own)}.",
                )  # fmt: skip
        for (one, first), (other, second) in combinations(facts, 2):
            if (first.is_before(second) or second.is_before(first)) and not one.form == other.form == "field":
                yield _two(world, thing, one, other)


def _told(world: World, thing: Thing, path: str, fact: Fact) -> When | None:
    """The time that a value says: a year, counted in the calendar of the date field, or a date in words."""
    text = str(fact.value).strip()
    own = thing.dates.get(path)
    calendar = own.value.get("calendar") if own else None
    year = comparing.year(text)
    if year is not None:
        return world.when(({"calendar": calendar} if calendar else {}) | {"year": year})
    ref = read_words(text, world.calendars) if text else None
    if ref is None or ref.lo is None or ref.hi is None:
        return None
    return When(ref.lo, ref.hi, {"text": text})


# ---- relations of which there is one at a time -----------------------------------------------------------------------


def two_ends(world: World, thing: Thing) -> Iterator[Finding]:
    """Born in two places, hidden in two places; and one thing with two owners."""
    for type_ in predicates.ONCE:
        facts = [f for f in world.facts_of(thing.id) if f.predicate == type_ and f.sure and f.form == "relation"]
        facts += _as_values(world, thing, type_, subject=True) if facts else []
        yield from _other_ends(world, thing, facts, subject=True)
    for type_ in predicates.SOLE if _is_one(thing) else ():
        facts = [f for f in world.facts_to(thing.id) if f.predicate == type_ and f.sure and f.form == "relation"]
        facts += _as_values(world, thing, type_, subject=False) if facts else []
        yield from _other_ends(world, thing, facts, subject=False)


def _is_one(thing: Thing) -> bool:
    quantity = comparing.number(thing.fields.get("quantity"))
    return thing.kind == "item" and (quantity is None or quantity <= 1)


def _as_values(world: World, thing: Thing, type_: str, *, subject: bool) -> list[Fact]:
    """Claims and fields that say the same as the relation, where they point to an entity."""
    same = {word for word, meant in predicates.SAME_AS_RELATION.items() if meant == (type_, subject)}
    said = (*world.facts_of(thing.id), *world.field_facts(thing))
    found = [f for f in said if f.form != "relation" and f.predicate in same and f.sure]
    meant = [(f, (f.object,) if f.object else world.meant(str(f.value))) for f in found]
    return [replace(f, object=ids[0]) for f, ids in meant if len(ids) == 1]


def _other_ends(world: World, thing: Thing, facts: list[Fact], *, subject: bool) -> Iterator[Finding]:
    ends = [(fact, fact.object if subject or fact.form != "relation" else fact.subject) for fact in facts[:_MOST]]
    known = [(f, end) for f, end in ends if end and (at := world.things.get(end)) and at.status != DEPRECATED]
    for (one, a), (other, b) in combinations(known, 2):
        if _at_once(world, one, other) and not places.nested(world, a, b):
            yield telling.finding(
                world, f"one_{one.predicate}", "contradiction", about=[thing.id, a, b],
                sides=[telling.of_fact(world, one), telling.of_fact(world, other)],
                why=f"“{telling.fact_words(world, one)}” and “{telling.fact_words(world, other)}” hold at one time,"
                " but there can be only one.",
            )  # fmt: skip


def _at_once(world: World, one: Fact, other: Fact) -> bool:
    """A field says how it is now: it is held only against what has no dates, and not against another field."""
    if "field" in (one.form, other.form) and (one.form == other.form or any((*_dates(one), *_dates(other)))):
        return False
    return held(world, one).meets(held(world, other))


def _dates(fact: Fact) -> tuple[When | None, When | None]:
    return fact.start, fact.end
