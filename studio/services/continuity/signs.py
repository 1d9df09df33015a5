"""What two entries agree and clash in: dates, values, ties to others and places, each by what it is worth."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studio.services.continuity.likeness import TYPES, stems
from studio.services.continuity.naming import word_set
from studio.services.near import loose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studio.services.continuity.facts import Fact, Thing, When, World

PROSE = word_set(
    "summary body appearance personality motive wants_now fear secret voice history public_purpose "
    "private_agenda methods goals resources sensory interactive_details hidden_details services "
    "consequences stakes portents known_for properties climate terrain danger notes description"
)
"""Fields whose words count as text, not as a value that two things may share."""
LOOSE_FIELDS = frozenset({"role", "title", "occupation", "status", "motto", "symbol", "culture", "population", "value"})
"""Fields that two people may word differently for one thing: a difference says nothing."""
PLACES = ("located_in", "happened_at", "lives_in", "born_in")


class Sign(NamedTuple):
    """One thing that two records agree or clash in. `weight` is above zero where it says that they are the same."""

    what: str
    weight: float
    path: str = ""


def signs(world: World, one: Thing, two: Thing, *, crowd: Mapping[tuple[str, str], int]) -> list[Sign]:
    """What the two agree and clash in: dates, values, ties and places. `crowd` counts who has which tie."""
    return [
        *_dates(one, two),
        *_values(world, one, two, crowd),
        *_ties(world, one, two, crowd),
    ]


def _dates(one: Thing, two: Thing) -> Iterator[Sign]:
    for path in one.dates.keys() & two.dates.keys():
        a, b = one.dates[path], two.dates[path]
        if a.is_before(b) or b.is_before(a):
            yield Sign(path, -4.0, f"fields.{path}")
        elif (wide := max(_width(a), _width(b))) < 3:
            yield Sign(path, 2.5, f"fields.{path}")
        elif wide < 800:
            yield Sign(path, 1.6, f"fields.{path}")


def _width(when: When) -> float:
    return when.hi - when.lo


def stated(world: World, thing: Thing) -> dict[str, set[str]]:
    """What fields and claims say of it as a fact, by name, in loose words; links count as ties."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in (*world.field_facts(thing), *world.facts_of(thing.id)):
        if fact.form != "relation" and fact.sure and fact.object is None and fact.predicate not in PROSE:
            text = loose(str(fact.value))
            if text:
                found[fact.predicate].add(text)
    return found


def _values(world: World, one: Thing, two: Thing, crowd: Mapping[tuple[str, str], int]) -> Iterator[Sign]:
    mine, theirs = stated(world, one), stated(world, two)
    for name in mine.keys() & theirs.keys():
        path = f"fields.{name}" if name in one.fields else ""
        if both := mine[name] & theirs[name]:
            fewest = min(crowd.get((name, value), 2) for value in both)
            yield Sign(name, 0.3 if name == "pronouns" else _rare(fewest, 1.4), path)
        elif name == "pronouns":
            yield Sign(name, -4.0, path)
        elif (alike := max(_overlap(a, b) for a in mine[name] for b in theirs[name])) >= 0.3:
            yield Sign(name, 0.7 * alike, path)
        elif name in TYPES or (name not in LOOSE_FIELDS and len(mine[name]) == len(theirs[name]) == 1):
            yield Sign(name, -1.2, path)


def _overlap(one: str, two: str) -> float:
    a, b = stems(one), stems(two)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _rare(count: int, most: float) -> float:
    """What agreeing in something is worth that so many things have."""
    return most / (1.0 + 0.25 * max(0, count - 2))


def ties(world: World, thing: Thing) -> Iterator[tuple[str, str]]:
    """(how, to whom) of everything that a thing is tied to as a fact, from either end."""
    for fact in (*world.facts_of(thing.id), *world.field_facts(thing)):
        if fact.sure and fact.object is not None:
            yield _how(fact), fact.object
    for fact in world.facts_to(thing.id):
        if fact.sure:
            yield f"<{_how(fact)}", fact.subject
    if thing.parent:
        yield "located_in", thing.parent


@lru_cache(maxsize=1)
def _mirrored() -> dict[str, str]:
    from studio.domain.vocabulary import MIRRORS

    return {field: relation if forward else f"<{relation}" for (_, field), (relation, forward) in MIRRORS.items()}


def _how(fact: Fact) -> str:
    """The tie by the name of its relation, also where a link field says it."""
    return _mirrored().get(fact.predicate, fact.predicate) if fact.form == "field" else fact.predicate


def _ties(world: World, one: Thing, two: Thing, crowd: Mapping[tuple[str, str], int]) -> Iterator[Sign]:
    mine, theirs = set(ties(world, one)), set(ties(world, two))
    for how, other in mine & theirs:
        yield Sign(f"{how.lstrip('<')}:{other}", _rare(crowd.get((how, other), 2), 1.6))
    for how in PLACES:
        a, b = ({o for h, o in some if h == how} for some in (mine, theirs))
        if a and b and not a & b and how != "lives_in":
            yield Sign(how, -0.4 if any(within(world, x, y) for x in a for y in b) else -3.0)


def within(world: World, one: str, two: str) -> bool:
    """Whether one of two places holds the other."""
    return two in around(world, one) or one in around(world, two)


def around(world: World, place: str) -> set[str]:
    found, waiting = set[str](), [place]
    while waiting:
        at = waiting.pop()
        thing = world.things.get(at)  # pyright: ignore[reportArgumentType]
        up = [f.object for f in world.facts_of(at) if f.predicate == "located_in" and f.sure and f.object]  # pyright: ignore[reportArgumentType]
        for one in (*up, *((thing.parent,) if thing and thing.parent else ())):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def crowds(world: World, things: Iterable[Thing]) -> Counter[tuple[str, str]]:
    """How many things have each tie and each value: what many share says little."""
    counted: Counter[tuple[str, str]] = Counter()
    for thing in things:
        counted.update(set(ties(world, thing)))
        counted.update({(name, value) for name, values in stated(world, thing).items() for value in values})
    return counted
