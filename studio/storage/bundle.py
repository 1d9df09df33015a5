"""The log as lines of JSON, and a fresh file that becomes, commit by commit, the project that a bundle holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.commit import canonical_json, chain_hash
from studio.domain.events import Committed
from studio.domain.ids import RecordId, new_id
from studio.storage import derived, log
from studio.storage.commits import record_row
from studio.storage.nouns import NOUNS, from_data, noun_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from studio.storage.project import Project

Json = dict[str, Any]
HEAD = ("seq", "id", "parent", "at", "time", "author", "device", "verb", "message", "step", "reverts")
COLUMNS = (*HEAD, "below", "undo_top", "redo_top", "hash")
_DERIVED = ("name", "mention", "tag", "moment", "fts", "fts_doc")


def record_tables() -> tuple[str, ...]:
    """The tables that hold records."""
    return tuple(dict.fromkeys(["entity", *(noun.table_name for noun in NOUNS.values())]))


def all_data(sql: sqlite3.Connection) -> Iterator[Json]:
    """Every stored record, the trash included."""
    for table in record_tables():
        for (data,) in sql.execute(f"SELECT data FROM {table} ORDER BY kind, id"):
            yield json.loads(data)


def log_lines(sql: sqlite3.Connection) -> Iterator[str]:
    """One canonical line for each commit, oldest first, with what it made of each record."""
    for row in sql.execute(f"SELECT {', '.join(COLUMNS)} FROM commit_log ORDER BY seq").fetchall():
        rows = sql.execute("SELECT record, kind, after FROM change WHERE seq = ? ORDER BY n", (row[0],))
        changes = [[record, kind, log.unpack(after)] for record, kind, after in rows]
        yield canonical_json({**dict(zip(COLUMNS, row, strict=True)), "changes": changes})


def head_hash(sql: sqlite3.Connection) -> tuple[int, str]:
    """How many commits there are, and the hash of the last one."""
    row = sql.execute("SELECT seq, hash FROM commit_log ORDER BY seq DESC LIMIT 1").fetchone()
    return row or (0, "")


def blobs(sql: sqlite3.Connection) -> Iterator[tuple[str, str, bytes]]:
    """(hash, media type, bytes) of every attachment."""
    for (digest,) in sql.execute("SELECT hash FROM blob ORDER BY hash").fetchall():
        row = sql.execute("SELECT media_type, bytes FROM blob WHERE hash = ?", (digest,)).fetchone()
        yield digest, row[0], bytes(row[1])


def put_blobs(sql: sqlite3.Connection, found: Iterable[tuple[str, str, bytes]]) -> None:
    """Keep attachments; one that is there already stays."""
    sql.executemany(
        "INSERT OR IGNORE INTO blob (hash, media_type, size, bytes) VALUES (?, ?, ?, ?)",
        [(digest, media_type, len(data), data) for digest, media_type, data in found],
    )


def replay(entries: Iterable[Json]) -> dict[str, Json]:
    """What the records are at the end of a log, by id. Raises ValueError where its chain is broken."""
    state: dict[str, Json] = {}
    previous = ""
    for number, entry in enumerate(entries, 1):
        changes = [[record, kind, state.get(record), after] for record, kind, after in entry["changes"]]
        digest = chain_hash(previous, {key: entry[key] for key in HEAD}, changes)
        if entry["seq"] != number or digest != entry["hash"]:
            raise ValueError(f"the log is broken at commit {number}")
        previous = digest
        for record, _, _, after in changes:
            if after is None:
                state.pop(record, None)
            else:
                state[record] = after
    return state


def is_fresh(project: Project) -> bool:
    """Whether nothing was ever done in this file but making it."""
    return all(
        project.sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0] <= most
        for table, most in (("commit_log", 1), ("scratch", 0))
    )


def adopt(
    project: Project, entries: Iterable[Json], records: Iterable[Json], found: Iterable[tuple[str, str, bytes]]
) -> None:
    """Make a fresh file be the project of this log and these records: ids, stamps and history as they are.

    Whoever shows the project hears of it as of a commit that touched everything.
    """

    def write(sql: sqlite3.Connection) -> None:
        for table in (*record_tables(), "commit_log", "change", "audit", *_DERIVED):
            sql.execute(f"DELETE FROM {table}")
        for entry in entries:
            _write_commit(sql, entry)
        for data in records:
            _write_record(sql, data)
        derived.rebuild(sql)
        put_blobs(sql, found)

    project.rewrite(write)
    newest = log.entries(project.sql, limit=1)[0]
    touched = tuple((data["kind"], RecordId(data["id"])) for data in all_data(project.sql))
    project.emit(
        Committed(
            commit_id=newest.id, seq=newest.seq, verb="import", message=newest.message, step="note", touched=touched
        )
    )  # fmt: skip


def _write_commit(sql: sqlite3.Connection, entry: Json) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    sql.execute(f"INSERT INTO commit_log ({', '.join(COLUMNS)}) VALUES ({marks})", [entry[c] for c in COLUMNS])
    rows = [(entry["seq"], n, r, k, log.pack(after)) for n, (r, k, after) in enumerate(entry["changes"])]
    sql.executemany("INSERT INTO change (seq, n, record, kind, after) VALUES (?, ?, ?, ?, ?)", rows)
    detail = json.dumps({"seq": entry["seq"], "changes": len(rows)})
    who = [entry[key] for key in ("time", "author", "device", "verb", "message")]
    sql.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (new_id(), *who, detail, entry["id"]))


def _write_record(sql: sqlite3.Connection, data: Json) -> None:
    record = from_data(data)
    row = record_row(record, data)
    marks = ", ".join("?" * len(row))
    table = noun_of(record.kind).table_name
    sql.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
