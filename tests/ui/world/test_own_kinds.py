"""Kinds of a project's own on the page: their fields, their words, and editors that help without refusing."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.vocabulary import FieldSpec
from studio.services.world import entities, kind_editing, kinds
from studio.ui.context import StudioContext
from studio.ui.world import EntryPanel, WorldPanel
from studio.ui.world.fields import ChoiceField, NumberField, unusual
from studio.ui.world.page import EntityView
from tests.ui.world.test_entry import opened, row, stored

Do = Callable[..., Any]
SCHEMA = {
    "required": ["hull"],
    "properties": {
        "hull": {"enum": ["Oak", "Bone"], "description": "What it is built of"},
        "speed": {"type": "integer", "minimum": 0, "maximum": 20, "default": 8},
        "curse": {"type": "string", "format": "long", "x-gm": True},
    },
}


@pytest.fixture
def ship(ctx: StudioContext) -> str:
    run = ctx.workspace.run_now
    run(kind_editing.add_kind, "Sky ship", icon="feather", definition=SCHEMA)
    ctx.kinds.set_specs(run(kinds.all_specs))
    return run(entities.create_entity, kind="sky_ship", name="Swift", fields={"curse": "It sinks"}).id


def test_the_page_shows_the_fields_that_the_schema_says(ship: str, entry: EntryPanel, qtbot: QtBot) -> None:
    view = opened(entry, ship, qtbot)
    assert view._wanted_paths() == ["fields.curse", "fields.hull"] or view._wanted_paths()[0] == "fields.hull"
    assert "Only the game master" in row(view, "fields.curse").editor.accessibleDescription()
    hull = row(view, "fields.hull")
    assert hull._helper.text() == "This kind usually has it."
    assert isinstance(hull.editor, ChoiceField)
    assert view.head.kind.text() == "Sky ship"
    assert view.hint.text() == "1 more for this kind"


def test_choices_and_numbers_help_and_keep_what_is_written(
    ctx: StudioContext, ship: str, entry: EntryPanel, qtbot: QtBot
) -> None:
    view = opened(entry, ship, qtbot)
    hull = row(view, "fields.hull").editor
    assert isinstance(hull, ChoiceField)
    line = hull.lineEdit()
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "Glass")
    assert row(view, "fields.hull")._helper.text() == "Usually Oak or Bone."
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(ctx, ship).fields.get("hull") == "Glass")
    view.add_field("fields.speed")
    speed = row(view, "fields.speed").editor
    assert isinstance(speed, NumberField)
    assert speed.text() == "8"
    for _ in range(14):
        qtbot.keyClick(speed, Qt.Key.Key_Up)
    assert speed.text() == "20"
    qtbot.waitUntil(lambda: stored(ctx, ship).fields.get("speed") == 20, timeout=3000)


def test_a_changed_kind_comes_into_the_open_page(
    ctx: StudioContext, ship: str, entry: EntryPanel, do: Do, qtbot: QtBot
) -> None:
    view = opened(entry, ship, qtbot)
    more = {"properties": SCHEMA["properties"] | {"crew": {"x-links": ["npc"]}}}
    do(kind_editing.extend, "sky_ship", {"definition": more, "label": "Air ship"})
    qtbot.waitUntil(lambda: view.head.kind.text() == "Air ship")
    assert view.hint.text() == "3 more for this kind"


def test_menus_offer_the_projects_kinds(ctx: StudioContext, ship: str, world: WorldPanel) -> None:
    offered = [world.new.kind.itemText(n) for n in range(world.new.kind.count())]
    assert offered[-2:] == ["Sky ship", "Note"]
    assert isinstance(world.new.kind.itemData(0), str)


@pytest.mark.parametrize(
    ("spec", "text", "words"),
    [
        (FieldSpec(name="a", type="number", least=0, most=10), "11", "Usually from 0 to 10."),
        (FieldSpec(name="a", type="number", least=0), "-1", "Usually 0 or more."),
        (FieldSpec(name="a", type="number", most=9.5), "10", "Usually 9.5 or less."),
        (FieldSpec(name="a", type="number", whole=True), "1.5", "Usually a whole number."),
        (FieldSpec(name="a", type="number"), "many", "Usually a number. It is kept as words."),
        (FieldSpec(name="a", type="number", least=0, most=10), "7", ""),
        (FieldSpec(name="a", type="choice", choices=("x", "y")), "x", ""),
        (FieldSpec(name="a", required=True), "", "This kind usually has it."),
    ],
)
def test_an_unusual_value_gets_a_friendly_line(spec: FieldSpec, text: str, words: str) -> None:
    assert unusual(spec, text) == words


def test_views_know_their_kind(entry: EntryPanel, ship: str, qtbot: QtBot) -> None:
    view = opened(entry, ship, qtbot)
    assert isinstance(view, EntityView)
    assert [f.name for f in view.kind.fields] == ["hull", "speed", "curse"]
