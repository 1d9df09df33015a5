"""The command on how entries hang together: a neighbourhood as lines, JSON or a drawing, and the way between two."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.cli.output import plural
from studio.cli.projects import lens_of, opened
from studio.domain.errors import Invalid, NotFound
from studio.services.world.graph import DEPTHS, Edge, Graph, neighbourhood
from studio.services.world.graph_svg import edge_sentence, svg
from studio.services.world.lookup import meant
from studio.services.world.paths import Step, path_between

if TYPE_CHECKING:
    from argparse import Namespace

    from studio.cli.output import Output
    from studio.domain.ids import RecordId


def graph(arguments: Namespace, output: Output) -> int:
    """The neighbourhood of an entry, or the way from it to another; with --svg also a drawing of it."""
    if arguments.depth not in DEPTHS:
        raise Invalid(f"A graph goes 1 to 3 steps deep, not {arguments.depth}.")
    with opened(arguments.file) as workspace:
        lens = lens_of(workspace, arguments)
        centre = workspace.run_now(meant, arguments.name, lens=lens)
        way: list[Step] | None = []
        if arguments.to:
            way = workspace.run_now(path_between, centre, workspace.run_now(meant, arguments.to, lens=lens), lens=lens)
        keep = [step.id for step in way or ()]
        near = workspace.run_now(
            neighbourhood, centre, depth=arguments.depth, limit=arguments.limit, keep=keep, lens=lens
        )
    if way is None:
        raise NotFound(f"No relation leads from “{arguments.name}” to “{arguments.to}”.")
    if arguments.svg:
        _draw(arguments, near, keep)
    data = {"centre": centre, "nodes": [n._asdict() for n in near.nodes], "edges": [e._asdict() for e in near.edges]}
    if arguments.to:
        data["path"] = [step._asdict() | {"edges": [edge.id for edge in step.edges]} for step in way]
    lines = _way_lines(way) if arguments.to else _lines(near)
    return output.result(data, [*lines, *([f"Drawn: {arguments.svg}"] if arguments.svg else [])])


def _draw(arguments: Namespace, near: Graph, way: list[RecordId]) -> None:
    from studio.services.exchange.writing import whole_file
    from studio.services.world.graph_layout import settled

    drawing = svg(near, asyncio.run(settled(near)), path=way)
    with whole_file(arguments.svg) as partial:
        partial.write_text(drawing, encoding="utf-8")


def _lines(near: Graph) -> list[str]:
    names: dict[str, str] = {node.id: node.name for node in near.nodes}
    hidden = sum(node.hidden for node in near.nodes)
    head = f"{names[near.centre]}: {plural(len(near.nodes) - 1, 'entry', 'entries')} within reach"
    rest = [f"  {plural(hidden, 'neighbour')} beyond it"] if hidden else []
    return [head, *(f"  {edge_sentence(edge, names)}" for edge in near.edges), *rest]


def _way_lines(way: list[Step]) -> list[str]:
    names: dict[str, str] = {step.id: step.name for step in way}
    said: list[Edge] = [edge for step in way for edge in step.edges]
    head = f"{names[way[0].id]} to {names[way[-1].id]}: {plural(len(way) - 1, 'step')}"
    return [head, *(f"  {edge_sentence(edge, names)}" for edge in said)]
