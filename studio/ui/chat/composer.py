"""The composer: a card with context chips, the field, and a row with assistant, model, price and Send."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from studio.domain.chat import Part
from studio.ui.chat.composer_edit import ComposerEdit
from studio.ui.kit import Button, Chip, FlowLayout, IconButton, clear, hbox, label, named, style, vbox
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.ui.chat.popup import Offer

HINT = "Ask for a place, a villain, a whole campaign…   @ for an entity, / for commands"
SHORT_HINT = "Ask for anything…"


@dataclass
class Draft:
    """What is typed and not sent. `entities` are (id, name, kind)."""

    text: str = ""
    files: list[Part] = field(default_factory=list)
    entities: list[tuple[str, str, str]] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """For the scratch store."""
        files = [{"name": f.name, "text": f.text} for f in self.files]
        return {"text": self.text, "attachments": files, "entities": [list(e) for e in self.entities]}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Draft:
        """From the scratch store."""
        return cls(
            text=str(data.get("text", "")),
            files=[Part(type="file", name=f["name"], text=f["text"]) for f in data.get("attachments", ())],
            entities=[(e[0], e[1], e[2]) for e in data.get("entities", ())],
        )


class Composer(QFrame):
    """Where messages are written. `send` and `save_edit` carry nothing: read `draft`."""

    send = Signal()
    stop = Signal()
    save_edit = Signal(str)
    edit_cancelled = Signal()
    edit_last = Signal()
    changed = Signal()
    files = Signal(list)
    command = Signal(str)

    def __init__(
        self,
        window: QWidget,
        *,
        entities: Callable[[str], Sequence[Offer]],
        slash: Callable[[str], Sequence[Offer]],
        lookup: Callable[[str], tuple[str, str] | None],
        enter_sends: Callable[[], bool],
    ) -> None:
        super().__init__()
        style(self, composerCard="true")
        self._lookup = lookup
        self._files: list[Part] = []
        self._entities: list[tuple[str, str, str]] = []
        self._editing = ""
        self._kept = Draft()
        self._running = False
        column = vbox(self, margins=(10, 8, 8, 8), gap=4)
        self._strip = self._make_strip()
        column.addWidget(self._strip)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=6, margins=(4, 2, 4, 4))
        column.addWidget(self._chips)
        self.edit = ComposerEdit(window, entities=entities, slash=slash, enter_sends=enter_sends)
        named(self.edit, "Message", "Enter sends, Shift and Enter breaks the line, Up edits your last message")
        self.edit.setPlaceholderText(HINT)
        self.edit.installEventFilter(self)
        column.addWidget(self.edit)
        self._low = False
        self._row = QWidget()
        self.tools = hbox(self._row, gap=4)
        self.tools.addStretch(1)
        self.estimate = label("", "caption")
        self.tools.addWidget(self.estimate)
        self.tools.addSpacing(6)
        self.button = Button("Send", self._clicked, variant="primary", icon="arrow-up")
        self.tools.addWidget(self.button)
        column.addWidget(self._row)
        self._wire()
        self._show_chips()

    def _wire(self) -> None:
        self.edit.submit.connect(self._submit)
        self.edit.escape.connect(self._escape)
        self.edit.up_when_empty.connect(self.edit_last)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.files.connect(self.files)
        self.edit.entity_taken.connect(self.add_entity)
        self.edit.command_taken.connect(self.command)
        self.edit.long_pasted.connect(self._offer_attachment)

    def _make_strip(self) -> QWidget:
        strip = QWidget()
        row = hbox(strip, margins=(6, 0, 0, 2), gap=8)
        self._strip_text = label("", "muted")
        row.addWidget(self._strip_text, 1)
        self._strip_action = Button("", None, variant="link", compact=True)
        self._strip_action.clicked.connect(lambda *_: self._strip_call())
        row.addWidget(self._strip_action)
        row.addWidget(IconButton("x", "Dismiss", self._dismiss_strip))
        strip.hide()
        return strip

    # ---- what is typed -------------------------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """What is typed now."""
        return Draft(self.edit.toPlainText(), list(self._files), list(self._entities))

    @property
    def editing(self) -> str:
        """The id of the message that is being edited, or nothing."""
        return self._editing

    def set_draft(self, draft: Draft) -> None:
        """Show this instead."""
        self._files, self._entities = list(draft.files), list(draft.entities)
        if self.edit.toPlainText() != draft.text:
            self.edit.setPlainText(draft.text)
            self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self._show_chips()
        self._text_changed()

    def is_empty(self) -> bool:
        """Nothing to send."""
        return not self.edit.toPlainText().strip() and not self._files

    def insert(self, text: str) -> None:
        """Add text at the cursor."""
        self.edit.insertPlainText(text)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_file(self, name: str, text: str) -> None:
        """Put a text into the next message's context."""
        self._files.append(Part(type="file", name=name, text=text))
        self._show_chips()
        self.changed.emit()

    def add_entity(self, record_id: str) -> None:
        """Put an entity into the next message's context."""
        found = self._lookup(record_id)
        if found is not None and all(e[0] != record_id for e in self._entities):
            self._entities.append((record_id, *found))
            self._show_chips()
            self.changed.emit()

    def _show_chips(self) -> None:
        clear(self._flow)
        for record_id, name, kind in self._entities:
            chip = Chip(
                name,
                icon=look.kind_icon(kind),
                token=f"kind:{kind}",
                on_remove=lambda i=record_id: self._remove(entity=i),
            )
            self._flow.addWidget(chip)
        for index, part in enumerate(self._files):
            words = f"{part.name} · {_size(part.text)}"
            self._flow.addWidget(Chip(words, icon="paperclip", on_remove=lambda i=index: self._remove(file=i)))
        self._chips.setVisible(bool(self._entities or self._files))
        self._chips.updateGeometry()

    def _remove(self, *, entity: str = "", file: int = -1) -> None:
        self._entities = [e for e in self._entities if e[0] != entity]
        if file >= 0:
            del self._files[file]
        self._show_chips()
        self.changed.emit()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _text_changed(self) -> None:
        self._show_button()
        self.changed.emit()

    # ---- sending, stopping, editing --------------------------------------------------------------------------------

    def set_running(self, running: bool) -> None:
        """While an answer comes in, Stop stands where Send stood."""
        self._running = running
        self._show_button()

    def set_low(self, low: bool) -> None:
        """Where there is little height, only the field stays, unless there is something to send or stop."""
        self._low = low
        self._show_button()

    def set_estimate(self, words: str, *, tip: str = "") -> None:
        """What sending would cost."""
        self.estimate.setText(words)
        self.estimate.setToolTip(tip)
        self.button.setAccessibleDescription("" if self._running else words)

    def _show_button(self) -> None:
        if self._running:
            words, icon, key = "Stop", "square", "Esc"
        elif self._editing:
            words, icon, key = "Save", "check", "Enter"
        else:
            words, icon, key = "Send", "arrow-up", "Enter"
        self.button.setText(words)
        self.button.set_icon(icon)
        self.button.setToolTip(f"{words}  ({key})")
        busy = self._running or not self.is_empty()
        self.button.setEnabled(busy)
        self._row.setVisible(busy or not self._low)

    def _clicked(self) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)  # the button dims when all is sent, and would pass it on
        if self._running:
            self.stop.emit()
        else:
            self._submit()

    def _submit(self) -> None:
        if self.is_empty():
            return
        if self._editing:
            self.save_edit.emit(self._editing)
        elif not self._running:
            self.send.emit()

    def _escape(self) -> None:
        if self._editing:
            self.end_edit(cancelled=True)
        elif self._running:
            self.stop.emit()

    def begin_edit(self, message_id: str, text: str, *, what: str) -> None:
        """Write a message anew; what was being typed comes back afterwards."""
        if not self._editing:
            self._kept = self.draft
        self._editing = message_id
        self.set_draft(Draft(text))
        self._say(f"Editing {what}. The old version stays, one key away.", "Cancel  (Esc)", self._cancel_edit)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_button()

    def _cancel_edit(self) -> None:
        self.end_edit(cancelled=True)

    def end_edit(self, *, cancelled: bool = False) -> None:
        """Back to what was being typed."""
        if not self._editing:
            return
        self._editing = ""
        self._strip.hide()
        self.set_draft(self._kept)
        self._kept = Draft()
        if cancelled:
            self.edit_cancelled.emit()

    # ---- the strip above the field -------------------------------------------------------------------------------

    def _strip_call(self) -> None:
        self._strip_run()

    def _strip_run(self) -> object:
        return None

    def _say(self, words: str, action: str, run: Callable[[], object]) -> None:
        self._strip_text.setText(words)
        self._strip_action.setText(action)
        self._strip_run = run
        self._strip.show()

    def _dismiss_strip(self) -> None:
        if self._editing:
            self.end_edit(cancelled=True)
        self._strip.hide()

    def _offer_attachment(self, text: str) -> None:
        words = f"You pasted {len(text):,} characters."
        self._say(words, "Attach as a file instead", lambda: self._attach_pasted(text))

    def _attach_pasted(self, text: str) -> None:
        self._strip.hide()
        whole = self.edit.toPlainText()
        self.edit.setPlainText(whole.replace(text, "", 1))
        self.add_file("pasted text", text)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def attach(self, paths: list[Path]) -> None:
        """Ask for these files to be read into the context."""
        self.files.emit(paths)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card shows the field's focus."""
        if watched is self.edit and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            style(self, composerCard="focus" if event.type() == QEvent.Type.FocusIn else "true")
        return super().eventFilter(watched, event)


def _size(text: str) -> str:
    """A text's length in words that people use."""
    count = len(text)
    return f"{count:,} characters" if count < 10_000 else f"{count // 1000:,}k characters"
