"""A picture of the real window with a project in it, taken by the application itself in a process of its own."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from studio.domain.errors import StudioError
from studio.services.processes import offscreen, run_own

if TYPE_CHECKING:
    from pathlib import Path

PICTURE_VARIABLE = "TTRPG_STUDIO_PICTURE"
"""Where the window puts its own picture once a project is shown; it then closes."""
TIMEOUT = 90.0


class NoPicture(StudioError):
    """The window couldn't be pictured."""

    code = "no_picture"


def take_picture(project: Path, picture: Path) -> Path:
    """Open a project in a window that nobody sees and keep what it looks like. Raises NoPicture."""
    target = picture.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    env = {**offscreen(), PICTURE_VARIABLE: str(target)}
    try:
        done = run_own(["open", str(project.absolute())], env=env, timeout=TIMEOUT)
    except subprocess.TimeoutExpired as late:
        raise NoPicture(f"The window gave no picture within {late.timeout:.0f} seconds.") from late
    if not target.exists():
        said = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise NoPicture(f"The window gave no picture (code {done.returncode}: {said[0][:200]}).")
    return target
