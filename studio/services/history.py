"""Undo, redo, history and restore: all of them read the one log, and each of them is itself a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.errors import NotFound
from studio.domain.record import STAMPS, Frozen
from studio.storage import log
from studio.storage.commits import CommitWriter, without_stamps

if TYPE_CHECKING:
    from studio.domain.commit import Change, Commit
    from studio.domain.ids import CommitId, RecordId
    from studio.storage.project import Project

Json = dict[str, Any]


class UndoState(Frozen):
    """What Undo and Redo would do now, in words; None where there is nothing."""

    undo: str | None
    redo: str | None


def state(project: Project) -> UndoState:
    """What the Undo and Redo menu items should say."""
    undo_top, redo_top = log.heads(project.sql)
    return UndoState(undo=log.message(project.sql, undo_top), redo=log.message(project.sql, redo_top))


def undo(project: Project) -> Commit:
    """Take the newest change back, whole. Raises NotFound when there is nothing to undo."""
    undo_top, _ = log.heads(project.sql)
    return _reverse(project, undo_top, step="undo", nothing="There is nothing to undo.")


def redo(project: Project) -> Commit:
    """Do again what the last undo took back. Raises NotFound when there is nothing to redo."""
    _, redo_top = log.heads(project.sql)
    return _reverse(project, redo_top, step="redo", nothing="There is nothing to redo.")


def _reverse(project: Project, seq: int | None, *, step: str, nothing: str) -> Commit:
    target = log.read(project.sql, seq) if seq is not None else None
    if target is None:
        raise NotFound(nothing)
    with project.commit(f"history.{step}", target.message, step=step) as commit:
        commit.reverts = target.id
        commit.target_below = log.below(project.sql, target.seq)
        for change in reversed(target.changes):
            _take_back(project, commit, change)
        commit.force = True
    done = log.read(project.sql, log.entries(project.sql, limit=1)[0].seq)
    assert done is not None
    return done


def _take_back(project: Project, commit: CommitWriter, change: Change) -> None:
    """Put a record back as it was; fields that were changed since by something that isn't undone stay as they are."""
    current = project.stored(change.kind, change.record)
    wanted = change.before
    if current is not None and wanted is not None and change.after is not None:
        wanted = _merged(current, before=wanted, after=change.after)
    commit.write(change.kind, change.record, wanted)


def _merged(current: Json, *, before: Json, after: Json) -> Json:
    if without_stamps(current) == without_stamps(after):
        return before
    result = dict(current)
    for key in (before.keys() | after.keys()) - STAMPS:
        if before.get(key) != after.get(key) and current.get(key) == after.get(key):
            result.pop(key, None)
            result |= {key: before[key]} if key in before else {}
    return result


def entries(project: Project, *, limit: int = 100, before_seq: int | None = None) -> list[Commit]:
    """The history, newest first, without the changes' contents."""
    return log.entries(project.sql, limit=limit, before_seq=before_seq)


def entry(project: Project, commit_id: str) -> Commit:
    """One commit with its changes, by id, start of an id, or number."""
    seq = log.seq_of(project.sql, commit_id)
    found = log.read(project.sql, seq) if seq is not None else None
    if found is None:
        raise NotFound(f"There is no change “{commit_id}” in this project's history.")
    return found


def of_record(project: Project, record_id: RecordId, *, limit: int = 100) -> list[tuple[Commit, Change]]:
    """The history of one record, newest first."""
    return log.record_history(project.sql, record_id, limit=limit)


def restore(project: Project, record_id: RecordId, commit_id: CommitId, *, fields: tuple[str, ...] = ()) -> None:
    """Make a record what it was after this commit: all of it, or only these top-level fields."""
    found = entry(project, commit_id)
    change = next((c for c in found.changes if c.record == record_id), None)
    if change is None or change.after is None:
        raise NotFound("That version of the record isn't in the history.")
    current = project.stored(change.kind, record_id)
    wanted = change.after
    if fields and current is not None:
        wanted = {k: v for k, v in current.items() if k not in fields} | {k: wanted[k] for k in fields if k in wanted}
    with project.commit("history.restore", f"Restore from {found.time:%Y-%m-%d %H:%M}") as commit:
        commit.write(change.kind, record_id, wanted)


def first_broken(project: Project) -> int | None:
    """The first commit whose hash doesn't fit the chain, or None where the log is whole."""
    return log.first_broken(project.sql)


def diff(before: Json | None, after: Json | None) -> list[tuple[str, Any, Any]]:
    """(field, before, after) for every top-level field that differs, stamps left out."""
    old, new = without_stamps(before) or {}, without_stamps(after) or {}
    return [(k, old.get(k), new.get(k)) for k in sorted(old.keys() | new.keys()) if old.get(k) != new.get(k)]
