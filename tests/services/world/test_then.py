"""The world as of a day: who led, who was alive, what was true then, and nothing that was still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.world import Entity, Link, Relation, Statement
from studio.services import history
from studio.services.find import find
from studio.services.world import claims, entities, lenses, pages, relations, seen, tree
from studio.storage.project import Project

if TYPE_CHECKING:
    from studio.domain.lens import Lens


def year(number: int) -> dict[str, Any]:
    return {"year": number}


def at(project: Project, words: str) -> Lens:
    return lenses.lens_for(project, as_of=words)


@pytest.fixture
def realm(project: Project) -> Project:
    """A guild with three leaders, one after the other, and a king who reigned for a while."""
    guild = entities.create_entity(project, kind="faction", name="Guild", fields={"founded": year(700)})
    for name, start, end in (("Ada", 700, 740), ("Bert", 741, 770), ("Cleo", 771, None)):
        who = entities.create_entity(project, kind="npc", name=name, fields={"birth": year(start - 30)})
        until = year(end) if end else None
        relations.add_relation(project, who.id, "leads", guild.id, valid_from=year(start), valid_to=until)
    entities.create_entity(
        project, kind="npc", name="Mirel", fields={"birth": year(780), "death": year(812), "life_status": "dead",
                                                   "title": "Governor"},
    )  # fmt: skip
    return project


def entity(project: Project, name: str) -> Entity:
    return next(e for e in project.all(Entity) if e.name == name)


def leader(project: Project, words: str) -> str:
    shown = seen.entity(project, entity(project, "Guild").id, lens=at(project, words))
    value = shown.fields.get("leader")
    return value.text if isinstance(value, Link) else ""


@pytest.mark.parametrize(("when", "who"), [("720", "Ada"), ("741", "Bert"), ("770", "Bert"), ("800", "Cleo")])
def test_who_led_then(realm: Project, when: str, who: str) -> None:
    assert leader(realm, when) == who
    rows = relations.relations_of(realm, entity(realm, "Guild").id, lens=at(realm, when))
    assert [row.other_name for row in rows] == [who]


def test_who_was_not_there_yet_is_in_no_list(realm: Project) -> None:
    then = at(realm, "750")
    listed = {row.name for group in tree.groups(realm, "kind", lens=then)
              for row in tree.page(realm, "kind", group.key, lens=then)}  # fmt: skip
    assert listed == {"Guild", "Ada", "Bert", "Cleo"}
    assert [hit.name for hit in find(realm, "mirel", lens=then)] == []
    assert pages.entity_page(realm, entity(realm, "Mirel").id, lens=then).standing == "to come"


def test_who_was_alive_then(realm: Project) -> None:
    mirel = entity(realm, "Mirel").id
    alive = pages.entity_page(realm, mirel, lens=at(realm, "800"))
    assert alive.standing == "there"
    assert "death" not in alive.entity.fields
    assert "life_status" not in alive.entity.fields
    dead = pages.entity_page(realm, mirel, lens=at(realm, "900"))
    assert dead.standing == "gone"
    assert dead.entity.fields["life_status"] == "dead"
    row = next(r for r in tree.page(realm, "kind", "npc", lens=at(realm, "900")) if r.name == "Mirel")
    assert row.gone
    assert not next(r for r in tree.page(realm, "kind", "npc", lens=at(realm, "800")) if r.name == "Mirel").gone


def test_where_somebody_died_is_not_known_before(realm: Project) -> None:
    mirel = entity(realm, "Mirel").id
    port = entities.create_entity(realm, kind="location", name="Port Ash")
    relations.add_relation(realm, mirel, "died_in", port.id)
    assert relations.relations_of(realm, mirel, lens=at(realm, "800")) == []
    assert [r.other_name for r in relations.relations_of(realm, mirel, lens=at(realm, "813"))] == ["Port Ash"]


def test_a_dated_claim_says_what_a_field_was_then(realm: Project) -> None:
    mirel = entity(realm, "Mirel").id
    claims.add_claim(realm, mirel, "title", "Captain", valid_from=year(798), valid_to=year(805))
    assert seen.entity(realm, mirel, lens=at(realm, "800")).fields["title"] == "Captain"
    assert seen.entity(realm, mirel, lens=at(realm, "810")).fields["title"] == "Governor"
    assert seen.entity(realm, mirel).fields["title"] == "Governor"


def test_a_rumour_does_not_change_what_was(realm: Project) -> None:
    mirel = entity(realm, "Mirel").id
    claims.add_claim(realm, mirel, "title", "Queen", valid_from=year(798), certainty="rumour")
    assert seen.entity(realm, mirel, lens=at(realm, "800")).fields["title"] == "Governor"


def test_a_value_that_did_not_hold_yet_is_left_out(realm: Project) -> None:
    mirel = entity(realm, "Mirel")
    with realm.commit("test", "date the title") as commit:
        commit.put(mirel.model_copy(update={"stated": {"fields.title": Statement(valid_from=year(806))}}))
    assert "title" not in seen.entity(realm, mirel.id, lens=at(realm, "800")).fields
    assert seen.entity(realm, mirel.id, lens=at(realm, "807")).fields["title"] == "Governor"


def test_a_date_that_nobody_can_read_is_refused_with_a_sentence(realm: Project) -> None:
    from studio.domain.errors import Invalid

    with pytest.raises(Invalid, match="isn't a date of this world"):
        at(realm, "the day before yesterday's dream")


SPANS = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 120)), min_size=1, max_size=6)


@given(spans=SPANS, day=st.integers(1, 420))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_relation_shows_on_the_days_on_which_it_held(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int]], day: int
) -> None:
    project = Project.create(tmp_path_factory.mktemp("p") / "w.ttrpg", name="W", author="t", device="d")
    try:
        with project.commit("test", "fill") as commit:
            here = commit.put(Entity(kind="npc", name="Here"))
            for n, (start, length) in enumerate(spans):
                other = commit.put(Entity(kind="npc", name=f"Other {n}"))
                commit.put(
                    Relation(from_id=here.id, type="ally_of", to_id=other.id, valid_from=year(start),
                             valid_to=year(start + length))
                )  # fmt: skip
        lens = at(project, str(day))
        shown = {row.other_name for row in relations.relations_of(project, here.id, lens=lens)}
        assert shown == {f"Other {n}" for n, (start, length) in enumerate(spans) if start <= day <= start + length}
    finally:
        project.close()


def test_derived_days_follow_undo_and_redo(realm: Project) -> None:
    def days() -> list[Any]:
        return sorted(realm.sql.execute("SELECT * FROM moment").fetchall())

    before = days()
    mirel = entity(realm, "Mirel").id
    entities.update_entity(realm, mirel, {"fields.death": year(850)})
    after = days()
    assert after != before
    history.undo(realm)
    assert days() == before
    history.redo(realm)
    assert days() == after
