"""The strip under a message that failed or stopped: what happened, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QSizePolicy

from studio.ui.kit import Button, FlowLayout, label, style

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_SETTINGS = {"auth", "no_model", "quota", "budget"}


class Notice(QFrame):
    """One sentence and its actions; `act(what)` runs one."""

    def __init__(
        self, parent: QWidget, sentence: str, actions: list[tuple[str, str]], act: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self.sentence = sentence
        self._row = row = FlowLayout(self, gap=8, margins=(12, 6, 8, 6))
        text = label(sentence, wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        text.setMinimumWidth(220)
        row.addWidget(text)
        for what, words in actions:
            row.addWidget(Button(words, lambda what=what: act(what), compact=True))

    def height_for(self, width: int) -> int:
        """Its height at a width."""
        return self._row.heightForWidth(width)


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
