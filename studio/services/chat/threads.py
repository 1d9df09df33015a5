"""Verbs on threads: make, name, sort, keep and find them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from studio.domain.chat import Thread
from studio.domain.errors import Conflict
from studio.domain.ids import RecordId
from studio.domain.lens import GM, audience_of
from studio.domain.record import Frozen
from studio.domain.text import line
from studio.services.world import sound
from studio.storage import search as store_search

if TYPE_CHECKING:
    from studio.domain.world import DateValue
    from studio.storage.project import Project

NEW_TITLE = "New chat"
TITLE_WORDS = 7


class ThreadItem(Frozen):
    """One line of the thread list."""

    id: RecordId
    title: str
    folder: str
    pinned: bool
    archived: bool
    updated_at: datetime | None
    messages: int


class ThreadHit(Frozen):
    """A thread whose title or a message of which has the words. `snippet` marks them with \\x02 and \\x03."""

    thread_id: RecordId
    message_id: RecordId | None
    title: str
    snippet: str


def create_thread(
    project: Project,
    *,
    title: str = NEW_TITLE,
    folder: str = "",
    assistant_mode: str = "world_builder",
    model: str = "",
    blueprint_id: RecordId | None = None,
) -> Thread:
    """Begin a conversation."""
    made = Thread(title=title, folder=folder, assistant_mode=assistant_mode, model=model, blueprint_id=blueprint_id)
    with project.commit("chat.create_thread", f"New chat “{title}”", step="note") as commit:
        return commit.put(made)


def _change(
    project: Project, thread_id: str, verb: str, before: str, after: str = "", step: str = "do", **changes: Any
) -> Thread:
    """Change a thread; the history then reads `before “title”after`."""
    thread = project.get(Thread, thread_id)
    with project.commit(f"chat.{verb}", f"{before} “{thread.title}”{after}", step=step) as commit:
        return commit.put(thread.model_copy(update=changes))


def rename(project: Project, thread_id: str, title: str) -> Thread:
    """Give a thread another title. Raises Invalid for an empty one."""
    title = sound.line(title, "The title", missing="A chat needs a title. Type at least one letter.")
    return _change(project, thread_id, "rename", "Rename chat", f" to “{title}”", title=title)


def move_to_folder(project: Project, thread_id: str, folder: str) -> Thread:
    """Put a thread into a folder; an empty name takes it out."""
    folder = sound.short(line(folder), "The name of a folder")
    after = f" to “{folder}”" if folder else " out of its folder"
    return _change(project, thread_id, "move", "Move chat", after, folder=folder)


def pin(project: Project, thread_id: str, *, pinned: bool) -> Thread:
    """Keep a thread on top, or not any more."""
    return _change(project, thread_id, "pin", "Pin chat" if pinned else "Unpin chat", pinned=pinned)


def archive(project: Project, thread_id: str, *, archived: bool) -> Thread:
    """Put a thread away, or bring it back."""
    word = "Archive chat" if archived else "Bring back chat"
    return _change(project, thread_id, "archive", word, archived=archived)


def configure(
    project: Project,
    thread_id: str,
    *,
    model: str | None = None,
    assistant_mode: str | None = None,
    temperature: float | None = None,
    keep_temperature: bool = True,
    behaviour_note: str | None = None,
    audience: str | None = None,
    as_of: DateValue | None = None,
) -> Thread:
    """Choose how this thread is answered; what is None stays. `keep_temperature=False` takes `temperature` as it is.

    `audience` says whom the answers are for, `as_of` up to which date of the world they know; `{}` is now. Raises
    Conflict for a thread that is opened to others after the game master has spoken in it.
    """
    given = {"model": model, "assistant_mode": assistant_mode, "behaviour_note": behaviour_note, "as_of": as_of}
    changes: dict[str, Any] = {k: v for k, v in given.items() if v is not None}
    if as_of == {}:
        changes["as_of"] = None
    if audience is not None:
        changes["audience"] = _opened(project, thread_id, audience_of(audience))
    if not keep_temperature or temperature is not None:
        changes["temperature"] = temperature
    return _change(project, thread_id, "configure", "Set up chat", step="note", **changes)


def _opened(project: Project, thread_id: str, audience: str) -> str:
    thread = project.get(Thread, thread_id)
    said = project.sql.execute("SELECT 1 FROM message WHERE thread_id = ? LIMIT 1", (thread_id,)).fetchone()
    if said and audience not in (GM, thread.audience):
        raise Conflict(
            "This chat may hold what only the game master knows, and every answer reads it. Begin a new chat for them."
        )
    return audience


def delete_thread(project: Project, thread_id: str) -> None:
    """Move a thread to the trash, with everything said in it."""
    thread = project.get(Thread, thread_id)
    with project.commit("chat.delete_thread", f"Delete chat “{thread.title}”") as commit:
        commit.delete(thread)


def title_from(text: str) -> str:
    """A title made of a message's first words."""
    words = text.replace("#", " ").replace("*", " ").split()
    title = " ".join(words[:TITLE_WORDS]).strip(" .,;:!?…")
    return (title[:60] + ("…" if len(words) > TITLE_WORDS or len(title) > 60 else "")) or NEW_TITLE


def thread(project: Project, thread_id: str) -> Thread:
    """One thread."""
    return project.get(Thread, thread_id)


def is_thread(project: Project, record_id: str) -> bool:
    """Whether this is a thread, and not a message."""
    return project.find(Thread, record_id) is not None


def list_threads(project: Project) -> list[ThreadItem]:
    """All live threads, pinned ones first, then by last use."""
    rows = project.sql.execute(
        "SELECT thread_id, count(*), max(updated_at) FROM message WHERE deleted_at IS NULL GROUP BY thread_id"
    )
    used = {row[0]: (row[1], datetime.fromisoformat(row[2])) for row in rows}
    items = []
    for found in project.all(Thread):
        count, last = used.get(found.id, (0, found.created_at))
        items.append(
            ThreadItem(
                id=found.id,
                title=found.title,
                folder=found.folder,
                pinned=found.pinned,
                archived=found.archived,
                updated_at=last,
                messages=count,
            )
        )
    items.sort(key=lambda t: t.updated_at.timestamp() if t.updated_at else 0.0, reverse=True)
    return sorted(items, key=lambda t: not t.pinned)


def search_threads(project: Project, typed: str, *, limit: int = 60) -> list[ThreadHit]:
    """Threads and messages with all the words, best first; of one thread at most three messages."""
    hits = store_search.texts(project.sql, typed, limit=limit * 2, kinds=("thread", "message"))
    found: list[ThreadHit] = []
    per_thread: dict[str, int] = {}
    for hit in hits:
        thread_id = hit.id if hit.kind == "thread" else _thread_of(project, hit.id)
        owner = project.find(Thread, thread_id) if thread_id else None
        if owner is None or per_thread.get(owner.id, 0) >= 3:
            continue
        per_thread[owner.id] = per_thread.get(owner.id, 0) + 1
        message_id = RecordId(hit.id) if hit.kind == "message" else None
        snippet = hit.snippet if message_id else ""
        found.append(ThreadHit(thread_id=owner.id, message_id=message_id, title=owner.title, snippet=snippet))
    return found[:limit]


def _thread_of(project: Project, message_id: str) -> str | None:
    row = project.sql.execute(
        "SELECT thread_id FROM message WHERE id = ? AND deleted_at IS NULL", (message_id,)
    ).fetchone()
    return row[0] if row else None


OPEN_KEY = "chat.open"
NOT_BEGUN = "new"
"""Stands for the chat that has no message yet, and so no thread."""


def remember_open(project: Project, thread_id: str) -> None:
    """Which thread is shown (empty for a chat that hasn't begun), so that the next start shows it again."""
    project.scratch_set(OPEN_KEY, thread_id or NOT_BEGUN)


def last_open(project: Project) -> str:
    """The thread that was shown last, empty for a chat that hasn't begun; if it is gone, the newest one."""
    thread_id = project.scratch_get(OPEN_KEY)
    if thread_id == NOT_BEGUN:
        return ""
    if thread_id and project.find(Thread, thread_id) is not None:
        return thread_id
    newest = [t for t in list_threads(project) if not t.archived]
    return newest[0].id if newest else ""
