"""Sessions: planned one from another, clues handed on until delivered, and what appeared in them on both ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.errors import Invalid, NotFound
from studio.domain.ids import RecordId
from studio.domain.lens import Lens
from studio.domain.world import Entity, Relation
from studio.domain.worldkit import Clue
from studio.services import history
from studio.services.world import entities, relations, sessions, trash
from studio.storage.project import Project

PARTY = Lens(audience="party")


def commits(project: Project) -> int:
    return project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0]


def texts(project: Project, session: RecordId) -> list[tuple[str, str]]:
    return [(row.clue.text, row.place) for row in sessions.sheet(project, session)]


def test_the_next_session_takes_over_number_characters_and_open_clues_in_one_commit(project: Project) -> None:
    entities.create_entity(project, kind="npc", name="Ash", fields={"is_pc": True})
    entities.create_entity(project, kind="npc", name="Guard")
    first = sessions.next_session(project)
    assert (first.name, [link.text for link in first.fields["present"]]) == ("Session 1", ["Ash"])  # pyright: ignore
    given = sessions.add_clue(project, first.id, " The key  is false ")
    sessions.add_clue(project, first.id, "Mirel lies")
    sessions.deliver(project, given.id, first.id)
    before = commits(project)
    second = sessions.next_session(project)
    assert commits(project) == before + 1
    assert (second.name, second.fields["number"]) == ("Session 2", 2)
    assert texts(project, second.id) == [("Mirel lies", "")]
    assert texts(project, first.id) == [("The key is false", "here"), ("Mirel lies", "")]
    history.undo(project)
    assert [one.name for one in sessions.sessions(project)] == ["Session 1"]
    assert all(len(clue.planned_in) == 1 for clue in project.all(Clue))


def test_a_clue_says_where_it_was_given_away_on_every_sheet_that_had_it(project: Project) -> None:
    first = sessions.next_session(project).id
    clue = sessions.add_clue(project, first, "Mirel lies")
    second = sessions.next_session(project).id
    sessions.deliver(project, clue.id, second)
    (old,), (new,) = sessions.sheet(project, first), sessions.sheet(project, second)
    assert (old.place, old.delivered, old.since) == ("elsewhere", "Session 2", "")
    assert (new.place, new.since) == ("here", "Session 1")
    sessions.deliver(project, clue.id, None)
    assert [one.id for one in sessions.open_clues(project)] == [clue.id]
    assert sessions.take_over(project, second) == 0


def test_a_clue_given_away_in_a_session_that_did_not_plan_it_is_on_its_sheet(project: Project) -> None:
    first, other = sessions.next_session(project).id, entities.create_entity(project, kind="session", name="Aside").id
    clue = sessions.add_clue(project, first, "Mirel lies")
    sessions.deliver(project, clue.id, other)
    assert texts(project, other) == [("Mirel lies", "here")]


def test_an_empty_clue_is_refused(project: Project) -> None:
    first = sessions.next_session(project).id
    with pytest.raises(Invalid):
        sessions.add_clue(project, first, " \n ")
    clue = sessions.add_clue(project, first, "x")
    for bad in ({"text": ""}, {"planned_in": ()}):
        with pytest.raises(Invalid):
            sessions.update_clue(project, clue.id, bad)
    with pytest.raises(NotFound):
        sessions.deliver(project, clue.id, RecordId("nowhere"))


def test_links_of_a_session_are_one_row_each_and_read_as_appeared_in(project: Project) -> None:
    mirel = entities.create_entity(project, kind="npc", name="Mirel").id
    entities.create_entity(project, kind="location", name="Port Ash")
    entities.create_entity(project, kind="npc", name="Ash", fields={"is_pc": True})
    fields = {"npcs": "Mirel", "locations": "Port Ash", "present": "Ash"}
    session = entities.create_entity(project, kind="session", name="One", fields=fields).id
    assert sorted(r.type for r in project.all(Relation)) == ["appeared_in", "appeared_in", "attended"]
    assert [(row.label, row.other_name) for row in relations.relations_of(project, mirel)] == [("appeared in", "One")]
    entities.update_entity(project, session, {"fields.npcs": None})
    assert relations.relations_of(project, mirel) == []
    relations.add_relation(project, mirel, "appeared_in", session)
    assert [link.text for link in project.get(Entity, session).fields["npcs"]] == ["Mirel"]  # pyright: ignore
    assert len([r for r in project.all(Relation) if r.type == "appeared_in"]) == 2


def test_what_is_prepared_stays_the_game_masters(project: Project) -> None:
    first = sessions.next_session(project).id
    clue = sessions.add_clue(project, first, "Mirel lies")
    assert sessions.sheet(project, first, PARTY) == []
    entities.set_visibility(project, [first], "party")
    assert sessions.sheet(project, first, PARTY) == []
    sessions.update_clue(project, clue.id, {"visibility": "party"})
    assert [row.clue.text for row in sessions.sheet(project, first, PARTY)] == ["Mirel lies"]


def test_a_clue_outlives_the_purge_of_its_session(project: Project) -> None:
    first, second = sessions.next_session(project).id, sessions.next_session(project).id
    clue = sessions.add_clue(project, first, "Mirel lies")
    sessions.deliver(project, clue.id, second)
    trash.delete(project, [second])
    trash.purge(project, [second])
    kept = project.get(Clue, clue.id)
    assert (kept.delivered_in, kept.planned_in) == (None, (first,))
    history.undo(project)
    assert project.get(Clue, clue.id).delivered_in == second


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["next", "clue", "give", "back", "drop", "over", "edit"]), st.integers(0, 5)),
                max_size=12))  # fmt: skip
def test_undo_of_everything_is_the_first_state_and_redo_the_last(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    project = Project.create(tmp_path_factory.mktemp("s") / "w.ttrpg", name="W", author="a", device="d")
    sessions.next_session(project)
    states = [state(project)]
    for step, n in steps:
        before = commits(project)
        act(project, step, n)
        assert commits(project) in (before, before + 1)
        if commits(project) > before:
            states.append(state(project))
    for wanted in reversed(states[:-1]):
        history.undo(project)
        assert state(project) == wanted
    for wanted in states[1:]:
        history.redo(project)
        assert state(project) == wanted
    project.close()


def act(project: Project, step: str, n: int) -> None:
    known = sessions.sessions(project)
    session, clues = known[n % len(known)].id, project.all(Clue)
    clue = clues[n % len(clues)].id if clues else None
    if step == "next":
        sessions.next_session(project)
    elif step == "clue":
        sessions.add_clue(project, session, f"c{n}")
    elif step == "over":
        sessions.take_over(project, session)
    elif clue is not None and step in ("give", "back"):
        sessions.deliver(project, clue, session if step == "give" else None)
    elif clue is not None and step == "edit":
        sessions.update_clue(project, clue, {"text": f"e{n}"})
    elif clue is not None:
        sessions.remove_clue(project, clue)


def state(project: Project) -> object:
    stamps = {"rev", "hlc", "updated_at", "updated_by", "created_at", "created_by"}
    clues = [clue.model_dump(exclude=stamps) for clue in project.all(Clue)]
    return clues, [(e.name, e.fields) for e in project.all(Entity)]
