"""Kinds of a project's own: their fields, their words, and that entities follow them."""

import pytest

from studio.domain import dates
from studio.domain.errors import Conflict, Invalid
from studio.domain.lens import Lens
from studio.domain.vocabulary import KINDS
from studio.domain.world import Calendar, Entity, Link
from studio.domain.worldkit import EntityKind
from studio.services import find, history
from studio.services.context.texts import entity_text
from studio.services.forge import slots
from studio.services.world import claims, entities, kind_editing, kinds, pages, relations, tree
from studio.storage.project import Project

SHIP = {
    "properties": {
        "captain": {"x-link": ["npc"]}, "crew": {"x-links": []}, "built": {"x-date": True}, "ports": {"type": "array"},
        "hull": {"enum": ["Oak", "Bone"]}, "speed": {"type": "integer"}, "curse": {"type": "string", "x-gm": True},
    }
}  # fmt: skip


def ship_kind(project: Project) -> EntityKind:
    return kind_editing.add_kind(project, "Sky ship", definition=SHIP)


def test_values_take_the_shape_that_the_schema_gives_their_field(project: Project) -> None:
    assert ship_kind(project).name == "sky_ship"
    mirel = entities.create_entity(project, kind="npc", name="Mirel")
    given = {"captain": "Mirel", "crew": "Mirel; Tam", "built": "spring 812", "hull": "bone", "speed": "12",
             "ports": "Ash; Quay"}  # fmt: skip
    swift = entities.create_entity(project, kind="sky_ship", name="Swift", fields=given)
    link = Link(text="Mirel", ref=mirel.id)
    assert swift.fields == {
        "captain": link, "crew": [link, Link(text="Tam")], "built": Link(text="spring 812"), "hull": "Bone",
        "speed": 12, "ports": ["Ash", "Quay"],
    }  # fmt: skip
    assert entities.update_entity(project, swift.id, {"fields.built": "spring 812"}) == swift
    assert entities.update_entity(project, swift.id, {"fields.hull": "glass"}).fields["hull"] == "glass"


def test_a_date_in_words_is_never_taken_for_a_link(project: Project) -> None:
    ship_kind(project)
    swift = entities.create_entity(
        project, kind="sky_ship", name="Swift", fields={"built": "Spring", "captain": "Spring"}
    )
    spring = entities.create_entity(project, kind="npc", name="Spring")
    fields = project.get(Entity, swift.id).fields
    assert fields["captain"] == Link(text="Spring", ref=spring.id)
    assert fields["built"] == Link(text="Spring")


def test_a_shipped_kind_takes_more_fields_and_other_words(project: Project) -> None:
    kind_editing.extend(project, "npc", {"definition": {"properties": {"debt": {"type": "number"}}}})
    spec = kinds.spec_of(project, "npc")
    assert spec.fields[:-1] == KINDS["npc"].fields
    assert spec.fields[-1].name == "debt"
    kind_editing.extend(project, "npc", {"label": "Character"})
    assert kinds.spec_of(project, "npc").plural == "Characters"
    entities.create_entity(project, kind="npc", name="Mirel")
    assert [group.label for group in tree.groups(project, "kind")] == ["Characters"]
    with pytest.raises(Invalid, match="already"):
        kind_editing.extend(project, "npc", {"definition": {"properties": {"home": {"type": "string"}}}})


def test_undo_and_redo_are_seen_at_once(project: Project) -> None:
    ship_kind(project)
    assert kinds.spec_of(project, "sky_ship").field("speed") is not None
    history.undo(project)
    assert kinds.spec_of(project, "sky_ship").fields == ()
    history.redo(project)
    assert [f.name for f in kinds.spec_of(project, "sky_ship").fields] == list(SHIP["properties"])


def test_what_was_read_in_a_commit_that_failed_is_forgotten(project: Project) -> None:
    def fail() -> None:
        with project.commit("test", "fails"):
            ship_kind(project)
            assert kinds.spec_of(project, "sky_ship").fields
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert kinds.spec_of(project, "sky_ship").fields == ()


def test_a_rename_takes_entities_and_links_along(project: Project) -> None:
    kind = ship_kind(project)
    kind_editing.add_kind(project, "Harbour", definition={"properties": {"holds": {"x-links": ["sky_ship", "npc"]}}})
    swift = entities.create_entity(project, kind="sky_ship", name="Swift", fields={"speed": 12})
    state = project.get(Entity, swift.id)
    renamed = kind_editing.rename_kind(project, kind.id, "Air ship")
    assert (renamed.name, renamed.label) == ("air_ship", "Air ship")
    assert project.get(Entity, swift.id).kind == "air_ship"
    assert kinds.field_of(project, "harbour", "holds").kinds == ("air_ship", "npc")
    history.undo(project)
    assert project.get(Entity, swift.id).kind == state.kind
    assert kinds.field_of(project, "harbour", "holds").kinds == ("sky_ship", "npc")


def test_a_kind_in_use_is_not_removed_without_saying_what_its_entries_become(project: Project) -> None:
    kind = ship_kind(project)
    entities.create_entity(project, kind="npc", name="Mirel")
    for name in ("Swift", "Slow"):
        entities.create_entity(project, kind="sky_ship", name=name, fields={"owner": "Mirel"})
    with pytest.raises(Conflict, match="2 entries are"):
        kind_editing.remove_kind(project, kind.id)
    assert kind_editing.remove_kind(project, kind.id, convert_to="item") == 2
    swift = next(e for e in project.all(Entity) if e.name == "Swift")
    assert swift.kind == "item"
    assert project.all(EntityKind) == []
    history.undo(project)
    assert project.get(Entity, swift.id).kind == "sky_ship"


def test_converted_entries_get_the_relations_of_their_new_fields(project: Project) -> None:
    kind = kind_editing.add_kind(project, "Relic", definition={"properties": {"owner": {"x-link": ["npc"]}}})
    mirel = entities.create_entity(project, kind="npc", name="Mirel")
    entities.create_entity(project, kind="relic", name="Lamp", fields={"owner": "Mirel"})
    kind_editing.remove_kind(project, kind.id, convert_to="item")
    assert [row.label for row in relations.relations_of(project, mirel.id)] == ["owns"]


def test_words_taken_by_others_are_no_kinds(project: Project) -> None:
    ship_kind(project)
    for label, error in (("Message", Invalid), ("…", Invalid), ("Sky  Ship", Conflict)):
        with pytest.raises(error):
            kind_editing.add_kind(project, label)
    kind = kind_editing.add_kind(project, "Relic")
    with pytest.raises(Conflict):
        kind_editing.rename_kind(project, kind.id, "Faction")
    with pytest.raises(Invalid):
        kind_editing.update_kind(project, kind.id, {"name": "x"})
    with pytest.raises(Invalid, match="full stop"):
        kind_editing.update_kind(project, kind.id, {"definition": {"properties": {"a.b": {}}}})
    assert [kind_editing.name_for(w) for w in ("Éole ship", "7 Sins", " A-B ")] == ["eole_ship", "k_7_sins", "a_b"]


def test_players_find_nothing_that_a_kind_keeps_for_the_game_master(project: Project) -> None:
    ship_kind(project)
    swift = entities.create_entity(
        project, kind="sky_ship", name="Swift", fields={"curse": "It drinks names", "hull": "Oak"}, visibility="party"
    )
    party = Lens(audience="party")
    assert [hit.name for hit in find.find(project, "drinks")] == ["Swift"]
    assert list(find.find(project, "drinks", lens=party)) == []
    page = pages.entity_page(project, swift.id, lens=party)
    assert "hull" in page.entity.fields
    assert "curse" not in page.model_dump_json()


def test_the_overview_counts_and_names_kinds_that_only_entities_know(project: Project) -> None:
    ship_kind(project)
    with project.commit("import", "A kind that only a file knows") as commit:
        commit.put(Entity(kind="omen", name="The comet"))
    rows = {row.spec.name: row for row in kinds.overview(project)}
    assert list(rows)[: len(KINDS)] == list(KINDS)
    assert (rows["omen"].entities, rows["omen"].shipped, rows["omen"].id) == (1, False, "")
    assert (rows["sky_ship"].entities, bool(rows["sky_ship"].id)) == (0, True)
    assert kinds.gm_only(project, "sky_ship") == {"curse"}


def test_a_dated_claim_speaks_for_a_field_of_a_kind_of_ones_own(project: Project) -> None:
    with project.commit("test", "calendar") as commit:
        commit.put(Calendar(name="Tides", definition={"key": "t", "months": [{"name": "Ebb", "days": 30}]}))
    ship_kind(project)
    swift = entities.create_entity(project, kind="sky_ship", name="Swift", fields={"hull": "Oak"})
    claims.add_claim(project, swift.id, "captain", "Tam", valid_from="800", valid_to="810")
    day = pages.entity_page(project, swift.id).claims[0].said.statement.valid_from
    at = dates.resolve(day, project.calendars).lo
    then = pages.entity_page(project, swift.id, lens=Lens(as_of=at)).entity
    assert then.fields["captain"] == Link(text="Tam")


def test_prompts_and_chats_read_a_kind_in_its_own_words(project: Project) -> None:
    kind_editing.extend(project, "npc", {"label": "Character", "definition": {"properties": {"debt": {"x-gm": True}}}})
    tam = entities.create_entity(project, kind="npc", name="Tam", fields={"debt": "All of it"}, visibility="party")
    text = str(slots.entity_view(project, tam))
    assert text.startswith("Tam (Character)")
    assert "All of it" not in text
    assert "### Tam (character)" in entity_text(tam, kinds.spec_of(project, "npc"))
