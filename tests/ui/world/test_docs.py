"""The guide's page names every key of the World Bible."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from studio.services.wording import pieces
from studio.ui.compare import SideBySide
from studio.ui.world import EntryPanel, WorldPanel


def test_every_key_of_the_world_is_in_the_guide(root: Path, world: WorldPanel, entry: EntryPanel) -> None:
    page = (root / "resources" / "docs" / "user" / "world-bible.md").read_text("utf-8")
    for command in [*world.commands(), *entry.commands()]:
        if not command.key:
            continue
        grouped = command.key.startswith("Alt+Shift+") and f", {command.key[-1]}" in page
        assert grouped or command.key in page, command.key


def test_a_long_text_shows_what_went_and_what_came(qtbot: QtBot, theme: Any) -> None:
    old = "The Ashen Concord keeps the peace. " * 9 + "It owns every debt."
    view = SideBySide("Text", old, new := old.replace("every", "no"), pieces=pieces(old, new))
    qtbot.addWidget(view)
    left, right = (w.text() for w in view.findChildren(QLabel) if "<span" in w.text())
    assert ">every</span>" in left
    assert "line-through" in left
    assert ">no</span>" in right
    assert "underline" in right
    assert "…" in left
