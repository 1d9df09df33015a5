"""Counters and timings of a run."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING

import pytest

from studio.observability import metrics
from studio.observability.metrics import KEPT, Metrics
from studio.services import workspace as workspaces
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project


def test_counters_add_up_from_any_thread() -> None:
    kept = Metrics()
    threads = [threading.Thread(target=lambda: [kept.count("x") for _ in range(500)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.counters() == {"x": 2000}


def test_timings_know_their_spread() -> None:
    kept = Metrics()
    for ms in range(1, 101):
        kept.timing("verb.find", ms)
    timing = kept.timings()["verb.find"]
    assert (timing.times, timing.total, timing.longest) == (100, 5050, 100)
    assert timing.p50 == pytest.approx(50, abs=1)
    assert timing.p95 == pytest.approx(95, abs=1)
    assert kept.lines() == ["verb.find: 100 times, half under 51 ms, 95 % under 96 ms, longest 100 ms"]


def test_only_the_newest_samples_make_percentiles() -> None:
    kept = Metrics()
    for ms in [1000.0] * 10 + [1.0] * KEPT:
        kept.timing("x", ms)
    assert (kept.timings()["x"].p95, kept.timings()["x"].longest) == (1.0, 1000.0)


def test_a_block_that_fails_is_timed_too() -> None:
    kept = Metrics()
    with pytest.raises(ValueError, match="no"), kept.timed("x"):
        raise ValueError("no")
    assert kept.timings()["x"].times == 1
    assert kept.lines()[0].startswith("x: once, longest ")
    json.dumps(kept.snapshot())


def slowly(project: Project) -> str:
    """A verb that takes its time."""
    time.sleep(0.03)
    return project.info().name


def test_every_verb_is_timed_and_a_slow_one_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(metrics, "session", Metrics())
    monkeypatch.setattr(workspaces, "SLOW_MS", 20)
    workspace = Workspace.create(tmp_path / "m.ttrpg", name="M", author="a", device="d")
    with caplog.at_level("WARNING"):
        workspace.run_now(slowly)
    workspace.close()
    (name,) = metrics.session.timings()
    assert name == f"verb.{__name__}.slowly"
    assert [(r.getMessage(), r.__dict__["ms"] >= 30) for r in caplog.records] == [
        (f"slow verb {__name__}.slowly", True)
    ]
