"""What the window shows of kept packs: the pack, what became of its records since, and the other answers' packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.chat import Message
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.services.context import store
from studio.services.context.prompt import Prompt

if TYPE_CHECKING:
    from studio.storage.project import Project

GONE = -1


class Viewed(Frozen):
    """A prompt, and by record what its revision is now; `GONE` for what is in the trash or away for good."""

    prompt: Prompt
    revs: dict[str, int]


class Other(Frozen):
    """Another answer of the chat whose pack is kept. `sibling`: to the same message."""

    message_id: RecordId
    pack_hash: str
    model: str
    starts: str
    sibling: bool


def viewed(project: Project, pack_hash: str) -> Viewed:
    """A kept pack. Raises NotFound."""
    found = store.prompt(project, pack_hash)
    return Viewed(prompt=found, revs=revisions(project, found))


def revisions(project: Project, prompt: Prompt) -> dict[str, int]:
    """The present revision of every record in a pack."""
    refs = sorted({item.ref for item in prompt.pack.items if item.ref})
    marks = ", ".join("?" * len(refs))
    revs = dict.fromkeys(refs, GONE)
    for table in ("entity", "entry", "message", "document"):
        sql = f"SELECT id, rev FROM {table} WHERE id IN ({marks}) AND deleted_at IS NULL"
        revs |= dict(project.sql.execute(sql, refs).fetchall())
    return revs


def keys(project: Project, prompt: Prompt) -> dict[str, str]:
    """The keys that records of a pack have in the world file that they came from."""
    refs = sorted({item.ref for item in prompt.pack.items if item.ref})
    found: dict[str, str] = {}
    for table in ("entity", "entry") if refs else ():
        sql = f"""SELECT id, json_extract(data, '$.foreign_ids."ttrpg-world"') AS key FROM {table}
        WHERE id IN ({", ".join("?" * len(refs))}) AND key IS NOT NULL"""
        found |= dict(project.sql.execute(sql, refs).fetchall())
    return found


def others(project: Project, message_id: str) -> list[Other]:
    """The other answers of a chat with a kept pack: those to the same message first, then the newest."""
    mine = project.get(Message, message_id)
    where = "thread_id = ? AND role = 'assistant' AND json_extract(data, '$.pack_hash') IS NOT NULL"
    found = [m for m in project.all(Message, where, (mine.thread_id,)) if m.id != mine.id and m.pack_hash]
    made = [
        Other(
            message_id=m.id, pack_hash=m.pack_hash, model=m.model, starts=" ".join(m.text[:80].split()),
            sibling=m.parent_id == mine.parent_id,
        )
        for m in reversed(found)
    ]  # fmt: skip
    return sorted(made, key=lambda o: not o.sibling)
