"""Entries in flight: links and our own JSON at once, their files only where somebody takes them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMetaType

URLS = "text/uri-list"


class Flight(QMimeData):
    """What a drag carries. `files` are (name, text); they are written when a target asks for them, once.

    The folder goes with the project's panel, or with the application: a target may read it long after the drop.
    """

    def __init__(self, files: Sequence[tuple[str, str]], folder: DropFolder) -> None:
        super().__init__()
        self._files, self._folder = files, folder
        self._written: list[Path] | None = None

    def formats(self) -> list[str]:
        return [*([URLS] if self._files else []), *super().formats()]

    def hasFormat(self, mime_type: str) -> bool:
        return mime_type == URLS if mime_type == URLS and self._files else super().hasFormat(mime_type)

    def retrieveData(self, mime_type: str, preferred: QMetaType | QMetaType.Type) -> object:
        if mime_type != URLS or not self._files:
            return super().retrieveData(mime_type, preferred)
        if self._written is None:
            self._written = self._folder.write(self._files)
        return [QUrl.fromLocalFile(str(path)) for path in self._written]


class DropFolder:
    """Where dropped files lie until the project is closed: a folder for each drop, all gone with the last of them."""

    def __init__(self) -> None:
        self._whole: tempfile.TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path | None:
        """The folder, once something was dropped."""
        return Path(self._whole.name) if self._whole is not None else None

    def write(self, files: Sequence[tuple[str, str]]) -> list[Path]:
        """Write files into a new folder in it."""
        if self._whole is None:
            self._whole = tempfile.TemporaryDirectory(prefix="ttrpg-drag-", ignore_cleanup_errors=True)
        folder = Path(tempfile.mkdtemp(dir=self._whole.name))
        for name, text in files:
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        return [folder / name for name, _ in files]

    def empty(self) -> None:
        """Take all of it away."""
        whole, self._whole = self._whole, None
        if whole is not None:
            whole.cleanup()
