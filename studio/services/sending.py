"""Entries on their way out as Markdown files: as an audience may know them, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from studio.domain.errors import Invalid, NotFound
from studio.domain.record import Frozen
from studio.services.continuity import leaks
from studio.services.exchange import writing
from studio.services.world import pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.domain.ids import RecordId
    from studio.domain.lens import Lens
    from studio.storage.project import Project

NAMED = 3


class Outgoing(Frozen):
    """(file name, text) of what goes out, each name once, and how many entries this audience doesn't know."""

    files: tuple[tuple[str, str], ...] = ()
    closed: int = 0

    @property
    def left(self) -> str:
        """What is left out, in a sentence; nothing where all of it goes out."""
        if not self.closed:
            return ""
        return f"{self.closed} of them {'is' if self.closed == 1 else 'are'} not open to these readers and left out."

    def refuse(self) -> NoReturn:
        """Raises Invalid: there is nothing in it to write."""
        raise Invalid("None of it is open to these readers, so there is nothing to write. Choose another audience.")


def write(files: Sequence[tuple[str, str]], place: Path) -> None:
    """Write them: one as the file `place`, more into the folder `place`, over nothing that lies there."""
    if len(files) == 1:
        _write(place, files[0][1])
        return
    taken = [name for name, _ in files if (place / name).exists()]
    if taken:
        raise Invalid(f"“{place.name}” has a file “{taken[0]}” already. Choose another folder, so nothing is lost.")
    for name, text in files:
        _write(place / name, text)


def _write(place: Path, text: str) -> None:
    with writing.whole_file(place) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


def outgoing(project: Project, ids: Sequence[RecordId], *, lens: Lens) -> Outgoing:
    """The files of entries and notes, as the lens shows them. Raises Invalid where their texts give a secret away."""
    if found := leaks.leaks(project, lens=lens, only=ids):
        told = "; ".join(f"{one.name}: {one.why.rstrip('.')}" for one in found[:NAMED])
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        raise Invalid(f"This would give secrets away: {told}{more}. Mend the text, or send it to the game master only.")
    files: list[tuple[str, str]] = []
    used: set[str] = set()
    closed = 0
    for record_id in ids:
        try:
            name, text = pages.markdown(project, record_id, lens=lens)
        except NotFound:
            closed += 1
            continue
        files.append((_free(name, used), text))
    return Outgoing(files=tuple(files), closed=closed)


def _free(name: str, used: set[str]) -> str:
    stem, n, free = name.removesuffix(".md"), 2, name
    while free.casefold() in used:
        free, n = f"{stem} ({n}).md", n + 1
    used.add(free.casefold())
    return free
