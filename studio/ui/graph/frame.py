"""One zoom of a picture, ready to be painted: lines by pen, shapes and words with their places. Panning reuses it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from studio.domain.families import FAMILY_WORDS
from studio.services.world.graph_svg import FAINT, RADIUS, arrow, bent, dashes_of, edge_words, middle
from studio.ui.theme import look

if TYPE_CHECKING:
    from studio.services.world.graph import Edge, Node
    from studio.services.world.graph_layout import Place
    from studio.ui.graph.picture import Picture
    from studio.ui.graph.stamps import Stamps

SMALLEST, SHRINK_BELOW, ARROWS_FROM, KINDS_FROM = 5, 0.62, 0.45, 0.8
_CELL = 6.0


class Stamp(NamedTuple):
    """A small picture and its top left corner."""

    x: float
    y: float
    drawn: QPixmap


class Name(NamedTuple):
    """Words of a node: their top left corner, and the node's middle."""

    x: float
    y: float
    drawn: QPixmap
    at: Place

    def within(self, clip: QRectF, width: float) -> float:
        """Where the words begin so that none is cut: those of a node in sight give way at the edge of the window."""
        if not clip.contains(*self.at) or (self.x >= clip.left() and self.x + width <= clip.right()):
            return self.x
        middle_of = self.at[0]
        if not self.x <= middle_of <= self.x + width:
            return 2 * middle_of - self.x - width
        return max(min(self.x, clip.right() - width), clip.left())


@dataclass(frozen=True)
class Shown:
    """What is marked in a picture: the current node, the nodes of a way, and what is drawn faintly."""

    current: str = ""
    way: tuple[str, ...] = ()

    def on_way(self, edge: Edge) -> bool:
        """Whether an edge is a part of the way."""
        if edge.from_id not in self.way:
            return False
        ends = {edge.from_id, edge.to_id}
        return any({one, other} == ends for one, other in zip(self.way, self.way[1:], strict=False))


class _Pen(NamedTuple):
    colour: str
    width: float
    dashes: tuple[float, ...]


class _Room:
    """Which parts of the picture have words already: rows of coarse cells, each a number whose bits are columns."""

    def __init__(self, width: float) -> None:
        self._rows: dict[int, int] = defaultdict(int)
        self._edge = int(width / _CELL) + 400

    def take(self, x: float, y: float, width: float, height: float, *, anyway: bool = False) -> bool:
        """Claim a place for words; False where others stand, unless it has to be `anyway`."""
        first = max(int(x / _CELL) + 200, 0)
        bits = ((1 << int(width / _CELL) + 1) - 1) << min(first, self._edge)
        rows, top = self._rows, int(y / _CELL)
        lines = range(top, top + int(height / _CELL) + 1)
        if not anyway and any(rows[line] & bits for line in lines):
            return False
        for line in lines:
            rows[line] |= bits
        return True


@dataclass
class Frame:
    """`unit` is pixels on screen for one pixel of the picture: zoom times text size."""

    picture: Picture
    stamps: Stamps
    shown: Shown
    unit: float
    scale: float
    radius: int = 0
    lines: dict[_Pen, list[QLineF]] = field(default_factory=lambda: defaultdict(list))
    curves: dict[_Pen, QPainterPath] = field(default_factory=dict)
    heads: dict[str, list[QPolygonF]] = field(default_factory=lambda: defaultdict(list))
    under: list[Stamp] = field(default_factory=list)
    over: list[Stamp] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    bubbles: dict[str, QRectF] = field(default_factory=dict)

    def __post_init__(self) -> None:
        zoom = self.unit / self.scale
        self.radius = max(SMALLEST, round(RADIUS * self.scale * min(1.0, zoom / SHRINK_BELOW)))
        self._points = {i: (x * self.unit, y * self.unit) for i, (x, y) in self.picture.points.items()}
        self._zoom = zoom
        left, _, right, _ = self.picture.bounds(zoom)
        self._left, self._right = left * self.unit, right * self.unit
        self._inks = {family: look.family_colour(family) for family in FAMILY_WORDS}
        room = _Room(self.picture.width * self.unit)
        for x, y in self._points.values():
            half = self.radius * 0.8
            room.take(x - half, y - half, 2 * half, 2 * half, anyway=True)
        self._add_bubbles(room)
        self._add_nodes(room)
        self._add_edges(room)

    # ---- nodes ---------------------------------------------------------------------------------------------------

    def _add_bubbles(self, room: _Room) -> None:
        """The marks of hidden neighbours, at the upper right of their nodes; names keep clear of them."""
        if self._zoom < ARROWS_FROM:
            return
        for node in self.picture.graph.nodes:
            if node.hidden:
                x, y = self._points[node.id]
                size = self.stamps.bubble(node.hidden).deviceIndependentSize()
                left, top = x + self.radius * 0.55, y - self.radius * 0.55 - size.height()
                self.bubbles[node.id] = QRectF(left, top, size.width(), size.height())
                room.take(left, top, size.width(), size.height(), anyway=True)

    def _add_nodes(self, room: _Room) -> None:
        nodes = self.picture.graph.nodes
        first = (self.shown.current, self.picture.graph.centre, *self.shown.way)
        order = [self.picture.nodes[i] for i in dict.fromkeys(first) if i in self.picture.nodes]
        known = {node.id for node in order}
        order += sorted((n for n in nodes if n.id not in known), key=lambda n: -len(self.picture.edges_of[n.id]))
        for node in order:
            self._add_node(node, room, named=node.id in known)
        for record, area in self.bubbles.items():
            bubble = self.stamps.bubble(self.picture.nodes[record].hidden)
            self.over.append(Stamp(area.x(), area.y(), bubble))

    def _add_node(self, node: Node, room: _Room, *, named: bool) -> None:
        x, y = self._points[node.id]
        centre = node.id == self.picture.graph.centre
        radius = round(self.radius * 1.25) if centre else self.radius
        ring = "focus" if node.id == self.shown.current else "accent" if node.id in self.shown.way else ""
        wide = (3.0 if ring or centre else 1.8) * self.scale
        shape = self.stamps.node(node.kind, radius, ring, wide, faint=bool(node.standing))
        self.over.append(Stamp(x - radius * 1.5, y - radius * 1.5, shape))
        self._add_name(node, (x, y, radius + 3 * self.scale), room, named=named, bold=centre or bool(ring))

    def _add_name(self, node: Node, at: tuple[float, float, float], room: _Room, *, named: bool, bold: bool) -> None:
        """Write a node's name below it, or where there is room; `at` is its middle and its reach."""
        name = self.stamps.words(node.name, "body", "text", bold=bold)
        width, height = name.deviceIndependentSize().width(), name.deviceIndependentSize().height()
        said = f"{node.kind_label}, {node.standing}" if node.standing else node.kind_label
        shown = self._zoom >= KINDS_FROM or bool(node.standing)
        kind = self.stamps.words(said, "caption", "muted") if shown else None
        below = kind.deviceIndependentSize().height() - 4 if kind else 0.0
        x, y, reach = at
        left, both = x - width / 2, height + below
        middle_of = y - both / 2
        places = ((left, y + reach), (left, y - reach - both), (x + reach, middle_of), (x - reach - width, middle_of))
        inside = [place for place in places if self._left <= place[0] <= self._right - width]
        free = next((place for place in inside if room.take(*place, width, both)), places[0] if named else None)
        if free is None:
            return
        self.names.append(Name(*free, name, (x, y)))
        if kind is not None:
            wide = kind.deviceIndependentSize().width()
            self.names.append(Name(free[0] + (width - wide) / 2, free[1] + height - 4, kind, (x, y)))

    # ---- edges ---------------------------------------------------------------------------------------------------

    def _add_edges(self, room: _Room) -> None:
        marked, others = [], []
        for edge in self.picture.graph.edges:
            at_current = self.shown.current in (edge.from_id, edge.to_id)
            (marked if at_current or self.shown.on_way(edge) else others).append(edge)
        accent = look.tokens()["accent"]
        for edge in marked:
            way = self.shown.on_way(edge)
            colour, width = (accent, 3.2) if way else (self._inks[edge.family], 2.4)
            self._add_edge(edge, room, colour, width * self.scale, said=True)
        for edge in others:
            self._add_edge(edge, room, self._inks[edge.family], 1.4 * self.scale, said=False)

    def _add_edge(self, edge: Edge, room: _Room, colour: str, width: float, *, said: bool) -> None:
        one, other = self._points[edge.from_id], self._points[edge.to_id]
        swing = self.picture.swing[edge.id] * self.unit
        control = bent(one, other, swing)
        ink, colour = colour, colour if edge.holds else _faint(colour)
        pen = _Pen(colour, width, dashes_of(edge))
        if swing:
            path = self.curves.setdefault(pen, QPainterPath())
            path.moveTo(*one)
            path.quadTo(*control, *other)
        else:
            self.lines[pen].append(QLineF(*one, *other))
        if self._zoom < ARROWS_FROM:
            return
        if edge.label != edge.inverse:
            end = self.radius * (1.25 if edge.to_id == self.picture.graph.centre else 1.0)
            tip, left, right = arrow(control, other, end + 5 * self.scale, size=6.5 * self.scale)
            self.heads[colour].append(QPolygonF([QPointF(*tip), QPointF(*left), QPointF(*right)]))
        if said or self._zoom >= SHRINK_BELOW:
            self._add_edge_words(edge, (one, control, other), room, ink, said=said)

    def _add_edge_words(
        self, edge: Edge, curve: tuple[Place, Place, Place], room: _Room, colour: str, *, said: bool
    ) -> None:
        length = math.dist(curve[0], curve[2])
        if not said and length < 130 * self.scale:
            return
        words = self.stamps.words(edge_words(edge), "caption", colour)
        size = words.deviceIndependentSize()
        if length < size.width() * 0.6:
            return
        x, y = middle(*curve)
        x, y = x - size.width() / 2, y - size.height() / 2
        if room.take(x, y, size.width(), size.height()):
            self.under.append(Stamp(x, y, words))

    # ---- painting ------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, clip: QRectF, seen: QRectF | None = None) -> None:
        """Paint what lies within `clip`; the painter stands at the picture's corner. Names are whole within `seen`."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen, lines in self.lines.items():
            painter.setPen(_pen(pen))
            painter.drawLines(lines)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen, path in self.curves.items():
            painter.setPen(_pen(pen))
            painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, heads in self.heads.items():
            painter.setBrush(QColor(colour))
            for head in heads:
                painter.drawPolygon(head)
        for x, y, drawn in (*self.under, *self.over):
            if clip.intersects(QRectF(x, y, drawn.width() / self.stamps.ratio, drawn.height() / self.stamps.ratio)):
                painter.drawPixmap(QPointF(x, y), drawn)
        for name in self.names:
            wide, high = name.drawn.width() / self.stamps.ratio, name.drawn.height() / self.stamps.ratio
            x = name.within(clip if seen is None else seen, wide)
            if clip.intersects(QRectF(x, name.y, wide, high)):
                painter.drawPixmap(QPointF(x, name.y), name.drawn)


def _pen(pen: _Pen) -> QPen:
    made = QPen(QColor(pen.colour), pen.width)
    if pen.dashes:
        made.setDashPattern(list(pen.dashes))
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made


def _faint(colour: str) -> str:
    """The colour of what doesn't hold on the day that is looked at."""
    return f"#{round(FAINT * 255):02X}{colour.removeprefix('#')}"
