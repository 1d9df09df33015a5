"""The continuity dock: what contradicts itself in the world, both sides of it, and one key for each answer."""

from studio.ui.continuity.panel import ContinuityPanel

__all__ = ["ContinuityPanel"]
