"""A model judges pairs only, a few of them, and counts only where it quotes both sides word for word."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.chat import Usage
from studio.domain.model_call import Finished, ModelError, ModelRequest, ModelResult, ModelTimeout
from studio.services.continuity import reading, texts
from studio.services.continuity.judge import judge, pairs
from studio.services.world import entities
from studio.services.world.entries import create_entry

if TYPE_CHECKING:
    from studio.services.continuity.facts import World
    from studio.storage.project import Project

FIRST = "Her grandfather's lighthouse was sold to the insurance company."
SECOND = "[[Vesna Okoro]] still owns her grandfather's lighthouse and repaints it for no insurance company."


@dataclass
class Scripted:
    """A gateway that answers from a list."""

    answers: list[str | ModelError]
    requests: list[ModelRequest] = field(default_factory=list)

    async def complete(self, request: ModelRequest) -> ModelResult:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, ModelError):
            raise answer
        return ModelResult(
            text=answer, finished=Finished(finish_reason="stop", usage=Usage(), cost_usd=0.0, model=request.model)
        )


def verdict(**given: Any) -> str:
    said = {
        "pair": 1, "verdict": "contradiction", "first": "lighthouse was sold", "second": "still owns", "why": "Sold.",
    }  # fmt: skip
    return f"```json\n{json.dumps([said | given])}\n```"


@pytest.fixture
def world(project: Project) -> World:
    for n in range(12):
        entities.create_entity(project, kind="npc", name=f"Guest {n}", body=f"Room {n} has a view of the car park.")
    entities.create_entity(project, kind="npc", name="Vesna Okoro", body=FIRST)
    create_entry(project, title="Session 4", body=SECOND, mode="session")
    return reading.read(project)


async def test_a_contradiction_that_quotes_both_sides_is_a_note(world: World) -> None:
    gateway = Scripted([verdict()])
    assert texts.find(world) == []
    judged = await judge(world, gateway, model="test/model")
    (one,) = judged.findings
    assert (one.type, one.severity, one.rule) == ("text_contradiction", "note", "text_contradiction.judged")
    assert world.meant("Vesna Okoro")[0] in one.subjects
    assert {side.quote for side in one.evidence} == {FIRST, SECOND}
    (request,) = gateway.requests
    assert request.packed


async def test_words_that_are_not_there_are_thrown_away(world: World) -> None:
    gateway = Scripted([verdict(second="she still owns the old lighthouse")])
    judged = await judge(world, gateway, model="test/model")
    assert (judged.findings, judged.thrown_away) == ((), 1)


async def test_other_verdicts_and_nonsense_are_no_findings(world: World) -> None:
    for answer in (verdict(verdict="fits"), verdict(pair=7), "I can't say.", "[1, 2]"):
        assert (await judge(world, Scripted([answer]), model="test/model")).findings == ()


async def test_a_model_that_is_not_there_ends_it_with_a_sentence(world: World) -> None:
    judged = await judge(world, Scripted([ModelTimeout("It is not there.")]), model="test/model")
    assert judged.findings == ()
    assert judged.asked == 0
    assert len(judged.warnings) == 1


async def test_what_no_model_may_read_and_what_is_over_budget_is_not_asked(world: World) -> None:
    (who,) = world.meant("Vesna Okoro")
    assert len(pairs(world)) == 1
    assert pairs(world, untold={who}) == []
    gateway = Scripted([])
    assert (await judge(world, gateway, model="test/model", most=0)).asked == 0
    assert gateway.requests == []
