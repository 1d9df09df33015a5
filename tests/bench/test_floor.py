"""The floor itself: what this machine needs for an interpreter and for an empty window."""

import statistics
import sys

import pytest

from tests.bench.measuring import Report, bare_window_process, percentile, sample_process

pytestmark = pytest.mark.bench


def test_floor_of_a_process_and_a_window(report: Report) -> None:
    report.add("python -c pass", statistics.median(sample_process([sys.executable, "-c", "pass"], times=5)))
    report.add("bare QMainWindow process to exit", statistics.median(bare_window_process(times=5)))


def test_percentile_is_nearest_rank() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.0
    assert percentile([4.0, 1.0, 3.0, 2.0], 95) == 4.0
