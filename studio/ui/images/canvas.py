"""An image that is looked at: zoomed, moved, fitted, by wheel, drag and keys. The map draws its pins over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QNativeGestureEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from studio.ui.kit import named
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent

STEP = 1.25
MOST = 16.0
_DRAG = 4
"""Pixels that the mouse moves before a press is a drag."""


class ImageCanvas(QWidget):
    """Shows an image. `zoom` is screen pixels for each pixel of the image; `centre` is a point of it, in fractions."""

    zoomed = Signal()
    clicked = Signal(QPointF)
    """A click without a drag, in fractions of the image."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 90)
        self._levels: Sequence[QImage] = ()
        self.size_of_image = QSizeF(1, 1)
        self.words = ""
        self.centre = QPointF(0.5, 0.5)
        self._zoom = 0.0
        self._pressed: QPointF | None = None
        self._grabbed = QPointF()
        self._moved = False

    # ---- what shows --------------------------------------------------------------------------------------------------

    def set_image(self, levels: Sequence[QImage], size: QSize | None = None) -> None:
        """Show an image given with its halves; `size` is its own size where what is kept of it is smaller."""
        self._levels = levels
        own = size if size is not None and size.width() > 0 else levels[0].size() if levels else QSize(1, 1)
        self.size_of_image = QSizeF(own)
        self.words = ""
        self.fit()

    def say(self, words: str) -> None:
        """Show a sentence instead of an image."""
        self._levels, self.words = (), words
        self.update()

    @property
    def has_image(self) -> bool:
        """Whether an image shows."""
        return bool(self._levels)

    @property
    def fitted_zoom(self) -> float:
        """The zoom at which the whole image just shows; small ones aren't blown up."""
        room = self.width() / self.size_of_image.width(), self.height() / self.size_of_image.height()
        return min(*room, 1.0 / self.devicePixelRatioF())

    @property
    def is_fitted(self) -> bool:
        """Whether the image follows the size of the view."""
        return self._zoom == 0.0

    @property
    def zoom(self) -> float:
        """The zoom that is on."""
        return self._zoom or self.fitted_zoom

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom, keeping what lies under a point of the widget where it is."""
        least = min(self.fitted_zoom, 1.0) / 2
        anchor = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        held = self.to_image(anchor)
        self._zoom = max(least, min(zoom, MOST))
        self._hold(held, anchor)
        self.update()
        self.zoomed.emit()

    def fit(self) -> None:
        """Show all of it."""
        self._zoom = 0.0
        self.centre = QPointF(0.5, 0.5)
        self.update()
        self.zoomed.emit()

    def actual(self) -> None:
        """One pixel of the image on one of the screen."""
        self.set_zoom(1.0 / self.devicePixelRatioF())

    def zoom_in(self) -> None:
        """A step closer."""
        self.set_zoom(self.zoom * STEP)

    def zoom_out(self) -> None:
        """A step away."""
        self.set_zoom(self.zoom / STEP)

    def pan(self, dx: float, dy: float) -> None:
        """Move the view by pixels of the screen."""
        if self.is_fitted:
            return
        size = self.size_of_image * self.zoom
        self.centre += QPointF(dx / size.width(), dy / size.height())
        self._keep_in()
        self.update()

    def reveal(self, point: QPointF) -> None:
        """Bring a point of the image into sight."""
        if not self.rect().adjusted(24, 24, -24, -24).contains(self.to_widget(point).toPoint()):
            self.centre = QPointF(point)
            self._keep_in()
            self.update()

    def _hold(self, point: QPointF, anchor: QPointF) -> None:
        size = self.size_of_image * self.zoom
        dx, dy = anchor.x() - self.width() / 2, anchor.y() - self.height() / 2
        self.centre = QPointF(point.x() - dx / size.width(), point.y() - dy / size.height())
        self._keep_in()

    def _keep_in(self) -> None:
        """The image may not be pushed out of sight; where it is smaller than the view it stays in the middle."""
        size = self.size_of_image * self.zoom
        x = _within(self.centre.x(), self.width() / size.width())
        self.centre = QPointF(x, _within(self.centre.y(), self.height() / size.height()))

    # ---- places ------------------------------------------------------------------------------------------------------

    @property
    def target(self) -> QRectF:
        """Where the whole image lies, in pixels of the widget; much of it may be outside."""
        size = self.size_of_image * self.zoom
        left = self.width() / 2 - self.centre.x() * size.width()
        return QRectF(QPointF(left, self.height() / 2 - self.centre.y() * size.height()), size)

    def to_widget(self, point: QPointF) -> QPointF:
        """Fractions of the image → pixels of the widget."""
        there = self.target
        return QPointF(there.x() + point.x() * there.width(), there.y() + point.y() * there.height())

    def to_image(self, point: QPointF) -> QPointF:
        """Pixels of the widget → fractions of the image."""
        there = self.target
        return QPointF((point.x() - there.x()) / there.width(), (point.y() - there.y()) / there.height())

    # ---- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), look.colour("sunken"))
            if self._levels:
                self._draw(painter)
            elif self.words:
                painter.setPen(look.colour("muted"))
                room = self.rect().adjusted(16, 16, -16, -16)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
            self.paint_over(painter)
            if self.hasFocus():
                painter.setPen(QPen(look.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -2, -2))

    def _draw(self, painter: QPainter) -> None:
        """The part in sight, from the copy that is just large enough."""
        there, ratio = self.target, self.devicePixelRatioF()
        fine = [level for level in self._levels if level.width() >= there.width() * ratio]
        level = fine[-1] if fine else self._levels[0]
        seen = there.intersected(QRectF(self.rect()))
        if seen.isEmpty():
            return
        sx, sy = level.width() / there.width(), level.height() / there.height()
        part = QRectF((seen.x() - there.x()) * sx, (seen.y() - there.y()) * sy, seen.width() * sx, seen.height() * sy)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom * ratio < 3)
        painter.drawImage(seen, level, part)

    def paint_over(self, painter: QPainter) -> None:
        """What lies over the image; a plain image has nothing."""

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_in()
        self.zoomed.emit()

    # ---- mouse and keys ----------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if self.has_image and turned:
            self.set_zoom(self.zoom * STEP ** (turned / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom * (1 + event.value()), event.position())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._grabbed, self._moved = event.position(), event.position(), False
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if not self._moved and not self.is_drag(event.position()):
            return
        self._moved = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        step = self._grabbed - event.position()
        self._grabbed = event.position()
        self.pan(step.x(), step.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self.is_click(event)
        self._pressed = None
        self.unsetCursor()
        if was_click and self.has_image:
            self.clicked.emit(self.to_image(event.position()))

    def is_drag(self, point: QPointF) -> bool:
        """Whether the mouse went far enough from where it was pressed."""
        return self._pressed is not None and (point - self._pressed).manhattanLength() >= _DRAG

    def is_click(self, event: QMouseEvent) -> bool:
        """Whether a release ends a click."""
        return self._pressed is not None and not self._moved and event.button() == Qt.MouseButton.LeftButton

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self.has_image and self.use_key(event)):
            super().keyPressEvent(event)

    def use_key(self, event: QKeyEvent) -> bool:
        """Do what a key says; False where it says nothing here."""
        key, pace = Qt.Key(event.key()), look.px(60)
        moves = {
            Qt.Key.Key_Left: (-pace, 0), Qt.Key.Key_Right: (pace, 0), Qt.Key.Key_Up: (0, -pace),
            Qt.Key.Key_Down: (0, pace),
        }  # fmt: skip
        acts = {
            Qt.Key.Key_Plus: self.zoom_in, Qt.Key.Key_Equal: self.zoom_in, Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit, Qt.Key.Key_1: self.actual,
        }  # fmt: skip
        loose = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if loose:
            return False
        if key in moves:
            self.pan(*moves[key])
        elif key in acts:
            acts[key]()
        return key in moves or key in acts


def _within(centre: float, shown: float) -> float:
    """A centre such that what shows stays inside; 0.5 where all of it shows."""
    return 0.5 if shown >= 1 else max(shown / 2, min(centre, 1 - shown / 2))
