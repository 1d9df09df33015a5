"""Files that are dropped where nothing wants them are imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from studio.ui.carried import local_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


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
