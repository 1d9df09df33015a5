"""Looking at a project file without opening it as one: is it whole, what is in it, does its history add up."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.storage import bundle, migrations, opening

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Check:
    """What a look at a file found. `problem` is empty where all is well, else half a sentence."""

    problem: str = ""
    workspace_id: str = ""
    commits: int = 0
    head: str = ""
    counts: dict[str, int] = field(default_factory=dict)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection that leaves nothing behind.

    A file without a write-ahead log is closed and taken as it lies; so is one in a folder that can't be written to.
    """
    open_elsewhere = path.with_name(f"{path.name}-wal").exists()
    for query in ("mode=ro", "mode=ro&immutable=1") if open_elsewhere else ("mode=ro&immutable=1",):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?{query}", uri=True, timeout=5)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            if query != "mode=ro":
                raise
        except opening.SQL_ERRORS:
            connection.close()
            raise
        else:
            with closing(connection):
                yield connection
            return


def check(path: Path) -> Check:
    """Check a file through and through. Raises ProjectFileError only for a file that is none of ours or is newer."""
    opening.check_header(path)
    try:
        with reading(path) as sql:
            version = sql.execute("PRAGMA user_version").fetchone()[0]
            if version > migrations.CURRENT:
                raise opening.newer(path, version)
            verdict = sql.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict != "ok":
                return Check(problem="its pages are damaged")
            return _content(sql)
    except UnicodeError:
        return Check(problem="its content can't be read")
    except (sqlite3.Error, ValueError, KeyError, TypeError, EOFError) as error:
        return Check(problem=f"its content can't be read ({error})" if str(error) else "its content can't be read")


def _content(sql: sqlite3.Connection) -> Check:
    commits, head = bundle.head_hash(sql)
    row = sql.execute("SELECT id FROM document WHERE kind = 'project'").fetchone()
    found = Check(workspace_id=row[0] if row else "", commits=commits, head=head, counts=row_counts(sql))
    state = bundle.replay(json.loads(line) for line in bundle.log_lines(sql))
    if state != {data["id"]: data for data in bundle.all_data(sql)}:
        return Check(problem="its records don't fit its history", commits=commits)
    return found


def row_counts(sql: sqlite3.Connection) -> dict[str, int]:
    """How many rows every table has."""
    tables = (*bundle.record_tables(), "commit_log", "change", "audit", "blob", "name", "mention", "tag", "fts_doc")
    return {table: sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def workspace_of(path: Path) -> str:
    """The project's id as far as it can be read; empty from a file that is too damaged."""
    try:
        with reading(path) as sql:
            row = sql.execute("SELECT id FROM document WHERE kind = 'project'").fetchone()
            return row[0] if row else ""
    except (*opening.SQL_ERRORS, OSError):
        return ""


def copy_file(path: Path, target: Path) -> None:
    """A copy of a file that may be open elsewhere, read-only or damaged: by SQLite where it can, else its bytes."""
    partial = target.with_name(f".{target.name}.part")
    partial.unlink(missing_ok=True)
    try:
        with reading(path) as sql, closing(sqlite3.connect(partial)) as copy:
            sql.backup(copy, pages=2048)
            copy.execute("PRAGMA journal_mode=delete")
    except opening.SQL_ERRORS:
        partial.write_bytes(path.read_bytes())
    partial.replace(target)
