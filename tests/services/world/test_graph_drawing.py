"""Where the nodes of a graph are put, and the drawing that is made of it."""

from __future__ import annotations

import asyncio
import math
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from studio.engine.client import EngineClient
from studio.services.world import entities, kind_editing
from studio.services.world.graph import Graph, neighbourhood
from studio.services.world.graph_layout import NODE_HEIGHT, NODE_WIDTH, Layouts, Places, extent, nearby, rings, settled
from studio.services.world.graph_svg import arrow, bends, bent, edge_sentence, middle, outline, svg
from studio.services.world.relations import add_relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineClient]:
    client = EngineClient()
    yield client
    client.shutdown()


def star(project: Project, points: int) -> RecordId:
    """A hub with so many neighbours, each but the first related to the one before it."""
    hub = entities.create_entity(project, kind="faction", name="The <Hub> & Co").id
    kind_editing.add_kind(project, "Wyrm")
    last = None
    for n in range(points):
        kind = ("npc", "location", "item", "wyrm")[n % 4]
        one = entities.create_entity(project, kind=kind, name=f"Point {n}").id
        add_relation(project, one, "member_of", hub, certainty="rumour" if n == 1 else "fact")
        if last is not None:
            add_relation(project, last, "ally_of", one)
        last = one
    return hub


def within(places: Places) -> bool:
    return all(0 <= value <= 1 for place in places.values() for value in place)


@pytest.mark.parametrize("points", [0, 1, 2, 7, 60])
def test_rings_put_every_node_somewhere_of_its_own(project: Project, points: int) -> None:
    graph = neighbourhood(project, star(project, points), depth=2)
    places = rings(graph)
    assert set(places) == {node.id for node in graph.nodes}
    assert within(places)
    assert places[graph.centre] == (0.5, 0.5)
    apart = [math.dist(a, b) for a, b in combinations(places.values(), 2)]
    assert min(apart, default=1) > 0.3 / (points + 1)


def test_the_engine_gives_places_without_overlaps_and_always_the_same(project: Project, engine: EngineClient) -> None:
    graph = neighbourhood(project, star(project, 40), depth=1)
    layouts = Layouts(engine)
    first = asyncio.run(layouts.settle(graph, rings(graph)))
    assert first is not None
    assert within(first)
    assert first == asyncio.run(layouts.settle(graph, rings(graph)))
    width, height = extent(len(graph.nodes))
    for (ax, ay), (bx, by) in combinations(first.values(), 2):
        assert abs(ax - bx) * width > NODE_WIDTH * 0.8 or abs(ay - by) * height > NODE_HEIGHT * 0.8


def test_what_stood_before_stays_where_it_was(project: Project, engine: EngineClient) -> None:
    hub = star(project, 12)
    before = asyncio.run(Layouts(engine).settle(g := neighbourhood(project, hub, limit=8), rings(g)))
    assert before is not None
    graph = neighbourhood(project, hub, keep=list(before))
    start = nearby(graph, before)
    assert {i: start[i] for i in before} == {i: pytest.approx(at, abs=1e-9) for i, at in before.items()}
    after = asyncio.run(Layouts(engine).settle(graph, start, fixed=before))
    assert after is not None
    near = [math.dist(after[i], before[i]) for i in before]
    assert sum(near) / len(near) < 0.15
    assert len(after) == len(graph.nodes) > len(before)


def test_without_an_engine_there_are_no_places_and_no_error(project: Project) -> None:
    graph = neighbourhood(project, star(project, 3))
    closed = EngineClient()
    closed.shutdown()
    assert asyncio.run(Layouts(closed).settle(graph, rings(graph))) is None


def test_a_headless_drawing_starts_an_engine_of_its_own(project: Project) -> None:
    graph = neighbourhood(project, star(project, 3))
    assert set(asyncio.run(settled(graph))) == {node.id for node in graph.nodes}


def drawn(graph: Graph, **options: object) -> ElementTree.Element:
    return ElementTree.fromstring(svg(graph, rings(graph), **options))  # pyright: ignore[reportArgumentType]


def test_a_drawing_says_everything_in_words(project: Project) -> None:
    graph = neighbourhood(project, star(project, 4), depth=1)
    root = drawn(graph)
    texts = ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]
    assert {"The <Hub> & Co", "Point 0", "member of", "member of · rumour", "Faction", "Rumour"} <= set(texts)
    titles = [t.text for t in root.iter(f"{SVG}title")]
    assert titles[0] == "Relations around The <Hub> & Co"
    assert "Point 1 member of The <Hub> & Co (rumour)" in titles
    assert len([p for p in root.iter(f"{SVG}path") if p.find(f"{SVG}title") is not None]) == len(graph.edges)


def test_a_way_is_drawn_in_the_accent_colour(project: Project) -> None:
    from studio.services.world.graph_svg import PAPER

    graph = neighbourhood(project, star(project, 3), depth=1)
    way = [graph.centre, graph.nodes[1].id]
    strokes = [p.get("stroke") for p in drawn(graph, path=way).iter(f"{SVG}path")]
    assert strokes.count(PAPER.accent) == 1


def test_parallel_edges_swing_apart_whichever_way_they_are_read(project: Project) -> None:
    ada, ben = (entities.create_entity(project, kind="npc", name=name).id for name in ("Ada", "Ben"))
    for one, type_, other in ((ada, "loves", ben), (ben, "fears", ada), (ada, "owes", ben)):
        add_relation(project, one, type_, other)
    graph = neighbourhood(project, ada)
    swing = bends(graph.edges)
    places = {ada: (0.0, 0.0), ben: (100.0, 0.0)}
    tops = []
    for edge in graph.edges:
        one, other = places[edge.from_id], places[edge.to_id]
        tops.append(round(middle(one, bent(one, other, swing[edge.id]), other)[1], 3))
    assert sorted(tops) == [-34.0, 0.0, 34.0]


def test_an_arrow_points_at_its_end() -> None:
    tip, left, right = arrow((0, 0), (100, 0), 20)
    assert tip == (80, 0)
    assert left[0] == right[0] < 80
    assert left[1] == -right[1]


def test_kinds_differ_by_shape_and_one_of_your_own_has_a_shape_too() -> None:
    kinds = ("npc", "faction", "location", "event", "timeline_arc", "item", "quest", "session", "creature", "wyrm")
    assert len({outline(kind) for kind in kinds}) == len(kinds)


def test_an_edge_tells_dates_rank_and_attitude(project: Project) -> None:
    ada, ben = (entities.create_entity(project, kind="npc", name=name).id for name in ("Ada", "Ben"))
    add_relation(
        project, ada, "serves", ben, rank="squire", attitude=-20, valid_from={"year": 812}, valid_to={"year": 815}
    )
    graph = neighbourhood(project, ada)
    names: dict[str, str] = {node.id: node.name for node in graph.nodes}
    told = edge_sentence(graph.edges[0], names)
    assert told == "Ada serves Ben (squire; from 812; until 815; attitude -20)"
