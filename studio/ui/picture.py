"""The window's picture of itself, for machines without a display: once a project is shown and all is quiet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow

VARIABLE = "TTRPG_STUDIO_PICTURE"
LOOK = 100
QUIET = 12
"""Looks, `LOOK` milliseconds apart, that the panels must have had nothing to do: lists fill and images load before."""
MOST = 60
"""After so many looks with panels the picture is taken in any case: something works on behind them."""


def when_asked(window: MainWindow) -> None:
    """Where the environment names a file: write the picture there once the project is shown, then close."""
    target = os.environ.get(VARIABLE)
    if not target:
        return
    window.resize(1440, 900)
    seen = quiet = 0
    timer = QTimer(window, interval=LOOK)

    def look() -> None:
        nonlocal seen, quiet
        seen = seen + 1 if window.panels() else 0
        quiet = quiet + 1 if seen and window.tasks.is_quiet else 0
        if quiet >= QUIET or seen >= MOST:
            timer.stop()
            window.grab().save(target)
            window.close()

    timer.timeout.connect(look)
    timer.start()
