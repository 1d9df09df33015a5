"""The strip under a message that failed or stopped: what happened, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from studio.ui.kit import Button, FlowLayout, hbox, label, style
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable

_SETTINGS = {"auth", "no_model", "quota", "budget"}


class Notice(QFrame):
    """One sentence and its actions; `act(what)` runs one."""

    def __init__(
        self, parent: QWidget, sentence: str, actions: list[tuple[str, str]], act: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self.sentence = sentence
        self._row = hbox(self, margins=(12, 6, 8, 6), gap=8)
        text = label(sentence, wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._row.addWidget(text, 1)
        self._buttons = [Button(words, lambda what=what: act(what), compact=True) for what, words in actions]
        host = QWidget()
        flow = FlowLayout(host, gap=6)
        for button in self._buttons:
            flow.addWidget(button)
        self._row.addWidget(host, 0, Qt.AlignmentFlag.AlignVCenter)
        self._host = host

    def height_for(self, width: int) -> int:
        """Its height at a width: buttons beside the sentence where there is room, else under it."""
        need = sum(b.sizeHint().width() + 6 for b in self._buttons)
        beside = width > need + look.px(260)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._host.setMinimumWidth(need if beside else 0)
        return self._row.heightForWidth(width) if self._row.hasHeightForWidth() else self.sizeHint().height()


def notice_for(
    parent: QWidget, act: Callable[[str], None], *, state: str, code: str, text: str, has_text: bool
) -> Notice | None:
    """The strip for a message's state, or None where all is well."""
    if state == "done" and not text:
        return None
    if state == "error":
        actions = [("retry", "Retry"), ("retry_with", "Retry with another model…")]
        actions = [("go_on", "Continue"), *actions] if has_text else actions
        actions += [("settings", "Open settings")] if code in _SETTINGS else []
        return style(Notice(parent, text or "No answer came.", actions, act), note="danger")
    words = text or "Stopped. What had come is kept."
    return style(Notice(parent, words, [("go_on", "Continue")] if has_text else [], act), note="plain")
