"""Verbs on entities: fields, links, renames, marks."""

import pytest

from studio.domain.errors import Invalid
from studio.domain.record import Authorship, Provenance, Status
from studio.domain.world import Entity, Entry, Link
from studio.services.world import entities, entries, marks, mentions, names, relations
from studio.storage.project import Project


def test_a_link_field_finds_its_entity_by_name(project: Project) -> None:
    port = entities.create_entity(project, kind="location", name="Port Ash", aliases=["The Ash"])
    mirel = entities.create_entity(project, kind="npc", name="Mirel", fields={"home": "the ash"})
    assert mirel.fields["home"] == Link(text="the ash", ref=port.id)


def test_a_link_prefers_the_kind_that_its_field_wants(project: Project) -> None:
    entities.create_entity(project, kind="npc", name="Vey")
    place = entities.create_entity(project, kind="location", name="Vey")
    npc = entities.create_entity(project, kind="npc", name="Mirel", fields={"home": "Vey"})
    assert npc.fields["home"] == Link(text="Vey", ref=place.id)


def test_a_name_that_is_not_there_yet_waits_as_text_and_is_linked_when_it_comes(project: Project) -> None:
    house = entities.create_entity(project, kind="faction", name="House Veyra", fields={"leader": "[[Mirel]]"})
    assert house.fields["leader"] == Link(text="Mirel")
    mirel = entities.create_entity(project, kind="npc", name="Mirel")
    assert project.get(Entity, house.id).fields["leader"] == Link(text="Mirel", ref=mirel.id)
    assert [r.label for r in relations.relations_of(project, mirel.id)] == ["leads"]


def test_values_take_the_shape_of_their_field(project: Project) -> None:
    fields = {"founded": "spring 812", "goals": "Bread; Salt\nPeace", "scale": 3, "motto": " ", "ranks": []}
    made = entities.create_entity(project, kind="faction", name="Guild", fields=fields)
    assert made.fields["goals"] == ["Bread", "Salt", "Peace"]
    assert made.fields["scale"] == 3
    assert "ranks" not in made.fields
    npc = entities.create_entity(project, kind="npc", name="Tam", fields={"is_pc": "yes"})
    assert npc.fields["is_pc"] is True


def test_writing_the_same_value_again_changes_nothing(project: Project) -> None:
    made = entities.create_entity(project, kind="faction", name="Guild", fields={"founded": "812", "goals": "Bread"})
    again = entities.update_entity(
        project, made.id, {"fields.founded": "812", "fields.goals": ["Bread"], "summary": ""}
    )
    assert again.rev == made.rev


def test_an_empty_value_takes_the_field_and_its_mark_away(project: Project) -> None:
    made = entities.create_entity(project, kind="npc", name="Tam", fields={"role": "Smith"})
    assert "fields.role" in made.prov
    after = entities.update_entity(project, made.id, {"fields.role": ""})
    assert "role" not in after.fields
    assert "fields.role" not in after.prov


def test_an_edit_over_a_models_value_is_ai_edited_and_keeps_its_origin(project: Project) -> None:
    origin = Provenance(
        source="chat", ref_id="m1", span=(3, 9), quote="smith", basis="quoted", authorship=Authorship.AI_GENERATED
    )
    made = entities.create_entity(
        project, kind="npc", name="Tam", fields={"role": "smith"}, prov={"fields.role": (origin,)}
    )
    assert made.prov["fields.role"] == (origin,)
    after = entities.update_entity(project, made.id, {"fields.role": "Master smith"})
    assert after.prov["fields.role"][0] == origin
    assert marks.authorship_of(after.prov["fields.role"]) is Authorship.AI_EDITED
    twice = entities.update_entity(project, made.id, {"fields.role": "Old smith", "summary": "By hand"})
    assert len(twice.prov["fields.role"]) == 2
    assert marks.authorship_of(twice.prov["summary"]) is Authorship.HUMAN


def test_unknown_paths_and_empty_names_are_refused_with_a_sentence(project: Project) -> None:
    made = entities.create_entity(project, kind="npc", name="Tam")
    with pytest.raises(Invalid, match="no field"):
        entities.update_entity(project, made.id, {"colour": "red"})
    with pytest.raises(Invalid, match="needs a name"):
        entities.create_entity(project, kind="npc", name="  ")


def test_rename_turns_links_in_entities_and_entries_and_keeps_labels(project: Project) -> None:
    old = entities.create_entity(project, kind="faction", name="Ashen Concord", body="We, the [[Ashen Concord]].")
    npc = entities.create_entity(
        project, kind="npc", name="Tam", body="Of the [[ashen concord|Concord]]; [[Ashen Concord#Oath]]",
        fields={"affiliation": ["Ashen Concord"]},
    )  # fmt: skip
    note = entries.create_entry(project, title="Session 1", body="They met [[Ashen Concord]] and [[Tam]].")
    after = entities.rename_entity(project, old.id, "Ember Pact")
    assert after.body == "We, the [[Ember Pact]]."
    assert [a.name for a in after.aliases] == ["Ashen Concord"]
    tam = project.get(Entity, npc.id)
    assert tam.body == "Of the [[Ember Pact|Concord]]; [[Ember Pact#Oath]]"
    assert tam.fields["affiliation"] == [Link(text="Ember Pact", ref=old.id)]
    assert project.get(Entry, note.id).body == "They met [[Ember Pact]] and [[Tam]]."
    assert names.resolve(project, "Ashen Concord") == old.id


def test_renaming_back_takes_the_alias_away(project: Project) -> None:
    made = entities.create_entity(project, kind="npc", name="Tam")
    entities.rename_entity(project, made.id, "Tamsin")
    back = entities.rename_entity(project, made.id, "Tam")
    assert [a.name for a in back.aliases] == ["Tamsin"]


def test_rename_leaves_links_that_mean_somebody_else(project: Project) -> None:
    twins = {entities.create_entity(project, kind=kind, name="Vey").id for kind in ("npc", "location")}
    note = entries.create_entry(project, title="Log", body="[[Vey]]")
    (other,) = twins - set(note.entity_refs)
    entities.rename_entity(project, other, "Veyport")
    assert project.get(Entry, note.id).body == "[[Vey]]"


def test_switches_take_many_in_one_commit(project: Project) -> None:
    ids = [entities.create_entity(project, kind="npc", name=n).id for n in ("A", "B", "C")]
    seq = project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0]
    assert entities.set_status(project, ids, "canon") == 3
    assert entities.set_status(project, ids, "canon") == 0
    assert entities.set_visibility(project, ids[:1], "party") == 1
    assert entities.set_tags(project, ids, ["#coast", "coast"], add=True) == 3
    assert project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0] == seq + 3
    made = project.get(Entity, ids[0])
    assert (made.status, made.visibility, made.tags) == (Status.CANON, "party", ("coast",))


def test_a_new_kind_keeps_what_the_old_one_knew(project: Project) -> None:
    made = entities.create_entity(project, kind="npc", name="The Hunger", fields={"motive": "to feed"})
    after = entities.set_kind(project, made.id, "creature")
    assert (after.kind, after.fields["motive"]) == ("creature", "to feed")
    assert [k.kind for k in names.known_entities(project)] == ["creature"]


def test_similar_names_warn_of_duplicates(project: Project) -> None:
    made = entities.create_entity(project, kind="faction", name="The Ashen Concord", aliases=["Greycloaks"])
    assert [m.how for m in names.similar(project, "the ashen concord")] == ["name"]
    assert names.similar(project, "greycloaks")[0].how == "alias"
    fuzzy = names.find_match(project, "Ashen Concorde")
    assert fuzzy is not None
    assert (fuzzy.id, fuzzy.how) == (made.id, "fuzzy")
    assert names.find_match(project, "Salt Guild") is None


def test_unlinked_mentions_are_found_outside_links_and_linked_with_one_verb(project: Project) -> None:
    made = entities.create_entity(project, kind="faction", name="House Veyra", aliases=["Veyra"])
    told = entities.create_entity(project, kind="npc", name="Tam", body="Serves house veyra; see `House Veyra`.")
    entities.create_entity(project, kind="npc", name="Ode", body="Linked: [[House Veyra]]. Not Veyrans.")
    note = entries.create_entry(project, title="Log", body="Veyra's men came.")
    found = mentions.mentions_of(project, made.id)
    assert [m.title for m in found.linked] == ["Ode"]
    assert [(m.title, m.words) for m in found.unlinked] == [("Log", "Veyra"), ("Tam", "house veyra")]
    assert mentions.link_all(project, made.id) == 2
    assert project.get(Entity, told.id).body == "Serves [[house veyra]]; see `House Veyra`."
    assert project.get(Entry, note.id).body == "[[Veyra]]'s men came."
    assert project.get(Entry, note.id).entity_refs == (made.id,)
    assert mentions.mentions_of(project, made.id).unlinked == ()


def test_fields_that_point_here_without_a_relation_are_backlinks_too(project: Project) -> None:
    port = entities.create_entity(project, kind="location", name="Port Ash")
    entities.create_entity(project, kind="faction", name="Guild", fields={"headquarters": "Port Ash"})
    entities.create_entity(project, kind="npc", name="Tam", fields={"home": "Port Ash"})
    assert [(m.title, m.snippet) for m in mentions.mentions_of(project, port.id).fields] == [
        ("Guild", "Faction: headquarters")
    ]
