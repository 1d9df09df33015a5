"""One application: a second start hands over its files and ends; nobody else may speak to the socket."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.ui.instance import forward, listen, socket_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

CLIENT = """
import sys
import studio.ui.instance as instance
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
sys.exit(not instance.forward(sys.argv[1], sys.argv[2:]))
"""


@pytest.fixture
def name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="s-") as runtime:  # the path of a socket has 107 bytes at most
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        yield socket_name(tmp_path / "config")


def test_nobody_answers_before_the_first_start(name: str) -> None:
    assert forward(name, ["a.ttrpg"]) is False


def test_a_second_start_hands_over_its_arguments(name: str, qtbot: QtBot, root: Path) -> None:
    got: list[list[str]] = []
    server = listen(name, got.append)
    assert server is not None
    second = subprocess.Popen([sys.executable, "-c", CLIENT, name, "/tmp/é.ttrpg", "ttrpgstudio://open"], cwd=root)
    qtbot.waitUntil(lambda: bool(got), timeout=15_000)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=15_000)
    assert second.returncode == 0
    assert got == [["/tmp/é.ttrpg", "ttrpgstudio://open"]]
    server.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are a Unix thing")
def test_only_this_user_may_connect(name: str, qapp: object) -> None:
    server = listen(name, print)
    assert server is not None
    mode = stat.S_IMODE(Path(server.fullServerName()).stat().st_mode)
    assert mode & 0o077 == 0, oct(mode)
    server.close()


def test_two_homes_are_two_applications(tmp_path: Path) -> None:
    assert socket_name(tmp_path / "a") != socket_name(tmp_path / "b")


def test_a_dead_socket_is_taken_over(name: str, qapp: object) -> None:
    Path(name).write_text("left by a crash")
    server = listen(name, print)
    assert server is not None
    server.close()
