"""The graph dock: how the selected entry hangs together with the rest, as a picture and as a list."""

from studio.ui.graph.panel import GraphPanel

__all__ = ["GraphPanel"]
