"""Writing one commit: stamped rows, what is derived from them, the log entry with its hash, and the audit row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from studio.domain.commit import chain_hash
from studio.domain.errors import Invalid
from studio.domain.events import Committed
from studio.domain.ids import CommitId, Hlc, RecordId, new_id
from studio.domain.lens import GM
from studio.domain.record import STAMPS, Record
from studio.storage import derived, log
from studio.storage.nouns import from_data, noun_of, to_data

if TYPE_CHECKING:
    from datetime import datetime

    from studio.storage.project import Project

R = TypeVar("R", bound=Record)
Json = dict[str, Any]


def without_stamps(data: Json | None) -> Json | None:
    """What a person could have changed."""
    return None if data is None else {k: v for k, v in data.items() if k not in STAMPS}


def _stored(data: Json) -> str:
    """The text that is kept. SQLite couldn't read a single row any more if one held a number that is none."""
    try:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        text.encode()
    except UnicodeEncodeError:
        raise Invalid("A text in it has half a character, which can't be kept. Type that text again.") from None
    except ValueError:
        raise Invalid("A number in it is infinite or no number at all. Type a plain number.") from None
    return text


def record_row(record: Record, data: Json) -> Json:
    """The columns of a record's row; `data` is its stored JSON."""
    return {
        "id": record.id,
        "kind": record.kind,
        "rev": record.rev,
        "status": record.status.value,
        "visibility": record.visibility,
        "updated_at": data["updated_at"],
        "deleted_at": data.get("deleted_at"),
        "data": _stored(data),
        **noun_of(record.kind).columns(record),
    }


class CommitWriter:
    """Collects the changes of one commit. Records are written at once, the log entry at the end."""

    def __init__(self, project: Project, *, verb: str, message: str, step: str) -> None:
        self.id = CommitId(new_id())
        self.verb = verb
        self.message = message
        self.step = step
        self.reverts: CommitId | None = None
        self.target_below: int | None = None
        self.force = False
        self._calendars_changed = False
        self._project = project
        self._at: Hlc = project.hlc.tick()
        self._now: datetime = project.clock()
        self._before: dict[tuple[str, RecordId], Json | None] = {}
        self._after: dict[tuple[str, RecordId], Json | None] = {}

    def put(self, record: R) -> R:
        """Write a record, new or changed, and give it back with its id and stamps. No difference writes nothing."""
        record_id = record.id or new_id()
        key = (record.kind, record_id)
        old = self._current(key)
        stamped = self._stamp(record, record_id, old)
        data = to_data(stamped)
        if old is not None and without_stamps(old) == without_stamps(data):
            return record
        self._write(stamped, data, existed=old is not None)
        self._after[key] = data
        return stamped

    def delete(self, record: Record) -> None:
        """Move to the trash."""
        self.put(record.model_copy(update={"deleted_at": self._now}))

    def purge(self, kind: str, record_id: RecordId) -> None:
        """Take the row away for good; the log still has what it was."""
        key = (kind, record_id)
        if self._current(key) is None:
            return
        sql = self._project.sql
        sql.execute(f"DELETE FROM {noun_of(kind).table_name} WHERE id = ?", (record_id,))
        derived.forget(sql, record_id)
        self._calendars_changed |= kind == "calendar"
        self._after[key] = None

    def write(self, kind: str, record_id: RecordId, data: Json | None) -> None:
        """Make a record be what this stored JSON says, or not be at all. For undo, redo and restore."""
        if data is None:
            self.purge(kind, record_id)
        else:
            self.put(from_data(data))

    def _current(self, key: tuple[str, RecordId]) -> Json | None:
        if key in self._after:
            return self._after[key]
        if key not in self._before:
            self._before[key] = self._project.stored(*key)
        return self._before[key]

    def _stamp(self, record: R, record_id: RecordId, old: Json | None) -> R:
        project = self._project
        stamps: dict[str, Any] = {
            "id": record_id,
            "workspace_id": project.workspace_id or record_id,
            "rev": (old or {}).get("rev", 0) + 1,
            "hlc": self._at,
            "updated_at": self._now,
            "updated_by": project.author,
            "vault": "gm" if record.visibility == GM else "table",
        }
        if record.created_at is None:
            stamps |= {"created_at": self._now, "created_by": project.author}
        return record.model_copy(update=stamps)

    def _write(self, record: Record, data: Json, *, existed: bool) -> None:
        row = record_row(record, data)
        marks = ", ".join("?" * len(row))
        sql = self._project.sql
        table = noun_of(record.kind).table_name
        sql.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        derived.refresh(sql, record, self._project.calendars, existed=existed)
        self._calendars_changed |= record.kind == "calendar"

    # ---- the log ---------------------------------------------------------------------------------------------------

    def finish(self) -> Committed | None:
        """Write the log entry, if anything changed."""
        changes = [
            (key, self._before.get(key), after) for key, after in self._after.items() if self._before.get(key) != after
        ]
        if not changes and not self.force:
            return None
        sql = self._project.sql
        if self._calendars_changed:
            self._project.forget_calendars()
            derived.rebuild_times(sql, self._project.calendars)
        last = sql.execute(
            "SELECT seq, id, hash, undo_top, redo_top FROM commit_log ORDER BY seq DESC LIMIT 1"
        ).fetchone() or (0, None, "", None, None)
        seq = last[0] + 1
        below, undo_top, redo_top = self._heads(seq, last[3], last[4])
        head = {
            "seq": seq, "id": self.id, "parent": last[1], "at": self._at, "time": self._now.isoformat(),
            "author": self._project.author, "device": self._project.device, "verb": self.verb, "message": self.message,
            "step": self.step, "reverts": self.reverts,
        }  # fmt: skip
        rows = [[record_id, kind, before, after] for (kind, record_id), before, after in changes]
        digest = chain_hash(last[2], head, rows)
        sql.execute(
            f"INSERT INTO commit_log ({', '.join(head)}, below, undo_top, redo_top, hash) VALUES ({'?, ' * 14}?)",
            [*head.values(), below, undo_top, redo_top, digest],
        )
        sql.executemany(
            "INSERT INTO change (seq, n, record, kind, after) VALUES (?, ?, ?, ?, ?)",
            [(seq, n, record, kind, log.pack(after)) for n, (record, kind, _, after) in enumerate(rows)],
        )
        self._audit(seq, len(rows))
        touched = tuple((kind, record_id) for (kind, record_id), _, _ in changes)
        return Committed(
            commit_id=self.id, seq=seq, verb=self.verb, message=self.message, step=self.step, touched=touched
        )

    def _heads(self, seq: int, undo_top: int | None, redo_top: int | None) -> tuple[int | None, int | None, int | None]:
        """(below, undo_top, redo_top) after this commit. `target_below` lay under the commit that is taken back."""
        if self.step == "undo":
            return redo_top, self.target_below, seq
        if self.step == "redo":
            return undo_top, seq, self.target_below
        return (undo_top, seq, None) if self.step == "do" else (None, undo_top, redo_top)

    def _audit(self, seq: int, count: int) -> None:
        project = self._project
        project.sql.execute(
            "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (new_id(), self._now.isoformat(), project.author, project.device, self.verb, self.message,
             json.dumps({"seq": seq, "changes": count}), self.id),
        )  # fmt: skip
