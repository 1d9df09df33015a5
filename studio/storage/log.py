"""Reading the log: commits, the history of one record, the heads of undo and redo, and the check of the hash chain."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from studio.domain.commit import Change, Commit, chain_hash
from studio.domain.ids import RecordId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
import zlib

DEFLATE_FROM = 600
_COLUMNS = "seq, id, parent, at, time, author, device, verb, message, step, reverts, hash"


def _commit(row: tuple[Any, ...], changes: tuple[Change, ...] = ()) -> Commit:
    fields = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Commit.model_validate(fields | {"time": datetime.fromisoformat(fields["time"]), "changes": changes})


def pack(data: dict[str, Any] | None) -> str | bytes | None:
    """A record's JSON as it is kept in the log, in its own order: text, or deflated where it is long."""
    if data is None:
        return None
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    return text if len(text) < DEFLATE_FROM else zlib.compress(text.encode(), 3)


def unpack(kept: str | bytes | None) -> Any:
    """The JSON that `pack` kept."""
    if kept is None:
        return None
    return json.loads(zlib.decompress(kept) if isinstance(kept, bytes) else kept)


def _before(sql: sqlite3.Connection, record: str, seq: int) -> Any:
    row = sql.execute(
        "SELECT after FROM change WHERE record = ? AND seq < ? ORDER BY seq DESC LIMIT 1", (record, seq)
    ).fetchone()
    return unpack(row[0]) if row else None


def _changes(sql: sqlite3.Connection, seq: int) -> list[tuple[str, str, Any, Any]]:
    """(record, kind, before, after) of one commit."""
    rows = sql.execute("SELECT record, kind, after FROM change WHERE seq = ? ORDER BY n", (seq,)).fetchall()
    return [(record, kind, _before(sql, record, seq), unpack(after)) for record, kind, after in rows]


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
    changes = tuple(Change(record=RecordId(r), kind=k, before=b, after=a) for r, k, b, a in _changes(sql, seq))
    return _commit(row, changes)


def message(sql: sqlite3.Connection, seq: int | None) -> str | None:
    """What a commit says it did; None where there is no such commit."""
    row = sql.execute("SELECT message FROM commit_log WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row else None


def seq_of(sql: sqlite3.Connection, commit_id: str) -> int | None:
    """The number of a commit, by its id, the start of its id, or its number as text."""
    if commit_id.isdigit():
        return int(commit_id)
    row = sql.execute("SELECT seq FROM commit_log WHERE substr(id, 1, ?) = ?", (len(commit_id), commit_id)).fetchone()
    return row[0] if row else None


def record_history(sql: sqlite3.Connection, record_id: str, *, limit: int) -> list[tuple[Commit, Change]]:
    """The commits that changed one record, newest first, each with that change."""
    rows = sql.execute(
        f"SELECT {', '.join(f'l.{c}' for c in _COLUMNS.split(', '))}, c.kind, c.after FROM change c"
        " JOIN commit_log l ON l.seq = c.seq WHERE c.record = ? ORDER BY c.seq DESC LIMIT ?",
        (record_id, limit),
    ).fetchall()
    found = RecordId(record_id)
    return [
        (
            _commit(tuple(row[:12])),
            Change(record=found, kind=row[12], before=_before(sql, found, row[0]), after=unpack(row[13])),
        )
        for row in rows
    ]


def states(sql: sqlite3.Connection, record_id: str) -> Iterator[dict[str, Any] | None]:
    """What a record was after each of its changes, newest first, read one at a time; None where it was no more."""
    rows = sql.execute("SELECT after FROM change WHERE record = ? ORDER BY seq DESC", (record_id,))
    return (unpack(row[0]) for row in rows)


def last_verbs(sql: sqlite3.Connection) -> dict[str, str]:
    """By record the verb that wrote it last, of those that were written more than once."""
    return dict(
        sql.execute(
            """SELECT c.record, l.verb FROM commit_log l JOIN
            (SELECT record, max(seq) AS seq FROM change GROUP BY record HAVING count(*) > 1) c ON c.seq = l.seq"""
        ).fetchall()
    )


def told_since(sql: sqlite3.Connection, since: datetime, *, at_least: int) -> Iterator[str]:
    """What the changes since then, and the last ones anyhow, made of records and found before, as texts of JSON."""
    row = sql.execute("SELECT min(seq) FROM commit_log WHERE time >= ?", (since.isoformat(),)).fetchone()
    last = sql.execute("SELECT max(seq) FROM commit_log").fetchone()[0] or 0
    first = max(1, min(row[0] or last + 1, last - at_least + 1))
    for record, seq, after in sql.execute("SELECT record, seq, after FROM change WHERE seq >= ?", (first,)).fetchall():
        if after is not None:
            yield _text(after)
        before = sql.execute(
            "SELECT after FROM change WHERE record = ? AND seq < ? ORDER BY seq DESC LIMIT 1", (record, seq)
        ).fetchone()
        if before is not None and before[0] is not None:
            yield _text(before[0])


def _text(kept: str | bytes) -> str:
    return zlib.decompress(kept).decode() if isinstance(kept, bytes) else kept


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
        if chain_hash(previous, head, [list(change) for change in _changes(sql, seq)]) != row[-1]:
            return seq
        previous = row[-1]
    return None
