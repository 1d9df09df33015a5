"""Two processes want one file: the second hears in a sentence why not, and goes on in a copy."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studio.services.workspace import Workspace
from tests.atspi.reader import Reader, needs_a_reader, words
from tests.support.xkeys import ROOT, App
from tests.x11 import job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = needs_a_reader
SENTENCE = "is already open in another window or program"
HOLD = """
import sys
from pathlib import Path
from studio.services.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
workspace.close()
"""


@contextmanager
def held(project: Path) -> Iterator[None]:
    """Another process has the project open."""
    command = [sys.executable, "-c", HOLD, str(project)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "open"
        yield
        holder.communicate("\n", timeout=10)


def test_the_second_window_says_why_and_opens_a_copy(tmp_path: Path) -> None:
    project = job.make_project(tmp_path)
    before = project.read_bytes()
    with held(project), Reader() as reader, App("open", str(project), home=tmp_path / "home") as app:
        reader.until(lambda nodes: SENTENCE in words(nodes), what="the sentence")
        assert app.title() == "TTRPG Studio"
        reader.press("Open a copy")
        job.wait_open(app)
        assert (tmp_path / f"{job.NAME} (copy).ttrpg").exists()
        assert project.read_bytes() == before
    assert Workspace.open(project).close() is None


def test_a_command_refuses_a_file_that_a_window_has_open(tmp_path: Path) -> None:
    project = job.make_project(tmp_path)
    answer = tmp_path / "answer.md"
    answer.write_text(job.ANSWER, encoding="utf-8")
    with App("open", str(project), home=tmp_path / "home") as app:
        job.wait_open(app)
        env = {**os.environ, "TTRPG_STUDIO_HOME": str(tmp_path / "other")}
        command = [sys.executable, "-m", "studio", "apply", str(project), str(answer)]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert SENTENCE in done.stderr
    assert "open a copy" in done.stderr
    assert "Traceback" not in done.stderr
    assert job.Stored(project).empty()
