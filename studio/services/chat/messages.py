"""Verbs on messages: send, finish, edit as a sibling, switch and delete branches, paste; and reading them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.chat import Message, MessageState, Part, Role, SentContext, Thread, Usage
from studio.domain.errors import Invalid, NotFound
from studio.domain.events import AnswerFinished
from studio.domain.ids import RecordId, new_id
from studio.domain.record import Frozen
from studio.services.chat.threads import NEW_TITLE, title_from
from studio.services.chat.tree import Node, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.storage.project import Project

ANSWER_KEY = "answer:"
DRAFT_KEY = "draft:"


class Running(Frozen):
    """What scratch knows of an answer that is on its way, so that a crash loses at most a second of it."""

    thread_id: RecordId
    parent_id: RecordId | None
    model: str
    text: str
    recorded: bool = False
    pack_hash: str = ""


# ---- reading -------------------------------------------------------------------------------------------------------


def tree(project: Project, thread_id: str) -> Tree:
    """The thread's messages without their texts: quick also for ten thousand."""
    rows = project.sql.execute(
        "SELECT id, parent_id, role, length(data) FROM message WHERE thread_id = ? AND deleted_at IS NULL", (thread_id,)
    )
    return Tree(Node(*row) for row in rows)


def open_thread(project: Project, thread_id: str) -> tuple[Thread, Tree]:
    """A thread with its tree, in one go."""
    return project.get(Thread, thread_id), tree(project, thread_id)


def bodies(project: Project, ids: Sequence[str]) -> dict[RecordId, Message]:
    """These messages in full, those that are still there."""
    marks = ", ".join("?" * len(ids))
    return {m.id: m for m in project.all(Message, f"id IN ({marks})", list(ids))} if ids else {}


def message(project: Project, message_id: str) -> Message:
    """One message."""
    return project.get(Message, message_id)


def sent_text(project: Project, sent: SentContext) -> SentContext:
    """What was sent, with references to messages replaced by their texts, for reading."""
    ids = [str(m["ref"]) for m in sent.messages if "ref" in m]
    found = bodies_with_deleted(project, ids)
    full = tuple(
        {"role": m["role"], "content": found.get(str(m.get("ref")), m.get("content", ""))} for m in sent.messages
    )
    return sent.model_copy(update={"messages": full})


def bodies_with_deleted(project: Project, ids: Sequence[str]) -> dict[str, str]:
    """What the model read of these messages, also of deleted ones."""
    marks = ", ".join("?" * len(ids))
    found = project.all(Message, f"id IN ({marks})", list(ids), deleted=True) if ids else []
    return {m.id: full_text(m) for m in found}


def full_text(record: Message) -> str:
    """A message as a model reads it: its text, then its files."""
    files = [f'<file name="{p.name}">\n{p.text}\n</file>' for p in record.parts if p.type == "file"]
    return "\n\n".join([record.text, *files]).strip()


# ---- sending and answering -----------------------------------------------------------------------------------------


def send(
    project: Project,
    thread_id: str,
    text: str,
    *,
    attachments: Iterable[Part] = (),
    entity_ids: Iterable[RecordId] = (),
    parent_id: str | None = None,
    at_start: bool = False,
) -> Message:
    """Store what the user said after the thread's tip, or after `parent_id`; `at_start` makes it a first message."""
    thread = project.get(Thread, thread_id)
    parts = (Part(text=text), *attachments)
    if not text.strip() and len(parts) == 1:
        raise Invalid("There is nothing to send yet. Type a message or add a file.")
    parent = None if at_start else RecordId(parent_id) if parent_id else _tip(project, thread)
    made = Message(thread_id=thread.id, parent_id=parent, role="user", parts=parts, entity_ids=tuple(entity_ids))
    with project.commit("chat.send", "Send a message", step="note") as commit:
        stored = commit.put(made)
        title = title_from(text) if thread.title == NEW_TITLE and parent is None else thread.title
        commit.put(thread.model_copy(update={"leaf_id": stored.id, "title": title}))
        project.scratch_set(DRAFT_KEY + thread_id, "")
    return stored


def _tip(project: Project, thread: Thread) -> RecordId | None:
    path = tree(project, thread.id).path(thread.leaf_id)
    return path[-1].id if path else None


def finish_answer(
    project: Project,
    message_id: str,
    *,
    thread_id: str,
    parent_id: str | None,
    text: str,
    model: str = "",
    usage: Usage | None = None,
    cost_usd: float | None = None,
    pack_hash: str = "",
    state: MessageState = "done",
    error_code: str = "",
    error_text: str = "",
    recorded: bool = False,
) -> Message:
    """Store an answer that has ended, however it ended; a message that is there already grows to the new text."""
    thread = project.get(Thread, thread_id)
    old = project.find(Message, message_id)
    branch = [n.id for n in tree(project, thread_id).path(thread.leaf_id)]
    shown = not branch or parent_id in branch
    made = Message(
        id=RecordId(message_id),
        thread_id=thread.id,
        parent_id=RecordId(parent_id) if parent_id else None,
        role="assistant",
        parts=(Part(text=text),) if text else (),
        model=model,
        usage=_added(old.usage if old else None, usage),
        cost_usd=_sum(old.cost_usd if old else None, cost_usd, had=old is not None),
        pack_hash=pack_hash or (old.pack_hash if old else ""),
        state=state,
        error_code=error_code,
        error_text=error_text,
        recorded=recorded,
        created_at=old.created_at if old else None,
        created_by=old.created_by if old else "",
    )
    headline = "An answer arrived" if state == "done" else "An answer was kept as far as it came"
    with project.commit("chat.answer", headline, step="note") as commit:
        stored = commit.put(made)
        if shown:
            commit.put(thread.model_copy(update={"leaf_id": stored.id}))
        project.scratch_set(ANSWER_KEY + message_id, "")
    if text:
        project.emit(AnswerFinished(message_id=stored.id, thread_id=thread.id))
    return stored


def _added(old: Usage | None, new: Usage | None) -> Usage | None:
    if old is None or new is None:
        return new or old
    return Usage(
        input_tokens=old.input_tokens + new.input_tokens,
        output_tokens=old.output_tokens + new.output_tokens,
        cached_tokens=old.cached_tokens + new.cached_tokens,
        estimated=old.estimated or new.estimated,
    )


def _sum(old: float | None, new: float | None, *, had: bool) -> float | None:
    return new if not had or old is None else old if new is None else old + new


# ---- partial answers and drafts: scratch, not the log ----------------------------------------------------------------


def keep_partial(project: Project, message_id: str, running: Running) -> None:
    """Keep what has come of an answer so far; call it at least once a second."""
    project.scratch_set(ANSWER_KEY + message_id, running.model_dump_json())


def forget_partial(project: Project, message_id: str) -> None:
    """Nothing came before it was stopped: nothing is kept."""
    project.scratch_set(ANSWER_KEY + message_id, "")


def recover_answers(project: Project) -> list[Message]:
    """After a crash: make a stopped message of every answer that was on its way."""
    made = []
    for key, text in project.scratch_all(ANSWER_KEY).items():
        made.append(_recover(project, key.removeprefix(ANSWER_KEY), text))
    return [m for m in made if m is not None]


def _recover(project: Project, message_id: str, text: str) -> Message | None:
    running = Running.model_validate_json(text)
    if not running.text or project.find(Thread, running.thread_id) is None:
        project.scratch_set(ANSWER_KEY + message_id, "")
        return None
    return finish_answer(
        project,
        message_id,
        thread_id=running.thread_id,
        parent_id=running.parent_id,
        text=running.text,
        model=running.model,
        pack_hash=running.pack_hash,
        recorded=running.recorded,
        state="stopped",
        error_code="closed",
        error_text="The application closed while this answer was coming in. What had come is kept.",
    )


def save_draft(project: Project, thread_id: str, draft: dict[str, Any]) -> None:
    """Keep what is typed in the composer and not sent; an empty text forgets it."""
    kept = json.dumps(draft, ensure_ascii=False) if draft.get("text") or draft.get("attachments") else ""
    project.scratch_set(DRAFT_KEY + thread_id, kept)


def draft(project: Project, thread_id: str) -> dict[str, Any]:
    """What was typed and not sent in this thread."""
    text = project.scratch_get(DRAFT_KEY + thread_id)
    return json.loads(text) if text else {}


# ---- the tree --------------------------------------------------------------------------------------------------------


def edit(project: Project, message_id: str, text: str) -> Message:
    """Write a message anew, as a sibling of the old one, and show it. The old one stays, one key away."""
    old = project.get(Message, message_id)
    if not text.strip():
        raise Invalid("An empty message can't be kept. Type something, or delete the branch.")
    if text == old.text:
        return old
    parts = (Part(text=text), *(p for p in old.parts if p.type != "text"))
    made = Message(
        thread_id=old.thread_id,
        parent_id=old.parent_id,
        role=old.role,
        parts=parts,
        model=old.model,
        entity_ids=old.entity_ids,
        recorded=old.recorded,
        origin="edited",
    )
    step = "note" if old.role == "user" else "do"
    with project.commit("chat.edit", "Edit a message", step=step) as commit:
        stored = commit.put(made)
        commit.put(project.get(Thread, old.thread_id).model_copy(update={"leaf_id": stored.id}))
    if stored.role == "assistant":
        project.emit(AnswerFinished(message_id=stored.id, thread_id=stored.thread_id))
    return stored


def select_leaf(project: Project, thread_id: str, message_id: str, *, exact: bool = False) -> Thread:
    """Show the branch with this message, down to its newest leaf; `exact` ends the branch at the message itself."""
    thread = project.get(Thread, thread_id)
    found = tree(project, thread_id)
    if message_id not in found.nodes:
        raise NotFound("This message isn't in the chat any more.")
    leaf = RecordId(message_id) if exact else found.newest_leaf(message_id)
    with project.commit("chat.select_branch", "Show another branch", step="note") as commit:
        return commit.put(thread.model_copy(update={"leaf_id": leaf}))


def delete_branch(project: Project, message_id: str) -> int:
    """Delete a message and everything that follows from it; gives how many. One undo brings all back."""
    top = project.get(Message, message_id)
    found = tree(project, top.thread_id)
    doomed = found.subtree(message_id)
    left = [m for m in found.siblings(message_id) if m != message_id]
    leaf = found.newest_leaf(left[-1]) if left else top.parent_id
    thread = project.get(Thread, top.thread_id)
    count = len(doomed)
    with project.commit("chat.delete_branch", f"Delete {count} message{'s' if count > 1 else ''}") as commit:
        for record in bodies(project, doomed).values():
            commit.delete(record)
        if thread.leaf_id is None or thread.leaf_id in doomed:
            commit.put(thread.model_copy(update={"leaf_id": leaf}))
    return count


# ---- answers from elsewhere ------------------------------------------------------------------------------------------


def add_pasted_answer(project: Project, thread_id: str, text: str, *, origin: str = "pasted") -> Message:
    """Take a text from elsewhere as an answer in this thread; `origin` says where it came from."""
    if not text.strip():
        raise Invalid("There is no text to take in. Copy an answer first.")
    return add_messages(project, thread_id, [("assistant", text)], origin=origin)[-1]


def add_messages(project: Project, thread_id: str, said: Sequence[tuple[Role, str]], *, origin: str) -> list[Message]:
    """Add a conversation from elsewhere after the thread's tip, in one change."""
    thread = project.get(Thread, thread_id)
    parent = _tip(project, thread)
    made: list[Message] = []
    with project.commit("chat.paste", f"Add {len(said)} message{'s' if len(said) > 1 else ''} from {origin}") as commit:
        for role, text in said:
            record = Message(
                id=new_id(),
                thread_id=thread.id,
                parent_id=parent,
                role=role,
                parts=(Part(text=text.strip()),),
                origin=origin,
            )
            made.append(commit.put(record))
            parent = made[-1].id
        title = title_from(said[0][1]) if thread.title == NEW_TITLE and said else thread.title
        commit.put(thread.model_copy(update={"leaf_id": parent, "title": title}))
    if made and made[-1].role == "assistant":
        project.emit(AnswerFinished(message_id=made[-1].id, thread_id=thread.id))
    return made
