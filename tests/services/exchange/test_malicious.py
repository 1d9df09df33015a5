"""Files made to do harm take the real path, through a process of their own, into a project: what they may not do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.errors import ImportRefused
from studio.services.exchange import formats
from studio.services.exchange.importing import import_parsed
from tests.conftest import ROOT
from tests.support.hostile_files import CANARY, MAKERS, SLOW
from tests.support.hostile_run import state
from tests.support.server import Server, listening
from tests.support.timing import worked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.storage.project import Project

SECONDS, BYTES = 10.0, 1 << 30
A_FEW = ("links out of a vault", "YAML bombs", "folders in a circle", "page that tracks", "LevelDB that lies")
"""One of each danger, for every run of the tests; the long run takes all, and the samples."""
WATCH = """
import os, sys
_out = os.open(os.environ["WATCH_FILE"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
_told = ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
         "os.rename", "os.symlink", "os.link", "urllib.Request", "ctypes.dlopen")
def _watch(event, args):
    if event in _told:
        os.write(_out, (repr((event, [a if isinstance(a, (str, int)) else str(a) for a in args])) + "\\n").encode())
sys.addaudithook(_watch)
"""
"""Put before everything that a reader imports: it writes down what is opened, started and asked for."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@pytest.fixture
def server() -> Iterator[Server]:
    with listening() as made:
        yield made


@pytest.fixture
def field(tmp_path: Path) -> Path:
    """Where the hostile files are made: beside each lies one that it must not reach."""
    folder = tmp_path / "field"
    folder.mkdir()
    return folder


def made(field: Path, name: str, port: int) -> Path:
    folder = field / str(len(list(field.iterdir())))
    folder.mkdir()
    (folder / "outside.md").write_text(f"{CANARY}\n")
    return (MAKERS | SLOW)[name](folder, port)


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file under a folder, with its size and when it was written."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


def run(tmp_path: Path, paths: list[Path]) -> tuple[list[dict[str, Any]], int]:
    """(what came of each file, the most bytes that a reader had), with everything watched."""
    own, watch = tmp_path / "own", tmp_path / "watch.txt"
    for folder in (own, tmp_path / "site"):
        folder.mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WATCH)
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), str(ROOT)]), "WATCH_FILE": str(watch)}
    env |= {"TMPDIR": str(own), "PYTHONDONTWRITEBYTECODE": "1", "COVERAGE_PROCESS_START": ""}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.hostile_run", str(own / "p.ttrpg"), *map(str, paths)],
        env=env, cwd=ROOT, capture_output=True, text=True, timeout=600, check=True,
    )  # fmt: skip
    *found, last = map(json.loads, done.stdout.splitlines())
    check_watched(watch, own, paths)
    return found, last["peak"]


def check_watched(watch: Path, own: Path, paths: list[Path]) -> None:
    """Nothing was asked for, nothing started but readers, nothing written but the project and its spool."""
    readable = [own, ROOT, *map(Path, (sys.prefix, sys.base_prefix, "/usr", "/lib", "/dev", "/proc", "/sys")), *paths]
    readable += [Path(sys.executable).resolve().parents[1], Path("/etc/localtime"), Path("/etc/mime.types")]
    lines = watch.read_text().splitlines()
    assert len(lines) > 100
    for event, args in map(eval, lines):
        if event == "subprocess.Popen":
            assert "studio.services.exchange.child" in args[1], args
        elif event == "open":
            check_opened(Path(str(args[0])), args, own, readable)
        elif event == "os.rename":
            assert Path(args[1]).is_relative_to(own), args
        else:
            assert event == "ctypes.dlopen", (event, args)


def check_opened(path: Path, args: list[Any], own: Path, readable: list[Path]) -> None:
    if isinstance(args[0], int) or str(path).isdigit():
        return
    writes = (isinstance(args[2], int) and args[2] & WRITING) or (args[1] != "None" and set(str(args[1])) & set("wax+"))
    real = path if path.is_absolute() else ROOT / path
    if writes:
        assert real.is_relative_to(own) or str(real).startswith("/dev/"), args
    else:
        assert any(real.is_relative_to(one) for one in readable), args
        assert real.name != "outside.md", args


def check(found: list[dict[str, Any]], peak: int) -> None:
    for one in found:
        assert one["seconds"] < SECONDS, one
        assert one.get("untouched", True), one
        assert one.get("added_up", True), one
    assert peak < BYTES


def test_one_of_each_danger_comes_to_nothing(tmp_path: Path, field: Path, server: Server) -> None:
    paths = [made(field, name, server.port) for name in A_FEW]
    before = tree(field)
    found, peak = run(tmp_path, paths)
    check(found, peak)
    assert len(found) == len(paths)
    assert tree(field) == before
    assert CANARY.encode() not in (tmp_path / "own" / "p.ttrpg").read_bytes()


@pytest.mark.soak
def test_every_hostile_file_comes_to_nothing(tmp_path: Path, field: Path, shared: Path, server: Server) -> None:
    samples = shared / "samples" / "malicious"
    paths = [samples, *sorted(samples.rglob("*"))]
    paths += [made(field, name, server.port) for name in MAKERS | SLOW]
    before = tree(field)
    found, peak = run(tmp_path, paths)
    check(found, peak)
    assert len(found) == len(paths) > 40
    assert tree(field) == before
    assert CANARY.encode() not in (tmp_path / "own" / "p.ttrpg").read_bytes()


@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_file_is_refused_or_harmless(project: Project, field: Path, name: str, server: Server) -> None:
    path, before = made(field, name, server.port), state(project)
    with worked() as took:
        try:
            report = import_parsed(project, [formats.parse(path)])
        except ImportRefused:
            assert state(project) == before
        else:
            assert report.read == report.imported + report.skipped
    assert took.seconds < SECONDS
    rows = project.sql.execute("SELECT data FROM entry UNION ALL SELECT data FROM entity").fetchall()
    assert not [data for (data,) in rows if CANARY in data]
    bodies = [json.loads(data).get("body", "") for (data,) in rows]
    if name in ("page that tracks", "Foundry pages that track", "folders in a circle"):
        assert bodies
        assert not [body for body in bodies if "javascript:" in body or "<" in body]
