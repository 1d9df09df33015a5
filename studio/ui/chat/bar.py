"""The line over the conversation, and the banner that says once that no model is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from studio.ui.kit import Button, FlowLayout, IconButton, IconMenuButton, hbox, label, named, style
from studio.ui.theme import look
from studio.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QMenu


class ChatBar(QFrame):
    """The title of the conversation, and the way back to the list of all."""

    show_list = Signal()
    new = Signal()
    rename = Signal()

    def __init__(self, fill_menu: Callable[[QMenu], object]) -> None:
        super().__init__()
        style(self, chatBar=True)
        row = hbox(self, margins=(8, 4, 8, 4), gap=4)
        self.list_button = IconButton("panel-left", "Show the chat list", self.show_list.emit, key="Ctrl+B")
        self.new_button = IconButton("message-square-plus", "New chat", self.new.emit, key="Ctrl+N")
        row.addWidget(self.list_button)
        row.addWidget(self.new_button)
        self.title = Button("New chat", self.rename.emit, variant="row", tip="Rename this chat", compact=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        style(self.title, chatTitle=True)
        row.addWidget(self.title, 1)
        self.place = label("", "caption")
        row.addWidget(self.place)
        self.more = IconMenuButton(fill=fill_menu, name="Chat actions")
        row.addWidget(self.more)

    def set_title(self, title: str, place: str) -> None:
        """The thread's name, and its folder."""
        self.title.setText(title)
        self.title.setAccessibleName(f"Rename chat: {title}")
        self.place.setText(place)


class NoModelBar(QFrame):
    """Said once: there is no model, and what works without one."""

    connect_model = Signal()
    paste = Signal()
    recorded = Signal()

    def __init__(self) -> None:
        super().__init__()
        style(named(self, "No model"), banner="info")
        row = hbox(self, margins=(16, 5, 8, 5), gap=8)
        mark = label()
        mark.setPixmap(pixmap("info", "accent", size=look.px(16), ratio=2))
        row.addWidget(mark)
        self._line = hbox(gap=6)
        self.text = label("", wrap=True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._line.addWidget(self.text, 1)
        flow = FlowLayout(gap=6)
        self.connect_button = Button("Connect a model…", self.connect_model.emit, compact=True)
        flow.addWidget(self.connect_button)
        flow.addWidget(Button("Paste an answer", self.paste.emit, compact=True))
        self.recorded_button = Button("Try recorded answers", self.recorded.emit, compact=True)
        flow.addWidget(self.recorded_button)
        self._buttons = QWidget()
        self._buttons.setLayout(flow)
        self._line.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._line, 1)
        row.addWidget(IconButton("x", "Dismiss", self.dismiss))
        self._dismissed = False
        self._low = False
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the sentence where there is room, else under it."""
        super().resizeEvent(event)
        need = sum(b.sizeHint().width() + 6 for b in self._buttons.findChildren(Button) if not b.isHidden())
        beside = self.width() > need + look.px(360)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._buttons.setMinimumWidth(need if beside else 0)
        if self._line.direction() != way:
            self._line.setDirection(way)

    def say(self, words: str, *, offer_recorded: bool = True) -> None:
        """Show it, unless it was put away."""
        self.recorded_button.setVisible(offer_recorded)
        self.text.setText(words)
        self._settle()

    def set_low(self, low: bool) -> None:
        """Stand back while there is little height: the field to write in needs it more."""
        if low != self._low:
            self._low = low
            self._settle()

    def _settle(self) -> None:
        self.setVisible(bool(self.text.text()) and not self._dismissed and not self._low)

    def insist(self) -> None:
        """Show it again, because something was tried that needs a model."""
        self._dismissed = False
        self.show()
        self.connect_button.setFocus()

    def dismiss(self) -> None:
        """Put it away for this session."""
        self._dismissed = True
        self.hide()
