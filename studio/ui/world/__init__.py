"""The World Bible: the tree of all entries, and the page of one."""

from studio.ui.world.entry import EntryPanel
from studio.ui.world.panel import WorldPanel

__all__ = ["EntryPanel", "WorldPanel"]
