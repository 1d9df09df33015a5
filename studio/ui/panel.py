"""The base of everything that sits in the window: chat and docks. Tracks what it listens to and lets go on close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from studio.ui.tasks import drop_latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from studio.domain.events import Event
    from studio.ui.commands import Command
    from studio.ui.context import StudioContext
    from studio.ui.tasks import Tasks

    E = TypeVar("E", bound=Event)


class Panel(QWidget):
    """A pane of the window. Subclass it, set `title` and `icon`, build the widgets in `__init__` after `super()`.

    `handles` names the kinds of record that `show_record` can show: navigation goes by it.
    """

    title: ClassVar[str] = ""
    icon: ClassVar[str] = "square"
    handles: ClassVar[frozenset[str]] = frozenset()
    for_all_eyes: ClassVar[bool] = False
    """Whether the panel reads through the lens; the others are covered while it isn't the game master's."""

    def __init__(self, ctx: StudioContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._releases: list[Callable[[], object]] = []
        self._covered: tuple[QWidget, list[QWidget]] | None = None
        self.setObjectName(type(self).__name__)
        self.setAccessibleName(self.title)
        self.setProperty("canvas", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @property
    def tasks(self) -> Tasks:
        """Where `@ui_task` methods run."""
        return self.ctx.tasks

    def listen(self, event_type: type[E], callback: Callable[[E], None]) -> None:
        """Call back on domain events until the panel closes."""
        self._releases.append(self.ctx.bus.subscribe(event_type, callback))

    def follow(self, signal: SignalInstance, slot: Callable[..., Any]) -> None:
        """Connect to a signal of something that outlives the panel (hub, theme), until the panel closes."""
        signal.connect(slot)
        self._releases.append(lambda: signal.disconnect(slot))

    def commands(self) -> list[Command]:
        """Commands that exist while the panel does; the window registers them and takes them out again."""
        return []

    def title_buttons(self) -> list[QWidget]:
        """Buttons for the dock's title bar."""
        return []

    def focus_first(self) -> None:
        """Take the focus: where typing makes sense first. Default: the first widget that takes it."""
        for child in self.findChildren(QWidget):
            if child.isVisibleTo(self) and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_record(self, record_id: str, span: tuple[int, int] | None = None) -> None:
        """Show one of the records that it handles; `span` is in code points of the record's text."""

    def has_pending(self) -> bool:
        """True while something typed here isn't stored yet; the window then calls `flush` before it closes."""
        return False

    async def flush(self) -> None:
        """Store what is typed, now."""

    def cover(self, *, covered: bool) -> None:
        """Put everything out of sight that only the game master may see, or bring it back."""
        if covered and self._covered is None:
            direct = Qt.FindChildOption.FindDirectChildrenOnly
            hidden = [w for w in self.findChildren(QWidget, options=direct) if not w.isHidden()]
            for widget in hidden:
                widget.hide()
            self._covered = (self._curtain(), hidden)
        elif not covered and self._covered is not None:
            curtain, hidden = self._covered
            self._covered = None
            if (column := self.layout()) is not None:
                column.removeWidget(curtain)
            curtain.hide()
            curtain.deleteLater()
            for widget in hidden:
                widget.show()

    @property
    def is_covered(self) -> bool:
        """Whether what is here is out of sight."""
        return self._covered is not None

    def _curtain(self) -> QWidget:
        from studio.ui.kit import EmptyState

        curtain = EmptyState("Only the game master sees what is here.", title=self.title, icon="eye-off", parent=self)
        if (column := self.layout()) is not None:
            column.addWidget(curtain)
        curtain.show()
        return curtain

    def release(self) -> None:
        """Let go of every subscription, stop every timer and every run of which only the last counts.

        The window calls it before it drops the panel. What was started by `ui_task` goes on: it may be about to store.
        """
        drop_latest(self)
        for timer in self.findChildren(QTimer):
            timer.stop()
        for let_go in self._releases:
            let_go()
        self._releases.clear()
