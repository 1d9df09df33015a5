"""Which panels the window has and where they live. Their modules are imported after the first paint."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studio.ui.panel import Panel


class PanelSpec(NamedTuple):
    """One pane: where its class is, where it starts, and the key that goes there.

    `share` is the part of the window's height that a view at the bottom wants when it is brought up.
    """

    id: str
    title: str
    icon: str
    area: str
    module: str
    cls: str
    key: str = ""
    hidden: bool = False
    share: float = 0.0

    def load(self) -> type[Panel]:
        """Import the panel's class."""
        return getattr(import_module(self.module), self.cls)


VIEW = 0.55
"""What a picture of the world needs of the window's height to be looked at."""
CHAT = PanelSpec("chat", "Chat", "message-square", "centre", "studio.ui.chat", "ChatPanel", "Ctrl+1")
REVIEW = PanelSpec("review", "Review", "check-check", "centre", "studio.ui.review", "ReviewPanel")
DOCKS: tuple[PanelSpec, ...] = (
    PanelSpec("world", "World Bible", "globe", "left", "studio.ui.world", "WorldPanel", "Ctrl+2"),
    PanelSpec("foundry", "Foundry", "layers", "right", "studio.ui.foundry", "FoundryPanel", "Ctrl+3"),
    PanelSpec("forge", "Prompt Forge", "wand-sparkles", "right", "studio.ui.forge", "ForgePanel", "Ctrl+4"),
    PanelSpec("entry", "Entry", "book-open", "right", "studio.ui.world", "EntryPanel", "Ctrl+5"),
    PanelSpec("search", "Search", "search", "left", "studio.ui.search", "SearchPanel", "Ctrl+Shift+K", hidden=True),
    PanelSpec(
        "history", "History", "history", "right", "studio.ui.history", "HistoryPanel", "Ctrl+Shift+H", hidden=True
    ),
    PanelSpec(
        "graph", "Graph", "network", "bottom", "studio.ui.graph", "GraphPanel", "Ctrl+7", hidden=True, share=VIEW
    ),
    PanelSpec(
        "queue", "Canon queue", "circle-check", "right", "studio.ui.queue", "QueuePanel", "Ctrl+Shift+Q", hidden=True
    ),
    PanelSpec(
        "continuity",
        "Continuity",
        "shield",
        "right",
        "studio.ui.continuity",
        "ContinuityPanel",
        "Ctrl+Shift+Y",
        hidden=True,
    ),
    PanelSpec(
        "timeline",
        "Timeline",
        "calendar-clock",
        "bottom",
        "studio.ui.timeline",
        "TimelinePanel",
        "Ctrl+Shift+T",
        hidden=True,
        share=VIEW,
    ),
    PanelSpec("maps", "Maps", "map", "bottom", "studio.ui.maps", "MapPanel", "Ctrl+8", hidden=True, share=VIEW),
    PanelSpec("fronts", "Fronts", "flame", "right", "studio.ui.fronts", "FrontsPanel", "Ctrl+9", hidden=True),
    PanelSpec("jobs", "Jobs and cost", "activity", "bottom", "studio.ui.jobs", "JobsPanel", "Ctrl+6", hidden=True),
)

PRESETS: dict[str, tuple[str, ...]] = {
    "chat": (),
    "write": ("world", "entry"),
    "prep": ("world", "foundry", "forge", "entry"),
    "reset": ("world", "foundry", "forge", "entry"),
}
"""Which docks a preset shows."""
