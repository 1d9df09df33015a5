"""The map as lists: its pins, and the places that have none yet. Whatever the picture can do, these can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from studio.ui.kit import label, named, vbox
from studio.ui.listing import TwoLineList
from studio.ui.maps.canvas import where
from studio.ui.theme.icons import icon, kind_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.world.map_pages import Named, PinRow
    from studio.ui.kinds import KindIndex

_ACTS = {
    Qt.Key.Key_M: "carry", Qt.Key.Key_Delete: "remove", Qt.Key.Key_F2: "edit", Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
}  # fmt: skip


class PinList(TwoLineList):
    """The pins by name. Keys are those of the picture: Enter, M, F2, Delete."""

    chosen = Signal(str)
    wanted = Signal(str)
    menu_wanted = Signal(QPoint, str)

    def __init__(self, kinds: KindIndex) -> None:
        super().__init__("Pins of the map")
        self._kinds = kinds
        self._filling = False
        self.currentItemChanged.connect(lambda *_: None if self._filling else self.chosen.emit(self.key() or ""))
        self.itemDoubleClicked.connect(lambda _item: self.wanted.emit("open"))

    def fill(self, rows: Sequence[PinRow], selected: str) -> None:
        """Show these pins by name."""
        self._filling = True
        self.clear()
        for row in sorted(rows, key=lambda one: one.name.casefold()):
            place = where(QPointF(row.pin.x, row.pin.y))
            parts = (self._kinds.label(row.kind) if row.kind else "", row.pin.layer, "has a map" if row.opens else "")
            caption = " · ".join(part for part in parts if part)
            said = ", ".join(part for part in (row.name, caption.replace(" · ", ", "), place, row.pin.note) if part)
            sign = kind_icon(row.kind) if row.kind else icon("pin", "text")
            self.add(row.pin.id, row.name, caption or place, icon=sign, tip=row.pin.note, said=said)
        self.choose(selected, fallback=-1)
        self._filling = False

    def show_chosen(self, pin_id: str) -> None:
        """Follow what was chosen on the picture."""
        self._filling = True
        self.choose(pin_id, fallback=-1)
        self._filling = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = _ACTS.get(Qt.Key(event.key()))
        if act is not None and self.key() and not event.modifiers():
            self.wanted.emit(act)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if pin := self.key():
            below = self.visualItemRect(self.currentItem()).bottomLeft()
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            self.menu_wanted.emit(self.viewport().mapToGlobal(below) if by_key else event.globalPos(), pin)


class UnplacedList(TwoLineList):
    """Places without a pin. Enter takes one up: the arrows carry it, Enter sets it down."""

    place_wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("Places that aren't on the map")
        self.itemDoubleClicked.connect(lambda _item: self._ask())

    def fill(self, found: Sequence[Named]) -> None:
        """Show these places in their order."""
        before = self.key()
        self.clear()
        for one in found:
            self.add(one.id, one.name, "Enter puts it on the map", icon=kind_icon(one.kind))
        self.choose(before)

    def _ask(self) -> None:
        item = self.currentItem()
        if item is not None and (key := self.key()):
            self.place_wanted.emit(key, item.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            super().keyPressEvent(event)


class MapLists(QTabWidget):
    """Both lists under tabs that say how long they are."""

    def __init__(self, kinds: KindIndex) -> None:
        super().__init__()
        named(self, "The map as lists")
        self.tabBar().setAccessibleName("Lists of the map")
        self.pins, self.unplaced = PinList(kinds), UnplacedList()
        self.nothing = label("", "caption", wrap=True)
        first = QWidget()
        column = vbox(first, margins=(0, 4, 0, 0), gap=4)
        column.addWidget(self.nothing)
        column.addWidget(self.pins, 1)
        self.addTab(first, "Pins")
        self.addTab(self.unplaced, "Not placed")

    def show_lists(self, rows: Sequence[PinRow], unplaced: Sequence[Named], *, selected: str, editable: bool) -> None:
        """Show what is on the map and what isn't."""
        self.pins.fill(rows, selected)
        self.unplaced.fill(unplaced)
        self.setTabText(0, f"Pins  {len(rows)}")
        self.setTabText(1, f"Not placed  {len(unplaced)}")
        self.setTabVisible(1, editable)
        hint = "No pins yet. Double-click the map, or press A on it, to add one." if editable else "No pins to see."
        self.nothing.setText(hint)
        self.nothing.setVisible(not rows)
