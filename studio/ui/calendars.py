"""The calendars of the open project, kept in memory: date fields, timeline and editor count with them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from studio.domain.calendars import Calendars


class CalendarIndex(QObject):
    """Holds the project's calendars; the window brings them anew after each commit that may have changed them."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value: Calendars | None = None

    @property
    def value(self) -> Calendars:
        """The calendars; before the project's own are read, none."""
        if self._value is None:
            from studio.domain.calendars import Calendars

            self._value = Calendars()
        return self._value

    def set(self, calendars: Calendars) -> None:
        """Count with these from now on."""
        if calendars is not self._value:
            self._value = calendars
            self.changed.emit()
