"""Resolving findings: one change each, nothing lost, one undo."""

from typing import TYPE_CHECKING

import pytest

from studio.domain.continuity import Finding
from studio.domain.dates import written
from studio.domain.errors import Invalid
from studio.domain.record import Status
from studio.domain.world import Claim, Entity, Entry, Link, Relation
from studio.services import history
from studio.services.continuity import resolve, rulings
from studio.services.world import claims, entities, entries, relations
from studio.storage.project import Project
from tests.services.continuity.planted import side, twins, two_titles

if TYPE_CHECKING:
    from studio.services.world.merge import Side


def test_a_merge_takes_each_field_from_the_side_that_was_chosen(project: Project) -> None:
    mirel, other, found = twins(project)
    choices: dict[str, Side] = {
        "name": "right", "summary": "both", "body": "left", "tags": "right",
        "fields.role": "both", "fields.fear": "left",
    }  # fmt: skip
    merged = resolve.merge_found(project, found, mirel.id, choices=choices).entity
    assert (merged.id, merged.name) == (mirel.id, "Captain Mirel")
    assert [alias.name for alias in merged.aliases] == ["Mirel Thane"]
    assert (merged.summary, merged.body, merged.tags) == ("A captain. She lost a ship.", "Born at sea.", ("ash",))
    assert {k: merged.fields[k] for k in ("role", "fear", "occupation")} == {
        "role": "captain", "fear": "fire", "occupation": "sailor",
    }  # fmt: skip
    assert [(c.predicate, c.value) for c in claims.claims_of(project, mirel.id)] == [("role", "pirate")]
    assert [row.label for row in relations.relations_of(project, mirel.id)] == ["member of"]
    assert project.find(Entity, other.id) is None


def test_a_merge_is_one_change_that_one_undo_takes_back(project: Project) -> None:
    mirel, other, found = twins(project)
    before = history.entries(project, limit=1)[0].seq
    resolve.merge_found(project, found, mirel.id)
    assert history.entries(project, limit=1)[0].seq == before + 1
    history.undo(project)
    assert project.get(Entity, other.id).name == "Captain Mirel"
    assert rulings.judged(project, [found])[0].state == "open"


def test_a_link_says_the_new_name_of_what_was_merged_into_the_others_name(project: Project) -> None:
    mirel, _, found = twins(project)
    house = entities.create_entity(project, kind="faction", name="The Nine", fields={"leader": "Mirel Thane"})
    resolve.merge_found(project, found, mirel.id, choices={"name": "right"})
    assert project.get(Entity, house.id).fields["leader"] == Link(text="Captain Mirel", ref=mirel.id)


def test_a_fork_of_two_with_one_name_gives_one_of_them_another(project: Project) -> None:
    one = entities.create_entity(project, kind="npc", name="Ash")
    two = entities.create_entity(project, kind="location", name="Ash", adopt=False)
    found = Finding(
        type="alias_collision", subjects=(one.id, two.id), evidence=(side(one, "name"), side(two, "name")),
        why="Two entries are called Ash.",
    )  # fmt: skip
    with pytest.raises(Invalid, match="already"):
        resolve.fork(project, found, 1, name="Ash")
    made = resolve.fork(project, found, 1, name="Port Ash")
    assert (made.id, made.name, made.aliases) == (two.id, "Port Ash", ())
    assert rulings.judged(project, [found])[0].because == "They are two; the other is “Port Ash”."


def test_a_fork_at_an_alias_changes_only_that_alias(project: Project) -> None:
    one = entities.create_entity(project, kind="npc", name="Mirel")
    two = entities.create_entity(project, kind="npc", name="Gull", aliases=["The Crow", "Mirel"])
    found = Finding(
        type="alias_collision", subjects=(one.id, two.id), evidence=(side(one, "name"), side(two, "aliases.1.name")),
        why="Mirel is also what Gull is called.",
    )  # fmt: skip
    made = resolve.fork(project, found, 1, name="Mirel the Younger")
    assert [alias.name for alias in made.aliases] == ["The Crow", "Mirel the Younger"]


def test_a_fork_moves_a_statement_to_an_entry_of_its_own(project: Project) -> None:
    tam, claim, found = two_titles(project)
    assert resolve.offers(project, found).fork == (0, 1)
    made = resolve.fork(project, found, 1, name="Tam the Elder")
    assert (made.kind, made.status) == ("npc", Status.DRAFT)
    assert project.get(Claim, claim.id).subject_id == made.id
    assert project.get(Entity, tam.id).fields["title"] == "Harbour master"
    history.undo(project)
    other = resolve.fork(project, found, 0, name="Tam the Elder")
    assert other.fields == {"title": "Harbour master"}
    assert project.get(Entity, tam.id).fields == {}


def test_the_newer_statement_ends_the_older_one_where_it_begins(project: Project) -> None:
    tam, _, found = two_titles(project)
    assert resolve.offers(project, found).keep == (0, 1)
    resolve.supersede(project, found, 1)
    assert project.get(Entity, tam.id).fields["title"] == "Admiral"
    (old,) = claims.claims_of(project, tam.id)
    assert (old.value, written(old.valid_to or {}, project.calendars)) == ("Harbour master", "812")
    history.undo(project)
    assert project.get(Entity, tam.id).fields["title"] == "Harbour master"


def test_where_no_date_says_when_the_losing_statement_is_deprecated(project: Project) -> None:
    tam, claim, found = two_titles(project)
    resolve.supersede(project, found, 0)
    assert project.get(Entity, tam.id).fields["title"] == "Harbour master"
    assert project.get(Claim, claim.id).status is Status.DEPRECATED


def test_a_relation_that_gives_way_leaves_its_link_field(project: Project) -> None:
    one, two = (entities.create_entity(project, kind="location", name=name) for name in ("Port", "Keep"))
    tam = entities.create_entity(project, kind="npc", name="Tam", fields={"home": "Port"})
    lives = project.all(Relation)[0]
    also = relations.add_relation(project, tam.id, "lives_in", two.id)
    found = Finding(
        type="contradiction", subjects=(tam.id,), evidence=(side(lives, "type"), side(also, "type")),
        why="Tam lives in two places.",
    )  # fmt: skip
    resolve.supersede(project, found, 1)
    assert project.get(Entity, tam.id).fields["home"] == Link(text="Keep", ref=two.id)
    assert project.get(Relation, lives.id).status is Status.DEPRECATED
    assert one.id == lives.to_id


def test_of_two_entries_the_kept_one_supersedes_the_other(project: Project) -> None:
    old, new = (entities.create_entity(project, kind="faction", name=name) for name in ("Old Guard", "New Guard"))
    found = Finding(type="cycle", subjects=(old.id, new.id), evidence=(side(old), side(new)), why="One inside another.")
    resolve.supersede(project, found, 1)
    assert project.get(Entity, old.id).status is Status.DEPRECATED
    assert [row.label for row in relations.relations_of(project, new.id)] == ["supersedes"]


def test_a_note_gives_way_to_canon_but_canon_never_to_a_text_by_itself(project: Project) -> None:
    tam = entities.create_entity(project, kind="npc", name="Tam", body="He died young.", fields={"death": "840"})
    note = entries.create_entry(project, title="Log", body="Tam died in 812.")
    found = Finding(
        type="text_contradiction", subjects=(tam.id,), why="The note says otherwise.",
        evidence=(side(tam, "fields.death"), side(note, "body", quote="Tam died in 812", span=(0, 15))),
    )  # fmt: skip
    assert resolve.offers(project, found).keep == (0, 1)
    resolve.supersede(project, found, 0)
    assert project.get(Entry, note.id).status is Status.DEPRECATED
    text = found.model_copy(update={"evidence": (side(tam, "fields.death"), side(tam, "body", quote="died young"))})
    assert resolve.offers(project, text).keep == (1,)
    with pytest.raises(Invalid, match="change its words"):
        resolve.supersede(project, text, 0)


def test_of_three_statements_one_is_put_away_and_the_others_stay(project: Project) -> None:
    things = [entities.create_entity(project, kind="location", name=name) for name in ("A", "B", "C")]
    with project.commit("import", "A circle, as a file may bring one") as commit:
        ring = [
            commit.put(Relation(from_id=things[n].id, type="located_in", to_id=things[(n + 1) % 3].id))
            for n in range(3)
        ]
    found = Finding(
        type="cycle", subjects=tuple(one.id for one in things), evidence=tuple(side(one, "type") for one in ring),
        why="Each lies in the next.",
    )  # fmt: skip
    offered = resolve.offers(project, found)
    assert (offered.keep, offered.put_away) == ((), (0, 1, 2))
    resolve.put_away(project, found, 2)
    assert [project.get(Relation, one.id).status.value for one in ring] == ["draft", "draft", "deprecated"]
    assert "parent" not in project.get(Entity, things[2].id).fields
