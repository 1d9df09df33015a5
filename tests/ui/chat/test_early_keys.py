"""Keys that come before what they are for is ready: none is lost, none goes to the wrong place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.ui.chat import ChatPanel
from tests.ui.chat.test_panel import type_and_send

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.services.chat.conftest import ScriptedGateway
    from tests.ui.conftest import TestContext


def test_saving_while_the_answer_comes_in_asks_for_its_review_at_its_end(
    panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway, ctx: TestContext
) -> None:
    asked: list[tuple[str, str]] = []
    ctx.hub.review.connect(lambda message_id, part: asked.append((message_id, part)))
    gateway.hang = True
    QTest.keyClicks(panel.composer.edit, "Who?")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.state.live is not None and "alliance" in panel.state.live.text)
    assert ctx.commands.run("chat.save")
    qtbot.wait(50)
    assert asked == []
    assert "The review opens as soon as the answer has ended." in ctx.messages
    panel.asking.stop()
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.waitUntil(lambda: panel.state.last_of("assistant") is not None)
    assert asked == [(panel.state.last_of("assistant"), "")]


def test_what_is_typed_and_sent_before_the_chat_is_there_goes_to_the_chat_that_comes_back(
    panel: ChatPanel, qtbot: QtBot, ctx: TestContext
) -> None:
    type_and_send(panel, qtbot, "Who?")
    panel.release()
    again = ChatPanel(ctx)
    qtbot.addWidget(again)
    QTest.keyClicks(again.composer.edit, "And why?")
    QTest.keyClick(again.composer.edit, Qt.Key.Key_Return)
    assert not again.drafts.ready
    qtbot.waitUntil(lambda: len(again.state.path) == 4 and again.state.live is None)
    assert again.state.thread_id == panel.state.thread_id
    assert again.composer.is_empty()
    again.release()
