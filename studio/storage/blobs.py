"""Attachments in the project file, by the SHA-256 of their bytes. They outlive every undo: history may need them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


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
