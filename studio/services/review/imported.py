"""The notes that an import brought, sent through extraction: portion by portion, each reviewed as one answer."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from studio.domain.chat import Message, Part, Thread
from studio.domain.errors import Cancelled, Invalid
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.domain.world import Entity, Entry
from studio.services.review.artifacts import store_artifact
from studio.services.world.names import known_entities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.domain.candidate import Extraction, Known
    from studio.services.workspace import Workspace
    from studio.storage.project import Project

PORTION = 12_000
"""Characters of one review: more than anybody wants to read through in one go."""
LEAST = 40
"""A text shorter than this tells nothing."""
FOLDER = "Imported notes"
_DONE = "extracted:"
"""Scratch: which of an import's texts were read."""


class Texts(Frozen):
    """What can still be read of an import: how many texts, how many of them next, and how many were read before."""

    count: int = 0
    next: int = 0
    read: int = 0

    @property
    def sentence(self) -> str:
        """What a press of the button would do."""
        what = f"{self.count:,} texts" if self.count != 1 else "1 text"
        portion = "" if self.next == self.count else f", the first {self.next:,} of them now"
        before = f" {self.read:,} were read before." if self.read else ""
        return f"Reads {what}{portion}, and puts what they tell up for review. Nothing is saved before that.{before}"


def texts(project: Project, commit_id: str) -> Texts:
    """What there is to read in what an import brought, and is still there."""
    done, found = _done(project, commit_id), list(_texts(project, commit_id))
    waiting = [one for one in found if one[0] not in done]
    return Texts(count=len(waiting), next=len(_portion(waiting)), read=len(found) - len(waiting))


async def extract_imported(
    workspace: Workspace, commit_id: str, *, title: str = "", progress: Callable[[float], None] = lambda _part: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Message:  # fmt: skip
    """Read the next portion of an import; its message can be reviewed then. Raises Invalid, or Cancelled: kept nothing.

    The rules run on a thread of their own; when it is stopped, what they found is dropped.
    """
    portion, known = await workspace.run(_inputs, commit_id)
    text = "\n\n".join(words if words.startswith("# ") else f"# {name}\n\n{words}" for _, name, words in portion)
    progress(0.1)
    reading = asyncio.create_task(asyncio.to_thread(_read, text, known))
    while not reading.done():
        await asyncio.wait([reading], timeout=0.1)
        if cancelled():
            break
    if cancelled():
        raise Cancelled("Reading the notes was stopped. Nothing was kept of it.")
    progress(0.9)
    ids = [record_id for record_id, _, _ in portion]
    return await workspace.run(_keep, commit_id, ids, title or "the import", text, reading.result())


def _read(text: str, known: list[Known]) -> Extraction:
    from studio.services.extraction import OfflineExtractor

    return OfflineExtractor().extract(text, known=known)


def _inputs(project: Project, commit_id: str) -> tuple[list[tuple[RecordId, str, str]], list[Known]]:
    done = _done(project, commit_id)
    portion = _portion([one for one in _texts(project, commit_id) if one[0] not in done])
    if not portion:
        raise Invalid("There is no text left to read in what was imported.")
    return portion, known_entities(project)


def _keep(
    project: Project, commit_id: str, ids: list[RecordId], title: str, text: str, extraction: Extraction
) -> Message:
    """The portion as a message, so that each value has a source, with what was found in it."""
    with project.commit("chat.paste", f"Read {len(ids)} texts of {title}", step="note") as commit:
        thread = commit.put(Thread(title=f"Notes of {title}", folder=FOLDER))
        message = commit.put(Message(thread_id=thread.id, role="assistant", parts=(Part(text=text),), origin="import"))
        commit.put(thread.model_copy(update={"leaf_id": message.id}))
    store_artifact(project, message, extraction)
    project.scratch_set(_DONE + commit_id, json.dumps(sorted({*_done(project, commit_id), *ids})))
    return message


def _done(project: Project, commit_id: str) -> set[str]:
    return set(json.loads(project.scratch_get(_DONE + commit_id) or "[]"))


def _portion(waiting: list[tuple[RecordId, str, str]]) -> list[tuple[RecordId, str, str]]:
    """The first texts that fit into one review; one that is too long by itself is cut there."""
    taken: list[tuple[RecordId, str, str]] = []
    room = PORTION
    for record_id, name, words in waiting:
        if taken and len(words) > room:
            break
        taken.append((record_id, name, words[:PORTION]))
        room -= len(words)
    return taken


def _texts(project: Project, commit_id: str) -> Iterator[tuple[RecordId, str, str]]:
    """The notes of an import, then its entries: those with a text."""
    rows = project.sql.execute(
        """SELECT c.record FROM change c JOIN commit_log l ON l.seq = c.seq
        WHERE l.id = ? AND c.after IS NOT NULL ORDER BY c.n""",
        (commit_id,),
    ).fetchall()
    found = [project.any_record(RecordId(row[0])) for row in rows]
    for cls in (Entry, Entity):
        for one in found:
            if isinstance(one, cls) and one.deleted_at is None and len(one.body.strip()) >= LEAST:
                yield one.id, one.title if isinstance(one, Entry) else one.name, one.body.strip()
