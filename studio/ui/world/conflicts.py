"""The quiet line at the top of an entry's page: what is found about it, and the way to answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.continuity import triage
from studio.ui.kit import Banner
from studio.ui.tasks import latest_task

if TYPE_CHECKING:
    from studio.domain.world import Entity
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks


class ConflictBanner(Banner):
    """Follows the findings about one entity."""

    def __init__(self, ctx: StudioContext) -> None:
        super().__init__(dismissible=False)
        self.ctx = ctx
        self._entity: Entity | None = None
        ctx.findings.changed.connect(self.refresh_now)

    @property
    def tasks(self) -> Tasks:
        """Where it reads."""
        return self.ctx.tasks

    def show_entity(self, entity: Entity) -> None:
        """Tell of this entity."""
        if self._entity is None or self._entity.id != entity.id:
            self.say("")
        self._entity = entity
        self.refresh_now()

    def refresh_now(self) -> None:
        """Read again, where there is something to read."""
        if self._entity is not None and (self.ctx.findings.value or self.text()):
            self.refresh()

    @latest_task
    async def refresh(self) -> None:
        """Read what is open about the entity."""
        entity = self._entity
        if entity is None:
            return
        found = await self.ctx.workspace.run(triage.about, self.ctx.findings.value, entity.id, lens=self.ctx.lens.value)
        if self._entity is not entity:
            return
        if not found or entity.deleted_at is not None:
            self.say("")
            return
        more = f" There {'is one' if len(found) == 2 else f'are {len(found) - 1}'} more." if len(found) > 1 else ""
        tone = {"error": "danger", "warning": "warn"}.get(found[0].severity, "info")
        self.say(f"{found[0].why}{more}", tone, action="Answer…", on_action=self._go)

    def _go(self) -> None:
        if self._entity is not None:
            self.ctx.hub.conflicts.emit(self._entity.id, self._entity.name)
            self.ctx.shell.show_panel("continuity")
