"""Where a vault is written: a folder or a zip, and never over what somebody changed in it since."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid
from studio.services.exchange import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Json = dict[str, Any]
MAX_MARKER = 32 << 20
_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\\u202a-\u202e\u2066-\u2069]')
_UNTITLED = re.compile(r"[\[\]#^]+")


def is_safe(path: str) -> bool:
    """Whether a path that was kept may be written to: within the vault, not hidden, and sound on every system."""
    parts = path.split("/")
    return not _UNSAFE.search(path) and not any(
        not part or part.startswith(".") or part.endswith((".", " ")) or writing.is_reserved(part) for part in parts
    )


def free(folder: str, title: str, used: set[str], ending: str = ".md") -> str:
    """A path for a title that isn't taken, and is from now on."""
    stem = " ".join(writing.safe_stem(_UNTITLED.sub(" ", title)).split())
    lead = f"{folder}/" if folder else ""
    path, n = f"{lead}{stem}{ending}", 2
    while path.casefold() in used:
        path, n = f"{lead}{stem} ({n}){ending}", n + 1
    used.add(path.casefold())
    return path


def put(dest: Path, files: Mapping[str, Callable[[], bytes]], marker: str, told: Json) -> None:
    """Write files by their paths, and beside them a marker that says what is told and which files are ours.

    A folder must be new, empty, or written so before; raises Invalid where a file in it was changed since.
    """
    if dest.suffix.lower() == ".zip":
        with writing.whole_file(dest) as partial, zipfile.ZipFile(partial, "w") as archive:
            for path in sorted(files):
                writing.add(archive, path, files[path]())
            writing.add(archive, marker, _marker(told, {}))
        return
    if dest.is_file():
        raise Invalid(f"“{dest}” is a file. Give a folder, or a name that ends in .zip.")
    before = _written_before(dest, marker)
    _check(dest, files, before)
    try:
        sums = {path: _write(dest, path, files[path]()) for path in sorted(files)}
        for path in before.keys() - sums.keys():
            if is_safe(path) and _sum(dest / path) == before[path]:
                (dest / path).unlink()
        (dest / marker).write_bytes(_marker(told, sums))
    except OSError as error:
        raise writing.cannot_write(dest, error) from error


def _marker(told: Json, sums: Mapping[str, int]) -> bytes:
    return (json.dumps(told | ({"files": sums} if sums else {}), ensure_ascii=False, indent=1) + "\n").encode()


def _written_before(dest: Path, marker: str) -> dict[str, int]:
    """Path → checksum of what an earlier export wrote."""
    if not dest.is_dir() or not any(dest.iterdir()):
        return {}
    try:
        place = dest / marker
        found = json.loads(place.read_bytes()) if place.stat().st_size <= MAX_MARKER else None
        listed = found.get("files") if isinstance(found, dict) else None
    except (OSError, ValueError, RecursionError):
        listed = None
    if not isinstance(listed, dict):
        raise Invalid(f"“{dest}” isn't empty. Choose a new folder, so that nothing of yours is overwritten.")
    return {path: crc for path, crc in listed.items() if isinstance(crc, int)}


def _check(dest: Path, files: Mapping[str, Callable[[], bytes]], before: Mapping[str, int]) -> None:
    if not dest.is_dir():
        return
    there = [path for path in sorted(files) if (dest / path).exists() and _sum(dest / path) != before.get(path)]
    changed = [path for path in there if _sum(dest / path) != zlib.crc32(files[path]())]
    if changed:
        names = ", ".join(f"“{path}”" for path in changed[:3]) + (" and others" if len(changed) > 3 else "")
        raise Invalid(
            f"{names} changed in “{dest.name}” since the last export. Import the vault first, or choose a new folder."
        )


def _sum(path: Path) -> int | None:
    if path.is_symlink() or not path.is_file():
        return None
    return zlib.crc32(path.read_bytes())


def _write(dest: Path, path: str, data: bytes) -> int:
    place = dest / path
    if place.is_symlink():
        raise Invalid(f"“{place}” is a link. Choose a new folder, so that nothing of yours is overwritten.")
    try:
        place.write_bytes(data)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return zlib.crc32(data)
