"""Storing what is typed: kept as a draft at once, stored about a second after the last key or when a field is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from studio.domain.errors import Invalid
from studio.services.foundry import drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.ids import RecordId
    from studio.services.workspace import Workspace

STORE_MS = 1000
DRAFT_MS = 250


class Autosave(QObject):
    """Fields that differ from what is stored. `start` is called when it is time to store; `on_refused` says why not."""

    def __init__(
        self,
        workspace: Workspace,
        start: Callable[[], object],
        on_refused: Callable[[str, str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._on_refused = on_refused
        self.blueprint_id: RecordId | None = None
        self._dirty: dict[str, Any] = {}
        self._store = QTimer(self, singleShot=True, interval=STORE_MS)
        self._store.timeout.connect(start)
        self._draft = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._draft.timeout.connect(self._keep)

    @property
    def is_dirty(self) -> bool:
        """Whether something isn't stored yet."""
        return bool(self._dirty)

    def holds(self, path: str) -> bool:
        """Whether this field is being changed."""
        return path in self._dirty

    def edited(self, path: str, value: Any) -> None:
        """A field changed: store it soon."""
        self._dirty[path] = value
        self._draft.start()
        self._store.start()

    def soon(self) -> None:
        """A field was left: store now."""
        if self._dirty:
            self._store.start(0)

    async def save(self) -> None:
        """Store everything now, in one change; a value that doesn't fit stays typed, and is said."""
        self._store.stop()
        self._draft.stop()
        blueprint_id, values = self.blueprint_id, dict(self._dirty)
        if blueprint_id is None or not values:
            return
        try:
            await self._workspace.run(drafts.save, blueprint_id, values)
            stored = values
        except Invalid:
            stored = await self._one_by_one(blueprint_id, values)
        for path, value in stored.items():
            if path in self._dirty and self._dirty[path] == value:
                del self._dirty[path]

    async def _one_by_one(self, blueprint_id: RecordId, values: dict[str, Any]) -> dict[str, Any]:
        stored = {}
        for path, value in values.items():
            try:
                await self._workspace.run(drafts.save, blueprint_id, {path: value})
                stored[path] = value
            except Invalid as error:
                self._on_refused(path, error.sentence)
        return stored

    def forget(self) -> None:
        """Drop everything, for example when the blueprint is gone."""
        self._store.stop()
        self._draft.stop()
        self._dirty.clear()

    def _keep(self) -> None:
        if self.blueprint_id is not None and self._dirty:
            self._workspace.submit(drafts.keep, self.blueprint_id, dict(self._dirty))
