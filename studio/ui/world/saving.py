"""Saves what is typed: as a draft within a quarter of a second, as a commit one second after typing stops."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.errors import Invalid, NotFound
from studio.domain.record import Frozen
from studio.services.world import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.ids import RecordId
    from studio.ui.context import StudioContext

COMMIT_MS = 1000
DRAFT_MS = 250


class Saver(QObject):
    """Holds what changed on the page of one record. `verb` is the one that commits it.

    What is refused stays as it was typed, until it is changed or its page is left.
    """

    saved = Signal(object)
    refused = Signal(dict)
    """path → the sentence that says why"""

    def __init__(self, ctx: StudioContext, record_id: RecordId, verb: Callable[..., Any], parent: QObject) -> None:
        super().__init__(parent)
        self.record_id = record_id
        self.is_saving = False
        self._ctx = ctx
        self._verb = verb
        self._one_at_a_time = asyncio.Lock()
        self._dirty: dict[str, Callable[[], Any]] = {}
        self._late: set[str] = set()
        self._refused: dict[str, Callable[[], Any]] = {}
        self._commit_timer = QTimer(self, singleShot=True, interval=COMMIT_MS)
        self._commit_timer.timeout.connect(lambda: self.start(late=False))
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._draft_timer.timeout.connect(self._keep_draft)

    def touch(self, path: str, read: Callable[[], Any], *, late: bool = False) -> None:
        """A value changed. `late` ones wait for the field to be left, as names do: half a name is none."""
        self._refused.pop(path, None)
        self._dirty[path] = read
        (self._late.add if late else self._late.discard)(path)
        if not late:
            self._commit_timer.start()
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def is_dirty(self, path: str = "") -> bool:
        """Whether something (or this) isn't committed yet, or was refused and is still to be seen."""
        return path in self._dirty or path in self._refused if path else bool(self._dirty)

    def drop(self, path: str) -> None:
        """Forget a change that was taken back by hand."""
        self._dirty.pop(path, None)
        self._refused.pop(path, None)

    def start(self, *, late: bool = True) -> None:
        """Commit now, without waiting for it."""
        if self._dirty:
            self._ctx.tasks.start(self.save(late=late), owner=self)

    async def save(self, *, late: bool = True) -> None:
        """Commit what changed; what is typed meanwhile goes into the next one."""
        async with self._one_at_a_time:
            await self._save(late=late)

    async def _save(self, *, late: bool) -> None:
        taken = {p: read for p, read in self._dirty.items() if late or p not in self._late}
        if not taken:
            return
        changes = {path: read() for path, read in taken.items()}
        for path in taken:
            self._dirty.pop(path, None)
        self._draft_timer.stop()
        self.is_saving = True
        try:
            kept: pages.Kept = await self._ctx.workspace.run(self._verb, self.record_id, changes)
        except NotFound:
            self._dirty.clear()
            raise
        finally:
            self.is_saving = False
        self._refused |= {path: taken[path] for path in kept.refused if path not in self._dirty}
        if self._dirty or self._refused:
            self._draft_timer.start()
        self.saved.emit(kept.record)
        if kept.refused:
            self.refused.emit(kept.refused)
            raise Invalid(" ".join(dict.fromkeys(kept.refused.values())))

    async def flush(self) -> None:
        """Commit everything that is typed."""
        self._commit_timer.stop()
        while self._dirty:
            await self.save()

    def stop(self) -> None:
        """Let go: the page closes, what was typed is stored."""
        self._commit_timer.stop()
        self._draft_timer.stop()
        self._dirty.clear()
        self._refused.clear()

    def _keep_draft(self) -> None:
        if self._dirty or self._refused:
            typed = {path: _plain(read()) for path, read in (self._refused | self._dirty).items()}
            self._ctx.workspace.submit(pages.keep_draft, self.record_id, json.dumps(typed, ensure_ascii=False))


def _plain(value: Any) -> Any:
    """A value as JSON, for the draft."""
    if isinstance(value, Frozen):
        return value.model_dump(mode="json", exclude_defaults=True)
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
