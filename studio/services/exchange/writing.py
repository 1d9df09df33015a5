"""Writing export files: whole or not at all, under names that every system accepts."""

from __future__ import annotations

import re
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studio.domain.errors import Invalid, ProjectFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LARGE, _RATIO = 1 << 20, 80
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


@contextmanager
def whole_file(dest: Path) -> Iterator[Path]:
    """A temporary file beside the destination that takes its place when all went well."""
    if dest.is_dir():
        raise Invalid(f"“{dest}” is a folder. Give the name of a file to write.")
    partial = dest.with_name(f".{dest.name}.part")
    try:
        dest.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        partial.replace(dest)
    except OSError as error:
        raise cannot_write(dest, error) from error
    finally:
        partial.unlink(missing_ok=True)


def cannot_write(dest: Path, error: OSError) -> ProjectFileError:
    """The sentence for a place that can't be written to."""
    full = error.errno == 28
    why = "the disk is full" if full else "it can't be written to"
    return ProjectFileError(
        f"“{dest}” wasn't written: {why}. Choose another place and try again.",
        code="disk_full" if full else "read_only",
    )


def add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """A member without a time of its own, so that equal content gives equal bytes.

    What would pack so well that a reader must take it for a bomb is stored as it is.
    """
    info = zipfile.ZipInfo(name, _EPOCH)
    suspicious = len(data) > _LARGE and len(data) > _RATIO * len(zlib.compress(data, 6))
    info.compress_type = zipfile.ZIP_STORED if suspicious else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data, compresslevel=6)


def is_reserved(name: str) -> bool:
    """Whether some system keeps this name for itself."""
    return bool(_RESERVED.match(name))


def safe_stem(title: str) -> str:
    """A title as the name of a file, without its ending, that every system accepts."""
    stem = _FORBIDDEN.sub(" ", title).strip(" .")[:80].strip(" .") or "Untitled"
    return f"{stem}_" if is_reserved(stem) else stem


class FileNames:
    """Safe, distinct file names from titles."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def __call__(self, folder: str, title: str) -> str:
        """`folder/Title.md`, with a number where that is taken."""
        stem = safe_stem(title)
        name, n = f"{folder}/{stem}.md", 2
        while name.casefold() in self._used:
            name, n = f"{folder}/{stem} ({n}).md", n + 1
        self._used.add(name.casefold())
        return name
