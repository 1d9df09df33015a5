"""What is checked without running the product: style, format, types, import rules."""

import subprocess
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


Running = dict[str, subprocess.Popen[str]]


def start() -> Running:
    """Start every check, the slow one beside the quick ones."""
    return {
        name: subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for name, command in commands().items()
    }


def passed(running: Running) -> bool:
    """Wait for them all; prints what failed, and a line for each."""
    for name, process in running.items():
        output, _ = process.communicate()
        if process.returncode:
            say(output.rstrip())
        say(f"check {name}: {'failed' if process.returncode else 'passed'}")
    return not any(process.returncode for process in running.values())
