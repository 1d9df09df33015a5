"""The field in which a message is typed: keys, completion triggers, paste and drop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QTextCursor

from studio.ui.carried import local_files
from studio.ui.chat.popup import Offer, OfferPopup
from studio.ui.kit import TextEdit, style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

_TRIGGER = re.compile(r"\[\[([^\]\[|\n]{0,60})$|(?<![\w@])@([\w'’\-][\w'’\- ]{0,40}|)$|^/(\w*)$")
LONG_PASTE = 3000
"""A pasted text longer than this is offered as an attachment."""


class ComposerEdit(TextEdit):
    """Plain text that grows. Enter sends (or Shift+Enter, by choice); Esc stops or cancels."""

    submit = Signal()
    escape = Signal()
    up_when_empty = Signal()
    files = Signal(list)
    long_pasted = Signal(str)
    entity_taken = Signal(str)
    command_taken = Signal(str)

    def __init__(
        self,
        window: QWidget,
        *,
        entities: Callable[[str], Sequence[Offer]],
        slash: Callable[[str], Sequence[Offer]],
        enter_sends: Callable[[], bool],
    ) -> None:
        super().__init__("Message", placeholder="", min_lines=1, max_lines=12)
        style(self, plain=True, composer=True)
        self._entities = entities
        self._slash = slash
        self._enter_sends = enter_sends
        self.popup = OfferPopup(window)
        self.popup.chosen.connect(self._taken)
        self.setAcceptDrops(True)
        self.textChanged.connect(self._look_up)
        self.cursorPositionChanged.connect(self._look_up)

    # ---- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offers first, then sending and the rest."""
        if self.popup.isVisible() and self._popup_key(event):
            return
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier and shift != self._enter_sends():
                self.submit.emit()
            else:
                self.insertPlainText("\n")
        elif key == Qt.Key.Key_Escape:
            self.escape.emit()
        elif key == Qt.Key.Key_Up and not self.toPlainText():
            self.up_when_empty.emit()
        else:
            super().keyPressEvent(event)

    def _popup_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.popup.accept()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.popup.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.popup.hide()
        else:
            return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes an offer while offers show."""
        return False if self.popup.isVisible() else super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No offers without the focus."""
        super().focusOutEvent(event)
        self.popup.hide()

    # ---- completion ----------------------------------------------------------------------------------------------

    def _before_cursor(self) -> str:
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def ask_again(self) -> None:
        """More is known by now about what is being typed."""
        if self.hasFocus():
            self._look_up()

    def _look_up(self) -> None:
        match = _TRIGGER.search(self._before_cursor()) if self.hasFocus() else None
        if match is None:
            self.popup.hide()
            return
        if match[3] is not None:
            offers = self._slash(match[3]) if self.textCursor().blockNumber() == 0 else ()
        else:
            offers = self._entities(match[1] if match[1] is not None else match[2])
        self.popup.offer(offers, self, self.cursorRect().topLeft())

    def _taken(self, key: str) -> None:
        match = _TRIGGER.search(self._before_cursor())
        if match is None:
            return
        cursor = self.textCursor()
        here = cursor.position()
        rest = cursor.block().text()[cursor.positionInBlock() :]
        closed = match[1] is not None and rest.startswith("]]")
        cursor.setPosition(here - len(match[0]))
        cursor.setPosition(here + (2 if closed else 0), QTextCursor.MoveMode.KeepAnchor)
        if match[3] is not None:
            cursor.removeSelectedText()
            self.command_taken.emit(key)
            return
        record_id, _, name = key.partition(" ")
        cursor.insertText(f"[[{name}]]" if match[1] is not None else f"@{name} ")
        self.entity_taken.emit(record_id)

    # ---- paste and drop ------------------------------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files and text."""
        return bool(_paths(source)) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Files become context; a long text is put in and offered as an attachment."""
        if paths := _paths(source):
            self.files.emit(paths)
            return
        text = source.text()
        self.insertPlainText(text)
        if len(text) > LONG_PASTE:
            self.long_pasted.emit(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _paths(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take files anywhere in the field."""
        if _paths(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Files become context."""
        if paths := _paths(event.mimeData()):
            self.files.emit(paths)
            event.acceptProposedAction()
        else:
            super().dropEvent(event)


def _paths(data: QMimeData) -> list[Path]:
    """The local files that a clipboard or a drag carries."""
    return local_files(data)
