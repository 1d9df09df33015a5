"""The project file: one edit, a whole apply, opening ten thousand entities, each beside a floor of plain SQLite."""

from __future__ import annotations

import json
import sqlite3
import statistics
from itertools import count
from typing import TYPE_CHECKING

import pytest

from studio.domain.candidate import EntityCandidate, Extraction, FieldCandidate, RelationCandidate
from studio.domain.world import Entity, Relation
from studio.services import history
from studio.services.review import apply, store_artifact
from studio.services.review.paste import add_pasted
from studio.services.workspace import Workspace
from studio.storage import search
from tests.bench.measuring import Report, percentile, sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

pytestmark = pytest.mark.bench
KINDS = ("npc", "faction", "location", "event", "item", "timeline_arc")
ENTITIES, RELATIONS = 10_000, 40_000


def fill(project: Project) -> list[RecordId]:
    """Ten thousand entities and forty thousand relations in one commit."""
    with project.commit("bench.fill", "Fill") as commit:
        made = [
            commit.put(
                Entity(kind=KINDS[n % 6], name=f"Entity {n} of {n % 97}", body=f"Lives near [[Entity {n // 2}]]. " * 5)
            ).id
            for n in range(ENTITIES)
        ]
        for n in range(RELATIONS):
            commit.put(Relation(from_id=made[n % ENTITIES], type="ally_of", to_id=made[(n * 7 + 1) % ENTITIES]))
    return made


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the size of a long campaign's, on disk."""
    path = tmp_path_factory.mktemp("bench") / "Big.ttrpg"
    workspace = Workspace.create(path, name="Big", author="me", device="d")
    workspace.run_now(fill)
    workspace.close()
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "Small.ttrpg", name="Small", author="me", device="d")
    yield made
    made.close()


def sqlite_edit_floor(path: Path) -> list[float]:
    """Two statements of plain SQLite in one transaction, WAL, synchronous NORMAL."""
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(
        "PRAGMA journal_mode=wal; PRAGMA synchronous=normal; CREATE TABLE t (id TEXT PRIMARY KEY, d TEXT);"
    )
    numbers = count()

    def edit() -> None:
        n = next(numbers)
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT OR REPLACE INTO t VALUES (?, ?)", (str(n % 50), json.dumps({"n": n, "text": "x" * 600})))
        db.execute("INSERT INTO t VALUES (?, ?)", (f"log{n}", json.dumps({"n": n, "text": "x" * 1200})))
        db.execute("COMMIT")

    taken = sample(edit, times=300, warm_up=20)
    db.close()
    return taken


def test_one_edit(workspace: Workspace, report: Report, tmp_path: Path) -> None:
    def add(project: Project) -> Entity:
        with project.commit("entity.create", "Add") as commit:
            return commit.put(Entity(kind="npc", name="Mirel Thane", body="x" * 500))

    def edits(project: Project, *, synchronous: str) -> list[float]:
        project.sql.execute(f"PRAGMA synchronous={synchronous}")
        numbers = count()

        def edit() -> None:
            with project.commit("entity.update", "Edit") as commit:
                commit.put(project.get(Entity, made.id).model_copy(update={"summary": f"Number {next(numbers)}"}))

        return sample(edit, times=300, warm_up=20)

    made = workspace.run_now(add)
    floor = sqlite_edit_floor(tmp_path / "floor.db")
    normal = workspace.run_now(edits, synchronous="normal")
    full = workspace.run_now(edits, synchronous="full")
    report.add(
        "edit: row, log, hash, audit, names, full text; NORMAL p50",
        percentile(normal, 50),
        limit=1.0,
        floor=percentile(floor, 50),
    )
    report.add("the same, FULL (as shipped) p95", percentile(full, 95), limit=10.0)


def artifact_of_sixty(workspace: Workspace) -> RecordId:
    text = "\n".join(f"Person {n} leads Guild {n} in Town {n}." for n in range(20))
    message = workspace.run_now(add_pasted, text, title="Sixty")

    def field(value: str) -> tuple[FieldCandidate, ...]:
        start = text.index(value)
        return (FieldCandidate(value=value, confidence=0.9, span=(start, start + len(value)), quote=value),)

    found: list[EntityCandidate | RelationCandidate] = []
    for n in range(20):
        found.append(
            EntityCandidate(
                key=f"p{n}", kind="npc", name=f"Person {n}", confidence=0.9, fields={"role": field("leads")}
            )
        )
        fields = {"leader": field(f"Person {n}"), "headquarters": field(f"Town {n}")}
        found.append(EntityCandidate(key=f"g{n}", kind="faction", name=f"Guild {n}", confidence=0.9, fields=fields))
        found.append(
            RelationCandidate(key=f"r{n}", type="leads", from_name=f"Person {n}", to_name=f"Guild {n}", confidence=0.8)
        )
    extraction = Extraction(extractor="bench", version="1", candidates=tuple(found))
    return workspace.run_now(store_artifact, message, extraction).id


def test_apply_of_sixty_candidates_and_its_undo(workspace: Workspace, report: Report) -> None:
    artifact_id = artifact_of_sixty(workspace)

    def apply_and_undo() -> None:
        workspace.run_now(apply, artifact_id)
        workspace.run_now(history.undo)

    both = sample(apply_and_undo, times=10)
    undone = sample(lambda: (workspace.run_now(history.redo), workspace.run_now(history.undo)), times=10)
    report.add("apply of a 60-candidate artifact", statistics.median(both) - statistics.median(undone) / 2, limit=150)
    report.add("undo or redo of it", statistics.median(undone) / 2, limit=150)


def test_open_ten_thousand_entities(big: Path, report: Report) -> None:
    def links(project: Project) -> int:
        return len(project.sql.execute("SELECT from_id, type, to_id FROM relation WHERE deleted_at IS NULL").fetchall())

    def open_it() -> None:
        workspace = Workspace.open(big, author="me", device="d")
        assert workspace.run_now(links) == RELATIONS
        workspace.close()

    floor = sample(lambda: sqlite3.connect(big).execute("PRAGMA quick_check").fetchall(), times=5)
    taken = sample(open_it, times=5)
    report.add(
        "open 10,000 entities with check and link graph",
        statistics.median(taken),
        limit=250,
        floor=statistics.median(floor),
    )


def test_names_as_they_are_typed(big: Path, report: Report) -> None:
    workspace = Workspace.open(big, author="me", device="d")
    typed = ["e", "en", "entity 99", "999", "of 42", "xyz", "entity 5 of"]
    taken = [
        ms for t in typed for ms in sample(lambda t=t: workspace.run_now(lambda p: search.names(p.sql, t)), times=20)
    ]
    words = [
        ms for t in typed for ms in sample(lambda t=t: workspace.run_now(lambda p: search.texts(p.sql, t)), times=5)
    ]
    workspace.close()
    report.add("name filter at 10,000 entities p95", percentile(taken, 95), limit=16)
    report.add("full text at 10,000 entities p95", percentile(words, 95), limit=60)
