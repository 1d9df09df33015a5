"""What is said beyond a value: statements about fields, claims beside them, and relations read in words."""

from typing import Any

import pytest

from studio.domain.errors import Invalid
from studio.domain.lens import Lens
from studio.domain.world import Calendar, Claim, Entity, Link, Relation, Statement
from studio.services import history
from studio.services.world import claims, entities, pages, relations
from studio.storage.project import Project

TIDE = {"key": "tide", "name": "Tides", "months": [{"name": "Ebb", "days": 30}, {"name": "Flow", "days": 30}]}


def make(project: Project, kind: str, name: str, **fields: Any) -> Entity:
    return entities.create_entity(project, kind=kind, name=name, fields=fields)


def with_calendar(project: Project) -> None:
    with project.commit("test", "calendar") as commit:
        commit.put(Calendar(name="Tides", definition=TIDE))


def test_a_field_says_who_says_it_and_since_when_in_words(project: Project) -> None:
    with_calendar(project)
    tam = make(project, "npc", "Tam")
    mirel = make(project, "npc", "Mirel", role="Captain")
    changes = {"certainty": "rumour", "speaker": tam.id, "known_by": [tam.id], "valid_from": "3 Flow 812"}
    stated = claims.state(project, mirel.id, "fields.role", changes).statement("fields.role")
    assert stated.valid_from == {"calendar": "tide", "year": 812, "month": "Flow", "day": 3}
    said = pages.entity_page(project, mirel.id).said["fields.role"]
    assert said.words == "Rumour, since 3 Flow 812, says Tam, known by Tam"
    claims.state(project, mirel.id, "fields.role", {"valid_to": "815"})
    assert pages.entity_page(project, mirel.id).said["fields.role"].span == "from 3 Flow 812 to 815"


def test_a_plain_fact_leaves_nothing_behind_and_each_edit_is_one_step(project: Project) -> None:
    mirel = make(project, "npc", "Mirel", role="Captain")
    claims.state(project, mirel.id, "fields.role", {"certainty": "lie"})
    plain = claims.state(project, mirel.id, "fields.role", {"certainty": "fact"})
    assert plain.stated == {}
    history.undo(project)
    assert project.get(Entity, mirel.id).statement("fields.role").certainty == "lie"
    history.undo(project)
    assert project.get(Entity, mirel.id).stated == {}


def test_nothing_is_said_about_a_value_that_is_not_there(project: Project) -> None:
    mirel = make(project, "npc", "Mirel", role="Captain")
    for path, changes in (("fields.title", {"certainty": "lie"}), ("name", {}), ("fields.role", {"colour": "red"})):
        with pytest.raises(Invalid):
            claims.state(project, mirel.id, path, changes)


def test_claims_read_in_words_the_earlier_first(project: Project) -> None:
    with_calendar(project)
    mirel, port = make(project, "npc", "Mirel", title="Captain"), make(project, "location", "Port Ash")
    claims.add_claim(project, mirel.id, "title", "Admiral", valid_from="820", valid_to="830")
    claims.add_claim(project, mirel.id, "title", "Boatswain", valid_from="800", certainty="legend")
    claims.add_claim(project, mirel.id, "birthplace", object_id=port.id, speaker=port.id)
    rows = pages.entity_page(project, mirel.id).claims
    assert [(row.label, row.text, row.said.words) for row in rows] == [
        ("Birthplace", "Port Ash", "says Port Ash"),
        ("Title", "Boatswain", "Legend, since 800"),
        ("Title", "Admiral", "from 820 to 830"),
    ]
    assert (rows[0].object_id, rows[0].object_kind) == (port.id, "location")
    with pytest.raises(Invalid):
        claims.update_claim(project, rows[1].id, {"value": None})


def test_a_claim_takes_the_place_of_a_value_and_the_value_becomes_a_claim(project: Project) -> None:
    mirel = make(project, "npc", "Mirel", title="Captain")
    claims.state(project, mirel.id, "fields.title", {"valid_to": "820"})
    claim = claims.add_claim(project, mirel.id, "title", "Admiral", valid_from="820")
    after = claims.promote(project, claim.id)
    assert after.fields["title"] == "Admiral"
    assert after.statement("fields.title") == Statement(valid_from={"text": "820"})
    old = project.all(Claim)[0]
    assert (old.predicate, old.value, old.valid_to) == ("title", "Captain", {"text": "820"})
    history.undo(project)
    assert project.get(Entity, mirel.id).fields["title"] == "Captain"
    assert [c.value for c in project.all(Claim)] == ["Admiral"]


def test_a_promoted_link_brings_its_relation_and_a_list_grows(project: Project) -> None:
    ash, quay = make(project, "location", "Ash"), make(project, "location", "Quay")
    mirel = make(project, "npc", "Mirel", home="Ash")
    claims.promote(project, claims.add_claim(project, mirel.id, "home", object_id=quay.id).id)
    assert project.get(Entity, mirel.id).fields["home"] == Link(text="Quay", ref=quay.id)
    assert [r.to_id for r in project.all(Relation)] == [quay.id]
    assert [c.object_id for c in project.all(Claim)] == [ash.id]
    claims.promote(project, claims.add_claim(project, ash.id, "known_for", "Eels").id)
    claims.promote(project, claims.add_claim(project, ash.id, "known_for", "Fog").id)
    assert project.get(Entity, ash.id).fields["known_for"] == ["Eels", "Fog"]


def test_relations_are_told_with_all_that_is_said_about_them(project: Project) -> None:
    with_calendar(project)
    mirel, house, tam = make(project, "npc", "Mirel"), make(project, "faction", "House"), make(project, "npc", "Tam")
    relations.add_relation(
        project, mirel.id, "member_of", house.id, rank="second", attitude=-60, speaker=tam.id, certainty="rumour",
        valid_from="812",
    )  # fmt: skip
    row = relations.relations_of(project, house.id)[0]
    assert row.notes == "second · hostile (−60) · Rumour, since 812, says Tam"
    relations.update_relation(project, row.id, {"valid_to": "815", "attitude": None})
    assert relations.relations_of(project, house.id)[0].notes == "second · Rumour, from 812 to 815, says Tam"


def test_attitudes_have_words() -> None:
    said = [relations.attitude_words(n) for n in (-100, -50, 0, 40, 80, 100, None)]
    assert said == ["hates (−100)", "hostile (−50)", "indifferent (+0)", "friendly (+40)", "devoted (+80)",
                    "devoted (+100)", ""]  # fmt: skip


def test_one_too_many_and_strange_ends_get_friendly_lines(project: Project) -> None:
    tam, ash, quay = make(project, "npc", "Tam"), make(project, "location", "Ash"), make(project, "location", "Quay")
    first = relations.add_relation(project, tam.id, "born_in", ash.id)
    assert relations.unusual(project, "born_in", tam.id, quay.id) == [
        "Already: “Tam” born in “Ash”. Usually there is one at a time."
    ]
    assert relations.unusual(project, "birthplace_of", quay.id, tam.id)
    assert relations.unusual(project, "born_in", tam.id, quay.id, but=first.id) == []
    relations.update_relation(project, first.id, {"valid_to": "800"})
    assert relations.unusual(project, "born_in", tam.id, quay.id) == []
    sword = make(project, "item", "Sword", owner="Tam")
    found = relations.unusual(project, "owned_by", sword.id, ash.id)
    assert [w.split(".")[0] for w in found[1:]] == ["Already: “Sword” owned by “Tam”"]
    assert "usually starts from" in found[0]


def test_a_relation_keeps_two_ends_that_are_there(project: Project) -> None:
    tam, ash = make(project, "npc", "Tam"), make(project, "location", "Ash")
    relation = relations.add_relation(project, tam.id, "lives_in", ash.id)
    for changes in ({"to_id": tam.id}, {"type": " "}):
        with pytest.raises(Invalid):
            relations.update_relation(project, relation.id, changes)


def test_players_read_no_names_that_they_may_not_know(project: Project) -> None:
    tam = make(project, "npc", "Tam")
    mirel = entities.create_entity(
        project, kind="npc", name="Mirel", visibility="party", fields={"role": "Captain", "title": "Heir"}
    )
    claims.state(project, mirel.id, "fields.role", {"speaker": tam.id, "known_by": [tam.id], "certainty": "rumour"})
    claims.state(project, mirel.id, "fields.title", {"visibility": "gm"})
    claims.add_claim(project, mirel.id, "age", 40, speaker=tam.id, visibility="party")
    claims.add_claim(project, mirel.id, "age", 41)
    page = pages.entity_page(project, mirel.id, lens=Lens(audience="party"))
    assert "Tam" not in page.model_dump_json()
    assert tam.id not in page.model_dump_json()
    assert page.said["fields.role"].words == "Rumour"
    assert "title" not in page.entity.fields
    assert [row.text for row in page.claims] == ["40"]
