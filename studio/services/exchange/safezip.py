"""Opening zip files that strangers made: every name, size and offset is checked, sizes are counted."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Self

from studio.domain.errors import ImportRefused
from studio.services.exchange.reading import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_ARCHIVE = 2 * 1024**3
MAX_TOTAL = 4 * 1024**3
MAX_MEMBER = 1024**3
MAX_ENTRIES = 50_000
MAX_DIRECTORY = MAX_ENTRIES * 256
MAX_RATIO = 100
SMALL = 16 * 1024**2
"""Up to this size in all, no compression ratio is suspicious."""

_END = struct.Struct("<4s4H2LH")
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x1f\\:\u202a-\u202e\u2066-\u2069]")
_PIECE = 1 << 20


class SafeZip:
    """A zip whose directory passed every check. Members are read into memory, never extracted."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        _check_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ImportRefused(f"“{path.name}” isn't a whole zip file. Get it again and retry.") from error
        try:
            self._members = _checked(self._zip.infolist(), self.name)
        except ImportRefused:
            self._zip.close()
            raise
        self._left = MAX_TOTAL

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """The files in it, without folders."""
        return [name for name, info in self._members.items() if not info.is_dir()]

    def read(self, name: str, *, limit: int = MAX_MEMBER) -> bytes:
        """One file's bytes, at most `limit` of them."""
        return b"".join(self._pieces(name, limit))

    def _pieces(self, name: str, limit: int) -> Iterator[bytes]:
        info = self._members[name]
        read, allowed = 0, min(limit, self._left)
        try:
            with self._zip.open(info) as member:
                while piece := member.read(_PIECE):
                    read += len(piece)
                    if read > allowed or (read > SMALL and read > MAX_RATIO * max(1, info.compress_size)):
                        refuse(f"“{self.name}” unpacks to far more than it should (“{name}”). It wasn't imported.")
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise ImportRefused(f"“{name}” in “{self.name}” is damaged. Get the file again and retry.") from error
        self._left -= read


def _check_directory(path: Path) -> None:
    """Look at the end record before anything parses the directory: a directory can itself be a bomb."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - 65_557))
            tail = file.read()
    except OSError as error:
        raise ImportRefused(
            f"“{path.name}” can't be read. Check that it is a file and that you may open it."
        ) from error
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        refuse(f"“{path.name}” isn't a whole zip file. Get it again and retry.")
    _, _, _, _, entries, length, offset, _ = _END.unpack(tail[at : at + _END.size])
    if size > MAX_ARCHIVE or offset == 0xFFFFFFFF:
        refuse(f"“{path.name}” is too large to import (the limit is {MAX_ARCHIVE >> 30} GiB).")
    if entries > MAX_ENTRIES or length > MAX_DIRECTORY:
        refuse(f"“{path.name}” holds too many files to import (the limit is {MAX_ENTRIES:,}).")


def _checked(infos: list[zipfile.ZipInfo], archive: str) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > MAX_ENTRIES:
        refuse(f"“{archive}” holds too many files to import (the limit is {MAX_ENTRIES:,}).")
    members: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for info in infos:
        _check_member(info, archive)
        key = info.filename.casefold().rstrip("/")
        if key in folded:
            refuse(f"“{archive}” holds the name “{info.filename}” twice. It wasn't imported.")
        folded.add(key)
        members[info.filename] = info
    _check_sizes(infos, archive)
    return members


def _check_member(info: zipfile.ZipInfo, archive: str) -> None:
    name = info.filename
    parts = name.rstrip("/").split("/")
    bad = (
        not name or len(name) > 1000 or _UNSAFE.search(info.orig_filename) or name.startswith("/")
        or any(p in ("", ".", "..") or p.endswith((".", " ")) or _RESERVED.match(p) for p in parts)
    )  # fmt: skip
    if bad:
        refuse(f"“{archive}” holds a file with an unsafe name. It wasn't imported.")
    if (info.external_attr >> 16) & 0o170000 == 0o120000:
        refuse(f"“{archive}” holds a link instead of a file. It wasn't imported.")
    if info.flag_bits & 0x1:
        refuse(f"“{archive}” is encrypted. Unpack it with its password first.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        refuse(f"“{archive}” is packed in a way that isn't read here. Make a plain zip of it.")


def _check_sizes(infos: list[zipfile.ZipInfo], archive: str) -> None:
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            refuse(f"“{archive}” holds files that overlap. It wasn't imported.")
        end = info.header_offset + 30 + len(info.orig_filename.encode(errors="replace")) + info.compress_size
    total, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if total > MAX_TOTAL or (total > SMALL and total > MAX_RATIO * max(1, packed)):
        refuse(f"“{archive}” unpacks to far more than it should. It wasn't imported.")
