"""Project files of every released version open for ever, whole, and end up with the schema of a fresh one."""

import gzip
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message
from studio.domain.world import Entity
from studio.services import backup, history, sample
from studio.services.exchange import import_files
from studio.services.exchange.exporting import export_project
from studio.services.find import find
from studio.services.overview import counts
from studio.storage import bundle, migrations
from studio.storage.project import Project

FOLDER = Path(__file__).parent
VERSIONS = range(1, migrations.CURRENT + 1)


@pytest.fixture(params=VERSIONS)
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a golden file."""
    path = tmp_path / "golden.ttrpg"
    path.write_bytes(gzip.decompress((FOLDER / f"v{request.param}.ttrpg.gz").read_bytes()))
    return path


def opened(path: Path) -> Project:
    return Project.open(path, author="tester", device="d1")


def schema(path: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in rows}


def test_it_opens_and_every_check_passes(golden: Path) -> None:
    project = opened(golden)
    assert history.first_broken(project) is None
    project.close()
    assert backup.verify(golden).ok


def test_opened_it_has_the_schema_of_a_fresh_file(golden: Path, tmp_path: Path) -> None:
    opened(golden).close()
    Project.create(tmp_path / "fresh.ttrpg", name="Fresh", author="t", device="d").close()
    assert schema(golden) == schema(tmp_path / "fresh.ttrpg")


def test_everything_in_it_is_read(golden: Path) -> None:
    project = opened(golden)
    found = counts(project)
    assert found["npc"] >= 10
    assert found["blueprint"] == 2
    assert {b.name for b in project.all(Blueprint)} == {"What the Bell Remembers", "The Nine Lamps of Harrowmere"}
    assert "Nine lighthouses" in next(m.text for m in project.all(Message) if m.origin == "paste")
    assert find(project, "Perrin Tolliver")[0].name == "Perrin Tolliver"
    assert project.scratch_get("draft:golden") == "half a thought"
    digest, _, data = next(bundle.blobs(project.sql))
    assert hashlib.sha256(data).hexdigest() == digest
    assert all(e.prov for e in project.all(Entity))
    project.close()


def test_undo_and_redo_go_on_in_it(golden: Path) -> None:
    project = opened(golden)
    assert history.redo(project).message == "Move “Lantern Eel” to the trash"
    history.undo(project)
    assert history.undo(project).message.startswith("Save ")
    assert len(project.all(Blueprint)) == 1
    history.redo(project)
    assert len(project.all(Blueprint)) == 2
    assert history.first_broken(project) is None
    project.close()


def test_it_goes_through_a_bundle_whole(golden: Path, tmp_path: Path) -> None:
    project = opened(golden)
    export_project(project, tmp_path / "g.ttrpgpack", format="ttrpgpack")
    other = Project.create(tmp_path / "other.ttrpg", name="O", author="t", device="d")
    import_files(other, [tmp_path / "g.ttrpgpack"])
    assert list(bundle.log_lines(other.sql)) == list(bundle.log_lines(project.sql))
    assert counts(other) == counts(project)
    project.close()
    other.close()


def test_the_sample_of_today_still_makes_such_a_file(tmp_path: Path) -> None:
    workspace = sample.create(tmp_path / "s.ttrpg")
    assert workspace.run_now(counts)["npc"] >= 10
    workspace.close()


def test_golden_files_stay_small_and_tell_nothing_of_their_maker() -> None:
    for version in VERSIONS:
        small = (FOLDER / f"v{version}.ttrpg.gz").read_bytes()
        data = gzip.decompress(small)
        assert len(small) < 300_000
        assert str(Path(__file__).parents[2]).encode() not in data
        assert b'"root"' not in data
