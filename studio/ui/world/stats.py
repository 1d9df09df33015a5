"""The stat block of an entity, as its game's tables know it: shown, never rolled."""

from __future__ import annotations

import asyncio
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from shiboken6 import isValid

from studio.ui.entity_section import EntitySection
from studio.ui.kit import clear, label, vbox
from studio.ui.tasks import latest_task

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget

    from studio.domain.world import Entity
    from studio.services.exchange.publishing.document import Stats
    from studio.ui.context import StudioContext


class StatsSection(EntitySection):
    """A heading with the block under it; nothing where an entity has none, or may not be seen with it."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__("Stat block", ctx, parent)
        self._shown: dict[str, Any] | None = None
        self.setVisible(False)
        self.set_count(None)
        self.lines = vbox(gap=6)
        self.body.addLayout(self.lines)

    def show_entity(self, entity: Entity) -> None:
        """Show the block of this entity."""
        super().show_entity(entity)
        block = entity.statblock
        self.setVisible(bool(block))
        if not block or block == self._shown:
            return
        self._shown = block
        self._read(entity.name, block)

    @latest_task
    async def _read(self, name: str, block: dict[str, Any]) -> None:
        found = await asyncio.to_thread(_stats, name, block)
        if isValid(self):
            self._put(found)

    def _put(self, stats: Stats) -> None:
        clear(self.lines)
        if stats.line:
            self.lines.addWidget(_words(f"<i>{escape(stats.line)}</i>"))
        if stats.rows:
            rows = (f"<b>{escape(name)}</b> {escape(text)}" for name, text in stats.rows)
            self.lines.addWidget(_words("<br>".join(rows)))
        if stats.scores:
            scores = (f"<b>{escape(name)}</b>&nbsp;{escape(score)}" for name, score in stats.scores)
            self.lines.addWidget(_words(" &nbsp; ".join(scores)))
        for title, parts in stats.parts:
            self.lines.addWidget(label(title, "overline"))
            for name, text in parts:
                head = f"<b>{escape(name.rstrip('.'))}.</b> " if name else ""
                self.lines.addWidget(_words(head + escape(text)))


def _stats(name: str, block: dict[str, Any]) -> Stats:
    from studio.services.exchange.publishing.statblocks import stats

    return stats(name, block)


def _words(html: str) -> QLabel:
    made = label("", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(html)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
