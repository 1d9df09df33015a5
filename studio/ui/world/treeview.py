"""The tree widget of the World Bible: pages load as it scrolls, entities drag out as files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QItemSelectionModel, QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QDrag, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from studio.ui.kit import named
from studio.ui.picking import ENTITY_MIME
from studio.ui.theme import look
from studio.ui.world.delegate import RowDelegate
from studio.ui.world.dragging import DropFolder, Flight
from studio.ui.world.model import ID, Index, WorldModel

if TYPE_CHECKING:
    from collections.abc import Sequence

_AHEAD = 60


class WorldTree(QTreeView):
    """Rows of a `WorldModel`. Whoever hears `drag_wanted` reads the files and calls `drag`."""

    opened = Signal(str)
    copied = Signal()
    pasted = Signal()
    drag_wanted = Signal(list)

    def __init__(self, model: WorldModel, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "World entries", "Enter opens, F2 renames, Delete moves to the trash")
        self.rows = RowDelegate(self)
        self.setItemDelegate(self.rows)
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(look.px(16))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAcceptDrops(False)
        self.dropped = DropFolder()
        self.verticalScrollBar().valueChanged.connect(self._load_ahead)
        self.expanded.connect(lambda _index: self._load_ahead())
        self.activated.connect(self._activate)

    @property
    def world(self) -> WorldModel:
        """The model."""
        model = self.model()
        assert isinstance(model, WorldModel)
        return model

    def selected_ids(self) -> list[str]:
        """The entities that are selected, in the order of the tree."""
        indexes = [i for i in self.selectionModel().selectedIndexes() if self.world.is_entity(i)]
        ordered = sorted(indexes, key=lambda i: self.visualRect(i).top())
        return list(dict.fromkeys(str(i.data(ID)) for i in ordered))

    def current_id(self) -> str:
        """The entity under the cursor, or nothing."""
        index = self.currentIndex()
        return str(index.data(ID)) if self.world.is_entity(index) else ""

    def show_entity(self, entity_id: str) -> bool:
        """Put the cursor on an entity, if its line is loaded; a selection that has it stays."""
        index = self.world.find(entity_id)
        if not index.isValid():
            return False
        if entity_id not in self.selected_ids():
            self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def _activate(self, index: QModelIndex) -> None:
        if self.world.is_entity(index):
            self.opened.emit(str(index.data(ID)))
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def _load_ahead(self, *_: object) -> None:
        """Ask for the next page of a branch before its end comes into view."""
        bottom = self.indexAt(self.viewport().rect().bottomLeft())
        while bottom.isValid():
            parent = bottom.parent()
            if self.world.canFetchMore(parent) and self.world.rowCount(parent) - bottom.row() < _AHEAD:
                self.world.fetchMore(parent)
            bottom = parent

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        parent = current.parent()
        if self.world.canFetchMore(parent) and self.world.rowCount(parent) - current.row() < _AHEAD:
            self.world.fetchMore(parent)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        first = self.world.index(0, 0)
        if not self.currentIndex().isValid() and first.isValid():
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    # ---- dragging out ----------------------------------------------------------------------------------------------

    def mime_of(self, ids: list[str], files: Sequence[tuple[str, str]]) -> QMimeData:
        """Entities as Markdown files, written where they land, as our own JSON, and as links for a text."""
        mime = Flight(files, self.dropped)
        links, records = [], []
        for entity_id in ids:
            node = self.world.node(self.world.find(entity_id))
            links.append(f"[[{node.name}]]")
            records.append({"id": entity_id, "name": node.name, "kind": node.kind})
        mime.setText("\n".join(links))
        mime.setData(ENTITY_MIME, QByteArray(json.dumps(records).encode()))
        return mime

    def startDrag(self, _actions: Qt.DropAction) -> None:
        if ids := self.selected_ids():
            self.drag_wanted.emit(ids)

    def drag(self, mime: QMimeData) -> None:
        """Let what was read fly; the mouse button is still down."""
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)
