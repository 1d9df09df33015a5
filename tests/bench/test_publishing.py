"""A thousand notes, and five thousand entries, as documents and as tables."""

from __future__ import annotations

import random
import statistics
from itertools import count
from typing import TYPE_CHECKING

import pytest

from studio.domain.lens import Lens
from studio.domain.world import Entity, Entry
from studio.services.exchange import export_project
from studio.services.exchange.publishing.gathering import gather
from studio.storage.project import Project
from tests.bench.measuring import Report, sample

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.bench
NOTES, ENTITIES = 1000, 5000
LIMITS = {"html": 4000, "epub": 4000, "homebrewery": 4000, "docx": 12_000, "pdf": 8000, "json": 500, "csv": 500}


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A thousand notes of a page each, with links, lists and a table."""
    chance = random.Random(5)
    project = Project.create(tmp_path_factory.mktemp("bench") / "n.ttrpg", name="Bench", author="t", device="d")
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two *words*\n"
    with project.commit("bench.fill", "Fill") as commit:
        for n in range(NOTES):
            links = " ".join(f"They met [[Note {chance.randrange(NOTES)}]] at **noon**." for _ in range(6))
            body = f"# Day {n}\n\n{links}\n\n{'And then it rained for a week. ' * 30}\n\n{table}"
            commit.put(Entry(title=f"Note {n}", body=body, visibility="party"))
    return project


@pytest.mark.parametrize("format", LIMITS)
def test_a_thousand_notes(notes: Project, tmp_path: Path, report: Report, format: str) -> None:
    numbers = count()
    out = sample(lambda: export_project(notes, tmp_path / f"{next(numbers)}.{format}", format=format), times=3)
    report.add(f"1,000 notes as {format}", statistics.median(out), limit=LIMITS[format])


def test_five_thousand_entries_are_gathered_for_players(tmp_path: Path, report: Report) -> None:
    project = Project.create(tmp_path / "big.ttrpg", name="Bench", author="t", device="d")
    with project.commit("bench.fill", "Fill") as commit:
        for n in range(ENTITIES):
            kind = ("npc", "location", "item")[n % 3]
            body = f"Lives near [[Entity {n // 2}]]. " * 10
            commit.put(Entity(kind=kind, name=f"Entity {n}", body=body, visibility="party", tags=("a", "b")))
    found = sample(lambda: gather(project, document="player-primer", lens=Lens(audience="party")), times=3)
    report.add("5,000 entries gathered for players", statistics.median(found), limit=8000)
    project.close()
