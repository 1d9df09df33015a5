"""What an empty chat shows: a question, and a few ways to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.kit import Button, hbox, label, style, vbox
from studio.ui.kit.scroll import ScrollArea
from studio.ui.theme import look
from studio.ui.theme.tokens import CHAT_MEASURE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

_ICONS = {
    "world_builder": "globe",
    "encounter_architect": "swords",
    "narrative_designer": "drama",
    "general_guide": "compass",
}


class Suggestion(Button):
    """A question on one line; what doesn't fit is in its tool tip."""

    def __init__(self, question: str, icon: str, pick: Callable[[], object]) -> None:
        super().__init__(question, pick, variant="row", icon=icon, tip=question, name=question)
        self._question = question
        self.setIconSize(QSize(look.px(18), look.px(18)))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the width."""
        super().resizeEvent(event)
        room = self.width() - look.px(18) - look.px(40)
        self.setText(self.fontMetrics().elidedText(self._question, Qt.TextElideMode.ElideRight, room))


class Welcome(ScrollArea):
    """Shown while a conversation has no message. `picked` gives a question and the mode that it fits."""

    picked = Signal(str, str)
    paste = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Begin a conversation")
        host = style(QWidget(), clear=True)
        outer = hbox(host, margins=(24, 24, 24, 24))
        outer.addStretch(1)
        column = vbox(gap=8)
        outer.addLayout(column, 1000)
        outer.addStretch(1)
        column.addStretch(2)
        column.addWidget(label("What are we building?", "h1", wrap=True))
        words = "Ask for anything. Whatever an answer holds can be saved to your blueprint, world and prompts at once."
        column.addWidget(label(words, "muted", wrap=True))
        column.addSpacing(12)
        self._rows = vbox(gap=4)
        column.addLayout(self._rows)
        column.addSpacing(4)
        column.addWidget(
            Button("Paste an answer from elsewhere", self.paste.emit, variant="row", icon="clipboard-paste")
        )
        column.addStretch(3)
        host.setMaximumWidth(look.px(CHAT_MEASURE) + 48)
        self.setWidget(host)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def set_questions(self, questions: Sequence[tuple[str, str]]) -> None:
        """Offer these (question, mode)."""
        from studio.ui.kit import clear

        clear(self._rows)
        for question, mode in questions:
            self._rows.addWidget(
                Suggestion(question, _ICONS.get(mode, "sparkles"), lambda q=question, m=mode: self.picked.emit(q, m))
            )
