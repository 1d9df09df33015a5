"""A progress clock: a circle in segments, ticked by click and by key, read as a value out of a whole."""

from __future__ import annotations

from math import atan2, degrees, hypot

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from studio.ui.kit.base import named, plain_tip
from studio.ui.theme import look

_TURN = 5760
"""A whole turn, in the sixteenths of a degree that Qt draws by."""
_MORE = (Qt.Key.Key_Space, Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LESS = (Qt.Key.Key_Minus, Qt.Key.Key_Backspace, Qt.Key.Key_Underscore)


class ClockDial(QAbstractSlider):
    """`asked(n)` says how many segments are wanted; whoever holds the clock shows what came of it."""

    asked = Signal(int)

    def __init__(
        self, name: str, segments: int = 6, filled: int = 0, *, side: int = 56, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._side = name, side
        self._read_only = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setSingleStep(1)
        self.setPageStep(1)
        self.show_clock(name, segments, filled)
        self.valueChanged.connect(self._value_asked)
        self._shown = filled

    def show_clock(self, name: str, segments: int, filled: int) -> None:
        """Show a clock as it stands."""
        self._shown = filled
        was = self.blockSignals(True)
        self.setRange(0, segments)
        self.setValue(filled)
        self.blockSignals(was)
        named(self, f"{name}: {self.words}", "Space or plus fills a segment, minus empties one")
        self.setToolTip(plain_tip(f"{name}: {self.words}"))
        self.update()

    @property
    def words(self) -> str:
        """How far it is: `3 of 6`."""
        return f"{self._shown} of {self.maximum()}"

    def set_editable(self, *, editable: bool) -> None:
        """Let it be ticked, or only looked at."""
        self._read_only = not editable
        self.setCursor(Qt.CursorShape.PointingHandCursor if editable else Qt.CursorShape.ArrowCursor)

    def _value_asked(self, value: int) -> None:
        """A key or a screen reader moved the value; it is shown once the project has it."""
        if not self._read_only and value != self._shown:
            self.asked.emit(value)
        if value != self._shown:
            was = self.blockSignals(True)
            self.setValue(self._shown)
            self.blockSignals(was)

    def _ask(self, filled: int) -> None:
        wanted = max(0, min(filled, self.maximum()))
        if not self._read_only and wanted != self._shown:
            self.asked.emit(wanted)

    # ---- mouse and keys ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            event.ignore()
        elif event.key() in _MORE:
            self._ask(self._shown + 1)
        elif event.key() in _LESS:
            self._ask(self._shown - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (at := self.segment_at(event.position())) is not None:
            self._ask(at if at + 1 == self._shown else at + 1)

    def segment_at(self, point: QPointF) -> int | None:
        """The segment under a point, counted from the top clockwise; None outside the circle."""
        away = point - self._circle().center()
        if hypot(away.x(), away.y()) > self._circle().width() / 2 + 2:
            return None
        turned = (degrees(atan2(away.y(), away.x())) + 90) % 360
        return min(int(turned / 360 * self.maximum()), self.maximum() - 1)

    # ---- drawing -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        side = look.px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _circle(self) -> QRectF:
        side = min(self.width(), self.height()) - 8
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        place, segments = self._circle(), self.maximum()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("control"), 1.5))
            full = self._shown >= segments
            for n in range(segments):
                ink = "danger" if full else "accent" if n < self._shown else "surface"
                painter.setBrush(look.colour(ink))
                start, end = (_TURN // 4 - round(_TURN * at / segments) for at in (n, n + 1))
                painter.drawPie(place, end, start - end)
            if self.hasFocus():
                painter.setPen(QPen(look.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(place.adjusted(-3, -3, 3, 3))
