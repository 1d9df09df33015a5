"""The window with the sample campaign in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.services import sample
from studio.ui.desktop import Desktop
from studio.ui.session import Session
from studio.ui.window_commands import window_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.settings import SettingsStore
    from studio.ui.main_window import MainWindow


@pytest.fixture(scope="session")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample campaign in a file, made once: copy it."""
    path = tmp_path_factory.mktemp("campaign") / "Sample.ttrpg"
    sample.create(path).close()
    return path


@pytest.fixture
def shown(
    window: MainWindow, settings: SettingsStore, campaign: Path, tmp_path: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The window with the sample campaign in it."""
    session = Session(window, settings)
    window.registry.add(*window_commands(window, Desktop(window, session, settings)))
    task = session.open(Path(shutil.copy(campaign, tmp_path)))
    qtbot.waitUntil(task.done, timeout=20_000)
    qtbot.wait(300)
    yield window
    closing = window.tasks.start(session.close())
    qtbot.waitUntil(closing.done, timeout=10_000)
