"""The search dock: anything in the project, by name or by text, and the way there."""

from studio.ui.search.panel import SearchPanel

__all__ = ["SearchPanel"]
