"""The Maps dock: an image with pins, layers and a scale, and the same as lists."""

from studio.ui.maps.panel import MapPanel

__all__ = ["MapPanel"]
