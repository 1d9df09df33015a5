"""The log: structured lines in a file that stays small, redacted, and never in the way."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from studio.observability import log as logs
from studio.observability.log import FILE, Log, read_entries, to_stderr
from studio.observability.metrics import Metrics
from studio.observability.session import SessionLog, last_session, troubles


@pytest.fixture
def logger() -> logging.Logger:
    made = logging.getLogger("tests.observability")
    made.propagate = False
    return made


def test_an_entry_says_when_where_and_what(tmp_path: Path, logger: logging.Logger) -> None:
    log = Log(tmp_path, logger=logger)
    logger.warning("slow verb %s", "find", extra={"ms": 240})
    log.close()
    (entry,) = read_entries(tmp_path)
    assert (entry["level"], entry["from"], entry["said"], entry["ms"]) == (
        "warning",
        logger.name,
        "slow verb find",
        240,
    )
    assert entry["at"].endswith("+00:00")


def test_keys_and_prompts_reach_neither_file_nor_memory(tmp_path: Path, logger: logging.Logger) -> None:
    log = Log(tmp_path, logger=logger)
    try:
        raise ValueError("sk-abcdefghijklmnop1234 {'prompt': 'The queen is a vampire'}")
    except ValueError:
        logger.exception("call failed", extra={"api_key": "hunter22", "prompt": "The queen", "home": str(Path.home())})
    remembered = "\n".join(log.last_lines())
    log.close()
    for text in ((tmp_path / FILE).read_text(encoding="utf-8"), remembered):
        assert "queen" not in text
        assert "abcdefghij" not in text
        assert "hunter22" not in text
        assert str(Path.home()) + '"' not in text
        assert "ValueError" in text


def test_the_files_are_turned_over_before_they_grow_big(
    tmp_path: Path, logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "BYTES", 2000)
    monkeypatch.setattr(logs, "FILES", 2)
    log = Log(tmp_path, logger=logger)
    for n in range(100):
        logger.info("line %d", n)
    log.close()
    files = list(tmp_path.iterdir())
    assert len(files) == 3
    assert all(file.stat().st_size <= 2000 for file in files)
    assert read_entries(tmp_path)[-1]["said"] == "line 99"


def test_the_last_lines_are_in_memory_also_without_a_folder(tmp_path: Path, logger: logging.Logger) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    log = Log(blocked / "logs", logger=logger)
    for n in range(300):
        logger.info("line %d", n)
    assert [json.loads(line)["said"] for line in log.last_lines(2)] == ["line 298", "line 299"]
    assert len(log.last_lines(1000)) == logs.REMEMBERED
    log.close()
    log.close()


def test_lines_that_a_crash_cut_off_are_left_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"said": "one", "level": "info"}\n{"said": "tw', encoding="utf-8")
    assert [entry["said"] for entry in read_entries(tmp_path)] == ["one"]
    assert read_entries(tmp_path / "nowhere") == []


def test_a_session_ends_with_what_it_measured(tmp_path: Path) -> None:
    kept = Metrics()
    session = SessionLog(tmp_path, kept=kept)
    kept.count("stream.flushes", 3)
    kept.timing("paint.first", 812.04)
    logging.getLogger("tests").warning("something odd")
    assert any("something odd" in line for line in session.last_lines())
    session.close()
    session.close()
    last = last_session(tmp_path)
    assert last is not None
    assert last["counters"] == {"stream.flushes": 3}
    assert last["timings"]["paint.first"]["longest"] == 812.0
    assert [entry["said"] for entry in troubles(tmp_path)] == ["something odd"]
    assert last_session(tmp_path / "nowhere") is None


def test_headless_commands_say_warnings_redacted(capsys: pytest.CaptureFixture[str]) -> None:
    handler = to_stderr()
    logging.getLogger("tests").warning("key is sk-abcdefghijklmnop1234")
    logging.getLogger("tests").info("nothing to say")
    logging.getLogger().removeHandler(handler)
    assert capsys.readouterr().err == "warning: key is [redacted key]\n"


def test_doctor_tells_the_last_session_and_its_errors(studio_home: Path) -> None:
    from studio.services.doctor import examine
    from studio.services.folders import log_dir

    assert not {"Last session", "Errors in the log"} & {finding.name for finding in examine()}
    kept = Metrics()
    session = SessionLog(log_dir(), kept=kept)
    kept.timing("paint.first", 812.4)
    logging.getLogger("tests").error("the engine died")
    session.close()
    found = {finding.name: finding for finding in examine()}
    assert found["Last session"].detail.endswith("slowest: paint.first up to 812 ms (1×)")
    assert found["Errors in the log"].detail == "1 lately, the last one: the engine died"
