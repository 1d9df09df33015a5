"""What is typed and not sent: kept for each chat within a second, and priced while it is typed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studio.services.chat import messages, threads
from studio.ui.chat.composer import Draft
from studio.ui.tasks import latest_task

if TYPE_CHECKING:
    from studio.ui.chat.panel import ChatPanel
    from studio.ui.tasks import Tasks

NEW = threads.NOT_BEGUN
"""Key of the draft of a chat that hasn't begun."""
KEEP_MS, ESTIMATE_MS = 600, 500


class Drafts(QObject):
    """Watches the composer."""

    def __init__(self, panel: ChatPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._ctx = panel.ctx
        self._of = ""
        self._showing = asyncio.Lock()
        self._keeping = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        self._pricing = QTimer(self, singleShot=True, interval=ESTIMATE_MS)
        self._pricing.timeout.connect(self.measure)
        panel.composer.changed.connect(self._typed)

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self._ctx.tasks

    @property
    def ready(self) -> bool:
        """Whether a chat's draft is on show."""
        return bool(self._of)

    @property
    def pending(self) -> bool:
        """Whether something typed isn't kept yet."""
        return self._keeping.isActive()

    def belongs_to(self, thread_id: str) -> None:
        """What is typed from now on belongs to this chat; empty for one that hasn't begun."""
        self._of = thread_id or NEW
        self._keeping.stop()

    async def show(self, thread_id: str) -> None:
        """Put a chat's draft into the composer. What is typed before it is there goes on after it."""
        async with self._showing:  # one after the other, so that what is typed meanwhile has one chat to go to
            if self.ready:
                self.keep()
                self._of = ""
                self._panel.composer.set_draft(Draft())
            kept = Draft.from_data(await self._ctx.workspace.run(messages.draft, thread_id or NEW))
            typed = self._panel.composer.draft
            both = Draft(kept.text + typed.text, kept.files + typed.files, kept.entities + typed.entities)
            self.belongs_to(thread_id)
            self._panel.composer.set_draft(both)

    def _typed(self) -> None:
        if not self._panel.composer.editing and not self._keeping.isActive():
            self._keeping.start()  # not anew with each key: who types without a pause is kept from loss too
        self._pricing.start()

    def keep(self) -> None:
        """Keep it now."""
        self._keeping.stop()
        if self._of and not self._panel.composer.editing:
            self._ctx.workspace.submit(messages.save_draft, self._of, self._panel.composer.draft.as_data())

    @latest_task
    async def measure(self) -> None:
        """How much the next message carries with it: the real pack, as far as it can be told before it is sent."""
        panel = self._panel
        prompt = await panel.reading.drafted() if not panel.composer.is_empty() else None
        pack = prompt.pack if prompt is not None else None
        words, tip = panel.setup.price_words(pack)
        panel.composer.set_estimate(words, tip=tip)
        panel.reading.show_state(pack)
