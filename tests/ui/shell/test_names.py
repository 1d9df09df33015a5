"""Names in a very large world: what fits as typed comes with the key, what only nearly fits a moment later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from studio.services import near
from studio.ui import names as all_names
from studio.ui.kit import MarkdownEdit
from studio.ui.names import NameIndex
from studio.ui.palette import PaletteItem
from studio.ui.picking import NamePicker
from tests.support.timing import worked

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from studio.ui.main_window import MainWindow
    from tests.ui.conftest import TestContext

ROWS = [("1", "npc", "Gandalf", False), ("2", "npc", "Mirel Thane", False), ("3", "location", "Port Ash", False)]


@pytest.fixture
def many(ctx: TestContext, monkeypatch: pytest.MonkeyPatch) -> NameIndex:
    """Names of which there are too many to look for slips under a key."""
    monkeypatch.setattr(all_names, "AT_ONCE", 1)
    made = NameIndex(ctx.tasks, tasks=ctx.tasks)
    made.set_rows(ROWS)
    return made


def texts(names: NameIndex, typed: str) -> list[str]:
    return [row.text for row in names.search(typed)]


def test_slips_are_found_a_moment_later_and_told_once(many: NameIndex, qtbot: QtBot) -> None:
    assert texts(many, "mir") == ["Mirel Thane"]
    with qtbot.waitSignal(many.improved):
        assert texts(many, "gandlf") == []
    assert texts(many, "gandlf") == ["Gandalf"]
    with qtbot.assertNotEmitted(many.improved, wait=50):
        assert texts(many, "gandlf") == ["Gandalf"]


def test_only_what_was_asked_last_is_looked_for(many: NameIndex, qtbot: QtBot) -> None:
    with qtbot.waitSignal(many.improved):
        for typed in ("gandl", "gandlx", "thane mirrel"):
            texts(many, typed)
    assert texts(many, "thane mirrel") == ["Mirel Thane"]


def test_a_changed_world_is_asked_anew(many: NameIndex, qtbot: QtBot) -> None:
    with qtbot.waitSignal(many.improved):
        texts(many, "gandlf")
    many.set_rows([("4", "npc", "Gandolf", False), *ROWS[1:]])
    with qtbot.waitSignal(many.improved):
        assert texts(many, "gandlf") == []
    assert texts(many, "gandlf") == ["Gandolf"]


def focused(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def test_a_picker_shows_what_was_found_later(many: NameIndex, ctx: TestContext, qtbot: QtBot) -> None:
    ctx.names = many
    picker = NamePicker("Home", ctx, can_make=False)
    focused(picker, qtbot)
    QTest.keyClicks(picker, "gandlf")
    qtbot.waitUntil(lambda: picker.offers() == ["Gandalf"])


def test_a_text_shows_what_was_found_later(many: NameIndex, qtbot: QtBot) -> None:
    edit = MarkdownEdit("Text", provider=many.complete)
    many.improved.connect(edit.ask_again)
    focused(edit, qtbot)
    QTest.keyClicks(edit, "[[portash")
    qtbot.waitUntil(lambda: edit.is_completing)


def test_the_palette_shows_what_was_found_later(many: NameIndex, window: MainWindow, qtbot: QtBot) -> None:
    palette = window.command_palette()
    palette.add_provider(lambda typed: [PaletteItem(row.text, print) for row in many.search(typed)])
    many.improved.connect(palette.ask_again)
    palette.open()
    palette.edit.setText("gandlf")
    qtbot.waitUntil(lambda: "Gandalf" in [row.text for row in palette.rows("gandlf")])


def test_a_key_among_a_hundred_thousand_names_takes_half_a_frame(ctx: TestContext, qtbot: QtBot) -> None:
    kinds = ("npc", "faction", "location")
    book = near.Book(
        near.Name(f"id{n}", kinds[n % 3], f"{WORDS[n % 97]}{n % 311} of {WORDS[n * 7 % 97]}{n % 1013}")
        for n in range(100_000)
    )
    names = NameIndex(ctx.tasks, tasks=ctx.tasks)
    names.set_book(book)
    names.search("of")
    slowest = 0.0
    for typed in ("a", "an", "anb", "bar4", "xyzzy plugh", "barcr 44", "delethx", "q"):
        with worked() as took:
            names.search(typed, limit=12)
        slowest = max(slowest, took.seconds)
    assert slowest < 0.05, slowest
    qtbot.wait(1)


SYLLABLES = ("an", "bar", "cor", "del", "eth", "gar", "hol", "jor", "mar", "sol")
WORDS = [f"{a}{b}" for a in SYLLABLES for b in SYLLABLES][:97]
