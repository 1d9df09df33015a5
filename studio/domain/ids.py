"""Ids, clocks and the hybrid logical clock that orders changes across devices."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NewType, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

RecordId = NewType("RecordId", str)
CommitId = NewType("CommitId", str)
Hlc = NewType("Hlc", str)


class Clock(Protocol):
    """Where the time comes from; tests pass their own."""

    def __call__(self) -> datetime: ...


def utc_now() -> datetime:
    """Now, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def uuid7(*, at_ms: int, random_bits: int) -> str:
    """A UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits, so that ids sort by age."""
    value = (at_ms & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= ((random_bits >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random_bits & ((1 << 62) - 1)
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class IdSource:
    """Fresh ids that sort by age even within one millisecond: there the random part counts on (RFC 9562 §6.2)."""

    def __init__(self, *, now_ms: Callable[[], int], random_bits: Callable[[], int]) -> None:
        self._now_ms, self._random_bits = now_ms, random_bits
        self._last = (0, 0)
        self._lock = threading.Lock()

    def __call__(self) -> RecordId:
        """The next id."""
        with self._lock:
            ms, count = self._last
            now = self._now_ms()
            # A 73-bit start leaves room to count on; a clock that was set back goes on from where it was.
            self._last = (now, self._random_bits() >> 1) if now > ms else (ms, count + 1)
            return RecordId(uuid7(at_ms=self._last[0], random_bits=self._last[1]))


new_id = IdSource(now_ms=lambda: time.time_ns() // 1_000_000, random_bits=lambda: secrets.randbits(74))
"""A fresh id from the wall clock and the system's randomness."""


class HlcClock:
    """Hybrid logical clock: never runs backwards, whatever the wall clock does. Text sorts as time does.

    Format: 12 hex digits of milliseconds, `-`, 4 hex digits of counter, `-`, the device's name.
    """

    def __init__(self, device: str, *, now_ms: Callable[[], int] | None = None, last: str = "") -> None:
        self._device = device
        self._now_ms = now_ms or (lambda: time.time_ns() // 1_000_000)
        self._ms, self._count = (int(last[:12], 16), int(last[13:17], 16)) if last else (0, 0)

    def tick(self) -> Hlc:
        """The next stamp, greater than every stamp given or seen before."""
        now = self._now_ms()
        self._ms, self._count = (now, 0) if now > self._ms else (self._ms, self._count + 1)
        return Hlc(f"{self._ms:012x}-{self._count:04x}-{self._device}")

    def observe(self, seen: str) -> None:
        """Move past a stamp that came from another device."""
        ms, count = int(seen[:12], 16), int(seen[13:17], 16)
        self._ms, self._count = max((self._ms, self._count), (ms, count))
