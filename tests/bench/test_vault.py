"""An Obsidian vault of a thousand notes in and out, and a large project as a vault, in the process's own time."""

from __future__ import annotations

import random
import statistics
from itertools import count
from typing import TYPE_CHECKING

import pytest

from studio.domain.world import Entity
from studio.services.exchange import export_project, import_files
from studio.storage import search
from studio.storage.project import Project
from tests.bench.measuring import Report, sample_cpu

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.bench
NOTES, ENTITIES = 1000, 5000
SYLLABLES = ("an", "bar", "cor", "del", "eth", "gar", "hol", "jor", "mar", "sol", "tar", "ul", "vey", "zel")


def word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(2)).capitalize()


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six megabytes: notes with front matter, nine links each, tags, and a comment."""
    chance, root = random.Random(3), tmp_path_factory.mktemp("bench") / "Vault"
    names = [f"{word(chance)} {word(chance)} {n}" for n in range(NOTES)]
    for n, name in enumerate(names):
        folder = root / ("NPCs", "Places", "Factions", "Notes")[n % 4]
        folder.mkdir(parents=True, exist_ok=True)
        links = [chance.choice(names) for _ in range(9)]
        front = f'---\ntags: [t{n % 40}, crew/a]\naliases:\n  - The {word(chance)}\nhome: "[[{links[0]}]]"\n---\n'
        text = "".join(
            f"{word(chance)} met [[{link}|{word(chance)}]] at noon. {'And then it rained for a week. ' * 20}\n\n"
            for link in links
        )
        (folder / f"{name}.md").write_text(f"{front}# {name}\n\n{text}%%{word(chance)}%%\n", encoding="utf-8")
    return root


def test_a_vault_comes_in_searchable_and_goes_out(vault: Path, tmp_path: Path, report: Report) -> None:
    numbers = count()
    projects: list[Project] = []

    def bring() -> None:
        projects.append(Project.create(tmp_path / f"{next(numbers)}.ttrpg", name="Bench", author="t", device="d"))
        assert import_files(projects[-1], [vault]).created == NOTES
        assert search.names(projects[-1].sql, next(vault.rglob("*.md")).stem, limit=1)

    report.add("vault of 1,000 notes in", statistics.median(sample_cpu(bring, times=3)), limit=1500)
    out = sample_cpu(lambda: export_project(projects[0], tmp_path / f"out{next(numbers)}", format="obsidian"), times=3)
    report.add("vault of 1,000 notes out", statistics.median(out), limit=400)
    for project in projects:
        project.close()


def test_a_large_project_goes_out_as_a_vault(tmp_path: Path, report: Report) -> None:
    project = Project.create(tmp_path / "big.ttrpg", name="Bench", author="t", device="d")
    with project.commit("bench.fill", "Fill") as commit:
        for n in range(ENTITIES):
            body = f"Lives near [[Entity {n // 2}]]. " * 10
            commit.put(Entity(kind=("npc", "location", "item")[n % 3], name=f"Entity {n}", body=body, tags=("a", "b")))
    numbers = count()
    out = sample_cpu(lambda: export_project(project, tmp_path / f"out{next(numbers)}", format="obsidian"), times=3)
    report.add("5,000 entities as a vault", statistics.median(out), limit=2000)
    project.close()
