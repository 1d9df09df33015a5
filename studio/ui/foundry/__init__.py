"""The Project Foundry dock: blueprints as a form, their versions, and their Markdown."""

from studio.ui.foundry.panel import FoundryPanel

__all__ = ["FoundryPanel"]
