"""A small searchable list that opens at a button: models, assistants, folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView

from studio.ui.fuzzy import score
from studio.ui.searchpopup import SearchPopup
from studio.ui.theme import look
from studio.ui.theme.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_DATA = Qt.ItemDataRole.UserRole + 1


class Choice(NamedTuple):
    """One line: its key, what it says, what is behind it, its icon."""

    key: str
    text: str
    hint: str = ""
    icon: str = ""


class Picker(SearchPopup):
    """Opens over a button, filters as you type, gives one key by `chosen`, and goes away."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, name: str, choices: Sequence[Choice], *, current: str = "") -> None:
        self._list = QListView()
        super().__init__(parent, name, name, self._list)
        self._choices = list(choices)
        self._current = current
        self._model = QStandardItemModel(self)
        self._list.setModel(self._model)
        self._list.setUniformItemSizes(True)
        self._list.setIconSize(QSize(look.px(16), look.px(16)))
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.line.textChanged.connect(self._filter)
        self._filter("")

    def open_at_pointer(self) -> None:
        """Show it where the pointer is."""
        self._open(QCursor.pos(), QCursor.pos())

    def open_at(self, button: QWidget, *, above: bool = True) -> None:
        """Show it at a button."""
        corner = button.mapToGlobal(QPoint(0, 0))
        self._open(corner, button.mapToGlobal(QPoint(0, button.height())), above=above)

    def _open(self, over: QPoint, under: QPoint, *, above: bool = False) -> None:
        row = max(look.px(30), self._list.sizeHintForRow(0))
        rows = min(10, max(3, len(self._choices)))
        width = min(look.px(520), max(look.px(300), self._list.sizeHintForColumn(0) + look.px(40)))
        size = QSize(width, row * rows + self.line.sizeHint().height() + 20)
        self.pop_up(over - QPoint(0, size.height() + 6) if above else under + QPoint(0, 6), size)

    def close_up(self) -> None:
        super().close_up()
        self.deleteLater()

    def _filter(self, typed: str) -> None:
        needle = typed.lower().replace(" ", "")
        ranked = [(score(needle, f"{c.text} {c.hint}".lower()), c) for c in self._choices]
        found = [(s, c) for s, c in ranked if s is not None]
        if needle:
            found.sort(key=lambda pair: -pair[0])
        self._model.clear()
        at = 0
        for index, (_, choice) in enumerate(found):
            mark = "\u2713 " if choice.key == self._current else ""
            item = QStandardItem(f"{mark}{choice.text}    {choice.hint}" if choice.hint else f"{mark}{choice.text}")
            if choice.icon:
                item.setIcon(icon(choice.icon, "muted"))
            item.setData(choice.key, _DATA)
            chosen = ", chosen" if choice.key == self._current else ""
            item.setData(f"{choice.text}, {choice.hint}{chosen}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
            at = index if choice.key == self._current and not needle else at
        self._list.setCurrentIndex(self._model.index(at, 0))

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            key = str(index.data(_DATA))
            self.close_up()
            self.chosen.emit(key)
