"""Qt's first import and the two guards that it needs before anything else runs."""

from __future__ import annotations

import gc
import os
import sys

os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QObject, QTimer


def spare_other_imports() -> None:
    """Stop shiboken from reading the source of every later import: pydantic's lazy imports break under it."""
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        feature.__dict__["_mod_uses_pyside"] = lambda _module: False


def pin_garbage_collection(parent: QObject, *, every_ms: int = 2000) -> QTimer:
    """Collect garbage on the main thread only: on a worker thread it would destroy Qt objects that live here."""
    gc.disable()
    timer = QTimer(parent)
    timer.setInterval(every_ms)
    timer.timeout.connect(_collect)
    timer.start()
    return timer


def _collect() -> None:
    """Young objects each time, everything only when enough has piled up."""
    _, first, second = gc.get_count()
    gc.collect(2 if second > 10 else 1 if first > 10 else 0)


def set_aside_what_stays() -> None:
    """Leave modules and the open project's widgets out of collections: a full one would stall the window 0.1 s."""
    gc.freeze()


def take_back_what_stayed() -> None:
    """Count everything as collectable again, for when a project has closed."""
    gc.unfreeze()


spare_other_imports()
