"""Domain events: what services publish after a commit, and the docks listen to."""

from __future__ import annotations

from studio.domain.ids import CommitId, RecordId
from studio.domain.record import Frozen


class Event(Frozen):
    """Base of all events."""


class Committed(Event):
    """A commit landed. `touched` lists (kind, record id) of everything that it changed."""

    commit_id: CommitId
    seq: int
    verb: str
    message: str
    step: str
    touched: tuple[tuple[str, RecordId], ...]

    def kinds(self) -> frozenset[str]:
        """The kinds of record that changed."""
        return frozenset(kind for kind, _ in self.touched)

    def ids(self) -> frozenset[RecordId]:
        """The ids of the records that changed."""
        return frozenset(record for _, record in self.touched)


class BackupMade(Event):
    """A verified backup was written."""

    path: str


class BackupFailed(Event):
    """A backup could not be made or didn't verify; the sentence says why."""

    sentence: str


class JobChanged(Event):
    """A long action moved on. `fraction` is 0–1, or None where the end isn't known."""

    job_id: str
    title: str
    state: str
    fraction: float | None = None
    sentence: str = ""


class ArtifactReady(Event):
    """An answer was read for things to save. `counts` is by target: blueprint, entity, relation, recipe."""

    message_id: RecordId
    artifact_id: RecordId
    counts: dict[str, int]


class AnswerFinished(Event):
    """An answer has ended, whole or stopped, or was pasted: it can be read for things to save."""

    message_id: RecordId
    thread_id: RecordId
