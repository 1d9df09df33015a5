"""The image of a map with its pins: chosen, moved and added by mouse and by key, distances measured along a path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter

from studio.ui.images.canvas import ImageCanvas
from studio.ui.kit.base import plain_tip
from studio.ui.maps import marks
from studio.ui.picking import ENTITY_MIME
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QDragMoveEvent
    from PySide6.QtWidgets import QWidget

    from studio.services.world.map_pages import PinRow

Mode = Literal["look", "place", "carry", "measure", "scale"]
_LETTERS = {
    Qt.Key.Key_A: "add", Qt.Key.Key_Insert: "add", Qt.Key.Key_M: "carry", Qt.Key.Key_R: "measure",
    Qt.Key.Key_Delete: "remove", Qt.Key.Key_F2: "edit", Qt.Key.Key_Return: "open", Qt.Key.Key_Enter: "open",
    Qt.Key.Key_Backspace: "up",
}  # fmt: skip
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class MapCanvas(ImageCanvas):
    """A map. It holds no record: whoever holds it answers its signals."""

    chosen = Signal(str)
    opened = Signal(str)
    """The pin that was double-clicked."""
    dropped = Signal(str, QPointF)
    """A pin was moved to a place."""
    placed = Signal(QPointF)
    """A place for a new pin was marked."""
    given = Signal(str, QPointF)
    """An entry was dragged onto a place."""
    marked = Signal()
    """The path that is measured changed."""
    scaled = Signal(QPointF, QPointF)
    wanted = Signal(str)
    """A key asks for `add`, `carry`, `measure`, `remove`, `edit`, `open`, `up`."""
    menu_wanted = Signal(QPoint, QPointF, str)
    told = Signal(str)
    mode_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Map", parent)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.rows: Sequence[PinRow] = ()
        self.selected = ""
        self.editable = True
        self.mode: Mode = "look"
        self.cross: QPointF | None = None
        self.path: list[QPointF] = []
        self.measured: Callable[[Sequence[QPointF]], str] = lambda _points: ""
        self._held = ""
        self._held_at: QPointF | None = None

    # ---- what shows --------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[PinRow]) -> None:
        """Show these pins; the chosen one stays chosen while it is there."""
        self.rows = rows
        if self.selected not in {row.pin.id for row in rows}:
            self.selected = ""
        self.update()

    def row(self, pin_id: str) -> PinRow | None:
        """A pin that shows."""
        return next((row for row in self.rows if row.pin.id == pin_id), None)

    def choose(self, pin_id: str, *, reveal: bool = False) -> None:
        """Mark a pin, and bring it into sight if that is wanted."""
        self.selected = pin_id
        row = self.row(pin_id)
        if row is not None and reveal:
            self.reveal(QPointF(row.pin.x, row.pin.y))
        self.update()

    def pin_at(self, point: QPointF) -> str:
        """The topmost pin under a point of the widget, or nothing."""
        under = [row for row in self.rows if marks.hit_area(self._place(row)).contains(point)]
        chosen = next((row for row in under if row.pin.id == self.selected), None)
        best = chosen or max(under, key=lambda row: row.pin.y, default=None)
        return best.pin.id if best is not None else ""

    def _place(self, row: PinRow) -> QPointF:
        held = self._held_at if row.pin.id == self._held else None
        if self.mode == "carry" and row.pin.id == self.selected:
            held = self.cross
        return self.to_widget(held if held is not None else QPointF(row.pin.x, row.pin.y))

    def paint_over(self, painter: QPainter) -> None:
        if not self.has_image:
            return
        painter.setFont(self.font())
        rows = [(row, self._place(row)) for row in self.rows]
        marks.draw_pins(
            painter, rows, selected=self.selected, ratio=self.devicePixelRatioF(), room=self.rect().toRectF()
        )
        if self.mode in ("measure", "scale"):
            points = [*self.path, self.cross] if self.cross is not None and self.path else self.path
            words = self.measured(points) if self.mode == "measure" and len(points) > 1 else ""
            marks.draw_path(painter, [self.to_widget(point) for point in points], words)
        if self.cross is not None:
            marks.draw_cross(painter, self.to_widget(self.cross))

    # ---- modes -------------------------------------------------------------------------------------------------------

    def start(self, mode: Mode) -> None:
        """Take up the crosshair: to place a pin, carry the chosen one, measure, or set the scale."""
        row = self.row(self.selected)
        if mode == "carry" and row is None:
            return
        self.mode, self.path = mode, []
        self.cross = QPointF(row.pin.x, row.pin.y) if mode == "carry" and row is not None else self._middle()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed_mode()

    def stop(self) -> None:
        """Back to looking; nothing is changed."""
        self.mode, self.cross, self.path = "look", None, []
        self._held, self._held_at = "", None
        self._changed_mode()

    def _changed_mode(self) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor if self.mode == "look" else Qt.CursorShape.CrossCursor)
        self.update()
        self.mode_changed.emit()

    def _middle(self) -> QPointF:
        return _inside(self.to_image(QPointF(self.width() / 2, self.height() / 2)))

    def _mark(self, at: QPointF) -> None:
        """Do what the mode does at a place."""
        match self.mode:
            case "place":
                self.stop()
                self.placed.emit(at)
            case "carry":
                moved = self.selected
                self.stop()
                self.dropped.emit(moved, at)
            case "measure" | "scale":
                self.path.append(at)
                self.marked.emit()
                self.update()
                if self.mode == "scale" and len(self.path) == 2:
                    start, end = self.path
                    self.stop()
                    self.scaled.emit(start, end)

    # ---- mouse -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = self.pin_at(event.position()) if self.mode == "look" else ""
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = _inside(self.to_image(event.position()))
        if self.mode != "look" and not event.buttons():
            self.cross = at
            self.update()
        elif not event.buttons():
            over = self.row(self.pin_at(event.position()))
            self.setToolTip(plain_tip(over.name) if over is not None else "")
        if self._held and self.editable and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_pin(event, at)
        elif event.buttons():
            super().mouseMoveEvent(event)

    def _drag_pin(self, event: QMouseEvent, at: QPointF) -> None:
        if self._held_at is not None or self.is_drag(event.position()):
            self._held_at = at
            self._moved = True
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, at = self._held, self._held_at
        self._held, self._held_at = "", None
        if held and at is not None:
            self._pressed = None
            self.selected = held
            self.chosen.emit(held)
            self.dropped.emit(held, at)
            self.update()
            return
        clicked = self.is_click(event)
        super().mouseReleaseEvent(event)
        self.setCursor(Qt.CursorShape.ArrowCursor if self.mode == "look" else Qt.CursorShape.CrossCursor)
        if clicked and self.has_image:
            self._click(event.position())

    def _click(self, point: QPointF) -> None:
        if self.mode != "look":
            self._mark(_inside(self.to_image(point)))
            return
        self.selected = self.pin_at(point)
        self.chosen.emit(self.selected)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.mode != "look" or event.button() != Qt.MouseButton.LeftButton or not self.has_image:
            return
        if pin := self.pin_at(event.position()):
            self.opened.emit(pin)
        elif self.target.contains(event.position()) and self.editable:
            self.placed.emit(_inside(self.to_image(event.position())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.has_image or self.mode != "look":
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.row(self.selected)
        point = self._place(row) if by_key and row is not None else QPointF(event.pos())
        pin = self.selected if by_key else self.pin_at(point)
        if pin and not by_key:
            self.selected = pin
            self.chosen.emit(pin)
        self.menu_wanted.emit(self.mapToGlobal(point.toPoint()), _inside(self.to_image(point)), pin)

    # ---- entries dragged here ----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.editable and self.has_image and event.mimeData().hasFormat(ENTITY_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        records = json.loads(bytes(event.mimeData().data(ENTITY_MIME).data()).decode())
        at = _inside(self.to_image(event.position()))
        for n, record in enumerate(records[:20]):
            self.given.emit(record["id"], _inside(at + QPointF(n * 0.02, n * 0.02)))
        event.acceptProposedAction()

    # ---- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self.has_image and self.use_key(event)):
            event.ignore()

    def use_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if self.cross is not None:
            return self._mode_key(key, event)
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._step(1 if key == Qt.Key.Key_PageDown else -1)
            return True
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier and (
            act := _LETTERS.get(key)
        ):
            self.wanted.emit(act)
            return True
        return super().use_key(event)

    def _mode_key(self, key: Qt.Key, event: QKeyEvent) -> bool:
        if key in _ARROWS:
            self._move_cross(*_ARROWS[key], event.modifiers())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.cross is not None:
            self._mark(QPointF(self.cross))
        elif key == Qt.Key.Key_Escape:
            self.stop()
        elif key == Qt.Key.Key_Backspace and self.path:
            self.path.pop()
            self.marked.emit()
            self.update()
        else:
            return super().use_key(event)
        return True

    def _move_cross(self, dx: int, dy: int, held: Qt.KeyboardModifier) -> None:
        """By a dozen pixels; Shift takes large steps, Alt single pixels."""
        fine, far = held & Qt.KeyboardModifier.AltModifier, held & Qt.KeyboardModifier.ShiftModifier
        pace = 1 if fine else look.px(60) if far else look.px(12)
        size = self.size_of_image * self.zoom
        before = self.cross or self._middle()
        self.cross = _inside(before + QPointF(dx * pace / size.width(), dy * pace / size.height()))
        self.reveal(self.cross)
        self.update()
        if self.path:
            self.marked.emit()
        self.told.emit(where(self.cross))

    def _step(self, by: int) -> None:
        """The next pin or the one before, as one reads: from the top, line by line."""
        ordered = sorted(self.rows, key=lambda row: (round(row.pin.y, 2), row.pin.x))
        ids = [str(row.pin.id) for row in ordered]
        if not ids:
            return
        at = ids.index(self.selected) + by if self.selected in ids else (0 if by > 0 else -1)
        self.choose(ids[at % len(ids)], reveal=True)
        self.chosen.emit(self.selected)


def _inside(point: QPointF) -> QPointF:
    return QPointF(max(0.0, min(point.x(), 1.0)), max(0.0, min(point.y(), 1.0)))


def where(point: QPointF) -> str:
    """A place in words, for those who don't see the image."""
    return f"{round(point.x() * 100)} % from the left, {round(point.y() * 100)} % from the top"
