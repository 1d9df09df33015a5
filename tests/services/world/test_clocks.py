"""Clocks and fronts: ticked within their ends, turned out of a blueprint in one commit, undone, kept from players."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.blueprint import Blueprint, Front, WorldHooks
from studio.domain.errors import Invalid, NotFound
from studio.domain.lens import Lens
from studio.domain.world import Entity
from studio.domain.worldkit import Clock
from studio.services import history
from studio.services.world import clocks, entities, fronts, merge, trash
from studio.services.world.fronts import Portent
from studio.storage.project import Project

PARTY = Lens(audience="party")


def commits(project: Project) -> int:
    return project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0]


@pytest.mark.parametrize(
    ("words", "found"),
    [("6", (6, 0)), ("8 segments", (8, 0)), ("2/8", (8, 2)), ("3 of 6", (6, 3)), ("", (6, 0)), ("soon", (6, 0)),
     ("100", (24, 0)), ("1", (2, 0)), ("9/4", (4, 4))],
)  # fmt: skip
def test_a_clock_in_words_is_read(words: str, found: tuple[int, int]) -> None:
    assert clocks.segments_in(words) == found


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 24), st.lists(st.integers(-5, 5), max_size=10))
def test_a_clock_never_leaves_its_ends_and_each_tick_is_one_undo(
    tmp_path_factory: pytest.TempPathFactory, segments: int, ticks: list[int]
) -> None:
    project = Project.create(tmp_path_factory.mktemp("c") / "w.ttrpg", name="W", author="a", device="d")
    clock = clocks.add_clock(project, name="Flood", segments=segments)
    seen = [0]
    for by in ticks:
        before = commits(project)
        now = clocks.tick(project, clock.id, by).filled
        assert now == max(0, min(seen[-1] + by, segments))
        assert commits(project) - before == (now != seen[-1])
        seen += [now] if now != seen[-1] else []
    for wanted in reversed(seen[:-1]):
        history.undo(project)
        assert project.get(Clock, clock.id).filled == wanted
    history.undo(project)
    assert project.all(Clock) == []
    project.close()


def test_a_smaller_clock_is_no_fuller_than_full(project: Project) -> None:
    clock = clocks.add_clock(project, name="Flood", segments=8, filled=7)
    assert clocks.update_clock(project, clock.id, {"segments": 4}).filled == 4
    for bad in ({"segments": 1}, {"name": " "}, {"colour": "red"}):
        with pytest.raises(Invalid):
            clocks.update_clock(project, clock.id, bad)


def test_players_see_open_clocks_of_open_entries_without_what_follows(project: Project) -> None:
    court = entities.create_entity(project, kind="faction", name="Court", visibility="party").id
    clock = clocks.add_clock(project, name="Coup", owner_id=court, consequence="The king dies")
    assert clocks.clocks_of(project, court, PARTY) == []
    clocks.update_clock(project, clock.id, {"visibility": "party"})
    (seen,) = clocks.clocks_of(project, court, PARTY)
    assert (seen.name, seen.consequence) == ("Coup", "")
    entities.set_visibility(project, [court], "gm")
    assert clocks.clocks_of(project, court, PARTY) == []


def test_clocks_follow_a_merge_and_go_with_a_purge(project: Project) -> None:
    one, other = (entities.create_entity(project, kind="faction", name=n).id for n in ("Court", "Reed Court"))
    clocks.add_clock(project, name="Coup", owner_id=other)
    merge.merge_entities(project, one, [other])
    assert [c.name for c in clocks.clocks_of(project, one)] == ["Coup"]
    trash.delete(project, [one])
    trash.purge(project, [one])
    assert project.all(Clock) == []
    history.undo(project)
    assert [c.name for c in project.all(Clock)] == ["Coup"]


def test_a_front_comes_with_its_clock_in_one_commit(project: Project) -> None:
    before = commits(project)
    made = fronts.create_front(
        project, name="The Drowning", stakes="Does the dam hold?", portents=["Wells turn salt", "[x] Gulls flee"]
    )
    assert commits(project) == before + 1
    (row,) = fronts.fronts(project)
    assert row.portents == (Portent(text="Wells turn salt"), Portent(text="Gulls flee", done=True))
    assert [(c.name, c.segments) for c in row.clocks] == [("The Drowning", 6)]
    history.undo(project)
    assert (fronts.fronts(project), project.all(Clock)) == ([], [])
    assert made.fields["arc_kind"] == "front"


def test_portents_are_ticked_added_and_removed(project: Project) -> None:
    front = fronts.create_front(project, name="Flood", portents=["One", "Two"]).id
    fronts.tick_portent(project, front, 1, done=True)
    fronts.add_portent(project, front, " Three \n")
    assert project.get(Entity, front).fields["portents"] == ["One", "[x] Two", "Three"]
    fronts.remove_portent(project, front, 0)
    fronts.tick_portent(project, front, 0, done=False)
    assert [p.text for p in fronts.fronts(project)[0].portents] == ["Two", "Three"]
    for bad in (7, -1):
        with pytest.raises(NotFound):
            fronts.tick_portent(project, front, bad, done=True)


def test_the_fronts_of_a_blueprint_become_real_in_one_commit_and_only_once(project: Project) -> None:
    hooks = WorldHooks(fronts=(
        Front(name="The Drowning", stakes="Does the dam hold?", clock="2/8", portents=("Wells turn salt",)),
        Front(name="The Heir", clock="4 segments"), Front(name=""),
    ))  # fmt: skip
    with project.commit("test", "blueprint") as commit:
        blueprint = commit.put(Blueprint(world=hooks))
    assert [name for _, name in fronts.waiting(project)] == ["The Drowning", "The Heir"]
    before = commits(project)
    made = fronts.from_blueprint(project, blueprint.id)
    assert commits(project) == before + 1
    rows = {row.name: row for row in fronts.fronts(project)}
    assert {n: [(c.segments, c.filled) for c in row.clocks] for n, row in rows.items()} == {
        "The Drowning": [(8, 2)], "The Heir": [(4, 0)],
    }  # fmt: skip
    assert made[0].prov["fields.stakes"][0].ref_id == blueprint.id
    assert fronts.waiting(project) == []
    with pytest.raises(Invalid, match="already"):
        fronts.from_blueprint(project, blueprint.id)
    history.undo(project)
    assert (fronts.fronts(project), project.all(Clock)) == ([], [])


def test_players_see_an_open_front_without_its_portents(project: Project) -> None:
    front = fronts.create_front(project, name="Flood", portents=["Wells turn salt"]).id
    assert fronts.fronts(project, PARTY) == []
    entities.set_visibility(project, [front], "party")
    (row,) = fronts.fronts(project, PARTY)
    assert (row.name, row.portents, row.clocks) == ("Flood", (), ())
