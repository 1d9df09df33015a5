"""The start page: the sample campaign, a new project, an old one; and a way out of every error in opening one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from studio.ui.kit.base import clear, hbox, label, style, vbox
from studio.ui.kit.buttons import Button, IconButton
from studio.ui.kit.scroll import ScrollArea
from studio.ui.kit.surfaces import Banner
from studio.ui.theme import look
from studio.ui.theme.icons import app_icon

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QVBoxLayout

SHOWN = 6


class StartPage(ScrollArea):
    """Shown while no project is open. Signals ask; the session answers."""

    sample = Signal()
    new = Signal()
    open = Signal()
    open_path = Signal(object)
    forget = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Start")
        host = style(QWidget(), clear=True)
        row = hbox(host, margins=(24, 24, 24, 24))
        row.addStretch(1)
        column = vbox(gap=8)
        row.addLayout(column, 4)
        row.addStretch(1)
        column.addStretch(2)
        self._head(column)
        self.banner = Banner()
        column.addWidget(self.banner)
        column.addSpacing(8)
        self._choices(column)
        column.addSpacing(16)
        self._recent_title = label("Recent projects", "overline")
        column.addWidget(self._recent_title)
        self._recent = vbox(gap=2)
        column.addLayout(self._recent)
        column.addSpacing(8)
        column.addWidget(
            label("Or drop a project, an export or a text file anywhere in this window.", "muted", wrap=True)
        )
        column.addStretch(3)
        self.setWidget(host)
        self.set_recent([])

    def set_recent(self, paths: list[Path]) -> None:
        """Show the recent projects, newest first."""
        clear(self._recent)
        self._recent_title.setVisible(bool(paths))
        for path in paths[:SHOWN]:
            self._recent.addLayout(self._recent_row(path))

    def say(
        self, sentence: str, *, tone: str = "danger", action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show what went wrong, with the focus on the way out if there is one; an empty sentence clears it."""
        self.banner.say(sentence, tone, action=action, on_action=on_action)
        self.banner.focus_action()

    def focus_first(self) -> None:
        """The sample is the first thing that Enter opens."""
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self, column: QVBoxLayout) -> None:
        row = hbox(gap=16)
        logo = label()
        logo.setPixmap(app_icon().pixmap(QSize(look.px(56), look.px(56)), self.devicePixelRatioF()))
        row.addWidget(logo)
        words = vbox(gap=2)
        words.addWidget(label("TTRPG Studio", "h1"))
        words.addWidget(label("One conversation becomes a blueprint, a world bible and prompts.", "muted", wrap=True))
        row.addLayout(words, 1)
        column.addLayout(row)
        column.addSpacing(12)

    def _choices(self, column: QVBoxLayout) -> None:
        self._first = Button("Open the sample campaign", self.sample.emit, variant="primary", icon="sparkles")
        new = Button("New project", self.new.emit, icon="plus", key="Ctrl+Shift+P")
        old = Button("Open…", self.open.emit, icon="folder-open", key="Ctrl+O")
        row = hbox(gap=8)
        for button in (self._first, new, old):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        hint = "The sample needs no model and no key: its answers are recorded, so you can try the whole way at once."
        column.addWidget(label(hint, "caption", wrap=True))

    def _recent_row(self, path: Path) -> QVBoxLayout:
        row = hbox(gap=4)
        button = Button(path.stem, lambda: self.open_path.emit(path), variant="row", icon="file-text")
        button.setToolTip(str(path))
        button.setAccessibleDescription(str(path.parent))
        where = label(_short(path.parent), "caption")
        where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(button, 2)
        row.addWidget(where, 3)
        row.addWidget(IconButton("x", f"Remove {path.stem} from this list", lambda: self.forget.emit(path)))
        outer = vbox(gap=0)
        outer.addLayout(row)
        return outer


def _short(folder: Path) -> str:
    """A folder with the home folder as `~`."""
    home = folder.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
