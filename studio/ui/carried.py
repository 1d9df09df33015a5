"""What a drag or the clipboard carries: files from outside, or entries of ours on their way out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

ENTITY_MIME = "application/x-ttrpgstudio-entity+json"
"""What dragged entries carry beside their files: `[{"id", "name", "kind"}, …]`."""


def local_files(mime: QMimeData) -> list[Path]:
    """Files of this machine; none where entries of ours are dragged, whose files aren't written before they land."""
    if mime.hasFormat(ENTITY_MIME) or not mime.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
