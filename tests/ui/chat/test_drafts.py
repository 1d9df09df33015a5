"""Drafts of the composer: each chat has its own, and typing is kept within a second."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest

from studio.services.chat import messages
from tests.ui.chat.test_panel import type_and_send

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.chat import ChatPanel
    from tests.ui.conftest import Run, TestContext


def test_each_chat_keeps_its_own_draft(panel: ChatPanel, qtbot: QtBot) -> None:
    type_and_send(panel, qtbot, "Who?")
    first = panel.state.thread_id
    QTest.keyClicks(panel.composer.edit, "unsent here")
    panel.new_chat()
    qtbot.waitUntil(lambda: panel.state.thread_id == "" and panel.composer.is_empty())
    QTest.keyClicks(panel.composer.edit, "unsent there")
    panel.open_thread(first)
    qtbot.waitUntil(lambda: panel.composer.edit.toPlainText() == "unsent here")
    panel.new_chat()
    qtbot.waitUntil(lambda: panel.composer.edit.toPlainText() == "unsent there")


def test_a_draft_is_on_disk_within_a_second(panel: ChatPanel, qtbot: QtBot, run: Run[Any], ctx: TestContext) -> None:
    QTest.keyClicks(panel.composer.edit, "never sent")
    qtbot.wait(750)
    assert run(ctx.workspace.run(messages.draft, "new"))["text"] == "never sent"


def test_typing_without_a_pause_is_kept_too(panel: ChatPanel, qtbot: QtBot, run: Run[Any], ctx: TestContext) -> None:
    for _ in range(12):
        QTest.keyClicks(panel.composer.edit, "never ")
        qtbot.wait(100)
    assert "never" in run(ctx.workspace.run(messages.draft, "new"))["text"]
    panel.drafts.keep()


def test_a_chat_that_has_not_begun_is_shown_again_with_its_draft(
    panel: ChatPanel, qtbot: QtBot, run: Run[Any], ctx: TestContext
) -> None:
    type_and_send(panel, qtbot, "Who?")
    panel.new_chat()
    qtbot.waitUntil(lambda: panel.state.thread_id == "" and panel.drafts.ready)
    QTest.keyClicks(panel.composer.edit, "half a thought")
    panel.drafts.keep()
    again = type(panel)(ctx)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.composer.edit.toPlainText() == "half a thought")
    assert again.state.thread_id == ""


def test_what_is_typed_while_the_file_is_slow_to_show_another_chat_is_not_lost(
    panel: ChatPanel, qtbot: QtBot, ctx: TestContext
) -> None:
    type_and_send(panel, qtbot, "Who?")
    panel.new_chat()
    ctx.workspace.submit(lambda _project: time.sleep(0.4))
    qtbot.waitUntil(lambda: panel.state.thread_id == "" and panel.composer.is_empty())
    ctx.workspace.submit(lambda _project: time.sleep(0.4))
    QTest.keyClicks(panel.composer.edit, "half a thought")
    qtbot.wait(1200)
    assert panel.composer.edit.toPlainText() == "half a thought"
    panel.drafts.keep()
