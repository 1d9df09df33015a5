"""A small plan in few colours, drawn into a PNG: polygons, rectangles, lines and dots, with a limit on the work."""

from __future__ import annotations

import math
import struct
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_MOST_WORK = 4_000_000
"""Crossings of edges and rows that are computed: a file made to take forever stops there."""
_FAR = 1e7


class Plan:
    """A sheet on which a part of some plane is drawn. `full` says that the drawing took too much and stopped."""

    def __init__(self, box: Box, colours: Sequence[tuple[int, int, int]], *, side: int = 1600) -> None:
        left, top, right, bottom = box
        self.box = box
        wide, high = max(right - left, 1e-6), max(bottom - top, 1e-6)
        self.scale = side / max(wide, high)
        self.width, self.height = max(1, round(wide * self.scale)), max(1, round(high * self.scale))
        self.colours = colours
        self.rows = [bytearray(self.width) for _ in range(self.height)]
        self.work = 0

    @property
    def full(self) -> bool:
        """Whether there was more to draw than is drawn."""
        return self.work > _MOST_WORK

    def place(self, point: Point) -> Point:
        """A point as fractions of the sheet's width and height."""
        return (point[0] - self.box[0]) * self.scale / self.width, (point[1] - self.box[1]) * self.scale / self.height

    def fill(self, rings: Iterable[Sequence[Point]], colour: int) -> None:
        """Fill polygons; where they overlap evenly (a hole in a ring) nothing is filled."""
        crossings: dict[int, list[float]] = {}
        for ring in rings:
            points = [self._pixel(point) for point in ring]
            for a, b in zip(points, [*points[1:], *points[:1]], strict=True):
                if not self._cross(a, b, crossings):
                    return
        for y, found in crossings.items():
            found.sort()
            for start, end in zip(found[::2], found[1::2], strict=False):
                self._span(y, start, end, colour)

    def _pixel(self, point: Point) -> Point:
        x, y = (point[0] - self.box[0]) * self.scale, (point[1] - self.box[1]) * self.scale
        return min(max(x, -_FAR), _FAR), min(max(y, -_FAR), _FAR)

    def _cross(self, a: Point, b: Point, crossings: dict[int, list[float]]) -> bool:
        """Where an edge crosses the middle of each row; False once that is too much."""
        (x0, y0), (x1, y1) = (a, b) if a[1] <= b[1] else (b, a)
        first, last = max(0, math.ceil(y0 - 0.5)), min(self.height - 1, math.ceil(y1 - 0.5) - 1)
        self.work += max(0, last - first + 1) + 1
        if self.full:
            return False
        for y in range(first, last + 1):
            crossings.setdefault(y, []).append(x0 + (y + 0.5 - y0) * (x1 - x0) / (y1 - y0))
        return True

    def _span(self, y: int, start: float, end: float, colour: int) -> None:
        left, right = max(0, math.ceil(start - 0.5)), min(self.width, math.ceil(end - 0.5))
        if right > left:
            self.rows[y][left:right] = bytes((colour,)) * (right - left)

    def rect(self, box: Box, colour: int) -> None:
        """Fill a rectangle."""
        left, top, right, bottom = box
        self.fill([[(left, top), (right, top), (right, bottom), (left, bottom)]], colour)

    def disc(self, centre: Point, radius: float, colour: int) -> None:
        """Fill a circle."""
        turns = [n * math.tau / 32 for n in range(32)]
        self.fill([[(centre[0] + radius * math.cos(t), centre[1] + radius * math.sin(t)) for t in turns]], colour)

    def line(self, points: Sequence[Point], width: float, colour: int) -> None:
        """Draw a line of some width, with round corners where it is wide."""
        half = max(width, 1.2 / self.scale) / 2
        for a, b in pairwise(points):
            long = math.hypot(b[0] - a[0], b[1] - a[1])
            if long > 0:
                x, y = (b[1] - a[1]) / long * half, (a[0] - b[0]) / long * half
                self.fill(
                    [[(a[0] + x, a[1] + y), (b[0] + x, b[1] + y), (b[0] - x, b[1] - y), (a[0] - x, a[1] - y)]], colour
                )
        if half * self.scale > 2:
            for point in points[1:-1]:
                self.disc(point, half, colour)

    def png(self) -> bytes:
        """The sheet as PNG with a palette."""
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        palette = b"".join(bytes(colour) for colour in self.colours)
        rows = zlib.compress(b"".join(b"\0" + bytes(row) for row in self.rows), 6)
        parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", rows), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bounds(points: Iterable[Point], *, margin: float = 0.0) -> Box | None:
    """The box around points, with a margin as a part of its longer side."""
    xs, ys = [], []
    for x, y in points:
        xs.append(x)
        ys.append(y)
    if not xs:
        return None
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    room = max(right - left, bottom - top, 1e-6) * margin
    return left - room, top - room, right + room, bottom + room


def middle(ring: Sequence[Point]) -> Point:
    """The middle of a polygon's area; of its corners where it has none."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        part = x0 * y1 - x1 * y0
        area, x, y = area + part, x + (x0 + x1) * part, y + (y0 + y1) * part
    if abs(area) < 1e-9:
        return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    return x / (3 * area), y / (3 * area)


def point(value: object) -> Point | None:
    """A point from outside, `{x, y}` or `[x, y]`, that lies somewhere."""
    pair = (value.get("x"), value.get("y")) if isinstance(value, dict) else value
    if not isinstance(pair, list | tuple) or len(pair) < 2:
        return None
    x, y = pair[0], pair[1]
    if any(isinstance(n, bool) or not isinstance(n, int | float) or not abs(n) < 10**6 for n in (x, y)):
        return None
    return float(x), float(y)  # pyright: ignore[reportArgumentType]
