"""The chat in the centre of the window."""

from studio.ui.chat.panel import ChatPanel

__all__ = ["ChatPanel"]
