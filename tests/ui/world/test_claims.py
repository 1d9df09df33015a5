"""Claims on the page: what is said about a value, other values, and what is told beside the fields."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.record import Provenance
from studio.domain.world import Claim, Statement
from studio.services import history
from studio.services.world import claims, entities
from studio.ui.context import StudioContext
from studio.ui.world import EntryPanel
from studio.ui.world.value import ValueRow
from tests.ui.world.conftest import RecordingShell
from tests.ui.world.test_entry import commits, opened, row, stored

Do = Callable[..., Any]
Made = dict[str, Any]


def value_row(view: Any, path: str) -> ValueRow:
    found = row(view, path)
    assert isinstance(found, ValueRow)
    return found


def said(ctx: StudioContext, record_id: str, path: str = "fields.role") -> Statement:
    return stored(ctx, record_id).statement(path)


def all_claims(ctx: StudioContext) -> list[Claim]:
    return ctx.workspace.run_now(lambda p: p.all(Claim))


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text() and label.isVisibleTo(widget)]


def test_the_key_opens_the_details_of_the_value_and_esc_goes_back(made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    role = value_row(view, "fields.role")
    role.editor.setFocus()
    entry.show_details()
    assert role.details is not None
    assert role.details.form.certainty.hasFocus()
    qtbot.keyClick(role.details.form.certainty, Qt.Key.Key_Escape)
    assert role.details is None
    assert role.editor.hasFocus()


def test_each_thing_that_is_said_is_one_step_and_shows_under_the_field(
    ctx: StudioContext, made: Made, entry: EntryPanel, load_names: Any, qtbot: QtBot
) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    role = value_row(view, "fields.role")
    assert not role.said.isVisible()
    role.flip()
    assert role.details is not None
    form, before = role.details.form, commits(ctx)
    form.certainty.set_value("rumour")
    form.certainty.chosen.emit("rumour")
    qtbot.waitUntil(lambda: said(ctx, made["Mirel Vane"]).certainty == "rumour")
    form.valid_from.line.setFocus()
    qtbot.keyClicks(form.valid_from.line, "spring 812")
    qtbot.keyClick(form.valid_from.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(ctx, made["Mirel Vane"]).valid_from is not None)
    qtbot.keyClicks(form.speaker.line, "Tam")
    qtbot.keyClick(form.speaker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(ctx, made["Mirel Vane"]).speaker == made["Tam"])
    form.known_by.line.picked.emit(made["Tam"], "Tam", "npc")
    qtbot.waitUntil(lambda: said(ctx, made["Mirel Vane"]).known_by == (made["Tam"],))
    form.visibility.set_value("party")
    form.visibility.chosen.emit("party")
    qtbot.waitUntil(lambda: said(ctx, made["Mirel Vane"]).visibility == "party")
    words = "Rumour, since spring 812, says Tam, known by Tam · Party"
    qtbot.waitUntil(lambda: role.said.text() == words)
    assert commits(ctx) == before + 5
    assert role.details is not None
    for _ in range(5):
        ctx.workspace.run_now(history.undo)
    assert said(ctx, made["Mirel Vane"]) == Statement()


def test_nobody_that_is_not_there_says_anything(
    made: Made, entry: EntryPanel, ctx: StudioContext, qtbot: QtBot
) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    role = value_row(view, "fields.role")
    role.flip()
    assert role.details is not None
    line = role.details.form.speaker.line
    line.setFocus()
    qtbot.keyClicks(line, "Nobody")
    assert line.offers() == []
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "Nobody is called" in " ".join(texts(role.details))
    assert said(ctx, made["Mirel Vane"]).speaker is None


def test_the_sources_of_a_value_lead_to_their_words(
    made: Made, entry: EntryPanel, do: Do, shell: RecordingShell, qtbot: QtBot
) -> None:
    mark = Provenance(source="chat", ref_id="m1", span=(3, 9), quote="harbour master", confidence=0.9)
    do(entities.update_entity, made["Mirel Vane"], {"fields.role": "Reeve"}, prov={"fields.role": (mark,)})
    view = opened(entry, made["Mirel Vane"], qtbot)
    role = value_row(view, "fields.role")
    role.flip()
    assert role.details is not None
    card = role.details
    qtbot.waitUntil(lambda: "harbour master" in " ".join(texts(card)))
    show = next(
        b for b in role.details.sources.findChildren(QWidget) if b.accessibleName().startswith("Show the source")
    )
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert shell.navigated[-1] == ("m1", (3, 9), "message")


def test_other_values_stand_under_the_field_and_can_take_its_place(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    role = value_row(view, "fields.role")
    role.flip()
    role.another.setFocus()
    qtbot.keyClicks(role.another, "Smuggler")
    qtbot.keyClick(role.another, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(role.lines) == 1)
    line = next(iter(role.lines.values()))
    assert "Smuggler" in texts(line)
    line.promoted.emit(line.row.id)
    qtbot.waitUntil(lambda: stored(ctx, made["Mirel Vane"]).fields["role"] == "Smuggler")
    assert [c.value for c in all_claims(ctx)] == ["Harbour master"]
    qtbot.waitUntil(lambda: "Harbour master" in [text for one in role.lines.values() for text in texts(one)])


def test_claims_are_added_edited_and_removed_where_they_are_read(
    ctx: StudioContext, made: Made, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, made["Tam"], qtbot)
    section = view.claims
    assert section.empty.isVisibleTo(section)
    section.predicate.setEditText("eye colour")
    section.value.setFocus()
    qtbot.keyClicks(section.value, "grey")
    qtbot.keyClick(section.value, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(section.lines) == 1)
    assert [(c.predicate, c.value, c.visibility) for c in all_claims(ctx)] == [("eye_colour", "grey", "gm")]
    line = next(iter(section.lines.values()))
    assert texts(line)[:2] == ["Eye colour", "grey"]
    line.flip()
    assert line.editor is not None
    editor = line.editor
    assert editor.value.hasFocus()
    editor.value.selectAll()
    qtbot.keyClicks(editor.value, "Port Ash")
    qtbot.keyClick(editor.value, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: all_claims(ctx)[0].object_id == made["Port Ash"])
    editor.form.certainty.set_value("lie")
    editor.form.certainty.chosen.emit("lie")
    qtbot.waitUntil(lambda: all_claims(ctx)[0].certainty == "lie")
    qtbot.waitUntil(lambda: "Lie" in texts(line))
    assert line.editor is editor
    editor.predicate.selectAll()
    qtbot.keyClicks(editor.predicate, "Hidden in")
    qtbot.keyClick(editor.predicate, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: all_claims(ctx)[0].predicate == "Hidden_in")
    line.removed.emit(line.row.id)
    qtbot.waitUntil(lambda: not section.lines)
    assert all_claims(ctx) == []


def test_a_claim_from_elsewhere_comes_in_and_one_that_is_typed_in_stays(
    ctx: StudioContext, made: Made, entry: EntryPanel, do: Do, qtbot: QtBot
) -> None:
    view = opened(entry, made["Tam"], qtbot)
    first = do(claims.add_claim, made["Tam"], "age", "40")
    qtbot.waitUntil(lambda: first.id in view.claims.lines)
    line = view.claims.lines[first.id]
    line.flip()
    assert line.editor is not None
    editor = line.editor
    editor.value.selectAll()
    qtbot.keyClicks(editor.value, "4")
    do(claims.add_claim, made["Tam"], "height", "tall")
    qtbot.waitUntil(lambda: len(view.claims.lines) == 2)
    assert editor.value.text() == "4"
    assert editor.value.hasFocus()


def test_tab_goes_through_the_open_details_before_the_next_field(made: Made, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, made["Mirel Vane"], qtbot)
    role, home = value_row(view, "fields.role"), value_row(view, "fields.home")
    role.flip()
    assert role.details is not None
    at: QWidget | None = role.details.form.certainty
    seen = []
    for _ in range(60):
        at = at.nextInFocusChain() if at is not None else None
        if at is None or home.isAncestorOf(at):
            break
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisibleTo(view):
            seen.append(at)
    assert at is not None
    assert home.isAncestorOf(at)
    assert all(role.isAncestorOf(w) for w in seen)
    assert role.details.form.valid_from.line in seen
