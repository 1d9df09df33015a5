"""How a map's marks are drawn: pins with their kind's sign, names where there is room, the path that is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from studio.ui.theme import look
from studio.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.world.map_pages import PinRow

RADIUS = 13
"""Of a pin's disc, in pixels at 100 %: twice that is a target for a finger."""


def disc(at: QPointF) -> QRectF:
    """Where the sign of a pin lies that points to this place: the tip of the pin is the place."""
    r = look.px(RADIUS)
    return QRectF(at.x() - r, at.y() - 2.5 * r, 2 * r, 2 * r)


def hit_area(at: QPointF) -> QRectF:
    """Where a click means this pin."""
    return disc(at).united(QRectF(at.x() - 4, at.y() - 8, 8, 10))


def draw_pins(
    painter: QPainter, rows: Sequence[tuple[PinRow, QPointF]], *, selected: str, ratio: float, room: QRectF
) -> None:
    """The pins in sight, the selected one on top; a name is left out where it would lie on another."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    seen = [(row, at) for row, at in rows if room.adjusted(-40, -40, 40, 60).contains(at)]
    ordered = sorted(seen, key=lambda pair: (pair[0].pin.id == selected, pair[1].y()))
    for row, at in ordered:
        _pin(painter, row, at, chosen=row.pin.id == selected, ratio=ratio)
    taken = [disc(at) for _, at in ordered]
    for row, at in reversed(ordered):
        _name(painter, row, at, taken, chosen=row.pin.id == selected)


def _pin(painter: QPainter, row: PinRow, at: QPointF, *, chosen: bool, ratio: float) -> None:
    place, r = disc(at), look.px(RADIUS)
    ink = look.colour(look.kind_colour(row.kind)) if row.kind else look.colour("text")
    edge = look.colour("focus") if chosen else ink
    painter.setPen(QPen(edge, 3 if chosen else 1.5))
    painter.setBrush(look.colour("surface"))
    half = r * 0.5
    painter.drawPolygon([QPointF(at.x() - half, at.y() - r * 0.8), QPointF(at.x() + half, at.y() - r * 0.8), at])
    painter.drawEllipse(place)
    side = round(r * 1.15)
    sign = pixmap(look.kind_icon(row.kind) if row.kind else "pin", ink.name(), size=side, ratio=ratio)
    painter.drawPixmap(QRectF(place.center().x() - side / 2, place.center().y() - side / 2, side, side).toRect(), sign)


def _name(painter: QPainter, row: PinRow, at: QPointF, taken: list[QRectF], *, chosen: bool) -> None:
    words = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, look.px(150))
    words += "  ›" if row.opens else ""
    size = painter.fontMetrics().size(0, words)
    box = QRectF(at.x() - size.width() / 2 - 5, at.y() + 3, size.width() + 10, size.height() + 2)
    if not chosen and any(box.intersects(other) for other in taken):
        return
    taken.append(box)
    ground = look.colour("selection" if chosen else "surface")
    ground.setAlpha(235)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(look.colour("on_selection" if chosen else "text"))
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
