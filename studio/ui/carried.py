"""What a drag or the clipboard carries: files from outside, or entries of ours on their way out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

ENTITY_MIME = "application/x-ttrpgstudio-entity+json"
"""What dragged entries carry beside their files: `[{"id", "name", "kind"}, …]`."""


def local_files(mime: QMimeData) -> list[Path]:
    """Files of this machine; none where entries of ours are dragged, whose files aren't written before they land."""
    if mime.hasFormat(ENTITY_MIME) or not mime.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class FileDrop(QObject):
    """Makes a widget take files that nothing in it wants, for import: a dock, also where it floats by itself."""

    def __init__(self, widget: QWidget, take: Callable[[list[Path]], object]) -> None:
        super().__init__(widget)
        self._take = take
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        entering = event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove)
        if isinstance(event, QDropEvent) and (files := local_files(event.mimeData())):
            event.acceptProposedAction()
            if not entering:
                self._take(files)
            return True
        return super().eventFilter(watched, event)
