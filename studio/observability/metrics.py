"""Counters and timings of this run, in memory: for “About this session” and `doctor`. Nothing leaves the machine."""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = 512
"""How many of the newest samples the percentiles are made from."""


class Timing(NamedTuple):
    """What is known of one action, in milliseconds; percentiles are of its newest samples."""

    times: int
    total: float
    longest: float
    p50: float
    p95: float


class _Samples:
    def __init__(self) -> None:
        self.count = 0
        self.total = 0.0
        self.longest = 0.0
        self.newest: deque[float] = deque(maxlen=KEPT)

    def add(self, ms: float) -> None:
        self.count += 1
        self.total += ms
        self.longest = max(self.longest, ms)
        self.newest.append(ms)

    def summary(self) -> Timing:
        ordered = sorted(self.newest)
        at = lambda share: ordered[min(len(ordered) - 1, int(len(ordered) * share))]  # noqa: E731
        return Timing(self.count, self.total, self.longest, at(0.5), at(0.95))


class Metrics:
    """One registry; safe from any thread. Names are words with dots: `verb.entity.rename`, `paint.first`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counters: dict[str, int] = {}
        self._timings: dict[str, _Samples] = {}

    def count(self, name: str, by: int = 1) -> None:
        """Something happened."""
        with self._lock:
            self._counters[name] = self._counters.get(name, 0) + by

    def timing(self, name: str, ms: float) -> None:
        """Something took this many milliseconds."""
        with self._lock:
            self._timings.setdefault(name, _Samples()).add(ms)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Time a block, also one that fails."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.timing(name, (time.perf_counter() - started) * 1000)

    def counters(self) -> dict[str, int]:
        """Every counter, by name."""
        with self._lock:
            return dict(sorted(self._counters.items()))

    def timings(self) -> dict[str, Timing]:
        """Every timing, by name."""
        with self._lock:
            return {name: samples.summary() for name, samples in sorted(self._timings.items())}

    def snapshot(self) -> dict[str, Any]:
        """Everything as plain data, for `--json` and for the last line of a session's log."""
        rounded = {
            name: {field: round(value, 1) for field, value in timing._asdict().items()}
            for name, timing in self.timings().items()
        }
        return {"counters": self.counters(), "timings": rounded}

    def lines(self) -> list[str]:
        """Everything as text, one line each."""
        found = [f"{name}: {count}" for name, count in self.counters().items()]
        for name, t in self.timings().items():
            often = "once" if t.times == 1 else f"{t.times} times"
            spread = "" if t.times == 1 else f", half under {t.p50:.0f} ms, 95 % under {t.p95:.0f} ms"
            found.append(f"{name}: {often}{spread}, longest {t.longest:.0f} ms")
        return found


session = Metrics()
"""What this process did since it started. Like the root logger it is one per process; pass another one in tests."""
