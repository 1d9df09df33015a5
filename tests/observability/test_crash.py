"""Crash reports: on this machine, redacted, with what helps."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from studio import __version__
from studio.observability import crash
from studio.observability.crash import CrashLog, report_text, versions


def error() -> ValueError:
    try:
        raise ValueError("bad key sk-abcdefghijklmnop1234 for {'prompt': 'The queen'}")
    except ValueError as raised:
        return raised


def test_a_report_has_versions_traceback_and_the_last_lines_and_no_secret() -> None:
    lines = ['{"said": "before", "api_key": "hunter22"}', f"opened {Path.home()}/x"]
    text = report_text(error(), "task", now=datetime(2026, 1, 2, tzinfo=UTC), lines=lines)
    assert text.startswith(f"TTRPG Studio {__version__} · Python ")
    assert "in error\n" in text
    assert "2026-01-02T00:00:00+00:00 · task" in text
    assert "PySide6-Essentials " in text
    assert "opened ~/x" in text
    for secret in ("abcdefghij", "queen", "hunter22"):
        assert secret not in text


def test_the_newest_reports_stay(tmp_path: Path) -> None:
    log = CrashLog(tmp_path / "crashes", recent=lambda count: [f"{count} lines"])
    paths = [log.write(error(), "task") for _ in range(crash.KEPT + 3)]
    kept = list((tmp_path / "crashes").iterdir())
    assert len(kept) == crash.KEPT
    assert paths[-1] in kept
    assert f"{crash.LINES} lines" in kept[0].read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_no_second_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert CrashLog(tmp_path / "file" / "crashes").write(error(), "task") is None


def test_versions_name_what_the_program_stands_on() -> None:
    assert {"TTRPG Studio", "Python", "Platform", "SQLite", "PySide6-Essentials"} <= versions().keys()
