"""The timeline as rows: the date, what it is, its lane. What a screen reader uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView

from studio.ui.kit.base import named, style
from studio.ui.listing import CAPTION, KEY, TwoLines
from studio.ui.theme.icons import kind_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QContextMenuEvent, QKeyEvent

    from studio.services.world.timeline import Item
    from studio.ui.kinds import KindIndex

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class TimelineModel(QAbstractListModel):
    """One row for each date."""

    def __init__(self, kinds: KindIndex) -> None:
        super().__init__()
        self._kinds = kinds
        self.items: Sequence[Item] = ()
        self.names: dict[str, str] = {}

    def show_items(self, items: Sequence[Item], names: dict[str, str]) -> None:
        """Show these."""
        self.beginResetModel()
        self.items, self.names = items, names
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == CAPTION:
            return self._caption(item)
        if role == KEY:
            return item.id
        if role == Qt.ItemDataRole.DecorationRole:
            return kind_icon(item.kind)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.words}: {item.title}, {self._caption(item)}"
        return None

    def _caption(self, item: Item) -> str:
        lanes = [self.names.get(key, "") for key in (item.arc, item.place, item.faction) if key != item.id]
        return " · ".join([item.words, self._kinds.label(item.kind), *(name for name in lanes if name)])

    def row_of(self, item: Item | None) -> int:
        """The row of an item, or -1."""
        if item is None:
            return -1
        return next((n for n, one in enumerate(self.items) if (one.id, one.path) == (item.id, item.path)), -1)


class TimelineList(QListView):
    """Enter opens, M moves to a date."""

    chosen = Signal(object)
    opened = Signal(object)
    move_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, kinds: KindIndex) -> None:
        super().__init__()
        named(self, "Dates of the world", "Enter opens the entry, M moves it to another date")
        style(self, boxed=False)
        self.list_model = TimelineModel(kinds)
        self.setModel(self.list_model)
        self.setItemDelegate(TwoLines(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(lambda now, _before: self.chosen.emit(self._item(now)))
        self.doubleClicked.connect(lambda index: self.opened.emit(self._item(index)))

    def _item(self, index: Index) -> Item | None:
        return self.list_model.items[index.row()] if index.isValid() else None

    @property
    def current(self) -> Item | None:
        """The item of the current row."""
        return self._item(self.currentIndex())

    def choose(self, item: Item | None) -> None:
        """Go to the row of an item."""
        row = self.list_model.row_of(item)
        if row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self.list_model.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.current is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current)
        elif self.current is not None and event.key() == Qt.Key.Key_M and not event.modifiers():
            self.move_wanted.emit(self.current)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current is not None:
            self.menu_wanted.emit(self.current, event.globalPos())
