"""The timeline dock: the world's dates as a line, as a list and as months."""

from studio.ui.timeline.panel import TimelinePanel

__all__ = ["TimelinePanel"]
