"""The prompt as it will be sent: blocks by role, what is missing marked, and the ways out of the forge."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from studio.services.forge.style import PROVIDERS
from studio.ui.kit.base import clear, hbox, label, rule, vbox
from studio.ui.kit.buttons import Button
from studio.ui.kit.fields import ComboBox
from studio.ui.kit.surfaces import ScrollColumn
from studio.ui.theme import look

if TYPE_CHECKING:
    from studio.domain.recipe import Slot
    from studio.services.forge.render import Rendered

_HOLE = re.compile(r"‹[^›\n]{1,80}›")
_ANY: list[tuple[str, object]] = [("Any provider", ""), *((p.replace("-", " ").capitalize(), p) for p in PROVIDERS)]


def holes_marked(text: str) -> str:
    """The text as HTML, with the places of missing slots on a warning ground."""
    tokens = look.tokens()
    look_of = f"background-color:{tokens['warn_soft']}; color:{tokens['warn']}; font-weight:600"
    parts, at = [], 0
    for match in _HOLE.finditer(text):
        parts += [html.escape(text[at : match.start()]), f'<span style="{look_of}">{html.escape(match[0])}</span>']
        at = match.end()
    return "".join([*parts, html.escape(text[at:])]).replace("\n", "<br>")


class PreviewPane(QWidget):
    """Shows a rendered prompt; emits what is wanted."""

    provider_chosen = Signal()
    copy = Signal()
    send = Signal()
    go = Signal(str)
    declare = Signal(object)
    """Add this slot, which the text uses and nobody declared."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("sunken", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = vbox(self, gap=0)
        column.addWidget(rule())
        head = hbox(margins=(12, 6, 8, 4), gap=8)
        head.addWidget(label("Prompt", "strong"))
        self._size = label("", "caption")
        head.addWidget(self._size, 1)
        self.provider = ComboBox("Provider", _ANY, compact=True)
        self.provider.setMinimumContentsLength(12)
        self.provider.chosen.connect(lambda _v: self.provider_chosen.emit())
        head.addWidget(self.provider)
        column.addLayout(head)
        self._notes = vbox(margins=(12, 0, 12, 4), gap=4)
        column.addLayout(self._notes)
        self._blocks = ScrollColumn("Rendered prompt", margins=(12, 4, 12, 12), gap=4)
        column.addWidget(self._blocks, 1)
        foot = hbox(margins=(12, 6, 12, 10), gap=8)
        foot.addStretch(1)
        self.copy_button = Button("Copy", self.copy.emit, icon="copy", key="Ctrl+Shift+C", name="Copy the prompt")
        self.send_button = Button("Send to chat", self.send.emit, icon="message-square", variant="primary")
        foot.addWidget(self.copy_button)
        foot.addWidget(self.send_button)
        column.addLayout(foot)

    def show_rendered(self, rendered: Rendered) -> None:
        """Show a prompt."""
        clear(self._notes)
        clear(self._blocks.body)
        for name in rendered.missing:
            self._notes.addWidget(self._note(f"“{name}” is needed", name))
        for slot in rendered.undeclared:
            self._notes.addWidget(self._offer(slot))
        for sentence in rendered.warnings:
            self._notes.addWidget(label(sentence, "warn", wrap=True))
        roles = {block.role for block in rendered.blocks}
        before = ""
        for block in rendered.blocks:
            if len(roles) > 1 and block.role != before:
                self._blocks.body.addWidget(label(block.role.capitalize(), "overline"))
            before = block.role
            self._blocks.body.addWidget(self._text(block.text))
        if rendered.negative:
            self._blocks.body.addWidget(label("Negative prompt", "overline"))
            self._blocks.body.addWidget(self._text(rendered.negative))
        if not rendered.blocks:
            self._blocks.body.addWidget(label("Nothing to send yet. Write a block first.", "muted", wrap=True))
        self._blocks.body.addStretch(1)
        size = len(rendered.text)
        self._size.setText(f"about {max(1, size // 4):,} tokens" if size else "")
        self._size.setToolTip(f"{size:,} characters")
        self._enable(ready=bool(rendered.blocks))

    def show_problem(self, sentence: str) -> None:
        """Say why there is no prompt; what was there before stays readable."""
        clear(self._notes)
        self._notes.addWidget(label(sentence, "danger", wrap=True))
        self._enable(ready=False)

    def _enable(self, *, ready: bool) -> None:
        self.copy_button.setEnabled(ready)
        self.send_button.setEnabled(ready)

    def _note(self, words: str, name: str) -> QWidget:
        button = Button(words, lambda: self.go.emit(name), variant="link", icon="triangle-alert", compact=True)
        button.setAccessibleName(f"{words}: go to its field")
        return button

    def _offer(self, slot: Slot) -> QWidget:
        words = f"“{slot.name}” isn't a slot yet: add it"
        return Button(words, lambda: self.declare.emit(slot), variant="link", icon="plus", compact=True)

    def _text(self, text: str) -> QLabel:
        made = label(holes_marked(text), wrap=True)
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return made
