"""What no verb takes: each is refused with a sentence, and nothing of it is kept."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from studio.domain.errors import Invalid, NotFound, StudioError
from studio.domain.ids import RecordId
from studio.domain.world import Alias, Entity, Link, Relation
from studio.domain.worldkit import Media
from studio.services.world import (
    bulk,
    calendars,
    claims,
    clocks,
    entities,
    entries,
    maps,
    media,
    merge,
    relations,
    sessions,
)
from studio.services.world.assigning import assign
from studio.storage.project import Project
from tests.support.images import png

Act = Callable[[Project], object]
LONG = "é" * 5000


def make(project: Project, kind: str, name: str, **fields: object) -> Entity:
    return entities.create_entity(project, kind=kind, name=name, fields=fields)


def told(project: Project, act: Act) -> str:
    """The sentence with which an act is refused; nothing of it is kept."""
    before = project.sql.execute("SELECT count(*), max(seq) FROM commit_log").fetchone()
    with pytest.raises(StudioError) as refused:
        act(project)
    assert project.sql.execute("SELECT count(*), max(seq) FROM commit_log").fetchone() == before
    return str(refused.value)


# ---- parents ---------------------------------------------------------------------------------------------------------


def test_nothing_lies_in_itself_by_any_way(project: Project) -> None:
    city, ward = make(project, "location", "City"), make(project, "location", "Ward", parent="City")
    yard = make(project, "location", "Yard", parent="Ward")
    acts: list[Act] = [
        lambda p: entities.update_entity(p, city.id, {"fields.parent": "City"}),
        lambda p: entities.update_entity(p, city.id, {"fields.parent": "Yard"}),
        lambda p: entities.update_entity(p, city.id, {"parent": city.id}),
        lambda p: entities.update_entity(p, city.id, {"parent": yard.id}),
        lambda p: bulk.apply(p, [city.id], bulk.Change(edits=(bulk.Edit(path="fields.parent", value="Yard"),))),
        lambda p: bulk.preview(p, [city.id], bulk.Change(edits=(bulk.Edit(path="fields.parent", value="Yard"),))),
        lambda p: assign(p, "City", ["parent=Yard"]),
        lambda p: relations.add_relation(p, city.id, "located in", yard.id),
        lambda p: relations.add_relation(p, city.id, "contained by", city.id),
    ]
    for act in acts[:-1]:
        assert "Nothing lies in itself" in told(project, act)
    assert "two different entries" in told(project, acts[-1])
    assert told(project, acts[1]).startswith("“City” would lie in “Yard” would lie in “Ward” would lie in “City”.")
    assert project.get(Entity, ward.id).fields["parent"] == Link(text="City", ref=city.id)


def test_a_name_that_closes_a_circle_of_waiting_links_is_refused(project: Project) -> None:
    make(project, "location", "Ward", parent="City")
    assert "lie in “Ward”" in told(project, lambda p: make(p, "location", "City", parent="Ward"))
    assert "itself" in told(project, lambda p: make(p, "location", "Moon", parent="Moon"))


def test_a_parent_that_is_not_there_is_refused(project: Project) -> None:
    tam = make(project, "npc", "Tam")
    with pytest.raises(NotFound, match="Choose another parent"):
        entities.update_entity(project, tam.id, {"parent": "nobody"})


def test_merging_with_what_one_lies_in_leaves_no_circle(project: Project) -> None:
    city = make(project, "location", "City")
    ward, yard = make(project, "location", "Ward", parent="City"), make(project, "location", "Yard", parent="Ward")
    merged = merge.merge_entities(project, yard.id, [city.id]).entity
    assert "parent" not in merged.fields
    assert project.get(Entity, ward.id).fields["parent"] == Link(text="Yard", ref=yard.id)
    assert [(r.from_id, r.to_id) for r in project.all(Relation)] == [(ward.id, yard.id)]


def test_nobody_is_among_their_own_forebears_but_people_may_say_so(project: Project) -> None:
    old, mid, young = (make(project, "npc", name) for name in ("Old", "Mid", "Young"))
    relations.add_relation(project, old.id, "parent_of", mid.id)
    relations.add_relation(project, young.id, "child_of", mid.id)
    sentence = told(project, lambda p: relations.add_relation(p, young.id, "ancestor_of", old.id))
    assert sentence.startswith(
        "“Old” would be among its own forebears: “Old”, child of “Young”, child of “Mid”, child of “Old”."
    )
    said = relations.add_relation(project, young.id, "parent_of", old.id, certainty="rumour")
    assert "forebears" in told(project, lambda p: relations.update_relation(p, said.id, {"certainty": "fact"}))


# ---- time ------------------------------------------------------------------------------------------------------------


def spans(project: Project) -> dict[str, Callable[[str, str], object]]:
    house, tam = make(project, "faction", "House"), make(project, "npc", "Tam", role="captain")
    known = relations.add_relation(project, tam.id, "serves", house.id, valid_from="900")
    claim = claims.add_claim(project, tam.id, "title", "Lord")
    return {
        "add_relation": lambda a, b: relations.add_relation(
            project, tam.id, "leads", house.id, valid_from=a, valid_to=b
        ),
        "update_relation": lambda a, b: relations.update_relation(
            project, known.id, {"valid_from": a, "valid_to": b}
        ),
        "add_claim": lambda a, b: claims.add_claim(project, tam.id, "age", 4, valid_from=a, valid_to=b),
        "update_claim": lambda a, b: claims.update_claim(project, claim.id, {"valid_from": a, "valid_to": b}),
        "state": lambda a, b: claims.state(project, tam.id, "fields.role", {"valid_from": a, "valid_to": b}),
        "alias": lambda a, b: entities.update_entity(
            project, tam.id, {"aliases": [{"name": "T", "valid_from": {"text": a}, "valid_to": {"text": b}}]}
        ),
    }  # fmt: skip


@pytest.mark.parametrize("verb", ["add_relation", "update_relation", "add_claim", "update_claim", "state", "alias"])
def test_what_certainly_ends_before_it_begins_is_refused(project: Project, verb: str) -> None:
    calendars.add_preset(project, "gregorian")
    act = spans(project)[verb]
    assert told(project, lambda _p: act("900", "899")).startswith("It can't hold from 900 to 899: that ends before")
    act("900", "900")


def test_dates_that_may_be_in_order_are_taken(project: Project) -> None:
    tam = make(project, "npc", "Tam")
    for since, until in (("900", "June 900"), ("after 900", "910"), ("c. 900", "899"), ("900", "before 901")):
        claims.add_claim(project, tam.id, "title", "Lord", valid_from=since, valid_to=until)
    assert len(claims.claims_of(project, tam.id)) == 4


def test_an_end_before_the_beginning_that_is_there_already_is_refused(project: Project) -> None:
    tam, house = make(project, "npc", "Tam"), make(project, "faction", "House")
    known = relations.add_relation(project, tam.id, "serves", house.id, valid_from="900")
    with pytest.raises(Invalid, match="ends before it begins"):
        relations.update_relation(project, known.id, {"valid_to": "880"})
    with pytest.raises(Invalid, match="ends before it begins"):
        relations.add_relation(project, tam.id, "serves", house.id, valid_from="900", valid_to="880")


def test_words_that_no_calendar_reads_are_refused_once_there_is_one(project: Project) -> None:
    tam = make(project, "npc", "Tam")
    kept = claims.add_claim(project, tam.id, "title", "Lord", valid_from="3 Reed 812")
    calendars.add_preset(project, "gregorian")
    sentence = told(project, lambda p: claims.add_claim(p, tam.id, "title", "Duke", valid_from="4 Reed 812"))
    assert sentence.startswith("“4 Reed 812” isn't a date of this world. Write it as in “")
    same = claims.update_claim(project, kept.id, {"valid_from": "3 Reed 812", "value": "Earl"})
    assert (same.valid_from, same.value) == ({"text": "3 Reed 812"}, "Earl")


# ---- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("status", "holy", "“holy” is no status. Use draft, reviewed, canon, deprecated."),
        ("visibility", "everybody", "“everybody” is no audience."),
        ("visibility", "player:Nobody", "Nobody is called “Nobody”."),
        ("ai_visibility", "maybe", "“maybe” doesn't say what a model may see."),
        ("kind", "blorp", "There is no kind “blorp”. There are faction, npc,"),
        ("name", LONG, "The name has 5,000 letters: “éé"),
        ("aliases", [LONG], "Another name has 5,000 letters:"),
        ("aliases", [{"name": "T", "kind": "mask"}], "“kind” of the name “T” can't be so."),
        ("aliases", [{"name": "T", "visibility": "everybody"}], "“everybody” is no audience."),
    ],
)
def test_an_entity_takes_no_word_that_says_nothing(project: Project, path: str, value: Any, sentence: str) -> None:
    tam = make(project, "npc", "Tam")
    assert told(project, lambda p: entities.update_entity(p, tam.id, {path: value})).startswith(sentence)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda p, i: entities.set_status(p, [i], "holy"), "“holy” is no status."),
        (lambda p, _i: entities.set_status(p, [], "holy"), "“holy” is no status."),
        (lambda p, i: entities.set_visibility(p, [i], "all"), "“all” is no audience."),
        (lambda p, i: entities.set_kind(p, i, "blorp"), "There is no kind “blorp”."),
        (lambda p, _i: entities.create_entity(p, kind="blorp", name="X"), "There is no kind “blorp”."),
        (lambda p, _i: entities.create_entity(p, kind="npc", name=LONG), "The name has 5,000 letters"),
        (lambda p, _i: entities.create_entity(p, kind="npc", name="X", visibility="all"), "“all” is no audience."),
        (lambda p, i: entities.rename_entity(p, i, LONG), "The name has 5,000 letters"),
        (lambda p, i: claims.add_claim(p, i, LONG, 1), "What the claim is about has 5,000 letters"),
        (lambda p, i: claims.add_claim(p, i, "age", 1, certainty=cast("Any", "sure")), "“sure” doesn't say how sure"),
        (lambda p, i: claims.add_claim(p, i, "age", 1, visibility="all"), "“all” is no audience."),
        (lambda p, _i: entries.create_entry(p, title=LONG), "The title has 5,000 letters"),
        (lambda p, _i: entries.create_entry(p, title="A", visibility="all"), "“all” is no audience."),
    ],
)
def test_no_verb_takes_a_word_that_says_nothing(
    project: Project, act: Callable[[Project, RecordId], object], sentence: str
) -> None:
    tam = make(project, "npc", "Tam")
    assert told(project, lambda p: act(p, tam.id)).startswith(sentence)


def test_a_relation_and_a_note_take_no_word_that_says_nothing(project: Project) -> None:
    one, other = make(project, "npc", "One"), make(project, "npc", "Other")
    note = entries.create_entry(project, title="Log")
    known = relations.add_relation(project, one.id, "loves", other.id)
    assert "5,000 letters" in told(project, lambda p: relations.add_relation(p, one.id, LONG, other.id))
    assert "no audience" in told(project, lambda p: relations.add_relation(p, one.id, "owes", other.id, visibility="x"))
    assert "no audience" in told(project, lambda p: relations.update_relation(p, known.id, {"visibility": "x"}))
    assert "how sure" in told(project, lambda p: relations.update_relation(p, known.id, {"certainty": "x"}))
    for path, value in (("title", LONG), ("title", " "), ("status", "x"), ("visibility", "x"), ("ai_visibility", "x")):
        told(project, lambda p, path=path, value=value: entries.update_entry(p, note.id, {path: value}))


def test_small_records_take_no_audience_that_is_none(project: Project) -> None:
    chart = maps.create_map(project, name="Chart", image=("m.png", png(4, 4)))
    pin = maps.add_pin(project, chart.id, 0.5, 0.5, name="Here")
    clock, session = clocks.add_clock(project, name="Flood"), sessions.next_session(project)
    clue = sessions.add_clue(project, session.id, "It rains")
    image = project.all(Media)[0].hash
    acts: list[Act] = [
        lambda p: maps.update_pin(p, pin.id, {"visibility": "all"}),
        lambda p: maps.show_pins(p, chart.id, "all"),
        lambda p: clocks.update_clock(p, clock.id, {"visibility": "all"}),
        lambda p: sessions.update_clue(p, clue.id, {"visibility": "all"}),
        lambda p: media.describe(p, image, {"visibility": "all"}),
    ]
    assert {told(project, act) for act in acts} == {"“all” is no audience. Use gm, party, public or player:<id>."}
    assert "5,000 letters" in told(project, lambda p: clocks.update_clock(p, clock.id, {"name": LONG}))


def test_names_of_characters_become_their_ids_and_kinds_in_use_are_known(project: Project) -> None:
    tam = make(project, "npc", "Tam")
    entities.set_visibility(project, [tam.id], "player:Tam")
    assert project.get(Entity, tam.id).visibility == f"player:{tam.id}"
    with project.commit("import", "As an import brings it") as commit:
        commit.put(Entity(kind="airship", name="Gale"))
    assert make(project, "airship", "Squall").kind == "airship"


def test_aliases_may_come_as_objects(project: Project) -> None:
    tam = make(project, "npc", "Tam")
    told = [{"name": "[[The Grey]]", "kind": "title", "valid_from": {"text": "812"}}, "T", Alias(name="Old Tam")]
    found = entities.update_entity(project, tam.id, {"aliases": told}).aliases
    assert [(a.name, a.kind, a.valid_from) for a in found] == [
        ("The Grey", "title", {"text": "812"}), ("T", "alias", None), ("Old Tam", "alias", None),
    ]  # fmt: skip
