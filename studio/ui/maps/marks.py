"""How a map's marks are drawn: pins with their kind's sign, names where there is room, the path that is measured."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from studio.ui.theme import look
from studio.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.world.map_pages import PinRow

RADIUS = 13
"""Of a pin's disc, in pixels at 100 %: twice that is a target for a finger."""
_EDGE = 3
_CELL = 64


def disc(at: QPointF) -> QRectF:
    """Where the sign of a pin lies that points to this place: the tip of the pin is the place."""
    r = look.px(RADIUS)
    return QRectF(at.x() - r, at.y() - 2.5 * r, 2 * r, 2 * r)


def hit_area(at: QPointF) -> QRectF:
    """Where a click means this pin."""
    return disc(at).united(QRectF(at.x() - 4, at.y() - 8, 8, 10))


class _Taken:
    """Where something is drawn already, by cells of a grid: a map may have a thousand pins."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = {}

    def _around(self, box: QRectF) -> list[tuple[int, int]]:
        columns = range(int(box.left()) // _CELL, int(box.right()) // _CELL + 1)
        lines = range(int(box.top()) // _CELL, int(box.bottom()) // _CELL + 1)
        return [(x, y) for x in columns for y in lines]

    def add(self, box: QRectF) -> None:
        """Take a place."""
        for cell in self._around(box):
            self._cells.setdefault(cell, []).append(box)

    def meets(self, box: QRectF) -> bool:
        """Whether a place is taken, in part at least."""
        return any(box.intersects(other) for cell in self._around(box) for other in self._cells.get(cell, ()))


def draw_pins(
    painter: QPainter, rows: Sequence[tuple[PinRow, QPointF]], *, selected: str, ratio: float, room: QRectF
) -> None:
    """The pins in sight, the selected one on top; a name is left out where it would lie on another."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    near = room.adjusted(-40, -40, 40, 60)
    seen = [(row, at) for row, at in rows if near.contains(at)]
    ordered = sorted(seen, key=lambda pair: (pair[0].pin.id == selected, pair[1].y()))
    taken, r, theme = _Taken(), look.px(RADIUS), look.theme_name()
    for row, at in ordered:
        sign = _sprite(row.kind, row.pin.id == selected, theme, r, ratio)
        painter.drawPixmap(QPointF(at.x() - r - _EDGE, at.y() - 2.5 * r - _EDGE), sign)
        taken.add(QRectF(at.x() - r, at.y() - 2.5 * r, 2 * r, 2 * r))
    plain = _Hand(painter.font().toString(), look.px(150), look.colour("surface"), look.colour("text"))
    marked = plain._replace(ground=look.colour("selection"), ink=look.colour("on_selection"))
    for row, at in reversed(ordered):
        chosen = row.pin.id == selected
        _name(painter, row, at, taken, marked if chosen else plain, must=chosen)


class _Hand(NamedTuple):
    """How names are written."""

    font: str
    width: int
    ground: QColor
    ink: QColor


@lru_cache(maxsize=256)
def _sprite(kind: str, chosen: bool, _theme: str, r: int, ratio: float) -> QPixmap:
    """A pin as it is drawn over and over: its tip is the place."""
    made = QPixmap(QSize(2 * (r + _EDGE), round(2.5 * r) + 2 * _EDGE) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    ink = look.colour(look.kind_colour(kind)) if kind else look.colour("text")
    tip = QPointF(r + _EDGE, 2.5 * r + _EDGE)
    place, half, side = disc(tip), r * 0.5, round(r * 1.15)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("focus") if chosen else ink, 3 if chosen else 1.5))
        painter.setBrush(look.colour("surface"))
        base = tip.y() - r * 0.8
        painter.drawPolygon([QPointF(tip.x() - half, base), QPointF(tip.x() + half, base), tip])
        painter.drawEllipse(place)
        sign = pixmap(look.kind_icon(kind) if kind else "pin", ink.name(), size=side, ratio=ratio)
        at = place.center()
        painter.drawPixmap(QRectF(at.x() - side / 2, at.y() - side / 2, side, side).toRect(), sign)
    return made


@lru_cache(maxsize=4096)
def _written(words: str, font: str, width: int) -> tuple[str, int, int]:
    """(words that fit, their width, their height) in a font given by its key."""
    made = QFont()
    made.fromString(font)
    metrics = QFontMetrics(made)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
    return shown, metrics.horizontalAdvance(shown), metrics.height()


def _name(painter: QPainter, row: PinRow, at: QPointF, taken: _Taken, hand: _Hand, *, must: bool) -> None:
    words, wide, high = _written(f"{row.name}  ›" if row.opens else row.name, hand.font, hand.width)
    box = QRectF(at.x() - wide / 2 - 5, at.y() + 3, wide + 10, high + 2)
    if not must and taken.meets(box):
        return
    taken.add(box)
    painter.fillRect(box, hand.ground)
    painter.setPen(hand.ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def draw_path(painter: QPainter, points: Sequence[QPointF], words: str) -> None:
    """A measured path, dark on light so that it shows on any ground, with its length at its end."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for width, token in ((5, "surface"), (2.5, "accent")):
        painter.setPen(QPen(look.colour(token), width))
        painter.drawPolyline(list(points))
    painter.setPen(QPen(look.colour("accent"), 2))
    painter.setBrush(look.colour("surface"))
    for point in points:
        painter.drawEllipse(point, 4, 4)
    if words and points:
        _tag(painter, points[-1], words)


def _tag(painter: QPainter, at: QPointF, words: str) -> None:
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    size = painter.fontMetrics().size(0, words)
    box = QRectF(at.x() + 10, at.y() - size.height() - 8, size.width() + 12, size.height() + 6)
    painter.setPen(QPen(look.colour("accent"), 1))
    painter.setBrush(look.colour("surface"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(look.colour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def draw_cross(painter: QPainter, at: QPointF) -> None:
    """The crosshair that the arrow keys move."""
    r = look.px(16)
    for width, token in ((4, "surface"), (2, "focus")):
        painter.setPen(QPen(look.colour(token), width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(at + QPointF(dx * 5, dy * 5), at + QPointF(dx * r, dy * r))
