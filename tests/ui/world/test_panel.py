"""The World Bible dock with real keys over a real project."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.world import Entity
from studio.services import history
from studio.services.world import entities, entries, pages, tree
from studio.ui.context import StudioContext
from studio.ui.dialogs.merge import MergeSheet
from studio.ui.markdown.view import QUOTE_MIME
from studio.ui.world import WorldPanel
from studio.ui.world.outward import FileSheet
from studio.ui.world.treeview import ENTITY_MIME
from tests.ui.world.conftest import RecordingShell

Do = Callable[..., Any]


def lines(panel: WorldPanel) -> list[str]:
    """The lines that show, headings first."""
    found = []
    index = panel.model.index(0, 0)
    while index.isValid():
        found.append(str(index.data()))
        index = panel.tree.indexBelow(index)
    return found


def choose(panel: WorldPanel, *ids: str) -> None:
    panel.tree.clearSelection()
    for n, entity_id in enumerate(ids):
        index = panel.model.find(entity_id)
        if n == 0:
            panel.tree.setCurrentIndex(index)
        panel.tree.selectionModel().select(index, panel.tree.selectionModel().SelectionFlag.Select)


def test_an_empty_world_teaches_and_its_button_makes_an_entry(world: WorldPanel, qtbot: QtBot) -> None:
    assert world.stack.currentWidget() is world.empty
    assert world.empty.button is not None
    world.empty.button.click()
    assert world.new.isVisible()
    qtbot.keyClicks(world.new.name, "Mirel")
    qtbot.keyClick(world.new.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Mirel" in lines(world))
    qtbot.waitUntil(lambda: world.stack.currentWidget() is world.tree)
    assert not world.new.isVisible()


def test_a_small_world_shows_open(made: dict[str, Any], world: WorldPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Tam" in lines(world))
    assert lines(world) == ["Factions", "House Veyra", "NPCs", "Mirel Vane", "Tam", "Locations", "Port Ash"]


def test_filtering_shows_the_best_first_and_enter_opens_it(
    made: dict[str, Any], world: WorldPanel, shell: RecordingShell, qtbot: QtBot
) -> None:
    qtbot.keyClicks(world.filter, "mi")
    qtbot.waitUntil(lambda: lines(world) == ["Mirel Vane"])
    assert world.count.text() == "1 found"
    qtbot.keyClick(world.filter, Qt.Key.Key_Return)
    assert shell.navigated[-1][0] == made["Mirel Vane"]
    qtbot.keyClick(world.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(lines(world)) == 7)
    qtbot.keyClicks(world.filter, "nobody here")
    qtbot.waitUntil(lambda: world.stack.currentWidget() is world.nothing)
    assert world.nothing.button is not None
    world.nothing.button.click()
    assert world.new.name.text() == "nobody here"


def test_groupings_switch_and_are_remembered(
    do: Do, ctx: StudioContext, made: dict[str, Any], world: WorldPanel, qtbot: QtBot
) -> None:
    world.group_by("location")
    qtbot.waitUntil(lambda: lines(world)[:2] == ["Port Ash", "Mirel Vane"])
    world.group_by("status")
    qtbot.waitUntil(lambda: lines(world)[0] == "Draft")
    assert not world.tree.rows.show_status
    qtbot.wait(900)
    assert "status" in do(pages.view)


def test_commits_from_elsewhere_come_in_without_losing_the_place(
    do: Do, ctx: StudioContext, made: dict[str, Any], world: WorldPanel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Tam" in lines(world))
    world.tree.collapse(world.model.group("location"))
    choose(world, made["Tam"])
    do(entities.create_entity, kind="npc", name="Aldo")
    qtbot.waitUntil(lambda: "Aldo" in lines(world))
    assert world.tree.current_id() == made["Tam"]
    assert "Port Ash" not in lines(world)
    do(entities.rename_entity, made["Tam"], "Aaron")
    qtbot.waitUntil(lambda: lines(world)[3] == "Aaron")
    do(history.undo)
    qtbot.waitUntil(lambda: "Tam" in lines(world))


def test_rename_in_place_changes_links_and_can_be_taken_back(
    do: Do, ctx: StudioContext, made: dict[str, Any], world: WorldPanel, shell: RecordingShell, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "House Veyra" in lines(world))
    choose(world, made["House Veyra"])
    world.tree.setFocus()
    ctx.commands.run("world.rename")
    assert world.tree.state() == QAbstractItemView.State.EditingState
    editor = world.tree.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("House Ash")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "House Ash" in lines(world))
    tam: Entity = do(lambda p: p.get(Entity, made["Tam"]))
    assert "[[House Ash]]" in tam.body
    assert shell.undo is not None
    shell.undo()
    qtbot.waitUntil(lambda: "House Veyra" in lines(world))


def test_many_entries_change_together_by_command(
    do: Do, ctx: StudioContext, made: dict[str, Any], world: WorldPanel, shell: RecordingShell, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Tam" in lines(world))
    choose(world, made["Mirel Vane"], made["Tam"])
    assert ctx.commands.run("world.status_canon")
    status = lambda: ctx.workspace.run_now(tree.groups, "status")  # noqa: E731
    qtbot.waitUntil(lambda: [(g.key, g.size) for g in status()] == [("draft", 2), ("canon", 2)])
    shell.answer = "coast, #sea"
    ctx.commands.run("world.tag")
    qtbot.waitUntil(lambda: ctx.workspace.run_now(pages.all_tags) == ["coast", "sea"])
    ctx.commands.run("world.merge")
    sheets = lambda: [w for w in QApplication.topLevelWidgets() if isinstance(w, MergeSheet) and w.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: len(sheets()) == 1)
    QTest.keyClick(sheets()[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Tam" not in lines(world))
    mirel: Entity = do(lambda p: p.get(Entity, made["Mirel Vane"]))
    assert [a.name for a in mirel.aliases] == ["Tam"]


def test_trash_and_the_way_back_by_key(
    ctx: StudioContext, made: dict[str, Any], world: WorldPanel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Tam" in lines(world))
    choose(world, made["Tam"])
    assert ctx.commands.run("world.trash")
    qtbot.waitUntil(lambda: "Tam" not in lines(world))
    world.toggle_trash()
    qtbot.waitUntil(lambda: world.trash.list.count() == 1)
    qtbot.keyClick(world.trash.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: world.trash.list.count() == 0)
    world.toggle_trash()
    qtbot.waitUntil(lambda: "Tam" in lines(world))


def test_commands_need_a_selection_and_no_key_is_taken_twice(
    ctx: StudioContext, made: dict[str, Any], world: WorldPanel
) -> None:
    world.tree.clearSelection()
    world.tree.setCurrentIndex(world.model.index(-1, 0))
    assert not ctx.commands.is_enabled("world.trash")
    assert ctx.commands.is_enabled("world.new")
    keys = [c.key for c in ctx.commands.all() if c.key]
    assert len(keys) == len(set(keys))
    assert all(c.help and c.text for c in ctx.commands.all())


def test_entities_drag_out_as_files_links_and_json(
    do: Do, tmp_path: Path, ctx: StudioContext, made: dict[str, Any], world: WorldPanel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Tam" in lines(world))
    ids = [made["House Veyra"], made["Tam"]]
    files = do(pages.markdown_files, ids)
    mime = world.tree.mime_of(ids, files)
    assert mime.hasUrls()
    assert world.tree.dropped.folder is None, "nothing is written before somebody takes it"
    paths = [Path(url.toLocalFile()) for url in mime.urls()]
    assert [p.name for p in paths] == ["House Veyra.md", "Tam.md"]
    assert "**Leader**: Mirel Vane" in paths[0].read_text("utf-8")
    assert mime.text() == "[[House Veyra]]\n[[Tam]]"
    records = json.loads(bytes(mime.data(ENTITY_MIME).data()))
    assert [Path(url.toLocalFile()) for url in mime.urls()] == paths, "written once"
    folder = world.tree.dropped.folder
    assert folder is not None
    emptying = threading.Thread(target=world.tree.dropped.empty)
    emptying.start()
    emptying.join()
    assert not folder.exists()
    assert records[1] == {"id": made["Tam"], "name": "Tam", "kind": "npc"}


def drop(panel: WorldPanel, mime: QMimeData) -> QDropEvent:
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(panel, QDragEnterEvent(QPoint(20, 20), action, mime, button, none))
    event = QDropEvent(QPointF(20, 20), action, mime, button, none)
    QApplication.sendEvent(panel, event)
    return event


def test_a_dropped_selection_or_answer_goes_to_the_review(ctx: StudioContext, world: WorldPanel) -> None:
    texts: list[tuple[str, str]] = []
    answers: list[tuple[str, str]] = []
    ctx.hub.review_text.connect(lambda *said: texts.append(said))
    ctx.hub.review.connect(lambda *said: answers.append(said))
    plain = QMimeData()
    plain.setText("Mirel rules Port Ash.")
    assert drop(world, plain).isAccepted()
    whole = QMimeData()
    whole.setData(QUOTE_MIME, json.dumps({"message": "m1", "span": None, "text": "All of it"}).encode())
    drop(world, whole)
    assert texts == [("Mirel rules Port Ash.", "world")]
    assert answers == [("m1", "world")]


def test_typing_that_was_never_committed_comes_back_after_a_crash(
    do: Do, ctx: StudioContext, made: dict[str, Any], shell: RecordingShell, qtbot: QtBot
) -> None:
    draft = json.dumps({"body": "Half a sent", "fields.role": "Runner"})
    do(pages.keep_draft, made["Tam"], draft)
    panel = WorldPanel(ctx)
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: panel.started)
    tam: Entity = do(lambda p: p.get(Entity, made["Tam"]))
    assert (tam.body, tam.fields["role"]) == ("Half a sent", "Runner")
    assert shell.toasts == ["Brought back what you typed in Tam."]
    assert do(pages.recover_drafts) == []
    panel.release()


def test_notes_stand_beside_the_entities(
    do: Do, ctx: StudioContext, made: dict[str, Any], world: WorldPanel, qtbot: QtBot
) -> None:
    do(entries.create_entry, title="Session 1", body="At [[Port Ash]].")
    qtbot.waitUntil(lambda: "Notes" in lines(world))
    qtbot.keyClicks(world.filter, "sess")
    qtbot.waitUntil(lambda: lines(world) == ["Session 1"])


def test_a_likely_duplicate_is_named_while_typing(made: dict[str, Any], world: WorldPanel, qtbot: QtBot) -> None:
    world.new_entry("faction")
    qtbot.keyClicks(world.new.name, "The House Veyra")
    qtbot.waitUntil(lambda: world.new.hint.isVisible())
    assert "House Veyra" in world.new.hint.text()
    qtbot.keyClick(world.new.name, Qt.Key.Key_Escape)
    assert not world.new.isVisible()


def test_everything_that_takes_focus_has_a_name(made: dict[str, Any], world: WorldPanel, qtbot: QtBot) -> None:
    world.new_entry()
    takes = [w for w in world.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    unnamed = [w for w in takes if not (w.accessibleName() or getattr(w, "text", lambda: "")())]
    assert takes
    assert unnamed == []


def test_copy_puts_links_on_the_clipboard(made: dict[str, Any], world: WorldPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Tam" in lines(world))
    choose(world, made["Tam"])
    qtbot.keyClick(world.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "[[Tam]]"


def test_the_context_menu_is_made_of_commands(made: dict[str, Any], world: WorldPanel, qtbot: QtBot) -> None:
    from studio.ui.world import actions

    qtbot.waitUntil(lambda: "Tam" in lines(world))
    choose(world, made["Tam"])
    menu = actions.context_menu(world)
    texts = [a.text() for a in menu.actions() if not a.isSeparator()]
    assert texts[:3] == ["Open entry", "Rename…", "Status"]
    assert texts[-1] == "Move to trash"
    menu.deleteLater()


def test_the_first_entries_of_a_kind_show_themselves_in_a_small_world(
    world: WorldPanel, ctx: StudioContext, qtbot: QtBot, do: Do
) -> None:
    do(entities.create_entity, kind="faction", name="The Salt Court")
    do(entities.create_entity, kind="npc", name="Ada Vell")
    qtbot.waitUntil(lambda: lines(world) == ["Factions", "The Salt Court", "NPCs", "Ada Vell"])


def test_selected_entries_are_saved_for_the_party(
    ctx: StudioContext, made: dict[str, Any], world: WorldPanel, qtbot: QtBot, tmp_path: Path, monkeypatch: Any
) -> None:
    async def pick(*_args: object, **_named: object) -> Path:
        return tmp_path / "Tam.md"

    monkeypatch.setattr(ctx.shell, "pick_save", pick)
    qtbot.waitUntil(lambda: "Tam" in lines(world))
    world.tree.setCurrentIndex(world.model.find(made["Tam"]))
    ctx.workspace.run_now(entities.set_visibility, [made["Tam"]], "gm")
    assert ctx.commands.run("world.export")

    def asked() -> FileSheet:
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, FileSheet) and w.isVisible())

    qtbot.waitUntil(lambda: any(isinstance(w, FileSheet) for w in QApplication.topLevelWidgets() if w.isVisible()))
    sheet = asked()
    assert sheet.audience.value() == "party"
    sheet.accept()
    said = "None of it is open to these readers"
    qtbot.waitUntil(lambda: any(said in one.text() for one in sheet.findChildren(QLabel)))
    sheet.audience.set_value("gm")
    sheet.accept()
    qtbot.waitUntil(lambda: (tmp_path / "Tam.md").exists())
    assert "# Tam" in (tmp_path / "Tam.md").read_text("utf-8")
