"""The palette: commands and names, by letters, with the keys, and the focus goes back where it was."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.ui.names import NameIndex
from studio.ui.palette import Palette, PaletteItem
from studio.ui.window_commands import LateActs, window_commands
from tests.support.timing import worked

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.main_window import MainWindow

KINDS = ("faction", "npc", "location", "event", "timeline_arc", "item")


class Acts(LateActs):
    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window

    def set_look(self, **changes: object) -> None:
        self._window.theme.set(**changes)


@pytest.fixture
def palette(window: MainWindow) -> Palette:
    window.registry.add(*window_commands(window, Acts(window)))  # pyright: ignore[reportArgumentType]
    return window.command_palette()


def test_the_palette_offers_every_command(window: MainWindow, palette: Palette) -> None:
    offered = {item.text for item in palette.rows("")}
    assert offered == {command.text.replace("…", "") for command in window.registry.all()}


def test_letters_and_enter_run_a_command(window: MainWindow, palette: Palette, qtbot: QtBot) -> None:
    palette.open()
    QTest.keyClicks(palette.edit, "thdark")
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.theme.name == "dark")
    assert not palette.isVisible()


def test_a_command_is_found_by_its_menu_first(palette: Palette) -> None:
    assert palette.rows("view theme dark")[0].text == "Theme: Dark"
    assert palette.rows("theme dark view")[0].text == "Theme: Dark"


def test_a_command_is_found_by_what_it_does_after_those_that_fit_by_name(palette: Palette) -> None:
    assert palette.rows("backup")[0].text == "Backups"
    assert palette.rows("vault")[-1].text == "Import a folder"  # only its help has the word


def test_escape_gives_the_focus_back(window: MainWindow, palette: Palette) -> None:
    window.start.focus_first()
    before = QApplication.focusWidget()
    palette.open()
    assert QApplication.focusWidget() is palette.edit
    QTest.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_keys_move_through_the_list(palette: Palette) -> None:
    palette.open()
    QTest.keyClick(palette.edit, Qt.Key.Key_Down)
    QTest.keyClick(palette.edit, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 2
    QTest.keyClick(palette.edit, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 1


def test_rows_say_their_key_to_a_screen_reader(palette: Palette) -> None:
    palette.open("command palette")
    spoken = palette.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Command palette, View, Ctrl+K"


def test_names_of_the_project_are_offered_too(palette: Palette, qtbot: QtBot) -> None:
    went: list[str] = []
    item = PaletteItem("House Veyra", lambda: went.append("veyra"), hint="faction")
    release = palette.add_provider(lambda typed: [item] if typed == "vey" else [])
    palette.open("vey")
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: went == ["veyra"])
    release()
    assert item not in palette.rows("vey")


def test_a_key_in_the_palette_takes_no_frame_at_ten_thousand_names(palette: Palette) -> None:
    names = NameIndex()
    names.set_rows((f"id{n}", KINDS[n % 6], f"Entity {n} of the {n % 97}th Coast", False) for n in range(10_000))
    palette.add_provider(lambda typed: [PaletteItem(row.text, print) for row in names.search(typed, limit=12)])
    palette.open()
    times = []
    for typed in (
        "e",
        "en",
        "ent",
        "enti",
        "coast",
        "57th",
        "9",
        "99",
        "999",
        "of the",
        "xq",
        "dark",
        "zzz",
        "5",
        "51",
        "th",
    ):
        with worked() as took:
            palette.edit.setText(typed)
            QApplication.processEvents()
        times.append(took.seconds)
    assert statistics.quantiles(times, n=20)[-1] < 0.05, times
    assert statistics.median(times) < 0.016, times


def test_completion_ranks_the_start_of_a_name_first() -> None:
    names = NameIndex()
    names.set_rows(
        [
            ("1", "npc", "Old Veyra", False),
            ("2", "faction", "Veyra", False),
            ("3", "faction", "Véyra's End", False),
            ("3", "faction", "Veyra End", True),
        ]
    )
    assert [row.record_id for row in names.search("veyra")] == ["2", "3", "1"]
    found = names.find("VEYRA")
    assert found is not None
    assert found.record_id == "2"
