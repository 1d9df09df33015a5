"""Pairs and texts at 10,000 entities: duplicates and sentences as a whole, and a look ahead at an answer."""

from __future__ import annotations

import random
import statistics
from typing import Any

import pytest

from studio.domain.candidate import Artifact, Candidate, EntityCandidate, FieldCandidate, Match, RelationCandidate
from studio.domain.ids import RecordId
from studio.services.continuity import duplicates, likeness, sayings, texts
from studio.services.continuity.facts import Fact, Thing, World
from studio.services.continuity.preview import foresee
from tests.bench.measuring import Report, sample

pytestmark = pytest.mark.bench
COUNT = 10_000
SYLLABLES = (
    "ba", "ka", "mor", "en", "dil", "tha", "gar", "wen", "os", "rik", "al", "vey", "una", "tor", "mi", "lo", "sha",
    "quin", "ez", "ul", "far", "hol",
)  # fmt: skip
EMPTY: dict[str, Any] = {
    "status": "canon", "visibility": "gm", "rev": 1, "key": "", "begin": None, "end": None, "begin_path": "",
    "end_path": "", "dates": {}, "stated": {}, "custom": {}, "subtype": "", "parent": None, "tags": (), "links": (),
}  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    chance = random.Random(5)
    word = lambda many: "".join(chance.choice(SYLLABLES) for _ in range(many)).capitalize()  # noqa: E731
    given, sur = [word(2) for _ in range(600)], [word(3) for _ in range(2500)]
    vocabulary = [word(chance.randint(1, 4)).lower() for _ in range(5000)]
    said = lambda many: " ".join(chance.choice(vocabulary) for _ in range(many))  # noqa: E731
    made = World()
    for n in range(COUNT):
        kind = chance.choice(("npc", "npc", "npc", "location", "item", "faction", "event"))
        last = chance.choice(("Inn", "Keep", "Order", "Sword", "Guild", "Bridge", "Feast"))
        name = f"{chance.choice(given)} {chance.choice(sur)}" if kind == "npc" else f"The {word(3)} {last}"
        made.put(Thing(
            id=RecordId(f"{n:036}"), kind=kind, name=name, aliases=(f"the {word(3)}",) if n % 4 == 0 else (),
            fields={"role": chance.choice(vocabulary)}, summary=f"Has {said(9)}.",
            body=f"He {said(12)}. It was built of {said(8)}. She never {said(6)}. {said(30).capitalize()}.", **EMPTY,
        ))  # fmt: skip
    for n in range(3 * COUNT):
        one, two = chance.randrange(COUNT), chance.randrange(COUNT)
        made.put(Fact(
            id=RecordId(f"f{n:035}"), form="relation", subject=RecordId(f"{one:036}"),
            predicate=chance.choice(("ally_of", "lives_in", "member_of", "located_in")), object=RecordId(f"{two:036}"),
            value=None, start=None, end=None, certainty="fact", visibility="gm", status="canon", rev=1,
        ))  # fmt: skip
    return made


def artifact(world: World) -> Artifact:
    known = list(world.things.values())[:40]
    role = (FieldCandidate(value="ferry captain", confidence=0.9, basis="inferred"),)
    born = (FieldCandidate(value="812", confidence=0.9, basis="inferred"),)
    found: list[Candidate] = []
    for n, one in enumerate(known):
        old = n % 2 == 0
        match = Match(id=one.id, name=one.name, score=1.0, how="name") if old else None
        found.append(EntityCandidate(
            key=f"e{n}", kind=one.kind, name=one.name if old else f"Brand New {n}", confidence=0.9, match=match,
            op="update" if old else "create", fields={"role": role, "birth": born},
        ))  # fmt: skip
    found += [
        RelationCandidate(
            key=f"r{n}", type="ally_of", from_name=known[n].name, to_name=known[n + 20].name, confidence=0.9
        )
        for n in range(20)
    ]  # fmt: skip
    return Artifact(source_message=RecordId("m"), text_hash="h", extraction_version="t@1", candidates=tuple(found))


def test_pairs_and_texts_of_everything(world: World, report: Report) -> None:
    report.add("duplicates, profiles of 10,000 entities", sample(lambda: likeness.of(world), times=1, warm_up=0)[0])
    report.add("duplicates, 10,000 entities", sample(lambda: duplicates.find(world), times=1, warm_up=0)[0], limit=6000)
    report.add("texts, sentences of 10,000 entities", sample(lambda: sayings.of(world), times=1, warm_up=0)[0])
    report.add("texts, 10,000 entities", sample(lambda: texts.find(world), times=1, warm_up=0)[0], limit=6000)


def test_what_an_answer_would_add(world: World, report: Report) -> None:
    likeness.of(world)
    sayings.of(world)
    found = artifact(world)
    taken = sample(lambda: foresee(world, found), times=7)
    report.add("looking ahead, 60 candidates at 10,000 entities, median", statistics.median(taken), limit=250)
