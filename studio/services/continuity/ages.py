"""Rules on ages: what an age says fits the birth and the day that it is said for, and no parent is a child."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studio.services.continuity import comparing, telling
from studio.services.continuity.spans import age_between, years_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Fact, Note, Thing, When, World
    from studio.services.continuity.telling import Side

_OLD = re.compile(r"^aged?\s+|[\s-]*(?:years?|yrs?|y/?o|summers|winters)(?:[\s-]*old)?\.?$", re.IGNORECASE)
_FIGURES = re.compile(r"\d{1,4}")
_TOLERANCE = 1
YOUNGEST_PARENT = 12


class At(NamedTuple):
    """The time for which an age is said, and what shows it."""

    when: When
    words: str
    sides: tuple[Side, ...]


def age_mismatch(world: World, thing: Thing) -> Iterator[Finding]:
    """An age that no reading of birth and day allows, a year more or less."""
    born = thing.dates.get("birth")
    if born is None:
        return
    for fact in (*world.facts_of(thing.id), *world.field_facts(thing)):
        if fact.predicate != "age" or not fact.sure or (age := stated_age(fact.value)) is None:
            continue
        at = _at(world, thing, fact)
        if at is None:
            continue
        least, most = age_between(born, at.when, world)
        if least - _TOLERANCE <= age <= most + _TOLERANCE:
            continue
        would = str(max(least, 0)) if least == most else f"{max(least, 0)} to {most}"
        yield telling.finding(
            world, "age", "age_mismatch", about=[thing.id],
            sides=[telling.of_fact(world, fact), telling.of_date(world, thing, "birth"), *at.sides],
            why=f"{thing.name} is said to be {age} {at.words}, but born {world.words(born)} that makes {would}.",
        )  # fmt: skip


def stated_age(value: object) -> int | None:
    """The age in years that a value says outright; words like “about fifty” say none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value)
    text = _OLD.sub("", str(value).strip())
    if _FIGURES.fullmatch(text):
        return int(text)
    found = comparing.whole_in_words(text)
    return found if found is not None and found > 0 else None


def _at(world: World, thing: Thing, fact: Fact) -> At | None:
    """The age of a dated claim is that of its day; else it is the age at death, or the one that somebody has now."""
    if dated := fact.start or fact.end:
        return At(dated, f"in {world.words(dated)}", ())
    if thing.end and thing.end_path == "death":
        return At(thing.end, f"at death ({world.words(thing.end)})", (telling.of_date(world, thing, "death"),))
    if str(thing.fields.get("life_status", "")).strip().casefold() in ("dead", "deceased"):
        return None
    now = now_of(world)
    if now is None or now.date is None:
        return None
    side = telling.of_note(world, now, f"the latest session or log, “{now.title}”, is of {world.words(now.date)}")
    return At(now.date, f"now ({world.words(now.date)})", (side,))


def now_of(world: World) -> Note | None:
    """The session or log that is the world's present: the latest one that is told as it happens."""
    told = (n for n in world.notes.values() if n.date and n.mode in ("session", "log") and not n.flashback)
    return max(told, key=lambda note: (note.date.lo if note.date else 0, note.id), default=None)


def young_parent(world: World, thing: Thing) -> Iterator[Finding]:
    """A parent who was a child of less than twelve when the child was born."""
    own = thing.dates.get("birth")
    for fact in world.facts_of(thing.id) if own else ():
        child = world.things.get(fact.object) if fact.object else None
        born = child.dates.get("birth") if child else None
        if fact.predicate != "parent_of" or not fact.sure or not (own and born and child) or born.is_before(own):
            continue
        if born.hi - own.lo < YOUNGEST_PARENT * years_of(world)[0]:
            most = age_between(own, born, world)[1]
            yield telling.finding(
                world, "young_parent", "age_mismatch", about=[thing.id, child.id],
                sides=[
                    telling.of_fact(world, fact), telling.of_date(world, thing, "birth"),
                    telling.of_date(world, child, "birth"),
                ],
                why=f"{thing.name}, born {world.words(own)}, would have been {most} at most when the child {child.name}"
                f" was born {world.words(born)}.",
            )  # fmt: skip
