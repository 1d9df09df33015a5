"""The thread that is shown: its branch, the texts that were loaded, and the answer that is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.ids import RecordId
from studio.domain.text import fold, wikilinks
from studio.services.chat import messages
from studio.services.chat.recorded import LABEL, RECORDED
from studio.services.chat.tree import Tree
from studio.services.review.artifacts import saved_messages
from studio.ui.chat.facts import Facts, facts_of
from studio.ui.markdown.inline import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.chat import Message, Thread
    from studio.services.chat.conductor import Answering
    from studio.services.chat.tree import Node
    from studio.services.citing.checking import Report
    from studio.ui.context import StudioContext

FIRST = 8
"""Messages whose texts come with the thread, so that opening needs no second look."""
KEPT = 400
"""Texts that stay in memory."""


class Conversation:
    """State without widgets: what the list asks for, and what the actions act on."""

    def __init__(self, ctx: StudioContext) -> None:
        self._ctx = ctx
        self.thread: Thread | None = None
        self.tree = Tree(())
        self.path: list[Node] = []
        self.live: Answering | None = None
        self.found: dict[str, int] = {}
        self.saved: frozenset[str] = frozenset()
        self._bodies: dict[str, Message] = {}
        self._cited: dict[str, Report] = {}
        self._labels: dict[str, str] = {}

    @property
    def thread_id(self) -> str:
        """The thread's id; empty for a chat that hasn't begun."""
        return self.thread.id if self.thread is not None else ""

    async def load(self, thread_id: str) -> None:
        """Show this thread (empty: a new chat)."""
        if not thread_id:
            self.thread, self.tree, self.path, self._bodies = None, Tree(()), [], {}
            return
        thread, tree = await self._ctx.workspace.run(messages.open_thread, thread_id)
        path = tree.path(thread.leaf_id)
        last = [n.id for n in path[-FIRST:] if n.id not in self._bodies]
        bodies, cited = await self._ctx.workspace.run(_read, last) if last else ({}, {})
        if self.thread is None or self.thread.id != thread.id:
            self._bodies = {}
        self.thread, self.tree, self.path = thread, tree, path
        self._bodies |= bodies
        self._cited |= cited
        self.saved = await self._ctx.workspace.run(saved_messages, thread_id)
        self.refresh_labels()

    async def read_saved(self) -> list[str]:
        """See anew from which messages something was saved; gives those that changed."""
        before, self.saved = self.saved, await self._ctx.workspace.run(saved_messages, self.thread_id)
        return sorted(before ^ self.saved)

    async def fetch(self, ids: Sequence[str]) -> None:
        """Load these messages' texts."""
        if len(self._bodies) > KEPT:
            near = {n.id for n in self.path[-FIRST:]} | set(ids)
            self._bodies = {i: m for i, m in self._bodies.items() if i in near}
        bodies, cited = await self._ctx.workspace.run(_read, list(ids))
        self._bodies |= bodies
        self._cited = {i: r for i, r in self._cited.items() if i in self._bodies} | cited

    def forget(self, ids: Iterable[str]) -> None:
        """These have changed: their texts must be read again."""
        for message_id in ids:
            self._bodies.pop(message_id, None)
            self._cited.pop(message_id, None)

    def body(self, message_id: str) -> Message | None:
        """A message in full, if it is loaded."""
        return self._bodies.get(message_id)

    # ---- what the list shows ---------------------------------------------------------------------------------------

    def rows(self) -> list[tuple[str, str, int]]:
        """(id, role, size) of the branch, with the answer that is on its way at its place."""
        rows: list[tuple[str, str, int]] = [(n.id, n.role, n.size) for n in self.path]
        live = self.live
        if live is None or live.thread_id != self.thread_id:
            return rows
        ids = [r[0] for r in rows]
        if live.message_id in ids:
            return rows
        at = ids.index(live.parent_id) + 1 if live.parent_id and live.parent_id in ids else len(ids)
        return [*rows[:at], (live.message_id, "assistant", 600)]

    def facts(self, message_id: str) -> Facts | None:
        """What is shown of a message; None while its text isn't loaded."""
        live = self.live
        if live is not None and live.message_id == message_id:
            model = self.model_label(live.model)
            return Facts(id=message_id, role="assistant", model=model, recorded=live.recorded, state="streaming")
        message = self._bodies.get(message_id)
        if message is None:
            return None
        siblings = self.tree.siblings(message_id) if message_id in self.tree.nodes else [message_id]
        return facts_of(
            message,
            siblings=[str(s) for s in siblings],
            model_label=self.model_label,
            entity=self._entity,
            last=bool(self.path) and self.path[-1].id == message_id,
            found=self.found.get(message_id, 0),
            saved=message_id in self.saved,
            cited=self._cited.get(message_id),
        )

    def refresh_labels(self) -> None:
        """Read the models' names anew."""
        gateway = self._ctx.gateway
        self._labels = {c.id: c.label for c in gateway.models.available()} if gateway is not None else {}

    def model_label(self, model: str) -> str:
        """A model's name as people know it."""
        return LABEL if model == RECORDED else self._labels.get(model) or model.rpartition("/")[2]

    def _entity(self, record_id: str) -> tuple[str, str] | None:
        named = self._ctx.names.get(record_id)
        return (named.text, named.kind) if named is not None else None

    def resolve(self, name: str) -> Known | None:
        """The entity of this name, for links."""
        named = self._ctx.names.find(name)
        return Known(named.record_id, named.kind, named.text) if named is not None else None

    # ---- what actions need -----------------------------------------------------------------------------------------

    def last_of(self, role: str) -> RecordId | None:
        """The newest message of a role in the branch."""
        return next((n.id for n in reversed(self.path) if n.role == role), None)

    def mentioned(self, text: str, known: Iterable[str]) -> list[RecordId]:
        """Ids of the entities that a text links to by `[[name]]`, after those that are known already."""
        ids = [RecordId(i) for i in known]
        for name in {fold(n): n for n in wikilinks(text)}.values():
            found = self._ctx.names.find(name)
            if found is not None and found.record_id not in ids:
                ids.append(RecordId(found.record_id))
        return ids


def _read(project: Any, ids: Sequence[str]) -> tuple[dict[RecordId, Message], dict[RecordId, Report]]:
    """Messages by id, and what those cite that cite anything."""
    found = messages.bodies(project, ids)
    if not any(message.pack_hash for message in found.values()):
        return found, {}
    from studio.services.citing.reading import reports

    return found, reports(project, found.values())
