"""The snapshot that the checker reads: what a project states, with its dates as spans of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.continuity import reading
from studio.services.continuity.check import check
from studio.services.world import calendars, claims, entities, relations
from studio.services.world.entries import create_entry

if TYPE_CHECKING:
    import pytest

    from studio.storage.project import Project


def test_a_world_holds_entities_statements_and_notes_with_their_days(project: Project) -> None:
    mill = entities.create_entity(project, kind="location", name="The Mill", fields={"founded": {"year": 100}})
    ana = entities.create_entity(project, kind="npc", name="Ana", aliases=["the Miller"], fields={"age": "40"})
    owns = relations.add_relation(project, ana.id, "owns", mill.id, valid_from={"year": 120})
    says = claims.add_claim(project, ana.id, "eye_colour", "grey", certainty="rumour")
    note = create_entry(project, title="Session 1", body="We met [[the Miller]].", mode="session")
    world = reading.read(project)
    assert [f.id for f in world.facts_of(ana.id)] == [owns.id, says.id]
    assert [f.id for f in world.facts_to(mill.id)] == [owns.id]
    begin = world.things[mill.id].begin
    assert begin
    assert begin.hi - begin.lo == 359
    assert world.words(world.facts[owns.id].start) == "120"
    assert world.meant("THE MILLER") == (ana.id,)
    assert [link.target for link in world.notes[note.id].links] == ["the Miller"]
    assert [(f.predicate, f.value) for f in world.field_facts(world.things[ana.id])] == [("age", "40")]


def test_slices_put_together_are_the_whole(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(7):
        entities.create_entity(project, kind="npc", name=f"Guest {n}", fields={"birth": {"year": 100 + n}})
    whole = reading.read(project)
    monkeypatch.setattr(reading, "SLICE", 3)
    sliced = reading.read(project)
    assert sliced.things == whole.things
    assert len(whole.things) == 7
    assert all(thing.begin for thing in whole.things.values())


def test_a_dropped_record_leaves_no_trace(project: Project) -> None:
    ana = entities.create_entity(project, kind="npc", name="Ana", body="See [[Nobody]].")
    bea = entities.create_entity(project, kind="npc", name="Bea")
    knows = relations.add_relation(project, ana.id, "ally_of", bea.id)
    world = reading.read(project)
    for record in (ana.id, bea.id, knows.id):
        world.drop(record)
    assert world == reading.blank(project)


def test_what_ends_before_it_starts_is_found_with_its_dates(project: Project) -> None:
    siege = entities.create_entity(
        project, kind="event", name="The Siege", fields={"start": {"year": 631}, "end": {"year": 630}}
    )
    entities.create_entity(project, kind="event", name="The Feast", fields={"start": {"year": 631}})
    (found,) = check(project)
    assert found.type == "end_before_start"
    assert found.subjects == (siege.id,)
    assert [e.says for e in found.evidence] == ["The Siege began 631", "The Siege ended 630"]
    assert check(project, only=[siege.id]) == [found]
    assert check(project, only=[]) == []


def test_an_age_may_be_counted_by_any_calendar_of_the_world(project: Project) -> None:
    for key, days in (("sun", 36), ("moon", 29)):
        months = [{"name": f"{key}{n}", "days": days} for n in range(10)]
        calendars.add_calendar(project, {"key": key, "name": key, "months": months})
    dates = {"birth": {"calendar": "sun", "year": 100}, "death": {"calendar": "sun", "year": 160}}
    for age in ("60", "74"):
        entities.create_entity(project, kind="npc", name=f"Aged {age}", fields={**dates, "age": age})
    wrong = entities.create_entity(project, kind="npc", name="Too old", fields={**dates, "age": "90"})
    assert [one.subjects for one in check(project) if one.type == "age_mismatch"] == [(wrong.id,)]
