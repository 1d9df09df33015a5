"""Small lists of things with a few fields each: acts, fronts, deliverables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.services.foundry.values import clean
from studio.ui.foundry.editors import ChoiceEditor, Editor, LinesEditor, LongEditor, TextEditor
from studio.ui.kit.base import clear, hbox, label, vbox
from studio.ui.kit.buttons import Button, IconButton
from studio.ui.kit.surfaces import Card

if TYPE_CHECKING:
    from studio.services.foundry.form import Column, FormField

_MOVES = (("arrow-up", "Move up", -1), ("arrow-down", "Move down", 1))


def _cell(column: Column, name: str) -> Editor:
    if column.kind == "texts":
        return LinesEditor(name)
    if column.kind == "long":
        return LongEditor(name, min_lines=2)
    return ChoiceEditor(name, column.choices) if column.kind == "choice" else TextEditor(name)


class RowCard(Card):
    """One row as a card: its fields, and buttons that move and remove it."""

    edited = Signal()
    left = Signal()
    moved = Signal(object, int)
    removed = Signal(object)

    def __init__(self, field: FormField, number: int) -> None:
        super().__init__(margins=(12, 8, 8, 12), gap=6)
        self._cells: dict[str, Editor] = {}
        self.title = f"{field.label.removesuffix('s')} {number}"
        head = hbox(gap=0)
        head.addWidget(label(self.title, "overline"))
        head.addStretch(1)
        for icon, words, step in _MOVES:
            head.addWidget(IconButton(icon, f"{words}: {self.title}", lambda step=step: self.moved.emit(self, step)))
        head.addWidget(IconButton("trash-2", f"Remove {self.title}", lambda: self.removed.emit(self)))
        self.body.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        self._fill(field, grid)
        self.body.addLayout(grid)

    def _fill(self, field: FormField, grid: QGridLayout) -> None:
        for at, column in enumerate(field.columns):
            editor = _cell(column, f"{self.title}: {column.label}")
            caption = label(column.label, "caption")
            caption.setBuddy(editor.widget)
            grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
            caption.setContentsMargins(0, 8, 0, 0)
            grid.addWidget(editor.widget, at, 1)
            editor.edited.connect(self.edited)
            editor.left.connect(self.left)
            self._cells[column.name] = editor
        grid.setColumnStretch(1, 1)

    def value(self) -> dict[str, Any]:
        """The row as it stands."""
        return {name: editor.value() for name, editor in self._cells.items()}

    def set_value(self, row: dict[str, Any]) -> None:
        """Show a row."""
        for name, editor in self._cells.items():
            editor.set_value(row.get(name))

    def focus_first(self) -> None:
        """Start typing in the first field."""
        next(iter(self._cells.values())).widget.setFocus(Qt.FocusReason.OtherFocusReason)


class RowsEditor(Editor):
    """The list, with a button that adds."""

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self._field = field
        self._cards: list[RowCard] = []
        self.widget = QWidget()
        column = vbox(self.widget, gap=8)
        self._list = vbox(gap=8)
        column.addLayout(self._list)
        single = field.label.removesuffix("s").lower()
        self._add = Button(f"Add {single}", self._append, icon="plus", variant="ghost", compact=True)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.widget.setFocusProxy(self._add)

    def value(self) -> Any:
        return tuple(card.value() for card in self._cards)

    def set_value(self, value: Any) -> None:
        rows = [row if isinstance(row, dict) else row.model_dump() for row in value or ()]
        if clean(self._field.path, self.value()) == clean(self._field.path, rows) and len(rows) <= len(self._cards):
            return
        self._draw(rows)

    def _draw(self, rows: list[dict[str, Any]]) -> None:
        clear(self._list)
        self._cards = []
        for row in rows:
            card = RowCard(self._field, len(self._cards) + 1)
            card.set_value(row)
            card.edited.connect(self.edited)
            card.left.connect(self.left)
            card.moved.connect(self._move)
            card.removed.connect(self._remove)
            self._cards.append(card)
            self._list.addWidget(card)

    def _append(self) -> None:
        self._draw([*self.value(), {}])
        self._cards[-1].focus_first()

    def _move(self, card: RowCard, step: int) -> None:
        at = self._cards.index(card)
        to = at + step
        if 0 <= to < len(self._cards):
            rows = list(self.value())
            rows[at], rows[to] = rows[to], rows[at]
            self._draw(rows)
            self._cards[to].focus_first()
            self._done()

    def _remove(self, card: RowCard) -> None:
        at = self._cards.index(card)
        rows = [c.value() for c in self._cards if c is not card]
        self._draw(rows)
        target = self._cards[min(at, len(rows) - 1)] if rows else None
        target.focus_first() if target else self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._done()

    def _done(self) -> None:
        self.edited.emit()
        self.left.emit()
