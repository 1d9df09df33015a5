"""What the window hands to a panel: the open project, the services around it, the ways to the rest of the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from studio.services.context.tokens import Counter
from studio.ui.calendars import CalendarIndex
from studio.ui.findings import FindingHub
from studio.ui.kinds import KindIndex
from studio.ui.lens import LensHub

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.services.bus import Bus
    from studio.services.retrieval.index import Index
    from studio.services.workspace import Workspace
    from studio.services.world.graph_layout import Layouts
    from studio.settings import SettingsStore
    from studio.ui.commands import CommandRegistry
    from studio.ui.dialogs.ask import TextAct
    from studio.ui.images.store import PictureStore
    from studio.ui.names import NameIndex
    from studio.ui.tasks import Tasks
    from studio.ui.theme import Theme


class Hub(QObject):
    """Signals between panels, which don't know one another. Emit to ask, follow (`Panel.follow`) to answer."""

    compose = Signal(str)
    """Put this text into the chat's composer and go there."""
    attach = Signal(str)
    """Put this record into the context of the next message."""
    answer_ready = Signal(str)
    """The message with this id has ended (or was stopped) and can be reviewed."""
    review = Signal(str, str)
    """Review the answer with this message id; part is `""` (all), `foundry`, `world` or `forge`."""
    review_text = Signal(str, str)
    """Review this pasted or dropped text; part as above."""
    quote = Signal(str, object)
    """Highlight (start, end) in the message with this id."""
    selected = Signal(str, str)
    """This record (id, kind) is selected in a list or tree."""
    show_map = Signal(str)
    """Show this map, or this record on a map."""
    conflicts = Signal(str, str)
    """Show what is found about this entity (id, name)."""
    history = Signal(str)
    """Show the changes of this record."""
    search = Signal(str)
    """Search the whole project for this text."""
    spend_changed = Signal()
    """A call was metered: costs on show are old."""
    models_changed = Signal()
    """Connections were added or removed: the lists of models are old."""
    reached = Signal(str)
    """Who gave an answer just now: `online`, `local`, `recorded`; `offline` where nobody could be reached."""


class Shell(Protocol):
    """What a panel may ask of the window. Dialogs are awaited; none of them blocks the loop."""

    def navigate(self, record_id: str, span: tuple[int, int] | None = None, kind: str = "") -> None: ...
    def toast(self, text: str, undo: Callable[[], object] | None = None, action: str = "Undo") -> None: ...
    def announce(self, text: str) -> None: ...
    def show_panel(self, panel_id: str, *, focus: bool = True) -> None: ...
    def open_settings(self, page: str = "") -> None: ...
    async def flush(self) -> None: ...
    async def confirm(self, title: str, sentence: str, *, action: str, danger: bool = False) -> bool: ...
    async def ask_text(
        self, title: str, *, label: str, text: str = "", action: str = "Save", hint: str = "",
        act: TextAct | None = None,
    ) -> str | None: ...  # fmt: skip
    async def pick_open(self, title: str, *, filters: str = "", many: bool = False) -> list[Path]: ...
    async def pick_save(self, title: str, *, suggested: str = "", filters: str = "") -> Path | None: ...


@dataclass
class StudioContext:
    """Everything a panel works with. One per open project; panels are made anew with the next one."""

    workspace: Workspace
    settings: SettingsStore
    theme: Theme
    commands: CommandRegistry
    tasks: Tasks
    shell: Shell
    names: NameIndex
    kinds: KindIndex = field(default_factory=KindIndex)
    calendars: CalendarIndex = field(default_factory=CalendarIndex)
    hub: Hub = field(default_factory=Hub)
    lens: LensHub = field(default_factory=LensHub)
    findings: FindingHub = field(default_factory=FindingHub)
    """What a check of the world says now."""
    gateway: Any = None
    """The model gateway of `services.llm`; None until it is ready, or where no model is set up."""
    layouts: Layouts | None = None
    """Finds places for the nodes of graphs; None where no engine runs."""
    index: Index | None = None
    """The index of meanings; None until there is one."""
    counter: Counter = field(default_factory=Counter)
    """Counts tokens: roughly until there is an engine."""

    @cached_property
    def pictures(self) -> PictureStore:
        """The images of the project, decoded as they are asked for."""
        from studio.ui.images.store import PictureStore

        return PictureStore(self.workspace, self.tasks, self.lens)

    @property
    def bus(self) -> Bus:
        """The project's domain events, published on the main thread after each commit."""
        return self.workspace.bus

    def navigate(self, record_id: str, span: tuple[int, int] | None = None, kind: str = "") -> None:
        """Show a record in the panel that handles its kind; `span` is what to highlight in it."""
        self.shell.navigate(record_id, span, kind)

    def toast(self, text: str, undo: Callable[[], object] | None = None, action: str = "Undo") -> None:
        """Say what happened; with `undo` the toast carries a button."""
        self.shell.toast(text, undo, action)

    def announce(self, text: str) -> None:
        """Say it to a screen reader, politely, once."""
        self.shell.announce(text)
