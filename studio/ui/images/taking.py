"""Images on their way in: from files that were dropped or chosen, or from the clipboard."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QImage

from studio.services.world import media
from studio.ui.carried import local_files
from studio.ui.images.decode import encode_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

FILTER = "Images (*.png *.jpg *.jpeg *.webp *.gif *.bmp)"
_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".svg", ".tif", ".tiff", ".heic", ".avif")
Offer = list[Path] | QImage
"""What was dropped or pasted: files, or a picture without a file."""


def offer_in(mime: QMimeData) -> Offer | None:
    """The images that a drop or the clipboard holds, or None. Reads no file; a name only says what is worth a look."""
    files = local_files(mime)
    if files:
        return files if all(file.suffix.lower() in _SUFFIXES for file in files) else None
    if not mime.hasImage() or mime.hasText():
        return None
    image = QImage(mime.imageData())
    return None if image.isNull() else image


class ImageDrop(QObject):
    """Makes a panel take images that are dropped on it; all other files stay the window's."""

    def __init__(self, panel: QWidget, take: Callable[[Offer], object]) -> None:
        super().__init__(panel)
        self._take = take
        panel.setAcceptDrops(True)
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and (offer := offer_in(event.mimeData())) is not None:
            event.acceptProposedAction()
            if not isinstance(event, QDragMoveEvent):
                self._take(offer)
            return True
        return super().eventFilter(watched, event)


async def read(offer: Offer) -> list[tuple[str, bytes]]:
    """(name, bytes) of what was offered, read or packed in a thread. Raises Invalid."""
    if isinstance(offer, QImage):
        return [("Pasted image", await asyncio.to_thread(encode_png, offer))]
    return [(file.stem, await asyncio.to_thread(media.read_file, file)) for file in offer]


def markdown_of(digest: str, caption: str) -> str:
    """The Markdown that shows an image."""
    return f"![{caption.replace('[', '(').replace(']', ')')}](media:{digest})"
