"""The chat: the list of conversations, the messages of one of them, and the composer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.domain.errors import StudioError
from studio.domain.events import AnswerFinished, ArtifactReady, Committed
from studio.services.chat import messages, modes, recorded, threads
from studio.ui.carried import local_files
from studio.ui.chat import offers
from studio.ui.chat.acts import MessageActs
from studio.ui.chat.asking import Asking
from studio.ui.chat.bar import ChatBar, NoModelBar
from studio.ui.chat.commands import chat_commands
from studio.ui.chat.composer import Composer, Draft
from studio.ui.chat.conversation import Conversation
from studio.ui.chat.drafts import Drafts
from studio.ui.chat.live import LivePump
from studio.ui.chat.message import MessageWidget
from studio.ui.chat.message_list import MessageList
from studio.ui.chat.models import AnswerSetup
from studio.ui.chat.reading import Reading
from studio.ui.chat.sidebar import Sidebar
from studio.ui.chat.taking import Taking
from studio.ui.chat.thread_acts import ThreadActs
from studio.ui.chat.welcome import Welcome
from studio.ui.kit import IconButton, hbox, vbox
from studio.ui.markdown import highlight
from studio.ui.panel import Panel
from studio.ui.sample import NAME as SAMPLE
from studio.ui.tasks import latest_task, ui_task
from studio.ui.theme import look
from studio.ui.theme.tokens import CHAT_MEASURE

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from studio.ui.chat.facts import Facts
    from studio.ui.chat.picker import Choice
    from studio.ui.commands import Command
    from studio.ui.context import StudioContext

LEAST_WIDTH, LEAST_HEIGHT = 340, 300
LOW = 420
"""Below this height the composer gives its row of tools to the conversation."""
NARROW, ROOMY = 560, 860
"""Widths in pixels: below the first the conversation needs all; from the second the list of chats fits beside it."""


class ChatPanel(Panel):
    """The centre of the window."""

    title: ClassVar[str] = "Chat"
    icon: ClassVar[str] = "message-square"
    handles: ClassVar[frozenset[str]] = frozenset({"thread", "message"})

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.state = Conversation(ctx)
        self.is_sample = ctx.workspace.path.stem.startswith(SAMPLE)
        self.setup = AnswerSetup(self)
        self.conductor = self.setup.conductor()
        self.asking = Asking(self)
        self.reading = Reading(self)
        self.acts = MessageActs(self)
        self.thread_acts = ThreadActs(self)
        self.taking = Taking(self)
        self.begun = asyncio.Event()
        self._held: tuple[str, int] | None = None
        self._wanted_side: bool | None = None
        self._build()
        self.pump = LivePump(self)
        self.drafts = Drafts(self)
        self._wire()
        self.setAcceptDrops(True)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.setup.show()
        self._start()

    # ---- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        row = hbox(self, gap=0)
        self.side = Sidebar()
        row.addWidget(self.side)
        main = QWidget()
        row.addWidget(main, 1)
        column = vbox(main, gap=0)
        self.bar = ChatBar(self._fill_thread_menu)
        column.addWidget(self.bar)
        self.no_model = NoModelBar()
        column.addWidget(self.no_model)
        self.list = MessageList(facts_for=self.state.facts, make=self._make_message)
        self.welcome = Welcome()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.list)
        column.addWidget(self.stack, 1)
        self.to_end = IconButton(
            "arrow-down", "Go to the newest message", self.list.to_end, key="Ctrl+End", parent=self
        )
        self.to_end.setProperty("variant", "plain")
        self.to_end.hide()
        self.composer = Composer(
            self,
            entities=lambda typed: offers.entities(self.ctx.names, typed),
            slash=lambda typed: offers.commands(self.commands(), typed),
            lookup=lambda record_id: offers.look_up(self.ctx.names, record_id),
            enter_sends=lambda: self.ctx.settings.value.enter_sends,
        )
        for index, button in enumerate(self.setup.buttons(self.reading.button)):
            self.composer.tools.insertWidget(index, button)
        foot = hbox(margins=(16, 4, 16, 12), gap=0)
        foot.addStretch(1)
        foot.addWidget(self.composer, 1000)
        foot.addStretch(1)
        self.composer.setMaximumWidth(look.px(CHAT_MEASURE) + 48)
        column.addLayout(foot)

    def _wire(self) -> None:
        self.list.need.connect(self._fetch)
        self.list.escaped.connect(self._escape)
        self.list.follow_changed.connect(lambda _follow: self._place_to_end())
        self.side.opened.connect(self.open_thread)
        self.side.new.connect(self.new_chat)
        self.side.searched.connect(self._search)
        self.side.act.connect(self.thread_acts.run)
        self.side.collapse.connect(self.toggle_side)
        self.bar.show_list.connect(self.toggle_side)
        self.bar.new.connect(self.new_chat)
        self.bar.rename.connect(lambda: self.thread_acts.run("rename", self.state.thread_id))
        self.no_model.connect_model.connect(lambda: self.ctx.shell.open_settings("models"))
        self.no_model.paste.connect(lambda: self.taking.paste())
        self.no_model.recorded.connect(self.use_recorded)
        self.welcome.picked.connect(self._begin_with)
        self.welcome.paste.connect(lambda: self.taking.paste())
        composer = self.composer
        composer.send.connect(self.asking.send)
        composer.stop.connect(self.asking.stop)
        composer.save_edit.connect(self.asking.save_edit)
        composer.edit_last.connect(self.asking.edit_last)
        composer.files.connect(self.taking.attach)
        composer.command.connect(lambda command: self.ctx.commands.run(command))
        self.listen(Committed, self._committed)
        self.listen(AnswerFinished, self._answer_finished)
        self.listen(ArtifactReady, self._artifact_ready)
        hub = self.ctx.hub
        self.follow(hub.compose, self._compose)
        self.follow(hub.attach, self.composer.add_entity)
        self.follow(hub.quote, self.reveal)
        self.follow(hub.models_changed, self.refresh_models)
        self.follow(self.ctx.theme.changed, self._restyle)
        self.follow(self.ctx.names.changed, self._names_changed)
        self.follow(self.ctx.names.improved, self.composer.edit.ask_again)

    @ui_task
    async def _start(self) -> None:
        """What a crash left is taken in; the thread that was shown last is shown again."""
        try:
            back = await self.ctx.workspace.run(messages.recover_answers)
            await self._load_modes()
            await self.show_thread(await self.ctx.workspace.run(threads.last_open))
        finally:
            self.begun.set()
        self.refresh_models()
        await asyncio.to_thread(highlight.warm_up)
        if back:
            self.ctx.toast("Restored an answer that was cut off. What had come is kept.")

    # ---- threads -------------------------------------------------------------------------------------------------

    @ui_task
    async def open_thread(self, thread_id: str, message_id: str = "") -> None:
        """Show a thread, and in it a message."""
        if thread_id != self.state.thread_id:
            await self.show_thread(thread_id)
        if message_id:
            await self._reveal(message_id, None)
        else:
            self.composer.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @ui_task
    async def new_chat(self) -> None:
        """An empty chat; it is stored with its first message."""
        await self.show_thread("")
        self.composer.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    async def show_thread(self, thread_id: str) -> None:
        """Put a thread on show, with its draft; an empty id is a new chat."""
        self.drafts.keep()
        self.composer.end_edit()
        try:
            await self.state.load(thread_id)
        except StudioError:
            thread_id = ""
            await self.state.load("")
        self.state.live = self.conductor.of_thread(thread_id) if thread_id else None
        self.list.clear()
        self.show_rows()
        await self.drafts.show(thread_id)
        self.ctx.workspace.submit(threads.remember_open, thread_id)
        self.load_side()
        self.drafts.measure()

    def show_rows(self, *, keep_place: bool = False) -> None:
        """Show the branch as it is now, with its title; `keep_place` stays where the eye is."""
        rows = self.state.rows()
        self.stack.setCurrentWidget(self.list if rows else self.welcome)
        if not rows:
            self._offer_questions()
        self.list.set_rows(rows, keep_place=keep_place)
        if self._held is not None:
            self._restore_place()
        thread = self.state.thread
        title = thread.title if thread is not None else "New chat"
        folder = thread.folder if thread is not None else ""
        self.bar.set_title(title, folder)
        self.composer.set_running(self.state.live is not None)
        self.setup.show()
        self.pump.watch()
        self._place_to_end()

    @latest_task
    async def _reload(self) -> None:
        """The thread changed: show it as it is now, where the eye is."""
        thread_id = self.state.thread_id
        if not thread_id:
            return
        try:
            await self.state.load(thread_id)
        except StudioError:
            await self.show_thread("")
            return
        self.show_rows(keep_place=True)
        self.list.refresh()
        self.drafts.measure()

    @latest_task
    async def load_side(self) -> None:
        """Fill the list of chats."""
        items = await self.ctx.workspace.run(threads.list_threads)
        running = [a.thread_id for a in self.conductor.running.values()]
        self.side.set_threads(items, current=self.state.thread_id, running=running)

    @latest_task
    async def _search(self, typed: str) -> None:
        if not typed.strip():
            self.load_side()
            return
        self.side.set_hits(await self.ctx.workspace.run(threads.search_threads, typed))

    def _fill_thread_menu(self, menu: object) -> None:
        if self.state.thread_id:
            self.side.fill_menu(menu, self.state.thread_id)  # pyright: ignore[reportArgumentType]
        else:
            menu.addAction("This chat hasn't begun yet").setEnabled(False)  # pyright: ignore[reportAttributeAccessIssue]

    def toggle_side(self) -> None:
        """Show or hide the list of chats; without a choice it shows where there is room for it."""
        self._wanted_side = self.side.isHidden()
        self._arrange_side()
        if not self.side.isHidden():
            self.side.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange_side(self) -> None:
        room = self.width()
        wanted = room >= look.px(ROOMY) if self._wanted_side is None else self._wanted_side
        shown = wanted and room >= look.px(NARROW)
        self.side.setFixedWidth(min(look.px(240), max(200, room // 3)))
        self.side.setVisible(shown)
        self.setup.set_narrow(room - (self.side.width() if shown else 0) < look.px(NARROW))
        self.bar.list_button.setVisible(not shown)
        self.bar.new_button.setVisible(not shown)

    # ---- messages --------------------------------------------------------------------------------------------------

    def _make_message(self, parent: QWidget, facts: Facts) -> MessageWidget:
        made = MessageWidget(parent, facts, resolve=self.state.resolve)
        made.act.connect(self.acts.run)
        made.menu_wanted.connect(self.acts.menu)
        made.entity_clicked.connect(lambda record_id: self.ctx.navigate(record_id))
        made.wikilink_clicked.connect(self.acts.make_entity)
        made.url_clicked.connect(self.acts.open_url)
        made.note_clicked.connect(self.acts.open_note)
        return made

    @ui_task
    async def _fetch(self, ids: list[str]) -> None:
        await self.state.fetch(ids)
        self.list.refresh(ids)

    def hold_place(self, message_id: str, successor: str) -> None:
        """Where `message_id` stands now, `successor` shall stand after the next change."""
        widget = self.list.widget(message_id)
        self._held = (successor, widget.y()) if widget is not None else None

    def _restore_place(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self.list.put_row(*held)

    @ui_task
    async def reveal(self, message_id: str, span: object) -> None:
        """Show a message wherever it is, and mark a span (start, end in code points) of its text."""
        await self._reveal(message_id, span if isinstance(span, tuple) else None)

    async def _reveal(self, message_id: str, span: tuple[int, int] | None) -> None:
        message = await self.ctx.workspace.run(messages.message, message_id)
        if message.thread_id != self.state.thread_id:
            await self.show_thread(message.thread_id)
        if all(n.id != message_id for n in self.state.path):
            await self.ctx.workspace.run(messages.select_leaf, message.thread_id, message_id)
            await self.state.load(message.thread_id)
            self.show_rows()
        if self.state.body(message_id) is None:
            await self.state.fetch([message_id])
        self.list.show_row(message_id)
        widget = self.list.widget(message_id)
        if widget is None:
            return
        self.list.clear_highlights()
        if span is not None:
            rect = widget.view.highlight(span)
            self.list.show_row(message_id, at=widget.view.y() + int(rect.center().y()))
            self.ctx.announce(f"In the answer: {widget.view.highlighted_text()[:200]}")
        else:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- ways to begin -------------------------------------------------------------------------------------------

    def _escape(self) -> None:
        """Out of the messages: stops what is coming in, else back to the composer."""
        if self.state.live is not None:
            self.asking.stop()
        self.focus_first()

    def use_recorded(self) -> None:
        """Let the sample's recorded answers answer this chat."""
        self.setup.set_model(recorded.RECORDED)
        self.no_model.dismiss()
        self.composer.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_with(self, question: str, mode: str) -> None:
        self.setup.set_mode(mode)
        self.composer.set_draft(Draft(question))
        self.composer.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def model_choices(self) -> list[Choice]:
        """For “answer again with”."""
        return self.setup.choices()

    def attach(self) -> None:
        """Choose text files for the context."""
        self.taking.pick()

    # ---- what there is to choose from ----------------------------------------------------------------------------

    @ui_task
    async def _load_modes(self) -> None:
        self.setup.modes = await self.ctx.workspace.run(modes.list_modes)
        self.setup.show()

    @ui_task
    async def _offer_questions(self) -> None:
        found = await asyncio.to_thread(recorded.answers)
        self.welcome.set_questions([(r.question, r.mode) for r in found])

    def refresh_models(self) -> None:
        """Models were connected or taken away."""
        self.state.refresh_labels()
        self.setup.show()
        missing = not self.setup.available() and self.setup.model in ("", recorded.RECORDED)
        words = "No model is connected yet. Writing, saving, pasting answers and search all work without one."
        if self.setup.model == recorded.RECORDED:
            words = "No model is connected. This chat replays recorded answers."
        self.no_model.say(words if missing else "", offer_recorded=self.setup.model != recorded.RECORDED)

    # ---- what happens elsewhere ----------------------------------------------------------------------------------

    def _committed(self, event: Committed) -> None:
        kinds = event.kinds()
        if event.verb == "review.apply":
            self.list.clear_highlights()
        if "assistant_mode" in kinds:
            self._load_modes()
        if "changeset" in kinds:
            self._mark_saved()
        if not kinds & {"message", "thread"}:
            return
        self.state.forget(i for k, i in event.touched if k == "message")
        self.load_side()
        if self.state.live is None:
            self._reload()

    @latest_task
    async def _mark_saved(self) -> None:
        """Say on each answer whether something of it was saved."""
        self.list.refresh(await self.state.read_saved())

    def _answer_finished(self, event: AnswerFinished) -> None:
        if self.state.live is None or self.state.live.message_id != event.message_id:
            self.ctx.hub.answer_ready.emit(event.message_id)

    def _artifact_ready(self, event: ArtifactReady) -> None:
        self.state.found[event.message_id] = sum(event.counts.values())
        self.list.refresh([event.message_id])

    def _compose(self, text: str) -> None:
        self.ctx.shell.show_panel("chat")
        self.composer.insert(text)

    def _restyle(self) -> None:
        self.composer.setMaximumWidth(look.px(CHAT_MEASURE) + 48)
        self.list.restyle()
        self._arrange_side()

    def _names_changed(self) -> None:
        self.list.restyle(only=lambda text: "[[" in text or "@" in text)

    # ---- panel -----------------------------------------------------------------------------------------------------

    def commands(self) -> list[Command]:
        """Everything that the chat can do, for menus, palette and keys."""
        return chat_commands(self)

    def focus_first(self) -> None:
        """Into the composer."""
        self.composer.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_record(self, record_id: str, span: tuple[int, int] | None = None) -> None:
        """A thread, or a message with what is to be marked in it."""
        self._show_record(record_id, span)

    @ui_task
    async def _show_record(self, record_id: str, span: tuple[int, int] | None) -> None:
        if await self.ctx.workspace.run(threads.is_thread, record_id):
            await self.show_thread(record_id)
        else:
            await self._reveal(record_id, span)

    def has_pending(self) -> bool:
        """A draft that isn't kept yet, or an answer on its way."""
        return self.drafts.pending or bool(self.conductor.running)

    async def flush(self) -> None:
        """Keep the draft; stop what is running and keep what has come."""
        self.drafts.keep()
        await self.conductor.stop_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has no room for the list of chats."""
        super().resizeEvent(event)
        self._arrange_side()
        for part in (self.composer, self.no_model):
            part.set_low(self.height() < look.px(LOW))
        self._place_to_end()

    def _place_to_end(self) -> None:
        shown = not self.is_covered and not self.list.follow and self.stack.currentWidget() is self.list
        self.to_end.setVisible(shown)
        if shown:
            size = self.to_end.sizeHint()
            corner = self.composer.mapTo(self, self.composer.rect().topLeft())
            x = corner.x() + (self.composer.width() - size.width()) // 2
            self.to_end.setGeometry(x, corner.y() - size.height() - 8, size.width(), size.height())
            self.to_end.raise_()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Texts and exports can be dropped on the conversation."""
        if self.taking.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They become messages."""
        self.taking.take_files(local_files(event.mimeData()))
        event.acceptProposedAction()

    def event(self, event: QEvent) -> bool:
        """Lay the list out when the panel comes into view."""
        if event.type() == QEvent.Type.Show:
            QTimer.singleShot(0, self.list.lay_out)
        return super().event(event)
