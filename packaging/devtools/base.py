"""Where things are in the checkout, how a step speaks, and how a command is run."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "packaging" / "locks"
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


class Refused(Exception):
    """A step cannot go on; the text says what is wrong and what to do."""


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what is being done now, and how long it took."""
    say(f"• {title} …")
    started = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - started:.1f} s")


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, quiet: bool = False) -> int:
    """Run in the checkout with `env` added to ours; `quiet` keeps its output for the moment it fails."""
    merged = {**os.environ, **(env or {})}
    words = [str(word) for word in command]
    if not quiet:
        return subprocess.run(words, cwd=ROOT, env=merged, check=False).returncode
    done = subprocess.run(
        words, cwd=ROOT, env=merged, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        say(done.stdout)
    return done.returncode


def must(command: Sequence[str | Path], *, because: str, env: Mapping[str, str] | None = None) -> None:
    """Run quietly; a failure refuses with `because`.

    Raises:
        Refused: the command ended with another code than 0.
    """
    if run(command, env=env, quiet=True):
        raise Refused(because)
