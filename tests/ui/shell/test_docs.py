"""The pages of keys and settings that ship are made from the registry and the model.

After adding a command or a setting: `UPDATE_GOLDEN=1 python packaging/dev.py test tests/ui/shell/test_docs.py`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studio.services.exchange.formats_page import formats_page
from studio.settings import SettingsStore, settings_page
from studio.ui.commands import shortcuts_page
from studio.ui.desktop import Desktop
from studio.ui.session import Session
from studio.ui.window_commands import window_commands

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.services.workspace import Workspace
    from studio.ui.main_window import MainWindow


def same(file: Path, text: str) -> bool:
    """Whether the shipped page is this text; with UPDATE_GOLDEN=1 it is written first."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.write_text(text, encoding="utf-8")
    return file.exists() and file.read_text(encoding="utf-8") == text


def test_the_page_of_settings_names_every_setting(root: Path) -> None:
    assert same(root / "resources" / "docs" / "user" / "settings.md", settings_page())


def test_the_page_of_formats_names_every_format(root: Path) -> None:
    assert same(root / "resources" / "docs" / "user" / "formats.md", formats_page())


def test_the_page_of_keys_names_every_command(
    root: Path, window: MainWindow, settings: SettingsStore, qtbot: QtBot, workspace: Workspace
) -> None:
    workspace.close()
    session = Session(window, settings)
    window.registry.add(*window_commands(window, Desktop(window, session, settings)))
    task = session.open(workspace.path)
    qtbot.waitUntil(task.done, timeout=20_000)
    page = shortcuts_page(window.registry.all())
    closing = window.tasks.start(session.close())
    qtbot.waitUntil(closing.done, timeout=10_000)
    assert same(root / "resources" / "docs" / "user" / "keys.md", page)
