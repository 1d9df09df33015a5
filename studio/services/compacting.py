"""Giving back the room of what was removed: bytes that nothing in the project names any more leave its file.

An image that was taken away stays in the file, so that Undo and the history can bring it back. `compact` lets go of
those of which neither a record, nor a recent change, nor anything that a model read speaks.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.errors import Invalid
from studio.domain.record import Frozen
from studio.domain.worldkit import Media
from studio.services import backup
from studio.services.context.store import PACK
from studio.storage import blobs, bundle, log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.services.workspace import Workspace
    from studio.storage.project import Project

KEEP_DAYS = 30
"""For so long what was removed can be brought back with its image."""
KEEP_CHANGES = 100
"""And for so many of the last changes, however old they are."""
LETTING_GO = "Letting go of what nothing names."
"""What is said of the step that isn't stopped once it has begun."""
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class Compacted(Frozen):
    """What left the file, or would. `backup` has all of it still; `before` and `after` are the file's sizes."""

    images: tuple[str, ...] = ()
    texts: int = 0
    bytes: int = 0
    before: int = 0
    after: int = 0
    backup: Path | None = None

    @property
    def count(self) -> int:
        """How many images and texts."""
        return len(self.images) + self.texts


def unused(project: Project, *, days: int = KEEP_DAYS) -> Compacted:
    """What `compact` would let go of, without doing it."""
    return _told(project, *_unused(project, days))


def _told(project: Project, names: dict[str, str], found: dict[str, int]) -> Compacted:
    return Compacted(
        images=tuple(sorted(names.get(digest, "Image") for digest in found if digest in names)),
        texts=sum(digest not in names for digest in found), bytes=sum(found.values()), before=_size(project),
        after=_size(project),
    )  # fmt: skip


def compact(project: Project, *, days: int = KEEP_DAYS, keep_backups: int = backup.LAST) -> Compacted:
    """Let go of what nothing names, and make the file as small as its content. A verified backup is made first.

    What was removed within the last `days` stays, and what the last hundred changes speak of: Undo needs it. Raises
    Invalid for a number of days that is none, ProjectFileError where there is no room for the backup.
    """
    _unused(project, days)
    made = backup.make(project, reason="compact", keep=keep_backups)
    return let_go(project, days=days, kept=made.path if made is not None else None)


async def compact_open(workspace: Workspace, *, told: Callable[[str], object] = lambda _: None) -> Compacted:
    """The same for a project with a window, which goes on meanwhile; `told` hears in words what is being done."""
    told("Making a backup first.")
    made = await backup.before(workspace, "compact")
    told(LETTING_GO)
    return await workspace.run(let_go, kept=made.path if made is not None else None)


def let_go(project: Project, *, days: int = KEEP_DAYS, kept: Path | None = None) -> Compacted:
    """What comes after the backup, which is at `kept`."""
    names, found = _unused(project, days)
    told = _told(project, names, found)
    with project.commit("media.compact", f"Let go of {len(found)} unused images and texts", step="note") as commit:
        for record in project.all(Media, deleted=True):
            if record.hash in found:
                commit.purge(record.kind, record.id)
        blobs.drop(project.sql, found)
    project.shrink()
    project.audit("compact", project.path.name, {"blobs": len(found), "bytes": sum(found.values()), "days": days})
    return told.model_copy(update={"after": _size(project), "backup": kept})


def _size(project: Project) -> int:
    project.checkpoint()
    return project.path.stat().st_size


def _unused(project: Project, days: int) -> tuple[dict[str, str], dict[str, int]]:
    """(hash → name of every image, hash → size of what may go)."""
    if days < 0:
        raise Invalid("Say for how many days removed images are to be kept: 0 or more.")
    sizes = blobs.sizes(project.sql)
    names = {record.hash: record.name for record in project.all(Media, deleted=True)}
    named = _named(project, days) & sizes.keys()
    front = named
    while front:  # a pack names the texts that were read with it
        told = (data.decode(errors="replace") for digest in front if (data := blobs.of_type(project.sql, digest, PACK)))
        front = (_hashes(told) & sizes.keys()) - named
        named |= front
    return names, {digest: size for digest, size in sizes.items() if digest not in named}


def _named(project: Project, days: int) -> set[str]:
    """Every hash that a record, a draft or a recent change speaks of. An image's own record alone doesn't count."""
    tables = [f"SELECT data FROM {table} WHERE kind <> 'media'" for table in bundle.record_tables()]
    found = _hashes(row[0] for query in tables for row in project.sql.execute(query))
    found |= _hashes(row[0] for row in project.sql.execute("SELECT text FROM scratch"))
    since = project.clock() - timedelta(days=days)
    return found | _hashes(log.told_since(project.sql, since, at_least=KEEP_CHANGES))


def _hashes(texts: Iterable[str]) -> set[str]:
    return {digest for text in texts for digest in _HASH.findall(text)}
