"""Surfaces that group things: card, collapsible section, banner, empty state, badge, scroll column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QSizePolicy, QWidget

from studio.ui.kit.base import hbox, label, named, style, vbox
from studio.ui.kit.buttons import Button, IconButton
from studio.ui.kit.scroll import ScrollArea
from studio.ui.theme import look
from studio.ui.theme.icons import icon, pixmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent


class Card(QFrame):
    """A raised surface with a border. Add to `.body`."""

    def __init__(
        self,
        *,
        sunken: bool = False,
        margins: tuple[int, int, int, int] = (16, 12, 16, 12),
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        style(self, card="sunken" if sunken else "true")
        self.body = vbox(self, margins=margins, gap=gap)


class Badge(QLabel):
    """A word on a tinted ground. Tones: plain accent ok warn danger."""

    def __init__(self, text: str = "", tone: str = "plain", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        style(self, badge=tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set(self, text: str, tone: str = "plain") -> None:
        """Change the word and its tone."""
        self.setText(text)
        style(self, badge=tone)


class Section(QWidget):
    """A heading that folds what is under it. Add to `.body`; `.head` takes buttons at the heading's end."""

    toggled = Signal(bool)

    def __init__(
        self, title: str, *, open: bool = True, count: int | None = None, gap: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._outer = outer = vbox(self, gap=4)
        row = hbox(gap=4)
        self._title = title
        self._button = Button(title, self._flip, variant="row", compact=True)
        self._button.setIconSize(QSize(look.px(14), look.px(14)))
        style(self._button, section=True)
        row.addWidget(self._button, 1)
        self.head: QBoxLayout = hbox(gap=4)
        row.addLayout(self.head)
        outer.addLayout(row)
        self._content = QWidget()
        self.body = vbox(self._content, margins=(8, 0, 0, 8), gap=gap)
        outer.addWidget(self._content)
        self.set_count(count)
        self._open = not open
        self.set_open(open)

    @property
    def is_open(self) -> bool:
        """Whether the content shows."""
        return self._open

    def set_open(self, wanted: bool) -> None:
        """Fold or unfold."""
        if wanted == self._open:
            return
        self._open = wanted
        self._content.setVisible(wanted)
        self._button.setIcon(icon("chevron-down" if wanted else "chevron-right", "muted"))
        self._button.setAccessibleDescription("expanded" if wanted else "collapsed")
        self.toggled.emit(wanted)

    def set_note(self, words: str) -> None:
        """Say something under the heading, folded or not."""
        note = QWidget()
        vbox(note, margins=(24, 0, 0, 2)).addWidget(label(words, "caption", wrap=True))
        self._outer.insertWidget(1, note)

    def set_count(self, count: int | None) -> None:
        """Show how many there are, behind the title."""
        self._button.setText(self._title if count is None else f"{self._title}  {count}")

    def _flip(self) -> None:
        self.set_open(not self._open)


class EmptyState(ScrollArea):
    """What an empty place says: one sentence, one action, one key. Scrolls where the place is too small for it."""

    def __init__(
        self,
        sentence: str,
        *,
        title: str = "",
        icon: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        host = style(QWidget(), clear=True)
        self.viewport().setAutoFillBackground(False)
        column = vbox(host, margins=(24, 24, 24, 24), gap=8)
        self.setWidget(host)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        if icon:
            mark = label()
            mark.setPixmap(pixmap(icon, "muted", size=look.px(28), ratio=self.devicePixelRatioF()))
            column.addWidget(mark, 0, centre)
        if title:
            head = label(title, "h3", wrap=True)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(head)
        self.sentence = label(sentence, "muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.sentence)
        self.button: Button | None = None
        if action and on_action is not None:
            self.button = Button(action, on_action, key=key)
            column.addSpacing(4)
            column.addWidget(self.button, 0, centre)
            if key:
                column.addWidget(label(key, "keycap"), 0, centre)
        column.addStretch(3)


class Banner(QFrame):
    """One line across the top of a place: `info`, `warn` or `danger`, an action and a way to put it away."""

    ROOM = 260
    """So wide at 100 % has to be what is left for the sentence beside an action."""

    def __init__(
        self,
        sentence: str = "",
        tone: str = "info",
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        dismissible: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = hbox(self, margins=(16, 6, 8, 6), gap=8)
        self._mark = label()
        self._text = label("", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._words = hbox(gap=8)
        self._words.addWidget(self._text, 1)
        row.addWidget(self._mark)
        row.addLayout(self._words, 1)
        self._action: Button | None = None
        if dismissible:
            row.addWidget(IconButton("x", "Dismiss", self.hide))
        self.say(sentence, tone, action=action, on_action=on_action)
        self.setVisible(bool(sentence))

    def say(
        self, sentence: str, tone: str = "info", *, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence, with an action if there is one."""
        style(self, banner=tone)
        mark = {"info": "info", "warn": "triangle-alert", "danger": "circle-alert"}[tone]
        token = {"info": "accent", "warn": "warn", "danger": "danger"}[tone]
        self._mark.setPixmap(pixmap(mark, token, size=look.px(16), ratio=self.devicePixelRatioF()))
        self._text.setText(sentence)
        if self._action is not None:
            self._action.deleteLater()
            self._action = None
        if action and on_action is not None:
            self._action = Button(action, on_action, compact=True)
            self._words.addWidget(self._action)
            self._turn(self.width())
        self.setVisible(bool(sentence))

    def _turn(self, width: int) -> None:
        """The action beside the sentence; under it where the sentence would have too little room."""
        action = 0 if self._action is None else self._action.sizeHint().width()
        beside = width - action >= look.px(self.ROOM)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._words.direction() != way:
            self._words.setDirection(way)
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn(event.size().width())
        super().resizeEvent(event)

    def focus_action(self) -> None:
        """Put the focus on the action, if there is one; a reader says the sentence with it."""
        if self._action is not None:
            self._action.setAccessibleDescription(self._text.text())
            self._action.setFocus(Qt.FocusReason.OtherFocusReason)

    def text(self) -> str:
        """The sentence that shows."""
        return self._text.text()


class ScrollColumn(ScrollArea):
    """A column that scrolls. Add to `.body`."""

    def __init__(
        self,
        name: str,
        *,
        margins: tuple[int, int, int, int] = (12, 12, 12, 12),
        gap: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        host = QWidget()
        style(host, clear=True)
        self.viewport().setAutoFillBackground(False)
        self.body = vbox(host, margins=margins, gap=gap)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        host.setMinimumWidth(1)  # never wider than what shows: one long line must not push all others out of sight
        self.setWidget(host)
