"""Indexes of projects that are gone: they go after a while, and nothing else ever does."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from filelock import FileLock

from studio.services.retrieval import sweeping
from studio.services.retrieval.state import folder_of

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400


def index(key: str, project: Path | None, *, days: int, now: float) -> Path:
    """The folder of an index that was used last so many days ago."""
    folder = folder_of(key)
    (folder / "lance-1").mkdir(parents=True)
    (folder / "lance-1" / "data").write_bytes(b"x" * 1000)
    (folder / "index.json").write_text("{}")
    if project is not None:
        sweeping.note_place(folder, project)
    for file in folder.glob("*.json"):
        os.utime(file, (now - days * DAY, now - days * DAY))
    return folder


def test_only_an_index_whose_file_is_gone_for_long_is_swept_and_none_that_is_held(tmp_path: Path) -> None:
    now = 2_000_000_000.0
    here, gone, moved = (tmp_path / f"{name}.ttrpg" for name in ("Here", "Gone", "Moved"))
    here.touch()
    stays = [
        index("here", here, days=900, now=now), index("fresh", gone, days=5, now=now),
        index("unknown", None, days=100, now=now), index("held", gone, days=90, now=now),
        index("copied", gone, days=90, now=now),
    ]  # fmt: skip
    sweeping.note_place(stays[-1], here)
    os.utime(stays[-1] / sweeping.NOTE, (now - 90 * DAY, now - 90 * DAY))
    goes = [index("gone", gone, days=31, now=now), index("forgotten", None, days=200, now=now)]
    target = tmp_path / "elsewhere"
    target.mkdir()
    shutil.move(index("linked", moved, days=400, now=now), target / "linked")
    folder_of("linked").symlink_to(target / "linked")
    lock = stays[3] / sweeping.LOCK
    with FileLock(lock):
        os.utime(lock, (now - 90 * DAY, now - 90 * DAY))
        swept = sweeping.sweep(now=now)
    assert {one.folder for one in swept} == set(goes)
    assert all(one.bytes > 1000 for one in swept)
    assert not any(folder.exists() for folder in goes)
    assert all((folder / "lance-1" / "data").exists() for folder in stays)
    assert (target / "linked" / "index.json").exists()
    assert sweeping.sweep(gone_days=0, now=now)[0].project == str(gone), "when it is asked for, none waits for its days"
