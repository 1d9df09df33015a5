"""The chat as a person uses it: typing, sending, stopping, editing, branching, finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.candidate import EntityCandidate, Extraction
from studio.domain.chat import Message
from studio.domain.model_call import StreamCut
from studio.services import history
from studio.services.chat import messages, threads
from studio.services.review import apply, store_artifact
from studio.ui.chat.picker import Picker
from studio.ui.chat.thread_rows import HIT, KIND

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.ui.chat import ChatPanel
    from studio.ui.chat.message import MessageWidget
    from tests.services.chat.conftest import ScriptedGateway
    from tests.ui.conftest import Run, TestContext


def type_and_send(panel: ChatPanel, qtbot: QtBot, text: str) -> None:
    """Real keys into the composer, Enter, and the answer's end."""
    before = len(panel.state.path)
    QTest.keyClicks(panel.composer.edit, text)
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.state.path) >= before + 2 and panel.state.live is None)


def texts(panel: ChatPanel) -> list[str]:
    """What the list shows, from the top."""
    widgets = [panel.list.widget(row.id) for row in panel.list.rows]
    return [w.view.document().toPlainText() for w in widgets if w is not None]


def last(panel: ChatPanel) -> MessageWidget:
    found = panel.list.widget(panel.list.rows[-1].id)
    assert found is not None
    return found


def test_enter_sends_and_the_answer_appears(panel: ChatPanel, qtbot: QtBot, ctx: TestContext) -> None:
    type_and_send(panel, qtbot, "Who are they?")
    assert texts(panel) == ["Who are they?", "A brittle alliance."]
    assert panel.composer.is_empty()
    assert panel.bar.title.text() == "Who are they"
    assert ctx.errors == []


def test_a_click_on_send_leaves_the_focus_where_the_next_message_is_written(panel: ChatPanel, qtbot: QtBot) -> None:
    QTest.keyClicks(panel.composer.edit, "Who rules the coast?")
    panel.composer.button.setFocus()  # as a click does
    QTest.mouseClick(panel.composer.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.composer.is_empty())
    assert panel.composer.edit.hasFocus()


def test_the_answer_is_announced_once_at_its_end(panel: ChatPanel, qtbot: QtBot, ctx: TestContext) -> None:
    ready: list[str] = []
    ctx.hub.answer_ready.connect(ready.append)
    type_and_send(panel, qtbot, "Who?")
    qtbot.waitUntil(lambda: any("Answer finished" in m for m in ctx.messages))
    assert sum("Answer finished" in m for m in ctx.messages) == 1
    assert ready[-1] == panel.state.last_of("assistant")


def test_only_an_answer_that_came_over_the_network_is_called_online(
    panel: ChatPanel, qtbot: QtBot, ctx: TestContext
) -> None:
    reached: list[str] = []
    ctx.hub.reached.connect(reached.append)
    type_and_send(panel, qtbot, "Who?")
    qtbot.waitUntil(lambda: reached == ["online"])
    panel.use_recorded()
    type_and_send(panel, qtbot, "And then?")
    qtbot.waitUntil(lambda: reached == ["online", "recorded"], timeout=8000)


def test_shift_enter_breaks_the_line(panel: ChatPanel) -> None:
    QTest.keyClicks(panel.composer.edit, "one")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(panel.composer.edit, "two")
    assert panel.composer.edit.toPlainText() == "one\ntwo"


def test_the_field_grows_with_its_text_up_to_a_limit(panel: ChatPanel, qtbot: QtBot) -> None:
    before = panel.composer.height()
    panel.composer.edit.setPlainText("line\n" * 5)
    qtbot.waitUntil(lambda: panel.composer.height() > before + 40)
    panel.composer.edit.setPlainText("line\n" * 200)
    qtbot.wait(20)
    assert panel.composer.height() < panel.height() * 0.6


def test_escape_stops_and_keeps_the_partial_text(panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway) -> None:
    gateway.words, gateway.hang = ("Half ", "an ", "answer"), True
    QTest.keyClicks(panel.composer.edit, "Who?")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.state.live is not None and "answer" in panel.state.live.text)
    qtbot.waitUntil(lambda: panel.composer.button.text() == "Stop")  # the rows are shown once the thread is read
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.state.live is None)
    assert texts(panel)[-1] == "Half an answer"
    assert panel.composer.button.text() == "Send"
    assert last(panel).facts.state == "stopped"
    assert last(panel)._notice is not None


def test_continue_lets_the_stopped_answer_grow(panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway) -> None:
    gateway.words, gateway.error = ("Half ",), StreamCut("The connection ended.")
    type_and_send(panel, qtbot, "Who?")
    assert "The connection ended." in last(panel).facts.error_text
    gateway.words, gateway.error = ("and whole.",), None
    panel.acts.on_current("go_on", "assistant")
    qtbot.waitUntil(lambda: texts(panel)[-1] == "Half and whole.")
    qtbot.waitUntil(lambda: panel.state.live is None)
    assert last(panel).facts.state == "done"


def test_regenerate_makes_a_sibling_and_alt_arrows_switch(
    panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway, ctx: TestContext
) -> None:
    type_and_send(panel, qtbot, "Who?")
    gateway.words = ("Other.",)
    ctx.commands.run("chat.regenerate")
    qtbot.waitUntil(lambda: texts(panel)[-1:] == ["Other."] and panel.state.live is None)
    assert (last(panel).facts.index, last(panel).facts.count) == (2, 2)
    ctx.commands.run("chat.previous_version")
    qtbot.waitUntil(lambda: texts(panel)[-1] == "A brittle alliance.")
    ctx.commands.run("chat.next_version")
    qtbot.waitUntil(lambda: texts(panel)[-1] == "Other.")


def test_up_in_an_empty_composer_edits_the_last_message(panel: ChatPanel, qtbot: QtBot) -> None:
    type_and_send(panel, qtbot, "Who?")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Up)
    assert panel.composer.edit.toPlainText() == "Who?"
    assert panel.composer.editing
    panel.composer.edit.setPlainText("Where?")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(panel) == ["Where?", "A brittle alliance."] and panel.state.live is None)
    assert len(panel.state.tree.siblings(panel.state.path[0].id)) == 2
    assert panel.composer.is_empty()


def test_escape_leaves_an_edit_and_brings_back_what_was_typed(panel: ChatPanel, qtbot: QtBot) -> None:
    type_and_send(panel, qtbot, "Who?")
    QTest.keyClicks(panel.composer.edit, "half a thought")
    panel.acts.do_edit(panel.state.path[0].id)
    assert panel.composer.edit.toPlainText() == "Who?"
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Escape)
    assert panel.composer.edit.toPlainText() == "half a thought"


def test_deleting_a_branch_is_undone_by_undo(panel: ChatPanel, qtbot: QtBot, run: Run[Any], ctx: TestContext) -> None:
    type_and_send(panel, qtbot, "Who?")
    panel.acts.run("delete", panel.state.path[0].id)
    qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.welcome)
    run(ctx.workspace.run(history.undo))
    qtbot.waitUntil(lambda: len(panel.list.rows) == 2)


def test_an_error_offers_ways_on(panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway) -> None:
    gateway.words, gateway.error = (), StreamCut("The connection ended.", hint="Try again.")
    type_and_send(panel, qtbot, "Who?")
    notice = last(panel)._notice
    assert notice is not None
    assert notice.sentence == "The connection ended. Try again."
    gateway.words, gateway.error = ("Them.",), None
    last(panel).act.emit("retry", last(panel).facts.id)
    qtbot.waitUntil(lambda: texts(panel)[-1] == "Them." and panel.state.live is None)
    assert last(panel).facts.count == 1


def test_with_no_model_the_text_stays_and_the_ways_on_are_shown(
    panel: ChatPanel, qtbot: QtBot, ctx: TestContext
) -> None:
    ctx.gateway = None
    ctx.settings.set(start_model="")
    panel.refresh_models()
    assert panel.no_model.isVisible()
    panel.no_model.dismiss()
    QTest.keyClicks(panel.composer.edit, "Who?")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.no_model.isVisible)
    assert panel.composer.edit.toPlainText() == "Who?"
    panel.use_recorded()
    panel.focus_first()
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.state.path) == 2 and panel.state.live is None, timeout=8000)
    assert last(panel).facts.recorded


def test_at_completes_entities_and_puts_them_into_the_context(
    panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway
) -> None:
    QTest.keyClicks(panel.composer.edit, "Ask @tol")
    assert panel.composer.edit.popup.isVisible()
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    assert panel.composer.edit.toPlainText() == "Ask @House Tolliver "
    assert [e[1] for e in panel.composer.draft.entities] == ["House Tolliver"]
    type_and_send(panel, qtbot, "about it")
    sent = panel.state.body(panel.state.path[0].id)
    assert sent is not None
    assert sent.entity_ids == ("e1",)


def test_double_brackets_complete_to_a_link(panel: ChatPanel) -> None:
    QTest.keyClicks(panel.composer.edit, "See [[anw")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Tab)
    assert panel.composer.edit.toPlainText() == "See [[Sister Anwe]]"


def test_a_slash_runs_a_command(panel: ChatPanel, qtbot: QtBot) -> None:
    type_and_send(panel, qtbot, "Who?")
    QTest.keyClicks(panel.composer.edit, "/new")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.state.thread_id == "")
    assert panel.composer.is_empty()


def test_a_long_paste_is_offered_as_an_attachment(panel: ChatPanel) -> None:
    QGuiApplication.clipboard().setText("lantern " * 600)
    panel.composer.edit.paste()
    assert "pasted 4,800 characters" in panel.composer._strip_text.text()
    panel.composer._strip_action.click()
    assert panel.composer.edit.toPlainText() == ""
    assert [f.name for f in panel.composer.draft.files] == ["pasted text"]


def test_a_dropped_text_file_becomes_context(panel: ChatPanel, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text("The lamp is dark.", "utf-8")
    panel.composer.edit.dropEvent(drop([file]))
    qtbot.waitUntil(lambda: bool(panel.composer.draft.files))
    type_and_send(panel, qtbot, "Sum up")
    body = panel.state.body(panel.state.path[0].id)
    assert body is not None
    assert body.parts[1].text == "The lamp is dark."


def test_a_picture_is_refused_as_context_in_words(
    panel: ChatPanel, qtbot: QtBot, tmp_path: Path, ctx: TestContext
) -> None:
    file = tmp_path / "map.png"
    file.write_bytes(b"\x89PNG\0\0\0")
    panel.taking.attach([file])
    qtbot.waitUntil(lambda: any("isn't a text file" in m for m in ctx.messages))


def test_an_export_dropped_on_the_conversation_becomes_messages(panel: ChatPanel, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "answer.md"
    file.write_text("## The Ashen Concord\n\nA brittle alliance.", "utf-8")
    panel.dropEvent(drop([file]))
    qtbot.waitUntil(lambda: len(panel.list.rows) == 1)
    assert last(panel).facts.origin == "answer.md"


def drop(paths: list[Path]) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    drop._data = data  # pyright: ignore[reportFunctionMemberAccess]  (the event doesn't own it)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)


def test_control_z_falls_through_to_the_window_when_nothing_is_typed(panel: ChatPanel) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    event.accept()
    panel.composer.edit.event(event)
    assert not event.isAccepted()


def test_a_quote_is_shown_and_marked_wherever_its_message_is(panel: ChatPanel, qtbot: QtBot, ctx: TestContext) -> None:
    type_and_send(panel, qtbot, "Who?")
    message_id = panel.state.last_of("assistant")
    assert message_id is not None
    panel.new_chat()
    qtbot.waitUntil(lambda: panel.state.thread_id == "")
    text = "A **brittle** alliance."
    at = text.index("alliance")
    ctx.hub.quote.emit(message_id, (at, at + 8))
    qtbot.waitUntil(lambda: bool(panel.list.rows) and last(panel).view.highlighted_text() == "alliance")


def test_where_there_is_little_height_the_field_has_it_and_not_the_banner(
    panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway
) -> None:
    panel.no_model.say("No model is connected.")
    panel.resize(380, 700)
    qtbot.waitUntil(panel.no_model.isVisible)
    panel.resize(380, 240)
    qtbot.waitUntil(lambda: not panel.no_model.isVisible())
    field = panel.composer.edit
    qtbot.waitUntil(lambda: field.height() >= field.minimumSizeHint().height())
    panel.no_model.insist()  # something was tried that needs a model
    assert panel.no_model.isVisible()
    panel.resize(380, 700)
    assert panel.no_model.isVisible()


def test_saving_asks_for_the_review_of_the_newest_answer(panel: ChatPanel, qtbot: QtBot, ctx: TestContext) -> None:
    type_and_send(panel, qtbot, "Who?")
    asked: list[tuple[str, str]] = []
    ctx.hub.review.connect(lambda m, part: asked.append((m, part)))
    ctx.commands.run("chat.save")
    ctx.commands.run("chat.save_foundry")
    answer = panel.state.last_of("assistant")
    assert asked == [(answer, ""), (answer, "foundry")]


def test_links_lead_to_entities(panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway, ctx: TestContext) -> None:
    gateway.words = ("See [[Sister Anwe]] and @House Tolliver.",)
    type_and_send(panel, qtbot, "Who?")
    assert [kind for _, kind in last(panel).view._renderer.icons] == ["npc", "faction"]
    went: list[str] = []
    ctx.shell.on_navigate = lambda record_id, *_: went.append(record_id)  # pyright: ignore[reportAttributeAccessIssue]
    last(panel).view.anchorClicked.emit(QUrl("entity:e2"))
    assert went == ["e2"]


def test_a_link_to_nothing_offers_to_make_it(
    panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway, ctx: TestContext
) -> None:
    gateway.words = ("See [[The Drowned Abbey]].",)
    type_and_send(panel, qtbot, "Where?")
    last(panel).view.anchorClicked.emit(QUrl("wiki:The%20Drowned%20Abbey"))
    picker = next(w for w in panel.window().findChildren(Picker) if w.isVisible())
    QTest.keyClicks(picker.line, "loca")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Made “The Drowned Abbey”." in ctx.messages)


def test_all_chats_are_searched_and_a_hit_opens_its_message(panel: ChatPanel, qtbot: QtBot) -> None:
    type_and_send(panel, qtbot, "Who keeps the ninth lantern?")
    panel.new_chat()
    qtbot.waitUntil(lambda: panel.state.thread_id == "")
    panel.side.search.setText("lantern")
    rows = panel.side._model
    qtbot.waitUntil(lambda: [rows.item(n).data(KIND) for n in range(rows.rowCount())] == ["hit", "hit"])
    found = next(rows.item(n) for n in range(2) if rows.item(n).data(HIT))
    panel.side._clicked(found.index())
    qtbot.waitUntil(lambda: len(panel.list.rows) == 2)


def test_threads_are_pinned_filed_and_deleted_from_the_list(
    panel: ChatPanel, qtbot: QtBot, run: Run[Any], ctx: TestContext
) -> None:
    type_and_send(panel, qtbot, "Who?")
    thread_id = panel.state.thread_id
    panel.side.act.emit("pin", thread_id)
    qtbot.waitUntil(lambda: panel.side._model.rowCount() > 0 and panel.side._model.item(0).text() == "Pinned")
    run(ctx.workspace.run(threads.pin, thread_id, pinned=False))
    run(ctx.workspace.run(threads.move_to_folder, thread_id, "Coast"))
    qtbot.waitUntil(lambda: panel.side._model.item(0).text() == "Coast")
    panel.side.act.emit("delete", thread_id)
    qtbot.waitUntil(lambda: panel.state.thread_id == "")
    assert "Chat moved to the trash." in ctx.messages


def test_the_thread_on_show_comes_back_after_a_restart(panel: ChatPanel, qtbot: QtBot, ctx: TestContext) -> None:
    from studio.ui.chat import ChatPanel as Again

    type_and_send(panel, qtbot, "Who?")
    panel.release()
    again = Again(ctx)
    qtbot.addWidget(again)
    again.resize(900, 700)
    again.show()
    qtbot.waitUntil(lambda: len(again.list.rows) == 2)
    assert texts(again) == ["Who?", "A brittle alliance."]


def test_closing_while_an_answer_comes_in_keeps_it(
    panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway, run: Run[Any]
) -> None:
    gateway.words, gateway.hang = ("Half",), True
    QTest.keyClicks(panel.composer.edit, "Who?")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.state.live is not None and panel.state.live.text == "Half")
    assert panel.has_pending()
    run(panel.flush())
    found = run(panel.ctx.workspace.run(messages.tree, panel.state.thread_id))
    assert len(found) == 2


def test_another_chat_can_be_read_while_an_answer_comes_in(
    panel: ChatPanel, qtbot: QtBot, gateway: ScriptedGateway
) -> None:
    type_and_send(panel, qtbot, "First chat")
    first = panel.state.thread_id
    gateway.words, gateway.hang = ("Slow ", "answer"), True
    QTest.keyClicks(panel.composer.edit, "And?")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.state.live is not None and panel.state.live.text == "Slow answer")
    panel.new_chat()
    qtbot.waitUntil(lambda: panel.state.thread_id == "")
    qtbot.waitUntil(lambda: panel.composer.button.text() == "Send")
    panel.open_thread(first)
    qtbot.waitUntil(lambda: texts(panel)[-1:] == ["Slow answer"])
    qtbot.waitUntil(lambda: panel.composer.button.text() == "Stop")
    panel.asking.stop()
    qtbot.waitUntil(lambda: panel.state.live is None)
    qtbot.waitUntil(lambda: last(panel).facts.state == "stopped")


def test_going_back_and_forth_leaves_no_widgets_behind(panel: ChatPanel, qtbot: QtBot, run: Run[Any]) -> None:
    for text in ("one", "two", "three"):
        type_and_send(panel, qtbot, text)
    thread_id = panel.state.thread_id

    def round_trip() -> int:
        run(panel.show_thread(""))
        run(panel.show_thread(thread_id))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(panel.findChildren(QWidget))

    round_trip()
    counts = {round_trip() for _ in range(12)}
    assert max(counts) - min(counts) <= 12, counts


def test_a_narrow_window_gives_the_list_of_chats_away(panel: ChatPanel) -> None:
    assert panel.side.isVisible()
    panel.resize(500, 700)
    assert not panel.side.isVisible()
    panel.resize(1000, 700)
    assert panel.side.isVisible()


@pytest.mark.parametrize(("theme_name", "size"), [("light", 100), ("dark", 200), ("contrast", 150)])
def test_everything_that_takes_the_focus_has_a_name_and_a_size(
    panel: ChatPanel, qtbot: QtBot, ctx: TestContext, theme_name: str, size: int
) -> None:
    ctx.theme.set(theme=theme_name, text_size=size)
    type_and_send(panel, qtbot, "Who?")
    qtbot.wait(30)
    for widget in panel.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
            assert widget.height() >= 24, widget
            assert widget.width() >= 24, widget


def test_no_two_commands_want_one_key(panel: ChatPanel) -> None:
    keys = [c.key for c in panel.commands() if c.key]
    assert len(keys) == len(set(keys))
    assert all(c.help for c in panel.commands())


def test_every_action_of_a_message_is_in_its_menu_and_runs(panel: ChatPanel, qtbot: QtBot) -> None:
    type_and_send(panel, qtbot, "Who?")
    for node in panel.state.path:
        for entry in panel.acts.entries(node.id):
            if entry is not None and entry[0] not in ("foundry", "world", "forge"):
                assert callable(getattr(panel.acts, f"do_{entry[0]}"))


def test_the_notice_of_an_answer_stays_below_it_when_the_theme_changes(
    panel: ChatPanel, qtbot: QtBot, ctx: TestContext, gateway: ScriptedGateway
) -> None:
    gateway.words, gateway.error = ("# A title\n\nHalf an answer, in **bold** words\n",), StreamCut("It ended.")
    type_and_send(panel, qtbot, "Who?")
    ctx.theme.set(theme="dark", text_size=150)
    qtbot.wait(50)
    message = last(panel)
    assert message._notice is not None
    assert message._notice.y() >= message.view.geometry().bottom()


def test_an_answer_says_that_it_was_saved_until_that_is_taken_back(
    panel: ChatPanel, qtbot: QtBot, ctx: TestContext, run: Run[Any]
) -> None:
    type_and_send(panel, qtbot, "Who?")
    found = EntityCandidate(key="e1", kind="npc", name="Ada Vell", confidence=0.9)
    extraction = Extraction(extractor="t", version="1", candidates=(found,))
    message = run(ctx.workspace.run(lambda p: p.get(Message, last(panel).facts.id)))
    artifact = run(ctx.workspace.run(store_artifact, message, extraction))
    run(ctx.workspace.run(apply, artifact.id))
    qtbot.waitUntil(lambda: last(panel).facts.saved)
    run(ctx.workspace.run(history.undo))
    qtbot.waitUntil(lambda: not last(panel).facts.saved)
