"""How the timeline looks: eras, ruler, lanes and what lies in them. Draws only what is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from studio.domain.errors import Invalid
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap
from studio.ui.theme.tokens import TYPE

if TYPE_CHECKING:
    from studio.domain.calendar import CalendarSystem
    from studio.ui.timeline.lanes import Crowd, Layout, Placed
    from studio.ui.timeline.scale import Scale, Tick

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
ELIDE = Qt.TextElideMode.ElideRight


class LabelWidths(dict[str, float]):
    """Widths of labels in the font that is on, measured when they are first asked for."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self._metrics = QFontMetricsF(font)

    def __missing__(self, text: str) -> float:
        self[text] = found = self._metrics.horizontalAdvance(text)
        return found

    def get(self, key: str, default: float = 0.0) -> float:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The width of a text, measured now if it wasn't yet."""
        return self[key]


class Brush:
    """Colours, fonts and sizes of the look that is on; made anew when it changes."""

    def __init__(self, ratio: float) -> None:
        ink = look.tokens()
        self.ink = {name: QColor(value) for name, value in ink.items()}
        self.font = QFont()
        self.font.setFamilies(QFont().families())
        self.font.setPixelSize(look.px(TYPE["caption"]))
        self.bold = QFont(self.font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.widths = LabelWidths(self.font)
        self.mark = look.px(14)
        self.row = look.px(22)
        self.gap = look.px(6)
        self.eras = look.px(22)
        self.ruler = look.px(24)
        self.head = look.px(150)
        self._ratio = ratio
        self._icons: dict[str, QPixmap] = {}
        self._tints: dict[str, tuple[QColor, QColor]] = {}

    def icon(self, kind: str) -> QPixmap:
        """The mark of a kind."""
        if kind not in self._icons:
            self._icons[kind] = pixmap(look.kind_icon(kind), f"kind:{kind}", size=self.mark, ratio=self._ratio)
        return self._icons[kind]

    def pill(self, kind: str, words: str, strength: int) -> QPixmap:
        """A count, drawn once: there are hundreds of them in a dense line."""
        key = f"{kind} {words} {strength}"
        if key not in self._icons:
            self._icons[key] = self._drawn_pill(kind, words, strength)
        return self._icons[key]

    def _drawn_pill(self, kind: str, words: str, strength: int) -> QPixmap:
        width, height = 3 * self.mark, self.row - self.gap
        made = QPixmap(round(width * self._ratio), round(height * self._ratio))
        made.setDevicePixelRatio(self._ratio)
        made.fill(Qt.GlobalColor.transparent)
        ground = QColor(look.kind_colour(kind))
        ground.setAlpha(strength)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.ink["control"], 1))
        painter.setBrush(ground)
        box = QRectF(1, 0.5, width - 2, height - 1)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(self.bold)
        painter.setPen(self.ink["text"])
        painter.drawText(box, CENTRE, words)
        painter.end()
        return made

    def tint(self, kind: str) -> tuple[QColor, QColor]:
        """(line, ground) of a kind."""
        if kind not in self._tints:
            line, ground = QColor(look.kind_colour(kind)), QColor(look.kind_colour(kind))
            ground.setAlpha(46)
            self._tints[kind] = (line, ground)
        return self._tints[kind]


def eras(painter: QPainter, brush: Brush, calendar: CalendarSystem, scale: Scale, width: int) -> None:
    """The bands of the eras along the top, each with its name where it can be seen."""
    ink = brush.ink
    painter.fillRect(QRectF(0, 0, width, brush.eras), ink["sunken"])
    painter.setFont(brush.bold)
    for n, era in enumerate(calendar.parts.eras):
        try:
            lo = -1e9 if era.start is None else scale.x(calendar.year_first(era.start))
            hi = 1e9 if era.end is None else scale.x(calendar.year_last(era.end) + 1)
        except Invalid:
            continue
        left, right = max(0.0, lo), min(float(width), hi)
        if right - left < 2:
            continue
        painter.fillRect(QRectF(left, 0, right - left, brush.eras), ink["accent_soft" if n % 2 else "hover"])
        painter.setPen(QPen(ink["border"], 1))
        painter.drawLine(QPointF(left, 0), QPointF(left, brush.eras))
        room = QRectF(left + brush.gap, 0, right - left - 2 * brush.gap, brush.eras)
        if room.width() > brush.mark:
            painter.setPen(ink["text"])
            words = painter.fontMetrics().elidedText(era.name, ELIDE, int(room.width()))
            painter.drawText(room, LEFT, words)


def ruler(
    painter: QPainter, brush: Brush, marks: list[Tick], scale: Scale, width: int, height: int, *, context: str
) -> None:
    """The ruler under the eras, and its lines down through the lanes. `context` says in what the left edge lies."""
    ink = brush.ink
    top = brush.eras
    painter.fillRect(QRectF(0, top, width, brush.ruler), ink["surface"])
    end = _context(painter, brush, marks, scale, context)
    for mark in marks:
        x = scale.x(mark.day)
        painter.setPen(QPen(ink["border"], 1))
        painter.drawLine(QPointF(x, top + (0 if mark.strong else brush.ruler / 2)), QPointF(x, height))
        if x < end:
            continue
        painter.setFont(brush.bold if mark.strong else brush.font)
        painter.setPen(ink["text" if mark.strong else "muted"])
        advance = painter.fontMetrics().horizontalAdvance(mark.label)
        painter.drawText(QRectF(x + 4, top, advance + 8, brush.ruler), LEFT, mark.label)
        end = x + advance + 10
    painter.setPen(QPen(ink["border"], 1))
    painter.drawLine(QPointF(0, top + brush.ruler), QPointF(width, top + brush.ruler))


def _context(painter: QPainter, brush: Brush, marks: list[Tick], scale: Scale, context: str) -> float:
    """The month or year at the left edge, where its own mark is out of sight. Gives where it ends."""
    painter.setFont(brush.bold)
    room = painter.fontMetrics().horizontalAdvance(context) + 3 * brush.gap
    if not context or any(mark.strong and -2 <= scale.x(mark.day) < room for mark in marks):
        return -1e9
    painter.setPen(brush.ink["text"])
    painter.drawText(QRectF(brush.gap, brush.eras, room, brush.ruler), LEFT, context)
    return room


def lane(
    painter: QPainter,
    brush: Brush,
    laid: Layout,
    top: float,
    width: int,
    chosen: tuple[str, str],
    *,
    ghost: bool = False,
) -> None:
    """What lies in a lane."""
    for one in laid.placed:
        if one.x > width or one.x + one.width + one.label + 3 * brush.mark < 0:
            continue
        thing(painter, brush, one, top, width, chosen=(one.item.id, one.item.path) == chosen, ghost=ghost)
    for crowd in laid.crowds:
        if -crowd.width < crowd.x < width:
            _crowd(painter, brush, crowd, top)


def thing(
    painter: QPainter, brush: Brush, one: Placed, top: float, width: int, *, chosen: bool, ghost: bool = False
) -> None:
    """A mark with its words, or a bar as long as it lasts. What is vague has a broken outline."""
    y = top + one.row * brush.row + brush.gap / 2
    box = QRectF(one.x, y, one.width, brush.row - brush.gap)
    line, ground = brush.tint(one.item.kind)
    lasting = one.width > brush.mark + 1
    if lasting:
        pen = QPen(line, 1.2, Qt.PenStyle.DashLine if one.item.vague else Qt.PenStyle.SolidLine)
        shown = box.intersected(QRectF(-8, y, width + 16, box.height()))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush if one.item.vague else ground)
        painter.drawRoundedRect(shown, 4, 4)
        left = max(shown.left(), 0.0) + 4
    else:
        left = box.left()
    if chosen:
        painter.setPen(QPen(brush.ink["focus"], 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        reach = one.width if lasting else brush.mark + brush.gap + one.label
        painter.drawRoundedRect(QRectF(one.x - 3, y - 2, reach + 6, box.height() + 4), 5, 5)
    icon = brush.icon(one.item.kind)
    painter.drawPixmap(QPointF(left, y + (box.height() - brush.mark) / 2), icon)
    if one.label > 0:
        _words(painter, brush, one, left + brush.mark + 4, box, width, lasting=lasting)


def _words(
    painter: QPainter, brush: Brush, one: Placed, left: float, box: QRectF, width: int, *, lasting: bool
) -> None:
    """The words of a thing, with an ellipsis where its bar ends, or the window does."""
    inside = box.right() - left - 4
    title = one.item.title
    room = one.label + 4
    if lasting and inside >= brush.mark and inside < one.label:
        room = inside
    elif lasting and inside < brush.mark:
        left = box.right() + 4
    room = min(room, width - left - 2)
    if room < one.label:
        title = QFontMetricsF(brush.font).elidedText(title, ELIDE, max(room, 0.0))
    painter.setFont(brush.font)
    painter.setPen(brush.ink["text"])
    painter.drawText(QRectF(left, box.top(), room, box.height()), LEFT, title)


def _crowd(painter: QPainter, brush: Brush, crowd: Crowd, top: float) -> None:
    y = top + crowd.row * brush.row + brush.gap / 2
    count = len(crowd.items)
    words = str(count) if count < 1000 else f"{count / 1000:.1f}k"
    painter.drawPixmap(QPointF(crowd.x, y), brush.pill(crowd.items[0].kind, words, min(110, 24 + 2 * count)))


def heading(painter: QPainter, brush: Brush, title: str, count: int, box: QRectF) -> None:
    """The name of a lane, on a ground that keeps it readable over what lies there."""
    ground = QColor(brush.ink["canvas"])
    ground.setAlpha(226)
    words = f"{title}  {count}"
    painter.setFont(brush.bold)
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(words, ELIDE, int(box.width() - 2 * brush.gap))
    plate = QRectF(box.left(), box.top(), metrics.horizontalAdvance(shown) + 2 * brush.gap, box.height())
    painter.fillRect(plate, ground)
    painter.setPen(brush.ink["muted"])
    painter.drawText(plate.adjusted(brush.gap, 0, 0, 0), LEFT, shown)
