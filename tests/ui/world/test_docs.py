"""The guide's page names every key of the World Bible."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from studio.ui.theme import look
from studio.ui.world import EntryPanel, WorldPanel
from studio.ui.world.around import diff_view


def test_every_key_of_the_world_is_in_the_guide(root: Path, world: WorldPanel, entry: EntryPanel) -> None:
    page = (root / "resources" / "docs" / "user" / "world-bible.md").read_text("utf-8")
    for command in [*world.commands(), *entry.commands()]:
        if not command.key:
            continue
        grouped = command.key.startswith("Alt+Shift+") and f", {command.key[-1]}" in page
        assert grouped or command.key in page, command.key


def test_a_long_text_shows_what_went_and_what_came(qtbot: QtBot, theme: Any) -> None:
    old = "The Ashen Concord keeps the peace. " * 5 + "It owns every debt."
    view = diff_view({"body": old}, {"body": old.replace("every", "no")})
    qtbot.addWidget(view)
    text = next(w.text() for w in view.findChildren(QLabel) if "<s" in w.text())
    assert f"<s style='color:{look.colour('danger').name()}'>every</s>" in text
    assert f"<u style='color:{look.colour('ok').name()}'>no</u>" in text
    assert " … " in text
