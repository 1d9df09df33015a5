"""Imports as the window shows them: what was copied, the report that is kept, and what the notes tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from studio.domain.world import Entity
from studio.services import exchange
from studio.services.exchange import past
from studio.services.exchange.staging import Reason, Report, Told, ToldField
from studio.ui.dialogs.import_report import ImportReport, PastImports, show_imports
from studio.ui.dialogs.importing import ImportPreview, import_clipboard, import_into
from studio.ui.history import HistoryPanel
from studio.ui.kit import Button, ComboBox, KindIcon

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

NOTE = "---\nkind: npc\n---\n# Old Tom\n\nA smith who keeps the harbour forge and its secrets.\n"
REASONS = tuple(Reason(what=f"song {n}.mp3", why="It is no note.") for n in range(12))


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


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "Vault"
    folder.mkdir()
    (folder / "Old Tom.md").write_text(NOTE)
    (folder / "song.mp3").write_bytes(b"ID3")
    return folder


def test_what_was_copied_is_previewed_and_comes_in(ctx: Any, host: QWidget, loop: Any, qtbot: QtBot) -> None:
    work = loop.create_task(import_clipboard(ctx, host, NOTE))
    sheet(qtbot, ImportPreview).accept()
    qtbot.waitUntil(work.done, timeout=10_000)
    work.result()
    assert [e.name for e in ctx.workspace.run_now(lambda p: p.all(Entity))] == ["Old Tom"]
    sheet(qtbot, ImportReport).reject()
    assert "Imported 1 from the clipboard" in ctx.messages


def test_after_an_import_the_report_offers_to_read_the_notes(
    ctx: Any, host: QWidget, loop: Any, qtbot: QtBot, vault: Path
) -> None:
    asked: list[tuple[str, str]] = []
    ctx.hub.review.connect(lambda message, part: asked.append((message, part)))
    loop.create_task(import_into(ctx, host, [vault]))
    sheet(qtbot, ImportPreview).accept()
    report = sheet(qtbot, ImportReport)
    assert any("song.mp3" in line for line in report.reasons.lines())
    assert report.extract_button is not None
    report.extract_button.setFocus()
    QTest.keyClick(report.extract_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert asked[0][1] == "world"
    assert [job.state for job in ctx.tasks.jobs] == ["done"] * 3


def test_records_are_called_as_the_window_calls_them(ctx: Any, host: QWidget) -> None:
    report = Report(
        format="obsidian", title="Vault", read=4, imported=4, created=4, kinds={"entry": 2, "npc": 1, "media": 1}
    )
    icons = ImportReport(host, ctx, report).findChildren(KindIcon)
    words = [one.text() for icon in icons for one in icon.findChildren(QLabel) if one.text()]
    assert words == ["Notes", "NPC", "Image"]


def test_reading_the_notes_can_be_stopped(ctx: Any, host: QWidget, loop: Any, qtbot: QtBot, vault: Path) -> None:
    loop.create_task(import_into(ctx, host, [vault]))
    sheet(qtbot, ImportPreview).accept()
    report = sheet(qtbot, ImportReport)
    stopping: list[object] = []

    def stop() -> None:
        if not stopping and len(ctx.tasks.jobs) == 3:
            stopping.append(job := ctx.tasks.jobs[-1])
            job.cancel()

    ctx.tasks.jobs_changed.connect(stop)
    report.extract_button.click()
    qtbot.waitUntil(lambda: len(ctx.tasks.jobs) == 3)
    qtbot.waitUntil(lambda: ctx.tasks.jobs[-1].state == "cancelled", timeout=10_000)


def test_past_imports_are_listed_filtered_and_opened_by_keyboard(
    ctx: Any, host: QWidget, loop: Any, qtbot: QtBot, vault: Path
) -> None:
    ctx.workspace.run_now(exchange.import_files, [vault])
    work = loop.create_task(show_imports(ctx, host))
    listed = sheet(qtbot, PastImports)
    assert len(listed.keys()) == 1
    listed.words.setText("nothing like it")
    qtbot.waitUntil(lambda: listed.keys() == [])
    listed.words.setText("vault")
    qtbot.waitUntil(lambda: len(listed.keys()) == 1)
    QTest.keyClick(listed.words, Qt.Key.Key_Down)
    QTest.keyClick(listed.list, Qt.Key.Key_Return)
    report = sheet(qtbot, ImportReport)
    report.copy_button.click()
    (one,) = ctx.workspace.run_now(past.imports)
    assert QGuiApplication.clipboard().text() == past.as_text(one.report)
    report.reject()
    sheet(qtbot, PastImports).reject()
    qtbot.waitUntil(work.done)
    work.result()


def test_the_history_opens_the_report_of_an_import(ctx: Any, qtbot: QtBot, vault: Path) -> None:
    ctx.workspace.run_now(exchange.import_files, [vault])
    panel = HistoryPanel(ctx)
    qtbot.addWidget(panel)
    panel.resize(500, 700)
    panel.show()
    wanted = "Show the import's report"
    qtbot.waitUntil(lambda: any(b.text() == wanted for b in panel.findChildren(Button)))
    next(b for b in panel.findChildren(Button) if b.text() == wanted).click()
    sheet(qtbot, ImportReport).reject()


def test_what_was_left_out_can_be_filtered_and_copied(ctx: Any, host: QWidget, qtbot: QtBot) -> None:
    noted = Reason(what="Old Tom", why="The name was cut.", skipped=False)
    report = Report(format="obsidian", title="Vault", read=20, imported=1, skipped=19, reasons=(noted, *REASONS))
    made = ImportReport(host, ctx, report)
    made.show()
    lines = made.reasons.lines()
    assert len(lines) == 13
    assert lines[-1] == "Noted: Old Tom — The name was cut."
    made.reasons.words.setText("SONG 1")
    qtbot.waitUntil(lambda: len(made.reasons.lines()) == 3)
    QTest.keyClick(made.reasons.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(made.reasons.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "song 1.mp3 — It is no note."
    assert made.reasons.more.text().startswith("and 7 more")
    made.reject()


def test_rows_are_made_while_the_window_goes_on(ctx: Any, host: QWidget, qtbot: QtBot) -> None:
    told = tuple(Told(word=f"word {n}", kind="", count=n) for n in range(9))
    fields = tuple(ToldField(kind="npc", word=f"field {n}", field="", count=n) for n in range(9))
    report = Report(format="x", read=9000, created=9000, told=told, told_fields=fields, reasons=REASONS)

    async def look(_words: object) -> Report:
        return report

    preview = ImportPreview(host, ctx, report, look)
    assert len(preview.findChildren(ComboBox)) == 4, "the rest comes when it is looked at"
    preview.show()
    preview.word_section.set_open(True)
    preview.fields.set_open(True)
    qtbot.waitUntil(lambda: len(preview.findChildren(ComboBox)) == 18, timeout=15_000)
    preview.reject()
