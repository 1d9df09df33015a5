"""What a graph's picture knows apart from pixels: where nodes stand, what is under a point, where a key leads."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from studio.services.world.graph_layout import extent
from studio.services.world.graph_svg import bends

if TYPE_CHECKING:
    from studio.services.world.graph import Edge, Graph, Node
    from studio.services.world.graph_layout import Place, Places

_CONE = 1.25
"""Half the angle, in radians, in which an arrow key looks for the next node."""


class Picture:
    """A graph with its places. Points are in pixels at 100 %, from the picture's top left corner."""

    def __init__(self, graph: Graph, places: Places, *, shape: float = 0.0) -> None:
        self.graph = graph
        self.width, self.height = _stretched(extent(len(graph.nodes)), shape)
        self.nodes: dict[str, Node] = {node.id: node for node in graph.nodes}
        self.names: dict[str, str] = {node.id: node.name for node in graph.nodes}
        self.swing = bends(graph.edges)
        self.edges_of: dict[str, list[Edge]] = defaultdict(list)
        for edge in graph.edges:
            self.edges_of[edge.from_id].append(edge)
            self.edges_of[edge.to_id].append(edge)
        self.points: dict[str, Place] = {}
        self.place(places)

    def place(self, places: Places) -> None:
        """Put the nodes somewhere else."""
        self.points = {i: (x * self.width, y * self.height) for i, (x, y) in places.items() if i in self.nodes}

    def places(self) -> Places:
        """Where the nodes stand, from 0 to 1."""
        return {i: (x / self.width, y / self.height) for i, (x, y) in self.points.items()}

    def reshape(self, shape: float) -> None:
        """Take the form of another window: `shape` is its width by its height."""
        places = self.places()
        self.width, self.height = _stretched(extent(len(self.nodes)), shape)
        self.place(places)

    def move(self, record_id: str, point: Place) -> None:
        """Put one node somewhere else."""
        self.points[record_id] = point

    def neighbours(self, record_id: str) -> list[str]:
        """What a node is related to, each once, in the order of the graph."""
        near = {str(edge.other(record_id)) for edge in self.edges_of[record_id]}
        return [i for i in self.nodes if i in near]

    def nearest(self, point: Place, within: float) -> str:
        """The node nearest to a point, or nothing when none is so near."""
        found = min(self.points, key=lambda i: math.dist(self.points[i], point), default="")
        return found if found and math.dist(self.points[found], point) <= within else ""

    def towards(self, record_id: str, dx: float, dy: float) -> str:
        """Where an arrow key leads: the neighbour that lies best in this direction, or nothing."""
        start = self.points[record_id]
        best, least = "", math.inf
        for other in self.neighbours(record_id):
            x, y = self.points[other][0] - start[0], self.points[other][1] - start[1]
            off = abs(math.remainder(math.atan2(y, x) - math.atan2(dy, dx), math.tau))
            cost = math.hypot(x, y) * (1 + off)
            if off <= _CONE and cost < least:
                best, least = other, cost
        return best

    def bounds(self, zoom: float = 1.0) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what the nodes and their names take; those don't shrink with the picture."""
        xs, ys = zip(*self.points.values(), strict=True)
        beside, above, below = (pixels / min(zoom, 1.0) for pixels in (BESIDE, ABOVE, BELOW))
        return min(xs) - beside, min(ys) - above, max(xs) + beside, max(ys) + below

    def zoom_for(self, width: float, height: float) -> float:
        """The zoom at which all of it, names included, just fits into so many pixels."""
        xs, ys = zip(*self.points.values(), strict=True)
        wide, high = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
        return min((width - 2 * BESIDE) / wide, (height - ABOVE - BELOW) / high)


BESIDE, ABOVE, BELOW = 116, 34, 62
"""Pixels that a node with its name wants around its middle."""


def _stretched(size: Place, shape: float) -> Place:
    """A size that fills a window of this shape better: one side grows, at most to the double, none shrinks."""
    width, height = size
    if not shape:
        return size
    grown = min(max(shape / (width / height), 0.5), 2.0)
    return (width * grown, height) if grown > 1 else (width, height / grown)
