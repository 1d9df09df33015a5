"""What saving an answer would break is known before it is saved, and nothing is written to know it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.candidate import (
    Artifact,
    Candidate,
    Decision,
    EntityCandidate,
    Extraction,
    FieldCandidate,
    Match,
    RelationCandidate,
)
from studio.services.continuity import check, reading
from studio.services.continuity.preview import foresee
from studio.services.review import apply, store_artifact
from studio.services.review.paste import add_pasted
from studio.services.review.sheet import sheet
from studio.services.world import entities, relations

if TYPE_CHECKING:
    from studio.storage.project import Project

TEXT = "Mirel Thane was born in 812. The Salt Guild was founded in 900; Mirel leads it."


def value(words: str) -> tuple[FieldCandidate, ...]:
    return (FieldCandidate(value=words, confidence=0.9, basis="inferred"),)


def person(key: str, name: str, *, match: Any = None, kind: str = "npc", **fields: str) -> EntityCandidate:
    found = Match(id=match.id, name=match.name, score=1.0, how="name") if match else None
    return EntityCandidate(
        key=key, kind=kind, name=name, confidence=0.9, op="update" if match else "create", match=found,
        fields={name: value(words) for name, words in fields.items()},
    )  # fmt: skip


def tie(key: str, one: str, type_: str, two: str) -> RelationCandidate:
    return RelationCandidate(key=key, type=type_, from_name=one, to_name=two, confidence=0.9, basis="inferred")


def artifact(project: Project, *candidates: Candidate) -> Artifact:
    message = add_pasted(project, TEXT, title="Pasted")
    stored = store_artifact(project, message, Extraction(extractor="test", version="1", candidates=candidates))
    return sheet(project, stored.id).artifact


def seen(project: Project, found: Artifact, decisions: dict[str, Decision] | None = None) -> list[tuple[str, str]]:
    return [(one.candidate, one.finding.type) for one in foresee(reading.read(project), found, decisions)]


def test_a_birth_after_the_death_that_the_world_knows_is_foreseen(project: Project) -> None:
    mirel = entities.create_entity(project, kind="npc", name="Mirel Thane", fields={"death": {"year": 800}})
    found = artifact(project, person("e1", "Mirel Thane", match=mirel, birth="812"))
    assert seen(project, found) == [("e1", "end_before_start")]
    (one,) = foresee(reading.read(project), found)
    assert [side.says for side in one.finding.evidence] == ["Mirel Thane was born 812", "Mirel Thane died 800"]


def test_a_new_entry_for_somebody_who_is_there_is_foreseen_as_a_duplicate(project: Project) -> None:
    entities.create_entity(project, kind="npc", name="Mirel Thane", fields={"role": "ferry captain"})
    found = artifact(project, person("e1", "Captain Mirel Thane", role="ferry captain"))
    assert seen(project, found) == [("e1", "duplicate")]


def test_a_relation_that_closes_a_circle_is_foreseen(project: Project) -> None:
    one = entities.create_entity(project, kind="location", name="Ash")
    two = entities.create_entity(project, kind="location", name="Port Ash")
    relations.add_relation(project, one.id, "located_in", two.id)
    found = artifact(project, tie("r1", "Port Ash", "located_in", "Ash"))
    assert ("r1", "cycle") in seen(project, found)


def test_what_is_unticked_or_kept_as_it_is_breaks_nothing(project: Project) -> None:
    mirel = entities.create_entity(
        project, kind="npc", name="Mirel Thane", fields={"birth": {"year": 780}, "death": {"year": 800}}
    )
    found = artifact(project, person("e1", "Mirel Thane", match=mirel, birth="812"))
    assert seen(project, found) == []
    assert seen(project, found, {"e1": Decision(match_id=mirel.id, overwrite=("birth",))}) == [
        ("e1", "end_before_start")
    ]
    assert seen(project, found, {"e1": Decision(accepted=False)}) == []


def test_what_the_world_had_before_is_not_told_again(project: Project) -> None:
    mirel = entities.create_entity(
        project, kind="npc", name="Mirel Thane", fields={"birth": {"year": 812}, "death": {"year": 800}}
    )
    found = artifact(project, person("e1", "Mirel Thane", match=mirel, role="captain"))
    assert seen(project, found) == []


def test_looking_ahead_changes_neither_the_facts_nor_the_project(project: Project) -> None:
    mirel = entities.create_entity(project, kind="npc", name="Mirel Thane", fields={"death": {"year": 800}})
    found = artifact(
        project, person("e1", "Mirel Thane", match=mirel, birth="812"), person("e2", "Salt Guild", kind="faction"),
        tie("r1", "Mirel Thane", "leads", "Salt Guild"),
    )  # fmt: skip
    world = reading.read(project)
    before = copy.deepcopy((dict(world.things), dict(world.facts), dict(world.notes)))
    seq = project.sql.execute("SELECT max(seq) FROM commit_log").fetchone()
    assert foresee(world, found)
    assert (dict(world.things), dict(world.facts), dict(world.notes)) == before
    assert world == reading.read(project)
    assert project.sql.execute("SELECT max(seq) FROM commit_log").fetchone() == seq


CASES: list[tuple[str, dict[str, str]]] = [
    ("npc", {"birth": "812", "death": "800"}),
    ("npc", {"birth": "700", "role": "ferry captain", "summary": "A teetotal pilot."}),
    ("faction", {"founded": "900", "dissolved": "850", "leader": "Mirel Thane"}),
    ("location", {"parent": "Port Ash", "founded": "900"}),
]


@pytest.mark.parametrize(("kind", "fields"), CASES)
@pytest.mark.parametrize("name", ["Mirel Thane", "The Salt Guild", "Somebody New"])
def test_what_is_foreseen_is_what_a_check_finds_once_it_is_saved(
    project: Project, kind: str, fields: dict[str, str], name: str
) -> None:
    ash = entities.create_entity(project, kind="location", name="Port Ash", fields={"founded": {"year": 910}})
    mirel = entities.create_entity(project, kind="npc", name="Mirel Thane", fields={"death": {"year": 860}})
    relations.add_relation(project, mirel.id, "lives_in", ash.id, valid_from={"year": 840})
    found = artifact(project, person("e1", name, kind=kind, **fields), tie("r1", name, "member_of", "Port Ash"))
    world = reading.read(project)
    before = {one.key for one in check.check_world(world)}
    expected = sorted((one.finding.type, one.finding.rule) for one in foresee(world, found))
    apply(project, found.id)
    after = [one for one in check.check_world(reading.read(project)) if one.key not in before]
    assert sorted((one.type, one.rule) for one in after) == expected
