"""The line: drawn by hand, moved by wheel, mouse and keys. The list beside it says the same to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QScrollBar, QToolTip, QWidget

from studio.domain.calendars import plain
from studio.domain.errors import Invalid
from studio.ui.kit.base import named
from studio.ui.theme import look
from studio.ui.timeline import painting
from studio.ui.timeline.lanes import Crowd, Lane, Layout, Placed, lanes, lay_out
from studio.ui.timeline.painting import Brush
from studio.ui.timeline.scale import Scale, ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from studio.domain.calendar import CalendarSystem
    from studio.services.world.timeline import Item

STEP = 1.25
"""One notch of the wheel, one press of plus."""
_DRAG = 5
_KEYS = (
    "Left and Right choose by date, Up and Down change the lane, Enter opens, M moves to a date, plus and minus zoom, "
    "0 shows everything, Page Up and Page Down go along the line. The list view says the same in rows."
)


class TimelineCanvas(QWidget):
    """Shows items in lanes over a scale of days. Nothing is read or stored here."""

    chosen = Signal(object)
    """An item was chosen (None: none)."""
    opened = Signal(object)
    menu_wanted = Signal(object, QPoint)
    moved = Signal(object, int)
    """An item was dragged by so many days."""
    move_wanted = Signal(object)
    looked = Signal()
    """Another stretch of the line is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "Timeline", _KEYS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.calendar: CalendarSystem = plain()
        self.scale = Scale()
        self.items: Sequence[Item] = ()
        self.lanes: list[Lane] = []
        self.group = "kind"
        self.as_of: int | None = None
        self.may_move = True
        self._names: Mapping[str, str] = {}
        self._chosen: Item | None = None
        self._brush: Brush | None = None
        self._laid: list[tuple[Lane, Layout, float]] = []
        self._untouched = True
        self._top = 0
        self._press: QPointF | None = None
        self._grabbed: Placed | None = None
        self._dragged = 0.0
        self._pan_from = 0.0
        self.bar = named(QScrollBar(Qt.Orientation.Vertical, self), "Lanes of the timeline")
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.valueChanged.connect(self._scrolled)

    # ---- what it shows -------------------------------------------------------------------------------------------

    def show_items(
        self, items: Sequence[Item], names: Mapping[str, str], calendar: CalendarSystem, *, group: str = ""
    ) -> None:
        """Show these, in lanes by `group`; the stretch in sight stays, unless it was all."""
        self.items, self._names, self.calendar = items, names, calendar
        self.group = group or self.group
        self.lanes = lanes(items, self.group, names)
        if self._chosen is not None:
            mine = (self._chosen.id, self._chosen.path)
            self.choose(next((one for one in items if (one.id, one.path) == mine), None))
        if items and self._untouched:
            self.fit()
        self._lay_out()

    def set_group(self, group: str) -> None:
        """Put the lanes together otherwise."""
        self.show_items(self.items, self._names, self.calendar, group=group)

    def set_as_of(self, day: int | None) -> None:
        """Mark the day from which the world is looked at."""
        self.as_of = day
        self.update()

    @property
    def current(self) -> Item | None:
        """The item that keys are about."""
        return self._chosen

    def choose(self, item: Item | None, *, show: bool = False) -> None:
        """Choose an item; `show` brings it into sight."""
        changed = item != self._chosen
        self._chosen = item
        if item is not None and show:
            self.reveal(item)
        if changed:
            self.chosen.emit(item)
        self.update()

    def reveal(self, item: Item) -> None:
        """Bring an item into sight, without zooming where that can be."""
        x = self.scale.x(item.lo)
        if not self._brush_now().head <= x <= self.width() * 0.85:
            self._untouched = False
            self.scale.left = item.lo - self.width() * 0.4 / self.scale.per_day
            self._lay_out()

    def fit(self) -> None:
        """Show everything."""
        if not self.items:
            return
        self._untouched = True
        lo, hi = min(item.lo for item in self.items), max(item.hi for item in self.items)
        self.scale.fit(lo, hi + 1, max(100, self.width()))
        self._lay_out()

    def go_to(self, lo: int, hi: int) -> None:
        """Show these days and what is around them."""
        self._untouched = False
        self.scale.fit(lo - (hi - lo + 1) / 2, hi + 1 + (hi - lo + 1) / 2, max(100, self.width()))
        self._lay_out()

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Come closer or go back, around the chosen item or the middle."""
        if at is None:
            x = self.scale.x(self._chosen.lo) if self._chosen else -1.0
            at = x if 0 <= x <= self.width() else self.width() / 2
        self._untouched = False
        self.scale.zoom(factor, at)
        self._lay_out()

    def pan(self, pixels: float) -> None:
        """Go along the line."""
        self._untouched = False
        self.scale.left += pixels / self.scale.per_day
        self._lay_out()

    def in_sight(self) -> tuple[int, int]:
        """First and last day in sight."""
        return int(self.scale.left // 1), int(self.scale.day(self.width()) // 1)

    # ---- layout --------------------------------------------------------------------------------------------------

    def _brush_now(self) -> Brush:
        if self._brush is None:
            self._brush = Brush(self.devicePixelRatioF())
        return self._brush

    def restyle(self) -> None:
        """Follow theme and text size."""
        self._brush = None
        self._lay_out()

    def _lay_out(self) -> None:
        brush = self._brush_now()
        y = float(brush.eras + brush.ruler + brush.gap)
        self._laid = []
        for lane in self.lanes:
            laid = lay_out(lane, self.scale, self.width(), brush.widths, mark=brush.mark, gap=brush.gap)
            self._laid.append((lane, laid, y))
            y += brush.row * (laid.rows + 1) + brush.gap
        over = max(0, round(y) - self.height())
        self.bar.setRange(0, over)
        self.bar.setPageStep(self.height())
        self.bar.setSingleStep(brush.row)
        self.bar.setVisible(over > 0)
        self.looked.emit()
        self.update()

    def _scrolled(self, value: int) -> None:
        self._top = value
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.bar.sizeHint().width()
        self.bar.setGeometry(self.width() - wide, 0, wide, self.height())
        if self._untouched:
            self.fit()
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(look.px(720), look.px(300))

    # ---- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush = self._brush_now()
        width, height = self.width(), self.height()
        painter.fillRect(self.rect(), brush.ink["canvas"])
        marks = ticks(self.calendar, self.scale, width, text_scale=look.scale())
        painting.ruler(painter, brush, marks, self.scale, width, height, context=self._context())
        painter.save()
        painter.setClipRect(QRectF(0, brush.eras + brush.ruler + 1, width, height))
        self._paint_lanes(painter, brush, width, height)
        self._paint_as_of(painter, brush, height)
        painter.restore()
        painting.eras(painter, brush, self.calendar, self.scale, width)
        if self.hasFocus():
            painter.setPen(QPen(brush.ink["focus"], 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _context(self) -> str:
        """The month, or the year, in which the left edge lies; nothing where years are the marks."""
        mean = self.calendar.mean_year
        if self.scale.per_day * mean < 4 * self._brush_now().head:
            return ""
        by_day = self.scale.per_day * mean / max(1, len(self.calendar.months)) > self._brush_now().head
        try:
            return self.calendar.format(int(self.scale.left // 1), "month" if by_day else "year")
        except Invalid:
            return ""

    def _paint_lanes(self, painter: QPainter, brush: Brush, width: int, height: int) -> None:
        chosen = (self._chosen.id, self._chosen.path) if self._chosen else ("", "")
        for lane, laid, y in self._laid:
            top = y - self._top
            tall = brush.row * (laid.rows + 1)
            if top > height or top + tall < 0:
                continue
            painting.lane(painter, brush, laid, top + brush.row, width, chosen)
            head = QRectF(0, top, min(width, 2 * brush.head), brush.row)
            painting.heading(painter, brush, lane.title, len(lane.items), head)
            painter.setPen(QPen(brush.ink["border"], 1))
            bottom = top + tall + brush.gap / 2
            painter.drawLine(QPointF(0, bottom), QPointF(width, bottom))
        if self._grabbed is not None and self._dragged:
            self._paint_ghost(painter, brush, width)

    def _paint_ghost(self, painter: QPainter, brush: Brush, width: int) -> None:
        """The thing that is dragged, where it would come to lie, and the date there."""
        grabbed = self._grabbed
        if grabbed is None:
            return
        top = next((y for _, laid, y in self._laid if grabbed in laid.placed), 0.0) - self._top + brush.row
        x = grabbed.x + self._days_dragged() * self.scale.per_day
        painting.thing(painter, brush, grabbed._replace(x=x), top, width, chosen=True, ghost=True)
        painter.setPen(QPen(brush.ink["accent"], 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _paint_as_of(self, painter: QPainter, brush: Brush, height: int) -> None:
        if self.as_of is None:
            return
        x = self.scale.x(self.as_of + 1)
        veil = brush.ink["canvas"]
        veil = type(veil)(veil.red(), veil.green(), veil.blue(), 150)
        painter.fillRect(QRectF(x, 0, max(0.0, self.width() - x), height), veil)
        painter.setPen(QPen(brush.ink["accent"], 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, height))

    # ---- finding -------------------------------------------------------------------------------------------------

    def at(self, point: QPointF) -> Placed | Crowd | None:
        """What lies under a point."""
        brush = self._brush_now()
        for _, laid, y in self._laid:
            top = y - self._top + brush.row
            row = int((point.y() - top) // brush.row)
            if point.y() < top or row > laid.rows:
                continue
            for one in reversed(laid.placed):
                reach = max(one.width, brush.mark + one.label + 4 if one.width <= brush.mark + 1 else one.width)
                if one.row == row and one.x - 2 <= point.x() <= one.x + reach:
                    return one
            for crowd in laid.crowds:
                if crowd.row == row and crowd.x <= point.x() <= crowd.x + crowd.width:
                    return crowd
        return None

    def _days_dragged(self) -> int:
        return round(self._dragged / self.scale.per_day)

    # ---- mouse ---------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self._press, self._pan_from, self._dragged = event.position(), self.scale.left, 0.0
            self._grabbed = found if isinstance(found, Placed) else None
            if isinstance(found, Placed):
                self.choose(found.item)
            elif isinstance(found, Crowd):
                self._into(found)
        elif event.button() == Qt.MouseButton.RightButton and isinstance(found, Placed):
            self.choose(found.item)
            self.menu_wanted.emit(found.item, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            found = self.at(event.position())
            shape = Qt.CursorShape.PointingHandCursor if found is not None else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            return
        way = event.position().x() - self._press.x()
        if self._grabbed is None:
            self._untouched = False
            self.scale.left = self._pan_from - way / self.scale.per_day
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._lay_out()
        elif self.may_move and (abs(way) > _DRAG or self._dragged):
            self._dragged = way
            where = self.calendar.format(self._grabbed.item.lo + self._days_dragged())
            QToolTip.showText(event.globalPosition().toPoint(), where, self)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        grabbed, days = self._grabbed, self._days_dragged()
        dragged, self._press, self._grabbed, self._dragged = self._dragged, None, None, 0.0
        self.unsetCursor()
        self.update()
        if event.button() != Qt.MouseButton.LeftButton or grabbed is None:
            return
        if dragged and days:
            self.moved.emit(grabbed.item, days)
        elif not dragged:
            self.opened.emit(grabbed.item)

    def _into(self, crowd: Crowd) -> None:
        """Come so close that a crowd comes apart."""
        lo, hi = crowd.items[0].lo, max(item.lo for item in crowd.items)
        self._press = None
        self.choose(crowd.items[0])
        if hi == lo:
            self.opened.emit(crowd.items[0])
            return
        self.go_to(lo, hi)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, aside = event.angleDelta().y(), event.angleDelta().x()
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ShiftModifier or abs(aside) > abs(turn):
            self.pan(-(aside or turn) * 0.8)
        elif modifiers & Qt.KeyboardModifier.AltModifier and self.bar.maximum():
            self.bar.setValue(self.bar.value() - turn)
        elif turn:
            self.zoom(STEP ** (turn / 120), event.position().x())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == event.Type.ToolTip:
            self._tell(event)  # pyright: ignore[reportArgumentType]
            return True
        return super().event(event)

    def _tell(self, event: QHelpEvent) -> None:
        found = self.at(QPointF(event.pos()))
        if isinstance(found, Placed):
            QToolTip.showText(event.globalPos(), f"{found.item.title}\n{found.item.words}", self)
        elif isinstance(found, Crowd):
            names = [item.title for item in found.items[:8]]
            more = len(found.items) - len(names)
            QToolTip.showText(event.globalPos(), "\n".join([*names, *([f"and {more} more"] if more else [])]), self)
        else:
            QToolTip.hideText()

    # ---- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        page = self.width() * 0.8
        acts = {
            Qt.Key.Key_Right: lambda: self._step(1), Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Down: lambda: self._change_lane(1), Qt.Key.Key_Up: lambda: self._change_lane(-1),
            Qt.Key.Key_Home: lambda: self._end(0), Qt.Key.Key_End: lambda: self._end(-1),
            Qt.Key.Key_PageDown: lambda: self.pan(page), Qt.Key.Key_PageUp: lambda: self.pan(-page),
            Qt.Key.Key_Plus: lambda: self.zoom(STEP), Qt.Key.Key_Equal: lambda: self.zoom(STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / STEP), Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Return: self._open, Qt.Key.Key_Enter: self._open, Qt.Key.Key_M: self._ask_move,
            Qt.Key.Key_Menu: self._ask_menu,
        }  # fmt: skip
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif (act := acts.get(Qt.Key(key))) is not None:
            act()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """The next thing of the same lane, by date."""
        lane = self._lane()
        if lane is None:
            return
        at = next((n for n, one in enumerate(lane.items) if one == self._chosen), None)
        if at is None:
            middle = self.scale.day(self.width() / 2)
            at = min(range(len(lane.items)), key=lambda n: abs(lane.items[n].lo - middle)) - by
        self.choose(lane.items[max(0, min(len(lane.items) - 1, at + by))], show=True)

    def _lane(self) -> Lane | None:
        if self._chosen is None:
            return self.lanes[0] if self.lanes else None
        key = getattr(self._chosen, self.group)
        return next((lane for lane in self.lanes if lane.key == key), None)

    def _change_lane(self, by: int) -> None:
        lane = self._lane()
        if lane is None:
            return
        at = max(0, min(len(self.lanes) - 1, self.lanes.index(lane) + (by if self._chosen else 0)))
        day = self._chosen.lo if self._chosen else self.scale.day(self.width() / 2)
        inside = self.lanes[at].items
        self.choose(min(inside, key=lambda one: abs(one.lo - day)), show=True)
        y = self._laid[at][2]
        if not self._top <= y <= self._top + self.height() * 0.7:
            self.bar.setValue(round(y - self.height() * 0.3))

    def _end(self, at: int) -> None:
        if self.items:
            self.choose(self.items[at], show=True)

    def _open(self) -> None:
        if self._chosen is not None:
            self.opened.emit(self._chosen)

    def _ask_move(self) -> None:
        if self._chosen is not None:
            self.move_wanted.emit(self._chosen)

    def _ask_menu(self) -> None:
        if self._chosen is not None:
            corner = self.mapToGlobal(QPoint(round(max(0.0, self.scale.x(self._chosen.lo))), self.height() // 2))
            self.menu_wanted.emit(self._chosen, corner)
