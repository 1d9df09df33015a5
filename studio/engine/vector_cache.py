"""Vectors by the text they were made of, in a small SQLite file beside the index.

Embedding is what costs: hours for a million texts. With these at hand a damaged index is made anew in seconds, an
undone edit finds its vector again, and a second embedder doesn't take those of the first along. Half precision, which
moves a cosine by less than 0.001.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import numpy as np

_SOME = 500
_TABLE = """CREATE TABLE IF NOT EXISTS vector
(embedder TEXT, hash TEXT, data BLOB NOT NULL, PRIMARY KEY (embedder, hash)) WITHOUT ROWID"""


class VectorCache:
    """What was embedded. Losing it costs time and nothing else, so whatever is wrong with its file, it starts anew."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._sql = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            return _connected(self._path)
        except sqlite3.Error:
            if self._path is not None:
                _remove(self._path)
            with contextlib.suppress(sqlite3.Error):
                return _connected(self._path)
            return _connected(None)

    def get(self, embedder: str, hashes: Iterable[str]) -> dict[str, np.ndarray]:
        """The vectors that are there, by hash."""
        import numpy as np

        wanted = list(dict.fromkeys(hashes))
        found: dict[str, np.ndarray] = {}
        try:
            for start in range(0, len(wanted), _SOME):
                some = wanted[start : start + _SOME]
                marks = ", ".join("?" * len(some))
                rows = self._sql.execute(
                    f"SELECT hash, data FROM vector WHERE embedder = ? AND hash IN ({marks})", (embedder, *some)
                )
                found |= {text: np.frombuffer(data, "<f2").astype(np.float32) for text, data in rows}
        except (sqlite3.Error, ValueError):
            self._anew()
            return {}
        return found

    def put(self, embedder: str, vectors: Mapping[str, np.ndarray]) -> None:
        """Keep these."""
        rows = [(embedder, text, vector.astype("<f2").tobytes()) for text, vector in vectors.items()]
        try:
            with self._sql:
                self._sql.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", rows)
        except sqlite3.Error:
            self._anew()

    def count(self, embedder: str) -> int:
        """How many there are."""
        try:
            return self._sql.execute("SELECT count(*) FROM vector WHERE embedder = ?", (embedder,)).fetchone()[0]
        except sqlite3.Error:
            self._anew()
            return 0

    def keep_only(self, embedder: str, live: set[str]) -> None:
        """Let go of this embedder's vectors of texts that are no more."""
        try:
            known = [row[0] for row in self._sql.execute("SELECT hash FROM vector WHERE embedder = ?", (embedder,))]
            with self._sql:
                self._sql.executemany(
                    "DELETE FROM vector WHERE embedder = ? AND hash = ?",
                    [(embedder, text) for text in known if text not in live],
                )
        except sqlite3.Error:
            self._anew()

    def close(self) -> None:
        """Let go of the file."""
        self._sql.close()

    def _anew(self) -> None:
        self._sql.close()
        if self._path is not None:
            _remove(self._path)
        self._sql = self._open()


def _connected(path: Path | None) -> sqlite3.Connection:
    sql = sqlite3.connect(":memory:" if path is None else path, check_same_thread=False, timeout=2)
    try:
        sql.execute("PRAGMA journal_mode = WAL")
        sql.execute("PRAGMA synchronous = NORMAL")
        sql.execute(_TABLE)
        sql.execute("SELECT embedder, hash, data FROM vector LIMIT 1").fetchone()
    except sqlite3.Error:
        sql.close()
        raise
    return sql


def _remove(path: Path) -> None:
    for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
