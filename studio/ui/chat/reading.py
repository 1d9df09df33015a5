"""What models read: looked at for an answer, or before a message is sent; compared, and asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.chat import Message, Part
from studio.domain.ids import RecordId
from studio.services.chat import messages
from studio.services.context import store, view
from studio.services.context.draft import NO_CHOICES, Choices
from studio.ui.chat.picker import Choice, Picker
from studio.ui.kit import IconButton
from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from studio.domain.context import ContextPack
    from studio.services.context.prompt import Prompt
    from studio.ui.chat.pack import PackSheet
    from studio.ui.chat.panel import ChatPanel
    from studio.ui.tasks import Tasks

BUTTON = "What would be read"


class Reading:
    """The way to the packs of a chat. `choices` are those for the next message, forgotten when it is sent."""

    def __init__(self, panel: ChatPanel) -> None:
        self._panel = panel
        self._ctx = panel.ctx
        self.choices: Choices = NO_CHOICES
        self.button = IconButton("layers", BUTTON, lambda: self.preview(), key="Ctrl+J")

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self._ctx.tasks

    # ---- of an answer ------------------------------------------------------------------------------------------------

    @ui_task
    async def inspect(self, message_id: str) -> None:
        """What an answer was made from, and what can be done with that."""
        from studio.ui.chat.pack import PackSheet

        message = await self._ctx.workspace.run(messages.message, message_id)
        if not message.pack_hash:
            await self._from_before(message)
            return
        seen = await self._ctx.workspace.run(view.viewed, message.pack_hash)
        sheet = PackSheet(self._panel.window(), seen.prompt, revs=seen.revs)
        if await sheet.ask():
            self._go_on(sheet, message)

    async def _from_before(self, message: Message) -> None:
        """An answer from before there were packs knows what was sent; others came from elsewhere."""
        from studio.ui.chat.dialogs import SentSheet

        if message.sent is None:
            self._ctx.toast("Nothing was sent for this message: it didn't come from a model here.")
            return
        sent = await self._ctx.workspace.run(messages.sent_text, message.sent)
        await SentSheet(self._panel.window(), message, sent).ask()

    def _go_on(self, sheet: PackSheet, message: Message) -> None:
        what, ref = sheet.wanted
        if what == "replay":
            self.replay(message.id)
        elif what == "compare":
            self._pick_other(message)
        elif what == "open":
            self._ctx.navigate(ref)
        elif what == "history":
            self._ctx.hub.history.emit(ref)

    @ui_task
    async def replay(self, message_id: str) -> None:
        """Another answer to exactly what this one read."""
        await self._panel.asking.begin(self._panel.conductor.replay(message_id))

    @ui_task
    async def _pick_other(self, message: Message) -> None:
        found = await self._ctx.workspace.run(view.others, message.id)
        if not found:
            self._ctx.toast("This chat has no other answer whose reading is kept.")
            return
        label = self._panel.state.model_label
        choices = [
            Choice(o.pack_hash, o.starts or "…", f"{'same question  ·  ' if o.sibling else ''}{label(o.model)}", "eye")
            for o in found
        ]
        picker = Picker(self._panel, "Compare with", choices)
        picker.chosen.connect(lambda other: self._compare(message.pack_hash, other))
        picker.open_at(self._panel.list.widget(message.id) or self._panel.composer)

    @ui_task
    async def _compare(self, first: str, second: str) -> None:
        from studio.ui.chat.pack_diff import PackDiffSheet

        run = self._ctx.workspace.run
        await PackDiffSheet(self._panel.window(), await run(store.prompt, first), await run(store.prompt, second)).ask()

    # ---- of the next message -----------------------------------------------------------------------------------------

    async def drafted(self) -> Prompt:
        """What the message in the composer would be read with."""
        panel = self._panel
        draft, thread_id = panel.composer.draft, panel.state.thread_id
        parts = (Part(text=draft.text.strip()), *draft.files)
        typed = messages.full_text(Message(thread_id=RecordId(thread_id), role="user", parts=parts))
        named = panel.state.mentioned(draft.text, [e[0] for e in draft.entities])
        of = thread_id or panel.setup.unsaved()
        return await panel.conductor.preview(of, typed, named=tuple(named), choices=self.choices)

    @ui_task
    async def preview(self) -> None:
        """The sheet of what would be read, in which things can be pinned and left out."""
        from studio.ui.chat.pack import PackSheet

        panel = self._panel
        await panel.begun.wait()
        sheet = PackSheet(panel.window(), await self.drafted(), choices=self.choices)
        sheet.chosen.connect(lambda choices: self._choose(sheet, choices))
        await sheet.ask()
        panel.drafts.measure()

    @latest_task
    async def _choose(self, sheet: PackSheet, choices: Choices) -> None:
        self.choices = choices
        sheet.show_prompt(await self.drafted())

    def take_choices(self) -> Choices:
        """The choices for the message that is sent now; the next one begins without any."""
        taken, self.choices = self.choices, NO_CHOICES
        return taken

    def show_state(self, pack: ContextPack | None) -> None:
        """Let the button say how much would be read."""
        notes = len(pack.cited) if pack is not None else 0
        said = f": {notes} note{'' if notes == 1 else 's'}" if pack is not None else ""
        left = len(self.choices.left_out)
        self.button.rename(f"{BUTTON}{said}{f', {left} left out' if left else ''}", key="Ctrl+J")
