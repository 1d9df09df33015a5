"""The head of the dock: which blueprint, what can be done with it, and how complete it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from studio.ui.kit.base import hbox, label, named, vbox
from studio.ui.kit.buttons import Button, IconMenuButton
from studio.ui.kit.fields import ComboBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from studio.services.foundry.blueprints import BlueprintHead
    from studio.services.foundry.completeness import Completeness


class Header(QWidget):
    """Picker, menus and the completeness meter. `chosen` fires with the id of a picked blueprint."""

    chosen = Signal(str)
    reveal = Signal(str)

    def __init__(self, *, fill_new: Callable[[QMenu], object], fill_more: Callable[[QMenu], object]) -> None:
        super().__init__()
        column = vbox(self, margins=(12, 10, 8, 8), gap=8)
        row = hbox(gap=4)
        self.picker = ComboBox("Blueprint")
        self.picker.chosen.connect(lambda value: self.chosen.emit(str(value)))
        row.addWidget(self.picker, 1)
        row.addWidget(IconMenuButton(fill=fill_new, icon="plus", name="New blueprint"))
        row.addWidget(IconMenuButton(fill=fill_more, name="Blueprint actions"))
        column.addLayout(row)
        meter = hbox(gap=8)
        self._bar = named(QProgressBar(), "Completeness")
        self._bar.setTextVisible(False)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = label("", "caption")
        self._next = Button("", self._go, variant="link", compact=True)
        meter.addWidget(self._bar, 1)
        meter.addWidget(self._words)
        meter.addWidget(self._next)
        column.addLayout(meter)
        self._target = ""

    def show_heads(self, heads: list[BlueprintHead], current: str) -> None:
        """Show the blueprints to pick from."""
        seen: dict[str, int] = {}
        items: list[tuple[str, object]] = []
        for head in heads:
            seen[head.name] = seen.get(head.name, 0) + 1
            items.append((head.name if seen[head.name] == 1 else f"{head.name} ({seen[head.name]})", head.id))
        self.picker.set_items(items)
        self.picker.set_value(current)

    def show_completeness(self, state: Completeness) -> None:
        """Show how complete the form's core is, and what comes next."""
        self._bar.setRange(0, state.total)
        self._bar.setValue(state.filled)
        self._bar.setAccessibleDescription(f"{state.filled} of {state.total} core fields")
        self._words.setText(f"{state.filled} of {state.total}")
        self._target = state.missing[0].path if state.missing else ""
        self._next.setVisible(bool(state.missing))
        if state.missing:
            self._next.setText(f"Next: {state.missing[0].label}")
            self._next.setAccessibleName(f"Go to the next empty field: {state.missing[0].label}")
        self.setToolTip(", ".join(f.label for f in state.missing))

    def _go(self) -> None:
        if self._target:
            self.reveal.emit(self._target)
