"""One project's index on disk or in memory: a table of texts, a table of vectors for each embedder. Blocking.

Rows of the text table can be found by their words as soon as they are written; their vectors follow in a table of
their own, so that a vector that comes later never rewrites a text, and vectors of two embedders never meet.
Everything here can be made again: what can't be read is thrown away.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import shutil
import threading
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from studio.engine.index_tables import table_name, texts_schema, texts_table, vectors_schema, vectors_table
from studio.engine.index_where import listed, sql_of
from studio.engine.memory import give_back
from studio.engine.nearest import MOST_ALIKE, nearest_pairs
from studio.engine.protocol import IndexHit, IndexWhere
from studio.engine.vector_cache import VectorCache

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np

    from studio.engine.protocol import IndexRow

log = logging.getLogger(__name__)
FORMAT = 1
TEXTS = "texts"
MARKER = "index.json"
ANN_FROM = 10_000
"""So many vectors are searched one by one; more get an index of their own, made anew when they have doubled."""
PROBES, PER_PROBE = 20, 10_000
"""So many parts of an index of vectors are looked into, and of a large one a part for each so many vectors: among a
million, fifty parts have 93 % of what is nearest, and a hundred 99 %."""
TIDY_ROWS, TIDY_COMMITS = 2_000, 60
"""After so many written rows, or so many writes, small files are put together."""
_NEVER = timedelta(days=36_500)
KEPT = timedelta(seconds=60)
"""Versions younger than this stay: a search may be reading them."""
ALL = 2**31 - 1


class Store:
    """An open index. Reading may go on from any thread; writing is one at a time, and for one process only."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._writing = threading.RLock()
        self._tidying = threading.Lock()
        self._lock: FileLock | None = None
        self._vectors: dict[str, Any] = {}
        self._rows_since = self._commits_since = 0
        self._marker: dict[str, Any] = {}
        self.why = ""
        if folder is not None:
            _make_folder(folder)
        self._take_lock()
        self.cache = VectorCache(self._cache_file())
        self._open()

    # ---- opening -----------------------------------------------------------------------------------------------

    @property
    def writer(self) -> bool:
        """Whether this process may write."""
        return self._folder is None or self._lock is not None

    @property
    def life(self) -> str:
        """Which making of the index this is."""
        return str(self._marker.get("life", ""))

    @property
    def done(self) -> str:
        """How far the writer said that the index is."""
        return str(self._marker.get("done", ""))

    def _cache_file(self) -> Path | None:
        return self._folder / "vectors.db" if self._folder is not None and self.writer else None

    def _take_lock(self) -> None:
        if self._folder is None or self._lock is not None:
            return
        lock = FileLock(self._folder / "writer.lock", timeout=0)
        with contextlib.suppress(Timeout, OSError):
            lock.acquire()
            self._lock = lock

    def _open(self) -> None:
        import lancedb

        self._marker = self._read_marker()
        if not self._marker:
            self.rebuild(self.why or "there was none")
            return
        try:
            follow = None if self.writer else timedelta(0)
            self._db = lancedb.connect(self._place(), read_consistency_interval=follow)
            self._vectors.clear()
            self._texts = self._db.open_table(TEXTS)
            self._probe()
        except Exception as error:  # noqa: BLE001 -- whatever a broken folder raises, the answer is to make it anew
            self.rebuild(f"it could not be read: {type(error).__name__}")

    def _probe(self) -> None:
        """Raise if what a search needs isn't there: damage further in shows when it is read."""
        wanted = texts_schema()
        if not set(wanted.names) <= set(self._texts.schema.names):
            raise ValueError("other columns")
        self._texts.search().limit(1).to_arrow()
        if self._texts.count_rows():
            self._by_words("a", 1, "")

    def _place(self) -> str:
        return "memory://" if self._folder is None else str(self._folder / f"lance-{self.life}")

    def _read_marker(self) -> dict[str, Any]:
        if self._folder is None or not (self._folder / MARKER).exists():
            return {}
        try:
            found = json.loads((self._folder / MARKER).read_text(encoding="utf-8"))
            if found["format"] == FORMAT and re.fullmatch(r"[0-9a-f]{8}", found["life"]):
                return {**found, **{name: dict(found[name]) for name in ("trained", "embedders")}}
            self.why = "it was of another format"
        except (OSError, ValueError, KeyError, TypeError):
            self.why = "its description could not be read"
        return {}

    def _write_marker(self) -> None:
        if self._folder is None or not self.writer:
            return
        fresh = self._folder / f"{MARKER}.new"
        fresh.write_text(json.dumps(self._marker), encoding="utf-8")
        fresh.replace(self._folder / MARKER)

    def rebuild(self, why: str) -> None:
        """Start with empty tables; embedded vectors stay in their cache. A reader keeps empty tables in memory."""
        import lancedb

        with self._writing:
            self.why = why
            log.info("the index is made anew: %s", why)
            self._vectors.clear()
            self._marker = {"format": FORMAT, "life": uuid.uuid4().hex[:8], "done": "", "trained": {}, "embedders": {}}
            if self._folder is not None and self.writer:
                _make_folder(self._folder)
                self._hold_lock_again()
                self._sweep()
            self._db = lancedb.connect(self._place() if self.writer else "memory://")
            self._texts = self._db.create_table(TEXTS, schema=texts_schema())
            self._index_texts()
            self._write_marker()

    def _hold_lock_again(self) -> None:
        """A lock whose file was deleted keeps nobody out."""
        assert self._folder is not None
        if self._lock is not None and not (self._folder / "writer.lock").exists():
            self._lock.release()
            self._lock = None
            self._take_lock()

    def _sweep(self) -> None:
        """Remove every other making, and what else lies here under such a name."""
        assert self._folder is not None
        for old in self._folder.glob("lance-*"):
            if old.is_dir() and not old.is_symlink():
                shutil.rmtree(old, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    old.unlink()

    def _index_texts(self) -> None:
        from lancedb.index import FTS, BTree

        self._texts.create_index("id", config=BTree())
        self._texts.create_index("record", config=BTree())
        self._texts.create_index("body", config=FTS(with_position=False))

    # ---- writing -----------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        with self._writing:
            if not self.may_write():
                raise ReadOnly
            yield

    def may_write(self) -> bool:
        """Whether this process writes, which it does from now on if the one that did has ended."""
        with self._writing:
            if not self.writer:
                self._take_lock()
                if self.writer:
                    self.cache.close()
                    self.cache = VectorCache(self._cache_file())
                    self._open()
            return self.writer

    def upsert(self, rows: Sequence[IndexRow], gone: Sequence[str], done: str | None, embedder: str) -> int:
        """Write texts, with those vectors that are known already. Gives how many of the rows lack one."""
        with self._changing():
            ids = [row.id for row in rows]
            if gone:
                self._texts.delete(f"id IN {listed(gone)}")
            if rows:
                self._merge(self._texts, texts_table(rows))
            missing = self._known_vectors(rows, [*gone, *ids], embedder)
            self._note(len(rows) + len(gone))
            if done is not None and done != self.done:
                self._marker["done"] = done
                self._write_marker()
            return missing

    def _merge(self, table: Any, data: Any) -> None:
        if table.count_rows() == 0:
            table.add(data)
        else:
            table.merge_insert("id").when_matched_update_all().when_not_matched_insert_all().execute(data)

    def _known_vectors(self, rows: Sequence[IndexRow], stale: Sequence[str], embedder: str) -> int:
        """Bring all vector tables in line with the texts: nothing of what a text said before may stay."""
        missing = len(rows)
        hashes = [row.text_hash for row in rows]
        for one in {embedder, *self._marker["embedders"].values()}:
            table = self._vector_table(table_name(one))
            if stale and table is not None and table.count_rows():
                table.delete(f"id IN {listed(stale)}")
            known = self.cache.get(one, hashes)
            if have := [row for row in rows if row.text_hash in known]:
                self._add_vectors(one, have, [known[row.text_hash] for row in have])
            if one == embedder:
                missing -= len(have)
        return missing

    def texts_of(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Those rows, in the order of the ids."""
        if not ids:
            return []
        found = self._texts.search().where(f"id IN {listed(ids)}").limit(ALL).to_arrow().to_pylist()
        by_id = {row["id"]: row for row in found}
        return [by_id[one] for one in ids if one in by_id]

    def to_embed(self, embedder: str, ids: Sequence[str]) -> tuple[list[dict[str, Any]], int]:
        """Those rows, without the ones whose vectors are known already: these are stored, and counted."""
        rows = self.texts_of(ids)
        known = self.cache.get(embedder, [row["text_hash"] for row in rows])
        have = [row for row in rows if row["text_hash"] in known]
        if have:
            with self._changing():
                self._add_vectors(embedder, have, [known[row["text_hash"]] for row in have])
                self._note(len(have))
        return [row for row in rows if row["text_hash"] not in known], len(have)

    def put_vectors(self, embedder: str, rows: Sequence[dict[str, Any]], vectors: np.ndarray) -> None:
        """Store what was made of these rows; a row whose text has changed since is left out."""
        if not len(vectors):
            return
        with self._changing():
            self.cache.put(embedder, {row["text_hash"]: v for row, v in zip(rows, vectors, strict=True)})
            now = {row["id"]: row for row in self.texts_of([row["id"] for row in rows])}
            kept = [
                (now[row["id"]], vector)
                for row, vector in zip(rows, vectors, strict=True)
                if row["id"] in now and now[row["id"]]["text_hash"] == row["text_hash"]
            ]
            if kept:
                self._add_vectors(embedder, [row for row, _ in kept], [vector for _, vector in kept])
            self._note(len(kept))

    def _add_vectors(self, embedder: str, rows: Sequence[Any], vectors: Sequence[Any]) -> None:
        name = table_name(embedder)
        table = self._vector_table(name)
        dim = len(vectors[0])
        if table is not None and table.schema.field("vector").type.list_size != dim:
            self._vectors.pop(name, None)
            self._db.drop_table(name)
            table = None
        if table is None:
            from lancedb.index import BTree

            table = self._vectors[name] = self._db.create_table(name, schema=vectors_schema(dim))
            table.create_index("id", config=BTree())
            self._marker["embedders"][name] = embedder
            self._write_marker()
        self._merge(table, vectors_table(rows, vectors, dim))

    def _note(self, rows: int) -> None:
        self._rows_since += rows
        self._commits_since += 1

    def tidy(self, *, now: bool = False) -> bool:
        """Put small files together and let old versions go, when enough was written or `now`. Tells if it was done.

        It works on handles of its own, so that nobody who writes waits for it. Where both meet in one file, LanceDB
        refuses one of them: a write is tried again by it, tidying by us when it is next due.
        """
        if not now and self._rows_since < TIDY_ROWS and self._commits_since < TIDY_COMMITS:
            return False
        with self._tidying:
            with self._changing():
                self._rows_since = self._commits_since = 0
                names = [TEXTS, *self._vector_tables()]
            for name in names:
                try:
                    self._put_together(name)
                except RuntimeError as error:
                    if "conflict" not in str(error).lower():
                        raise
                    log.info("tidying %s met a write: %s", name, error)
                    self._commits_since += TIDY_COMMITS
        give_back()
        return True

    def _put_together(self, name: str) -> None:
        table = self._db.open_table(name)
        if name != TEXTS:
            self._train(name, table)
        table.optimize(cleanup_older_than=_NEVER, delete_unverified=False)
        with self._changing():  # whoever reads goes on to the new files before the old ones go
            mine = self._texts if name == TEXTS else self._vectors.get(name)
            if mine is not None:
                mine.checkout_latest()
        table.checkout_latest()
        table.optimize(cleanup_older_than=KEPT, delete_unverified=False)

    def _train(self, name: str, table: Any) -> None:
        """An index for many vectors, and a new one when they have doubled."""
        count, trained = table.count_rows(), self._marker["trained"].get(name, 0)
        if count < ANN_FROM or count < 2 * trained:
            return
        from lancedb.index import IvfSq

        table.create_index("vector", config=IvfSq(distance_type="cosine"))
        with self._changing():
            self._marker["trained"][name] = count
            self._write_marker()

    def prune(self, embedder: str) -> None:
        """Let go of cached vectors of texts that are no more, once they outnumber the others."""
        count = self._texts.count_rows()
        if self.writer and self.cache.count(embedder) > 2 * count + 1_000:
            live = self._texts.search().select(["text_hash"]).limit(ALL).to_arrow().column("text_hash").to_pylist()
            self.cache.keep_only(embedder, set(live))

    # ---- reading -----------------------------------------------------------------------------------------------

    def known(self, records: Sequence[str] = ()) -> dict[str, str]:
        """The hash of every row, or of those of these records."""
        query = self._texts.search()
        if records:
            query = query.where(f"record IN {listed(records)}")
        found = query.select(["id", "hash"]).limit(ALL).to_arrow()
        return dict(zip(found.column("id").to_pylist(), found.column("hash").to_pylist(), strict=True))

    def pending(self, embedder: str) -> list[str]:
        """The ids of rows that have no vector."""
        texts = self._texts.search().select(["id"]).limit(ALL).to_arrow()
        table = self._vector_table(table_name(embedder))
        have: set[str] = set()
        if table is not None:
            have = set(table.search().select(["id"]).limit(ALL).to_arrow().column("id").to_pylist())
        return [one for one in texts.column("id").to_pylist() if one not in have]

    def count(self, embedder: str) -> tuple[int, int]:
        """How many texts, and how many of them have a vector."""
        table = self._vector_table(table_name(embedder))
        return self._texts.count_rows(), table.count_rows() if table is not None else 0

    def by_words(self, text: str, k: int, where: IndexWhere) -> list[tuple[str, float]]:
        """(id, BM25 score) of the best by words."""
        return self._by_words(text, k, sql_of(where))

    def _by_words(self, text: str, k: int, clause: str) -> list[tuple[str, float]]:
        from lancedb.query import MatchQuery

        query = self._texts.search(MatchQuery(text, "body"), query_type="fts")  # pyright: ignore[reportCallIssue]
        if clause:
            query = query.where(clause, prefilter=True)
        found = query.select(["id", "_score"]).limit(k).to_arrow()
        return list(zip(found.column("id").to_pylist(), found.column("_score").to_pylist(), strict=True))

    def near(self, embedder: str, vector: np.ndarray, k: int, where: IndexWhere) -> list[tuple[str, float]]:
        """(id, cosine) of the nearest."""
        table = self._vector_table(table_name(embedder))
        if table is None or table.schema.field("vector").type.list_size != len(vector):
            return []
        return self._near(table, vector, k, sql_of(where))

    def _near(self, table: Any, vector: Any, k: int, clause: str) -> list[tuple[str, float]]:
        query = table.search(vector, vector_column_name="vector", query_type="vector").distance_type("cosine")
        query = query.nprobes(max(PROBES, table.count_rows() // PER_PROBE)).refine_factor(_looked_at_again(k))
        if clause:
            query = query.where(clause, prefilter=True)
        found = query.select(["id", "_distance"]).limit(k).to_arrow()
        pairs = zip(found.column("id").to_pylist(), found.column("_distance").to_pylist(), strict=True)
        return [(one, 1 - distance) for one, distance in pairs]

    def alike(self, embedder: str, kinds: Sequence[str], least: float, most: int) -> list[tuple[str, str, float]]:
        """(record, record, cosine) of the nearest pairs of one kind, each pair once; none where there are too many."""
        table = self._vector_table(table_name(embedder))
        if table is None or not kinds:
            return []
        wanted = table.search().where(sql_of(IndexWhere(kinds=tuple(kinds)))).select(["id", "kind", "vector"])
        found = wanted.limit(MOST_ALIKE + 1).to_arrow()
        return [] if found.num_rows > MOST_ALIKE else nearest_pairs(found, least, most)

    def sound(self) -> bool:
        """Whether all that is here can be read: what went wrong may have been a passing thing."""
        with self._writing:
            try:
                self._texts = self._db.open_table(TEXTS)
                self._vectors.clear()
                self._probe()
                self._texts.search().limit(ALL).to_arrow()
                for name in self._vector_tables():
                    table = self._db.open_table(name)
                    table.search().limit(ALL).to_arrow()
                    self._near(table, [0.1] * table.schema.field("vector").type.list_size, 1, "")
            except Exception:  # noqa: BLE001 -- whatever it raises, it is not sound
                return False
            return True

    def _vector_tables(self) -> list[str]:
        return [name for name in self._db.list_tables(limit=1000).tables if name.startswith("v_")]

    def _vector_table(self, name: str) -> Any | None:
        """The table, if there is one. The handle that writes knows the newest version, so it is the one to keep."""
        if name not in self._vectors and name in self._vector_tables():
            self._vectors.setdefault(name, self._db.open_table(name))
        return self._vectors.get(name)

    def disk_bytes(self) -> int:
        """What the folder holds."""
        if self._folder is None:
            return 0
        sizes = 0
        for path in self._folder.rglob("*"):
            with contextlib.suppress(OSError):
                sizes += path.stat().st_size
        return sizes

    def close(self) -> None:
        """Let go of lock and files."""
        with self._writing:
            self.cache.close()
            if self._lock is not None:
                self._lock.release()
                self._lock = None


class ReadOnly(Exception):
    """Another process writes this index."""


def _looked_at_again(k: int) -> int:
    """How many times `k` of what the compressed vectors give is compared exactly: enough for the best ten of them."""
    return 5 if k <= 20 else 2 if k <= 60 else 1


def fused(words: list[tuple[str, float]], near: list[tuple[str, float]]) -> list[IndexHit]:
    """Both lists as hits, each with what it is known for."""
    by_word = {one: (rank, score) for rank, (one, score) in enumerate(words)}
    by_near = {one: (rank, score) for rank, (one, score) in enumerate(near)}
    nothing = (None, None)
    return [
        IndexHit(
            id=one,
            word_rank=by_word.get(one, nothing)[0],
            word_score=by_word.get(one, nothing)[1],
            near_rank=by_near.get(one, nothing)[0],
            similarity=by_near.get(one, nothing)[1],
        )
        for one in dict.fromkeys([*by_word, *by_near])
    ]


def _make_folder(folder: Path) -> None:
    """The folder, also where a file lies in its way."""
    if folder.exists() and not folder.is_dir():
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
