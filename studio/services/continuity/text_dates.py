"""Years and ages in sentences against the date fields."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from studio.services.continuity import telling
from studio.services.continuity.numbers import value
from studio.services.continuity.patterns import AGED, BEGINS, BUILT, DEED, ENDS, WHEN
from studio.services.continuity.told import clash, is_subject
from studio.services.near import loose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.services.continuity.facts import Thing, When, World
    from studio.services.continuity.sayings import Saying
    from studio.services.continuity.told import Told


def dates(told: Told) -> Iterator[Finding]:
    """A year in a sentence against the date field: “founded in 612” of what began in 640."""
    for table, when, path in (
        (BEGINS, told.thing.begin, told.thing.begin_path), (ENDS, told.thing.end, told.thing.end_path)
    ):  # fmt: skip
        words = table.get(told.thing.kind)
        if words is None or when is None or path not in told.thing.dates:
            continue
        pattern = re.compile(rf"\b(?P<verb>{words}){WHEN}", re.I)
        for saying in told.said:
            match = pattern.search(saying.text)
            if (
                match
                and is_subject(told.thing, saying, match.start())
                and other_year(told.world, when, int(match["year"]))
            ):
                why = f"“{match.group()}”, but its field says {told.world.words(when)}."
                yield clash(told, "date", saying, telling.of_date(told.world, told.thing, path), why)


def other_year(world: World, when: When, year: int) -> bool:
    """Whether a year of the same calendar can't be that date."""
    if not when.value.get("year") and not when.value.get("text"):
        return False
    other = world.when(
        {"calendar": when.value["calendar"], "year": year} if when.value.get("calendar") else {"year": year}
    )
    return other is not None and (other.is_before(when) or when.is_before(other))


def years(told: Told) -> Iterator[Finding]:
    """Two texts with two years for one beginning or end that no field dates."""
    for table, known in ((BEGINS, told.thing.begin), (ENDS, told.thing.end)):
        words = table.get(told.thing.kind)
        if words is None or known is not None:
            continue
        pattern = re.compile(rf"\b(?P<verb>{words}){WHEN}", re.I)
        said = [
            (one, m) for one in told.said
            if (m := pattern.search(one.text)) and is_subject(told.thing, one, m.start())
        ]  # fmt: skip
        for (one, a), (two, b) in combinations(said, 2):
            if one.record != two.record and a["verb"].lower() == b["verb"].lower() and int(a["year"]) != int(b["year"]):
                yield clash(told, "date", one, two, f"“{a.group()}” here, “{b.group()}” there.")


def lifetimes(told: Told) -> Iterator[Finding]:
    """A deed in a year, or in the year of an event, before the one who did it was born."""
    begin = told.thing.begin
    if begin is None or told.thing.kind not in ("npc", "creature"):
        return
    for saying in told.said:
        if not (match := DEED.search(saying.text)):
            continue
        event = _event_of(told.world, saying, match["event"])
        if event is not None and event.end_or_begin.is_before(begin):
            why = (
                f"“{match.group()}” was {told.world.words(event.end_or_begin)}, before {told.thing.name} was born"
                f" ({told.world.words(begin)})."
            )
            yield clash(told, "date", saying, telling.of_date(told.world, told.thing, told.thing.begin_path), why)


class _Event(NamedTuple):
    end_or_begin: When


def _event_of(world: World, saying: Saying, words: str) -> _Event | None:
    """The event of this name; by the last word of its name only where no other event ends with it."""
    named = [one for one in world.meant(words) or world.meant(f"the {words}") if world.things[one].kind == "event"]
    if not named:
        last = loose(words).split()[-1:]
        named = [t.id for t in world.things.values() if t.kind == "event" and loose(t.name).split()[-1:] == last]
    thing = world.things[named[0]] if len(named) == 1 else None
    when = (thing.end or thing.begin) if thing else None
    return _Event(when) if when else None


def built(told: Told) -> Iterator[Finding]:
    """The year of something named by its last word only, where the subject has just one: “the mill built in 90”."""
    for saying in told.said:
        match = BUILT.search(saying.text)
        thing = _own_thing(told, match["what"]) if match else None
        if match is None or thing is None:
            continue
        ends = match["verb"].lower() in ("destroyed", "razed")
        when, path = (thing.end, thing.end_path) if ends else (thing.begin, thing.begin_path)
        if when is not None and path in thing.dates and other_year(told.world, when, int(match["year"])):
            why = f"“{match.group()}”, but its field says {told.world.words(when)}."
            yield clash(told._replace(thing=thing), "date", saying, telling.of_date(told.world, thing, path), why)


def _own_thing(told: Told, word: str) -> Thing | None:
    """The one place or group that the subject is tied to and whose name ends with this word."""
    ids = {f.object for f in told.facts if f.object} | {f.subject for f in told.world.facts_to(told.thing.id)}
    things = [told.world.things[one] for one in ids if one in told.world.things]
    things += [t for t in told.world.things.values() if t.kind == "location" and loose(word) in loose(t.name).split()]
    named = {
        t.id: t for t in things if t.kind in ("location", "faction") and loose(t.name).split()[-1:] == [loose(word)]
    }
    return next(iter(named.values())) if len(named) == 1 else None


_SPARE = 2
"""How many years an age in a text may be behind the last session."""


def ages(told: Told) -> Iterator[Finding]:
    """How old somebody living is, in their own text, against their birth and the last day that was played."""
    world, thing = told.world, told.thing
    begin = thing.dates.get("birth")
    if (
        begin is None
        or thing.end is not None
        or str(thing.fields.get("life_status", "")).lower() in ("dead", "deceased")
    ):
        return
    days = [n.date for n in world.notes.values() if n.date and n.mode in ("session", "log") and not n.flashback]
    year = year_length(world, begin)
    if not days or not year:
        return
    now = max(days, key=lambda day: day.lo)
    for saying in told.now():
        match = AGED.search(saying.text) if saying.own and saying.path == "summary" else None
        words = next((w for w in match.groups() if w), "") if match else ""
        if match and words and is_subject(thing, saying, match.start()):
            least, most = (now.lo - begin.hi) / year - 1 - _SPARE, (now.hi - begin.lo) / year + 1
            if not least <= value(words) <= most:
                why = f"“{match.group().strip(',')}”, but born {world.words(begin)}, and it is {world.words(now)}."
                yield clash(told, "date", saying, telling.of_date(world, thing, "birth"), why)


def year_length(world: World, when: When) -> float:
    """How many days a year of this date's calendar has; 0 where it has no years."""
    base = {"calendar": when.value["calendar"]} if when.value.get("calendar") else {}
    one, two = world.when({**base, "year": 100}), world.when({**base, "year": 101})
    return two.lo - one.lo if one and two else 0.0
