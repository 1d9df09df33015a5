"""A section on the page of an entity, which follows what is on show and who looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.kit import Section

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.domain.world import Entity
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks


class EntitySection(Section):
    """Subclasses say in `show_entity` what they show of an entity; it is called again when somebody else looks."""

    def __init__(self, title: str, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(title, count=0, parent=parent)
        self.ctx = ctx
        self._entity: Entity | None = None
        ctx.lens.changed.connect(self._look_anew)

    @property
    def tasks(self) -> Tasks:
        """Where `@ui_task` methods run."""
        return self.ctx.tasks

    def show_entity(self, entity: Entity) -> None:
        """Follow an entity."""
        self._entity = entity

    def _look_anew(self) -> None:
        if self._entity is not None:
            self.show_entity(self._entity)
