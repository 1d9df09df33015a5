"""A folder or zip that is nothing as a whole: every file in it that some format knows, all in one import."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from studio.domain.errors import ImportRefused
from studio.services.exchange import formats
from studio.services.exchange.material import Material, Spool, Thing, unmarked
from studio.services.exchange.probe import Probe
from studio.services.exchange.reading import clean, decode, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "files"
MAX_FILES = 2_000
TEXTS = frozenset({".txt", ".md", ".markdown"})
_UNSEEN = frozenset({"thumbs.db", "desktop.ini", "license", "license.txt", "license.md", "copying"})
"""What lies beside files and isn't meant to be imported."""


@dataclass
class Collection:
    """What was read of each file; texts and what was left out are in the last part."""

    title: str
    parts: list[Any]


def claims(probe: Probe) -> bool:
    """Whether at least one of its files is of a known kind."""
    return any(_known(one) for one in _files(probe))


def read(probe: Probe) -> Collection:
    """All files that can be read, each by its own format; the others are left out with the reason."""
    rest = Material(source=SOURCE, title=f"“{probe.name}”", origin=probe.stem)
    parts: list[Any] = []
    for one in _files(probe):
        name = one.path.name
        try:
            if one.suffix in TEXTS:
                _add_text(rest, one)
            elif (known := _known(one)) is None:
                rest.skip(name, "it is of no kind that is known here")
            else:
                parts.append(known.load().read(one))
        except ImportRefused as refusal:
            rest.skip(name, str(refusal))
    if not parts and not rest.things:
        refuse(f"Nothing in “{probe.name}” could be read. {rest.skipped[0][1] if rest.skipped else ''}".strip())
    return Collection(rest.title, [*parts, rest])


def _known(probe: Probe) -> formats.Format | None:
    """The format of one file; one that breaks off while it is looked at has none."""
    try:
        return next((one for one in formats.FORMATS if one.id not in _NOT_INSIDE and one.claims(probe)), None)
    except ImportRefused:
        return None


_NOT_INSIDE = frozenset({"collection", "file"})


def _add_text(rest: Material, probe: Probe) -> None:
    text = unmarked(clean(decode(probe.bytes, probe.name))).strip()
    if text:
        rest.things.append(Thing(probe.name, probe.stem, told="texts", body=text))
    else:
        rest.skip(probe.name, "there is no text in it")


def _files(probe: Probe) -> Iterator[Probe]:
    """Each file of a folder or zip, looked at by itself; those of a zip are unpacked one at a time."""
    assert probe.files is not None
    names = [name for name in sorted(probe.names) if not _unseen(name)]
    if len(names) > MAX_FILES:
        refuse(f"“{probe.name}” holds more than {MAX_FILES:,} files. Import a part of it at a time.")
    with tempfile.TemporaryDirectory(prefix="files-", dir=Spool.home) as place:
        for name in names:
            path = probe.path / name if probe.is_folder else Path(place) / PurePosixPath(name).name
            if not probe.is_folder:
                path.write_bytes(probe.files.read(name))
            with Probe(path) as one:
                yield one
            if not probe.is_folder:
                path.unlink()


def _unseen(name: str) -> bool:
    parts = name.casefold().split("/")
    return parts[-1] in _UNSEEN or any(part.startswith((".", "__macosx")) for part in parts)
