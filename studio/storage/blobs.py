"""Attachments in the project file, by the SHA-256 of their bytes. They outlive their records: undo may need them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def put(sql: sqlite3.Connection, data: bytes, media_type: str) -> str:
    """Keep bytes, once, and give their hash."""
    digest = hashlib.sha256(data).hexdigest()
    sql.execute(
        "INSERT OR IGNORE INTO blob (hash, media_type, size, bytes) VALUES (?, ?, ?, ?)",
        (digest, media_type, len(data), data),
    )
    return digest


def get(sql: sqlite3.Connection, digest: str) -> bytes | None:
    """The bytes of this hash, or None."""
    row = sql.execute("SELECT bytes FROM blob WHERE hash = ?", (digest,)).fetchone()
    return bytes(row[0]) if row else None


def has(sql: sqlite3.Connection, digest: str) -> bool:
    """Whether the bytes of this hash are there."""
    return sql.execute("SELECT 1 FROM blob WHERE hash = ?", (digest,)).fetchone() is not None


def sizes(sql: sqlite3.Connection) -> dict[str, int]:
    """How many bytes there are of each hash."""
    return dict(sql.execute("SELECT hash, size FROM blob").fetchall())


def of_type(sql: sqlite3.Connection, digest: str, media_type: str) -> bytes | None:
    """The bytes of this hash, if they are of this type."""
    row = sql.execute("SELECT bytes FROM blob WHERE hash = ? AND media_type = ?", (digest, media_type)).fetchone()
    return bytes(row[0]) if row else None


def drop(sql: sqlite3.Connection, digests: Iterable[str]) -> None:
    """Let bytes go for good. Only `services.compacting` knows which may."""
    sql.executemany("DELETE FROM blob WHERE hash = ?", [(digest,) for digest in digests])
