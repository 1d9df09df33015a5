"""Applying an artifact: one commit, one undo, provenance everywhere, nothing of the user's replaced unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.blueprint import Blueprint
from studio.domain.candidate import Artifact, Decision, EntityCandidate, Extraction, Match
from studio.domain.chat import Message, Thread
from studio.domain.errors import Invalid
from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.record import Authorship
from studio.domain.world import Entity, Link, Relation
from studio.services import history
from studio.services.review import apply, store_artifact
from studio.services.review.artifacts import saved_messages
from studio.services.review.sheet import sheet
from studio.services.world import relations
from studio.storage.commits import without_stamps
from studio.storage.nouns import to_data

from .conftest import ANSWER, extraction, field

if TYPE_CHECKING:
    from studio.services.workspace import Workspace


def everything(workspace: Workspace) -> dict[str, Any]:
    """All live records without their stamps."""
    classes = (Entity, Relation, Blueprint, Recipe, RecipeVersion, Thread, Message, Artifact)
    return {r.id: without_stamps(to_data(r)) for c in classes for r in workspace.run_now(lambda p, c=c: p.all(c))}


def by_name(workspace: Workspace, name: str) -> Entity:
    return next(e for e in workspace.run_now(lambda p: p.all(Entity)) if e.name == name)


def test_one_apply_writes_all_three_and_one_undo_takes_all_back(workspace: Workspace, artifact: Artifact) -> None:
    before = everything(workspace)
    changeset = workspace.run_now(apply, artifact.id)
    after = everything(workspace)
    assert set(changeset.made) == {"blueprint", "e1", "e2", "e3", "r1", "p1"}
    assert len(workspace.run_now(lambda p: p.all(Entity))) == 3
    workspace.run_now(history.undo)
    assert everything(workspace) == before
    workspace.run_now(history.redo)
    assert everything(workspace) == after
    assert workspace.run_now(history.first_broken) is None


def test_every_saved_value_says_where_it_came_from(workspace: Workspace, artifact: Artifact, message: Message) -> None:
    workspace.run_now(apply, artifact.id)
    blueprint = workspace.run_now(lambda p: p.all(Blueprint))[0]
    prov = blueprint.prov["identity.title"][0]
    assert (prov.ref_id, prov.extractor, prov.authorship) == (message.id, "test@1", Authorship.AI_GENERATED)
    assert prov.span is not None
    assert ANSWER[prov.span[0] : prov.span[1]] == prov.quote == "The Ashen Concord"
    assert by_name(workspace, "Ashen Concord").prov["fields.leader"][0].confidence == 0.9


def test_link_fields_point_to_the_entities_of_the_same_apply(workspace: Workspace, artifact: Artifact) -> None:
    workspace.run_now(apply, artifact.id)
    leader = by_name(workspace, "Ashen Concord").fields["leader"]
    assert isinstance(leader, Link)
    assert leader.ref == by_name(workspace, "Ilse Dorn").id
    leads = workspace.run_now(lambda p: p.all(Relation, "type = 'leads'"))
    assert len(leads) == 1, "the field's mirror and the candidate are one fact"


def test_an_edited_value_is_marked_as_ai_edited_and_keeps_its_quote(workspace: Workspace, artifact: Artifact) -> None:
    workspace.run_now(
        apply, artifact.id, decisions={"e2": Decision(name="Ilse Dorne", fields={"title": ("High Marshal",)})}
    )
    entity = by_name(workspace, "Ilse Dorne")
    prov = entity.prov["fields.title"][0]
    assert entity.fields["title"] == "High Marshal"
    assert (prov.authorship, prov.quote) == (Authorship.AI_EDITED, "Marshal")


def test_an_unticked_entity_is_not_linked_to(workspace: Workspace, artifact: Artifact) -> None:
    changeset = workspace.run_now(apply, artifact.id, decisions={"e2": Decision(accepted=False)})
    assert "r1" not in changeset.made
    assert changeset.states["e2"] == "rejected"
    assert {e.name for e in workspace.run_now(lambda p: p.all(Entity))} == {"Ashen Concord", "Lantern Quay"}


def test_only_the_asked_dock_is_written(workspace: Workspace, artifact: Artifact) -> None:
    workspace.run_now(apply, artifact.id, targets=("recipe",))
    assert workspace.run_now(lambda p: p.all(Entity)) == []
    assert workspace.run_now(lambda p: p.all(Blueprint)) == []
    assert len(workspace.run_now(lambda p: p.all(Recipe))) == 1


def test_nothing_ticked_is_refused_with_a_sentence(workspace: Workspace, artifact: Artifact) -> None:
    nothing = {c.key: Decision(accepted=False) for c in artifact.candidates}
    with pytest.raises(Invalid, match="Nothing is ticked"):
        workspace.run_now(apply, artifact.id, decisions=nothing)


def add(workspace: Workspace, entity: Entity) -> Entity:
    def verb(project: Any) -> Entity:
        with project.commit("entity.create", f"Add {entity.name}") as commit:
            return commit.put(entity)

    return workspace.run_now(verb)


def matched(workspace: Workspace, message: Message, existing: Entity) -> Artifact:
    found = extraction().candidates[2]
    assert isinstance(found, EntityCandidate)
    match = Match(id=existing.id, name=existing.name, score=0.95, how="name")
    more = {"title": (field("Marshal"),), "role": (field("leads"),)}
    candidate = found.model_copy(update={"op": "update", "match": match, "fields": more})
    return workspace.run_now(store_artifact, message, Extraction(extractor="t", version="2", candidates=(candidate,)))


def test_a_merge_fills_what_is_empty_and_keeps_what_is_there(workspace: Workspace, message: Message) -> None:
    existing = add(workspace, Entity(kind="npc", name="Ilse Dorn", fields={"title": "Regent"}))
    artifact = matched(workspace, message, existing)
    workspace.run_now(apply, artifact.id)
    merged = by_name(workspace, "Ilse Dorn")
    assert merged.id == existing.id
    assert merged.fields == {"title": "Regent", "role": "leads"}
    assert [a.name for a in merged.aliases] == ["Marshal Ilse Dorn"]


def test_overwrite_replaces_when_the_person_says_so(workspace: Workspace, message: Message) -> None:
    existing = add(workspace, Entity(kind="npc", name="Ilse Dorn", fields={"title": "Regent"}))
    artifact = matched(workspace, message, existing)
    workspace.run_now(apply, artifact.id, decisions={"e2": Decision(overwrite=("title",))})
    assert by_name(workspace, "Ilse Dorn").fields["title"] == "Marshal"


def test_create_new_refuses_the_suggested_match(workspace: Workspace, message: Message) -> None:
    existing = add(workspace, Entity(kind="npc", name="Ilse Dorn"))
    artifact = matched(workspace, message, existing)
    workspace.run_now(apply, artifact.id, decisions={"e2": Decision(create_new=True)})
    assert len(workspace.run_now(lambda p: p.all(Entity))) == 2


def test_a_second_answer_does_not_replace_the_blueprints_title(workspace: Workspace, artifact: Artifact) -> None:
    workspace.run_now(apply, artifact.id)
    message = workspace.run_now(lambda p: p.get(Message, artifact.source_message))
    other = extraction().candidates[0].model_copy(update={"fields": {"title": (field("Lantern Quay"),)}})
    second = workspace.run_now(store_artifact, message, Extraction(extractor="t", version="3", candidates=(other,)))
    workspace.run_now(apply, second.id)
    blueprints = workspace.run_now(lambda p: p.all(Blueprint))
    assert [b.identity.title for b in blueprints] == ["The Ashen Concord"]
    workspace.run_now(apply, second.id, decisions={"blueprint": Decision(overwrite=("title",))})
    assert workspace.run_now(lambda p: p.all(Blueprint))[0].identity.title == "Lantern Quay"


def test_storing_the_same_extraction_twice_keeps_one_artifact(workspace: Workspace, artifact: Artifact) -> None:
    message = workspace.run_now(lambda p: p.get(Message, artifact.source_message))
    assert workspace.run_now(store_artifact, message, extraction()).id == artifact.id


def test_applying_the_same_answer_twice_changes_nothing(workspace: Workspace, artifact: Artifact) -> None:
    workspace.run_now(apply, artifact.id)
    before = everything(workspace)
    workspace.run_now(apply, artifact.id)
    assert everything(workspace) == before


def test_a_fact_beside_a_term_that_is_over_is_a_fact_of_its_own(workspace: Workspace, artifact: Artifact) -> None:
    house = add(workspace, Entity(kind="faction", name="Ashen Concord"))
    ilse = add(workspace, Entity(kind="npc", name="Ilse Dorn"))
    over: Any = {"valid_from": "800", "valid_to": "811", "visibility": "party"}
    old = workspace.run_now(relations.add_relation, ilse.id, "leads", house.id, **over)
    workspace.run_now(relations.add_relation, ilse.id, "leads", house.id, certainty="lie")
    found: list[Relation] = []
    for _ in range(2):
        workspace.run_now(apply, artifact.id)
        found = workspace.run_now(lambda project: project.all(Relation, "type = 'leads'"))
        assert sorted((r.certainty, r.valid_to is None) for r in found) == [
            ("fact", False), ("fact", True), ("lie", True),
        ]  # fmt: skip
    assert old in found


def test_an_entity_that_was_made_since_the_reading_is_merged_with(workspace: Workspace, artifact: Artifact) -> None:
    existing = add(workspace, Entity(kind="location", name="lantern quay"))
    assert workspace.run_now(sheet, artifact.id).matches.keys() == {existing.id}
    changeset = workspace.run_now(apply, artifact.id)
    assert changeset.made["e3"] == existing.id
    assert len(workspace.run_now(lambda p: p.all(Entity))) == 3


PLAN = ("premise", "game_system", "tone", "format", "themes")


def second_plan(workspace: Workspace, artifact: Artifact, title: str) -> Artifact:
    """Another whole plan in the same conversation."""
    message = workspace.run_now(lambda p: p.get(Message, artifact.source_message))
    fields = {"title": (field(title),)} | {name: (field(ANSWER.split()[1]),) for name in PLAN}
    other = extraction().candidates[0].model_copy(update={"fields": fields})
    found = Extraction(extractor="t", version="4", candidates=(other,))
    return workspace.run_now(store_artifact, message, found)


def test_a_whole_plan_with_another_title_gets_a_blueprint_of_its_own_once(
    workspace: Workspace, artifact: Artifact
) -> None:
    workspace.run_now(apply, artifact.id)
    second = second_plan(workspace, artifact, "Lantern Quay")
    seen = workspace.run_now(sheet, second.id)
    assert seen.blueprint is not None
    assert (seen.blueprint.identity.title, seen.goes_on) == ("The Ashen Concord", False)
    workspace.run_now(apply, second.id)
    workspace.run_now(apply, second.id)
    blueprints = workspace.run_now(lambda p: p.all(Blueprint))
    assert sorted(b.identity.title for b in blueprints) == ["Lantern Quay", "The Ashen Concord"]
    workspace.run_now(history.undo)
    workspace.run_now(history.undo)
    assert len(workspace.run_now(lambda p: p.all(Blueprint))) == 1


def test_a_plan_goes_on_with_the_blueprint_that_a_person_chose(workspace: Workspace, artifact: Artifact) -> None:
    workspace.run_now(apply, artifact.id)
    mine = workspace.run_now(lambda p: p.all(Blueprint))[0]
    second = second_plan(workspace, artifact, "Lantern Quay")
    workspace.run_now(apply, second.id, decisions={"blueprint": Decision(match_id=mine.id)})
    assert [b.identity.title for b in workspace.run_now(lambda p: p.all(Blueprint))] == ["The Ashen Concord"]


def test_a_message_knows_that_something_of_it_was_saved_until_that_is_taken_back(
    workspace: Workspace, artifact: Artifact, message: Message
) -> None:
    assert workspace.run_now(saved_messages, message.thread_id) == frozenset()
    workspace.run_now(apply, artifact.id)
    assert workspace.run_now(saved_messages, message.thread_id) == {message.id}
    workspace.run_now(history.undo)
    assert workspace.run_now(saved_messages, message.thread_id) == frozenset()
