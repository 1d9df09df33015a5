"""What the window remembers by itself: size, layout, recent files. Not settings: nobody chose them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from studio.files import read_object, write_object

FILE = "window.json"
RECENT = 12


class WindowState:
    """A small JSON file of keys and values; a damaged one counts as empty."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder is not None else None
        self._values = read_object(self._path)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key."""
        return self._values.get(key, default)

    def set(self, **values: Any) -> None:
        """Remember values and write them."""
        if any(self._values.get(key) != value for key, value in values.items()):
            self._values |= values
            self._write()

    def recent(self) -> list[Path]:
        """Projects that were opened, newest first."""
        return [Path(path) for path in self._values.get("recent", []) if isinstance(path, str)]

    def opened(self, path: Path) -> None:
        """Put a project on top of the recent ones."""
        rest = [str(other) for other in self.recent() if other != path]
        self.set(recent=[str(path), *rest][:RECENT], last=str(path))

    def forget(self, path: Path) -> None:
        """Take a project off the recent ones."""
        self.set(recent=[str(other) for other in self.recent() if other != path])
        if self.get("last") == str(path):
            self.set(last="")

    def _write(self) -> None:
        if self._path is not None:
            write_object(self._path, self._values)
