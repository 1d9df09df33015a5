"""The picture of a graph: painted by itself, moved by mouse, wheel and keys, walked along its edges by the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.services.world.graph_svg import edge_sentence
from studio.ui.graph.frame import Frame, Shown
from studio.ui.graph.picture import Picture
from studio.ui.graph.stamps import Stamps
from studio.ui.kit import named
from studio.ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from studio.services.world.graph import Graph
    from studio.services.world.graph_layout import Place, Places

LEAST, MOST, STEP, FIT_AT_LEAST = 0.08, 3.0, 1.25, 0.5
REST_MS = 90
"""After so long without another turn of the wheel the picture is drawn sharply."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_DRAG_FROM = 5


class _Drawn(NamedTuple):
    """What was drawn last: a part of the picture, in its own pixels."""

    pixmap: QPixmap
    area: QRectF
    unit: float


class GraphCanvas(QWidget):
    """Fires what is asked for; the panel does it. `current` is the node that keys and commands are about."""

    chosen = Signal(str)
    opened = Signal(str)
    centre_wanted = Signal(str)
    more_wanted = Signal(str)
    menu_wanted = Signal(str, object)
    left = Signal()
    """Esc was pressed."""
    moved = Signal(str)
    """A node was dragged to another place."""

    def __init__(self, duration: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "Graph", "Arrows walk along relations, Enter opens, Page Down goes to the next entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.picture: Picture | None = None
        self.shown = Shown()
        self.zoom = 1.0
        self._origin = QPointF()
        self._fits = True
        self._stamps: Stamps | None = None
        self._frame: Frame | None = None
        self._pressed: tuple[QPointF, str] | None = None
        self._dragging = False
        self._duration = duration
        self._drawn: _Drawn | None = None
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._rested)
        self._glide = QVariantAnimation(self)
        self._glide.valueChanged.connect(self._glided)
        self._ends: tuple[dict[str, Place], dict[str, Place]] = ({}, {})

    def sizeHint(self) -> QSize:
        return QSize(look.px(420), look.px(340))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(80), look.px(60))

    # ---- what it shows -------------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The node that keys and commands are about."""
        return self.shown.current

    def show_graph(self, graph: Graph, places: Places, *, current: str, way: tuple[str, ...] = ()) -> None:
        """Show a graph with its nodes in these places; the view stays where it was if it was moved by hand."""
        self._glide.stop()
        same = self.picture is not None and self.picture.graph.centre == graph.centre
        anchor = self._on_screen(graph.centre) if same and not self._fits else None
        self.picture = Picture(graph, places, shape=self._shape)
        self.shown = Shown(current, way)
        if anchor is None:
            self.fit(whole=False)
        else:
            self._origin += anchor - (self._on_screen(graph.centre) or anchor)
        self.redraw()
        self._tell()

    def recount(self, graph: Graph) -> None:
        """Show the same graph with more neighbours counted."""
        if self.picture is not None:
            self.picture = Picture(graph, self.picture.places(), shape=self._shape)
            self.redraw()

    def glide_to(self, places: Places) -> None:
        """Move the nodes to better places, in at most 120 ms; at once where motion is reduced."""
        if self.picture is None:
            return
        target = Picture(self.picture.graph, places, shape=self._shape).points
        duration = self._duration()
        if not duration or not self.isVisible():
            self._settle(target)
            return
        self._ends = (dict(self.picture.points), target)
        self._glide.setDuration(duration)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.start()

    def _glided(self, share: float) -> None:
        before, after = self._ends
        self._settle(
            {i: tuple(before[i][a] + (after[i][a] - before[i][a]) * share for a in (0, 1)) for i in after}  # pyright: ignore[reportArgumentType]
        )

    def _settle(self, points: dict[str, Place]) -> None:
        if self.picture is not None and points.keys() == self.picture.points.keys():
            self.picture.points = points
            if self._fits:
                self.fit(whole=False)
            self.redraw()

    def set_current(self, record_id: str) -> None:
        """Make a node the current one, and bring it into view."""
        if self.picture is None or record_id not in self.picture.nodes:
            return
        if record_id != self.shown.current:
            self.shown = Shown(record_id, self.shown.way)
            self.redraw()
        self.reveal(record_id)
        self._tell()

    def redraw(self) -> None:
        """Build the frame anew: something in it changed."""
        self._resting.stop()
        self._frame = self._drawn = None
        self.update()

    def restyle(self) -> None:
        """Another theme or text size: everything is drawn anew."""
        self._stamps = None
        self.redraw()

    def _tell(self) -> None:
        if self.picture is not None:
            self.setAccessibleDescription(self.sentence(self.shown.current))

    def sentence(self, record_id: str) -> str:
        """A node in words: what it is, and how it stands to its neighbours."""
        if self.picture is None or (node := self.picture.nodes.get(record_id)) is None:
            return ""
        edges = self.picture.edges_of[record_id]
        told = "; ".join(f"{e.reads(record_id)} {self.picture.names[e.other(record_id)]}" for e in edges[:4])
        rest = f"; {len(edges) - 4} more" if len(edges) > 4 else ""
        hidden = f". {node.hidden} not drawn" if node.hidden else ""
        standing = f", {node.standing}" if node.standing else ""
        return f"{node.name}, {node.kind_label}{standing}: {told or 'no relations'}{rest}{hidden}"

    # ---- where things are ----------------------------------------------------------------------------------------

    @property
    def _shape(self) -> float:
        """The form of the room that the picture has. A picture that was moved by hand keeps its own."""
        if self.picture is not None and not self._fits:
            return self.picture.width / self.picture.height
        return self.width() / max(self.height(), 1)

    @property
    def _unit(self) -> float:
        return self.zoom * look.scale()

    def _on_screen(self, record_id: str) -> QPointF | None:
        if self.picture is None or record_id not in self.picture.points:
            return None
        x, y = self.picture.points[record_id]
        return self._origin + QPointF(x * self._unit, y * self._unit)

    def _in_picture(self, at: QPointF) -> Place:
        inside = (at - self._origin) / self._unit
        return inside.x(), inside.y()

    def node_at(self, at: QPointF) -> str:
        """The node under a point of the widget, or nothing."""
        if self.picture is None:
            return ""
        reach = max(self.frame().radius * 1.25, 13.0) / self._unit
        return self.picture.nearest(self._in_picture(at), reach)

    def bubble_at(self, at: QPointF) -> str:
        """The node whose “+12” is under a point, or nothing."""
        inside = at - self._origin
        return next((i for i, area in self.frame().bubbles.items() if area.contains(inside)), "")

    def centre_of(self, record_id: str) -> QPointF:
        """Where a node stands on the widget."""
        return self._on_screen(record_id) or QPointF(self.width() / 2, self.height() / 2)

    def reveal(self, record_id: str) -> None:
        """Move the picture as little as it takes to have a node in view."""
        at = self._on_screen(record_id)
        if at is None:
            return
        margin = min(look.px(60), self.width() / 4, self.height() / 4)
        inner = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        by = QPointF(
            min(0.0, inner.right() - at.x()) + max(0.0, inner.left() - at.x()),
            min(0.0, inner.bottom() - at.y()) + max(0.0, inner.top() - at.y()),
        )
        if not by.isNull():
            self._fits = False
            self._origin += by
            self.update()

    # ---- zoom and pan --------------------------------------------------------------------------------------------

    def fit(self, *, whole: bool = True) -> None:
        """Show the picture around its centre; with `whole` all of it, however small it gets."""
        self._fits = True
        if self.picture is None:
            return
        room = self.picture.zoom_for(self.width() / look.scale(), self.height() / look.scale())
        zoom = max(LEAST, min(1.1, room)) if whole else max(FIT_AT_LEAST, min(1.1, room))
        left, top, right, bottom = self.picture.bounds(zoom)
        changed, self.zoom = zoom != self.zoom, zoom
        x, y = self.picture.points[self.picture.graph.centre]
        self._origin = QPointF(
            _start(left, right, x, self.width(), self._unit), _start(top, bottom, y, self.height(), self._unit)
        )
        if changed:
            self.redraw()
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom in or out around a point; around the current node, where it is in view, for keys and buttons."""
        if self.picture is None:
            return
        self._fits = False
        focus = at or self.centre_of(self.shown.current or self.picture.graph.centre)
        if not self.rect().contains(focus.toPoint()):
            focus = QPointF(self.width() / 2, self.height() / 2)
        inside = (focus - self._origin) / self._unit
        self.zoom = max(LEAST, min(MOST, self.zoom * factor))
        self._origin = focus - inside * self._unit
        self._resting.start()
        self.update()

    def pan(self, by: QPointF) -> None:
        """Move the picture."""
        self._fits = False
        self._origin += by
        self.update()

    # ---- painting ------------------------------------------------------------------------------------------------

    def frame(self) -> Frame:
        """What is painted at this zoom; built when something changed."""
        if self._stamps is None or self._stamps.ratio != self.devicePixelRatioF():
            self._stamps, self._frame = Stamps(self.devicePixelRatioF()), None
        if self._frame is None or self._frame.unit != self._unit:
            assert self.picture is not None
            self._frame = Frame(self.picture, self._stamps, self.shown, self._unit, look.scale())
        return self._frame

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("canvas"))
        if self.picture is not None:
            self._paint_picture(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _paint_picture(self, painter: QPainter) -> None:
        """Paint from what was drawn last, as long as it reaches: moved for a pan, stretched while a zoom goes on."""
        origin = QPointF(round(self._origin.x()), round(self._origin.y()))
        seen = QRectF(self.rect()).translated(-origin)
        drawn = self._drawn
        if drawn is not None and self._resting.isActive():
            factor = self._unit / drawn.unit
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            area = QRectF(drawn.area.topLeft() * factor, drawn.area.size() * factor)
            painter.drawPixmap(area.translated(origin), drawn.pixmap, QRectF(drawn.pixmap.rect()))
            return
        if drawn is None or drawn.unit != self._unit or not drawn.area.contains(seen):
            drawn = self._drawn = self._draw(seen)
        painter.drawPixmap(drawn.area.topLeft() + origin, drawn.pixmap)

    def _draw(self, seen: QRectF) -> _Drawn:
        """Draw what is in view and as much again around it, so that a pan has something to go on with."""
        frame, ratio = self.frame(), self.devicePixelRatioF()
        more = 0.0 if self._dragging or self._glide.state() == QVariantAnimation.State.Running else 0.4
        beyond = QPointF(round(seen.width() * more), round(seen.height() * more))
        area = QRectF(seen.topLeft() - beyond, seen.bottomRight() + beyond)
        pixmap = QPixmap(round(area.width() * ratio), round(area.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(look.colour("canvas"))
        inside = QPainter(pixmap)
        inside.translate(-area.topLeft())
        frame.paint(inside, area, seen)
        inside.end()
        return _Drawn(pixmap, area, self._unit)

    def _rested(self) -> None:
        """The zoom has come to its end: draw sharply."""
        self._frame = self._drawn = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            if self.picture is not None:
                self.picture.reshape(self._shape)
                self.redraw()
            self.fit(whole=False)
        else:
            by = event.size() - event.oldSize()
            self.pan(QPointF(by.width() / 2, by.height() / 2))

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # pyright: ignore[reportArgumentType]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # pyright: ignore[reportArgumentType]
        self.update()

    # ---- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.picture is None or not self._key(Qt.Key(event.key()), event.modifiers()):
            super().keyPressEvent(event)

    def _key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if key in _ARROWS:
            self._arrow(*_ARROWS[key], pan=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
            return True
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Return: lambda: self.opened.emit(self.current),
            Qt.Key.Key_Enter: lambda: self.opened.emit(self.current),
            Qt.Key.Key_Space: lambda: self.centre_wanted.emit(self.current),
            Qt.Key.Key_M: lambda: self.more_wanted.emit(self.current),
            Qt.Key.Key_Plus: lambda: self.zoom_by(STEP),
            Qt.Key.Key_Equal: lambda: self.zoom_by(STEP),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / STEP),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_PageDown: lambda: self._step(1),
            Qt.Key.Key_PageUp: lambda: self._step(-1),
            Qt.Key.Key_Home: lambda: self._choose(self.picture.graph.centre if self.picture else ""),
            Qt.Key.Key_Escape: self.left.emit,
        }
        act = acts.get(key)
        if act is not None:
            act()
        return act is not None

    def _arrow(self, dx: int, dy: int, *, pan: bool) -> None:
        if pan:
            self.pan(QPointF(-dx * look.px(60), -dy * look.px(60)))
            return
        assert self.picture is not None
        start = self.current or self.picture.graph.centre
        self._choose(self.picture.towards(start, dx, dy))

    def _step(self, by: int) -> None:
        """To the next or the last node in the order of the list: every node can be reached by keys."""
        assert self.picture is not None
        order = list(self.picture.nodes)
        at = order.index(self.current) if self.current in order else 0
        self._choose(order[(at + by) % len(order)])

    def _choose(self, record_id: str) -> None:
        if record_id:
            self.set_current(record_id)
            self.chosen.emit(record_id)

    # ---- mouse ---------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.picture is None or event.button() == Qt.MouseButton.RightButton:
            return
        at = event.position()
        if bubble := self.bubble_at(at):
            self.more_wanted.emit(bubble)
            return
        self._pressed, self._dragging = (at, self.node_at(at)), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is None:
            pointing = self.picture is not None and (self.bubble_at(at) or self.node_at(at))
            self.setCursor(Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor)
            return
        start, record = self._pressed
        if not self._dragging and (at - start).manhattanLength() < _DRAG_FROM:
            return
        self._dragging = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if record and self.picture is not None:
            self._fits = False
            self.picture.move(record, self._in_picture(at))
            self.redraw()
        else:
            self.pan(at - start)
            self._pressed = (at, "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        (_, record), self._pressed = self._pressed, None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if self._dragging and record:
            self.moved.emit(record)
        elif self._dragging:
            self._drawn = None  # names at the new edges give way too
            self.update()
        elif not self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._choose(record)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.picture is not None and (record := self.node_at(event.position())):
            self.opened.emit(record)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned:
            self.zoom_by(1.0015**turned, event.position())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.picture is None:
            return
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        record = self.node_at(QPointF(event.pos())) if by_mouse else self.current
        if record:
            self._choose(record)
            at = event.globalPos() if by_mouse else self.mapToGlobal(self.centre_of(record).toPoint())
            self.menu_wanted.emit(record, at)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.picture is not None:
            text = self._tip(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), text, self) if text else QToolTip.hideText()
            return True
        return super().event(event)

    def _tip(self, at: QPointF) -> str:
        assert self.picture is not None
        if bubble := self.bubble_at(at):
            return f"{self.picture.nodes[bubble].hidden} more around {self.picture.names[bubble]}. Click to draw them."
        if record := self.node_at(at):
            lines = [edge_sentence(e, self.picture.names) for e in self.picture.edges_of[record][:8]]
            return "\n".join([self.picture.names[record], *lines])
        return ""


def _start(low: float, high: float, centre: float, room: float, unit: float) -> float:
    """Where the picture's corner goes on one axis: all of it in the middle, or as much as fits around its centre."""
    if (high - low) * unit <= room:
        return room / 2 - (low + high) / 2 * unit
    return max(room - high * unit, min(-low * unit, room / 2 - centre * unit))
