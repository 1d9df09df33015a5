"""The engine is killed while it answers: the window stays, what had come is kept, Retry and the next question work."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.atspi.reader import Reader, needs_a_reader, words
from tests.support.provider import Reply, ScriptedProvider
from tests.support.xkeys import App, wait_until
from tests.x11 import job

pytestmark = needs_a_reader
SLOW = Reply(job.ANSWER, piece=24, pause=0.03)


def engines(app: App) -> list[int]:
    """The engine processes that this application has started, by the kernel's own books."""
    assert app.process is not None
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes()
        except OSError:  # it has gone meanwhile
            continue
        if parent == app.process.pid and b"studio.engine" in command:
            found.append(int(entry.name))
    return found


def test_the_window_survives_the_death_of_its_engine(tmp_path: Path) -> None:
    project, home = job.make_project(tmp_path), tmp_path / "home"
    stored = job.Stored(project)
    with ScriptedProvider(default=Reply("All is well again.")) as provider, Reader() as reader:
        job.connect(home, provider)
        provider.push(SLOW)
        with App("open", str(project), home=home) as app:
            job.wait_open(app)
            job.ask(app)
            wait_until(lambda: provider.calls and len(provider.calls[0].text_sent) > 600, what="half an answer")
            (engine,) = engines(app)
            os.kill(engine, signal.SIGKILL)
            reader.until(lambda nodes: "Retry" in words(nodes), what="the way on")
            (cut,) = stored.answers()
            assert cut["state"] == "error"
            assert cut["error_code"] == "engine_died"
            assert cut["error_text"]
            kept = job.text_of(cut)
            assert len(kept) > 200
            assert job.ANSWER.startswith(kept)
            reader.press("Retry")
            reader.until(lambda nodes: "All is well again." in words(nodes), what="another answer")
            assert engine not in engines(app)
            app.keys("ctrl+1", pause=0.0)
            job.ask(app, "And the next question")
            wait_until(lambda: len(stored.answers()) == 3, what="the next answer")
            assert [job.text_of(a) for a in stored.answers()[1:]] == ["All is well again."] * 2
            app.keys("ctrl+q")
            assert app.wait_end() == 0, app.words()
