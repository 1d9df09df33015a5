"""The graph of a neighbourhood and the path between two entries, against a plain walk over all that may be seen."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import Invalid, NotFound
from studio.domain.families import FAMILY_WORDS, family_of
from studio.domain.lens import Lens, may_see
from studio.domain.vocabulary import RELATIONS
from studio.domain.world import Entity, Relation
from studio.services.world import entities, trash
from studio.services.world.graph import Graph, counted, in_use, more, neighbourhood
from studio.services.world.lenses import day_of
from studio.services.world.paths import path_between
from studio.services.world.reach import EVERYTHING, Only
from studio.services.world.relations import add_relation, remove_relation, update_relation
from studio.storage.project import Project

if TYPE_CHECKING:
    from studio.domain.ids import RecordId

KINDS = ("npc", "faction", "location")
TYPES = ("member_of", "rival_of", "knows")
EYES = (Lens(), Lens(audience="party"), Lens(audience="public"))


class World(NamedTuple):
    """A random world: entities as (kind, visibility, trashed), links as (from, type, to, visibility, certainty)."""

    entities: list[tuple[str, str, bool]]
    links: list[tuple[int, str, int, str, str]]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    size = draw(st.integers(1, 12))
    seen = st.sampled_from(("gm", "party", "public"))
    ends = st.integers(0, size - 1)
    return World(
        draw(st.lists(st.tuples(st.sampled_from(KINDS), seen, st.booleans()), min_size=size, max_size=size)),
        draw(
            st.lists(
                st.tuples(ends, st.sampled_from(TYPES), ends, seen, st.sampled_from(("fact", "rumour"))), max_size=24
            )
        ),
    )


class Made(NamedTuple):
    """The world in a file. `gone` are entities in the trash."""

    ids: list[RecordId]
    world: World
    relations: dict[RecordId, tuple[int, str, int, str, str]]


def put(project: Project, world: World) -> Made:
    relations = {}
    with project.commit("test.fill", "Fill") as commit:
        made = [
            commit.put(Entity(kind=kind, name=f"E{n}", visibility=seen))
            for n, (kind, seen, _) in enumerate(world.entities)
        ]
        for one, type_, other, seen, certainty in world.links:
            relation = Relation(
                from_id=made[one].id, type=type_, to_id=made[other].id, visibility=seen,
                certainty="fact" if certainty == "fact" else "rumour",
            )  # fmt: skip
            relations[commit.put(relation).id] = (one, type_, other, seen, certainty)
        for entity, (_, _, gone) in zip(made, world.entities, strict=True):
            if gone and entity is not made[0]:
                commit.delete(entity)
    return Made([entity.id for entity in made], world, relations)


class Plain:
    """The same questions, answered by looking at everything."""

    def __init__(self, made: Made, only: Only, lens: Lens) -> None:
        self.seen = {
            made.ids[n]
            for n, (kind, visibility, gone) in enumerate(made.world.entities)
            if may_see(lens.audience, visibility) and (n == 0 or (not gone and kind in (only.kinds or KINDS)))
        }
        self.links = {
            record: (made.ids[one], made.ids[other])
            for record, (one, type_, other, visibility, certainty) in made.relations.items()
            if may_see(lens.audience, visibility)
            and one != other
            and type_ in (only.types or TYPES)
            and certainty in (only.certainties or (certainty,))
            and {made.ids[one], made.ids[other]} <= self.seen
        }

    def near(self, record: str) -> set[str]:
        return {b if a == record else a for a, b in self.links.values() if record in (a, b)}

    def distances(self, start: str) -> dict[str, int]:
        steps, front = {start: 0}, [start]
        while front:
            one = front.pop(0)
            for other in self.near(one) - steps.keys():
                steps[other] = steps[one] + 1
                front.append(other)
        return steps


filters = st.builds(
    Only,
    kinds=st.sampled_from(((), ("npc",), ("npc", "faction"))),
    types=st.sampled_from(((), ("knows",), ("knows", "rival_of"))),
    certainties=st.sampled_from(((), ("fact",))),
)


@settings(max_examples=60, deadline=None)
@given(world=worlds(), only=filters, lens=st.sampled_from(EYES), depth=st.integers(1, 3), limit=st.integers(1, 14))
def test_a_graph_is_what_a_plain_walk_finds(world: World, only: Only, lens: Lens, depth: int, limit: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(Path(folder) / "w.ttrpg", name="W", author="a", device="d")
        try:
            made = put(project, world)
            plain = Plain(made, only, lens)
            if made.ids[0] not in plain.seen:
                with pytest.raises(NotFound):
                    neighbourhood(project, made.ids[0], lens=lens)
                return
            graph = neighbourhood(project, made.ids[0], depth=depth, limit=limit, only=only, lens=lens)
            check(graph, plain, made.ids[0], depth, limit)
            quick = neighbourhood(project, made.ids[0], depth=depth, limit=limit, only=only, count=False, lens=lens)
            assert counted(project, quick, only=only, lens=lens) == graph
            for node in graph.nodes:
                drawn = [n.id for n in graph.nodes]
                rest = more(project, node.id, drawn=drawn, only=only, lens=lens)
                assert {one.id for one in rest} == plain.near(node.id) - set(drawn)
                assert len(rest) == node.hidden
        finally:
            project.close()


def check(graph: Graph, plain: Plain, centre: RecordId, depth: int, limit: int) -> None:
    steps = {record: n for record, n in plain.distances(centre).items() if n <= depth}
    drawn = {node.id: node for node in graph.nodes}
    assert len(drawn) == min(limit, len(steps))
    assert all(node.distance == steps[node.id] for node in graph.nodes)
    assert [node.distance for node in graph.nodes] == sorted(node.distance for node in graph.nodes)
    farthest = max(node.distance for node in graph.nodes)
    assert all(record in drawn for record, n in steps.items() if n < farthest)
    assert {e.id for e in graph.edges} == {r for r, ends in plain.links.items() if set(ends) <= drawn.keys()}
    assert all((edge.from_id, edge.to_id) == plain.links[edge.id] for edge in graph.edges)
    assert all(node.hidden == len(plain.near(node.id) - drawn.keys()) for node in graph.nodes)


@settings(max_examples=60, deadline=None)
@given(world=worlds(), lens=st.sampled_from(EYES), data=st.data())
def test_a_path_is_a_shortest_one(world: World, lens: Lens, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(Path(folder) / "w.ttrpg", name="W", author="a", device="d")
        try:
            made = put(project, world)
            plain = Plain(made, EVERYTHING, lens)
            start, end = (data.draw(st.sampled_from(made.ids)) for _ in range(2))
            if not {start, end} <= plain.seen:
                with pytest.raises(NotFound):
                    path_between(project, start, end, lens=lens)
                return
            way = path_between(project, start, end, lens=lens)
            steps = plain.distances(start)
            if way is None:
                assert end not in steps
                return
            assert [way[0].id, way[-1].id] == [start, end]
            assert len(way) == steps[end] + 1
            for step, following in itertools.pairwise(way):
                pair = {step.id, following.id}
                assert {e.id for e in step.edges} == {r for r, ends in plain.links.items() if set(ends) == pair}
                assert step.edges
        finally:
            project.close()


def chain(project: Project, *names: str) -> list[RecordId]:
    """Entities in a row, each related to the next."""
    made = [entities.create_entity(project, kind="npc", name=name).id for name in names]
    for one, other in itertools.pairwise(made):
        add_relation(project, one, "parent_of", other)
    return made


def test_an_edge_reads_from_both_ends_and_parallel_ones_stay_apart(project: Project) -> None:
    ada, ben = chain(project, "Ada", "Ben")
    add_relation(project, ben, "fears", ada, certainty="rumour", attitude=-40, valid_to={"year": 812})
    edges = {edge.type: edge for edge in neighbourhood(project, ada, depth=1).edges}
    assert (edges["parent_of"].reads(ada), edges["parent_of"].reads(ben)) == ("parent of", "child of")
    fears = edges["fears"]
    assert (fears.family, fears.certainty, fears.attitude, fears.until) == ("conflict", "rumour", -40, "812")
    assert fears.reads(ada) == "feared by"


def test_over_the_limit_the_better_connected_stay(project: Project) -> None:
    hub = entities.create_entity(project, kind="faction", name="Hub").id
    people = [entities.create_entity(project, kind="npc", name=f"P{n}").id for n in range(8)]
    for person in people:
        add_relation(project, person, "member_of", hub)
    add_relation(project, people[6], "ally_of", people[7])
    graph = neighbourhood(project, hub, depth=1, limit=3)
    assert [node.name for node in graph.nodes] == ["Hub", "P6", "P7"]
    assert graph.nodes[0].hidden == 6
    assert [one.name for one in more(project, hub, drawn=[n.id for n in graph.nodes], limit=2)] == ["P0", "P1"]


def test_what_is_kept_is_drawn_before_the_rest(project: Project) -> None:
    far = chain(project, "A", "B", "C", "D")
    for n in range(5):
        other = entities.create_entity(project, kind="npc", name=f"X{n}").id
        add_relation(project, far[0], "ally_of", other)
    graph = neighbourhood(project, far[0], depth=1, limit=5, keep=far)
    assert {"A", "B", "C", "D"} < {node.name for node in graph.nodes}
    assert len(graph.nodes) == 5
    assert graph.node(far[3]) is not None
    assert {node.name: node.distance for node in graph.nodes}["D"] == 3
    loose = entities.create_entity(project, kind="npc", name="Loose").id
    assert neighbourhood(project, far[0], keep=[loose]).node(loose) is None


def test_what_lies_in_the_trash_is_neither_drawn_nor_walked_through(project: Project) -> None:
    ada, ben, cleo = chain(project, "Ada", "Ben", "Cleo")
    trash.delete(project, [ben])
    assert [node.name for node in neighbourhood(project, ada, depth=3).nodes] == ["Ada"]
    assert path_between(project, ada, cleo) is None
    with pytest.raises(NotFound):
        neighbourhood(project, ben)


def test_a_graph_needs_a_depth_and_room(project: Project) -> None:
    (ada,) = chain(project, "Ada")
    with pytest.raises(Invalid):
        neighbourhood(project, ada, depth=0)
    assert [node.name for node in neighbourhood(project, ada, limit=1).nodes] == ["Ada"]


def test_what_a_world_uses_is_offered_in_words(project: Project) -> None:
    ada, ben = chain(project, "Ada", "Ben")
    add_relation(project, ada, "owes a favour", ben)
    found = in_use(project)
    assert found.types == (("owes_a_favour", "owes a favour"), ("parent_of", "parent of"))
    assert found.kinds == (("npc", "NPCs"),)
    assert in_use(project, lens=Lens(audience="party")) == ((), ())


def test_as_of_a_day_only_what_held_then_is_drawn(project: Project) -> None:
    old, new, town = (entities.create_entity(project, kind=k, name=n).id for k, n in (("npc", "Old"), ("npc", "New"),
                                                                                     ("location", "Town")))  # fmt: skip
    entities.update_entity(project, old, {"fields.death": {"year": 812}})
    entities.update_entity(project, new, {"fields.birth": {"year": 800}})
    add_relation(project, old, "rules", town, valid_from={"year": 780}, valid_to={"year": 812})
    add_relation(project, new, "rules", town, valid_from={"year": 813})
    days = {year: day_of(project, str(year)) for year in (790, 811, 820)}

    def seen(year: int, only: Only = EVERYTHING, audience: str = "gm") -> tuple[set[str], set[bool]]:
        lens = Lens(audience=audience, as_of=days[year])
        graph = neighbourhood(project, town, only=only, lens=lens)
        return {node.name for node in graph.nodes}, {edge.holds for edge in graph.edges}

    assert path_between(project, town, old, lens=Lens(as_of=days[820])) is None
    assert path_between(project, town, old, only=Only(any_time=True), lens=Lens(as_of=days[820])) is not None
    assert seen(790) == ({"Town", "Old"}, {True})
    assert seen(811) == ({"Town", "Old"}, {True})
    assert seen(820) == ({"Town", "New"}, {True})
    assert seen(820, Only(any_time=True)) == ({"Town", "Old", "New"}, {True, False})
    every = neighbourhood(project, town, only=Only(any_time=True), lens=Lens(as_of=days[790]))
    assert {node.name: node.standing for node in every.nodes} == {"Town": "", "Old": "", "New": "to come"}
    late = neighbourhood(project, town, only=Only(any_time=True), lens=Lens(as_of=days[820]))
    assert {node.name: node.standing for node in late.nodes} == {"Town": "", "Old": "gone", "New": ""}
    assert {edge.since for edge in late.edges} == {"780", "813"}


def test_links_in_fields_and_texts_are_drawn_where_asked(project: Project) -> None:
    guild = entities.create_entity(project, kind="faction", name="Guild", visibility="party").id
    hall = entities.create_entity(project, kind="location", name="Hall", visibility="party").id
    ada = entities.create_entity(
        project,
        kind="npc",
        name="Ada",
        visibility="party",
        body="Loves the [[Hall]].\n\n> [!secret]\n> Hates [[Guild]].",
    ).id
    entities.update_entity(project, guild, {"fields.headquarters": "Hall", "fields.leader": "Ada"})
    add_relation(project, ada, "lives_in", hall, visibility="party")
    for relation in project.all(Relation):
        update_relation(project, relation.id, {"visibility": "party"})

    def weak(lens: Lens) -> set[tuple[str, str, str]]:
        graph = neighbourhood(project, ada, only=Only(weak=True), lens=lens)
        names = {node.id: node.name for node in graph.nodes}
        assert {edge.type for edge in graph.edges if not edge.weak} == {"leads", "lives_in"}
        return {(names[e.from_id], e.label, names[e.to_id]) for e in graph.edges if e.weak}

    assert weak(Lens()) == {("Guild", "headquarters", "Hall")}, "what is related anyway needs no mention"
    remove_relation(project, next(r.id for r in project.all(Relation) if r.type == "lives_in"))
    entities.update_entity(project, hall, {"body": "Built by the [[Guild]]."})
    graph = neighbourhood(project, ada, depth=1, only=Only(weak=True), keep=[guild, hall])
    assert hall not in {node.id for node in graph.nodes}, "weak ties are drawn, but not walked along"
    add_relation(project, guild, "owns", hall, visibility="party")
    told = {(e.from_id, e.label) for e in neighbourhood(project, ada, only=Only(weak=True)).edges if e.weak}
    assert told == {(guild, "headquarters"), (ada, "mentions")}


def test_a_weak_tie_tells_the_party_no_secret(project: Project) -> None:
    ada, ben, cleo = chain(project, "Ada", "Ben", "Cleo")
    entities.set_visibility(project, [ada, ben, cleo], "party")
    for relation in project.all(Relation):
        update_relation(project, relation.id, {"visibility": "party"})
    entities.update_entity(project, ada, {"body": "> [!secret]\n> Mother of [[Cleo]]."})
    only = Only(weak=True)
    assert [edge.label for edge in neighbourhood(project, ada, only=only).edges if edge.weak] == ["mentions"]
    party = neighbourhood(project, ada, only=only, lens=Lens(audience="party"))
    assert len(party.nodes) == 3
    assert not [edge for edge in party.edges if edge.weak]


def test_a_filter_by_certainty_tells_nobody_what_is_a_lie(project: Project) -> None:
    ada, ben = chain(project, "Ada", "Ben")
    entities.set_visibility(project, [ada, ben], "party")
    lie = add_relation(project, ada, "loves", ben, certainty="lie", visibility="party").id
    party = Lens(audience="party")
    seen = {
        word: [edge.id for edge in neighbourhood(project, ada, only=Only(certainties=(word,)), lens=party).edges]
        for word in ("fact", "lie")
    }
    assert seen == {"fact": [lie], "lie": []}


def test_the_party_never_sees_beyond_its_day(project: Project) -> None:
    ada, ben = chain(project, "Ada", "Ben")
    entities.set_visibility(project, [ada, ben], "party")
    add_relation(project, ada, "loves", ben, valid_from={"year": 900}, visibility="party")
    lens = Lens(audience="party", as_of=day_of(project, "850"))
    assert neighbourhood(project, ada, only=Only(any_time=True), lens=lens).edges == ()


def test_every_family_has_types_of_the_vocabulary() -> None:
    assert {family_of(name) for name in RELATIONS} == set(FAMILY_WORDS)
    assert [family_of(word) for word in ("spouse_of", "enemy_of", "owes_a_favour")] == ["kin", "conflict", "other"]
