"""What is checked without running the product: style, format, types, import rules."""

import subprocess
import time
from pathlib import Path

from devtools.base import PYTHON, ROOT, say
from devtools.venv import script

SOURCES = ("studio", "tests", "packaging")


def commands() -> dict[str, list[str | Path]]:
    """Each check by name. All only read: none changes a file."""
    return {
        "ruff": [script("ruff"), "check", *SOURCES],
        "format": [script("ruff"), "format", "--check", *SOURCES],
        "imports": [script("lint-imports")],
        "types": [PYTHON, "-m", "basedpyright", "--warnings"],
    }


def run_all() -> bool:
    """Run every check, the slow one beside the quick ones; prints what failed, and a line for each."""
    started = time.monotonic()
    running = {
        name: subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for name, command in commands().items()
    }
    passed = True
    for name, process in running.items():
        output, _ = process.communicate()
        if process.returncode:
            passed = False
            say(output.rstrip())
        verdict = "failed" if process.returncode else "passed"
        say(f"check {name}: {verdict} ({time.monotonic() - started:.1f} s)")
    return passed
