"""A screen reader for the tests: asks the accessibility bus through a process on the system's Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SYSTEM_PYTHON = "/usr/bin/python3"
WALK = Path(__file__).parent / "walk.py"
Node = dict[str, Any]


def _can_walk() -> bool:
    if not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode == 0


needs_a_reader = [
    pytest.mark.atspi,
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="there is no X server (DISPLAY is not set)"),
    pytest.mark.skipif(not os.environ.get("DBUS_SESSION_BUS_ADDRESS"), reason="there is no session bus"),
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed"),
    pytest.mark.skipif(not _can_walk(), reason="the system's Python has no pyatspi"),
]


class Reader:
    """A context manager; one process for all its questions. Enter it before the application starts.

    It wakes the registry of the bus: an application that comes while that wakes up is not always listed.
    """

    def __enter__(self) -> Self:
        env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, str(WALK)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
        )
        self._ask(do="begin")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def _ask(self, **question: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        reply = json.loads(self._process.stdout.readline())
        assert "error" not in reply, reply["error"]
        return reply["answer"]

    def walk(self) -> list[Node]:
        """All nodes of the application."""
        return self._ask(do="walk")

    def press(self, name: str) -> None:
        """Press a button as a screen reader does."""
        assert self._ask(do="press", name=name)

    def pester(self) -> int:
        """Ask every part of the window for children that it hasn't got; gives how many parts there were."""
        return self._ask(do="pester")

    def until(self, true: Callable[[list[Node]], object], *, what: str, seconds: float = 10.0) -> list[Node]:
        """Walk until something is true of what is there; gives the nodes of that moment."""
        end = time.monotonic() + seconds
        while not true(nodes := self.walk()):
            if time.monotonic() > end:
                here = [("> " if n["focused"] else "", n) for n in nodes if n["showing"]]
                said = [f"{mark}{n['role']}: {n['name'] or n['text']}" for mark, n in here]
                raise AssertionError(f"waited {seconds} s in vain for {what}; there were\n" + "\n".join(said))
            time.sleep(0.05)
        return nodes


def words(nodes: list[Node]) -> str:
    """Everything that shows, as text: names of things and what stands in fields."""
    return "\n".join(part for n in nodes if n["showing"] for part in (n["name"], n["text"]) if part)


def nameless(nodes: list[Node]) -> list[str]:
    """Controls that show and take the focus but say nothing."""
    return [f"{n['path']}/{n['role']}" for n in nodes if n["showing"] and n["focusable"] and not n["name"]]
