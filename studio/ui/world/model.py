"""The World Bible's tree as a Qt model: it holds what was loaded, asks for what is missing, and follows changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from studio.ui.kit.base import plain_tip
from studio.ui.theme.icons import icon, kind_icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.vocabulary import KindSpec
    from studio.services.world.rows import Row
    from studio.services.world.tree import Group

ID, KIND, STATUS, IS_GROUP, SIZE, MATCHED, LINE = range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 7)
"""What a line says, one by one; `LINE` is its node, all at once, for whoever draws it."""
Index = QModelIndex | QPersistentModelIndex
PAST = "past"
_NOWHERE = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_ENTRY = _PLAIN | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
"""Asked for every line of every paint: made once."""
_GROUP_ICONS = {"draft": "circle-dashed", "reviewed": "circle-dot", "canon": "circle-check", "deprecated": "archive"}


@dataclass(eq=False)
class Node:
    """One line: a heading or an entity. `size` is how many lines belong under it, loaded or not."""

    number: int
    parent: Node | None
    row: int = 0
    key: str = ""
    name: str = ""
    kind: str = ""
    status: str = ""
    matched: str = ""
    size: int = 0
    is_group: bool = False
    asked: bool = False
    children: list[Node] = field(default_factory=list)


class WorldModel(QAbstractItemModel):
    """Headings with their entities, or a flat list. `ask(node number, key, start)` is called for rows to load."""

    rename_wanted = Signal(str, str)
    """(entity id, new name) typed in place."""

    def __init__(
        self, ask: Callable[[int, str, int], object], spec: Callable[[str], KindSpec], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ask, self._spec = ask, spec
        self._nodes: dict[int, Node] = {}
        self._next = 0
        self._root = self._node(None)
        self.flat = False
        self.dragged: Callable[[list[str]], object] | None = None

    # ---- filling -------------------------------------------------------------------------------------------------

    def _node(self, parent: Node | None, **values: object) -> Node:
        node = Node(self._next, parent, **values)  # pyright: ignore[reportArgumentType]
        self._nodes[self._next] = node
        self._next += 1
        return node

    def reset_groups(self, groups: Sequence[Group]) -> None:
        """Show these headings, closed."""
        self.beginResetModel()
        self._clear(flat=False)
        self._root.children = [self._heading(group) for group in groups]
        _renumber(self._root)
        self._root.size = len(groups)
        self.endResetModel()

    def reset_rows(self, rows: Sequence[Row]) -> None:
        """Show these entities as a flat list."""
        self.beginResetModel()
        self._clear(flat=True)
        self._root.children = [self._entity(self._root, row) for row in rows]
        _renumber(self._root)
        self._root.size = len(rows)
        self.endResetModel()

    def _clear(self, *, flat: bool) -> None:
        self.flat = flat
        self._nodes.clear()
        self._root = self._node(None)

    def _heading(self, group: Group) -> Node:
        return self._node(self._root, key=group.key, name=group.label, kind=group.kind, size=group.size, is_group=True)

    def _entity(self, parent: Node, row: Row) -> Node:
        return self._node(
            parent, key=row.id, name=row.name, kind=row.kind, status=_status(row), matched=row.matched, size=row.inside
        )

    def deliver(self, number: int, start: int, rows: Sequence[Row]) -> None:
        """Take the rows that were asked for; what isn't wanted any more is dropped."""
        node = self._nodes.get(number)
        if node is None:
            return
        node.asked = False
        if start != len(node.children):
            return
        if not rows:
            node.size = len(node.children)
            return
        node.size = max(node.size, start + len(rows))
        self.beginInsertRows(self.index_of(node), start, start + len(rows) - 1)
        node.children += [self._entity(node, row) for row in rows]
        _renumber(node, start)
        self.endInsertRows()

    def open_branches(self) -> list[tuple[int, str, int]]:
        """(node number, key, rows loaded) of every branch that has rows, outer ones first."""
        return [(n.number, n.key, len(n.children)) for n in self._nodes.values() if n.children and n is not self._root]

    def sync_groups(self, groups: Sequence[Group]) -> None:
        """Bring the headings up to date without closing any."""
        wanted = {group.key: group for group in groups}
        self._drop_missing(self._root, set(wanted))
        have = {node.key: node for node in self._root.children}
        for at, group in enumerate(groups):
            node = have.get(group.key)
            if node is None:
                self.beginInsertRows(_NOWHERE, at, at)
                self._root.children.insert(at, self._heading(group))
                _renumber(self._root, at)
                self.endInsertRows()
            elif (node.name, node.size) != (group.label, group.size):
                node.name, node.size = group.label, group.size
                self._said(node)
        self._root.size = len(self._root.children)

    def sync_rows(self, number: int, rows: Sequence[Row]) -> None:
        """Bring the loaded rows of a branch up to date; selection, scroll and open branches stay."""
        node = self._nodes.get(number)
        if node is None:
            return
        names = {child.key: child.name for child in node.children}
        stay = {row.id for row in rows if names.get(row.id) == row.name}
        self._drop_missing(node, stay)
        at = 0
        while at < len(rows):
            if at < len(node.children) and node.children[at].key == rows[at].id:
                self._renew(node.children[at], rows[at])
                at += 1
                continue
            held = {child.key for child in node.children}
            end = at
            while end < len(rows) and rows[end].id not in held:
                end += 1
            if end == at:
                self._drop_missing(node, held - {rows[at].id})
                continue
            self.beginInsertRows(self.index_of(node), at, end - 1)
            node.children[at:at] = [self._entity(node, row) for row in rows[at:end]]
            _renumber(node, at)
            self.endInsertRows()
            at = end
        self._cut(node, len(rows))
        node.size = len(node.children) if node is self._root else max(node.size, len(node.children))

    def _renew(self, node: Node, row: Row) -> None:
        if (node.kind, node.status, node.size) != (row.kind, _status(row), row.inside):
            node.kind, node.status, node.size = row.kind, _status(row), row.inside
            self._said(node)

    def _said(self, node: Node) -> None:
        index = self.index_of(node)
        self.dataChanged.emit(index, index)

    def _drop_missing(self, node: Node, stay: set[str]) -> None:
        """Remove the children that don't stay, in runs."""
        last = len(node.children) - 1
        while last >= 0:
            if node.children[last].key in stay:
                last -= 1
                continue
            first = last
            while first > 0 and node.children[first - 1].key not in stay:
                first -= 1
            self.beginRemoveRows(self.index_of(node), first, last)
            for gone in node.children[first : last + 1]:
                self._forget(gone)
            del node.children[first : last + 1]
            _renumber(node, first)
            self.endRemoveRows()
            last = first - 1

    def _cut(self, node: Node, length: int) -> None:
        """Remove what stands behind the last row: a page that came while entries moved may have brought some twice."""
        if len(node.children) > length:
            self.beginRemoveRows(self.index_of(node), length, len(node.children) - 1)
            for gone in node.children[length:]:
                self._forget(gone)
            del node.children[length:]
            self.endRemoveRows()

    def _forget(self, node: Node) -> None:
        self._nodes.pop(node.number, None)
        for child in node.children:
            self._forget(child)

    @property
    def root_number(self) -> int:
        """The number of the unseen root: the parent of a flat list."""
        return self._root.number

    # ---- finding -------------------------------------------------------------------------------------------------

    def node(self, index: Index) -> Node:
        """The node behind an index."""
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node; invalid for the root."""
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node.number)

    def find(self, entity_id: str) -> QModelIndex:
        """The first loaded line of an entity."""
        for node in self._nodes.values():
            if node.key == entity_id and not (node.is_group and not node.kind):
                return self.index_of(node)
        return QModelIndex()

    def group(self, key: str) -> QModelIndex:
        """The heading with this key."""
        found = next((node for node in self._root.children if node.key == key), None)
        return self.index_of(found) if found is not None else QModelIndex()

    # ---- what Qt asks --------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        node = self.node(parent)
        if column != 0 or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, 0, node.children[row].number)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # pyright: ignore[reportIncompatibleMethodOverride]
        parent = self.node(index).parent
        return QModelIndex() if parent is None else self.index_of(parent)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self.node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        node = self.node(parent)
        return parent.column() <= 0 and (bool(node.children) or node.size > 0)

    def canFetchMore(self, parent: Index) -> bool:
        node = self.node(parent)
        return node is not self._root and not node.asked and len(node.children) < node.size

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            node = self.node(parent)
            node.asked = True
            self._ask(node.number, node.key, len(node.children))

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self.node(index)
        if not index.isValid() or (node.is_group and not node.kind):
            return _PLAIN if index.isValid() else Qt.ItemFlag.NoItemFlags
        if node.is_group and node.key == node.kind:
            return _PLAIN
        return _ENTRY

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        node = self.node(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return node.name
        if role == Qt.ItemDataRole.DecorationRole:
            return _icon(node)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = self._words(node)
            return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return _ours(node, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node, name = self.node(index), " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not name or name == node.name:
            return False
        self.rename_wanted.emit(node.key, name)
        return False

    def _words(self, node: Node) -> str:
        """What a screen reader says of a line: “House Veyra, faction, draft”."""
        if node.is_group:
            return f"{node.name}, {node.size} {'entry' if node.size == 1 else 'entries'}"
        words = [node.name, self._spec(node.kind).noun]
        words += [node.status] if node.status else []
        words += [f"also called {node.matched}"] if node.matched else []
        words += [f"{node.size} inside"] if node.size else []
        return ", ".join(words)

    def is_entity(self, index: Index) -> bool:
        """Whether a line stands for an entity, as places do even where they are headings."""
        return index.isValid() and bool(self.flags(index) & Qt.ItemFlag.ItemIsDragEnabled)


def _status(row: Row) -> str:
    """The word beside the name: at a day of the past, that something is over matters more than its status."""
    return PAST if row.gone else row.status


def _ours(node: Node, role: int) -> object:
    if role == LINE:
        return node
    if role == ID:
        return node.key
    if role == KIND:
        return node.kind
    if role == STATUS:
        return node.status
    if role == IS_GROUP:
        return node.is_group
    if role == SIZE:
        return node.size
    return node.matched if role == MATCHED else None


def _icon(node: Node) -> object:
    if node.kind:
        return kind_icon(node.kind)
    return icon(_GROUP_ICONS.get(node.key, "tag" if node.name.startswith("#") else "minus"), "muted")


def _renumber(node: Node, start: int = 0) -> None:
    for row in range(start, len(node.children)):
        node.children[row].row = row
