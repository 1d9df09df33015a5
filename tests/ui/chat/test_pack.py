"""The sheets on context packs: looked at, compared, asked again, and changed before a message is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.services.chat import messages
from studio.services.world.entities import create_entity, update_entity
from studio.ui.chat.pack import PackSheet, prompt_text
from studio.ui.chat.pack_diff import PackDiffSheet
from studio.ui.compare import SideBySide
from studio.ui.kit import Badge, Button, Section
from tests.ui.chat.test_panel import type_and_send

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.domain.world import Entity
    from studio.ui.chat import ChatPanel
    from tests.services.chat.conftest import ScriptedGateway
    from tests.ui.conftest import Run, TestContext


def sheet_of(qtbot: QtBot, kind: Any) -> Any:
    found = lambda: [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def press(widget: QWidget, words: str) -> None:
    next(b for b in widget.findChildren(Button) if words in (b.text(), b.accessibleName())).click()


def titles(sheet: QWidget) -> str:
    return " | ".join(b.text() for b in sheet.findChildren(Button))


@pytest.fixture
def house(ctx: TestContext, run: Run[Any]) -> Entity:
    return run(ctx.workspace.run(create_entity, kind="faction", name="House Veyra", summary="Salt traders."))


def test_an_answer_shows_what_was_read_and_what_has_changed_since(
    panel: ChatPanel, qtbot: QtBot, run: Run[Any], ctx: TestContext, house: Entity
) -> None:
    type_and_send(panel, qtbot, "Who leads House Veyra now?")
    run(ctx.workspace.run(update_entity, house.id, {"summary": "Pirates."}))
    panel.acts.on_current("inspect", "assistant")
    sheet: PackSheet = sheet_of(qtbot, PackSheet)
    assert "[1] House Veyra" in titles(sheet)
    assert "This message" in titles(sheet)
    assert "changed since" in [b.text() for b in sheet.findChildren(Badge)]
    text = prompt_text(sheet.prompt)
    assert "Salt traders." in text
    assert "Pirates." not in text
    sheet.reject()


def test_every_piece_unfolds_to_its_text_and_has_a_name(panel: ChatPanel, qtbot: QtBot, house: Entity) -> None:
    type_and_send(panel, qtbot, "Who leads House Veyra now?")
    panel.acts.on_current("inspect", "assistant")
    sheet: PackSheet = sheet_of(qtbot, PackSheet)
    sheet._rows[house.id].unfold()  # pyright: ignore[reportAttributeAccessIssue]
    focusable = [w for w in sheet.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    unnamed = [w for w in focusable if not (w.accessibleName() or getattr(w, "text", str)())]
    assert unnamed == []
    assert "Text of [1] House Veyra" in [w.accessibleName() for w in focusable]
    assert "Open: House Veyra" in [b.accessibleName() for b in sheet.findChildren(Button)]
    sheet.reject()


def test_asking_again_gives_a_sibling_that_read_the_very_same(
    panel: ChatPanel, qtbot: QtBot, run: Run[Any], ctx: TestContext, gateway: ScriptedGateway, house: Entity
) -> None:
    type_and_send(panel, qtbot, "Who leads House Veyra now?")
    run(ctx.workspace.run(update_entity, house.id, {"summary": "Pirates."}))
    panel.acts.on_current("inspect", "assistant")
    press(sheet_of(qtbot, PackSheet), "Ask again with exactly this")
    qtbot.waitUntil(lambda: len(gateway.requests) == 2 and panel.state.live is None)
    first, second = gateway.requests
    assert first.messages == second.messages
    assert first.pack == second.pack
    answers = run(ctx.workspace.run(messages.tree, panel.state.thread_id)).siblings(panel.state.path[-1].id)
    assert len(answers) == 2


def test_two_answers_readings_stand_side_by_side(
    panel: ChatPanel, qtbot: QtBot, run: Run[Any], ctx: TestContext, house: Entity
) -> None:
    type_and_send(panel, qtbot, "Who leads House Veyra now?")
    run(ctx.workspace.run(update_entity, house.id, {"summary": "Pirates."}))
    panel.acts.on_current("regenerate", "assistant")
    qtbot.waitUntil(lambda: len(panel.state.tree.siblings(panel.state.path[-1].id)) == 2 and panel.state.live is None)
    one, other = (panel.state.body(i) for i in panel.state.tree.siblings(panel.state.path[-1].id))
    found = [run(ctx.workspace.run(messages.message, m)) for m in panel.state.tree.siblings(panel.state.path[-1].id)]
    assert one is not None or other is not None
    panel.reading._compare(found[0].pack_hash, found[1].pack_hash)
    sheet: PackDiffSheet = sheet_of(qtbot, PackDiffSheet)
    [card] = sheet.findChildren(SideBySide)
    assert "Salt traders." in card.accessibleName()
    assert "Pirates." in card.accessibleName()
    sheet.reject()


def test_before_it_is_sent_a_note_can_be_left_out_and_taken_back(
    panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway, house: Entity
) -> None:
    type_and_send(panel, qtbot, "Hello there")
    QTest.keyClicks(panel.composer.edit, "Who leads House Veyra now?")
    panel.reading.preview()
    sheet: PackSheet = sheet_of(qtbot, PackSheet)
    assert "[1] House Veyra" in titles(sheet)
    sheet.leave_out(house.id)
    qtbot.waitUntil(lambda: "[1] House Veyra" not in titles(sheet))
    assert any(s.findChildren(Section) is not None for s in sheet.findChildren(Section))
    sheet.accept()
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(gateway.requests) == 2 and panel.state.live is None)
    assert "House Veyra (faction)" not in gateway.requests[-1].messages[-1].content
    assert [t.why for t in gateway.requests[-1].pack.trimmed] == ["left out by hand"]
    assert panel.reading.choices.left_out == frozenset()


def test_a_pinned_note_goes_in_though_nothing_asks_for_it(
    panel: ChatPanel, qtbot: QtBot, house: Entity, gateway: ScriptedGateway
) -> None:
    QTest.keyClicks(panel.composer.edit, "Hello there")
    panel.reading.preview()
    sheet: PackSheet = sheet_of(qtbot, PackSheet)
    sheet.pin(house.id)
    qtbot.waitUntil(lambda: "[1] House Veyra" in titles(sheet))
    assert sheet.prompt.pack.cited[1].reason == "pinned by you"
    sheet.accept()
    assert panel.state.thread_id == ""


def test_the_composer_says_how_much_would_be_read(panel: ChatPanel, qtbot: QtBot, house: Entity) -> None:
    QTest.keyClicks(panel.composer.edit, "Who leads House Veyra now?")
    qtbot.waitUntil(lambda: "1 note" in panel.reading.button.accessibleName())
    assert "tokens" in panel.composer.estimate.text()
