"""Which model and which assistant answer here: the buttons under the composer, and what a call would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.chat import Thread
from studio.services.chat import modes, threads
from studio.services.chat.conductor import Conductor
from studio.services.chat.recorded import LABEL, RECORDED
from studio.ui.chat.composer import HINT, SHORT_HINT
from studio.ui.chat.dialogs import ModesSheet, SetupSheet
from studio.ui.chat.facts import money
from studio.ui.chat.picker import Choice, Picker
from studio.ui.kit import Button, IconButton, style
from studio.ui.tasks import ui_task

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.domain.context import ContextPack
    from studio.services.chat.modes import Mode
    from studio.ui.chat.panel import ChatPanel
    from studio.ui.tasks import Tasks

TYPICAL_ANSWER = 800
"""Tokens that an answer is taken to be, for the price on Send."""
_CONNECT, _EDIT = "+connect", "+edit"
_MODE_ICONS = {
    "world_builder": "globe",
    "narrative_designer": "drama",
    "encounter_architect": "swords",
    "general_guide": "compass",
}


class AnswerSetup:
    """How the thread that is shown is answered. A chat that hasn't begun keeps its choices in `fresh`."""

    def __init__(self, panel: ChatPanel) -> None:
        self._panel = panel
        self._ctx = panel.ctx
        self.fresh: dict[str, Any] = {}
        self._narrow = False
        self.modes: list[Mode] = [modes.Mode(slug="world_builder", title="World Builder", instructions="")]
        self.mode_button = Button("", self.pick_mode, variant="ghost", compact=True, tip="Choose the assistant")
        self.model_button = Button(
            "", self.pick_model, variant="ghost", compact=True, tip="Choose the model", elides=True
        )
        self.tune_button = IconButton("sliders-horizontal", "How this chat is answered", lambda: self.set_up())
        self.attach_button = IconButton("paperclip", "Attach text files", lambda: panel.attach())
        for button in (self.mode_button, self.model_button):
            style(button, quiet=True)

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self._ctx.tasks

    def conductor(self) -> Conductor:
        """Whoever asks models for this panel: with what the window has by then."""
        ctx = self._ctx
        return Conductor(
            ctx.workspace, lambda: ctx.gateway, default_model=self.default_model, counter=ctx.counter,
            established=lambda: ctx.settings.value.model_reads, index=lambda: ctx.index,
        )  # fmt: skip

    def buttons(self, reading: QWidget) -> tuple[QWidget, ...]:
        """What stands in the composer's row, in order; `reading` is the button of what would be read."""
        return (self.attach_button, reading, self.mode_button, self.model_button, self.tune_button)

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room, icons stand for words."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.show()
        self._panel.composer.estimate.setVisible(not narrow)
        self._panel.composer.edit.setPlaceholderText(SHORT_HINT if narrow else HINT)

    # ---- models --------------------------------------------------------------------------------------------------

    def available(self) -> tuple[Any, ...]:
        """Every model that can be asked."""
        gateway = self._ctx.gateway
        return gateway.models.available() if gateway is not None else ()

    def default_model(self) -> str:
        """The model of a chat that names none; in the sample with no model, its recorded answers."""
        chosen = self._ctx.settings.value.start_model
        offered = self.available()
        if chosen:
            return chosen
        if offered:
            return offered[0].id
        return RECORDED if self._panel.is_sample else ""

    @property
    def model(self) -> str:
        """The model that would answer now; empty where there is none."""
        thread = self._panel.state.thread
        return (thread.model if thread is not None else self.fresh.get("model", "")) or self.default_model()

    def label(self) -> str:
        """Its name for the button."""
        return self._panel.state.model_label(self.model) if self.model else "No model"

    def choices(self) -> list[Choice]:
        """The lines of the model picker."""
        found = []
        for model in self.available():
            price = f"${model.price.input:g}/${model.price.output:g} per M" if model.price is not None else ""
            window = f"{model.context // 1000}k" if model.context else ""
            hint = "  ·  ".join(p for p in (model.connection, window, price) if p)
            found.append(Choice(model.id, model.label, hint, "cpu"))
        found.append(Choice(RECORDED, LABEL, "no model, no cost", "play"))
        return found

    def pick_model(self) -> None:
        """Open the model picker."""
        choices = [*self.choices(), Choice(_CONNECT, "Connect a model…", icon="plus")]
        picker = Picker(self._panel, "Search models", choices, current=self.model)
        picker.chosen.connect(self.set_model)
        picker.open_at(self.model_button)

    def set_model(self, model: str) -> None:
        """Ask this model from now on, in this thread."""
        if model == _CONNECT:
            self._ctx.shell.open_settings("models")
            return
        self._configure(model=model)

    # ---- assistants ----------------------------------------------------------------------------------------------

    @property
    def mode(self) -> Mode:
        """The assistant of this thread."""
        thread = self._panel.state.thread
        start = self.fresh.get("assistant_mode", self._ctx.settings.value.start_mode)
        slug = thread.assistant_mode if thread is not None else start
        return next((m for m in self.modes if m.slug == slug), self.modes[0])

    def pick_mode(self) -> None:
        """Open the assistant picker."""
        choices = [Choice(m.slug, m.title, m.summary, _MODE_ICONS.get(m.slug, "sparkles")) for m in self.modes]
        choices.append(Choice(_EDIT, "Edit assistants…", icon="pencil"))
        picker = Picker(self._panel, "Search assistants", choices, current=self.mode.slug)
        picker.chosen.connect(self.set_mode)
        picker.open_at(self.mode_button)

    def set_mode(self, slug: str) -> None:
        """Let this assistant answer from now on, in this thread."""
        if slug == _EDIT:
            self.edit_modes()
            return
        self._configure(assistant_mode=slug)

    @ui_task
    async def edit_modes(self) -> None:
        """The dialog with all assistants' instructions."""
        sheet = ModesSheet(self._panel.window(), self.modes, self.mode.slug)
        if not await sheet.ask():
            return
        if sheet.reset:
            await self._ctx.workspace.run(modes.reset_mode, sheet.slug)
        else:
            title, text, temperature = sheet.values
            await self._ctx.workspace.run(
                modes.save_mode, sheet.slug, title=title, instructions=text, temperature=temperature
            )

    @ui_task
    async def set_up(self) -> None:
        """Temperature and note of this thread."""
        sheet = SetupSheet(self._panel.window(), self._panel.state.thread, self.mode)
        if await sheet.ask():
            self._configure(
                temperature=sheet.temperature, keep_temperature=False, behaviour_note=sheet.note,
                audience=sheet.audience, as_of=sheet.as_of,
            )  # fmt: skip

    @ui_task
    async def _configure(self, **changes: Any) -> None:
        thread_id = self._panel.state.thread_id
        if thread_id:
            await self._ctx.workspace.run(threads.configure, thread_id, **changes)
        else:
            self.fresh |= changes
            self.show()

    def unsaved(self) -> Thread:
        """The thread that so far is only shown, with what was chosen for it."""
        known = {k: v for k, v in self.fresh.items() if k in Thread.model_fields}
        return Thread.model_validate({"assistant_mode": self.mode.slug, **known})

    async def create(self) -> str:
        """Begin the thread that so far was only shown."""
        fresh, self.fresh = self.fresh, {}
        thread = await self._ctx.workspace.run(
            threads.create_thread,
            assistant_mode=fresh.pop("assistant_mode", self._ctx.settings.value.start_mode),
            model=fresh.pop("model", ""),
        )
        if fresh:
            await self._ctx.workspace.run(threads.configure, thread.id, **fresh)
        return thread.id

    # ---- what it shows ---------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Bring the buttons up to date."""
        mode, model = self.mode, self.label()
        self.mode_button.setText("" if self._narrow else mode.title)
        self.mode_button.set_icon(_MODE_ICONS.get(mode.slug, "sparkles"))
        self.mode_button.setAccessibleName(f"Assistant: {mode.title}")
        shortest = 16 if self._narrow else 40
        self.model_button.setText(model if len(model) <= shortest else f"{model[: shortest - 1]}…")
        self.model_button.setToolTip(f"Choose the model  (now {model})")
        self.mode_button.setToolTip(f"Choose the assistant  (now {mode.title})")
        self.model_button.set_icon("cpu" if self.model != RECORDED else "play")
        self.model_button.setAccessibleName(f"Model: {model}")
        thread = self._panel.state.thread
        tuned = thread is not None and bool(
            thread.temperature is not None or thread.behaviour_note or thread.audience != "gm" or thread.as_of
        )
        self.tune_button.set_icon("sliders-horizontal")
        words = "How this chat is answered" + (" (changed)" if tuned else "")
        self.tune_button.rename(words)

    def price_words(self, pack: ContextPack | None) -> tuple[str, str]:
        """(what Send says, what its tool tip explains) for the pack of the next message; nothing for none."""
        if pack is None or self.model == RECORDED:
            return ("", "")
        tokens = pack.tokens
        known = next((m for m in self.available() if m.id == self.model), None)
        about = "" if pack.exact else "≈ "
        amount = f"{tokens / 1000:.1f}k" if tokens >= 1000 else str(tokens)
        words, tip = f"{about}{amount} tokens", f"{'' if pack.exact else 'About '}{tokens:,} tokens would be read."
        if known is not None and known.price is not None:
            cost = (tokens * known.price.input + TYPICAL_ANSWER * known.price.output) / 1e6
            words += f"  ·  {money(cost)}"
            tip += f" With an answer of {TYPICAL_ANSWER} tokens that costs about {money(cost)}."
        return words, tip
