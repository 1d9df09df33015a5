"""The small pictures that a graph is put together from: node shapes, names, words at edges. Drawn once, kept."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication

from studio.services.world.graph_svg import FAINT, outline
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap as icon_pixmap
from studio.ui.theme.tokens import TYPE

_HALO, _MOST_WORDS = 3.0, 28


class Stamps:
    """Keeps what was drawn for one look; a new look needs new ones. `ratio` is device pixels per pixel."""

    def __init__(self, ratio: float) -> None:
        self.ratio = ratio
        self.node = lru_cache(600)(self._node)
        self.words = lru_cache(4000)(self._words)
        self.bubble = lru_cache(300)(self._bubble)
        self._canvas = look.colour("canvas")

    def _blank(self, width: float, height: float) -> QPixmap:
        made = QPixmap(max(1, round(width * self.ratio)), max(1, round(height * self.ratio)))
        made.setDevicePixelRatio(self.ratio)
        made.fill(Qt.GlobalColor.transparent)
        return made

    def _node(self, kind: str, radius: int, ring: str, wide: float, *, faint: bool = False) -> QPixmap:
        """A node's shape with its icon; `ring` is a token or empty for the kind's own hue."""
        side = radius * 3.0
        made = self._blank(side, side)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hue = QColor(look.kind_colour(kind))
        hue.setAlphaF(FAINT if faint else 1.0)
        painter.setPen(QPen(look.colour(ring) if ring else hue, wide, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(look.colour("surface"))
        painter.drawPolygon(
            QPolygonF([QPointF(side / 2 + radius * x, side / 2 + radius * y) for x, y in outline(kind)])
        )
        if radius >= 9:
            size = round(radius * 0.95)
            at = (side - size) / 2
            drawn = icon_pixmap(look.kind_icon(kind), f"kind:{kind}", size=size, ratio=self.ratio)
            painter.setOpacity(FAINT if faint else 1.0)
            painter.drawPixmap(QPointF(at, at), drawn)
        painter.end()
        return made

    def _words(self, text: str, size: str, ink: str, *, bold: bool = False) -> QPixmap:
        """A line of text with a halo in the colour of the ground; `ink` is a token or `#RRGGBB`."""
        short = text if len(text) <= _MOST_WORDS else f"{text[: _MOST_WORDS - 1].rstrip()}…"
        font = QFont(QApplication.font())
        font.setPixelSize(look.px(TYPE[size]))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(short) + 2 * _HALO, metrics.height() + 2
        made = self._blank(width, height)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters = QPainterPath()
        letters.addText(_HALO, 1 + metrics.ascent(), font, short)
        halo = QColor(self._canvas)
        halo.setAlphaF(0.9)
        painter.strokePath(letters, QPen(halo, 2 * _HALO, j=Qt.PenJoinStyle.RoundJoin))
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        painter.drawText(QPointF(_HALO, 1 + metrics.ascent()), short)
        painter.end()
        return made

    def _bubble(self, hidden: int) -> QPixmap:
        """The mark of neighbours that aren't drawn."""
        text = f"+{hidden}" if hidden < 1000 else f"+{hidden // 1000}k"
        font = QFont(QApplication.font())
        font.setPixelSize(look.px(TYPE["caption"]) - 1)
        metrics = QFontMetricsF(font)
        height = max(18.0, metrics.height() + 2)
        width = max(metrics.horizontalAdvance(text) + 10, height)
        made = self._blank(width, height)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("control"), 1))
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return made
