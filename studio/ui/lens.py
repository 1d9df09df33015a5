"""The lens of the window: as whom and as of which day everything in it is looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.domain.lens import Lens


class LensHub(QObject):
    """Holds the lens that every panel reads with. Follow `changed` to read again."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value = Lens()

    @property
    def value(self) -> Lens:
        """The lens that is on."""
        return self._value

    def set(self, **changes: object) -> None:
        """Look as somebody else (`audience`) or as of another day (`as_of`, None for now)."""
        wanted = Lens.model_validate(self._value.model_dump() | changes)
        if wanted != self._value:
            self._value = wanted
            self.changed.emit()
