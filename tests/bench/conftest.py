"""The report that benchmarks write their figures into; printed at the end and kept in build/bench.json."""

from collections.abc import Iterator

import pytest

from studio.engine.client import EngineClient
from tests.bench.measuring import Report

_KEY = pytest.StashKey[Report]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_KEY] = Report()


@pytest.fixture(scope="session")
def report(pytestconfig: pytest.Config) -> Report:
    """Where figures go: `report.add("filter key p95", value, limit=16)`."""
    return pytestconfig.stash[_KEY]


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineClient]:
    """An engine of a module's own, started with the first call."""
    client = EngineClient()
    yield client
    client.shutdown()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    report = config.stash[_KEY]
    if not report.figures:
        return
    terminalreporter.section("measured")
    for figure in report.figures:
        terminalreporter.write_line(figure.line())
    report.save(config.rootpath / "build" / "bench.json")
