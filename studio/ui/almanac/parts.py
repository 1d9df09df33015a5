"""The tables of the calendar editor: one for the months, one for the eras, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from studio.services.world import calendar_form as form
from studio.ui.kit import IconButton, hbox, label, named, vbox
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from studio.services.world.calendar_form import Part

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_TICK = Qt.ItemDataRole.CheckStateRole


class PartModel(QAbstractTableModel):
    """The rows of one part. Every edit gives a new row, so that what isn't known of it stays in it."""

    edited = Signal()

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self.rows: list[dict[str, Any]] = []

    def show_rows(self, rows: list[dict[str, Any]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.part.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.part.columns[index.column()]
        said = form.cell(self.rows[index.row()], column)
        if isinstance(said, bool):
            if role == _TICK:
                return (Qt.CheckState.Checked if said else Qt.CheckState.Unchecked).value
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {'yes' if said else 'no'}"
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return said
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {said or 'empty'}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.part.columns[index.column()]
        typed = Qt.CheckState(value) == Qt.CheckState.Checked if role == _TICK else str(value)
        old = self.rows[index.row()]
        if form.cell(old, column) == typed:
            return False
        self.rows[index.row()] = form.set_cell(old, column, typed)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.part.columns[section].title if orientation == Qt.Orientation.Horizontal else str(section + 1)
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return self.part.columns[section].help or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flag = self.part.columns[index.column()].kind == "flag"
        return flags | (Qt.ItemFlag.ItemIsUserCheckable if flag else Qt.ItemFlag.ItemIsEditable)

    def add(self, at: int, row: dict[str, Any]) -> None:
        """Put a row in."""
        self.beginInsertRows(QModelIndex(), at, at)
        self.rows.insert(at, row)
        self.endInsertRows()
        self.edited.emit()

    def remove(self, at: int) -> None:
        """Take a row out."""
        self.beginRemoveRows(QModelIndex(), at, at)
        del self.rows[at]
        self.endRemoveRows()
        self.edited.emit()

    def move(self, at: int, step: int) -> bool:
        """Change places with the row before or after."""
        to = at + step
        if not 0 <= to < len(self.rows):
            return False
        self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to + (step > 0))
        self.rows.insert(to, self.rows.pop(at))
        self.endMoveRows()
        self.edited.emit()
        return True


class _Cells(QStyledItemDelegate):
    """Editors of cells: lists for months and choices, lines for the rest; each with its column's name."""

    def __init__(self, model: PartModel, months: Callable[[], list[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._months = model, months

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._model.part.columns[index.column()]
        if column.kind in ("month", "choice"):
            box = QComboBox(parent)
            box.addItems(self._months() if column.kind == "month" else [words for words, _ in column.choices])
            box.activated.connect(lambda _index: (self.commitData.emit(box), self.closeEditor.emit(box)))
            return named(box, column.title)
        return named(QLineEdit(parent), column.title, column.help)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data() or ""))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(index.data() or ""))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


class _Table(QTableView):
    """Enter or F2 edits a cell, Insert adds a row, Delete takes it out, Alt with arrows moves it."""

    def __init__(self, table: PartTable) -> None:
        super().__init__()
        self._table = table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Insert:
            self._table.add_row()
        elif event.key() == Qt.Key.Key_Delete:
            self._table.remove_row()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._table.move_row(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class PartTable(QWidget):
    """One part of a calendar with the buttons that add, move and remove rows."""

    edited = Signal()

    def __init__(self, part: Part, months: Callable[[], list[str]]) -> None:
        super().__init__()
        self.part = part
        self.model = PartModel(part)
        self._months = months
        column = vbox(self, gap=6)
        column.addWidget(label(part.help, "caption", wrap=True))
        self.view = named(_Table(self), part.title, "Enter edits a cell, Insert adds a row, Delete removes it")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Cells(self.model, months, self.view))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.view.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().setDefaultSectionSize(look.px(32))
        self.view.verticalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.view.horizontalHeader()
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, look.px(130))
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(look.px(48))
        column.addWidget(self.view, 1)
        row = hbox(gap=2)
        for icon, words, call, key in (
            ("plus", f"Add a {part.one}", self.add_row, "Insert"),
            ("arrow-up", f"Move the {part.one} up", lambda: self.move_row(-1), "Alt+Up"),
            ("arrow-down", f"Move the {part.one} down", lambda: self.move_row(1), "Alt+Down"),
            ("trash-2", f"Remove the {part.one}", self.remove_row, "Delete"),
        ):
            row.addWidget(IconButton(icon, words, call, key=key))
        row.addStretch(1)
        column.addLayout(row)
        self.model.edited.connect(self.edited)

    def show_rows(self, rows: list[dict[str, Any]]) -> None:
        """Show other rows, the first one chosen."""
        if rows != self.model.rows:
            self.model.show_rows(rows)
            self.view.setCurrentIndex(self.model.index(0, 0))

    def add_row(self) -> None:
        """A new row after the current one, its name ready to be typed."""
        at = self.view.currentIndex().row() + 1 if self.model.rows else 0
        new = dict(self.part.empty)
        if "month" in new:
            new["month"] = next(iter(self._months()), "")
        taken = {row.get("name") for row in self.model.rows}
        if (name := new.get("name")) in taken:
            new["name"] = next(f"{name} {n}" for n in range(2, len(taken) + 3) if f"{name} {n}" not in taken)
        self.model.add(at, new)
        self.view.setCurrentIndex(self.model.index(at, 0))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_row(self) -> None:
        """Take the current row out."""
        at = self.view.currentIndex().row()
        if 0 <= at < len(self.model.rows):
            self.model.remove(at)

    def move_row(self, step: int) -> None:
        """Move the current row up or down."""
        index = self.view.currentIndex()
        if index.isValid() and self.model.move(index.row(), step):
            self.view.setCurrentIndex(self.model.index(index.row() + step, index.column()))
