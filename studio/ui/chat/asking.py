"""Sending, and showing the answer as it comes in until it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.errors import StudioError
from studio.domain.model_call import NoModel
from studio.services.chat import messages, threads
from studio.services.chat.recorded import RECORDED
from studio.ui.chat.composer import Draft
from studio.ui.chat.drafts import NEW
from studio.ui.tasks import ui_task

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from studio.domain.chat import Message
    from studio.services.chat.conductor import Answering
    from studio.ui.chat.panel import ChatPanel
    from studio.ui.tasks import Tasks

_ENDS = {"done": "Answer finished", "stopped": "Stopped", "error": "The answer failed"}


class Asking:
    """From the composer to the model and back into the list."""

    def __init__(self, panel: ChatPanel) -> None:
        self._panel = panel
        self._ctx = panel.ctx

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self._ctx.tasks

    @ui_task
    async def send(self) -> None:
        """Send what is typed and let it be answered; what can't be sent stays in the composer."""
        panel = self._panel
        await panel.begun.wait()  # sooner, nobody knows which chat it belongs to
        draft = panel.composer.draft
        if not panel.setup.model:
            panel.no_model.insist()
            return
        panel.composer.set_draft(Draft())
        panel.list.clear_highlights()
        if panel.setup.model == RECORDED:
            panel.no_model.dismiss()
        try:
            thread_id = panel.state.thread_id or await self._begin_thread()
            ids = panel.state.mentioned(draft.text, [e[0] for e in draft.entities])
            text, files = draft.text.strip(), draft.files
            choices = panel.reading.take_choices()
            await self.begin(panel.conductor.ask(thread_id, text, attachments=files, entity_ids=ids, choices=choices))
        except StudioError:
            panel.composer.set_draft(draft)
            raise

    async def _begin_thread(self) -> str:
        panel = self._panel
        thread_id = await panel.setup.create()
        self._ctx.workspace.submit(messages.save_draft, NEW, {})
        await panel.state.load(thread_id)
        panel.drafts.belongs_to(thread_id)
        self._ctx.workspace.submit(threads.remember_open, thread_id)
        return thread_id

    async def begin(self, asking: Coroutine[object, object, Answering]) -> None:
        """Start an answer and show it as it comes in."""
        panel = self._panel
        try:
            answering = await asking
        except NoModel:
            panel.no_model.insist()
            raise
        if answering.thread_id == panel.state.thread_id:
            panel.state.live = answering
            panel.list.forget(answering.message_id)
            await panel.state.load(answering.thread_id)
            panel.list.follow = True
            panel.show_rows()
        panel.load_side()
        self._watch(answering)

    @ui_task
    async def _watch(self, answering: Answering) -> None:
        """Wait for the end, then show the stored message in place of the live one."""
        panel = self._panel
        message = await answering.wait()
        if panel.state.live is answering:
            panel.pump.drain()
            await panel.state.load(answering.thread_id)
        if panel.state.live is answering:
            panel.state.live = None
            panel.show_rows(keep_place=True)
            panel.list.refresh()
            panel.drafts.measure()
        panel.load_side()
        self._ctx.hub.spend_changed.emit()
        if message is None:
            self._ctx.announce("Stopped before anything came")
            return
        if message.text or message.error_code == "offline":
            self._ctx.hub.reached.emit(self._reached(message))
        if message.text:
            self._ctx.hub.answer_ready.emit(message.id)
        self._ctx.announce(f"{_ENDS[message.state]}, {len(message.text.split())} words. {message.error_text}".strip())

    def _reached(self, message: Message) -> str:
        """Who answered, as the status bar says it."""
        if message.recorded:
            return "recorded"
        if message.error_code == "offline":
            return "offline"
        gateway = self._ctx.gateway
        here = gateway is not None and any(
            choice.id == message.model and gateway.models.route(choice.id).local
            for choice in gateway.models.available()
        )
        return "local" if here else "online"

    def stop(self) -> None:
        """Stop the answer that is coming in; what has come is kept."""
        if self._panel.state.live is not None:
            self._panel.state.live.stop()

    @ui_task
    async def save_edit(self, message_id: str) -> None:
        """Store what was written anew; a question is then answered anew."""
        panel = self._panel
        text = panel.composer.draft.text.strip()
        old = panel.state.body(message_id)
        new = await self._ctx.workspace.run(messages.edit, message_id, text)
        panel.composer.end_edit()
        if old is not None and old.role == "user" and new.id != message_id and panel.setup.model:
            await self.begin(panel.conductor.answer(new.id))

    def edit_last(self) -> None:
        """The last message of the user's own goes into the composer."""
        message_id = self._panel.state.last_of("user")
        if message_id is not None and self._panel.state.live is None:
            self._panel.acts.do_edit(message_id)
