"""What leaves the window and what is dropped on it: for players first, past the gate, with a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from studio.services.world import entities
from studio.ui.carried import ENTITY_MIME, local_files
from studio.ui.dialogs import ask
from studio.ui.dialogs.exchange import ExportDialog, export_from
from studio.ui.dialogs.exported import ExportReport
from studio.ui.kit import TextEdit

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.ui.main_window import MainWindow


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def sheet(qtbot: QtBot, cls: type[QDialog]) -> Any:
    found: list[QDialog] = []

    def there() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, cls) and w.isVisible()]
        return bool(found)

    qtbot.waitUntil(there, timeout=10_000)
    return found[0]


def test_an_export_is_for_players_until_somebody_says_otherwise(ctx: Any, host: QWidget) -> None:
    dialog = ExportDialog(host, "gm")
    assert (dialog.format.value(), dialog.audience.value()) == ("ttrpgpack", "gm")
    for name in ("markdown", "obsidian", "foundry", "world-json"):
        dialog.format.set_value(name)
        dialog.format.chosen.emit(name)
        assert dialog.audience.value() == "party"
        assert "What it can't hold: " in dialog.hint.text()
    dialog.audience.set_value("gm")
    dialog.audience.chosen.emit("gm")
    dialog.format.set_value("json")
    dialog.format.chosen.emit("json")
    assert dialog.audience.value() == "gm", "what was chosen stays"


def test_an_export_ends_with_a_report(
    ctx: Any, host: QWidget, loop: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.json"

    async def pick(*_args: object, **_named: object) -> Path:
        return target

    monkeypatch.setattr(ask, "pick_save", pick)
    ctx.workspace.run_now(entities.create_entity, kind="npc", name="Tam", visibility="party")
    ctx.workspace.run_now(entities.create_entity, kind="npc", name="Vessa Quill")
    work = loop.create_task(export_from(ctx, host))
    dialog = sheet(qtbot, ExportDialog)
    dialog.format.set_value("world-json")
    dialog.format.chosen.emit("world-json")
    dialog.as_of.set_text("no date at all")
    dialog.accept()
    qtbot.waitUntil(lambda: any("isn't a date" in one.text() for one in dialog.findChildren(QLabel)))
    dialog.as_of.set_text("")
    dialog.accept()
    report = sheet(qtbot, ExportReport)
    words = " ".join(one.text() for one in report.findChildren(QLabel))
    assert "What such a file can't hold: History" in words
    assert "Secrets" in words, "the leak check is part of it"
    assert "For: The party." in words
    report.reject()
    qtbot.waitUntil(work.done)
    work.result()
    text = target.read_text("utf-8")
    assert "Tam" in text
    assert "Vessa" not in text


def drop(widget: QWidget, mime: QMimeData) -> bool:
    """Drop as Qt does: from the widget upwards, to the first that takes it."""
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at: QWidget | None = widget
    while at is not None:
        if at.acceptDrops():
            entering = QDragEnterEvent(QPoint(5, 5), action, mime, button, none)
            entering.ignore()
            QApplication.sendEvent(at, entering)
            if entering.isAccepted():
                event = QDropEvent(QPointF(5, 5), action, mime, button, none)
                event.ignore()
                QApplication.sendEvent(at, event)
                return event.isAccepted()
        at = at.parentWidget() if not at.isWindow() else None
    return False


def test_files_dropped_on_any_dock_are_imported(shown: MainWindow, tmp_path: Path) -> None:
    taken: list[list[Path]] = []
    shown.files_dropped.disconnect()
    shown.files_dropped.connect(taken.append)
    shown.arrangement.complete()
    mime = QMimeData()
    file = tmp_path / "world.zip"
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    mime.setText(str(file))
    for name, dock in shown.arrangement.docks.items():
        taken.clear()
        assert drop(dock, mime), name
        assert taken == [[file]], name
        if dock.panel is not None:
            taken.clear()
            assert drop(dock.panel, mime), name
            assert taken == [[file]], name


def test_a_file_on_a_text_is_no_text(ctx: Any, host: QWidget, tmp_path: Path) -> None:
    field = TextEdit("Body", parent=host)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "world.zip"))])
    assert not field.canInsertFromMimeData(mime)
    mime = QMimeData()
    mime.setText("words")
    assert field.canInsertFromMimeData(mime)


def test_our_own_entries_are_no_files_to_import(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "Tam.md")), QUrl("https://example.org/a.md")])
    assert local_files(mime) == [tmp_path / "Tam.md"]
    mime.setData(ENTITY_MIME, b"[]")
    assert local_files(mime) == []
