"""Conversations from other chat programs: one shape for all of them, and how it becomes threads and messages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from studio.domain.chat import Message, Part, Thread
from studio.services.exchange.staging import MonotonicIds, Staging

if TYPE_CHECKING:
    from studio.domain.ids import RecordId
    from studio.services.exchange.probe import Probe
    from studio.storage.project import Project

FOLDER = "Imported"
_CHATS = re.compile(r"conversations[^/]*\.json")
Role = Literal["user", "assistant", "system"]


@dataclass(frozen=True)
class Turn:
    """One message; `parent` is the id of the turn before it, or empty."""

    id: str
    parent: str
    role: Role
    text: str
    model: str = ""
    at: datetime | None = None


@dataclass
class Conversation:
    """One chat. `turns` come parents first; `current` is the turn that its program showed last."""

    id: str
    title: str
    turns: list[Turn]
    current: str = ""
    at: datetime | None = None


@dataclass
class Conversations:
    """Everything that one export holds. `source` names the program, for foreign ids and the origin of messages."""

    source: str
    title: str
    chats: list[Conversation]
    skipped: list[tuple[str, str]] = field(default_factory=list)
    folder: str = FOLDER

    def stage(self, project: Project) -> Staging:
        """Threads and messages by the ids that the other program gave them: what is there already is found again."""
        staging = Staging(format=self.source, title=self.title, message=f"Import {self.title}")
        threads = {t.foreign_ids[self.source]: t for t in project.all(Thread) if self.source in t.foreign_ids}
        new_id = MonotonicIds()
        for chat in self._once(staging):
            self._stage_chat(project, staging, chat, threads.get(chat.id), new_id)
        for what, why in self.skipped:
            staging.skip(what, why)
        return staging

    def _once(self, staging: Staging) -> list[Conversation]:
        """Each chat once: where an export holds it twice, the longer one."""
        found: dict[str, Conversation] = {}
        for chat in self.chats:
            if (other := found.get(chat.id)) is not None:
                staging.skip(chat.title, "the export holds this chat twice")
            if other is None or len(chat.turns) > len(other.turns):
                found[chat.id] = chat
        return list(found.values())

    def _stage_chat(
        self, project: Project, staging: Staging, chat: Conversation, old: Thread | None, new_id: MonotonicIds
    ) -> None:
        thread_id = old.id if old else new_id()
        existing = project.all(Message, "thread_id = ?", (thread_id,)) if old else []
        known = {m.foreign_ids[self.source]: m for m in existing if self.source in m.foreign_ids}
        ids = {turn.id: known[turn.id].id if turn.id in known else new_id() for turn in chat.turns}
        for turn in chat.turns:
            base = known.get(turn.id)
            staging.take(self._message(turn, base, thread_id, ids), old=base)
        grown = any(turn.id not in known for turn in chat.turns)
        shown = ids.get(chat.current) or (ids[chat.turns[-1].id] if chat.turns else None)
        thread = old or Thread(
            id=thread_id, title=chat.title, folder=self.folder, foreign_ids={self.source: chat.id}, created_at=chat.at
        )
        staging.take(thread.model_copy(update={"leaf_id": shown}) if grown else thread, old=old)

    def _message(self, turn: Turn, base: Message | None, thread_id: RecordId, ids: dict[str, RecordId]) -> Message:
        parts = (Part(text=turn.text),)
        if base is not None:
            return base if base.text == turn.text else base.model_copy(update={"parts": parts})
        return Message(
            id=ids[turn.id], thread_id=thread_id, parent_id=ids.get(turn.parent), role=turn.role, parts=parts,
            model=turn.model, origin=self.source, foreign_ids={self.source: turn.id}, created_at=turn.at,
        )  # fmt: skip


def raw_chats(probe: Probe) -> list[Any]:
    """The chats of a JSON file, or of the `conversations*.json` in a zip or folder; none where it is something else."""
    inside = [name for name in sorted(probe.names) if _CHATS.fullmatch(name.rpartition("/")[2])]
    parts = [probe.read_json(name) for name in inside] if probe.files is not None else [probe.json]
    return [chat for part in parts for chat in (part if isinstance(part, list) else [part])]


def ordered(turns: list[Turn]) -> tuple[list[Turn], list[Turn]]:
    """(turns with parents first, turns that a cycle or a missing parent cuts off)."""
    children: dict[str, list[Turn]] = {}
    for turn in turns:
        children.setdefault(turn.parent, []).append(turn)
    done: list[Turn] = []
    stack = list(reversed(children.get("", [])))
    while stack:
        turn = stack.pop()
        done.append(turn)
        stack += reversed(children.get(turn.id, []))
    reached = {id(turn) for turn in done}
    return done, [turn for turn in turns if id(turn) not in reached]


def moment(value: Any) -> datetime | None:
    """A time from seconds since 1970 or an ISO text; None where it is neither."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str) and value:
            found = datetime.fromisoformat(value)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def title_of(value: Any, default: str = "Untitled chat") -> str:
    """A title for a list: one line, not too long."""
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return (words[:117] + "…" if len(words) > 118 else words) or default
