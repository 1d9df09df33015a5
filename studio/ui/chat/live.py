"""Draws the answer that is coming in, thirty times a second at most, however fast it comes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from studio.ui.chat.panel import ChatPanel

FLUSH_MS = 33
SLOW = 3.0
"""Seconds after which a wait says how long it is."""


class LivePump(QObject):
    """Takes text from the running answer into its widget. Runs only while there is one in the thread on show."""

    def __init__(self, panel: ChatPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._timer = QTimer(self, interval=FLUSH_MS)
        self._timer.timeout.connect(self.drain)
        self._since = 0.0
        self._of = ""

    def watch(self) -> None:
        """Start or stop, as the conversation needs it."""
        live = self._panel.state.live
        if live is None:
            self._timer.stop()
            self._of = ""
            return
        if self._of != live.message_id:
            self._of, self._since = live.message_id, time.monotonic()
        if not self._timer.isActive():
            self._timer.start()

    def drain(self) -> None:
        """Draw what has come since the last time."""
        live = self._panel.state.live
        widget = self._panel.list.widget(live.message_id) if live is not None else None
        if live is None or widget is None or widget.facts.state != "streaming":
            return
        whole = live.grows_from + live.text
        fresh = whole[len(widget.view.markdown) :]
        if fresh:
            widget.feed(fresh)
        else:
            widget.view.flush()
        if not whole:
            widget.wait_with(live.notice or self._waiting(bool(live.thinking)))

    def _waiting(self, thinking: bool) -> str:
        words = "Thinking…" if thinking else "Asking…"
        seconds = time.monotonic() - self._since
        return f"{words}  {seconds:.0f} s" if seconds >= SLOW else words
