"""Packages of other people that say whether what we write is right. They run under node, and only where they are.

`ORACLES` names a folder with `node_modules` in it; see the developer page on interchange for how to fill it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 60


def folder(package: str) -> Path:
    """The folder that holds the package; skips where there is none."""
    given = os.environ.get("ORACLES", "")
    if not given or shutil.which("node") is None:
        pytest.skip("ORACLES names no folder with node_modules, or node isn't here")
    if not (Path(given) / "node_modules" / package).is_dir():
        pytest.skip(f"{package} isn't installed in {given}")
    return Path(given)


def node(package: str) -> Callable[[str, Any], Any]:
    """A function that runs a script with the package at hand: JSON goes in on stdin, and comes back on stdout."""
    place = folder(package)

    def run(script: str, given: Any) -> Any:
        done = subprocess.run(
            ["node", "-e", script], input=json.dumps(given), cwd=place, timeout=SECONDS, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
