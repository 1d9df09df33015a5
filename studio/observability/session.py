"""One run of the program: starts its log, ends it with what was measured, and reads what the last run left."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from studio.observability import metrics
from studio.observability.crash import versions
from studio.observability.log import Log, read_entries

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)
_BEGAN, _ENDED = "session began", "session ended"


class SessionLog:
    """The log of this run. `close` writes the run's counters and timings as its last line."""

    def __init__(self, folder: Path | None, *, level: int = logging.INFO, kept: metrics.Metrics | None = None) -> None:
        self._log: Log | None = Log(folder, level=level)
        self.metrics = kept or metrics.session
        log.info(_BEGAN, extra={"versions": versions()})

    def last_lines(self, count: int = 60) -> list[str]:
        """The newest entries, oldest first: for a crash report."""
        return self._log.last_lines(count) if self._log is not None else []

    def close(self) -> None:
        """Write the summary and what is on its way. Harmless when closed already."""
        if self._log is not None:
            log.info(_ENDED, extra={"metrics": self.metrics.snapshot()})
            ended, self._log = self._log, None
            ended.close()


def last_session(folder: Path) -> dict[str, Any] | None:
    """`at`, counters and timings of the run that ended last, as `Metrics.snapshot` gave them; None where none is."""
    ended = read_entries(folder, wanted=lambda entry: entry.get("said") == _ENDED)
    return {"at": ended[-1]["at"], **ended[-1].get("metrics", {})} if ended else None


def troubles(folder: Path, *, limit: int = 20) -> list[dict[str, Any]]:
    """The newest warnings and errors of the log, oldest first."""
    bad = read_entries(folder, wanted=lambda entry: entry.get("level") in ("warning", "error", "critical"))
    return bad[-limit:]
