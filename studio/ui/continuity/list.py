"""The list of findings: arrows or J and K walk, a letter answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from studio.services.continuity.rulings import TYPE_WORDS
from studio.ui.listing import TwoLineList
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from studio.services.continuity.triage import Row

KEYS = {
    Qt.Key.Key_M: "merge", Qt.Key.Key_F: "fork", Qt.Key.Key_I: "ignore", Qt.Key.Key_U: "mute", Qt.Key.Key_R: "reopen",
    Qt.Key.Key_1: "side:0", Qt.Key.Key_2: "side:1", Qt.Key.Key_3: "side:2", Qt.Key.Key_4: "side:3",
    Qt.Key.Key_O: "open", Qt.Key.Key_Return: "open", Qt.Key.Key_Enter: "open",
}  # fmt: skip
HELP = (
    "J and K walk, M merges, F makes two, 1 or 2 says which side holds, or of three which is put away, I ignores, U "
    "mutes the rule, R takes an answer back, O opens"
)
MARKS = {"error": ("circle-alert", "danger"), "warning": ("triangle-alert", "warn"), "note": ("info", "muted")}
_ANSWERED = {"ignored": ("check", "muted"), "muted": ("eye-off", "muted")}


class FindingList(TwoLineList):
    """Rows of `triage.Row`."""

    answered = Signal(str)
    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Findings")
        self.setAccessibleDescription(HELP)
        self.setUniformItemSizes(True)
        self.rows: tuple[Row, ...] = ()
        self.currentRowChanged.connect(self._moved)

    def fill(self, rows: Sequence[Row], *, keep: str = "", at: int = 0) -> None:
        """Show these rows, with the cursor on the finding `keep`, or else at row `at`."""
        self.blockSignals(True)
        self.clear()
        self.rows = tuple(rows)
        for row in rows:
            self.add(row.key, row.title, caption(row), said=spoken(row), icon=icon(*_mark(row)))
        self.choose(keep, fallback=at)
        self.blockSignals(False)
        self._moved(self.currentRow())

    def restyle(self) -> None:
        """Follow theme and text size."""
        for at, row in enumerate(self.rows):
            self.item(at).setIcon(icon(*_mark(row)))
        self.doItemsLayout()

    def chosen_row(self) -> Row | None:
        """The finding under the cursor."""
        at = self.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def walk(self, step: int) -> None:
        """Move the cursor."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))

    def _moved(self, at: int) -> None:
        self.picked.emit(self.rows[at].key if 0 <= at < len(self.rows) else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.walk(1 if key == Qt.Key.Key_J else -1)
        elif plain and key in KEYS:
            self.answered.emit(KEYS[key])
        elif plain and event.text().isprintable() and event.text():
            event.accept()
        else:
            super().keyPressEvent(event)


def _mark(row: Row) -> tuple[str, str]:
    return _ANSWERED.get(row.judged.state) or MARKS[row.judged.finding.severity]


def caption(row: Row) -> str:
    """What it is, and where it has an answer, why."""
    words = [TYPE_WORDS[row.judged.finding.type]]
    if row.judged.state == "open":
        words.append(row.judged.finding.why)
    else:
        words.append(f"{row.judged.state}: {row.judged.because}")
    return " · ".join(words)


def spoken(row: Row) -> str:
    """What a screen reader says of a row."""
    return f"{row.judged.finding.severity}, {row.title}, {caption(row)}"
