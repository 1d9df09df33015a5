"""The parts of a calendar: months, leap rules, moons, seasons and eras, and how far each may go."""

from __future__ import annotations

from typing import NamedTuple

from studio.domain.record import Frozen

MOST_DAYS = 1000
"""Days of one month."""
MOST_MONTHS = 100
MOST_WEEKDAYS = 60
MOST_OTHERS = 60
"""Leap days, moons, seasons or eras of one calendar."""
MOST_INTERVAL = 20_000
"""Years after which all leap rules together repeat: the table of years has that many rows."""
MOST_ASKED = 400_000
"""Years of that table times terms of all leap rules: more would take seconds to count."""
LAST_YEAR = 10**9
"""Years beyond this, either way, are no dates: their days would not fit a column of the store."""


class LeapTerm(Frozen):
    """Years with `(year - offset) % interval == 0`; `exclude` turns the answer round."""

    interval: int
    offset: int = 0
    exclude: bool = False


class LeapRule(Frozen):
    """Terms in the order in which they are asked: the first that fits decides, and none means no."""

    terms: tuple[LeapTerm, ...]

    def hits(self, year: int) -> bool:
        """Whether the year, as it is written, is a leap year of this rule."""
        for term in self.terms:
            if (year - term.offset) % term.interval == 0:
                return not term.exclude
        return False


class Month(Frozen):
    """A month, or days between months (`intercalary`: outside the week). `leap` is set where it comes in some years."""

    key: str
    name: str
    abbr: str = ""
    days: int
    intercalary: bool = False
    leap: LeapRule | None = None
    formerly: tuple[str, ...] = ()


class LeapDay(Frozen):
    """Extra days of a month in some years, behind its day `after`, or at its end. `intercalary`: outside the week."""

    month: str
    rule: LeapRule
    name: str = ""
    days: int = 1
    after: int | None = None
    intercalary: bool = False


class Weekday(Frozen):
    """One day of the week."""

    name: str
    abbr: str = ""


class Moon(Frozen):
    """A moon: days from new to new, and its age in days at the start of the calendar's first day."""

    name: str
    cycle: float
    shift: float = 0.0
    colour: str = ""


class Season(Frozen):
    """A season, from its first day to the day before the next one's."""

    name: str
    month: str
    day: int = 1
    colour: str = ""


class Era(Frozen):
    """A stretch of years with a name. The bounds are years as the calendar counts them through; None is open.

    `restart` writes its years from 1; `backwards` counts them down towards its last year, which is then 1.
    """

    name: str
    abbr: str = ""
    start: int | None = None
    end: int | None = None
    restart: bool = False
    backwards: bool = False
    colour: str = ""

    def holds(self, year: int) -> bool:
        """Whether the year lies in it."""
        return (self.start is None or year >= self.start) and (self.end is None or year <= self.end)


class Parts(Frozen):
    """Everything that makes a calendar, checked. `epoch` is the absolute day of its day 1 of year 1."""

    key: str = ""
    name: str = ""
    months: tuple[Month, ...]
    weekdays: tuple[Weekday, ...] = ()
    leap_days: tuple[LeapDay, ...] = ()
    moons: tuple[Moon, ...] = ()
    seasons: tuple[Season, ...] = ()
    eras: tuple[Era, ...] = ()
    year_zero: bool = False
    first_weekday: int = 0
    week_restarts: str = ""
    epoch: int = 0


class CalendarDate(NamedTuple):
    """A day as a calendar writes it; `month` is the month's key."""

    year: int
    month: str
    day: int


class MonthSpan(NamedTuple):
    """A month within one year: its first absolute day, its days, and which of them lie outside the week."""

    month: Month
    first: int
    days: int
    outside: frozenset[int]
    named: dict[int, str]
    """Names of single days: leap days that have one."""

    @property
    def last(self) -> int:
        """Its last absolute day."""
        return self.first + self.days - 1


PHASES = (
    "new moon", "waxing crescent", "first quarter", "waxing gibbous", "full moon", "waning gibbous", "last quarter",
    "waning crescent",
)  # fmt: skip


class MoonPhase(NamedTuple):
    """How a moon stands on a day. `age` is 0–1 from new to new; `step` counts the eight phases from the new moon."""

    moon: Moon
    age: float
    step: int

    @property
    def name(self) -> str:
        """The phase in words."""
        return PHASES[self.step]
