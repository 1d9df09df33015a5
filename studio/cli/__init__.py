"""The headless commands: the same services as the window, without it; for scripts, checks and bare machines."""

from studio.cli.entry import main

__all__ = ["main"]
