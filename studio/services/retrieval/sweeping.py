"""Search indexes of projects that are gone: told apart by the note that lies in each, and removed from the cache.

An index can always be made again, so the worst that a wrong guess costs is the time to embed anew. A folder goes only
where nobody holds its lock, and where the project's file is nowhere it was seen, for a while already: a drive that
isn't plugged in today may be tomorrow.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from studio.domain.record import Frozen
from studio.storage import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTE, LOCK = "project.json", "writer.lock"
GONE_DAYS = 30
"""So long after it was used last, the index of a file that is gone is removed."""
UNKNOWN_DAYS = 180
"""And one of which nobody knows whose it is."""
_DAY = 86_400.0
_PLACES = 8


class Orphan(Frozen):
    """An index whose project is gone: its folder, where the file was seen last, days since it was used, and bytes."""

    folder: Path
    project: str
    days: int
    bytes: int


def note_place(folder: Path, project: Path) -> None:
    """Write into the folder of an index whose it is. Its time says when the index was used last. Never raises."""
    seen = [str(project), *(one for one in _places(folder) if one != str(project))]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"{NOTE}.new"
        fresh.write_text(json.dumps({"paths": seen[:_PLACES]}), encoding="utf-8")
        fresh.replace(folder / NOTE)
    except OSError:
        return


def orphans(*, gone_days: int = GONE_DAYS, unknown_days: int = UNKNOWN_DAYS, now: float | None = None) -> list[Orphan]:
    """The indexes that may go, the largest first."""
    at = time.time() if now is None else now
    found = [one for folder in _folders() if (one := _orphan(folder, at, gone_days, unknown_days)) is not None]
    return sorted(found, key=lambda one: -one.bytes)


def sweep(*, gone_days: int = GONE_DAYS, unknown_days: int = UNKNOWN_DAYS, now: float | None = None) -> list[Orphan]:
    """Remove them; gives those that went."""
    return [one for one in orphans(gone_days=gone_days, unknown_days=unknown_days, now=now) if _remove(one.folder)]


def _folders() -> Iterator[Path]:
    home = paths.cache_dir() / "index"
    if home.is_dir():
        yield from (one for one in home.iterdir() if one.is_dir() and not one.is_symlink())


def _orphan(folder: Path, now: float, gone_days: int, unknown_days: int) -> Orphan | None:
    places = _places(folder)
    if any(Path(one).exists() for one in places):
        return None
    files = [file for file in folder.rglob("*") if file.is_file()]
    marks = [folder / name for name in (NOTE, "index.json", LOCK)]
    used = max((file.stat().st_mtime for file in marks if file.exists()), default=folder.stat().st_mtime)
    days = (now - used) / _DAY
    if days < (gone_days if places else unknown_days):
        return None
    size = sum(file.stat().st_size for file in files)
    return Orphan(folder=folder, project=places[0] if places else "", days=int(days), bytes=size)


def _places(folder: Path) -> list[str]:
    try:
        return [str(one) for one in json.loads((folder / NOTE).read_text(encoding="utf-8"))["paths"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _remove(folder: Path) -> bool:
    """Whether it went: not where another process works in it."""
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        with lock:
            for part in folder.iterdir():
                if part.is_dir() and not part.is_symlink():
                    shutil.rmtree(part, ignore_errors=True)
                elif part.name != LOCK:
                    part.unlink(missing_ok=True)
    except (Timeout, OSError):
        return False
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
