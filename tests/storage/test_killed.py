"""kill -9 at any moment: whatever was acknowledged is there after reopening, and the history is whole."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.domain.world import Entity, Entry
from studio.services import backup, history
from studio.storage import checking
from studio.storage.project import Project

KILLS = 8
HEAD = """
import sys
from pathlib import Path
from studio.services.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]), author="t", device="d")
def say(*words): print(*words, flush=True)
"""
COMMITS = (
    HEAD
    + """
from studio.domain.world import Entry
def note(project, n):
    with project.commit("test", f"note {n}") as commit:
        commit.put(Entry(title=f"note {n}", body="words " * (n % 400)))
for n in range(int(sys.argv[2]), 100_000):
    workspace.run_now(note, n)
    say(n)
"""
)
APPLIES = (
    HEAD
    + """
from studio.services import history
from studio.services.review import paste_and_apply
text = Path(sys.argv[3]).read_text(encoding="utf-8")
for n in range(100_000):
    workspace.run_now(paste_and_apply, text, title=f"Answer {n}")
    say("applied")
    workspace.run_now(history.undo)
    say("undone")
    workspace.run_now(history.redo)
    say("redone")
"""
)
BACKUPS = (
    HEAD
    + """
from studio.domain.world import Entry
from studio.services import backup
for n in range(100_000):
    def note(project):
        with project.commit("test", f"note {n}") as commit:
            commit.put(Entry(title=f"note {n}", body="words " * 4000))
    workspace.run_now(note)
    made = workspace.run_now(backup.make)
    say(made.path)
"""
)
SCRATCH = (
    HEAD
    + """
for n in range(100_000):
    workspace.run_now(lambda project: project.scratch_set("stream:1", "word " * n))
    say(n)
"""
)


def killed(script: str, *arguments: str, after: float) -> list[str]:
    """What a child said before it was killed; the last line only where it is whole."""
    child = subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stderr is not None
    first = child.stdout.readline()
    assert first, child.stderr.read()
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    said = (first + rest).split("\n")
    return said[:-1]


@pytest.fixture
def path(project: Project) -> Path:
    """An empty project file, closed."""
    project.close()
    return project.path


def reopened(path: Path) -> Project:
    project = Project.open(path, author="t", device="d")
    assert history.first_broken(project) is None
    assert checking.check(path).problem == ""
    return project


@pytest.mark.serial
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.timeout(240)
class TestKilled:
    """Each test kills a child at random moments."""

    def test_among_commits_every_acknowledged_one_is_there(self, path: Path) -> None:
        chance, expected = random.Random(1), 0
        for _ in range(KILLS):
            said = killed(COMMITS, str(path), str(expected), after=chance.uniform(0.0, 0.25))
            project = reopened(path)
            titles = {e.title for e in project.all(Entry)}
            expected = len(titles)
            assert titles == {f"note {n}" for n in range(expected)}
            assert expected >= int(said[-1]) + 1
            project.close()
        assert expected > KILLS

    def test_among_applies_and_undos_all_or_nothing_of_each_is_there(self, path: Path, shared: Path) -> None:
        text = str(shared / "eval" / "extraction" / "d01-npc-roster.md")
        chance = random.Random(2)
        for _ in range(5):
            said = killed(APPLIES, str(path), "0", text, after=chance.uniform(0.0, 0.3))
            project = reopened(path)
            applies = project.sql.execute("SELECT count(*) FROM commit_log WHERE verb = 'review.apply'").fetchone()[0]
            assert applies >= said.count("applied")
            newest = next(
                c for c in history.entries(project) if c.verb in ("review.apply", "history.undo", "history.redo")
            )
            assert (len(project.all(Entity)) > 0) or newest.step == "undo"
            project.close()

    def test_among_backups_every_acknowledged_one_is_good_and_no_other_counts(self, path: Path) -> None:
        chance = random.Random(3)
        for _ in range(5):
            said = killed(BACKUPS, str(path), after=chance.uniform(0.0, 0.3))
            project = reopened(path)
            project.close()
            listed = backup.backups_of(path)
            assert Path(said[-1]) in {b.path for b in listed}
            assert all(backup.verify(b.path).ok for b in listed)

    def test_a_running_answer_loses_at_most_what_was_not_acknowledged(self, path: Path) -> None:
        for after in (0.02, 0.15):
            said = killed(SCRATCH, str(path), after=after)
            project = reopened(path)
            assert len(project.scratch_get("stream:1").split()) >= int(said[-1])
            project.close()
