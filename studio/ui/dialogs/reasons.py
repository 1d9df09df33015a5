"""What an import left out or noted, and why: lines to filter, walk and copy, quick for any number of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from studio.ui.announce import announce
from studio.ui.kit.base import label, named, style, vbox
from studio.ui.kit.fields import SearchField
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.exchange import Reason

NAME = "What was left out or noted, and why"
ROOM, LITTLE, FEW = 170, 72, 2
FILTERED_FROM = 8


class ReasonList(QWidget):
    """The reasons of a report. `more` is how many it doesn't name."""

    def __init__(self) -> None:
        super().__init__()
        column = vbox(self, gap=6)
        self._all: list[str] = []
        self.text = style(named(QPlainTextEdit(), NAME, "Ctrl+A and Ctrl+C copy it"), boxed=True)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.words = SearchField("Filter what was left out", placeholder="Filter", target=self.text)
        self.words.searched.connect(self._narrow)
        self.more = label("", "caption", wrap=True)
        column.addWidget(self.words)
        column.addWidget(self.text)
        column.addWidget(self.more)

    def show_reasons(self, reasons: Sequence[Reason], more: int = 0) -> None:
        """Those that were left out first, then what is only noted."""
        ordered = sorted(reasons, key=lambda one: not one.skipped)
        self._all = [f"{'' if one.skipped else 'Noted: '}{one.what} — {one.why}" for one in ordered]
        self.words.setVisible(len(reasons) >= FILTERED_FROM)
        self.text.setFixedHeight(look.px(ROOM if len(reasons) > FEW else LITTLE))
        self.more.setText(f"and {more:,} more that the report doesn't name")
        self.more.setVisible(more > 0)
        self._show(self.words.text())

    def lines(self) -> list[str]:
        """What is on show."""
        return [line for line in self.text.toPlainText().split("\n") if line]

    def _show(self, words: str) -> int:
        found = [line for line in self._all if words.casefold() in line.casefold()]
        self.text.setPlainText("\n".join(found))
        return len(found)

    def _narrow(self, words: str) -> None:
        announce(self.text, f"{self._show(words)} of {len(self._all)} lines")
