"""Reading the log: commits, the history of one record, the heads of undo and redo, and the check of the hash chain."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from studio.domain.commit import Change, Commit, chain_hash

if TYPE_CHECKING:
    import sqlite3

_COLUMNS = "seq, id, parent, at, time, author, device, verb, message, step, reverts, hash"


def _commit(row: tuple[Any, ...], changes: tuple[Change, ...] = ()) -> Commit:
    fields = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Commit.model_validate(fields | {"time": datetime.fromisoformat(fields["time"]), "changes": changes})


def _loads(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def entries(sql: sqlite3.Connection, *, limit: int, before_seq: int | None = None) -> list[Commit]:
    """Commits without their changes, newest first."""
    rows = sql.execute(
        f"SELECT {_COLUMNS} FROM commit_log WHERE seq < ? ORDER BY seq DESC LIMIT ?", (before_seq or 1 << 62, limit)
    )
    return [_commit(row) for row in rows]


def read(sql: sqlite3.Connection, seq: int) -> Commit | None:
    """One commit with its changes."""
    row = sql.execute(f"SELECT {_COLUMNS} FROM commit_log WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        return None
    rows = sql.execute("SELECT record, kind, before, after FROM change WHERE seq = ? ORDER BY n", (seq,))
    changes = tuple(Change(record=r, kind=k, before=_loads(b), after=_loads(a)) for r, k, b, a in rows)
    return _commit(row, changes)


def seq_of(sql: sqlite3.Connection, commit_id: str) -> int | None:
    """The number of a commit, by its id, the start of its id, or its number as text."""
    if commit_id.isdigit():
        return int(commit_id)
    row = sql.execute("SELECT seq FROM commit_log WHERE substr(id, 1, ?) = ?", (len(commit_id), commit_id)).fetchone()
    return row[0] if row else None


def record_history(sql: sqlite3.Connection, record_id: str, *, limit: int) -> list[tuple[Commit, Change]]:
    """The commits that changed one record, newest first, each with that change."""
    rows = sql.execute(
        f"SELECT {', '.join(f'l.{c}' for c in _COLUMNS.split(', '))}, c.kind, c.before, c.after FROM change c"
        " JOIN commit_log l ON l.seq = c.seq WHERE c.record = ? ORDER BY c.seq DESC LIMIT ?",
        (record_id, limit),
    )
    return [
        (_commit(row[:12]), Change(record=record_id, kind=row[12], before=_loads(row[13]), after=_loads(row[14])))  # pyright: ignore[reportArgumentType]
        for row in rows
    ]


def heads(sql: sqlite3.Connection) -> tuple[int | None, int | None]:
    """The commits that Undo and Redo would take next."""
    row = sql.execute("SELECT undo_top, redo_top FROM commit_log ORDER BY seq DESC LIMIT 1").fetchone()
    return row or (None, None)


def below(sql: sqlite3.Connection, seq: int) -> int | None:
    """What lies under this commit in its stack."""
    return sql.execute("SELECT below FROM commit_log WHERE seq = ?", (seq,)).fetchone()[0]


def first_broken(sql: sqlite3.Connection) -> int | None:
    """The first commit whose hash doesn't follow from what is stored, or None where the chain is whole."""
    previous = ""
    for (seq,) in sql.execute("SELECT seq FROM commit_log ORDER BY seq").fetchall():
        row = sql.execute(f"SELECT {_COLUMNS} FROM commit_log WHERE seq = ?", (seq,)).fetchone()
        head: dict[str, Any] = dict(zip(_COLUMNS.split(", ")[:-1], row[:-1], strict=True))
        rows = sql.execute("SELECT record, kind, before, after FROM change WHERE seq = ? ORDER BY n", (seq,))
        if chain_hash(previous, head, [[r, k, _loads(b), _loads(a)] for r, k, b, a in rows]) != row[-1]:
            return seq
        previous = row[-1]
    return None
