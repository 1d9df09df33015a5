"""The list of what waits: arrows or J and K walk, Space ticks, a letter decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from studio.ui.listing import KEY, TwoLineList
from studio.ui.theme.icons import icon, kind_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from studio.services.world.queue import Waiting
    from studio.ui.kinds import KindIndex

KEYS = {
    Qt.Key.Key_A: "reviewed", Qt.Key.Key_C: "canon", Qt.Key.Key_X: "deprecated", Qt.Key.Key_E: "edit",
    Qt.Key.Key_D: "trash", Qt.Key.Key_Delete: "trash", Qt.Key.Key_Return: "edit", Qt.Key.Key_Enter: "edit",
}  # fmt: skip
HELP = "J and K walk, Space ticks, A accepts, C makes canon, X deprecates, E edits, D moves to the trash"
_AHEAD = 30


class QueueList(TwoLineList):
    """Rows of `Waiting`. What is ticked is decided together, else the row under the cursor."""

    decided = Signal(str)
    picked = Signal(str)
    more_wanted = Signal(int)
    ticks_changed = Signal()

    def __init__(self, kinds: KindIndex) -> None:
        super().__init__("Waiting for a look")
        self.setAccessibleDescription(HELP)
        self.setUniformItemSizes(True)
        self._kinds = kinds
        self.rows: list[Waiting] = []
        self.ticked: set[str] = set()
        self.currentRowChanged.connect(self._moved)

    def fill(self, rows: Sequence[Waiting], *, keep: str = "", at: int = 0) -> None:
        """Show these rows, with the cursor on the entry `keep`, or else at row `at`."""
        self.blockSignals(True)
        self.clear()
        self.rows = []
        self.ticked &= {row.id for row in rows}
        self.extend(rows)
        self.choose(keep, fallback=at)
        self.blockSignals(False)
        self._moved(self.currentRow())
        self.ticks_changed.emit()

    def extend(self, rows: Sequence[Waiting]) -> None:
        """Put more rows at the end."""
        for row in rows:
            self.rows.append(row)
            self.add(row.id, row.name, _caption(row))
            self._dress(self.count() - 1)

    def _dress(self, at: int) -> None:
        row, item = self.rows[at], self.item(at)
        on = row.id in self.ticked
        item.setIcon(icon("square-check", "accent") if on else kind_icon(row.kind))
        said = [row.name, self._kinds.spec(row.kind).noun, row.status, _caption(row), "ticked" if on else ""]
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in said if part))

    def restyle(self) -> None:
        """Follow theme and text size."""
        for at in range(len(self.rows)):
            self._dress(at)
        self.doItemsLayout()

    def _moved(self, at: int) -> None:
        if 0 <= at < len(self.rows):
            self.picked.emit(self.rows[at].id)
            if at > len(self.rows) - _AHEAD:
                self.more_wanted.emit(len(self.rows))
        elif not self.rows:
            self.picked.emit("")

    def chosen(self) -> list[str]:
        """The ticked entries in the order of the list; without ticks the one under the cursor."""
        ticked: list[str] = [row.id for row in self.rows if row.id in self.ticked]
        return ticked or [key for key in (self.key(),) if key]

    def tick(self, *, everything: bool = False) -> None:
        """Tick or untick the row under the cursor, or all of them."""
        rows = range(len(self.rows)) if everything else [self.currentRow()]
        ids = {self.rows[at].id for at in rows if 0 <= at < len(self.rows)}
        self.ticked = self.ticked - ids if ids <= self.ticked else self.ticked | ids
        for at in rows:
            if 0 <= at < len(self.rows):
                self._dress(at)
        self.ticks_changed.emit()

    def walk(self, step: int) -> None:
        """Move the cursor."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.walk(1 if key == Qt.Key.Key_J else -1)
        elif plain and key == Qt.Key.Key_Space:
            self.tick()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_A:
            self.tick(everything=True)
        elif plain and key in KEYS:
            self.decided.emit(KEYS[key])
        elif plain and event.text().isprintable() and event.text():
            event.accept()
        else:
            super().keyPressEvent(event)

    def key_of(self, at: int) -> str:
        """The entry in a row."""
        return str(self.item(at).data(KEY))


def _caption(row: Waiting) -> str:
    doubts = f"{row.doubts} to check" if row.doubts else ""
    waits = "waits for canon" if row.status == "reviewed" else ""
    return " · ".join(part for part in (doubts, waits, row.came_from) if part)
