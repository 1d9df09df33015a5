"""Opening: one process at a time, a sentence and a way out for everything that can be wrong with a file."""

import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from studio.domain.errors import ProjectFileError
from studio.domain.world import Entity
from studio.services import history
from studio.storage import checking, migrations, opening
from studio.storage.project import Project


def reopen(path: Path) -> Project:
    return Project.open(path, author="tester", device="d1")


def refused(path: Path) -> ProjectFileError:
    with pytest.raises(ProjectFileError) as caught:
        reopen(path).close()
    assert caught.value.sentence.endswith(".")
    return caught.value


@pytest.fixture
def closed(project: Project) -> Path:
    """A project file with an entity, closed."""
    with project.commit("test", "made") as commit:
        commit.put(Entity(kind="npc", name="Ana"))
    project.close()
    return project.path


def test_a_file_is_ours_by_its_header(closed: Path) -> None:
    head = closed.read_bytes()[:100]
    assert head.startswith(b"SQLite format 3\x00")
    assert int.from_bytes(head[68:72], "big") == 0x54545047
    assert int.from_bytes(head[60:64], "big") == migrations.CURRENT


def test_a_closed_project_is_one_file(closed: Path) -> None:
    left = {p.name for p in closed.parent.iterdir()}
    assert left - {f".{closed.name}.lock"} == {closed.name}


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\0" * 200, b"PK\x03\x04" * 100])
def test_other_files_are_not_projects(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.ttrpg"
    path.write_bytes(content)
    assert refused(path).code == "not_a_project"


def test_another_sqlite_file_is_not_a_project(tmp_path: Path) -> None:
    path = tmp_path / "x.ttrpg"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (a)")
    assert refused(path).code == "not_a_project"
    assert not path.with_name(path.name + "-wal").exists()


def test_a_folder_and_a_missing_file_say_so(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "not_a_project"
    assert refused(tmp_path / "none.ttrpg").code == "missing"
    assert not (tmp_path / "none.ttrpg").exists()


def test_a_new_project_never_goes_over_a_file(closed: Path) -> None:
    with pytest.raises(ProjectFileError) as caught:
        Project.create(closed, name="X", author="t", device="d")
    assert caught.value.code == "exists"
    reopen(closed).close()


def test_a_newer_file_is_refused_by_name_and_left_alone(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as db:
        db.execute(f"PRAGMA user_version = {migrations.CURRENT + 1}")
    before = closed.read_bytes()
    error = refused(closed)
    assert error.code == "newer"
    assert closed.name in error.sentence
    assert closed.read_bytes() == before


@pytest.mark.parametrize("where", [0.3, 0.6, 0.9])
def test_a_damaged_file_is_seen_or_whole_but_never_a_crash(closed: Path, where: float) -> None:
    data = bytearray(closed.read_bytes())
    start = int(len(data) * where) // 4096 * 4096
    data[start : start + 4096] = b"\xff" * 4096
    closed.write_bytes(data)
    codes = []
    try:
        reopen(closed).close()
    except ProjectFileError as error:
        codes.append(error.code)
    assert codes in ([], ["damaged"])


def test_an_error_that_quotes_a_damaged_name_is_damage_too(closed: Path) -> None:
    """SQLite names what is malformed, as it lies in the file; Python can't read that name, and says so instead."""
    data = closed.read_bytes()
    spoilt = data.replace(b"commit_logcommit_log", b"commit_\x8aogcommit_\x8aog").replace(
        b'CREATE TABLE "commit_log"', b'CREATX TABLE "commit_log"'
    )
    assert spoilt != data
    closed.write_bytes(spoilt)
    assert refused(closed).code == "damaged"
    assert not checking.check(closed).problem.endswith(")")
    assert checking.workspace_of(closed) == ""
    copy = closed.with_name("copy.ttrpg")
    checking.copy_file(closed, copy)
    assert copy.read_bytes() == spoilt


def test_a_cut_off_file_is_damaged(closed: Path) -> None:
    closed.write_bytes(closed.read_bytes()[: 4096 * 3])
    assert refused(closed).code == "damaged"


def test_a_second_handle_is_told_that_the_file_is_open(project: Project) -> None:
    assert refused(project.path).code == "locked"
    with project.commit("test", "still works") as commit:
        commit.put(Entity(kind="npc", name="Ana"))


HOLD = """
import sys
from pathlib import Path
from studio.storage.project import Project
project = Project.open(Path(sys.argv[1]), author="t", device="d")
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_told_and_a_dead_one_lets_go(closed: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    try:
        assert holder.stdout.readline().strip() == "open"
        assert refused(closed).code == "locked"
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
        holder.stdin.close()
    reopen(closed).close()


def _is_root() -> bool:
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.mark.skipif(_is_root(), reason="root may write everywhere, so nothing is read-only for it")
def test_a_read_only_folder_is_a_sentence(closed: Path) -> None:
    for path in closed.parent.iterdir():
        path.unlink() if path != closed else None
    closed.parent.chmod(0o555)
    try:
        assert refused(closed).code == "read_only"
    finally:
        closed.parent.chmod(0o755)


@pytest.mark.skipif(
    not Path("/sys").is_dir() or not _is_root(), reason="needs a file system that even root can't write to"
)
def test_a_place_that_refuses_files_is_a_sentence(closed: Path) -> None:
    with pytest.raises(ProjectFileError) as caught:
        Project.create(Path("/sys/x.ttrpg"), name="x", author="t", device="d")
    assert caught.value.code == "read_only"


FULL = """
import resource, signal, sys
from pathlib import Path
from studio.domain.errors import ProjectFileError
from studio.domain.world import Entry
from studio.storage.project import Project
path = Path(sys.argv[1])
project = Project.open(path, author="t", device="d")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
import random
done = 0
try:
    for n in range(2_000):
        with project.commit("test", f"note {n}") as commit:
            commit.put(Entry(title=f"note {n}", body=random.Random(n).randbytes(2_000).hex()))
        done += 1
except ProjectFileError as error:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with project.commit("test", "after") as commit:
        commit.put(Entry(title="after"))
    print(error.code, done, flush=True)
    project.close()
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs limits on the size of files")
def test_a_full_disk_is_a_sentence_and_loses_nothing_committed(closed: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(closed)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    code, count = done.stdout.split()
    assert code in ("disk_full", "disk_error")
    project = reopen(closed)
    titles = [r[0] for r in project.sql.execute("SELECT name FROM entry")]
    assert len(titles) == int(count) + 1
    assert "after" in titles
    assert history.first_broken(project) is None
    project.close()


def test_the_write_ahead_log_of_a_dead_process_is_taken_in(project: Project, tmp_path: Path) -> None:
    with project.commit("test", "made") as commit:
        commit.put(Entity(kind="npc", name="Ana"))
    copy = tmp_path / "dead.ttrpg"
    for tail in ("", "-wal"):
        source = project.path.with_name(project.path.name + tail)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + tail))
    again = reopen(copy)
    assert [e.name for e in again.all(Entity)] == ["Ana"]
    again.close()


def test_pending_steps_run_in_order_after_a_copy_was_kept(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []
    now = migrations.CURRENT
    steps: dict[int, migrations.Migration] = {n: lambda _db, n=n: ran.append(n) for n in (now + 1, now + 2)}
    monkeypatch.setattr(migrations, "CURRENT", now + 2)
    monkeypatch.setattr(migrations, "pending", lambda version: [(n, steps[n]) for n in steps if n > version])
    project = reopen(closed)
    assert ran == [now + 1, now + 2]
    assert project.sql.execute("PRAGMA user_version").fetchone() == (now + 2,)
    project.close()
    (kept,) = closed.parent.glob(f"{closed.stem}.v{now}-*.ttrpg")
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (now,)


def test_a_step_that_fails_leaves_the_file_as_it_was(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(db: object) -> None:
        db.execute_sql("DELETE FROM entity")  # pyright: ignore[reportAttributeAccessIssue]
        raise RuntimeError("half way")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "CURRENT", migrations.CURRENT + 1)
        patch.setattr(migrations, "pending", lambda _version: [(migrations.CURRENT, broken)])
        with pytest.raises(RuntimeError):
            reopen(closed)
    project = reopen(closed)
    assert [e.name for e in project.all(Entity)] == ["Ana"]
    project.close()


def test_steps_are_counted_from_the_file_to_the_program() -> None:
    steps: dict[int, migrations.Migration] = {n: lambda _db: None for n in (2, 3)}
    assert [n for n, _ in migrations.pending(1, target=3, steps=steps)] == [2, 3]
    assert migrations.pending(3, target=3, steps=steps) == []


def test_a_copy_is_whole_and_needs_no_other_file(project: Project, tmp_path: Path) -> None:
    with project.commit("test", "made") as commit:
        commit.put(Entity(kind="npc", name="Ana"))
    target = tmp_path / "copy.ttrpg"
    project.copy_to(target)
    assert {p.name for p in tmp_path.glob("copy*")} == {"copy.ttrpg"}
    copy = reopen(target)
    assert [e.name for e in copy.all(Entity)] == ["Ana"]
    copy.close()


def test_unknown_errors_stay_what_they_are() -> None:
    error = ValueError("other")
    assert opening.translate(error, Path("x")) is error
