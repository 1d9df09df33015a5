"""Property tests over project files: a file for each example, and choices that come from drawn numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.storage.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator

Pick = Callable[[list[Any]], Any]


@contextmanager
def fresh_file() -> Iterator[Path]:
    """Where a project can be made that is gone with the block; close it before."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "World.ttrpg"


@contextmanager
def fresh_project() -> Iterator[Project]:
    """An empty project that is closed and gone with the block."""
    with fresh_file() as path:
        project = Project.create(path, name="World", author="a", device="d")
        try:
            yield project
        finally:
            project.close()


class NothingToPick(Exception):
    """A verb has nothing to work on yet."""


def picker(numbers: list[int]) -> Pick:
    """Choose by these numbers, one after the other."""
    left = iter(numbers)

    def pick(choices: list[Any]) -> Any:
        if not choices:
            raise NothingToPick
        return choices[next(left) % len(choices)]

    return pick


def last_seq(project: Project) -> int:
    """The number of the newest change."""
    return project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0]


def reopened(project: Project) -> Project:
    """The same file after a restart."""
    path = project.path
    project.close()
    return Project.open(path, author="a", device="d")
