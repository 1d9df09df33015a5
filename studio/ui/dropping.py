"""Dropping an answer, or words selected in one, onto a dock: they are reviewed for what that dock keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from studio.ui.carried import ENTITY_MIME
from studio.ui.markdown.view import QUOTE_MIME

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from studio.ui.context import Hub


def takes(mime: QMimeData) -> bool:
    """Whether this is text that can be reviewed; files are the window's."""
    return (mime.hasFormat(QUOTE_MIME) or mime.hasText()) and not mime.hasUrls() and not mime.hasFormat(ENTITY_MIME)


def dropped(mime: QMimeData) -> tuple[str, str]:
    """(message id, text): the id of a whole answer, or the selected words and no id."""
    if not mime.hasFormat(QUOTE_MIME):
        return "", mime.text()
    quote = json.loads(bytes(mime.data(QUOTE_MIME).data()).decode())
    message = "" if quote.get("span") else str(quote.get("message", ""))
    return message, str(quote.get("text", mime.text()))


class AnswerDrop(QObject):
    """Makes a panel take dropped answers for the review of this `part`; fields in it still take text themselves."""

    def __init__(self, panel: QWidget, hub: Hub, part: str) -> None:
        super().__init__(panel)
        self._hub = hub
        self._part = part
        panel.setAcceptDrops(True)
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and not isinstance(event, QDragEnterEvent | QDragMoveEvent):
            return self._drop(event)
        if isinstance(event, QDragEnterEvent | QDragMoveEvent) and takes(event.mimeData()):
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    def _drop(self, event: QDropEvent) -> bool:
        if not takes(event.mimeData()):
            return False
        message, text = dropped(event.mimeData())
        if message:
            self._hub.review.emit(message, self._part)
        elif text.strip():
            self._hub.review_text.emit(text, self._part)
        event.acceptProposedAction()
        return True
