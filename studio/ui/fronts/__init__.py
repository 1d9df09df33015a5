"""The Fronts dock: dangers that move by themselves, with stakes, portents and clocks."""

from studio.ui.fronts.panel import FrontsPanel

__all__ = ["FrontsPanel"]
