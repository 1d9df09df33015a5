"""Settings: declared once, kept, forgiving; the dialog is made from them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from studio.settings import PAGES, Settings, SettingsStore
from studio.ui.dialogs.settings import SettingsDialog, page_of
from studio.ui.kit.fields import CheckBox, ComboBox, NumberBox
from studio.ui.window_commands import LateActs, window_commands

if TYPE_CHECKING:
    from pathlib import Path

    from studio.ui.main_window import MainWindow


def test_every_setting_has_a_title_a_sentence_and_a_page() -> None:
    for name, info in Settings.model_fields.items():
        assert info.title, name
        assert (info.description or "").endswith("."), name
        assert page_of(info) in PAGES, name


def test_settings_are_kept(tmp_path: Path) -> None:
    SettingsStore(tmp_path).set(theme="dark", text_size=150)
    again = SettingsStore(tmp_path).value
    assert (again.theme, again.text_size) == ("dark", 150)


def test_only_what_was_changed_is_written(tmp_path: Path) -> None:
    SettingsStore(tmp_path).set(theme="dark")
    assert json.loads((tmp_path / "settings.json").read_text()) == {"theme": "dark"}


def test_a_value_that_does_not_fit_falls_back_alone(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"text_size": 9000, "theme": "dark", "of_a_later_version": 1}')
    store = SettingsStore(tmp_path)
    assert (store.value.text_size, store.value.theme) == (100, "dark")
    store.set(compact=True)
    assert json.loads((tmp_path / "settings.json").read_text())["of_a_later_version"] == 1


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{broken")
    assert SettingsStore(tmp_path).value == Settings()


def test_listeners_hear_of_changes(tmp_path: Path) -> None:
    store, heard = SettingsStore(tmp_path), []
    end = store.subscribe(heard.append)
    store.set(theme="dark")
    store.set(theme="dark")
    end()
    store.set(theme="light")
    assert [settings.theme for settings in heard] == ["dark"]


@pytest.fixture
def dialog(window: MainWindow, settings: SettingsStore) -> SettingsDialog:
    window.registry.add(*window_commands(window, LateActs()))  # pyright: ignore[reportArgumentType]
    made = SettingsDialog(window, settings, window.registry)
    made.show()
    return made


def test_the_dialog_shows_every_setting(dialog: SettingsDialog) -> None:
    titles = {info.title for info in Settings.model_fields.values() if page_of(info) != "keys"}
    words = {child.accessibleName() for child in dialog.findChildren(QWidget)}
    words |= {box.text() for box in dialog.findChildren(CheckBox)}
    assert titles <= words


def test_a_change_counts_at_once(dialog: SettingsDialog, settings: SettingsStore) -> None:
    box = next(b for b in dialog.findChildren(CheckBox) if b.text() == "Compact rows")
    box.click()
    size = next(b for b in dialog.findChildren(NumberBox) if b.accessibleName() == "Text size")
    size.setValue(120)
    choice = next(b for b in dialog.findChildren(ComboBox) if b.accessibleName() == "Theme")
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    assert (settings.value.compact, settings.value.text_size, settings.value.theme) == (True, 120, "dark")


def test_a_key_that_is_taken_is_refused_by_name(dialog: SettingsDialog, settings: SettingsStore) -> None:
    from studio.ui.dialogs.keys import KeysPage

    page = dialog.findChild(KeysPage)
    assert isinstance(page, KeysPage)
    rows = [page.table.topLevelItem(n) for n in range(page.table.topLevelItemCount())]
    page.table.setCurrentItem(next(row for row in rows if row is not None and row.text(0) == "Help: Keys"))
    page.edit.setKeySequence("Ctrl+K")
    page.edit.editingFinished.emit()
    assert "Command palette" in page.problem.text()
    page.edit.setKeySequence("Ctrl+J")
    page.edit.editingFinished.emit()
    assert settings.value.keys == {"help.keys": "Ctrl+J"}


def test_every_page_is_reached_by_key(dialog: SettingsDialog) -> None:
    from PySide6.QtCore import Qt

    dialog.list.setFocus()
    for _ in range(len(PAGES)):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.pages.currentIndex() == dialog.pages.count() - 1


def test_enter_in_a_field_does_not_leave_the_settings(dialog: SettingsDialog) -> None:
    for field in (*dialog.findChildren(NumberBox), *dialog.findChildren(ComboBox), dialog.list):
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert dialog.isVisible()
