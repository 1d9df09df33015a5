"""A point or stretch of time as well as it is known: absolute days, precision, and the words it was written in."""

from __future__ import annotations

from typing import Literal

from studio.domain.record import Frozen

Precision = Literal[
    "exact", "day", "month", "season", "year", "decade", "century", "era", "before", "after", "between", "unknown",
]  # fmt: skip


class TimeRef(Frozen):
    """`lo` and `hi` are absolute days, both included; None is an open end. `minute` counts from midnight of one day.

    `circa` is already in the days: they reach five years to both sides.
    """

    precision: Precision = "unknown"
    lo: int | None = None
    hi: int | None = None
    circa: bool = False
    minute: int | None = None
    text: str = ""
    calendar: str = ""

    @property
    def known(self) -> bool:
        """Whether it says anything about when."""
        return self.precision != "unknown"

    @property
    def middle(self) -> int | None:
        """The day to stand for it on a line: its middle, or the end that is known."""
        if self.lo is None or self.hi is None:
            return self.hi if self.lo is None else self.lo
        return (self.lo + self.hi) // 2

    def without_text(self) -> TimeRef:
        """The same time, whatever the words."""
        return self.model_copy(update={"text": ""})
