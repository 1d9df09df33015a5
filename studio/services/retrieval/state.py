"""How far the index of a project is, told from its mark alone: cheap enough for every command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.storage import paths

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

CUT = "1"
"""Which way of cutting records into chunks this is; with another one every chunk is looked at again."""


def folder_of(project_key: str) -> Path:
    """Where the index of a project lies: in the cache, which may be deleted at any time."""
    return paths.cache_dir() / "index" / project_key


def head(project: Project) -> str:
    """The mark of the last commit."""
    row = project.sql.execute("SELECT seq, id FROM commit_log ORDER BY seq DESC LIMIT 1").fetchone()
    return f"{CUT}:{row[0]}:{row[1]}" if row else f"{CUT}:0:"


def last(project: Project) -> int:
    """The number of the last commit."""
    return project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0] or 0


def told(project_key: str, mark: str) -> str:
    """What the index of a project is like, in words. `mark` is that of the project's last commit."""
    try:
        found = json.loads((folder_of(project_key) / "index.json").read_text(encoding="utf-8"))
        done = str(found["done"])
    except (OSError, ValueError, KeyError, TypeError):
        return "none yet"
    return "up to date" if done == mark else "behind the last change" if done else "being made"
