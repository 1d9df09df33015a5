"""The editor of kinds: every change one step, refusals as sentences, all by keyboard."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.domain.vocabulary import KINDS
from studio.domain.world import Entity
from studio.domain.worldkit import EntityKind
from studio.services import history
from studio.services.world import entities, kind_editing, kinds
from studio.ui.context import StudioContext
from studio.ui.world import WorldPanel
from studio.ui.world.kind_editor import ConvertQuestion, KindsEditor

SHIP = {"properties": {"speed": {"type": "integer"}, "hull": {"enum": ["Oak"]}}, "x-order": ["speed", "hull"]}


@pytest.fixture
def editor(ctx: StudioContext, qtbot: QtBot) -> Iterator[KindsEditor]:
    run = ctx.workspace.run_now
    run(kind_editing.add_kind, "Sky ship", definition=SHIP)
    run(entities.create_entity, kind="sky_ship", name="Swift", fields={"speed": 3})
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    made = KindsEditor(host, ctx, "sky_ship")
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.form.kind == "sky_ship")
    yield made
    made.close()


def record(ctx: StudioContext, name: str = "sky_ship") -> EntityKind | None:
    return next((k for k in ctx.workspace.run_now(lambda p: p.all(EntityKind)) if k.name == name), None)


def fields(ctx: StudioContext, name: str = "sky_ship") -> list[str]:
    return [f.name for f in ctx.workspace.run_now(kinds.spec_of, name).fields]


def test_the_list_tells_kinds_apart_in_words(editor: KindsEditor) -> None:
    said = [editor.list.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(editor.list.count())]
    assert said[0] == "Faction, ships with the app, 0 entries"
    assert said[-1] == "Sky ship, your own, 1 entry, 2 fields of your own"
    assert editor.chosen() == "sky_ship"


def test_a_field_is_added_typed_and_ordered_by_keyboard(ctx: StudioContext, editor: KindsEditor, qtbot: QtBot) -> None:
    form = editor.form
    form.new.setFocus()
    qtbot.keyClicks(form.new, "Home port")
    qtbot.keyClick(form.new, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: fields(ctx) == ["speed", "hull", "home_port"])
    card = form.cards[2]
    assert card.is_open
    card.type.set_value("link")
    card.type.chosen.emit("link")
    card.links["location"].click()
    qtbot.waitUntil(lambda: ctx.workspace.run_now(kinds.field_of, "sky_ship", "home_port").kinds == ("location",))
    assert [r.spec.label for r in previews(editor)] == ["Speed", "Hull", "Home port"]
    card.head.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: fields(ctx) == ["speed", "home_port", "hull"])
    assert "field 2 of 3" in ctx.messages[-1]  # pyright: ignore[reportAttributeAccessIssue]
    ctx.workspace.run_now(history.undo)
    assert fields(ctx) == ["speed", "hull", "home_port"]


def previews(editor: KindsEditor) -> list[Any]:
    found = (editor.form.preview.itemAt(n) for n in range(editor.form.preview.count()))
    return [item.widget() for item in found if item is not None]


def test_words_help_and_gm_only_show_in_the_preview_as_they_are_typed(
    ctx: StudioContext, editor: KindsEditor, qtbot: QtBot
) -> None:
    card = editor.form.cards[0]
    card.flip()
    card.title.setFocus()
    card.title.selectAll()
    qtbot.keyClicks(card.title, "Knots")
    assert previews(editor)[0].label.text() == "Knots"
    assert "title" not in (record(ctx) or EntityKind(name="")).definition["properties"]["speed"]
    qtbot.keyClick(card.title, Qt.Key.Key_Return)
    card.gm.click()
    spec = lambda: ctx.workspace.run_now(kinds.field_of, "sky_ship", "speed")  # noqa: E731
    qtbot.waitUntil(lambda: (spec().title, spec().gm) == ("Knots", True))
    assert spec().name == "speed"


def test_the_schema_is_edited_as_text_and_refused_in_sentences(
    ctx: StudioContext, editor: KindsEditor, qtbot: QtBot
) -> None:
    form = editor.form
    form.schema_section.set_open(True)
    form.schema.setPlainText("{")
    form.schema.commit()
    assert "line 1, column 2" in form.schema_error.text()
    form.schema.setPlainText('{"properties": {"a.b": {"type": "x"}}}')
    form.schema.commit()
    assert "full stop" in form.schema_error.text()
    assert fields(ctx) == ["speed", "hull"]
    wanted = {"properties": {"sail": {"type": "string", "pattern": "x"}}, "x-tool": 1}
    form.schema.setPlainText(json.dumps(wanted))
    form.schema.commit()
    qtbot.waitUntil(lambda: fields(ctx) == ["sail"])
    assert (record(ctx) or EntityKind(name="")).definition == wanted
    assert not form.schema_error.isVisible()


def test_a_kind_that_ships_takes_fields_and_gives_its_own_back(
    ctx: StudioContext, editor: KindsEditor, qtbot: QtBot
) -> None:
    editor.list.setCurrentRow(list(KINDS).index("npc"))
    assert editor.form.kind == "npc"
    assert "role" in editor.form.shipped.text()
    assert not editor.remove_button.isEnabled()
    editor.form.new.setText("Role")
    editor.form.add()
    assert "already" in editor.form.error.text()
    editor.form.new.setText("Debt")
    editor.form.add()
    qtbot.waitUntil(lambda: fields(ctx, "npc")[-1] == "debt")
    qtbot.waitUntil(editor.remove_button.isEnabled)
    editor.remove()
    qtbot.waitUntil(lambda: fields(ctx, "npc")[-1] == "player")


def test_kinds_are_added_renamed_and_their_entries_follow(
    ctx: StudioContext, editor: KindsEditor, qtbot: QtBot
) -> None:
    editor.new.setFocus()
    qtbot.keyClicks(editor.new, "Omen")
    qtbot.keyClick(editor.new, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.chosen() == "omen")
    qtbot.keyClicks(editor.new, "Faction")
    qtbot.keyClick(editor.new, Qt.Key.Key_Return)
    editor.list.setCurrentRow(editor.list.count() - 1)
    qtbot.waitUntil(lambda: editor.chosen() == "sky_ship")
    editor.name.setFocus()
    editor.name.selectAll()
    qtbot.keyClicks(editor.name, "Cloud ship")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.chosen() == "cloud_ship")
    assert {e.kind for e in ctx.workspace.run_now(lambda p: p.all(Entity))} == {"cloud_ship"}


def test_a_kind_in_use_asks_what_its_entries_become(ctx: StudioContext, editor: KindsEditor, qtbot: QtBot) -> None:
    editor.remove()
    qtbot.waitUntil(lambda: bool(editor.findChildren(ConvertQuestion)))
    question = editor.findChildren(ConvertQuestion)[0]
    question.kind.set_value("event")
    question.accept()
    qtbot.waitUntil(lambda: record(ctx) is None)
    assert {e.kind for e in ctx.workspace.run_now(lambda p: p.all(Entity))} == {"event"}
    editor.undo()
    qtbot.waitUntil(lambda: record(ctx) is not None)


def test_everything_that_takes_the_focus_has_a_name(editor: KindsEditor) -> None:
    for card in editor.form.cards:
        card.flip()
    nameless = [
        w for w in editor.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and not (w.accessibleName() or _text(w))
    ]  # fmt: skip
    assert nameless == []


def _text(widget: QWidget) -> str:
    text: Callable[[], str] | None = getattr(widget, "text", None)
    return text() if callable(text) else ""


def test_the_command_opens_it_at_the_kind_under_the_cursor(
    ctx: StudioContext, made: dict[str, Any], world: WorldPanel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: world.tree.show_entity(made["Port Ash"]))
    ctx.commands.run("world.kinds")
    qtbot.waitUntil(lambda: bool(world.window().findChildren(KindsEditor)))
    sheet = world.window().findChildren(KindsEditor)[0]
    qtbot.waitUntil(lambda: sheet.form.kind == "location")
    sheet.accept()
    qtbot.waitUntil(lambda: not sheet.isVisible())
