"""Backups: made by themselves, verified before they count, thinned out with age, restored without losing anything."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from pydantic import Field

from studio.domain.errors import NotFound, ProjectFileError, StudioError
from studio.domain.events import BackupFailed, BackupMade
from studio.domain.record import Frozen
from studio.services.processes import run_own
from studio.storage import bundle, checking, opening, paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.services.workspace import Workspace
    from studio.storage.project import Project

log = logging.getLogger(__name__)
_NAME = re.compile(r"(?P<at>\d{8}-\d{6})\.s(?P<seq>\d+)\.(?P<head>[0-9a-f]{12})\.(?P<reason>[a-z_]+)\.ttrpg")
_STAMP = "%Y%m%d-%H%M%S"
LAST, DAILY, WEEKLY = 20, 14, 8
OLD_AFTER = timedelta(days=3)
CHECK_TIMEOUT = 600.0


class Backup(Frozen):
    """One backup that was verified when it was made. `seq` is the number of its last change."""

    path: Path
    at: datetime
    seq: int
    head: str
    reason: str


class Verdict(Frozen):
    """What a check of a file found."""

    ok: bool
    sentence: str
    commits: int = 0
    head: str = ""
    counts: dict[str, int] = Field(default_factory=dict)


class Restored(Frozen):
    """A restored file: which backup it is now, and where the file that was there before lies."""

    path: Path
    backup: Path
    kept: Path | None


# ---- where they are ------------------------------------------------------------------------------------------------


def folder(workspace_id: str) -> Path:
    """Where the backups of a project lie."""
    return paths.data_dir() / "backups" / re.sub(r"[^0-9A-Za-z-]", "_", workspace_id or "unknown")


def backups(workspace_id: str) -> list[Backup]:
    """All backups of a project, newest first."""
    return _listed(folder(workspace_id))


def _listed(where: Path) -> list[Backup]:
    found = []
    for path in where.glob("*.ttrpg") if where.is_dir() else ():
        if match := _NAME.fullmatch(path.name):
            at = datetime.strptime(match["at"], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path=path, at=at, seq=int(match["seq"]), head=match["head"], reason=match["reason"]))
    return sorted(found, key=lambda b: (b.at, b.seq), reverse=True)


def backups_of(path: Path) -> list[Backup]:
    """All backups of the project in this file, also where the file itself can't be read any more; newest first."""
    workspace_id = checking.workspace_of(path) if path.is_file() else ""
    if workspace_id and (found := backups(workspace_id)):
        return found
    root = paths.data_dir() / "backups"
    places = [p for p in root.iterdir() if str(path.resolve()) in _sources(p)] if root.is_dir() else []
    return sorted((b for place in places for b in _listed(place)), key=lambda b: b.at, reverse=True)


def last_good(path: Path) -> Backup:
    """The newest backup that still passes every check. Raises NotFound."""
    for backup in backups_of(path):
        if verify(backup.path).ok:
            return backup
    raise NotFound(f"There is no good backup of “{path.name}” on this device.")


def _sources(where: Path) -> list[str]:
    try:
        found = json.loads((where / "sources.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [s for s in found if isinstance(s, str)] if isinstance(found, list) else []


def _remember_source(where: Path, path: Path) -> None:
    known, source = _sources(where), str(path.resolve())
    if source not in known:
        partial = where / ".sources.json.part"
        partial.write_text(json.dumps([*known, source][-50:]), encoding="utf-8")
        partial.replace(where / "sources.json")


# ---- checking ------------------------------------------------------------------------------------------------------


def verify(path: Path) -> Verdict:
    """Check a project file or backup: pages, rows, history, and that the history ends in these rows.

    Raises ProjectFileError for what isn't a project file at all, or is of a newer version.
    """
    found = checking.check(path)
    if found.problem:
        sentence = f"“{path.name}” is damaged: {found.problem}. Restore the last good backup."
        return Verdict(ok=False, sentence=sentence, commits=found.commits)
    counts = {table: number for table, number in found.counts.items() if number}
    return Verdict(
        ok=True, sentence=f"“{path.name}” is whole: {found.commits} changes, every one accounted for.",
        commits=found.commits, head=found.head, counts=counts,
    )  # fmt: skip


# ---- making --------------------------------------------------------------------------------------------------------


class _Pending(Frozen):
    """A copy that isn't verified yet."""

    copy_path: Path
    final: Path
    head: str
    counts: dict[str, int]


def make(project: Project, *, reason: str = "manual", force: bool = True, keep: int = LAST) -> Backup | None:
    """Make, verify and keep a backup now; None where the newest one is of the same state and `force` is off.

    Raises ProjectFileError where it can't be made or doesn't verify.
    """
    pending = _copy(project, reason=reason, force=force)
    return None if pending is None else _settle(pending, keep)


def _copy(project: Project, *, reason: str, force: bool) -> _Pending | None:
    seq, head = bundle.head_hash(project.sql)
    where = folder(project.workspace_id)
    newest = next(iter(_listed(where)), None)
    if not force and newest is not None and (newest.seq, newest.head) == (seq, head[:12]):
        return None
    name = f"{project.clock():{_STAMP}}.s{seq}.{head[:12]}.{reason}.ttrpg"
    try:
        where.mkdir(parents=True, exist_ok=True)
        _remember_source(where, project.path)
        copy_path = where / f"{name}.unverified"
        project.copy_to(copy_path)
    except OSError as error:
        raise _cannot(error) from error
    counts = checking.row_counts(project.sql)
    return _Pending(copy_path=copy_path, final=where / name, head=head, counts=counts)


def _settle_apart(pending: _Pending, keep: int = LAST) -> Backup:
    """Like `_settle`, with the check in a process of its own: in a thread it would hold up the window's painting."""
    try:
        done = run_own(["verify", str(pending.copy_path), "--json"], env={}, timeout=CHECK_TIMEOUT)
        verdict = Verdict.model_validate_json(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return _settle(pending, keep)
    problem = "" if verdict.ok else verdict.sentence.rstrip(".")
    return _settle(pending, keep, checking.Check(problem=problem, head=verdict.head, counts=verdict.counts))


def _settle(pending: _Pending, keep: int = LAST, found: checking.Check | None = None) -> Backup:
    """Verify the copy against what it was made from; only then it becomes a backup, and older ones are thinned out."""
    found = found or checking.check(pending.copy_path)
    expected = {table: number for table, number in pending.counts.items() if number}
    counted = {table: number for table, number in found.counts.items() if number}
    if found.problem or found.head != pending.head or counted != expected:
        pending.copy_path.unlink(missing_ok=True)
        why = found.problem or "it differs from the project"
        raise ProjectFileError(
            f"The backup was thrown away: {why}. Check the disk, then make one by hand.", code="damaged"
        )
    try:
        pending.copy_path.replace(pending.final)
        made = next(b for b in _listed(pending.final.parent) if b.path == pending.final)
        for old in superseded(_listed(pending.final.parent), keep=keep):
            old.path.unlink(missing_ok=True)
        for stray in pending.final.parent.glob("*.unverified*"):
            stray.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot(error) from error
    return made


def copy_backup(backup: Backup, target: Path) -> None:
    """Another copy of a backup, at a place of the user's choice; never over a file that is there."""
    if target.exists():
        raise ProjectFileError(f"“{target}” exists already. Choose another name.", code="exists")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        checking.copy_file(backup.path, target)
    except OSError as error:
        raise opening.translate(error, target) from error


def _cannot(error: OSError) -> ProjectFileError:
    why = "the disk is full" if error.errno == 28 else "its folder can't be written to"
    return ProjectFileError(
        f"The backup couldn't be made: {why} ({paths.data_dir()}).",
        code="disk_full" if error.errno == 28 else "read_only",
    )


def superseded(found: Iterable[Backup], *, keep: int = LAST) -> list[Backup]:
    """The backups that may go: all but the newest few, one a day for fourteen days, one a week for eight weeks."""
    newest_first = sorted(found, key=lambda b: (b.at, b.seq), reverse=True)
    kept = {b.path for b in newest_first[:keep]}
    for slot, most in (("%Y-%j", DAILY), ("%G-%V", WEEKLY)):
        slots: dict[str, Path] = {}
        for backup in newest_first:
            slots.setdefault(f"{backup.at:{slot}}", backup.path)
        kept |= set(list(slots.values())[:most])
    return [b for b in newest_first if b.path not in kept]


def warning(project: Project) -> str | None:
    """A sentence where the last good backup is old and something changed since; else None."""
    seq, head = bundle.head_hash(project.sql)
    newest = next(iter(backups(project.workspace_id)), None)
    if newest is not None and (newest.seq, newest.head) == (seq, head[:12]):
        return None
    started = project.info().created_at
    since = newest.at if newest else started
    if since is None or project.clock() - since < OLD_AFTER:
        return None
    days = (project.clock() - since).days
    if newest is None:
        return f"This project is {days} days old and has no backup yet. Make one now."
    return f"The last good backup is {days} days old. Make one now."


# ---- going back ----------------------------------------------------------------------------------------------------


def restore(path: Path, *, backup: Path | None = None, now: datetime | None = None) -> Restored:
    """Put a backup, by default the last good one, in the place of a project file.

    The file that is there is kept beside it under another name. Raises ProjectFileError where it is open elsewhere,
    or where the backup isn't good.
    """
    source = backup or last_good(path).path
    verdict = verify(source)
    if not verdict.ok:
        raise ProjectFileError(f"The backup “{source.name}” is damaged itself. Choose an older one.", code="damaged")
    lock = opening.take_lock(path)
    try:
        fresh = path.with_name(f".{path.name}.restoring")
        checking.copy_file(source, fresh)
        kept = _set_aside(path, now or datetime.now(UTC))
        fresh.replace(path)
    except OSError as error:
        raise opening.translate(error, path) from error
    finally:
        lock.release()
    return Restored(path=path, backup=source, kept=kept)


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Move a file and its write-ahead log to a name that is free."""
    if not path.exists():
        return None
    stem = f"{path.stem}.before-restore-{now:{_STAMP}}"
    kept, n = path.with_name(f"{stem}{path.suffix}"), 2
    while kept.exists():
        kept, n = path.with_name(f"{stem}-{n}{path.suffix}"), n + 1
    path.rename(kept)
    for tail in ("-wal", "-shm"):
        beside = path.with_name(path.name + tail)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + tail))
    return kept


def open_copy(path: Path, *, into: Path | None = None) -> Path:
    """A copy that can be worked in, for a file that is read-only or open elsewhere. Gives where it lies."""
    opening.check_header(path)
    places = [into] if into else [path.parent, paths.data_dir() / "copies"]
    for place in places:
        try:
            place.mkdir(parents=True, exist_ok=True)
            target, n = place / f"{path.stem} (copy){path.suffix}", 2
            while target.exists():
                target, n = place / f"{path.stem} (copy {n}){path.suffix}", n + 1
            checking.copy_file(path, target)
        except OSError:
            continue
        return target
    raise ProjectFileError(f"No copy of “{path.name}” could be written. Choose another folder.", code="read_only")


# ---- by themselves -------------------------------------------------------------------------------------------------


class Backups:
    """Makes backups of one open project when it is time, and never while `busy()` says that an answer streams."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        busy: Callable[[], bool] = lambda: False,
        every: timedelta = timedelta(minutes=10),
        look: timedelta = timedelta(seconds=15),
        keep: int = LAST,
    ) -> None:
        self._workspace = workspace
        self._busy = busy
        self._every, self._look = every.total_seconds(), look.total_seconds()
        self._keep = keep

    async def run(self) -> None:
        """Back up after opening and then whenever something changed, until cancelled."""
        await self.now("open")
        while True:
            await asyncio.sleep(self._every)
            await self.now("timer")

    async def now(self, reason: str, *, force: bool = False) -> Backup | None:
        """Wait until nothing streams, then back up; failures are published, not raised. None where nothing changed."""
        while self._busy():  # noqa: ASYNC110 -- a stream has no event to wait for here, and seconds do not matter
            await asyncio.sleep(self._look)
        async with _one_at_a_time(self._workspace):
            try:
                pending = await self._workspace.run(_copy, reason=reason, force=force)
                made = None if pending is None else await asyncio.to_thread(_settle_apart, pending, self._keep)
            except StudioError as error:
                log.warning("no backup: %s", error.sentence)
                self._workspace.bus.publish(BackupFailed(sentence=error.sentence))
                return None
        if made is not None:
            self._workspace.bus.publish(BackupMade(path=str(made.path)))
        return made


async def before(workspace: Workspace, reason: str) -> Backup | None:
    """Back up ahead of something big, such as an import; None where the newest backup is of this very state.

    Raises ProjectFileError where it can't be made: then the big thing is better not begun.
    """
    async with _one_at_a_time(workspace):
        pending = await workspace.run(_copy, reason=reason, force=False)
        return None if pending is None else await asyncio.to_thread(_settle_apart, pending)


_locks: WeakKeyDictionary[Workspace, asyncio.Lock] = WeakKeyDictionary()


def _one_at_a_time(workspace: Workspace) -> asyncio.Lock:
    """Held while a backup is made: whoever ends one clears away what an unfinished one left behind."""
    return _locks.setdefault(workspace, asyncio.Lock())
