"""One change on many entries: the preview says what happens, one commit does it, one undo takes it back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.world import Entity
from studio.services import history
from studio.services.world import bulk, entities, relations
from studio.services.world.bulk import Change, Edit
from studio.storage.project import Project


def made(project: Project, kind: str, name: str, **more: object) -> RecordId:
    return entities.create_entity(project, kind=kind, name=name, **more).id  # pyright: ignore[reportArgumentType]


def one(path: str, op: bulk.Op = "set", value: object = None) -> Change:
    return Change(edits=(Edit(path=path, op=op, value=value),))


def cells(project: Project, ids: list[RecordId], change: Change) -> list[list[tuple[str, str, str]]]:
    return [[(c.label, c.before, c.after) for c in row.cells] for row in bulk.preview(project, ids, change)]


def test_a_preview_says_before_and_after_and_changes_nothing(project: Project) -> None:
    ids = [made(project, "npc", "Mirel"), made(project, "npc", "Sorn", status="canon")]
    before = [project.get(Entity, i) for i in ids]
    assert cells(project, ids, one("status", "set", "canon")) == [[("Status", "draft", "canon")], []]
    assert [project.get(Entity, i) for i in ids] == before


def test_applying_is_one_commit_and_touches_only_what_differs(project: Project) -> None:
    ids = [made(project, "npc", "Mirel"), made(project, "npc", "Sorn", status="canon")]
    assert bulk.apply(project, ids, one("status", "set", "canon")) == 1
    assert project.get(Entity, ids[0]).status == "canon"
    assert history.undo(project).message == "Change status of “Mirel”"
    assert project.get(Entity, ids[0]).status == "draft"


def test_tags_are_added_taken_out_set_and_cleared(project: Project) -> None:
    ids = [made(project, "npc", "Mirel", tags=["sea", "old"])]
    for op, value, tags in (
        ("append", ["#sea", "new"], ("sea", "old", "new")), ("remove", ["Old"], ("sea", "new")),
        ("set", ["x"], ("x",)), ("clear", None, ()),
    ):  # fmt: skip
        bulk.apply(project, ids, one("tags", op, value))  # pyright: ignore[reportArgumentType]
        assert project.get(Entity, ids[0]).tags == tags


def test_lists_grow_links_find_their_entity_and_relations_follow(project: Project) -> None:
    port = made(project, "location", "Port Ash")
    ids = [made(project, "npc", "Mirel"), made(project, "npc", "Sorn")]
    bulk.apply(project, ids, one("fields.home", "set", "Port Ash"))
    assert {r.label for i in ids for r in relations.relations_of(project, i)} == {"lives in"}
    assert len(relations.relations_of(project, port)) == 2
    places = [port]
    bulk.apply(project, places, one("fields.known_for", "append", "bells; salt"))
    bulk.apply(project, places, one("fields.known_for", "append", "Bells; debt"))
    assert project.get(Entity, port).fields["known_for"] == ["bells", "salt", "debt"]
    assert cells(project, places, one("fields.known_for", "remove", "salt")) == [
        [("Known for", "bells; salt; debt", "bells; debt")]
    ]


def test_inside_is_a_field_of_places_and_a_parent_of_everything_else(project: Project) -> None:
    coast = made(project, "location", "Coast")
    ids = [made(project, "location", "Port Ash"), made(project, "npc", "Mirel")]
    assert bulk.apply(project, ids, one("parent", "set", "coast")) == 2
    assert [r.label for r in relations.relations_of(project, ids[0])] == ["located in"]
    assert project.get(Entity, ids[1]).parent == coast
    bulk.apply(project, ids, one("parent", "clear"))
    assert project.get(Entity, ids[1]).parent is None
    assert relations.relations_of(project, ids[0]) == []


def test_a_field_that_a_kind_does_not_know_is_kept_and_said(project: Project) -> None:
    ids = [made(project, "item", "Crown")]
    row = bulk.preview(project, ids, one("fields.motto", "set", "Ever on"))[0]
    assert "not a field of this kind" in row.note


def test_a_merge_shows_what_the_kept_one_gains_and_what_goes(project: Project) -> None:
    keep = made(project, "npc", "Mirel Thane", summary="A regent.")
    other = made(project, "npc", "Mirel", summary="A liar.", tags=["sea"])
    rows = bulk.preview(project, [keep, other], Change(merge_into=keep))
    assert [(c.label, c.after) for c in rows[0].cells] == [("Tags", "#sea"), ("Also called", "Mirel")]
    assert "A liar." in rows[0].note
    assert rows[1].note == "Goes to the trash"
    bulk.apply(project, [keep, other], Change(merge_into=keep))
    assert project.find(Entity, other) is None
    history.undo(project)
    assert project.find(Entity, other) is not None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Change(), "Choose what to change"),
        (one("status", "clear"), "Every entry has a status"),
        (one("body", "set", "x"), "can't be changed on many"),
        (one("tags", "set"), "Say what Tags should be"),
        (one("parent", "set", "Nowhere"), "Nothing in the world is called"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(project: Project, change: Change, says: str) -> None:
    ids = [made(project, "npc", "Mirel")]
    for verb in (bulk.preview, bulk.apply):
        with pytest.raises(Invalid, match=says):
            verb(project, ids, change)


EDITS = st.one_of(
    st.builds(Edit, path=st.just("status"), value=st.sampled_from(["draft", "canon"])),
    st.builds(Edit, path=st.just("visibility"), value=st.sampled_from(["gm", "party"])),
    st.builds(Edit, path=st.just("tags"), op=st.sampled_from(["set", "append", "remove"]), value=st.just(["a", "b"])),
    st.builds(Edit, path=st.just("fields.role"), op=st.just("clear")),
    st.builds(Edit, path=st.sampled_from(["fields.role", "fields.home", "custom.omen"]), value=st.just("Port Ash")),
)


@given(st.lists(EDITS, min_size=1, max_size=4), st.lists(st.sampled_from([0, 1, 2, 3]), max_size=5))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_applied_is_what_was_shown_and_undo_takes_all_of_it_back(
    project: Project, edits: list[Edit], chosen: list[int]
) -> None:
    all_ids = [row[0] for row in project.sql.execute("SELECT id FROM entity ORDER BY id")]
    if not all_ids:
        all_ids = [
            made(project, "location", "Port Ash"),
            *(made(project, "npc", f"N{n}", tags=["b"]) for n in range(3)),
        ]
    ids, change = [all_ids[n] for n in chosen], Change(edits=tuple(edits))
    before = {i: project.get(Entity, i) for i in all_ids}
    shown = {row.id: row.cells for row in bulk.preview(project, ids, change)}
    count = bulk.apply(project, ids, change)
    assert count == sum(1 for these in shown.values() if these)
    for record, these in shown.items():
        assert bulk.differences(project, before[record], project.get(Entity, record)) == these
    if count:
        history.undo(project)
    untouched = {"rev", "hlc", "updated_at"}
    for record, entity in before.items():
        now = project.get(Entity, record)
        assert now.model_dump(exclude=untouched) == entity.model_dump(exclude=untouched)
