"""What a screen reader meets in the window: every control that takes the focus has a name and a place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from studio.services.workspace import Workspace
from tests.support.xkeys import App, wait_until

SYSTEM_PYTHON = "/usr/bin/python3"
WALK = Path(__file__).parent / "walk.py"
Node = dict[str, Any]


def _can_walk() -> bool:
    if not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.atspi,
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="there is no X server (DISPLAY is not set)"),
    pytest.mark.skipif(not os.environ.get("DBUS_SESSION_BUS_ADDRESS"), reason="there is no session bus"),
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed"),
    pytest.mark.skipif(not _can_walk(), reason="the system's Python has no pyatspi"),
]


def walk(*press: str) -> list[Node]:
    """All nodes of the application."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [SYSTEM_PYTHON, str(WALK), *press], capture_output=True, text=True, timeout=90, env=env, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def nameless(nodes: list[Node]) -> list[str]:
    """Controls that show and take the focus but say nothing; lines of a closed combo box don't really show."""
    silent = [n for n in nodes if n["showing"] and n["focusable"] and not n["name"] and "/combo box:" not in n["path"]]
    return [f"{n['path']}/{n['role']}" for n in silent]


def test_every_control_of_the_start_page_has_a_name(tmp_path: Path) -> None:
    with App(home=tmp_path / "home"):
        nodes = walk()
    assert nameless(nodes) == []
    names = {node["name"] for node in nodes}
    assert {"Open the sample campaign", "New project", "Open…"} <= names


def test_every_control_of_an_open_project_has_a_name(tmp_path: Path) -> None:
    project = tmp_path / "Shattered Coast.ttrpg"
    Workspace.create(project, name="Shattered Coast", author="tester", device="test").close()
    with App("open", str(project), home=tmp_path / "home") as app:
        app.wait_title("Shattered Coast")
        wait_until((tmp_path / "home" / "config" / "window.json").exists, what="the project")
        nodes: list[Node] = []

        def furnished() -> bool:
            nodes[:] = walk()
            return any(node["name"] == "World Bible" and node["showing"] for node in nodes)

        wait_until(furnished, what=f"the docks\n{app.words()}", seconds=30)
        nodes = walk()
    assert nameless(nodes) == []


def test_targets_on_screen_are_large_enough(tmp_path: Path) -> None:
    with App(home=tmp_path / "home"):
        nodes = walk()
    buttons = [
        node for node in nodes if node["role"] in ("push button", "check box") and node["showing"] and node["box"]
    ]
    assert buttons
    assert [node["name"] for node in buttons if min(node["box"][2:]) < 24] == []
