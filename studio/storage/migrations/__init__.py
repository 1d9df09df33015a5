"""Steps from one version of the project file to the next, in order. A released step is never edited."""

from __future__ import annotations

from collections.abc import Callable

from peewee import SqliteDatabase

Migration = Callable[[SqliteDatabase], None]

CURRENT = 1
"""The version that this program writes (`user_version`)."""

MIGRATIONS: dict[int, Migration] = {}
"""Version → the step that makes it from the version before."""


def pending(
    version: int, *, target: int = CURRENT, steps: dict[int, Migration] | None = None
) -> list[tuple[int, Migration]]:
    """The steps that a file of this version still needs."""
    known = MIGRATIONS if steps is None else steps
    return [(n, known[n]) for n in range(version + 1, target + 1)]
