"""The history dock: every change of the project, what it did, and how to take parts of it back."""

from studio.ui.history.panel import HistoryPanel

__all__ = ["HistoryPanel"]
