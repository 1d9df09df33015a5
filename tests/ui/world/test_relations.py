"""Relations edited where they are read: each change one step, by keyboard, with friendly lines for what is unusual."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.world import Entity, Link, Relation
from studio.services import history
from studio.services.world import entities, relations
from studio.ui.context import StudioContext
from studio.ui.world import EntryPanel
from studio.ui.world.relation_editor import RelationLine
from tests.ui.world.conftest import RecordingShell
from tests.ui.world.test_claims import texts
from tests.ui.world.test_entry import commits, opened

Made = dict[str, Any]


def stored(ctx: StudioContext, line: RelationLine) -> Relation:
    return ctx.workspace.run_now(lambda p: p.get(Relation, line.row.id))


def line_of(view: Any, words: str) -> RelationLine:
    return next(line for line in view.relations.lines.values() if line.row.label == words)


def test_everything_about_a_relation_is_changed_in_single_steps(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    line = line_of(view, "led by")
    before = commits(ctx)
    line.flip()
    editor = line.editor
    assert editor is not None
    assert editor.reading.text() == "House Veyra led by Mirel Vane · Mirel Vane leads House Veyra"
    editor.rank.setFocus()
    qtbot.keyClicks(editor.rank, "first")
    qtbot.keyClick(editor.rank, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(ctx, line).rank == "first")
    editor.attitude.setFocus()
    editor.attitude.setValue(60)
    assert "close (+60)" in texts(editor)
    qtbot.keyClick(editor.attitude, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(ctx, line).attitude == 60)
    qtbot.keyClicks(editor.form.valid_from.line, "812")
    qtbot.keyClick(editor.form.valid_from.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(ctx, line).valid_from == {"text": "812"})
    qtbot.waitUntil(lambda: "first · close (+60) · since 812" in texts(line))
    assert commits(ctx) == before + 3
    assert line.editor is editor
    qtbot.keyClick(editor.rank, Qt.Key.Key_Escape)
    assert line.editor is None
    assert line.edit_button.hasFocus()


def test_a_type_and_an_end_read_from_the_page_are_stored_as_their_fact(
    ctx: StudioContext, made: Made, entry: EntryPanel, load_names: Callable[[], None], qtbot: QtBot
) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    line = line_of(view, "led by")
    line.flip()
    editor = line.editor
    assert editor is not None
    editor.type.setEditText("founded by")
    editor.type.chosen.emit("founded_by")
    qtbot.waitUntil(lambda: stored(ctx, line).type == "founded")
    assert (stored(ctx, line).from_id, stored(ctx, line).to_id) == (made["Mirel Vane"], made["House Veyra"])
    house = lambda: ctx.workspace.run_now(lambda p: p.get(Entity, made["House Veyra"]))  # noqa: E731
    assert "leader" not in house().fields
    editor.other.setFocus()
    editor.other.selectAll()
    qtbot.keyClicks(editor.other, "Nobody")
    qtbot.keyClick(editor.other, Qt.Key.Key_Return)
    assert editor.other.text() == "Mirel Vane"
    editor.other.picked.emit(made["Tam"], "Tam", "npc")
    qtbot.waitUntil(lambda: stored(ctx, line).from_id == made["Tam"])
    ctx.workspace.run_now(history.undo)
    ctx.workspace.run_now(history.undo)
    assert house().fields["leader"] == Link(text="Mirel Vane", ref=made["Mirel Vane"])


def test_what_is_unusual_is_said_in_the_card_and_kept(
    ctx: StudioContext, made: Made, entry: EntryPanel, shell: RecordingShell, qtbot: QtBot
) -> None:
    run = ctx.workspace.run_now
    run(relations.add_relation, made["Tam"], "born_in", made["Port Ash"])
    run(entities.create_entity, kind="location", name="Quay")
    view = opened(entry, made["Tam"], qtbot)
    other = run(lambda p: next(e.id for e in p.all(Entity) if e.name == "Quay"))
    entry.facts.add_relation("born_in", other)
    qtbot.waitUntil(lambda: len(view.relations.lines) == 2)
    assert "Usually there is one at a time" in shell.toasts[-1]
    line = view.relations.lines[run(relations.relations_of, other)[0].id]
    line.flip()
    qtbot.waitUntil(lambda: line.editor is not None and "Port Ash" in line.editor.warning.text())


def test_another_page_closes_the_card_and_reads_from_there(made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    line_of(view, "leads").flip()
    other = opened(entry, made["Tam"], qtbot)
    assert other is view
    assert list(view.relations.lines) == []
    again = opened(entry, made["Mirel Vane"], qtbot)
    assert line_of(again, "leads").editor is None


def test_a_key_leads_to_the_line_that_relates(ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    view.relations.set_open(False)
    entry.activateWindow()
    entry.relate()
    assert view.relations.is_open
    qtbot.waitUntil(view.relations.type.hasFocus)


def test_tab_goes_through_relations_as_the_eye_does(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["House Veyra"], qtbot)
    section = view.relations
    line = line_of(view, "led by")
    line.flip()
    assert line.editor is not None

    def stops(start: QWidget, count: int) -> list[QWidget]:
        found: list[QWidget] = []
        at = start
        while len(found) < count:
            following = at.nextInFocusChain()
            assert following is not None
            at = following
            inside = isinstance(at.parentWidget(), QComboBox)
            if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible() and not inside:
                found.append(at)
        return found

    after = stops(line.edit_button, 3)
    assert after[1:] == [line.editor.type, line.editor.other], "the card comes after its line"
    line.flip()
    for other in section.lines.values():
        assert section.type in stops(other.edit_button, 2 + 4 * len(section.lines)), "and the new line after them all"
    assert section.type in stops(list(section.lines.values())[-1].edit_button, 2)
