"""Draws the map of the sample campaign: `.venv/bin/python packaging/sample_map.py` writes it among the sources.

A harbour at low water, in the plain colours of a printed chart. The same script always draws the same picture.
"""

from __future__ import annotations

import os
import random
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage, QPainter, QPainterPath

PLACE = Path(__file__).resolve().parents[1] / "resources" / "sample" / "saltmarrow.png"
WIDE, HIGH = 1200, 800
SCALE = 0.75
COLOURS = 24
"""As many as the file keeps: a chart needs no more, and the file stays small."""
SEA, SHALLOW, SAND, LAND, INK, RUST = "#b9ced3", "#cfdedd", "#e4dcc2", "#efe8d4", "#47505a", "#a5593c"
COAST = [
    (0, 250), (110, 262), (190, 235), (262, 262), (320, 330), (398, 352), (452, 420), (520, 446), (598, 436),
    (664, 470), (742, 462), (802, 500), (880, 508), (948, 566), (1040, 590), (1108, 652), (1200, 668),
]  # fmt: skip
ISLE = [(838, 212), (884, 186), (944, 190), (980, 226), (960, 268), (902, 284), (850, 258)]
MOLE = [(664, 470), (690, 392), (702, 318), (748, 262)]
SLIPS = [(372, 346), (424, 386), (476, 430), (532, 446)]
STREETS = [
    [(250, 420), (420, 500), (640, 560), (860, 640)],
    [(330, 560), (470, 590), (640, 640), (800, 720)],
    [(432, 440), (412, 520), (372, 650)],
    [(600, 470), (612, 560), (560, 700)],
    [(742, 496), (760, 590), (720, 720)],
]  # fmt: skip


def curve(points: Sequence[tuple[float, float]], *, closed: bool = False) -> QPainterPath:
    """A soft line through the points."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainterPath

    spots = [QPointF(*p) for p in ([*points, points[0]] if closed else points)]
    path = QPainterPath(spots[0])
    for before, after in pairwise(spots):
        middle = (before + after) / 2
        path.quadTo(before, middle)
    path.lineTo(spots[-1])
    return path


def sea(painter: QPainter, chance: random.Random) -> None:
    """Water, paler towards the shore, with small waves."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QColor, QPen

    painter.fillRect(0, 0, WIDE, HIGH, QColor(SEA))
    painter.setPen(QPen(QColor("#93adb5"), 2))
    for _ in range(70):
        x, y = chance.uniform(30, 980), chance.uniform(30, 300)
        painter.drawPath(curve([(x, y), (x + 7, y - 6), (x + 14, y), (x + 21, y - 6), (x + 28, y)]))
    for wide, colour in ((150, SHALLOW), (64, SAND)):
        pen = QPen(QColor(colour), wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(curve(COAST))
        painter.drawPath(curve(ISLE, closed=True))


def land(painter: QPainter, chance: random.Random) -> None:
    """The shore with its hills, and the island of the Nave."""
    from PySide6.QtGui import QColor, QPen

    shore = curve(COAST)
    shore.lineTo(WIDE, HIGH)
    shore.lineTo(0, HIGH)
    shore.closeSubpath()
    painter.setPen(QPen(QColor(INK), 3))
    painter.setBrush(QColor(LAND))
    painter.drawPath(shore)
    painter.drawPath(curve(ISLE, closed=True))
    painter.setPen(QPen(QColor("#b3a98c"), 2))
    for _ in range(60):
        x, y = chance.uniform(20, 1160), chance.uniform(690, 790)
        painter.drawPath(curve([(x, y), (x + 10, y - 12), (x + 22, y - 2)]))


def houses(painter: QPainter, street: QPainterPath, chance: random.Random) -> None:
    """Both sides of a street, turned as it turns, now and then a gap."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor

    many = int(street.length() / 19)
    for n in range(1, many):
        for side in (-1, 1):
            wide, deep = chance.uniform(11, 16), chance.uniform(9, 14)
            colour = QColor(chance.choice(("#d9a68c", "#d2b48f", "#c9c0aa")))
            if chance.random() < 0.22:
                continue
            part = n / many
            painter.save()
            painter.translate(street.pointAtPercent(part))
            painter.rotate(-street.angleAtPercent(part))
            painter.setBrush(colour)
            painter.drawRect(QRectF(-wide / 2, side * 17 - deep / 2, wide, deep))
            painter.restore()


def town(painter: QPainter, chance: random.Random) -> None:
    """Streets, houses along them, the slips, the mole, the drowned church."""
    from PySide6.QtCore import QPointF, QRectF, Qt
    from PySide6.QtGui import QColor, QPen

    painter.setBrush(Qt.BrushStyle.NoBrush)
    for street in STREETS:
        painter.setPen(QPen(QColor("#d3c7a6"), 13, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(curve(street))
    painter.setPen(QPen(QColor(INK), 1.6))
    for street in STREETS:
        houses(painter, curve(street), chance)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(INK), 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawPath(curve(MOLE))
    painter.setPen(QPen(QColor(RUST), 7))
    for x, y in SLIPS:
        painter.drawLine(QPointF(x, y), QPointF(x + 30, y - 52))
    painter.setPen(QPen(QColor(INK), 2.5))
    painter.setBrush(QColor("#c9c0aa"))
    painter.drawRect(QRectF(878, 222, 60, 24))
    painter.drawRect(QRectF(860, 216, 18, 36))
    painter.drawLine(QPointF(869, 216), QPointF(869, 192))


def furniture(painter: QPainter) -> None:
    """What makes it a chart: depths, a rose, a scale, a frame. Names are left to the pins."""
    from PySide6.QtCore import QPointF, QRectF, Qt
    from PySide6.QtGui import QColor, QFont, QPen, QPolygonF

    painter.setPen(QColor("#6f8b94"))
    painter.setFont(QFont("DejaVu Serif", 13, QFont.Weight.Normal, italic=True))
    for x, y, depth in ((120, 120, 9), (300, 90, 11), (470, 240, 6), (610, 330, 4), (800, 120, 8), (1060, 330, 7)):
        painter.drawText(QPointF(x, y), str(depth))
    painter.setPen(QPen(QColor(INK), 2))
    for degrees in range(0, 360, 45):
        long = 56 if degrees % 90 == 0 else 34
        painter.save()
        painter.translate(1090, 130)
        painter.rotate(degrees)
        painter.setBrush(QColor(INK if degrees == 0 else LAND))
        painter.drawPolygon(QPolygonF([QPointF(0, -long), QPointF(8, -8), QPointF(0, 0), QPointF(-8, -8)]))
        painter.restore()
    for n in range(4):
        painter.setBrush(QColor(INK if n % 2 == 0 else LAND))
        painter.drawRect(QRectF(60 + n * 75, 752, 75, 8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(INK), 4))
    painter.drawRect(QRectF(10, 10, WIDE - 20, HIGH - 20))
    painter.setPen(QPen(QColor(INK), 1.5))
    painter.drawRect(QRectF(18, 18, WIDE - 36, HIGH - 36))


def draw() -> QImage:
    """The whole chart."""
    from PySide6.QtGui import QImage, QPainter

    picture = QImage(round(WIDE * SCALE), round(HIGH * SCALE), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SCALE, SCALE)
    chance = random.Random(214)
    for layer in (sea, land, town):
        layer(painter, chance)
    furniture(painter)
    painter.end()
    return picture


def main() -> None:
    """Draw it and put it among the sources of the sample."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication
    from small_png import save

    app = QGuiApplication(sys.argv)
    save(draw(), PLACE, most=COLOURS)
    app.quit()


if __name__ == "__main__":
    main()
