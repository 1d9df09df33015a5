"""The user's own copy of the sample campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services import sample
from studio.services.folders import data_dir
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "Sample campaign"


def sample_path() -> tuple[Path, Callable[[], Workspace]]:
    """Where the copy lies, and how to open it: it is made on first use and kept with what the user changed in it."""
    path = data_dir() / f"{NAME}.ttrpg"
    return path, lambda: Workspace.open(path) if path.exists() else sample.create(path)
