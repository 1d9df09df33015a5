"""Kinds of a project's own are called by their own words wherever a kind is named."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from studio.domain.ids import RecordId
from studio.domain.vocabulary import KINDS
from studio.domain.worldkit import Pin
from studio.services import changes
from studio.services.world import entities, kind_editing, kinds, queue
from studio.services.world.map_pages import PinRow
from studio.ui.forge.prompt_edit import words_after
from studio.ui.history.record import RecordCard
from studio.ui.maps.lists import PinList
from studio.ui.picking import NamePicker
from studio.ui.queue.card import CardView
from studio.ui.queue.list import QueueList
from studio.ui.review.form import _choices

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.domain.world import Entity
    from tests.ui.conftest import TestContext

WITHOUT_A_PROJECT = {
    "domain/vocabulary.py", "domain/world.py", "ui/kinds.py", "services/continuity/reading.py",
    "services/exchange/obsidian/words.py",
}  # fmt: skip
"""Where a kind is asked for and no project is at hand, or where it is what is left when the project says nothing."""
SAYS = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def ship(ctx: TestContext) -> Entity:
    """An entry of a kind of the project's own: its name and its label are two different things."""
    run = ctx.workspace.run_now
    made = run(kind_editing.add_kind, "Barge", definition={"properties": {"hull": {"title": "Built of"}}})
    run(kind_editing.update_kind, made.id, {"label": "Cloud barge"})
    ctx.kinds.set_specs(run(kinds.all_specs))
    return run(entities.create_entity, kind=made.name, name="Swift", fields={"hull": "Bone"})


def test_kinds_are_asked_of_the_project_wherever_there_is_one(root: Path) -> None:
    found = set()
    for file in (root / "studio").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("kind_spec"):
                found.add(file.relative_to(root / "studio").as_posix())
    assert found <= WITHOUT_A_PROJECT, "ask services.world.kinds.spec_of, in the window ctx.kinds"


def test_the_picker_of_links_says_the_kind_in_the_projects_words(ctx: TestContext, ship: Entity, qtbot: QtBot) -> None:
    picker = NamePicker("Ship", ctx, kinds=(ship.kind,))
    qtbot.addWidget(picker)
    assert picker.placeholderText() == "Type the name of a cloud barge"
    picker.offer("Gull")
    assert picker.offers() == ["New cloud barge “Gull”"]


def test_the_queue_says_it(ctx: TestContext, ship: Entity, qtbot: QtBot) -> None:
    rows, card = QueueList(ctx.kinds), CardView(ctx.kinds)
    for widget in (rows, card):
        qtbot.addWidget(widget)
    rows.fill(ctx.workspace.run_now(queue.waiting))
    assert "cloud barge" in rows.item(0).data(SAYS)
    card.show_card(ctx.workspace.run_now(queue.card, ship.id))
    texts = [one.text() for one in card.findChildren(QLabel)]
    assert any(text.startswith("Cloud barge ·") for text in texts)
    assert "Built of" in texts


def test_the_history_says_it_of_records_and_fields(ctx: TestContext, ship: Entity, qtbot: QtBot) -> None:
    ctx.workspace.run_now(entities.update_entity, ship.id, {"fields.hull": "Oak"})
    row = ctx.workspace.run_now(changes.page)[0]
    change = ctx.workspace.run_now(changes.detail, row.id).records[0]
    card = RecordCard(change)
    qtbot.addWidget(card)
    assert card.accessibleName().startswith("Swift, Cloud barge, ")
    assert [field.label for field in change.fields] == ["Built of"]


def test_the_lists_of_a_map_and_the_review_say_it(ctx: TestContext, ship: Entity, qtbot: QtBot) -> None:
    pins = PinList(ctx.kinds)
    qtbot.addWidget(pins)
    pin = Pin(id=RecordId("p"), map_id=RecordId("m"), x=0.5, y=0.5, target_id=ship.id)
    pins.fill([PinRow(pin=pin, name="Swift", kind=ship.kind)], "")
    assert "Cloud barge" in pins.item(0).data(SAYS)
    assert ("Cloud barge", ship.kind) in _choices(ctx.kinds)


def test_a_prompt_completes_the_fields_of_the_projects_kinds(ctx: TestContext, ship: Entity) -> None:
    from studio.domain.recipe import Slot

    slots = (Slot(name="ship", type="entity", kind=ship.kind),)
    assert words_after("{{ ship.hu", slots, ctx.kinds.spec) == ("hu", ["hull"])


def test_no_shipped_field_is_called_by_its_name_in_the_file() -> None:
    assert next(field for field in KINDS["npc"].fields if field.name == "is_pc").label == "Player character"
