"""Backups: verified or not there at all, thinned out with age, and always a way back."""

import asyncio
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import NotFound, ProjectFileError
from studio.domain.events import BackupFailed, BackupMade, Event
from studio.domain.world import Entity
from studio.services import backup
from studio.services.backup import Backup, Backups
from studio.services.workspace import Workspace
from studio.storage.project import Project

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    """An open project with one entity."""
    made = Workspace.create(tmp_path / "Test.ttrpg", name="Test", author="t", device="d", clock=clock)
    made.run_now(add, "Ana")
    yield made
    made.close()


def add(project: Project, name: str) -> Entity:
    with project.commit("test", name) as commit:
        return commit.put(Entity(kind="npc", name=name))


def names(path: Path) -> set[str]:
    project = Project.open(path, author="t", device="d")
    try:
        return {e.name for e in project.all(Entity)}
    finally:
        project.close()


def test_a_backup_holds_everything_and_opens(workspace: Workspace) -> None:
    made = workspace.run_now(backup.make)
    assert made is not None
    assert names(made.path) == {"Ana"}
    assert backup.verify(made.path).ok
    assert backup.backups_of(workspace.path) == [made]
    assert backup.last_good(workspace.path) == made


def test_nothing_new_makes_no_backup_unless_asked(workspace: Workspace, clock: Clock) -> None:
    workspace.run_now(backup.make)
    clock.now += timedelta(minutes=1)
    assert workspace.run_now(backup.make, force=False) is None
    assert workspace.run_now(backup.make) is not None
    workspace.run_now(add, "Bea")
    clock.now += timedelta(minutes=1)
    assert workspace.run_now(backup.make, force=False) is not None


def test_a_copy_that_does_not_verify_is_thrown_away(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Project.copy_to

    def broken(project: Project, target: Path) -> None:
        real(project, target)
        data = bytearray(target.read_bytes())
        data[8192:12288] = b"\xff" * 4096
        target.write_bytes(data)

    monkeypatch.setattr(Project, "copy_to", broken)
    with pytest.raises(ProjectFileError) as caught:
        workspace.run_now(backup.make)
    assert caught.value.code == "damaged"
    assert backup.backups_of(workspace.path) == []
    assert not list(backup.folder(workspace.run_now(lambda p: p.workspace_id)).glob("*.unverified*"))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entity SET data = replace(data, 'Ana', 'Eva')",
        "DELETE FROM entity",
        "DELETE FROM change WHERE seq = 2",
        "UPDATE commit_log SET message = 'x' WHERE seq = 2",
        "UPDATE entity SET data = 'no json'",
        "DROP TABLE entity",
    ],
)
def test_verify_sees_what_sqlite_alone_does_not(workspace: Workspace, damage: str) -> None:
    assert backup.verify(workspace.path).ok
    workspace.run_now(lambda project: project.sql.execute(damage) and None)
    verdict = backup.verify(workspace.path)
    assert not verdict.ok
    assert verdict.sentence.endswith("Restore the last good backup.")


def test_verify_leaves_nothing_behind(workspace: Workspace) -> None:
    workspace.close()
    before = sorted(p.name for p in workspace.path.parent.iterdir())
    assert backup.verify(workspace.path).ok
    assert sorted(p.name for p in workspace.path.parent.iterdir()) == before


def test_verify_takes_in_what_a_dead_process_left_in_its_log(workspace: Workspace, tmp_path: Path) -> None:
    for tail in ("", "-wal"):
        shutil.copy(workspace.path.with_name(f"Test.ttrpg{tail}"), tmp_path / f"dead.ttrpg{tail}")
    verdict = backup.verify(tmp_path / "dead.ttrpg")
    assert verdict.ok
    assert verdict.commits == 2


def test_verify_refuses_other_files(tmp_path: Path) -> None:
    (tmp_path / "x.ttrpg").write_bytes(b"hello")
    with pytest.raises(ProjectFileError):
        backup.verify(tmp_path / "x.ttrpg")


def test_verify_takes_a_read_only_file_as_it_lies(workspace: Workspace, tmp_path: Path) -> None:
    workspace.close()
    (tmp_path / "ro").mkdir()
    copy = Path(shutil.copy(workspace.path, tmp_path / "ro" / "a.ttrpg"))
    copy.chmod(0o444)
    assert backup.verify(copy).ok


# ---- thinning out ----------------------------------------------------------------------------------------------------


def _at(hours: float) -> Backup:
    at = START + timedelta(hours=hours)
    return Backup(path=Path(f"/b/{hours}"), at=at, seq=int(hours * 10), head="", reason="timer")


def test_the_newest_twenty_a_day_for_a_fortnight_and_a_week_for_two_months_stay() -> None:
    hourly = [_at(h) for h in range(24 * 90)]
    gone = {b.path for b in backup.superseded(hourly)}
    kept = sorted((b for b in hourly if b.path not in gone), key=lambda b: b.at, reverse=True)
    assert kept[:20] == sorted(hourly, key=lambda b: b.at, reverse=True)[:20]
    assert len({b.at.date() for b in kept[:34]}) >= 13
    assert len(kept) <= 20 + 14 + 8
    assert kept[0].at - kept[-1].at > timedelta(days=40)


@given(hours=st.lists(st.floats(0, 5000), min_size=1, max_size=120, unique=True), keep=st.integers(1, 20))
def test_thinning_never_takes_the_newest_and_twice_is_once(hours: list[float], keep: int) -> None:
    found = [_at(h) for h in hours]
    gone = backup.superseded(found, keep=keep)
    left = [b for b in found if b not in gone]
    newest = sorted(found, key=lambda b: (b.at, b.seq), reverse=True)[:keep]
    assert all(b in left for b in newest)
    assert backup.superseded(left, keep=keep) == []


def test_old_backups_go_when_a_new_one_is_good(workspace: Workspace, clock: Clock) -> None:
    for n in range(8):
        clock.now += timedelta(minutes=1)
        workspace.run_now(add, f"N{n}")
        workspace.run_now(backup.make, keep=5)
    assert len(backup.backups_of(workspace.path)) == 5


# ---- warning ---------------------------------------------------------------------------------------------------------


def test_an_old_backup_warns_only_where_something_changed(workspace: Workspace, clock: Clock) -> None:
    workspace.run_now(backup.make)
    clock.now += timedelta(days=9)
    assert workspace.run_now(backup.warning) is None
    workspace.run_now(add, "Bea")
    sentence = workspace.run_now(backup.warning)
    assert sentence is not None
    assert "9 days" in sentence
    workspace.run_now(backup.make)
    assert workspace.run_now(backup.warning) is None


def test_a_project_without_any_backup_warns_after_days(workspace: Workspace, clock: Clock) -> None:
    assert workspace.run_now(backup.warning) is None
    clock.now += timedelta(days=5)
    assert "no backup" in str(workspace.run_now(backup.warning))


# ---- the way back ----------------------------------------------------------------------------------------------------


def test_restore_keeps_what_was_there(workspace: Workspace, clock: Clock) -> None:
    workspace.run_now(backup.make)
    workspace.run_now(add, "Bea")
    workspace.close()
    done = backup.restore(workspace.path, now=clock())
    assert names(workspace.path) == {"Ana"}
    assert done.kept is not None
    assert names(done.kept) == {"Ana", "Bea"}
    again = backup.restore(workspace.path, now=clock())
    assert again.kept is not None
    assert again.kept != done.kept


def test_restore_of_an_open_project_is_refused(workspace: Workspace) -> None:
    workspace.run_now(backup.make)
    with pytest.raises(ProjectFileError) as caught:
        backup.restore(workspace.path)
    assert caught.value.code == "locked"


def test_restore_of_a_missing_file_brings_it_back(workspace: Workspace) -> None:
    workspace.run_now(backup.make)
    workspace.close()
    workspace.path.unlink()
    assert backup.restore(workspace.path).kept is None
    assert names(workspace.path) == {"Ana"}


def test_a_damaged_backup_is_passed_over_for_an_older_good_one(workspace: Workspace, clock: Clock) -> None:
    good = workspace.run_now(backup.make)
    workspace.run_now(add, "Bea")
    clock.now += timedelta(hours=1)
    bad = workspace.run_now(backup.make)
    assert bad is not None
    bad.path.write_bytes(bad.path.read_bytes()[:9000])
    assert backup.last_good(workspace.path) == good
    workspace.close()
    with pytest.raises(ProjectFileError):
        backup.restore(workspace.path, backup=bad.path)
    assert names(workspace.path) == {"Ana", "Bea"}


def test_no_backup_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        backup.last_good(tmp_path / "none.ttrpg")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project file of some size: the file, not its bytes, or a report of what failed would be made of them."""
    from studio.services import sample

    path = tmp_path_factory.mktemp("whole") / "w.ttrpg"
    sample.create(path).close()
    return path


def opening_code(path: Path) -> str:
    """The code with which a file is refused; empty where it opens."""
    try:
        Workspace.open(path, author="t", device="d").close()
    except ProjectFileError as error:
        return error.code
    return ""


@given(seed=st.integers(0, 2**32), pieces=st.integers(1, 30), cut=st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_happens_to_the_bytes_there_is_a_way_back(
    tmp_path: Path, whole: Path, seed: int, pieces: int, cut: bool
) -> None:
    chance = random.Random(seed)
    path = tmp_path / f"{seed}-{pieces}-{cut}" / "Mine.ttrpg"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(whole.read_bytes())
    workspace = Workspace.open(path, author="t", device="d")
    workspace.run_now(backup.make)
    workspace.close()
    data = bytearray(path.read_bytes())
    for _ in range(pieces):
        at, length = chance.randrange(len(data)), chance.randrange(1, 5000)
        data[at : at + length] = chance.randbytes(min(length, len(data) - at))
    path.write_bytes(data[: chance.randrange(1, len(data))] if cut else data)
    assert opening_code(path) in ("", "damaged", "not_a_project", "newer")
    restored = backup.restore(path)
    verdict = backup.verify(path)
    assert verdict.ok
    assert restored.kept is not None
    Workspace.open(path, author="t", device="d").close()


def test_a_copy_of_a_file_that_is_open_elsewhere_is_whole(workspace: Workspace) -> None:
    copy = backup.open_copy(workspace.path)
    assert copy.parent == workspace.path.parent
    assert names(copy) == {"Ana"}
    assert backup.open_copy(workspace.path).name == "Test (copy 2).ttrpg"


def test_a_copy_goes_to_the_data_folder_where_its_own_is_closed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, studio_home: Path
) -> None:
    from studio.storage import checking

    real = checking.copy_file

    def refuse(path: Path, target: Path) -> None:
        if target.parent == workspace.path.parent:
            raise PermissionError
        real(path, target)

    monkeypatch.setattr(checking, "copy_file", refuse)
    copy = backup.open_copy(workspace.path)
    assert copy.is_relative_to(studio_home)
    assert names(copy) == {"Ana"}


# ---- by themselves ---------------------------------------------------------------------------------------------------


async def test_backups_wait_until_nothing_streams(workspace: Workspace) -> None:
    heard: list[Event] = []
    workspace.bus.subscribe(Event, heard.append)
    streaming = True
    backups = Backups(workspace, busy=lambda: streaming, look=timedelta(milliseconds=5))
    waiting = asyncio.create_task(backups.now("open"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    streaming = False
    made = await waiting
    assert made is not None
    assert [e for e in heard if isinstance(e, BackupMade)] == [BackupMade(path=str(made.path))]
    assert await backups.now("timer") is None


async def test_a_failure_is_told_not_raised(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    workspace.bus.subscribe(BackupFailed, heard.append)

    def full(_project: Project, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Project, "copy_to", full)
    assert await Backups(workspace).now("timer") is None
    assert "disk is full" in heard[0].sentence


async def test_the_run_backs_up_after_opening_and_after_changes(workspace: Workspace) -> None:
    heard: list[Any] = []
    made = asyncio.Event()

    def hear(event: BackupMade) -> None:
        heard.append(event)
        made.set()

    workspace.bus.subscribe(BackupMade, hear)
    task = asyncio.create_task(Backups(workspace, every=timedelta(milliseconds=20)).run())
    await asyncio.wait_for(made.wait(), 10)
    made.clear()
    await workspace.run(add, "Bea")
    await asyncio.wait_for(made.wait(), 10)
    task.cancel()
    assert len(heard) == 2


async def test_a_copy_that_fails_in_the_process_apart_is_thrown_away(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    workspace.bus.subscribe(BackupFailed, heard.append)
    real = Project.copy_to

    def broken(project: Project, target: Path) -> None:
        real(project, target)
        target.write_bytes(target.read_bytes()[:-40_000])

    monkeypatch.setattr(Project, "copy_to", broken)
    assert await Backups(workspace).now("timer") is None
    assert "thrown away" in heard[0].sentence
    assert await asyncio.to_thread(backup.backups_of, workspace.path) == []


async def test_without_a_process_apart_the_check_is_done_here(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise OSError("no process")

    monkeypatch.setattr(backup, "run_own", none)
    assert await Backups(workspace).now("timer") is not None


async def test_two_that_want_a_backup_at_once_both_get_one(workspace: Workspace) -> None:
    keeper = Backups(workspace)
    opened, first = await asyncio.gather(keeper.now("open"), backup.before(workspace, "import"))
    assert [one for one in (opened, first) if one is not None]
    await workspace.run(add, "Bo")
    asked, timed = await asyncio.gather(backup.before(workspace, "manual"), keeper.now("timer", force=True))
    assert asked is not None
    assert timed is not None
    found = [await asyncio.to_thread(names, one.path) for one in (asked, timed)]
    assert found == [{"Ana", "Bo"}, {"Ana", "Bo"}]


async def test_an_import_backs_up_first_what_there_was(workspace: Workspace, tmp_path: Path) -> None:
    from studio.services.exchange import import_paths

    (tmp_path / "answer.md").write_text("Words.", encoding="utf-8")
    report = await import_paths(workspace, [tmp_path / "answer.md"])
    assert report.created == 2
    (made,) = await asyncio.to_thread(backup.backups_of, workspace.path)
    assert made.reason == "import"
    assert await asyncio.to_thread(names, made.path) == {"Ana"}


def commits(project: Project) -> int:
    return project.sql.execute("SELECT count(*) FROM commit_log").fetchone()[0]


async def test_an_import_that_is_stopped_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    from studio.domain.errors import Cancelled
    from studio.services.exchange import import_paths

    (tmp_path / "answer.md").write_text("Words.", encoding="utf-8")
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 1

    before = await workspace.run(commits)
    with pytest.raises(Cancelled):
        await import_paths(workspace, [tmp_path / "answer.md"], cancelled=stop)
    assert await workspace.run(commits) == before
