"""The chat's dialogs: paste an answer, set up a thread, edit assistant modes, see what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from studio.domain.errors import ImportRefused
from studio.services.chat import paste
from studio.services.world.values import plain
from studio.ui.dialogs.base import Sheet
from studio.ui.kit import Button, CheckBox, ComboBox, DecimalBox, FormRow, LineEdit, Section, TextEdit, hbox, label
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from studio.domain.chat import Message, SentContext, Thread
    from studio.services.chat.modes import Mode
    from studio.services.chat.paste import Conversation


class PasteSheet(Sheet):
    """A text from elsewhere; says what it was taken for."""

    def __init__(self, parent: QWidget, text: str) -> None:
        words = "From another app or a colleague: one answer, or a whole conversation with its speakers."
        super().__init__(parent, "Paste an answer", sentence=words, width=640)
        self.found: list[Conversation] = []
        self.text = TextEdit("Text", text, placeholder="Paste here…", min_lines=12, max_lines=20)
        self.body.addWidget(self.text)
        self._said = label("", "muted", wrap=True)
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self._button = self.buttons("Add to chat")
        self.text.textChanged.connect(self._read)
        self._read()

    def _read(self) -> None:
        self.found = []
        try:
            text = self.text.text()
            self.found = paste.parse(text) if text.strip() else []
            self._said.setText(described(self.found))
        except ImportRefused as error:
            self._said.setText(str(error))
        self._button.setEnabled(bool(self.found))


def described(found: Sequence[Conversation]) -> str:
    """What a text was taken for."""
    if not found:
        return "Nothing to add yet."
    count = sum(len(c.messages) for c in found)
    if count == 1:
        return f"One answer, {len(found[0].messages[0][1].split()):,} words."
    where = found[0].origin
    chats = "" if len(found) == 1 else f" in {len(found)} conversations"
    return f"{count} messages{chats}, from {where}."


def clipboard_text() -> str:
    """What the clipboard holds, if it is text."""
    return QApplication.clipboard().text()


FOR_WHOM = [("The game master", "gm"), ("The party", "party"), ("Anybody", "public")]


class SetupSheet(Sheet):
    """How one thread is answered: temperature, a note, for whom and as of when."""

    def __init__(self, parent: QWidget, thread: Thread | None, mode: Mode) -> None:
        super().__init__(parent, "How this chat is answered")
        own = thread.temperature if thread is not None else None
        usual = mode.temperature if mode.temperature is not None else 0.7
        self._own = CheckBox(f"Own temperature (the mode's is {usual:g})", checked=own is not None)
        self._temperature = DecimalBox(
            "Temperature", own if own is not None else usual, least=0, most=2, step=0.1, decimals=1
        )
        self._temperature.setEnabled(own is not None)
        self._own.toggled.connect(self._temperature.setEnabled)
        row = hbox(gap=12)
        row.addWidget(self._own)
        row.addWidget(self._temperature)
        row.addStretch(1)
        self.body.addLayout(row)
        helper = "Low is steady and literal, high is surprising. Some models take none and ignore it."
        self.body.addWidget(label(helper, "caption", wrap=True))
        note = thread.behaviour_note if thread is not None else ""
        self._note = TextEdit("Behaviour note", note, placeholder="Answer in French. No gods. Keep it under 300 words.")
        self.body.addWidget(FormRow("Behaviour note", self._note, helper="Added to every request of this chat."))
        self._audience = ComboBox("For whom", FOR_WHOM)
        self._audience.set_value(thread.audience if thread is not None else "gm")
        helper = "Answers for others know only what is open to them. Choose it before the chat begins."
        self.body.addWidget(FormRow("For whom", self._audience, helper=helper))
        date = thread.as_of if thread is not None else None
        self._as_of = LineEdit("As of", plain(date) if date else "", placeholder="now; or a date: spring 812")
        self.body.addWidget(FormRow("As of", self._as_of, helper="Up to which date of the world the answers know."))
        self.body.addStretch(1)
        self.buttons("Save")

    @property
    def audience(self) -> str:
        """Whom the answers are for."""
        return str(self._audience.value())

    @property
    def as_of(self) -> dict[str, str]:
        """The date as typed; empty for now."""
        return {"text": words} if (words := self._as_of.text().strip()) else {}

    @property
    def temperature(self) -> float | None:
        """The thread's own temperature, or None for the mode's."""
        return round(self._temperature.value(), 2) if self._own.isChecked() else None

    @property
    def note(self) -> str:
        """The note as typed."""
        return self._note.text().strip()


class ModesSheet(Sheet):
    """Edits the assistant modes of this project."""

    def __init__(self, parent: QWidget, modes: Sequence[Mode], current: str) -> None:
        words = "Changes count for this project. The shipped text comes back with Reset."
        super().__init__(parent, "Assistant modes", sentence=words, width=680)
        self._modes = {m.slug: m for m in modes}
        self.reset = False
        self._choice = ComboBox("Mode", [(m.title, m.slug) for m in modes])
        self._choice.set_value(current)
        self._choice.chosen.connect(lambda _slug: self._show())
        self.body.addWidget(FormRow("Mode", self._choice))
        self._title = LineEdit("Title")
        self.body.addWidget(FormRow("Title", self._title))
        self._text = TextEdit("Instructions", min_lines=10, max_lines=16)
        helper = "What the model is told before every conversation in this mode."
        self.body.addWidget(FormRow("Instructions", self._text, helper=helper))
        self._temperature = DecimalBox("Temperature", 0.7, least=0, most=2, step=0.1, decimals=1)
        self.body.addWidget(FormRow("Temperature", self._temperature))
        self._reset = Button("Reset to the shipped text", self._reset_now, variant="ghost", icon="rotate-ccw")
        self.body.addWidget(self._reset)
        self.body.addStretch(1)
        self.buttons("Save")
        self._show()

    @property
    def slug(self) -> str:
        """The mode that is edited."""
        return str(self._choice.value())

    @property
    def values(self) -> tuple[str, str, float | None]:
        """Title, instructions, temperature."""
        return self._title.text(), self._text.text(), round(self._temperature.value(), 2)

    def _show(self) -> None:
        mode = self._modes[self.slug]
        self._title.set_text(mode.title)
        self._text.set_text(mode.instructions)
        self._temperature.setValue(mode.temperature if mode.temperature is not None else 0.7)
        self._reset.setVisible(mode.own)

    def _reset_now(self) -> None:
        self.reset = True
        self.accept()


class SentSheet(Sheet):
    """What went to the model for one answer, to the letter."""

    def __init__(self, parent: QWidget, message: Message, sent: SentContext) -> None:
        super().__init__(parent, "What was sent", width=720)
        facts = [f"Model: {message.model or 'unknown'}"]
        facts += [f"{k.replace('_', ' ').capitalize()}: {v}" for k, v in sent.params.items() if v is not None]
        if message.usage is not None:
            about = "about " if message.usage.estimated else ""
            facts.append(f"Read: {about}{message.usage.input_tokens:,} tokens")
            facts.append(f"Written: {about}{message.usage.output_tokens:,} tokens")
        if message.cost_usd is not None:
            facts.append(f"Cost: ${message.cost_usd:.4f}")
        self.body.addWidget(label("   ·   ".join(facts), "muted", wrap=True))
        left_out = sent.params.get("messages_left_out")
        if left_out:
            words = f"The oldest {left_out} messages were left out, because the model couldn't read more."
            self.body.addWidget(label(words, "warn", wrap=True))
        self._part("Instructions and world", sent.system, open_=False)
        for index, said in enumerate(sent.messages[-12:]):
            last = index == len(sent.messages[-12:]) - 1
            self._part(f"{str(said['role']).capitalize()}", str(said.get("content", "")), open_=last)
        self.buttons("Close", cancel="")

    def _part(self, title: str, text: str, *, open_: bool) -> None:
        section = Section(title, open=open_)
        view = TextEdit(title, text, min_lines=2, max_lines=12, mono=True)
        view.setReadOnly(True)
        view.setMinimumWidth(look.px(420))
        section.body.addWidget(view)
        self.body.addWidget(section)
