"""Material from outside: found again by its ids, joined to what has its name, never over newer work, never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.world import Entity, Entry, Link, Relation
from studio.domain.worldkit import Media, Pin
from studio.services import history
from studio.services.exchange import import_parsed
from studio.services.exchange.material import (
    LEFT_OUT,
    NOTE,
    OWN_FIELD,
    Material,
    PromptText,
    Ref,
    Spot,
    Thing,
    Tie,
    WordMap,
    link,
    picture,
    unmarked,
)
from studio.services.world import entities, trash
from tests.support.images import png

if TYPE_CHECKING:
    from studio.storage.project import Project


def material(**changes: object) -> Material:
    """A keep, its lady, a note about both, and a portrait."""
    found = Material(source="elsewhere", title="a keep")
    found.add_image("face", "Face", png(3, 2))
    lady = Thing("p1", "Lady Oss", "npc", told="people", body=f"Holds {link('l1', 'the keep')}. {picture('face')}")
    lady.fields = {"home": Ref("l1"), "age": 40, "mount": "a mule"}
    lady.images, lady.aliases, lady.raw = ["face"], ["The Mule"], {"hp": 7}
    for name, value in changes.items():
        setattr(lady, name, value)
    keep = Thing("l1", "Grey Keep", "location", told="places")
    note = Thing("n1", "Supper", told="notes", body=f"{link('p1')} sat with {link('gone', 'nobody')}.")
    found.things = [lady, keep, note]
    found.ties = [Tie("p1", "rules", "l1")]
    return found


def named(project: Project, name: str) -> Entity:
    return next(one for one in project.all(Entity) if one.name == name)


def test_things_come_in_with_links_fields_images_and_ties(project: Project) -> None:
    report = import_parsed(project, [material()])
    lady, keep = named(project, "Lady Oss"), named(project, "Grey Keep")
    assert (report.created, report.skipped) == (5, 0)
    assert lady.body.startswith("Holds [[Grey Keep|the keep]]. ![Face](media:")
    assert lady.fields["home"] == Link(text="Grey Keep", ref=keep.id)
    assert lady.custom == {"mount": "a mule"}
    assert lady.images == (project.all(Media)[0].hash,)
    assert lady.ext["elsewhere"]["raw"] == {"hp": 7}
    assert project.all(Entry)[0].body == "[[Lady Oss]] sat with nobody."
    assert [(r.from_id, r.type, r.to_id) for r in project.all(Relation)] == [(lady.id, "rules", keep.id)]


def test_importing_twice_changes_nothing(project: Project) -> None:
    import_parsed(project, [material()])
    before = len(history.entries(project))
    report = import_parsed(project, [material()])
    assert (report.created, report.updated, report.linked, report.unchanged) == (0, 0, 0, 5)
    assert len(history.entries(project)) == before


def test_a_change_in_the_source_comes_through_where_nothing_was_changed_here(project: Project) -> None:
    import_parsed(project, [material()])
    report = import_parsed(project, [material(body="Holds nothing now.")])
    assert report.updated == 1
    assert named(project, "Lady Oss").body == "Holds nothing now."


def test_what_was_changed_here_stays_and_is_named_where_the_source_changed_too(project: Project) -> None:
    import_parsed(project, [material()])
    entities.update_entity(project, named(project, "Lady Oss").id, {"body": "Ours."})
    again = import_parsed(project, [material()])
    assert (again.updated, again.reasons) == (0, ())
    report = import_parsed(project, [material(body="Theirs.")])
    assert named(project, "Lady Oss").body == "Ours."
    assert [reason.what for reason in report.reasons] == ["Lady Oss"]


def test_what_has_the_name_and_kind_already_is_joined_and_only_grows(project: Project) -> None:
    mine = entities.create_entity(project, kind="npc", name="lady oss")
    entities.update_entity(project, mine.id, {"summary": "Mine."})
    report = import_parsed(project, [material(summary="Theirs.")])
    lady = project.get(Entity, mine.id)
    assert report.linked == 1
    assert (lady.name, lady.summary, lady.fields["age"]) == ("lady oss", "Mine.", 40)
    entities.update_entity(project, mine.id, {"summary": "Mine, later."})
    assert import_parsed(project, [material(summary="Theirs, later.")]).linked == 0
    assert project.get(Entity, mine.id).summary == "Mine, later."


def test_what_lies_in_the_trash_stays_there(project: Project) -> None:
    import_parsed(project, [material()])
    trash.delete(project, [named(project, "Lady Oss").id])
    report = import_parsed(project, [material(body="New.")])
    assert report.skipped >= 1
    assert all(one.name != "Lady Oss" for one in project.all(Entity))


def test_one_undo_takes_all_of_it_back(project: Project) -> None:
    import_parsed(project, [material()])
    history.undo(project)
    assert not project.all(Entity)
    assert not project.all(Entry)
    assert not project.all(Relation)


def test_a_mapping_turns_kinds_and_leaves_out(project: Project) -> None:
    found = material()
    assert found.kinds_told() == {"people": ("npc", 1), "places": ("location", 1), "notes": ("", 1)}
    found.words = WordMap({"people": "faction", "notes": LEFT_OUT})
    report = import_parsed(project, [found])
    assert named(project, "Lady Oss").kind == "faction"
    assert not project.all(Entry)
    assert [reason.what for reason in report.reasons if reason.skipped] == ["Supper"]


def with_words(**words: Any) -> Material:
    found = material()
    found.things[0].custom = {"Trade": "Ferrywoman", "Shoe size": "39", "Debts": "nine"}
    found.words = WordMap(**words)
    return found


def test_a_field_of_the_source_comes_in_as_another_as_its_own_or_not_at_all(project: Project) -> None:
    told = import_parsed(project, [with_words()], dry_run=True).told_fields
    assert {(one.word, one.field, one.count, one.sample) for one in told if one.kind == "npc"} >= {
        ("Trade", OWN_FIELD, 1, "Ferrywoman"), ("Debts", OWN_FIELD, 1, "nine"),
    }  # fmt: skip
    turned = {"npc": {"Trade": "occupation", "Shoe size": LEFT_OUT, "Debts": "no such field"}}
    import_parsed(project, [with_words(fields=turned)])
    lady = named(project, "Lady Oss")
    assert lady.fields["occupation"] == "Ferrywoman"
    assert lady.custom == {"mount": "a mule", "Debts": "nine"}


def test_what_words_mean_is_remembered_for_the_next_import(project: Project) -> None:
    import_parsed(project, [with_words(kinds={"people": "faction"}, fields={"faction": {"Debts": "motto"}})])
    again = with_words()
    report = import_parsed(project, [again])
    assert (report.created, report.updated) == (0, 0)
    assert named(project, "Lady Oss").kind == "faction"
    assert [one.field for one in report.told_fields if one.word == "Debts"] == ["motto"]
    back = with_words(kinds={"people": "npc"})
    assert "came in as something else before; that stays beside it" not in [
        reason.why for reason in import_parsed(project, [back], dry_run=True).reasons
    ]
    note = with_words(kinds={"people": NOTE})
    assert "came in as something else before; that stays beside it" in [
        reason.why for reason in import_parsed(project, [note], dry_run=True).reasons
    ]


def test_a_dry_run_changes_nothing_and_says_the_same(project: Project) -> None:
    before = len(history.entries(project))
    dry = import_parsed(project, [material()], dry_run=True)
    assert len(history.entries(project)) == before
    real = import_parsed(project, [material()])
    assert dry.model_copy(update={"dry_run": False, "commit": real.commit}) == real


def test_pins_lie_on_their_map_and_prompts_become_recipes(project: Project) -> None:
    found = material()
    found.things.append(Thing("m1", "The Coast", "map", images=["face"]))
    found.spots = [Spot("s1", "m1", 0.5, 1.7, target="l1"), Spot("s2", "nowhere", 0, 0, name="Lost")]
    found.prompts = [PromptText("q1", "Portrait")]
    report = import_parsed(project, [found])
    pin = project.all(Pin)[0]
    assert (pin.x, pin.y, pin.target_id) == (0.5, 1.0, named(project, "Grey Keep").id)
    assert "Lost" in [reason.what for reason in report.reasons]
    assert report.kinds["recipe"] == 1
    again = material()
    again.things, again.spots, again.prompts = found.things, found.spots, found.prompts
    assert import_parsed(project, [again]).updated == 0


def test_marks_of_ours_can_not_be_brought_in_from_outside(project: Project) -> None:
    assert unmarked(f"x{link('p1')}y") == "xp1y"
