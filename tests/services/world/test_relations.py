"""Relations, their mirrors in link fields, claims, and merging."""

import pytest

from studio.domain.errors import Invalid
from studio.domain.vocabulary import kind_spec
from studio.domain.world import Entity, Link, Relation, Statement
from studio.services import history
from studio.services.world import calendars, claims, entities, merge, relations, trash
from studio.services.world.values import plain
from studio.storage.project import Project


def make(project: Project, kind: str, name: str, **fields: object) -> Entity:
    return entities.create_entity(project, kind=kind, name=name, fields=fields)


def labels(project: Project, entity: Entity) -> list[tuple[str, str]]:
    return [(r.label, r.other_name) for r in relations.relations_of(project, entity.id)]


def test_an_inverse_is_stored_as_its_fact_and_read_from_both_ends(project: Project) -> None:
    house, mirel = make(project, "faction", "House Veyra"), make(project, "npc", "Mirel")
    stored = relations.add_relation(project, house.id, "led by", mirel.id)
    assert (stored.from_id, stored.type, stored.to_id) == (mirel.id, "leads", house.id)
    assert labels(project, house) == [("led by", "Mirel")]
    assert labels(project, mirel) == [("leads", "House Veyra")]


def test_the_same_fact_twice_is_kept_once(project: Project) -> None:
    a, b = make(project, "faction", "A"), make(project, "faction", "B")
    first = relations.add_relation(project, a.id, "ally_of", b.id)
    assert relations.add_relation(project, b.id, "ally_of", a.id, attitude=40).id == first.id
    assert project.get(Relation, first.id).attitude == 40
    assert len(project.all(Relation)) == 1


def terms(project: Project) -> list[tuple[str, str]]:
    when = [(plain(r.valid_from), plain(r.valid_to)) for r in project.all(Relation)]
    return sorted(when)


def test_a_second_term_is_a_relation_of_its_own(project: Project) -> None:
    calendars.add_preset(project, "gregorian")
    house, mirel = make(project, "faction", "House"), make(project, "npc", "Mirel")
    first = relations.add_relation(project, mirel.id, "leads", house.id, valid_from="800", valid_to="811")
    second = relations.add_relation(project, house.id, "led_by", mirel.id, valid_from="815", rank="regent")
    assert second.id != first.id
    assert terms(project) == [("800", "811"), ("815", "")]
    assert project.get(Entity, house.id).fields["leader"] == Link(text="Mirel", ref=mirel.id)
    again = relations.add_relation(project, mirel.id, "leads", house.id, valid_from="June 815")
    assert (again.id, again.rank) == (second.id, "regent")
    assert relations.add_relation(project, mirel.id, "leads", house.id, valid_from="815").id == second.id
    assert terms(project) == [("800", "811"), ("June 815", "")]
    history.undo(project)
    history.undo(project)
    assert terms(project) == [("800", "811")]


@pytest.mark.parametrize("kind", ["spouse_of", "member_of", "leads"])
def test_a_fact_without_dates_is_the_term_that_is_not_over(project: Project, kind: str) -> None:
    calendars.add_preset(project, "gregorian")
    other = make(project, "npc" if kind == "spouse_of" else "faction", "Other")
    mirel = make(project, "npc", "Mirel")
    relations.add_relation(project, mirel.id, kind, other.id, valid_to="811")
    now = relations.add_relation(project, mirel.id, kind, other.id)
    assert terms(project) == [("", ""), ("", "811")]
    assert relations.add_relation(project, mirel.id, kind, other.id, role="x").id == now.id
    since = relations.add_relation(project, mirel.id, kind, other.id, valid_from="820")
    assert since.id == now.id
    assert terms(project) == [("", "811"), ("820", "")]


def test_terms_that_overlap_but_differ_stay_two(project: Project) -> None:
    calendars.add_preset(project, "gregorian")
    one, other = make(project, "npc", "One"), make(project, "npc", "Other")
    for since, until in (("880", "890"), ("885", "895"), ("never", "ever")):
        relations.add_relation(
            project, one.id, "serves", other.id, valid_from={"text": since}, valid_to={"text": until}
        )
    assert terms(project) == [("880", "890"), ("885", "895"), ("never", "ever")]


def test_unusual_relations_warn_and_are_kept(project: Project) -> None:
    sword, port = make(project, "item", "Sword"), make(project, "location", "Port")
    assert "usually starts from NPC" in relations.check("loves", "item", "location", kind_spec)
    assert "usually" in relations.check("led_by", "location", "npc", kind_spec)
    assert "your own" in relations.check("sings_to", "item", "location", kind_spec)
    assert relations.check("located_in", "item", "location", kind_spec) == ""
    relations.add_relation(project, sword.id, "sings to", port.id)
    assert labels(project, port) == [("is sings to of", "Sword")]


def test_a_link_field_brings_its_relation_and_takes_it_away(project: Project) -> None:
    port, ash = make(project, "location", "Port"), make(project, "location", "Ash")
    tam = make(project, "npc", "Tam", home="Port")
    assert labels(project, tam) == [("lives in", "Port")]
    entities.update_entity(project, tam.id, {"fields.home": "Ash"})
    assert labels(project, tam) == [("lives in", "Ash")]
    assert labels(project, port) == []
    entities.update_entity(project, tam.id, {"fields.home": None})
    assert labels(project, tam) == labels(project, ash) == []


def test_a_relation_fills_its_link_field_and_its_end_empties_it(project: Project) -> None:
    house, mirel, tam = make(project, "faction", "House"), make(project, "npc", "Mirel"), make(project, "npc", "Tam")
    first = relations.add_relation(project, mirel.id, "leads", house.id)
    second = relations.add_relation(project, tam.id, "leads", house.id)
    assert project.get(Entity, house.id).fields["leader"] == Link(text="Mirel", ref=mirel.id)
    relations.remove_relation(project, first.id)
    assert project.get(Entity, house.id).fields["leader"] == Link(text="Tam", ref=tam.id)
    relations.update_relation(project, second.id, {"certainty": "rumour"})
    assert "leader" not in project.get(Entity, house.id).fields


def test_a_list_of_links_mirrors_each_of_its_links(project: Project) -> None:
    for name in "AB":
        make(project, "faction", name)
    tam = make(project, "npc", "Tam", affiliation=["A", "B", "Nobody yet"])
    assert labels(project, tam) == [("member of", "A"), ("member of", "B")]
    gone = relations.relations_of(project, tam.id)[0]
    relations.remove_relation(project, gone.id)
    value = project.get(Entity, tam.id).fields["affiliation"]
    assert isinstance(value, list)
    assert [link.text for link in value if isinstance(link, Link)] == ["B", "Nobody yet"]


def test_relations_to_what_is_in_the_trash_rest_until_it_comes_back(project: Project) -> None:
    house, mirel = make(project, "faction", "House"), make(project, "npc", "Mirel")
    relations.add_relation(project, mirel.id, "leads", house.id)
    trash.delete(project, [house.id])
    assert labels(project, mirel) == []
    assert [row.name for row in trash.listing(project)] == ["House"]
    trash.restore(project, [house.id])
    assert labels(project, mirel) == [("leads", "House")]


def test_purge_takes_relations_and_claims_and_leaves_words(project: Project) -> None:
    port = make(project, "location", "Port")
    tam = make(project, "npc", "Tam", home="Port")
    claims.add_claim(project, tam.id, "born", object_id=port.id)
    claims.add_claim(project, port.id, "population", 900)
    trash.delete(project, [port.id])
    assert trash.empty(project) == 1
    after = project.get(Entity, tam.id)
    assert after.fields["home"] == Link(text="Port")
    assert labels(project, after) == []
    assert [(c.predicate, c.value, c.object_id) for c in claims.claims_of(project, tam.id)] == [("born", "Port", None)]
    assert claims.claims_of(project, port.id) == []


def test_merge_joins_fields_and_moves_everything(project: Project) -> None:
    port = make(project, "location", "Port")
    keep = entities.create_entity(
        project, kind="npc", name="Mirel", summary="A captain.", tags=["sea"], fields={"role": "captain"}
    )
    other = entities.create_entity(
        project, kind="npc", name="Mirel of Ash", body="Born at sea.", tags=["ash"],
        fields={"role": "pirate", "home": "Port", "fear": "fire"},
    )  # fmt: skip
    house = make(project, "faction", "House", leader="Mirel of Ash")
    relations.add_relation(project, keep.id, "enemy_of", other.id)
    claims.add_claim(project, other.id, "age", 40)
    result = merge.merge_entities(project, keep.id, [other.id])
    merged = result.entity
    assert result.conflicts == (("fields.role", "captain", "pirate"),)
    assert merged.fields["home"] == Link(text="Port", ref=port.id)
    assert merged.fields["fear"] == "fire"
    assert (merged.body, merged.tags) == ("Born at sea.", ("sea", "ash"))
    assert [a.name for a in merged.aliases] == ["Mirel of Ash"]
    assert labels(project, merged) == [("leads", "House"), ("lives in", "Port")]
    assert project.get(Entity, house.id).fields["leader"] == Link(text="Mirel", ref=keep.id)
    assert [c.predicate for c in claims.claims_of(project, keep.id)] == ["age"]
    assert [row.name for row in trash.listing(project)] == ["Mirel of Ash"]


def test_merge_can_take_single_fields_from_the_other(project: Project) -> None:
    keep, other = make(project, "npc", "A", role="captain"), make(project, "npc", "B", role="pirate")
    merged = merge.merge_entities(project, keep.id, [other.id], choices={"fields.role": "right"}).entity
    assert merged.fields["role"] == "pirate"
    with pytest.raises(Invalid):
        merge.merge_entities(project, keep.id, [keep.id])


def test_what_is_stated_follows_its_field_and_its_witnesses(project: Project) -> None:
    keep, other, gull = (make(project, "npc", name, role="captain") for name in ("Mirel", "Mirel of Ash", "Gull"))
    with project.commit("test", "state") as commit:
        commit.put(other.model_copy(update={"stated": {"fields.role": Statement(certainty="lie", speaker=gull.id)}}))
        said = {"fields.role": Statement(known_by=(other.id, gull.id), speaker=other.id)}
        commit.put(gull.model_copy(update={"stated": said}))
    claims.add_claim(project, keep.id, "age", 40, speaker=other.id, known_by=(other.id, keep.id))
    entities.update_entity(project, other.id, {"fields.role": "pirate"})
    merged = merge.merge_entities(project, keep.id, [other.id], choices={"fields.role": "right"}).entity
    assert merged.statement("fields.role") == Statement(certainty="lie", speaker=gull.id)
    assert project.get(Entity, gull.id).statement("fields.role") == Statement(
        known_by=(keep.id, gull.id), speaker=keep.id
    )
    assert [(c.speaker, c.known_by) for c in claims.claims_of(project, keep.id)] == [(keep.id, (keep.id,))]
    trash.delete(project, [gull.id])
    trash.purge(project, [gull.id])
    assert project.get(Entity, keep.id).statement("fields.role") == Statement(certainty="lie")
    entities.update_entity(project, keep.id, {"fields.role": None})
    assert project.get(Entity, keep.id).stated == {}


def test_claims_can_be_changed_and_taken_back(project: Project) -> None:
    tam = make(project, "npc", "Tam")
    claim = claims.add_claim(project, tam.id, "age", 40, certainty="rumour")
    assert claims.update_claim(project, claim.id, {"value": 41}).value == 41
    claims.remove_claim(project, claim.id)
    assert claims.claims_of(project, tam.id) == []
    with pytest.raises(Invalid):
        claims.add_claim(project, tam.id, "age")


def test_an_attitude_beyond_the_scale_is_refused_in_a_sentence(project: Project) -> None:
    one = entities.create_entity(project, kind="npc", name="One").id
    other = entities.create_entity(project, kind="npc", name="Other").id
    with pytest.raises(Invalid, match="−100"):
        relations.add_relation(project, one, "ally_of", other, attitude=101)
    made = relations.add_relation(project, one, "ally_of", other)
    with pytest.raises(Invalid, match="−100"):
        relations.update_relation(project, made.id, {"attitude": -9999})
