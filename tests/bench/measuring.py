"""How a benchmark measures: samples in milliseconds, and a floor taken in the same run so that machines compare."""

import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


def percentile(samples: Sequence[float], share: float) -> float:
    """Nearest-rank percentile; `share` is 0 to 100."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]


def sample(action: Callable[[], object], *, times: int, warm_up: int = 1) -> list[float]:
    """Milliseconds of each of `times` calls, after `warm_up` calls that do not count."""
    for _ in range(warm_up):
        action()
    taken: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def sample_cpu(action: Callable[[], object], *, times: int, warm_up: int = 1) -> list[float]:
    """Milliseconds of this process's own time, user's and system's: what others do meanwhile hardly counts."""
    for _ in range(warm_up):
        action()
    taken: list[float] = []
    for _ in range(times):
        started = time.process_time()
        action()
        taken.append((time.process_time() - started) * 1000)
    return taken


def sample_process(command: Sequence[str], *, times: int, env: dict[str, str] | None = None) -> list[float]:
    """Milliseconds from spawn to exit of a process that must end with code 0."""

    def once() -> None:
        subprocess.run(command, check=True, env={**os.environ, **(env or {})}, capture_output=True)

    return sample(once, times=times)


BARE_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)

app = QApplication([])
window = Bare()
window.setCentralWidget(QLabel("floor"))
window.resize(1200, 800)
window.show()
sys.exit(app.exec())
"""


def bare_window_process(*, times: int) -> list[float]:
    """The floor of a cold start: a process that shows an empty main window, paints it once and ends."""
    return sample_process([sys.executable, "-c", BARE_WINDOW], times=times)


@dataclass(frozen=True)
class Figure:
    """One measured figure. `limit` is in `unit`; `floor` is what the same machine needs for the bare minimum."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def holds(self) -> bool:
        return self.limit is None or self.value <= self.limit

    def line(self) -> str:
        parts = [f"{self.name:<58} {self.value:>10.2f} {self.unit:<5}"]
        parts.append(f"limit {self.limit:.2f}" if self.limit is not None else "")
        parts.append(f"{self.ratio:.2f}x of floor {self.floor:.2f}" if self.ratio is not None else "")
        return "  ".join(part for part in parts if part) + ("" if self.holds else "  TOO MUCH")


class Report:
    """Collects figures; a figure over its limit fails the test that took it."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []

    def add(
        self, name: str, value: float, *, unit: str = "ms", limit: float | None = None, floor: float | None = None
    ) -> Figure:
        """Note one figure and assert its limit."""
        figure = Figure(name, value, unit, limit, floor)
        self.figures.append(figure)
        assert figure.holds, figure.line()
        return figure

    def add_ratio(self, name: str, samples: Sequence[float], floor: Sequence[float], *, at_most: float) -> Figure:
        """Note the median of `samples` against the median of `floor` and assert their ratio."""
        base = statistics.median(floor)
        return self.add(name, statistics.median(samples), limit=base * at_most, floor=base)

    def save(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        rows = [{**asdict(figure), "ratio": figure.ratio, "holds": figure.holds} for figure in self.figures]
        file.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
