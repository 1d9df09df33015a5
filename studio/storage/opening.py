"""Opening a project file safely: what it is, whether it is ours, whole, not newer, and not open elsewhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from peewee import SqliteDatabase

from studio.domain.errors import ProjectFileError
from studio.storage import derived, migrations, tables

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

APPLICATION_ID = 0x54545047
CLOSING_SECONDS = 1.5
"""How long to wait for a window that is just closing before a project counts as open elsewhere."""
MAGIC = b"SQLite format 3\x00"
SQL_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What reading a file can raise: an error that quotes a damaged name is no UTF-8, and Python says only that."""
PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "synchronous": "full",
    "temp_store": "memory",
    "cache_size": -65536,
}


def check_header(path: Path) -> None:
    """Raise ProjectFileError unless the file's first hundred bytes are those of a project."""
    if not path.exists():
        raise ProjectFileError(f"There is no file “{path}”. Check the name, or make a new project.", code="missing")
    if path.is_dir():
        raise ProjectFileError(
            f"“{path.name}” is a folder, not a project file. Choose a .ttrpg file.", code="not_a_project"
        )
    try:
        head = path.read_bytes()[:100] if path.stat().st_size < 4096 else _first_bytes(path)
    except PermissionError as error:
        raise ProjectFileError(
            f"“{path.name}” can't be read: permission denied. Ask for access, or open a copy.", code="read_only"
        ) from error
    if not head.startswith(MAGIC) or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise ProjectFileError(
            f"“{path.name}” isn't a TTRPG Studio project. To bring its content in, use Import.", code="not_a_project"
        )


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def take_lock(path: Path) -> FileLock:
    """Hold the project for this process, or raise `locked`; a read-only folder raises `read_only`."""
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=CLOSING_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        raise ProjectFileError(
            f"“{path.name}” is already open in another window or program. Close it there, or open a copy.",
            code="locked",
        ) from error
    except OSError as error:
        raise ProjectFileError(
            f"The folder of “{path.name}” can't be written to, so changes couldn't be saved. Open a copy elsewhere.",
            code="read_only",
        ) from error
    return lock


def connect(path: Path) -> SqliteDatabase:
    """An open database with our pragmas. Runs on the project's own thread, and stays there."""
    db = SqliteDatabase(str(path), pragmas=PRAGMAS, timeout=5)
    try:
        db.connect()
    except Exception as error:
        raise translate(error, path) from error
    return db


def check_content(db: SqliteDatabase, path: Path) -> int:
    """The file's version, after checking that it is whole and not newer than this program."""
    try:
        version = int(db.pragma("user_version"))
        if version > migrations.CURRENT:
            raise newer(path, version)
        verdict = db.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
    except ProjectFileError:
        raise
    except Exception as error:
        raise translate(error, path) from error
    if verdict != "ok":
        raise damaged(path)
    return version


def migrate(db: SqliteDatabase, path: Path, version: int, now: datetime) -> None:
    """Bring an older file up to date, step by step, after a copy of it was put beside it."""
    steps = migrations.pending(version)
    if not steps:
        return
    copy_to(db, path.with_name(f"{path.stem}.v{version}-{now:%Y%m%d-%H%M%S}.ttrpg"))
    for number, step in steps:
        with db.atomic("exclusive"):
            step(db)
            if number == steps[-1][0]:
                derived.rebuild(db.connection())
            db.pragma("user_version", number)


def create_schema(db: SqliteDatabase) -> None:
    """Make the tables of a fresh file."""
    db.pragma("application_id", APPLICATION_ID)
    with db.atomic(), db.bind_ctx(list(tables.TABLES)):
        db.create_tables(list(tables.TABLES))
        for statement in tables.FTS_SQL:
            db.execute_sql(statement)
        db.pragma("user_version", migrations.CURRENT)


def copy_to(db: SqliteDatabase, target: Path) -> None:
    """A consistent copy through SQLite's backup API, in pages so that others can go on; whole or not there at all."""
    partial = target.with_suffix(target.suffix + ".part")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as copy:
            db.connection().backup(copy, pages=2048)
            copy.execute("PRAGMA journal_mode=delete")
    except (*SQL_ERRORS, OSError) as error:
        partial.unlink(missing_ok=True)
        raise translate(error, target) from error
    partial.replace(target)


def newer(path: Path, version: int) -> ProjectFileError:
    """The error for a file of a later version than this program knows."""
    return ProjectFileError(
        f"“{path.name}” was saved by a newer TTRPG Studio (file version {version}; this one reads up to"
        f" {migrations.CURRENT}). Update the app to open it.",
        code="newer",
    )


def damaged(path: Path) -> ProjectFileError:
    """The error for a file that is ours but broken."""
    return ProjectFileError(
        f"“{path.name}” is damaged and can't be opened safely. Restore the last good backup.", code="damaged"
    )


def translate(error: Exception, path: Path) -> Exception:
    """The sentence for what SQLite or the file system says; anything unknown comes back as it is."""
    words = str(error).lower()
    if isinstance(error, ProjectFileError):
        return error
    if "cannot rollback" in words and isinstance(error.__context__, Exception):
        return translate(error.__context__, path)  # SQLite had done that itself
    if "disk is full" in words or "no space left" in words:
        return ProjectFileError(
            f"The disk is full, so the change to “{path.name}” wasn't saved. Free some space and try again.",
            code="disk_full",
        )
    if "disk i/o error" in words:
        return ProjectFileError(
            f"The disk reported an error, so the change to “{path.name}” wasn't saved. Check its free space.",
            code="disk_error",
        )
    if "readonly" in words or "read-only" in words or "unable to open" in words or isinstance(error, PermissionError):
        return ProjectFileError(
            f"“{path.name}” can't be written to, so the change wasn't saved. Open a copy elsewhere.", code="read_only"
        )
    if "locked" in words:
        return ProjectFileError(
            f"“{path.name}” is in use by another program. Close it there and try again.", code="locked"
        )
    if isinstance(error, UnicodeDecodeError) or "could not decode" in words:
        return damaged(path)
    if "malformed" in words or "not a database" in words or "corrupt" in words:
        return damaged(path)
    return error
