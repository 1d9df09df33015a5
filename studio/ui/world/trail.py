"""The entries that were open, in order: back, forward, and the last one again when the project opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent

from studio.domain.ids import RecordId
from studio.services.world import pages
from studio.ui.commands import Command
from studio.ui.tasks import ui_task

if TYPE_CHECKING:
    from studio.ui.tasks import Tasks
    from studio.ui.world.entry import EntryPanel

LONGEST = 100
_STEPS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


class Trail(QObject):
    """Where the Entry dock was, as a browser keeps it: a new place cuts off what lay ahead."""

    def __init__(self, panel: EntryPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._places: list[str] = []
        self._at, self._way = -1, -1
        self.asked = False
        """Whether an entry was asked for, or the last one was: what was open before isn't wanted any more."""
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Reopen when the dock shows; lead back and forward by the two buttons at the side of a mouse.

        Fields swallow every button, so the presses are taken where they reach the window.
        """
        if watched is self._panel:
            if event.type() == QEvent.Type.Show:
                self.reopen()
                if (window := self._panel.window().windowHandle()) is not None:
                    window.installEventFilter(self)
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            by = _STEPS.get(event.button(), 0)
            self.step(by)
            return bool(by)
        return super().eventFilter(watched, event)

    @property
    def tasks(self) -> Tasks:
        """Where `@ui_task` methods run."""
        return self._panel.tasks

    def commands(self) -> list[Command]:
        """Back and forward; their keys hold while the entry has the focus."""
        panel = self._panel
        return [
            Command("entry.back", "Back", lambda: self.step(-1), "Go", "Alt+Left",
                    "Open the entry that was open before.", "chevron-left",
                    enabled=lambda: self.can_step(-1), scope=panel, reads=True),
            Command("entry.forward", "Forward", lambda: self.step(1), "Go", "Alt+Right",
                    "Open the entry that Back left.", "chevron-right",
                    enabled=lambda: self.can_step(1), scope=panel, reads=True),
        ]  # fmt: skip

    def came(self, record_id: str) -> None:
        """This entry is open now."""
        if 0 <= self._at < len(self._places) and self._places[self._at] == record_id:
            return
        self._places = [*self._places[: self._at + 1], record_id][-LONGEST:]
        self._at = len(self._places) - 1

    def gone(self, record_id: str) -> None:
        """This entry can't be shown any more: the next step the same way passes it by."""
        before = sum(place != record_id for place in self._places[: self._at + 1])
        self._places = [place for place in self._places if place != record_id]
        self._at = before - (1 if self._way > 0 else 0)

    def can_step(self, by: int) -> bool:
        """Whether there is an entry that way."""
        return 0 <= self._at + by < len(self._places)

    def step(self, by: int) -> None:
        """Go to the entry before, or after."""
        if by and self.can_step(by):
            self._at, self._way = self._at + by, by
            self._panel.ctx.shell.show_panel("entry", focus=False)
            self._panel.show_record(self._places[self._at])

    @ui_task
    async def reopen(self) -> None:
        """The first time the dock shows: what was open when the project was left, if it is there still."""
        panel = self._panel
        if self.asked or not panel.ctx.lens.value.is_own:
            return
        kept = await panel.ctx.workspace.run(pages.kept_open)
        if kept and not self.asked:
            self.asked = True
            panel.load(kept)

    async def keep(self, record_id: str) -> None:
        """Remember it for the next time."""
        await self._panel.ctx.workspace.run(pages.keep_open, RecordId(record_id))
