"""The one pipeline of all imports: what was read is staged beside the project, previewed, and committed at once."""

from __future__ import annotations

import secrets
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from pydantic import Field

from studio.domain.calendars import Calendars
from studio.domain.ids import RecordId, uuid7
from studio.domain.record import STAMPS, Frozen, Record
from studio.domain.world import Calendar
from studio.storage import bundle
from studio.storage.nouns import to_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.storage.project import Project

    Tick = Callable[[float], None]

Action = Literal["created", "updated", "linked", "unchanged"]
MAX_REASONS = 200


class Reason(Frozen):
    """Why something in the source wasn't imported as it stands, or at all (`skipped`)."""

    what: str
    why: str
    skipped: bool = True


class Told(Frozen):
    """A source's own word for a kind: what it comes in as (nothing: notes), and how many there are of it."""

    word: str
    kind: str
    count: int


class ToldField(Frozen):
    """A field of the source, on things of one kind: what it comes in as (nothing: a field of its own), and a value."""

    kind: str
    word: str
    field: str
    count: int
    sample: str = ""


class Report(Frozen):
    """What an import did, or would do.

    `read == imported + skipped`, and `imported == created + updated + linked + unchanged`.
    `linked` was in the project already, under its name, and grew.
    """

    format: str
    title: str = ""
    read: int = 0
    imported: int = 0
    skipped: int = 0
    created: int = 0
    updated: int = 0
    linked: int = 0
    unchanged: int = 0
    kinds: dict[str, int] = Field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    told: tuple[Told, ...] = ()
    told_fields: tuple[ToldField, ...] = ()
    commit: str | None = None
    dry_run: bool = False

    @property
    def sentence(self) -> str:
        """The report in a line."""
        linked = f", {self.linked} joined to what was here" if self.linked else ""
        done = f"{self.created} new, {self.updated} changed{linked}, {self.unchanged} as they were"
        return f"{done}, {self.skipped} skipped" if self.skipped else done


class MonotonicIds:
    """Fresh ids that sort in the order in which they are given: files keep their order in the project."""

    def __init__(self) -> None:
        self._ms = time.time_ns() // 1_000_000
        self._count = 0

    def __call__(self) -> RecordId:
        self._count += 1
        return RecordId(uuid7(at_ms=self._ms, random_bits=(self._count << 44) | secrets.randbits(44)))


@dataclass
class Staging:
    """Everything that one source would change, compared with the project, and what was left out and why."""

    format: str
    title: str = ""
    message: str = ""
    records: list[Record] = field(default_factory=list)
    actions: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: list[Reason] = field(default_factory=list)
    skipped: int = 0
    blobs: Iterable[tuple[str, str, bytes]] = ()
    told: tuple[Told, ...] = ()
    told_fields: tuple[ToldField, ...] = ()

    def take(self, record: Record, *, old: Record | None, count_as: str = "", linked: bool = False) -> Record:
        """Stage a record; `old` is what the project has under its id. No difference is `unchanged`."""
        changed: Action = "linked" if linked else "updated"
        action: Action = "created" if old is None else "unchanged" if same(old, record) else changed
        self.actions[action] += 1
        self.kinds[count_as or record.kind] += 1
        if action != "unchanged":
            self.records.append(record)
        return record

    def also(self, record: Record) -> None:
        """Stage a record that isn't counted: what the project keeps beside what was read."""
        self.records.append(record)

    def skip(self, what: str, why: str) -> None:
        """Leave something out, and say why."""
        self.skipped += 1
        self.note(what, why, skipped=True)

    def note(self, what: str, why: str, *, skipped: bool = False) -> None:
        """Say something about what was imported."""
        if len(self.reasons) < MAX_REASONS:
            self.reasons.append(Reason(what=what[:200], why=why, skipped=skipped))

    def calendars(self, project: Project) -> Calendars:
        """By which the dates of what is staged are read: the project's calendars and those that come with it."""
        brought = {one.id: one for one in self.records if isinstance(one, Calendar)}
        ours = [one for one in project.all(Calendar) if one.id not in brought]
        return Calendars.of([*ours, *(one for one in brought.values() if one.deleted_at is None)])

    def report(self, *, dry_run: bool, commit: str | None = None) -> Report:
        """The staging in numbers."""
        imported = sum(self.actions.values())
        return Report(
            format=self.format, title=self.title, read=imported + self.skipped, imported=imported,
            skipped=self.skipped, created=self.actions["created"], updated=self.actions["updated"],
            linked=self.actions["linked"], unchanged=self.actions["unchanged"], kinds=dict(sorted(self.kinds.items())),
            reasons=tuple(self.reasons), told=self.told, told_fields=self.told_fields,
            commit=commit, dry_run=dry_run,
        )  # fmt: skip


class Parsed(Protocol):
    """What a format made of a file, before it meets a project."""

    def stage(self, project: Project) -> Staging:
        """Compare with the project; changes nothing."""
        ...


def same(old: Record, new: Record) -> bool:
    """Whether two records differ in nothing that a person could have changed."""
    loose = STAMPS | {"id"}
    one = {k: v for k, v in to_data(old).items() if k not in loose}
    other = {k: v for k, v in to_data(new).items() if k not in loose}
    return one == other


def commit_staging(project: Project, staging: Staging, *, tick: Tick | None = None) -> Report:
    """Write what was staged in one commit, or join the one that runs. `tick(0–1)` may raise to stop it whole.

    What is written is let go of at once: of a large file, nothing is held twice.
    """
    with project.commit("import", staging.message or f"Import “{staging.title}”") as commit:
        waiting, count = deque(staging.records), len(staging.records)
        staging.records.clear()
        while waiting:
            if tick is not None and len(waiting) % 64 == 0:
                tick(1 - len(waiting) / count)
            commit.put(waiting.popleft())
        bundle.put_blobs(project.sql, staging.blobs)
    return staging.report(dry_run=False, commit=commit.id if count else None)
