"""The state of a review: what comes first, what an edit decides, what stays untouched."""

from __future__ import annotations

import pytest

from studio.domain.candidate import (
    Artifact,
    BlueprintCandidate,
    Decision,
    EntityCandidate,
    FieldCandidate,
    Match,
    RelationCandidate,
)
from studio.domain.chat import Message
from studio.domain.ids import RecordId
from studio.domain.vocabulary import kind_spec
from studio.domain.world import Entity
from studio.services.review.sheet import Sheet
from studio.ui.review.draft import Draft, Item

OLD = Entity(id=RecordId("old"), kind="npc", name="Ilse Dorn", fields={"title": "Regent"})


def value(text: str, confidence: float) -> FieldCandidate:
    return FieldCandidate(value=text, confidence=confidence, span=(0, len(text)), quote=text)


@pytest.fixture
def draft() -> Draft:
    candidates = (
        BlueprintCandidate(fields={"title": (value("Salt", 0.97),), "game_system": (value("D&D 5e", 0.41),)}),
        EntityCandidate(key="e1", kind="faction", name="Ashen Concord", confidence=0.95),
        EntityCandidate(
            key="e2",
            kind="npc",
            name="Ilse Dorn",
            confidence=0.9,
            match=Match(id=OLD.id, name=OLD.name, score=0.95, how="name"),
            fields={"title": (value("Marshal", 0.9),), "goals": (value("a; b", 0.9), value("c", 0.7))},
        ),
        RelationCandidate(key="r1", type="leads", from_name="Ilse Dorn", to_name="Ashen Concord", confidence=0.5),
    )
    artifact = Artifact(
        id=RecordId("a"), source_message=RecordId("m"), text_hash="", extraction_version="t@1", candidates=candidates
    )
    message = Message(id=RecordId("m"), thread_id=RecordId("t"), role="assistant")
    return Draft(Sheet(artifact=artifact, message=message, matches={OLD.id: OLD}, blueprint=None), kind_spec)


def item(draft: Draft, key: str) -> Item:
    return next(i for i in draft.items if i.key == key)


def test_an_untouched_review_decides_nothing(draft: Draft) -> None:
    assert draft.decisions() == {"e2": Decision(match_id=OLD.id)}
    assert draft.accepted_count() == 4


def test_doubtful_values_come_first(draft: Draft) -> None:
    assert [(i.key, r.name if r else None) for i, r in draft.flagged()] == [("blueprint", "game_system"), ("r1", None)]
    assert item(draft, "blueprint").rows[0].name == "game_system"


def test_an_edit_keeps_the_other_values_as_they_were_found(draft: Draft) -> None:
    goals = next(r for r in item(draft, "e2").rows if r.name == "goals")
    goals.text = "a; b\nd"
    assert draft.decisions()["e2"].fields == {"title": ("Marshal",), "goals": ("a; b", "d")}


def test_an_unticked_field_is_dropped_and_an_unticked_candidate_refused(draft: Draft) -> None:
    item(draft, "blueprint").rows[0].ticked = False
    item(draft, "e1").accepted = False
    assert draft.decisions()["blueprint"].fields == {"title": ("Salt",)}
    assert not draft.decisions()["e1"].accepted
    assert [i.key for i, _ in draft.flagged()] == ["r1"]


def test_a_value_that_differs_from_the_projects_is_replaced_only_when_told(draft: Draft) -> None:
    title = next(r for r in item(draft, "e2").rows if r.name == "title")
    assert (title.current, title.conflict) == ("Regent", True)
    assert draft.decisions()["e2"].overwrite == ()
    title.replace = True
    assert draft.decisions()["e2"].overwrite == ("title",)


def test_refusing_the_merge_makes_a_new_entity(draft: Draft) -> None:
    item(draft, "e2").merge = False
    assert draft.decisions()["e2"].create_new
    assert draft.decisions()["e2"].match_id is None


def test_one_part_alone_can_be_taken(draft: Draft) -> None:
    for target in ("entity", "relation"):
        draft.tick_target(target, accepted=False)  # pyright: ignore[reportArgumentType]
    assert draft.accepted_count() == 1
