"""What comes back to the user: toasts with Undo, and rows of progress that can be cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from studio.ui.kit.base import hbox, label, named, style, vbox
from studio.ui.kit.buttons import Button, IconButton

if TYPE_CHECKING:
    from collections.abc import Callable

TOAST_MS = 8000


class Toast(QFrame):
    """A sentence over the window, with Undo where there is something to undo. Stays while pointed at.

    `free` gives the place that it may lie over: what is below and beside stays in sight.
    """

    def __init__(self, parent: QWidget, *, free: Callable[[], QRect] | None = None) -> None:
        super().__init__(parent)
        self._free = free or parent.rect
        style(self, toast=True)
        row = hbox(self, margins=(16, 8, 8, 8), gap=12)
        self._text = label("", wrap=False)
        row.addWidget(self._text, 1)
        self._undo = Button("Undo", self._run_undo, compact=True)
        row.addWidget(self._undo)
        row.addWidget(IconButton("x", "Dismiss message", self.hide, token="on_tip"))
        self._call: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._expire)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self, sentence: str, *, undo: Callable[[], object] | None = None, action: str = "Undo", ms: int = TOAST_MS
    ) -> None:
        """Show a sentence; `undo` (or any `action`) gets a button."""
        self._text.setText(sentence)
        self._call = undo
        self._undo.setVisible(undo is not None)
        self._undo.setText(action)
        named(self._undo, f"{action}: {sentence}" if undo else action)
        self.show()
        self.raise_()
        self.place()
        self._timer.start(ms)

    def text(self) -> str:
        """The sentence that shows last."""
        return self._text.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _run_undo(self) -> None:
        self.hide()
        if self._call is not None:
            self._call()

    def _expire(self) -> None:
        if self.underMouse() or self.isAncestorOf(self.focusWidget() or self.window()):
            self._timer.start(2000)
        else:
            self.hide()

    def place(self) -> None:
        """Lie at the lower edge of what is free."""
        free = self._free()
        most = max(240, free.width() - 48)
        self._text.setWordWrap(self.sizeHint().width() > most)
        self.setFixedWidth(min(most, max(self.sizeHint().width(), 280)))
        self.adjustSize()
        self.move(free.center().x() - self.width() // 2, max(0, free.bottom() - self.height() - 12))


class ProgressRow(QWidget):
    """A long action: what it does, how far it is (None: not known), and a button that stops it."""

    def __init__(
        self, title: str, *, on_cancel: Callable[[], object] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = vbox(self, margins=(0, 4, 0, 4), gap=4)
        row = hbox(gap=8)
        self._title = label(title, "strong")
        self._sentence = label("", "caption")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._title)
        row.addWidget(self._sentence, 1)
        self._cancel = IconButton("x", f"Cancel: {title}", on_cancel)
        self._cancel.setVisible(on_cancel is not None)
        row.addWidget(self._cancel)
        column.addLayout(row)
        self._bar = named(QProgressBar(), title)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.setTextVisible(False)
        column.addWidget(self._bar)
        self.set(None)

    def set(self, fraction: float | None, sentence: str = "") -> None:
        """Move on; `fraction` is 0–1."""
        self._bar.setRange(0, 0 if fraction is None else 1000)
        if fraction is not None:
            self._bar.setValue(round(fraction * 1000))
        self._sentence.setText(sentence)

    def finish(self, sentence: str) -> None:
        """Show the end: what was done or kept."""
        self.set(1.0, sentence)
        self._cancel.hide()
