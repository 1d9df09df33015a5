"""The list twin of the picture: every entry of the graph with its relations, for keys, screen readers and readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from studio.services.world.graph_svg import edge_details, edge_words
from studio.ui.kit import named, plain_tip
from studio.ui.theme import look
from studio.ui.theme.icons import icon, kind_icon

if TYPE_CHECKING:
    from studio.services.world.graph import Edge, Graph, Node

ID, ROLE = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
NODE, EDGE, MORE = "node", "edge", "more"


class GraphList(QTreeView):
    """Entries with their relations below them. A relation leads to its other end; “12 more” draws them."""

    chosen = Signal(str)
    opened = Signal(str)
    centre_wanted = Signal(str)
    more_wanted = Signal(str)
    menu_wanted = Signal(str, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "Graph as a list", "Enter opens, Right shows relations, Space puts the entry into the middle")
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(look.px(16))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.customContextMenuRequested.connect(self._menu)
        self.selectionModel().currentChanged.connect(self._moved)
        self.activated.connect(self._activate)
        self._items: dict[str, QStandardItem] = {}
        self._quiet = False

    def show_graph(self, graph: Graph, *, current: str) -> None:
        """Show the entries of a graph; what was unfolded stays so."""
        unfolded = {i for i, item in self._items.items() if self.isExpanded(item.index())}
        at = self.verticalScrollBar().value()
        self._quiet = True
        self.rows.clear()
        names: dict[str, str] = {node.id: node.name for node in graph.nodes}
        edges: dict[str, list[Edge]] = {node.id: [] for node in graph.nodes}
        for edge in graph.edges:
            edges[edge.from_id].append(edge)
            edges[edge.to_id].append(edge)
        self._items = {}
        for node in graph.nodes:
            item = self._node(node, len(edges[node.id]))
            item.appendRows([self._edge(edge, node.id, names) for edge in edges[node.id]])
            if node.hidden:
                item.appendRow(self._more(node))
            self._items[node.id] = item
            self.rows.appendRow(item)
        for record in unfolded | {str(graph.centre)}:
            if record in self._items:
                self.expand(self._items[record].index())
        self.set_current(current)
        self.verticalScrollBar().setValue(at)
        self._quiet = False

    def _node(self, node: Node, relations: int) -> QStandardItem:
        kind = f"{node.kind_label}, {node.standing}" if node.standing else node.kind_label
        where = (
            "the middle"
            if not node.distance
            else "1 step away"
            if node.distance == 1
            else f"{node.distance} steps away"
        )
        item = _item(kind_icon(node.kind), f"{node.name}  ·  {kind}", node.id, NODE)
        hidden = f", {node.hidden} neighbours not drawn" if node.hidden else ""
        many = "1 relation" if relations == 1 else f"{relations} relations"
        item.setData(f"{node.name}, {kind}, {where}, {many}{hidden}", Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(plain_tip(f"{node.name}: {kind}, {where}, {many}{hidden}"))
        return item

    def _edge(self, edge: Edge, end: str, names: dict[str, str]) -> QStandardItem:
        other = edge.other(end)
        words = edge_words(edge).replace(edge.label, edge.reads(end), 1)
        told = edge_details(edge)
        text = f"{words} {names[other]}" + (f"  ({told})" if told else "")
        mark = "arrow-right" if edge.from_id == end else "arrow-left"
        return _item(icon(mark, look.family_colour(edge.family)), text, other, EDGE)

    def _more(self, node: Node) -> QStandardItem:
        text = f"Draw {node.hidden} more" if node.hidden > 1 else "Draw 1 more"
        item = _item(icon("plus", "muted"), text, node.id, MORE)
        item.setData(f"{text} around {node.name}", Qt.ItemDataRole.AccessibleTextRole)
        return item

    def set_current(self, record_id: str) -> None:
        """Put the cursor on an entry, unless it stands on one of its lines already."""
        item = self._items.get(record_id)
        if item is None or self.current() == record_id:
            return
        self._quiet = True
        self.setCurrentIndex(item.index())
        self.scrollTo(item.index())
        self._quiet = False

    def current(self) -> str:
        """The entry whose line, or one of whose lines, has the cursor."""
        index = self.currentIndex()
        return _data(index if _data(index, ROLE) == NODE else index.parent(), ID)

    def texts(self) -> list[tuple[str, list[str]]]:
        """What it says: each entry with its lines."""
        return [
            (item.text(), [item.child(row).text() for row in range(item.rowCount())]) for item in self._items.values()
        ]

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and _data(now, ROLE) == NODE:
            self.chosen.emit(_data(now, ID))

    def _activate(self, index: QModelIndex) -> None:
        signal = self.more_wanted if _data(index, ROLE) == MORE else self.opened
        signal.emit(_data(index, ID))

    def _menu(self, at: object) -> None:
        index = self.indexAt(at)  # pyright: ignore[reportArgumentType]
        if index.isValid():
            self.menu_wanted.emit(_data(index, ID), self.viewport().mapToGlobal(at))  # pyright: ignore[reportArgumentType, reportCallIssue]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._activate(index)
        elif plain and event.key() == Qt.Key.Key_Space and index.isValid():
            self.centre_wanted.emit(_data(index, ID))
        elif plain and event.key() == Qt.Key.Key_M and index.isValid():
            self.more_wanted.emit(self.current())
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _item(mark: object, text: str, record_id: str, role: str) -> QStandardItem:
    item = QStandardItem(mark, text)  # pyright: ignore[reportCallIssue, reportArgumentType]
    item.setData(record_id, ID)
    item.setData(role, ROLE)
    return item


def _data(index: QModelIndex | QPersistentModelIndex, role: int) -> str:
    return str(index.data(role) or "")
