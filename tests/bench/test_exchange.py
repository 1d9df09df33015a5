"""Imports and exports of large worlds: time against a floor in the same run, and memory of the process that reads."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.world import Entity
from studio.services.exchange import export_project, import_files
from studio.storage.project import Project
from tests.bench.measuring import Report, sample, sample_cpu
from tests.bench.test_vault import ENTITIES, vault
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.bench
BURGS, STATES, PROVINCES, MARKERS = 9000, 100, 600, 300
LORE = 1_000_000
__all__ = ["vault"]


def project_at(path: Path) -> Project:
    return Project.create(path, name="Bench", author="t", device="d")


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project of 5,000 entities."""
    project = project_at(tmp_path_factory.mktemp("bench") / "big.ttrpg")
    with project.commit("bench.fill", "Fill") as commit:
        for n in range(ENTITIES):
            body = f"Lives near [[Entity {n // 2}]]. " * 10
            commit.put(Entity(kind=("npc", "location", "item")[n % 3], name=f"Entity {n}", body=body, tags=("a", "b")))
    yield project
    project.close()


def test_a_vault_against_the_least_that_has_to_be_done(vault: Path, tmp_path: Path, report: Report) -> None:
    """In: files read, hashed, taken apart and found by their words. Out: as many files made. Counted in CPU time."""
    numbers, projects = count(), list[Project]()
    files = sorted(vault.rglob("*.md"))

    def floor_in() -> None:
        db = sqlite3.connect(tmp_path / f"floor{next(numbers)}.db")
        db.execute("CREATE TABLE note (name, data)")
        db.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        for path in files:
            data = path.read_bytes()
            text = data.decode()
            kept = json.dumps({"hash": hashlib.sha256(data).hexdigest(), "text": text, "words": text.split(" ")})
            db.execute("INSERT INTO note VALUES (?, ?)", (path.name, kept))
            db.execute("INSERT INTO words VALUES (?)", (text,))
        db.commit()
        db.close()

    def floor_out() -> None:
        folder = tmp_path / f"floor{next(numbers)}"
        folder.mkdir()
        for n, path in enumerate(files):
            (folder / f"{n}.md").write_bytes(path.read_bytes())

    def bring() -> None:
        projects.append(project_at(tmp_path / f"{next(numbers)}.ttrpg"))
        import_files(projects[-1], [vault])

    took, least = sample_cpu(bring, times=3), sample_cpu(floor_in, times=3)
    report.add_ratio("vault of 1,000 notes in, CPU", took, least, at_most=7)
    out = sample_cpu(lambda: export_project(projects[0], tmp_path / f"out{next(numbers)}", format="obsidian"), times=5)
    report.add_ratio("vault of 1,000 notes out, CPU", out, sample_cpu(floor_out, times=5), at_most=4)
    for project in projects:
        project.close()


def test_a_large_project_as_a_bundle(big: Project, tmp_path: Path, report: Report) -> None:
    numbers = count()
    pack = sample(lambda: export_project(big, tmp_path / f"{next(numbers)}.ttrpgpack", format="ttrpgpack"), times=3)
    report.add("5,000 entities as a bundle", min(pack), limit=2000)


def azgaar() -> dict[str, Any]:
    """A map of ten thousand things, with a war and a hundred neighbours for each state."""
    dice = random.Random(1)
    terms = ("Ally", "Enemy", "Neutral", "Vassal", "Rival")
    states = [
        {"i": i, "name": f"State {i}", "fullName": f"Duchy of {i}", "form": "Monarchy", "capital": i, "expansionism": 1,
         "diplomacy": ["x", *dice.choices(terms, k=STATES)], "urban": 2, "rural": 3,
         "campaigns": [{"name": f"War {i}", "start": 12, "end": 14, "attacker": i, "defender": 1 + i % STATES}]}
        for i in range(1, STATES + 1)
    ]  # fmt: skip
    burgs = [
        {"i": i, "cell": i, "name": f"Burg {i}", "x": dice.random() * 1000, "y": dice.random() * 500, "port": i % 2,
         "state": 1 + i % STATES, "capital": int(i <= STATES), "population": 2.5, "culture": 1}
        for i in range(1, BURGS + 1)
    ]  # fmt: skip
    provinces = [{"i": i, "state": 1 + i % STATES, "name": f"P{i}", "fullName": f"March {i}"} for i in range(PROVINCES)]
    return {
        "info": {"mapName": "Big", "mapId": 9, "width": 1000, "height": 500},
        "settings": {"populationRate": 100, "options": {"eraShort": "HE"}},
        "pack": {
            "states": [{"i": 0, "name": "Neutrals", "diplomacy": []}, *states], "burgs": [0, *burgs],
            "cultures": [{"i": 0, "name": "Wild"}, {"i": 1, "name": "Ostish", "origins": [0]}],
            "religions": [{"i": 0, "name": "None"}], "provinces": [0, *provinces[1:]],
            "markers": [{"i": i, "type": "hot-springs", "x": 20, "y": 90} for i in range(MARKERS)],
        },
        "notes": [{"id": f"marker{i}", "name": f"Place {i}", "legend": "<b>Hot.</b>"} for i in range(MARKERS)],
    }  # fmt: skip


def test_a_map_of_ten_thousand_things(tmp_path: Path, report: Report) -> None:
    path, project = tmp_path / "big.json", project_at(tmp_path / "map.ttrpg")
    path.write_text(json.dumps(azgaar()))
    took = sample(lambda: import_files(project, [path]), times=1, warm_up=0)
    entities = project.sql.execute("SELECT count(*) FROM entity").fetchone()[0]
    assert entities >= 10_000
    report.add(f"Azgaar's map of {entities:,} entities in", took[0], limit=20_000)
    project.close()


def read_apart(tmp_path: Path, path: Path) -> tuple[dict[str, Any], float]:
    """What came of a file on its real path, and the most MiB that its reader had."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.hostile_run", str(tmp_path / f"{path.stem}.ttrpg"), str(path)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    found, last = map(json.loads, done.stdout.splitlines())
    return found, last["peak"] / (1 << 20)


def test_a_lorebook_of_a_million_entries_takes_bounded_memory(tmp_path: Path, report: Report) -> None:
    """It is refused before an entry of it is made; the largest that comes in stays within bounds too."""

    def lorebook(entries: int) -> Path:
        path = tmp_path / f"lore{entries}.json"
        one = '{"keys":["k%d"],"content":"The text of entry %d.","comment":"Entry %d"}'
        path.write_text('{"entries":[' + ",".join(one % (n, n, n) for n in range(entries)) + "]}")
        return path

    small = lorebook(20)
    found, peak = read_apart(tmp_path, lorebook(LORE))
    assert "too many" in found.get("refused", "") or "entries" in found.get("refused", "")
    least = sample(lambda: read_apart(tmp_path, small), times=1, warm_up=0)
    report.add_ratio("lorebook of 1,000,000 entries, refused", [found["seconds"] * 1000], least, at_most=12)
    report.add("lorebook of 1,000,000 entries, reader's memory", peak, unit="MiB", limit=1024)
    found, peak = read_apart(tmp_path, lorebook(20_000))
    assert found["read"] == 20_000
    report.add("lorebook of 20,000 entries, reader's memory", peak, unit="MiB", limit=200)
