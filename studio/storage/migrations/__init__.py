"""Steps from one version of the project file to the next, in order. A released step is never edited."""

from __future__ import annotations

from collections.abc import Callable

from peewee import SqliteDatabase

from studio.storage.migrations import v2

Migration = Callable[[SqliteDatabase], None]

CURRENT = 2
"""The version that this program writes (`user_version`)."""

MIGRATIONS: dict[int, Migration] = {2: v2.step}
"""Version → the step that makes it from the version before. What is derived is rebuilt after the last one."""


def pending(
    version: int, *, target: int = CURRENT, steps: dict[int, Migration] | None = None
) -> list[tuple[int, Migration]]:
    """The steps that a file of this version still needs."""
    known = MIGRATIONS if steps is None else steps
    return [(n, known[n]) for n in range(version + 1, target + 1)]
