"""The spend ledger: one row per request to a model, in the app's own SQLite file, shared by all windows and commands.

A row is `reserved` with an estimate before the call, then `settled` with what was used or `released` with nothing.
What a crash left reserved becomes an `orphan` once its time is over, and stays charged as estimated.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from peewee import BooleanField, DatabaseError, IntegerField, Model, SqliteDatabase, TextField, fn

from studio.domain.chat import Usage
from studio.domain.errors import StudioError
from studio.domain.record import Frozen

if TYPE_CHECKING:
    from pathlib import Path

FILE = "spend.sqlite"
SCHEMA = 1
NANO = 1_000_000_000
GroupBy = Literal["day", "month", "model", "thread_id", "message_id", "project_id", "purpose"]


class LedgerError(StudioError):
    """The ledger can't be opened or written, so no call can be counted."""

    code = "ledger"


class RequestRow(Model):
    """One request. Costs are whole billionths of a dollar, so that sums are exact; NULL where no price is known."""

    id = TextField(primary_key=True)
    at = TextField()
    day = TextField(index=True)
    month = TextField(index=True)
    state = TextField(index=True)
    expires_at = TextField()
    model = TextField()
    purpose = TextField()
    project_id = TextField()
    thread_id = TextField(index=True)
    message_id = TextField(index=True)
    input_tokens = IntegerField()
    output_tokens = IntegerField()
    cached_tokens = IntegerField()
    estimated = BooleanField()
    cost_nano = IntegerField(null=True)

    class Meta:
        table_name = "request"
        without_rowid = True


class Entry(Frozen):
    """What is written when a request is reserved. `day` and `month` are the user's own."""

    id: str
    at: datetime
    day: str
    month: str
    expires_at: datetime
    model: str
    purpose: str
    project_id: str = ""
    thread_id: str = ""
    message_id: str = ""
    usage: Usage
    cost_usd: float | None


class Total(Frozen):
    """Sums over requests. `unpriced` counts those whose cost nobody knows; `estimated` is True if any part is."""

    key: str = ""
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    unpriced: int = 0
    estimated: bool = False


def _nano(cost_usd: float | None) -> int | None:
    return None if cost_usd is None else round(cost_usd * NANO)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class Ledger:
    """The open ledger. Use it from one thread."""

    def __init__(self, path: Path) -> None:
        self._db = SqliteDatabase(str(path), pragmas={"journal_mode": "wal", "synchronous": "normal"}, timeout=5)
        try:
            self._db.connect()
            with self._db.atomic("IMMEDIATE"):
                self._migrate()
        except DatabaseError as error:
            self._db.close()
            raise LedgerError(
                f"The spend ledger {path} can't be used: {error}.",
                hint="Rename it to start counting anew; no project is touched.",
            ) from error

    def _migrate(self) -> None:
        version = self._db.pragma("user_version")
        if version > SCHEMA:
            raise LedgerError("The spend ledger was made by a newer version of TTRPG Studio.", hint="Update the app.")
        with self._db.bind_ctx([RequestRow]):
            self._db.create_tables([RequestRow])
        self._db.pragma("user_version", SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def reserve(self, entry: Entry, *, limits: dict[str, float]) -> dict[str, float] | None:
        """Write a reservation, unless it would go over a limit; a free model may always be asked.

        `limits` has dollars by `day` and `month`. Returns None when it is written, else what is used of each limit.
        """
        with self._db.bind_ctx([RequestRow]), self._db.atomic("IMMEDIATE"):
            self._orphan(entry.at)
            used = {period: self._used(period, getattr(entry, period)) for period in limits}
            free = entry.cost_usd == 0
            if not free and any(
                used[p] + (entry.cost_usd or 0.0) > limit or used[p] >= limit for p, limit in limits.items()
            ):
                return used
            RequestRow.insert(
                **entry.model_dump(exclude={"usage", "cost_usd", "at", "expires_at"}),
                **entry.usage.model_dump(),
                at=_stamp(entry.at),
                expires_at=_stamp(entry.expires_at),
                state="reserved",
                cost_nano=_nano(entry.cost_usd),
            ).execute()
            return None

    def close_request(
        self, request_id: str, *, state: Literal["settled", "released"], usage: Usage, cost_usd: float | None
    ) -> bool:
        """Replace the estimate by what was used. False when it was closed before: nothing is ever charged twice."""
        with self._db.bind_ctx([RequestRow]):
            changed = (
                RequestRow.update(state=state, cost_nano=_nano(cost_usd), **usage.model_dump())
                .where((RequestRow.id == request_id) & RequestRow.state.in_(("reserved", "orphan")))
                .execute()
            )
        return bool(changed)

    def _orphan(self, now: datetime) -> int:
        return (
            RequestRow.update(state="orphan")
            .where((RequestRow.state == "reserved") & (RequestRow.expires_at < _stamp(now)))
            .execute()
        )

    def recover(self, now: datetime) -> int:
        """Mark what a crash left open; returns how many. They stay charged as estimated."""
        with self._db.bind_ctx([RequestRow]):
            return self._orphan(now)

    def _used(self, period: str, value: str) -> float:
        column = getattr(RequestRow, period)
        total = RequestRow.select(fn.SUM(RequestRow.cost_nano)).where(column == value).scalar()
        return (total or 0) / NANO

    def used(self, *, day: str, month: str) -> dict[str, float]:
        """Dollars charged and reserved on a day and in a month."""
        with self._db.bind_ctx([RequestRow]):
            return {"day": self._used("day", day), "month": self._used("month", month)}

    def totals(self, by: GroupBy, *, only: dict[GroupBy, str] | None = None, limit: int = 1000) -> tuple[Total, ...]:
        """Sums of all requests by a column, latest group first; `only` keeps the rows with these values."""
        row = RequestRow
        column = getattr(row, by)
        with self._db.bind_ctx([row]):
            query = row.select(
                column,
                fn.COUNT(row.id),
                fn.SUM(row.input_tokens),
                fn.SUM(row.output_tokens),
                fn.SUM(row.cost_nano),
                fn.SUM(row.cost_nano.is_null()),
                fn.MAX(row.estimated),
            ).where(row.state != "released")
            for name, value in (only or {}).items():
                query = query.where(getattr(row, name) == value)
            rows: Any = query.group_by(column).order_by(fn.MAX(row.at).desc()).limit(limit).tuples()
            return tuple(_total(*values) for values in rows)

    def states(self) -> dict[str, int]:
        """How many requests are in each state."""
        with self._db.bind_ctx([RequestRow]):
            rows: Any = RequestRow.select(RequestRow.state, fn.COUNT(RequestRow.id)).group_by(RequestRow.state).tuples()
            return dict(rows)


def _total(key: str, requests: int, tokens_in: int, out: int, nano: int | None, unpriced: int, estimated: int) -> Total:
    return Total(
        key=key,
        requests=requests,
        input_tokens=tokens_in,
        output_tokens=out,
        cost_usd=(nano or 0) / NANO,
        unpriced=unpriced,
        estimated=bool(estimated),
    )
