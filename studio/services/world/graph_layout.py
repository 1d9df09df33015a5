"""Where the nodes of a graph stand: rings at once, and the engine's springs as soon as it answers."""

from __future__ import annotations

import asyncio
import logging
import math
from typing import TYPE_CHECKING

from studio.engine.protocol import CallFailed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from studio.engine.client import EngineClient
    from studio.services.world.graph import Graph

log = logging.getLogger(__name__)
Place = tuple[float, float]
Places = dict[str, Place]
"""entity id → (x, y) from 0 to 1, from left to right and from top to bottom."""
NODE_WIDTH, NODE_HEIGHT = 146.0, 86.0
"""What a node needs with its name, in pixels at 100 %."""
_ONE_RING = 24
"""So many nodes stand in one ring, however wide; more of them in several."""
PATIENCE = 10.0
"""Seconds that the engine may take; after that the rings stay."""


def extent(count: int) -> Place:
    """The width and height, in pixels at 100 %, of a picture in which so many nodes have room."""
    side = math.sqrt(max(count, 4))
    return NODE_WIDTH * side * 1.25, NODE_HEIGHT * side * 1.35


def rings(graph: Graph) -> Places:
    """The centre in the middle, around it a ring for each distance; a crowded ring becomes several, close together.

    Within a ring nodes stand by the angle of what they hang on, so that few edges cross.
    """
    angle = _angles(graph)
    places: Places = {graph.centre: (0.5, 0.5)}
    rows: list[tuple[float, list[str]]] = []
    radius = 1.0
    for distance in range(1, max((node.distance for node in graph.nodes), default=0) + 1):
        ring: list[str] = [node.id for node in graph.nodes if node.distance == distance]
        ring.sort(key=lambda i: (angle[i], i))
        radius = max(radius, len(ring) / math.tau) if len(ring) <= _ONE_RING else radius
        count = _rows_for(len(ring), radius)
        rows += [(radius + 0.7 * row, ring[row::count]) for row in range(count)]
        radius += 0.7 * (count - 1) + 1.0
    widest = max((radius for radius, row in rows if row), default=1.0)
    for radius, row in rows:
        for at, record in enumerate(row):
            turn = angle[record] if len(row) < 3 else (at + 0.5) / len(row) * math.tau + angle[row[0]] / len(row)
            reach = radius / widest / 2
            places[record] = (0.5 + reach * math.cos(turn), 0.5 + reach * math.sin(turn))
    return places


def _rows_for(count: int, radius: float) -> int:
    """How many rings hold so many nodes, the first of this radius, each node taking one unit of its ring."""
    rows = 1
    while sum(math.floor(math.tau * (radius + 0.7 * row)) for row in range(rows)) < count:
        rows += 1
    return rows


def _angles(graph: Graph) -> dict[str, float]:
    """The direction of each node: what hangs on a node shares its part of the circle, larger families more of it."""
    children: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    distance: dict[str, int] = {node.id: node.distance for node in graph.nodes}
    near = _neighbours(graph)
    for node in graph.nodes[1:]:
        parents = [i for i in near[node.id] if distance[i] == node.distance - 1]
        children[min(parents)].append(node.id)
    weight: dict[str, int] = {}
    for node in reversed(graph.nodes):
        weight[node.id] = 1 + sum(weight[child] for child in children[node.id])
    angles: dict[str, float] = {graph.centre: 0.0}
    parts: dict[str, Place] = {graph.centre: (0.0, math.tau)}
    for node in graph.nodes:
        start, end = parts[node.id]
        share = (end - start) / max(weight[node.id] - 1, 1)
        for child in children[node.id]:
            stop = start + share * weight[child]
            parts[child], angles[child] = (start, stop), (start + stop) / 2
            start = stop
    return angles


def nearby(graph: Graph, before: Mapping[str, Place], *, room: int = 0) -> Places:
    """Places for all: those known from before, and new ones beside what they hang on; rings where nothing is known.

    `room` is the number of nodes that the picture had before: what was there stays where it was while it grows.
    """
    first = rings(graph)
    now, then = extent(len(graph.nodes)), extent(room or len(graph.nodes))
    grown = (then[0] / now[0], then[1] / now[1])
    placed: Places = {i: before[i] if now == then else _scaled(before[i], grown) for i in first if i in before}
    if len(placed) < 2:
        return first
    near = _neighbours(graph)
    for node in graph.nodes:
        if node.id in placed:
            continue
        friends = [placed[other] for other in sorted(near[node.id]) if other in placed]
        x, y = first[node.id]
        if friends:
            mean_x, mean_y = (sum(place[axis] for place in friends) / len(friends) for axis in (0, 1))
            x, y = mean_x + (x - 0.5) * 0.25, mean_y + (y - 0.5) * 0.25
        placed[node.id] = (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
    return placed


def _scaled(place: Place, grown: Place) -> Place:
    return tuple(0.5 + (place[axis] - 0.5) * grown[axis] for axis in (0, 1))  # pyright: ignore[reportReturnType]


def _neighbours(graph: Graph) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {node.id: set() for node in graph.nodes}
    for edge in graph.edges:
        near[edge.from_id].add(edge.to_id)
        near[edge.to_id].add(edge.from_id)
    return near


class Layouts:
    """Asks the engine for places. Without an engine, or when it fails, there are none, and the rings stay."""

    def __init__(self, engine: EngineClient) -> None:
        self._engine = engine

    async def settle(self, graph: Graph, start: Places, *, fixed: Collection[str] = ()) -> Places | None:
        """Places without overlaps, from `start` on; `fixed` ones stay. None where the engine can't say."""
        order: dict[str, int] = {node.id: at for at, node in enumerate(graph.nodes)}
        width, height = extent(len(order))
        pairs = {(order[e.from_id], order[e.to_id]) for e in graph.edges}
        call = self._engine.call(
            "graph.layout",
            edges=sorted({(min(pair), max(pair)) for pair in pairs}),
            start=[start[i] for i in order],
            fixed=sorted(order[i] for i in fixed if i in order),
            box=(NODE_WIDTH / width, NODE_HEIGHT / height),
        )
        try:
            async with asyncio.timeout(PATIENCE):
                found = await call
        except (CallFailed, TimeoutError) as error:
            log.warning("no layout from the engine: %s", error)
            return None
        return {record: (float(x), float(y)) for record, (x, y) in zip(order, found["places"], strict=True)}


async def settled(graph: Graph) -> Places:
    """Places by an engine that is started for this one graph; rings where it can't be."""
    from studio.engine.client import EngineClient

    engine = EngineClient()
    try:
        start = rings(graph)
        return await Layouts(engine).settle(graph, start) or start
    finally:
        await engine.aclose()
