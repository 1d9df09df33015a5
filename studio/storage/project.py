"""The open project file: reading records, and the one way to change them, a commit."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from studio.domain.errors import NotFound
from studio.domain.ids import Clock, HlcClock, RecordId, new_id, utc_now
from studio.domain.project import ProjectInfo
from studio.domain.record import Record
from studio.domain.text import line
from studio.storage import opening, times
from studio.storage.commits import CommitWriter
from studio.storage.nouns import ENTITY, from_data, kind_of, noun_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from filelock import FileLock
    from peewee import SqliteDatabase

    from studio.domain.calendars import Calendars
    from studio.domain.events import Event
    from studio.domain.ids import CommitId

R = TypeVar("R", bound=Record)


class Project:
    """One open file. Lives on one thread; the user interface never holds it, only `Workspace` does."""

    def __init__(
        self, path: Path, db: SqliteDatabase, lock: FileLock | None, *, author: str, device: str, clock: Clock
    ) -> None:
        self.path = path
        self.author = author
        self.device = device
        self.clock = clock
        self._db = db
        self._lock = lock
        self._writer: CommitWriter | None = None
        self._events: list[Event] = []
        self._calendars: Calendars | None = None
        self._read_head()

    def _read_head(self) -> None:
        last = self.sql.execute("SELECT at FROM commit_log ORDER BY seq DESC LIMIT 1").fetchone()
        self.hlc = HlcClock(self.device, last=last[0] if last else "")
        row = self.sql.execute("SELECT id FROM document WHERE kind = 'project'").fetchone()
        self.workspace_id: str = row[0] if row else ""
        self.forget_calendars()

    @classmethod
    def create(cls, path: Path, *, name: str, author: str, device: str, clock: Clock = utc_now) -> Project:
        """Make a new file; never over an existing one."""
        if path.exists():
            raise opening.ProjectFileError(f"“{path.name}” exists already. Choose another name.", code="exists")
        lock = opening.take_lock(path)
        try:
            db = opening.connect(path)
            opening.create_schema(db)
        except Exception:
            lock.release()
            raise
        project = cls(path, db, lock, author=author, device=device, clock=clock)
        with project.commit("project.create", f"New project “{name}”", step="note") as commit:
            project.workspace_id = commit.put(ProjectInfo(name=name)).id
        project.checkpoint()
        return project

    @classmethod
    def open(cls, path: Path, *, author: str, device: str, clock: Clock = utc_now) -> Project:
        """Open a file, migrating an older one. Raises ProjectFileError with a code that names the way out."""
        opening.check_header(path)
        lock = opening.take_lock(path)
        db = None
        try:
            db = opening.connect(path)
            opening.migrate(db, path, opening.check_content(db, path), clock())
            return cls(path, db, lock, author=author, device=device, clock=clock)
        except Exception as error:
            if db is not None:
                db.close()
            lock.release()
            raise opening.translate(error, path) from error

    @property
    def sql(self) -> sqlite3.Connection:
        """The raw connection, for lists and bulk work."""
        return self._db.connection()

    def close(self) -> None:
        """Fold the write-ahead log in and let the file go."""
        if not self._db.is_closed():
            self.checkpoint()
            self._db.close()
        if self._lock is not None:
            self._lock.release()

    def checkpoint(self) -> None:
        """Move what is in the write-ahead log into the file."""
        self.sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def shrink(self) -> None:
        """Give back to the disk what is free inside the file. It needs as much room again while it works."""
        try:
            self.sql.execute("VACUUM")
        except sqlite3.Error as error:
            raise opening.translate(error, self.path) from error
        self.checkpoint()

    @property
    def calendars(self) -> Calendars:
        """The project's calendars, by which every date is read."""
        if self._calendars is None:
            self._calendars = times.load_calendars(self.sql)
        return self._calendars

    def forget_calendars(self) -> None:
        """Read the calendars anew when they are next wanted."""
        self._calendars = None

    def info(self) -> ProjectInfo:
        """The project's own record."""
        return self.all(ProjectInfo)[0]

    # ---- reading -------------------------------------------------------------------------------------------------

    def get(self, cls: type[R], record_id: str, *, deleted: bool = False) -> R:
        """The record of this class and id. Raises NotFound, also for one in the trash unless `deleted`."""
        record = self.find(cls, record_id, deleted=deleted)
        if record is None:
            raise NotFound(f"This {cls.__name__.lower()} isn't in the project any more.")
        return record

    def find(self, cls: type[R], record_id: str, *, deleted: bool = False) -> R | None:
        """Like `get`, but None where there is none."""
        noun = noun_of(kind_of(cls) or "")
        row = self.sql.execute(f"SELECT data, deleted_at FROM {noun.table_name} WHERE id = ?", (record_id,)).fetchone()
        if row is None or (row[1] and not deleted):
            return None
        record = from_data(json.loads(row[0]))
        return record if isinstance(record, cls) else None

    def all(self, cls: type[R], where: str = "", args: Sequence[Any] = (), *, deleted: bool = False) -> list[R]:
        """All live records of a class, oldest first; `where` is SQL over the table's columns."""
        kind = kind_of(cls)
        noun = noun_of(kind or "")
        clauses = [where] if where else []
        clauses += [] if deleted else ["deleted_at IS NULL"]
        arguments = list(args)
        if kind is not None:
            clauses.append("kind = ?")
            arguments.append(kind)
        sql = f"SELECT data FROM {noun.table_name} WHERE {' AND '.join(clauses) or '1'} ORDER BY id"
        return [cls.model_validate(json.loads(row[0])) for row in self.sql.execute(sql, arguments)]

    def any_record(self, record_id: str, *, deleted: bool = False) -> Record | None:
        """The record of this id, whatever it is."""
        for table in (ENTITY.table_name, "document", "message", "thread", "entry", "relation", "claim"):
            row = self.sql.execute(f"SELECT data, deleted_at FROM {table} WHERE id = ?", (record_id,)).fetchone()
            if row is not None:
                return None if row[1] and not deleted else from_data(json.loads(row[0]))
        return None

    # ---- changing ------------------------------------------------------------------------------------------------

    @contextmanager
    def commit(self, verb: str, message: str, *, step: str = "do") -> Iterator[CommitWriter]:
        """One transaction: rows, one log entry, audit, event; all or nothing. Inside another commit it joins that one.

        `step="note"` is for what a person wouldn't take back with Undo, such as an answer that arrived.
        """
        if self._writer is not None:
            yield self._writer
            return
        self._writer = CommitWriter(self, verb=verb, message=line(message), step=step)
        try:
            with self._db.atomic("immediate"):
                yield self._writer
                event = self._writer.finish()
            if event is not None:
                self._events.append(event)
        except Exception as error:
            self.forget_calendars()
            raise opening.translate(error, self.path) from error
        finally:
            self._writer = None

    @property
    def in_commit(self) -> bool:
        """Whether a commit is under way: rows may then differ from what the log says."""
        return self._writer is not None

    def rewrite(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """One transaction below the log, for a fresh file that becomes another project. See `storage.bundle`."""
        try:
            with self._db.atomic("immediate"):
                write(self.sql)
        except Exception as error:
            raise opening.translate(error, self.path) from error
        self._read_head()

    def emit(self, event: Event) -> None:
        """An event to publish once the verb is done."""
        self._events.append(event)

    def take_events(self) -> list[Event]:
        """The events of finished commits, once."""
        events, self._events = self._events, []
        return events

    def audit(
        self, action: str, subject: str, detail: dict[str, Any] | None = None, *, commit: CommitId | None = None
    ) -> None:
        """Write down an act that changes no record, such as an export, or what is to be said of a commit beside it."""
        at, told = self.clock().isoformat(), json.dumps(detail or {})
        self.sql.execute(
            "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (new_id(), at, self.author, self.device, action, subject, told, commit),
        )

    # ---- scratch: drafts and running answers, outside the log ------------------------------------------------------

    def scratch_set(self, key: str, text: str) -> None:
        """Keep text that isn't a record yet; an empty text forgets the key."""
        try:
            if text:
                row = (key, text, self.clock().isoformat())
                self.sql.execute("INSERT OR REPLACE INTO scratch VALUES (?, ?, ?)", row)
            else:
                self.sql.execute("DELETE FROM scratch WHERE key = ?", (key,))
        except sqlite3.Error as error:
            raise opening.translate(error, self.path) from error

    def scratch_get(self, key: str) -> str:
        """What was kept under the key, or an empty text."""
        row = self.sql.execute("SELECT text FROM scratch WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def scratch_all(self, prefix: str) -> dict[str, str]:
        """Everything whose key starts so."""
        rows = self.sql.execute("SELECT key, text FROM scratch WHERE substr(key, 1, ?) = ?", (len(prefix), prefix))
        return dict(rows.fetchall())

    def copy_to(self, target: Path) -> None:
        """A consistent copy of the whole file."""
        opening.copy_to(self._db, target)

    def stored(self, kind: str, record_id: RecordId) -> dict[str, Any] | None:
        """The stored JSON of a record, deleted or not."""
        row = self.sql.execute(f"SELECT data FROM {noun_of(kind).table_name} WHERE id = ?", (record_id,)).fetchone()
        return json.loads(row[0]) if row else None
