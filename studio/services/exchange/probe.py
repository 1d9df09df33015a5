"""A file, folder or zip that somebody wants to import, looked at with care: never read twice or beyond the limits."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from studio.domain.errors import ImportRefused
from studio.services.exchange.reading import MAX_JSON, clean, decode, parse_json, read_bytes, refuse
from studio.services.exchange.safezip import MAX_ENTRIES, MAX_MEMBER, MAX_TOTAL, SafeZip

if TYPE_CHECKING:
    from types import TracebackType

HEAD = 4096
MAX_DEPTH = 32
JSON_STARTS = (b"{", b"[")
OTHER_TEXTS = frozenset({".jsonl", ".db", ".md", ".markdown", ".txt", ".csv", ".map", ".yaml", ".yml", ".prompt"})
"""Endings of texts that may begin like JSON and aren't."""


class Files(Protocol):
    """The files of a folder or a zip, by their paths in it with `/` between the parts."""

    def names(self) -> list[str]:
        """Every file's path, without folders."""
        ...

    def read(self, name: str, *, limit: int = MAX_MEMBER) -> bytes:
        """One file's bytes; more than `limit` of them is refused."""
        ...


class Folder:
    """A folder on disk. Links are not followed: nothing outside of it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names: list[str] = []
        self._left = MAX_TOTAL
        for place, folders, files in os.walk(path, followlinks=False):
            folders[:] = sorted(f for f in folders if not Path(place, f).is_symlink())
            inner = Path(place).relative_to(path)
            if len(inner.parts) > MAX_DEPTH:
                refuse(f"“{path.name}” is nested too deeply to be read.")
            plain = (f for f in sorted(files) if not Path(place, f).is_symlink())
            self._names += [(inner / name).as_posix() for name in plain]
            if len(self._names) > MAX_ENTRIES:
                refuse(f"“{path.name}” holds too many files to import (the limit is {MAX_ENTRIES:,}).")

    def names(self) -> list[str]:
        """Every file's path."""
        return list(self._names)

    def read(self, name: str, *, limit: int = MAX_MEMBER) -> bytes:
        """One file's bytes."""
        data = read_bytes(self._path / name, limit=min(limit, self._left))
        self._left -= len(data)
        return data


class Probe:
    """What is to be imported. Formats ask it what they need; what one has read is there for the next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.stem = path.stem
        self.suffix = path.suffix.lower()
        self.is_folder = path.is_dir()
        self._zip: SafeZip | None = None

    def __enter__(self) -> Probe:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._zip is not None:
            self._zip.__exit__(kind, error, at)

    @cached_property
    def head(self) -> bytes:
        """The first bytes of a file; none of a folder."""
        if self.is_folder:
            return b""
        try:
            with self.path.open("rb") as file:
                return file.read(HEAD)
        except FileNotFoundError as error:
            raise ImportRefused(f"There is no file “{self.path}”. Check the name.", code="missing") from error
        except OSError as error:
            raise ImportRefused(f"“{self.name}” can't be read. Check that you may open it.") from error

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip, by its first bytes."""
        return self.head.startswith(b"PK\x03\x04") or self.head.startswith(b"PK\x05\x06")

    @property
    def is_json(self) -> bool:
        """Whether it may be JSON: by its ending, or by how it begins."""
        if self.suffix in OTHER_TEXTS:
            return False
        return self.suffix == ".json" or self.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in JSON_STARTS

    @cached_property
    def files(self) -> Files | None:
        """The files in a folder or zip, or None."""
        if self.is_folder:
            return Folder(self.path)
        if self.is_zip:
            self._zip = SafeZip(self.path)
            return self._zip
        return None

    @cached_property
    def names(self) -> frozenset[str]:
        """The paths in a folder or zip."""
        return frozenset(self.files.names()) if self.files is not None else frozenset()

    @cached_property
    def json(self) -> Any:
        """What a JSON file holds; None of anything else."""
        return parse_json(self.bytes, self.name) if not self.is_zip and not self.is_folder and self.is_json else None

    @cached_property
    def bytes(self) -> bytes:
        """The whole file."""
        return read_bytes(self.path, limit=MAX_JSON)

    def find(self, last: str) -> list[str]:
        """The paths whose last part is this, the shallowest first."""
        found = [name for name in self.names if name.rpartition("/")[2].casefold() == last.casefold()]
        return sorted(found, key=lambda name: (name.count("/"), name))

    def read_json(self, name: str) -> Any:
        """The JSON of one file in a folder or zip."""
        assert self.files is not None
        return parse_json(self.files.read(name, limit=MAX_JSON), name)

    @property
    def jsons(self) -> list[str]:
        """The paths of JSON files in a folder or zip, in order."""
        return [name for name in sorted(self.names) if name.casefold().endswith(".json")]

    def try_json(self, name: str) -> Any:
        """The JSON of one file in a folder or zip; None where it is broken, for whoever only wants to know its kind."""
        try:
            return self.read_json(name)
        except ImportRefused:
            return None

    def read_text(self, name: str, *, limit: int = 16 << 20) -> str:
        """The text of one file in a folder or zip, cleaned, with plain line ends."""
        assert self.files is not None
        return clean(decode(self.files.read(name, limit=limit), name)).replace("\r\n", "\n").replace("\r", "\n")
