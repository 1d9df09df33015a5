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
"""Looks, `LOOK` milliseconds apart, that the panels must have been there: lists fill and images load meanwhile."""


def when_asked(window: MainWindow) -> None:
    """Where the environment names a file: write the picture there once the project is shown, then close."""
    target = os.environ.get(VARIABLE)
    if not target:
        return
    window.resize(1440, 900)
    seen = 0
    timer = QTimer(window, interval=LOOK)

    def look() -> None:
        nonlocal seen
        seen = seen + 1 if window.panels() else 0
        if seen >= QUIET:
            timer.stop()
            window.grab().save(target)
            window.close()

    timer.timeout.connect(look)
    timer.start()
