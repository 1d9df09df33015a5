"""The user's own copy of the sample campaign."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from studio import resources_dir
from studio.services.folders import data_dir
from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "Sample campaign"


def sample_path() -> tuple[Path, Callable[[], Workspace]]:
    """Where the copy lies, and how to open it: it is made on first use and kept with what the user changed in it."""
    path = data_dir() / f"{NAME}.ttrpg"
    return path, lambda: _open(path)


def _open(path: Path) -> Workspace:
    shipped = resources_dir() / "sample" / "sample.ttrpg"
    if not path.exists() and shipped.exists():
        shutil.copyfile(shipped, path)
    return Workspace.open(path)
