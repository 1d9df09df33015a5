"""The list of changes as a Qt model: it holds the pages that were loaded and asks for the next one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.ui.history import times
from studio.ui.kit.base import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.services.changes import Row

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_STEPS = {"undo": "Took back: ", "redo": "Did again: "}


def words(row: Row) -> str:
    """What a row says."""
    return _STEPS.get(row.step, "") + row.message


class HistoryModel(QAbstractListModel):
    """Changes newest first. `ask(seq)` is called for the page below a number; the answer comes through `add`."""

    def __init__(
        self,
        ask: Callable[[int], object],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self.clock = clock
        self.rows: list[Row] = []
        self._more = False
        self._asking = False

    def fill(self, rows: list[Row], *, more: bool) -> None:
        """Start anew with a first page."""
        self.beginResetModel()
        self.rows, self._more, self._asking = list(rows), more, False
        self.endResetModel()

    def add(self, rows: list[Row], *, more: bool) -> None:
        """Put the next page below."""
        self._more, self._asking = more, False
        if rows:
            self.beginInsertRows(_NOWHERE, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def put_on_top(self, rows: list[Row]) -> None:
        """Put newer changes above."""
        if rows:
            self.beginInsertRows(_NOWHERE, 0, len(rows) - 1)
            self.rows = [*rows, *self.rows]
            self.endInsertRows()

    def set_tops(self, undo: int | None, redo: int | None) -> None:
        """Say anew which changes Undo and Redo would take."""
        tops = {redo: "redo", undo: "undo"}
        self.rows = [
            row if row.top == tops.get(row.seq, "") else row.model_copy(update={"top": tops.get(row.seq, "")})
            for row in self.rows
        ]
        self.tell()

    def tell(self) -> None:
        """What rows say may have changed: time went on."""
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def newest(self) -> int:
        """The number of the newest change on show."""
        return self.rows[0].seq if self.rows else 0

    def row_of(self, commit_id: str) -> int:
        """Where a change is in the list, or -1."""
        return next((n for n, row in enumerate(self.rows) if row.id == commit_id), -1)

    def heading(self, at: int) -> str:
        """The day that begins with this row, or nothing."""
        now = self.clock()
        today = times.day(self.rows[at].time, now)
        return today if at == 0 or times.day(self.rows[at - 1].time, now) != today else ""

    def under(self, row: Row) -> str:
        """The second line: when, who, how much."""
        return "   ·   ".join(part for part in (times.ago(row.time, self.clock()), row.author, row.counts) if part)

    # ---- Qt's side -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words(row)
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{words(row)}\n{times.exactly(row.time)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            gate = ", let past the publish gate" if row.past_gate else ""
            top = {"undo": ", next to undo", "redo": ", next to redo"}.get(row.top, "")
            return f"{words(row)}, {times.ago(row.time, self.clock())}, by {row.author}, {row.counts}{gate}{top}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and not self._asking

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent) and self.rows:
            self._asking = True
            self._ask(self.rows[-1].seq)
