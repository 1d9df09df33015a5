"""The bus that carries domain events from finished commits to whoever shows them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from studio.domain.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable

E = TypeVar("E", bound=Event)
log = logging.getLogger(__name__)


class Bus:
    """Calls subscribers on the thread that publishes: in the app, the main thread."""

    def __init__(self) -> None:
        self._subscribers: list[tuple[type[Event], Callable[[Any], None]]] = []

    def subscribe(self, event_type: type[E], callback: Callable[[E], None]) -> Callable[[], None]:
        """Call back for events of this type or below it. Gives the function that ends the subscription."""
        entry = (event_type, callback)
        self._subscribers.append(entry)
        return lambda: self._subscribers.remove(entry) if entry in self._subscribers else None

    def publish(self, event: Event) -> None:
        """Tell everybody; one subscriber's failure is logged and doesn't keep the others from hearing."""
        for event_type, callback in list(self._subscribers):
            if isinstance(event, event_type):
                try:
                    callback(event)
                except Exception:
                    log.exception("a subscriber of %s failed", type(event).__name__)
