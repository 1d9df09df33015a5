"""The history in words: pages and filters, what a change did field by field, and putting back what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.blueprint import Blueprint
from studio.domain.errors import NotFound
from studio.domain.ids import RecordId
from studio.domain.recipe import Recipe
from studio.domain.world import Entity, Relation
from studio.services import changes, history, wording
from studio.services.changes import Filter
from studio.services.chat import messages, threads
from studio.services.forge import recipes
from studio.services.forge.content import Content
from studio.services.foundry import blueprints
from studio.services.world import entities, relations, trash

if TYPE_CHECKING:
    from studio.storage.project import Project


def npc(project: Project, name: str = "Tam", **more: str) -> Entity:
    return entities.create_entity(project, kind="npc", name=name, **more)  # pyright: ignore[reportArgumentType]


def latest(project: Project) -> changes.Detail:
    return changes.detail(project, changes.page(project, limit=1)[0].id)


def told(detail: changes.Detail, n: int = 0) -> dict[str, tuple[str, str]]:
    return {field.label: (field.before, field.after) for field in detail.records[n].fields}


# ---- pages -------------------------------------------------------------------------------------------------------


def test_pages_follow_one_another_without_gap_or_repeat(project: Project) -> None:
    for n in range(25):
        npc(project, f"Tam {n}")
    first = changes.page(project, limit=10)
    second = changes.page(project, limit=10, before_seq=first[-1].seq)
    third = changes.page(project, limit=10, before_seq=second[-1].seq)
    assert [row.seq for row in (*first, *second, *third)] == list(range(26, 0, -1))
    assert changes.page(project, after_seq=24)[-1].seq == 25


def test_a_row_counts_in_words(project: Project) -> None:
    port = entities.create_entity(project, kind="location", name="Port Ash")
    npc(project, fields={"home": "Port Ash"})  # pyright: ignore[reportArgumentType]
    row = changes.page(project, limit=1)[0]
    assert (row.counts, row.author, row.message) == ("1 world entry, 1 relation", "Ana", "New NPC “Tam”")
    trash.delete(project, [port.id])
    trash.purge(project, [port.id])
    assert changes.page(project, limit=1)[0].counts == "2 world entries, 1 relation"


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([("npc", 2), ("relation", 1)], "2 world entries, 1 relation"),
        ([("recipe", 1), ("recipe_version", 1)], "1 recipe"),
        ([("artifact", 1)], "1 reading of an answer"),
        ([("message", 2), ("thread", 1)], "2 messages, 1 chat"),
        ([], ""),
    ],
)
def test_counts_leave_out_what_only_came_along(kinds: list[tuple[str, int]], words: str) -> None:
    assert wording.counted(kinds) == words


def test_rows_say_what_undo_and_redo_would_take(project: Project) -> None:
    npc(project, "Tam")
    npc(project, "Ash")
    history.undo(project)
    assert [(row.step, row.top) for row in changes.page(project)] == [
        ("undo", "redo"), ("do", ""), ("do", "undo"), ("note", ""),
    ]  # fmt: skip


def test_filters_narrow_by_record_author_and_words(project: Project) -> None:
    tam = npc(project, "Tam")
    project.author = "Bo"
    npc(project, "Élan Vital")
    entities.rename_entity(project, tam.id, "Tim")
    assert [r.message for r in changes.page(project, Filter(record=tam.id))] == [
        "Rename “Tam” to “Tim”",
        "New NPC “Tam”",
    ]
    assert len(changes.page(project, Filter(author="Bo"))) == 2
    assert [r.message for r in changes.page(project, Filter(word="ELAN new"))] == ["New NPC “Élan Vital”"]
    assert changes.page(project, Filter(word="100%")) == []
    assert changes.authors(project) == ["Ana", "Bo"]
    assert not Filter(word="  ").is_on


# ---- what a change did -------------------------------------------------------------------------------------------


def test_a_new_entry_tells_what_is_in_it_and_no_defaults(project: Project) -> None:
    npc(project, summary="A sailor.")
    detail = latest(project)
    assert (detail.records[0].what, detail.records[0].name) == ("made", "Tam")
    assert told(detail) == {"Name": ("", "Tam"), "Summary": ("", "A sailor.")}


def test_fields_are_told_by_label_and_links_by_name(project: Project) -> None:
    entities.create_entity(project, kind="location", name="Port Ash")
    tam = npc(project)
    entities.update_entity(
        project, tam.id, {"fields.home": "Port Ash", "fields.wants_now": "Gold", "custom.omen": "Owl"}
    )
    assert told(latest(project)) == {"Home": ("", "Port Ash"), "Wants now": ("", "Gold"), "Omen": ("", "Owl")}
    assert latest(project).records[1].name == "Tam lives in Port Ash"


def test_a_status_that_was_never_written_down_is_told_as_the_default_that_it_was(project: Project) -> None:
    tam = npc(project)
    entities.set_status(project, [tam.id], "canon")
    assert told(latest(project)) == {"Status": ("draft", "canon")}


def test_lists_dates_and_aliases_are_told_in_words(project: Project) -> None:
    house = entities.create_entity(project, kind="faction", name="House Veyra")
    entities.update_entity(
        project,
        house.id,
        {"aliases": ["Veyra", "The House"], "fields.goals": ["Gold", "Peace"], "fields.founded": "212 AS"},
    )
    assert told(latest(project)) == {
        "Aliases": ("", "Veyra\nThe House"), "Founded": ("", "212 AS"), "Goals": ("", "Gold\nPeace"),
    }  # fmt: skip


def test_blueprints_recipes_and_chats_are_told_too(project: Project) -> None:
    blueprint = blueprints.create(project, title="Salt")
    blueprints.set_field(project, blueprint.id, "pitch.premise", "A bell rings.")
    assert told(latest(project)) == {"Premise": ("", "A bell rings.")}
    recipe = recipes.create(project, title="Portrait")
    version = recipes.save_version(project, recipe.id, Content(blocks=()), message="Empty it")
    detail = latest(project)
    assert {r.name for r in detail.records} == {"Portrait", "Portrait, version 2"}
    thread = threads.create_thread(project, title="One")
    messages.send(project, thread.id, "Who rules?\n\nTell me.")
    assert "You: Who rules? Tell me." in {r.name for r in latest(project).records}
    assert version.n == 2


def test_trash_return_and_deletion_are_told_apart(project: Project) -> None:
    tam = npc(project)
    said = []
    for verb in (trash.delete, trash.restore, trash.delete, trash.purge):
        verb(project, [tam.id])
        said.append((latest(project).records[0].what, latest(project).records[0].is_there))
    assert said == [("trashed", False), ("returned", True), ("trashed", False), ("deleted", False)]
    assert latest(project).records[0].name == "Tam"


def test_names_of_what_is_gone_are_still_told(project: Project) -> None:
    tam, ash = npc(project, "Tam"), npc(project, "Ash")
    relations.add_relation(project, tam.id, "ally_of", ash.id)
    row = changes.page(project, limit=1)[0]
    trash.delete(project, [ash.id])
    trash.purge(project, [ash.id])
    assert changes.detail(project, row.id).records[0].name == "Tam ally of Ash"
    assert changes.name_of(project, ash.id) == "Ash"
    assert changes.name_of(project, "never was") == "something that is gone"


def test_a_big_change_is_told_in_portions(project: Project) -> None:
    with project.commit("test", "Many") as commit:
        for n in range(45):
            commit.put(Entity(kind="npc", name=f"N{n}"))
    row = changes.page(project, limit=1)[0]
    parts = [changes.detail(project, row.id, offset=n) for n in (0, 20, 40)]
    assert [len(part.records) for part in parts] == [20, 20, 5]
    assert {part.total for part in parts} == {45}
    assert len({record.id for part in parts for record in part.records}) == 45


def test_a_change_that_is_not_there_says_so(project: Project) -> None:
    with pytest.raises(NotFound):
        changes.detail(project, "nothing")


# ---- texts -------------------------------------------------------------------------------------------------------


def test_a_text_differs_word_by_word() -> None:
    found = wording.pieces("The old king rules the salt road today.", "The young queen rules the salt road today.")
    assert found[0] == ("same", "The ")
    assert ("out", "old king") in found
    assert ("in", "young queen") in found
    assert wording.spoken(found) == "removed: old king. added: young queen"


@pytest.mark.parametrize(("before", "after"), [("draft", "canon"), ("one two", "three"), ("", "x"), ("x", "")])
def test_short_values_are_replaced_whole(before: str, after: str) -> None:
    found = wording.pieces(before, after)
    assert "".join(p.text for p in found if p.mark != "in") == before
    assert "".join(p.text for p in found if p.mark != "out") == after
    assert all(p.mark != "same" for p in found)


def test_both_texts_can_be_read_out_of_the_difference() -> None:
    old = "One line.\nAnother line that is long enough, with commas.\nThe end, my friend.\n"
    new = "One line!\nAnother line that was long enough with commas.\nA new one.\nThe end, my friend.\n"
    found = wording.pieces(old, new)
    assert "".join(p.text for p in found if p.mark != "in") == old
    assert "".join(p.text for p in found if p.mark != "out") == new


def test_a_long_text_differs_line_by_line_and_soon() -> None:
    old = "\n".join(f"line {n} of a long tale" for n in range(3000))
    found = wording.pieces(old, old.replace("line 1500 of", "line 1500 in"))
    assert {p.mark for p in found} == {"same", "in", "out"}
    short = wording.shortened(found)
    assert sum(len(p.text) for p in short) < 500


# ---- putting back ------------------------------------------------------------------------------------------------


def test_one_field_is_put_back_and_the_others_stay(project: Project) -> None:
    tam = npc(project)
    entities.update_entity(project, tam.id, {"fields.role": "sailor", "fields.fear": "fire"})
    entities.update_entity(project, tam.id, {"fields.role": "captain"})
    row = changes.page(project, limit=1)[0]
    entities.update_entity(project, tam.id, {"fields.fear": "water"})
    message = changes.put_back(project, tam.id, row.id, side="before", paths=(("fields", "role"),))
    now = project.get(Entity, tam.id)
    assert (now.fields["role"], now.fields["fear"]) == ("sailor", "water")
    assert message.startswith("Put back role of “Tam” from ")
    history.undo(project)
    assert project.get(Entity, tam.id).fields["role"] == "captain"


def test_a_field_that_was_empty_is_emptied_again_with_its_mark(project: Project) -> None:
    tam = npc(project)
    entities.update_entity(project, tam.id, {"fields.role": "sailor"})
    row = changes.page(project, limit=1)[0]
    changes.put_back(project, tam.id, row.id, side="before", paths=(("fields", "role"),))
    now = project.get(Entity, tam.id)
    assert "role" not in now.fields
    assert "fields.role" not in now.prov


def test_the_whole_record_is_made_again_what_it_was(project: Project) -> None:
    tam = npc(project, summary="A sailor.")
    made = changes.page(project, limit=1)[0]
    entities.update_entity(project, tam.id, {"summary": "A captain.", "fields.role": "captain"})
    changed = changes.page(project, limit=1)[0]
    entities.update_entity(project, tam.id, {"summary": "A pirate."})
    changes.put_back(project, tam.id, made.id, side="after")
    assert project.get(Entity, tam.id).summary == "A sailor."
    changes.put_back(project, tam.id, changed.id, side="after")
    assert project.get(Entity, tam.id).summary == "A captain."


def test_relations_follow_a_link_that_is_put_back(project: Project) -> None:
    entities.create_entity(project, kind="location", name="Port Ash")
    tam = npc(project, fields={"home": "Port Ash"})  # pyright: ignore[reportArgumentType]
    entities.update_entity(project, tam.id, {"fields.home": None})
    row = changes.page(project, limit=1)[0]
    assert project.all(Relation) == []
    changes.put_back(project, tam.id, row.id, side="before", paths=(("fields", "home"),))
    assert [r.type for r in project.all(Relation)] == ["lives_in"]


def test_links_elsewhere_follow_a_name_that_is_put_back(project: Project) -> None:
    tam = npc(project)
    other = npc(project, "Ash", body="Loves [[Tam]].")
    entities.rename_entity(project, tam.id, "Tim")
    row = changes.page(project, limit=1)[0]
    assert project.get(Entity, other.id).body == "Loves [[Tim]]."
    changes.put_back(project, tam.id, row.id, side="before")
    assert project.get(Entity, tam.id).names() == ("Tam",)
    assert project.get(Entity, other.id).body == "Loves [[Tam]]."


def test_what_lies_in_the_trash_or_is_gone_comes_back(project: Project) -> None:
    tam = npc(project, summary="A sailor.")
    trash.delete(project, [tam.id])
    changes.put_back(project, tam.id, changes.page(project, limit=1)[0].id, side="before")
    assert project.find(Entity, tam.id) is not None
    trash.delete(project, [tam.id])
    trash.purge(project, [tam.id])
    row = changes.page(project, limit=1)[0]
    assert changes.detail(project, row.id).records[0].back
    changes.put_back(project, tam.id, row.id, side="before")
    assert project.get(Entity, tam.id, deleted=True).summary == "A sailor."


def test_a_relation_comes_back_only_between_what_is_there(project: Project) -> None:
    tam, ash = npc(project, "Tam"), npc(project, "Ash")
    relation = relations.add_relation(project, tam.id, "ally_of", ash.id)
    relations.remove_relation(project, relation.id)
    row = changes.page(project, limit=1)[0]
    trash.delete(project, [ash.id])
    with pytest.raises(NotFound, match="One end"):
        changes.put_back(project, relation.id, row.id, side="before")
    trash.restore(project, [ash.id])
    changes.put_back(project, relation.id, row.id, side="before")
    assert len(project.all(Relation)) == 1


def test_blueprint_fields_and_recipe_heads_are_put_back(project: Project) -> None:
    blueprint = blueprints.create(project, title="Salt")
    blueprints.set_field(project, blueprint.id, "pitch.premise", "A bell rings.")
    row = changes.page(project, limit=1)[0]
    blueprints.set_field(project, blueprint.id, "identity.tagline", "Low tide")
    changes.put_back(project, blueprint.id, row.id, side="before", paths=(("pitch", "premise"),))
    now = project.get(Blueprint, blueprint.id)
    assert (now.pitch.premise, now.identity.tagline) == ("", "Low tide")
    recipe = recipes.create(project, title="Portrait")
    recipes.set_head(project, recipe.id, {"title": "Face"})
    changes.put_back(project, recipe.id, changes.page(project, limit=1)[0].id, side="before")
    assert project.get(Recipe, recipe.id).title == "Portrait"


def test_there_is_no_before_of_what_was_made(project: Project) -> None:
    tam = npc(project)
    row = changes.page(project, limit=1)[0]
    detail = changes.detail(project, row.id)
    assert (detail.records[0].back, detail.records[0].forth) == (False, False)
    with pytest.raises(NotFound):
        changes.put_back(project, tam.id, row.id, side="before")
    with pytest.raises(NotFound):
        changes.put_back(project, RecordId("other"), row.id, side="after")
