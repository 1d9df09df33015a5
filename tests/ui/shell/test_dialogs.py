"""Dialogs: awaited beside the running loop, answered by keys, with nothing that needs a mouse."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QPixmap, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from studio.domain.errors import Invalid
from studio.services import backup
from studio.services.exchange import Report, Told, ToldField, WordMap
from studio.storage import blobs
from studio.ui.dialogs import ask, compact
from studio.ui.dialogs.about import AboutDialog, read_facts
from studio.ui.dialogs.cheat_sheet import CheatSheet
from studio.ui.dialogs.crash import CrashDialog
from studio.ui.dialogs.help import ORDER, HelpWindow
from studio.ui.dialogs.importing import ImportPreview, import_into
from studio.ui.dialogs.restore import RestoreDialog
from studio.ui.kit.fields import ComboBox, LineEdit
from studio.ui.window_commands import LateActs, window_commands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.services.workspace import Workspace
    from studio.storage.project import Project
    from studio.ui.main_window import MainWindow
    from studio.ui.theme import Theme


@pytest.fixture
def host(qtbot: QtBot, theme: Any) -> QWidget:
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def dialog_of(host: QWidget, qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in host.findChildren(QDialog)))
    return next(d for d in host.findChildren(QDialog) if d.isVisible())


def test_other_work_goes_on_while_a_dialog_is_open(host: QWidget, loop: Any, qtbot: QtBot) -> None:
    ticks: list[int] = []

    async def ticking() -> None:
        while True:
            ticks.append(1)
            await asyncio.sleep(0.005)

    ticker = loop.create_task(ticking())
    asked = loop.create_task(ask.confirm(host, "Delete it?", "It goes to the trash.", action="Delete"))
    dialog = dialog_of(host, qtbot)
    before = len(ticks)
    qtbot.waitUntil(lambda: len(ticks) > before + 5)
    dialog.accept()
    qtbot.waitUntil(asked.done)
    ticker.cancel()
    assert asked.result() is True


def test_enter_accepts_a_one_line_question_and_escape_refuses_it(host: QWidget, loop: Any, qtbot: QtBot) -> None:
    for key, answer in ((Qt.Key.Key_Return, "The Ashen Concord"), (Qt.Key.Key_Escape, None)):
        asked = loop.create_task(ask.ask_text(host, "Rename", label="Name", text="Old"))
        dialog = dialog_of(host, qtbot)
        line = dialog.findChild(LineEdit)
        assert isinstance(line, LineEdit)
        line.selectAll()
        QTest.keyClicks(line, "The Ashen Concord")
        QTest.keyClick(line, key)
        qtbot.waitUntil(asked.done)
        assert asked.result() == answer
        qtbot.waitUntil(lambda: not host.findChildren(QDialog))


def test_what_can_not_be_taken_back_is_not_done_by_enter(host: QWidget, loop: Any, qtbot: QtBot) -> None:
    asked = loop.create_task(ask.confirm(host, "Empty the trash?", "It is gone then.", action="Empty", danger=True))
    dialog = dialog_of(host, qtbot)
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Empty")
    assert not button.isDefault()
    assert not button.hasFocus()
    dialog.reject()
    qtbot.waitUntil(asked.done)
    assert asked.result() is False


def test_an_import_is_previewed_and_then_done(ctx: Any, host: QWidget, loop: Any, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    world = {"format": "ttrpg-studio/world", "version": 1, "entities": [{"kind": "faction", "name": "Ashen Concord"}]}
    sample = next(Path(__file__).parents[3].glob("resources/sample/world.json"), None)
    file.write_text(sample.read_text() if sample is not None else json.dumps(world))
    work = loop.create_task(import_into(ctx, host, [file]))
    dialog = dialog_of(host, qtbot)
    assert isinstance(dialog, ImportPreview)
    assert dialog.accept_button is not None
    assert dialog.accept_button.isEnabled()
    dialog.accept()
    qtbot.waitUntil(work.done, timeout=15_000)
    work.result()
    assert any("Imported" in message for message in ctx.messages)
    assert [job.state for job in ctx.tasks.jobs] == ["done", "done"]


def test_a_word_of_the_source_can_be_given_another_kind(ctx: Any, host: QWidget, qtbot: QtBot) -> None:
    asked: list[WordMap] = []
    told = (Told(word="people", kind="npc", count=2), Told(word="logs", kind="", count=1))
    first = Report(format="x", read=3, created=3, kinds={"npc": 2, "entry": 1}, told=told)

    async def look(words: WordMap) -> Report:
        asked.append(words)
        return first.model_copy(update={"created": 2, "skipped": 1, "kinds": {"npc": 2}})

    preview = ImportPreview(host, ctx, first, look)
    box = next(b for b in preview.findChildren(ComboBox) if b.accessibleName().startswith("logs"))
    assert box.value() == ""
    box.set_value("-")
    box.chosen.emit("-")
    qtbot.waitUntil(lambda: "1 left out" in preview.sentence.text())
    assert asked == [WordMap({"logs": "-"})]


def test_a_field_of_the_source_can_be_given_another_place(ctx: Any, host: QWidget, qtbot: QtBot) -> None:
    asked: list[WordMap] = []
    fields = (
        ToldField(kind="npc", word="age", field="age", count=2),
        ToldField(kind="npc", word="Trade", field="", count=2, sample="smith"),
    )
    first = Report(format="x", read=2, created=2, kinds={"npc": 2}, told_fields=fields)

    async def look(words: WordMap) -> Report:
        asked.append(words)
        return first.model_copy(update={"created": 1, "updated": 1})

    preview = ImportPreview(host, ctx, first, look)
    names = [box.accessibleName() for box in preview.fields.findChildren(ComboBox)]
    assert names == ["Trade of NPCs comes in as", "age of NPCs comes in as"]
    box = preview.fields.findChildren(ComboBox)[0]
    box.chosen.emit("occupation")
    qtbot.waitUntil(lambda: "1 changed" in preview.sentence.text())
    assert asked == [WordMap(fields={"npc": {"Trade": "occupation"}})]
    assert preview.fields.findChildren(ComboBox)[0] is box


def test_a_refused_import_says_why_and_changes_nothing(ctx: Any, host: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG")
    task = ctx.tasks.start(import_into(ctx, host, [file]))
    qtbot.waitUntil(lambda: task.done() and bool(ctx.messages))
    assert "can't be imported" in ctx.messages[0]
    assert [job.state for job in ctx.tasks.jobs] == ["failed"]


def test_compacting_asks_first_and_says_how_much_room_there_is_again(ctx: Any, host: QWidget, qtbot: QtBot) -> None:
    def ballast(project: Project) -> None:
        with project.commit("test", "Ballast", step="note") as commit:
            commit.force = True
            blobs.put(project.sql, bytes(1_000_000), "image/png")

    ctx.workspace.run_now(ballast)
    task = ctx.tasks.start(compact.compact(ctx, host))
    dialog = dialog_of(host, qtbot)
    assert any("1 text that nothing names any more: 1.0 MB of" in one.text() for one in dialog.findChildren(QLabel))
    dialog.accept()
    qtbot.waitUntil(task.done, timeout=20_000)
    (job,) = ctx.tasks.jobs
    assert job.state == "done"
    assert job.sentence.startswith("1.0 MB are free again: the file had ")
    assert ctx.messages == [job.sentence]
    assert ctx.workspace.run_now(lambda p: backup.backups(p.workspace_id))[0].reason == "compact"


def test_the_crash_dialog_says_that_the_text_is_safe(host: QWidget, tmp_path: Path) -> None:
    report = tmp_path / "crash.txt"
    report.write_text("ZeroDivisionError")
    dialog = CrashDialog(host, ZeroDivisionError(), report)
    dialog.show()
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "is stored" in words
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy the report")
    copy.click()
    assert QApplication.clipboard().text() == "ZeroDivisionError"


def test_the_cheat_sheet_filters_by_key_and_name(window: MainWindow, qtbot: QtBot) -> None:
    window.registry.add(*window_commands(window, LateActs()))  # pyright: ignore[reportArgumentType]
    sheet = CheatSheet(window, window.registry)
    sheet.show()
    QTest.keyClicks(sheet.search, "palette")
    qtbot.waitUntil(lambda: _labels(sheet) == {"View", "Command palette", "Ctrl+K"})


def _labels(sheet: CheatSheet) -> set[str]:
    grid = sheet._grid
    items = (grid.itemAt(index) for index in range(grid.count()))
    return {item.widget().text() for item in items if item is not None and item.widget() is not None}  # pyright: ignore


def test_the_help_shows_the_pages_that_ship_and_finds_words(host: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "index.md").write_text("# First steps\n\nSee [backups](backups.md).")
    (tmp_path / "user" / "backups.md").write_text("# Backups\n\nCopies that are checked.")
    window = HelpWindow(host, tmp_path)
    window.open_page("")
    assert "First steps" in window.page.toPlainText()
    window.open_page("user/backups.md")
    assert "Copies" in window.page.toPlainText()
    QTest.keyClicks(window.search, "checked")
    qtbot.waitUntil(lambda: sum(not item.isHidden() for item in window._items.values()) == 1)
    window.deleteLater()


def test_the_help_goes_to_the_words_says_when_none_are_there_and_closes_by_key(
    host: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    for book, page, text in (
        ("user", "index", "# First steps\n\nBegin."),
        ("developer", "rooms", "# Rooms\n\nOf glass."),
    ):
        (tmp_path / book).mkdir()
        (tmp_path / book / f"{page}.md").write_text(text)
    window = HelpWindow(host, tmp_path)
    window.open_page("")
    window.show()
    QTest.keyClicks(window.search, "glass")
    qtbot.waitUntil(lambda: window.page.textCursor().selectedText() == "glass")
    assert window.tree.topLevelItem(0).isHidden()  # pyright: ignore[reportOptionalMemberAccess]
    assert window.nothing.isHidden()
    QTest.keyClicks(window.search, "house")
    qtbot.waitUntil(lambda: not window.nothing.isHidden())
    window.search.setFocus()
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.nothing.isHidden)
    assert window.isVisible()  # the first Esc only empties the field
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isVisible())
    window.deleteLater()


def test_the_help_begins_with_the_first_steps_and_fits_its_picture(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    window = HelpWindow(host)
    window.show()
    window.open_page("")
    assert "In a minute" in window.page.toPlainText()
    QApplication.processEvents()
    assert window.page.horizontalScrollBar().maximum() == 0
    small = window.page.loadResource(QTextDocument.ResourceType.ImageResource, QUrl("../pictures/main-window.png"))
    assert isinstance(small, QPixmap)
    assert window.page.viewport().width() / 2 < small.width() < window.page.viewport().width() - 2 * 24
    theme.set(theme="dark")
    picture = window.page.loadResource(QTextDocument.ResourceType.ImageResource, QUrl("../pictures/main-window.png"))
    assert isinstance(picture, QPixmap)
    assert picture.toImage().pixelColor(3, 3).lightness() < 60
    window.deleteLater()


def test_the_help_has_a_place_for_each_page_of_the_guide(host: QWidget, root: Path) -> None:
    pages = {p.stem for p in (root / "resources" / "docs" / "user").glob("*.md")}
    assert pages <= set(ORDER)
    window = HelpWindow(host)
    guide = [page.stem for page in window._items if page.parent.name == "user"]
    assert guide == [stem for stem in ORDER if stem in pages]
    window.deleteLater()


def test_about_says_version_licences_and_folders(host: QWidget) -> None:
    from studio import __version__

    dialog = AboutDialog(host, read_facts())
    texts = [w.text() for w in dialog.findChildren(QWidget) if callable(getattr(w, "text", None))]  # pyright: ignore
    assert f"Version {__version__}" in texts
    assert any("LGPL" in text and "ISC" in text for text in texts)


def test_the_newest_backup_is_offered_first(host: QWidget, workspace: Workspace) -> None:
    made = workspace.run_now(backup.make)
    assert made is not None
    dialog = RestoreDialog(host, workspace.path, backup.backups_of(workspace.path))
    assert dialog.chosen() == made.path


def test_a_sentence_for_the_user_is_not_a_crash(ctx: Any) -> None:
    ctx.tasks.report(Invalid("That name is taken."))
    assert ctx.messages == ["That name is taken."]
    assert ctx.errors == []
