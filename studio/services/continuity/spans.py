"""Reckoning with stretches of days of which the ends are not quite known: what holds in every reading."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studio.services.continuity.facts import Fact, Thing, When, World


class Held(NamedTuple):
    """The days on which something certainly holds: from the last day of its start to the first of its end."""

    lo: float
    hi: float

    def meets(self, other: Held) -> bool:
        """Whether both certainly hold at one time; a day or year that both only touch is a hand-over."""
        return max(self.lo, other.lo) < min(self.hi, other.hi)

    def within(self, other: Held) -> Held:
        """The days on which both hold."""
        return Held(max(self.lo, other.lo), min(self.hi, other.hi))


ALWAYS = Held(-inf, inf)


def held(world: World, fact: Fact) -> Held:
    """When a statement certainly holds. An end that isn't given is open, and comes silently with the holder's own."""
    lo = fact.start.hi if fact.start else -inf
    hi = fact.end.lo if fact.end else inf
    for one in (fact.subject, fact.object):
        thing = world.things.get(one) if one else None
        if thing and fact.end is None and thing.end and thing.end_path in ENDING:
            hi = min(hi, thing.end.lo)
    return Held(lo, hi)


ENDING = frozenset({"death", "dissolved", "destroyed"})
"""Date fields after which an entity does nothing more; an event's end is only the end of the event."""
BEGINNING = frozenset({"birth", "founded"})


def event_days(event: Thing) -> tuple[float, float] | None:
    """First and last day on which an event may go on; None where it has no date."""
    if event.begin is None:
        return None
    end = event.end or event.begin
    return event.begin.lo, max(event.begin.hi, end.hi)


def years_of(world: World) -> tuple[float, float]:
    """The shortest and the longest year of the world's calendars: nothing says by which one an age is counted."""
    lengths = [calendar.mean_year for calendar in world.calendars] or [world.calendars.main.mean_year]
    return min(lengths), max(lengths)


def age_between(born: When, at: When, world: World) -> tuple[int, int]:
    """The fewest and the most whole years that somebody may have lived."""
    short, long = years_of(world)
    least, most = (at.lo - born.hi) / long, (at.hi - born.lo) / short
    return (int(least // 1) if least > -inf else 0), (int(most // 1) if most < inf else 10**9)
