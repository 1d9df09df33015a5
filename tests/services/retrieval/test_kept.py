"""An answer is given again only while nothing it stands on has changed; words and answers come as one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import RecordId
from studio.domain.lens import Lens
from studio.domain.world import Entity, Relation
from studio.observability import metrics
from studio.services import history
from studio.services.find import MARK, Hit, find
from studio.services.retrieval.joining import asks, joined, marked
from studio.services.retrieval.kept import MOST, answered
from studio.services.retrieval.query import Near, Query, Retrieved, RetrievedHit, Why
from studio.services.retrieval.retrieve import answer
from studio.services.retrieval.words import stem

if TYPE_CHECKING:
    from studio.storage.project import Project


@pytest.fixture
def pair(project: Project) -> tuple[Entity, Entity]:
    """A captain and her ship."""
    with project.commit("test", "fill") as commit:
        ship = commit.put(Entity(kind="item", name="Kestrel", fields={"item_type": "ship"}, visibility="party"))
        captain = commit.put(Entity(kind="npc", name="Oda Reyes", summary="Owes money.", visibility="party"))
        commit.put(Relation(from_id=captain.id, type="owns", to_id=ship.id, visibility="party"))
    return captain, ship


def hits() -> int:
    """How many answers came from those that were kept."""
    return metrics.session.counters().get("retrieval.answers.hit", 0)


def test_the_same_question_is_answered_once(project: Project, pair: tuple[Entity, Entity]) -> None:
    query, before = Query(text="What ship does Oda Reyes own?"), hits()
    first = answered(project, query)
    assert hits() == before
    assert answered(project, query) is first
    assert hits() == before + 1


@pytest.mark.parametrize("change", ["name", "summary", "visibility", "relation", "trash", "undo"])
def test_a_change_is_never_answered_stale(project: Project, pair: tuple[Entity, Entity], change: str) -> None:
    """Whatever a commit changes, the next answer is the one that a fresh look gives."""
    captain, ship = pair
    party = Lens(audience="party")
    queries = [Query(text=text, lens=lens) for text in ("Oda Reyes", "Who owns the Kestrel?", "owes money")
               for lens in (Lens(), party)]  # fmt: skip
    for query in queries:
        answered(project, query)
    before = hits()
    if change == "undo":
        history.undo(project)
    else:
        with project.commit("test", change) as commit:
            if change == "relation":
                commit.delete(project.all(Relation)[0])
            elif change == "trash":
                commit.delete(ship)
            else:
                new = {"name": "Ines Vale", "summary": "Paid.", "visibility": "gm"}[change]
                commit.put(captain.model_copy(update={change: new}))
    for query in queries:
        fresh = answer(project, query).model_dump(exclude={"ms"})
        assert answered(project, query).model_dump(exclude={"ms"}) == fresh
        assert hits() == before
        said = str(fresh)
        if change == "name":
            assert "Oda Reyes" not in said
        if change == "visibility" and not query.lens.is_gm:
            assert "Oda" not in said


def test_another_state_of_the_index_and_another_lens_are_other_questions(
    project: Project, pair: tuple[Entity, Entity]
) -> None:
    query, near = Query(text="reckless debtor"), (Near(f"{pair[0].id}#0", 0.7),)
    first, before = answered(project, query, near), hits()
    assert answered(project, query, near) is first
    for other, given in ((query, None), (query, (*near, Near(f"{pair[1].id}#0", 0.5))),
                         (query.model_copy(update={"lens": Lens(audience="party")}), near)):  # fmt: skip
        assert answered(project, other, given) is not first
    assert hits() == before + 1


def test_only_so_many_answers_are_kept(project: Project, pair: tuple[Entity, Entity]) -> None:
    first = newest = answered(project, Query(text="Oda 0"))
    for n in range(1, MOST + 1):
        newest = answered(project, Query(text=f"Oda {n}"))
    assert answered(project, Query(text=f"Oda {MOST}")) is newest
    assert answered(project, Query(text="Oda 0")) is not first


# ---- one list ----------------------------------------------------------------------------------------------------


def test_what_fits_as_typed_comes_before_what_answers(project: Project, pair: tuple[Entity, Entity]) -> None:
    text = "oda reyes"
    both = joined(find(project, text), answer(project, Query(text=text)))
    assert [hit.name for hit in both] == ["Oda Reyes"]
    asked = "Who owns the Kestrel?"
    both = joined(find(project, asked), answer(project, Query(text=asked)))
    assert [hit.name for hit in both] == ["Oda Reyes", "Kestrel"]
    assert "Kestrel → owned by → Oda Reyes" in both[0].why


def test_weak_answers_stand_alone_or_not_at_all() -> None:
    poor = RetrievedHit(record=RecordId("b"), kind="npc", name="B", why=(Why(how="meaning", text="near"),))
    found = Retrieved(hits=(poor,), weak=True)
    typed = [Hit(id=RecordId("a"), kind="npc", name="A", why="Name")]
    assert joined(typed, found) == typed
    assert [hit.name for hit in joined([], found)] == ["B"]


def test_the_words_that_were_found_are_set_off() -> None:
    assert marked("She owed him money.", {stem("owing"), stem("money")}).count(MARK) == 1


@pytest.mark.parametrize(
    ("text", "yes"),
    [("kestrel", False), ("who is it", False), ("the kestrel", True), ("#tag word", False), ("", False)],
)
def test_a_question_has_more_than_a_word(text: str, *, yes: bool) -> None:
    assert asks(text) is yes
