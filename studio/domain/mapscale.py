"""Distances on a map: points in fractions of its image, a width in miles, kilometres or days of travel."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from studio.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]
"""(x, y): fractions of the image's width and height."""


def path_length(points: Sequence[Point], *, aspect: float) -> float:
    """Length of a path in widths of the image. `aspect` is the image's height divided by its width."""
    return sum(hypot(b[0] - a[0], (b[1] - a[1]) * aspect) for a, b in pairwise(points))


def width_from(start: Point, end: Point, *, distance: float, aspect: float) -> float:
    """How wide the whole image is if these two points lie this far apart. Raises Invalid where that says nothing."""
    length = path_length((start, end), aspect=aspect)
    if distance <= 0:
        raise Invalid("A distance is more than nothing. Type how far the two points lie apart.")
    if length < 1e-6:
        raise Invalid("The two points are the same. Mark two that lie apart.")
    return distance / length


def said(distance: float, unit: str) -> str:
    """A distance in words: three figures are enough for any map."""
    if distance >= 100:
        figures = f"{distance:,.0f}"
    else:
        figures = f"{distance:.1f}" if distance >= 10 else f"{distance:.2f}"
        figures = figures.rstrip("0").rstrip(".")
    return f"{figures} {unit}".strip()
