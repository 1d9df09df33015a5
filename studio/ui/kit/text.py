"""Text that grows with what is in it."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from studio.ui.carried import local_files
from studio.ui.kit.base import leave_undo_to_window, named, style

_CHROME = 16
"""Border and padding above and below the text, from the style sheet, and a pixel to spare."""


class TextEdit(QPlainTextEdit):
    """Several lines of plain text, as high as its text between `min_lines` and `max_lines` (0: fills its place).

    `committed` fires when the field is left with a changed text. Tab moves on, as in every field.
    """

    committed = Signal(str)

    def __init__(
        self,
        name: str,
        text: str = "",
        *,
        placeholder: str = "",
        min_lines: int = 2,
        max_lines: int = 12,
        mono: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, name)
        if mono:
            style(self, mono=True)
        self._lines = (min_lines, max_lines)
        self._before = text
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setPlainText(text)
        if max_lines:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; a file that is dropped on a text goes on to the window, which imports it."""
        return not local_files(source) and super().canInsertFromMimeData(source)

    def text(self) -> str:
        """The plain text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a value without firing `committed`; does nothing if it is shown already."""
        self._before = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def set_state(self, state: str) -> None:
        """`""`, `low` (please check) or `error`."""
        style(self, state=state)

    def sizeHint(self) -> QSize:
        least, most = self._lines
        if not most:
            return super().sizeHint()
        rows = max(least, min(most, int(self.document().size().height() + 0.5)))
        text = rows * ceil(QFontMetricsF(self.font()).lineSpacing()) + round(2 * self.document().documentMargin())
        return QSize(super().sizeHint().width(), text + _CHROME)

    def minimumSizeHint(self) -> QSize:
        least, most = self._lines
        rows = least if most else 3
        return QSize(80, rows * self.fontMetrics().lineSpacing() + 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the text anew, which the document doesn't tell; ask for height once that is done."""
        super().resizeEvent(event)
        if self._lines[1] and event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self.updateGeometry)

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if leave_undo_to_window(self, event, can_undo=document.isUndoAvailable(), can_redo=document.isRedoAvailable()):
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def commit(self) -> None:
        """Fire `committed` if the text changed since it was set."""
        if (now := self.toPlainText()) != self._before:
            self._before = now
            self.committed.emit(now)
