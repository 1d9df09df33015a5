"""The real window on a real X server, by real keys."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from studio.services.workspace import Workspace
from tests.support.xkeys import ROOT, App, wait_until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.x11,
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="there is no X server (DISPLAY is not set)"),
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "Shattered Coast.ttrpg"
    Workspace.create(path, name="Shattered Coast", author="tester", device="test").close()
    return path


def test_the_window_opens_a_project_and_ends_when_asked(project: Path, tmp_path: Path) -> None:
    with App("open", str(project), home=tmp_path / "home") as app:
        app.wait_title("Shattered Coast")
        app.keys("ctrl+q")
        assert app.wait_end() == 0, app.words()


def test_the_palette_switches_the_theme_by_keys(project: Path, tmp_path: Path) -> None:
    with App("open", str(project), home=tmp_path / "home") as app:
        app.wait_title("Shattered Coast — TTRPG Studio", whole=True)
        settings = app.home / "config" / "settings.json"

        def dark() -> bool:
            return settings.exists() and json.loads(settings.read_text()).get("theme") == "dark"

        app.keys("ctrl+k", pause=0.0)
        app.type("thdark")
        app.keys("Return")
        wait_until(dark, what=f"the dark theme\n{app.words()}")


def test_a_second_start_hands_its_file_to_the_first(project: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with App(home=home) as app:
        command = [sys.executable, "-m", "studio", str(project)]
        env = {**os.environ, "TTRPG_STUDIO_HOME": str(home)}

        def handed_over() -> bool:
            done = subprocess.run(
                command, cwd=ROOT, env={**env, "TTRPG_STUDIO_EXIT_AFTER_PAINT": "1"}, timeout=30, check=False
            )
            return done.returncode == 0 and app.title().startswith("Shattered Coast")

        wait_until(handed_over, what=f"the file in the first window\n{app.words()}", seconds=30)


def test_the_window_survives_a_kill_and_opens_the_same_project_again(project: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with App("open", str(project), home=home) as app:
        app.wait_title("Shattered Coast")
        wait_until((home / "config" / "window.json").exists, what="the recent list")
        app.kill()
    with App(home=home) as app:
        app.wait_title("Shattered Coast")
