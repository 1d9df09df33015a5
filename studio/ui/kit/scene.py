"""The view of a drawn scene. By itself, since most windows never show one and Qt's class for it is slow to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGraphicsView

# By name a QWidget, for the reason that `kit.scroll` gives.
if TYPE_CHECKING:
    _Graphics = QGraphicsView
else:
    _Graphics = type("QWidget", (QGraphicsView,), {})


class GraphicsView(_Graphics):
    """A drawn scene: a graph, a map, a time line."""
