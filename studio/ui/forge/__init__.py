"""The Prompt Forge dock: recipes, their editor with live preview, and their versions."""

from studio.ui.forge.panel import ForgePanel

__all__ = ["ForgePanel"]
