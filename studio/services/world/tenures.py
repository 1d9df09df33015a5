"""When a fact that is said again is the same stretch of time told once more, and when it is another one.

Somebody may lead a house twice. Two stretches are one where nothing that both say differs and they aren't apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.dates import resolve
from studio.services.world.values import plain

if TYPE_CHECKING:
    from studio.domain.calendars import Calendars
    from studio.domain.world import Claim, DateValue, Relation

Span = tuple["DateValue | None", "DateValue | None"]


def span_of(fact: Relation | Claim) -> Span:
    """From when to when a fact holds."""
    return fact.valid_from, fact.valid_to


def same(there: Span, told: Span, calendars: Calendars) -> bool:
    """Whether what is told is the stretch that is there; without dates, it is the one that isn't over."""
    if told == (None, None):
        return there[1] is None
    agree = all(_agree(old, new, calendars) for old, new in zip(there, told, strict=True))
    return agree and not apart(there, told, calendars)


def apart(one: Span, other: Span, calendars: Calendars) -> bool:
    """Whether one of the two is certainly over before the other begins."""
    return _before(one[1], other[0], calendars) or _before(other[1], one[0], calendars)


def keeps(old: DateValue | None, new: DateValue | None, calendars: Calendars) -> bool:
    """Whether the date that is there says all that the new one does: it is as exact, or the new one says nothing."""
    if new is None or old is None:
        return new is None
    had, told = resolve(old, calendars), resolve(new, calendars)
    within = (told.lo is None or (had.lo is not None and had.lo >= told.lo)) and (
        told.hi is None or (had.hi is not None and had.hi <= told.hi)
    )
    return plain(old) == plain(new) or (within and (told.lo, told.hi) != (None, None))


def _agree(old: DateValue | None, new: DateValue | None, calendars: Calendars) -> bool:
    if old is None or new is None or plain(old) == plain(new):
        return True
    had, told = resolve(old, calendars), resolve(new, calendars)
    if (None, None) in ((had.lo, had.hi), (told.lo, told.hi)):
        return False
    return not (_less(had.hi, told.lo) or _less(told.hi, had.lo))


def _before(end: DateValue | None, start: DateValue | None, calendars: Calendars) -> bool:
    return _less(resolve(end, calendars).hi, resolve(start, calendars).lo)


def _less(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one < other
