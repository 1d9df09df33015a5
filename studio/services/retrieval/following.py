"""What an index needs of the project: rows that it lacks, records that changed since, and a mark of how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from studio.services.retrieval import source
from studio.services.retrieval.state import CUT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from studio.services.retrieval.chunks import Chunk
    from studio.storage.project import Project

MANY = 2_000
"""When more records than this changed since, the whole project is compared instead."""


class Slice(NamedTuple):
    """What to write for some records: rows that are new or differ, and the ids of all their chunks as they are now."""

    rows: list[dict[str, Any]]
    live: list[str]


def changed_since(project: Project, mark: str) -> list[str] | None:
    """The records to look at again since a mark; None where all must be: it is old, or of another past."""
    cut, _, rest = mark.partition(":")
    seq, _, commit = rest.partition(":")
    if cut != CUT or not seq.isdecimal():
        return None
    known = project.sql.execute("SELECT 1 FROM commit_log WHERE seq = ? AND id = ?", (int(seq), commit)).fetchone()
    if known is None:
        return None
    rows = project.sql.execute("SELECT DISTINCT record FROM change WHERE seq > ? LIMIT ?", (int(seq), MANY + 1))
    touched = [row[0] for row in rows]
    if len(touched) > MANY:
        return None
    found = source.affected(project, touched) if touched else set()
    return None if len(found) > MANY else sorted(found)


def compared(project: Project, ids: Collection[str], known: Mapping[str, str]) -> Slice:
    """The chunks of these records against the hashes that the index has of them."""
    rows: list[dict[str, Any]] = []
    live: list[str] = []
    for chunks in source.chunks_of(project, ids).values():
        for chunk in chunks:
            live.append(chunk.id)
            if known.get(chunk.id) != chunk.hash:
                rows.append(as_row(chunk))
    return Slice(rows, live)


def as_row(chunk: Chunk) -> dict[str, Any]:
    """A chunk as the engine takes it, an `IndexRow`."""
    return {
        "id": chunk.id, "record": chunk.record, "kind": chunk.kind, "hash": chunk.hash, "text_hash": chunk.text_hash,
        "text": chunk.text, "meaning": chunk.meaning, "visibility": chunk.visibility, "status": chunk.status,
        "lo": chunk.lo, "hi": chunk.hi, "tags": list(chunk.tags), "thread": chunk.thread,
    }  # fmt: skip


def project_key(project: Project) -> str:
    """By what the index of a project is known."""
    return project.workspace_id
