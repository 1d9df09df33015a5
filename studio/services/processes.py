"""Starting this very application again as a child: from a checkout, a wheel, or the frozen folder."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def own_command(*arguments: str) -> list[str]:
    """The command line that starts this application with these arguments."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-P", "-m", "studio", *arguments]


def run_own(arguments: Sequence[str], *, env: Mapping[str, str], timeout: float) -> subprocess.CompletedProcess[str]:
    """Run this application and wait. Raises subprocess.TimeoutExpired."""
    return subprocess.run(
        own_command(*arguments), env={**os.environ, **env}, timeout=timeout, capture_output=True, text=True,
        encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def offscreen() -> dict[str, str]:
    """Environment for a window that nobody sees."""
    return {"QT_QPA_PLATFORM": "offscreen"}
