"""Writing a document in a format, whole or not at all, with what the format couldn't hold.

Each library is loaded only when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import Cancelled
from studio.services.exchange import writing
from studio.services.exchange.staging import Reason

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.exchange.publishing.document import Document

Stopped = Callable[[], bool]
"""Asked before the file takes its place: whether nobody wants it any more."""
_NEVER: Stopped = lambda: False  # noqa: E731
_LETTERS = Reason(
    what="letters",
    why="the fonts that come with the program don't have all of them; fonts of this system were used where it has any",
    skipped=False,
)


class Written(NamedTuple):
    """What became of a document: numbers, and what the format couldn't hold."""

    counts: dict[str, int]
    lost: tuple[Reason, ...]


def write_pdf(document: Document, dest: Path, stopped: Stopped = _NEVER) -> Written:
    """As PDF."""
    from studio.services.exchange.publishing import pdf

    made = _write(document, dest, pdf.HOLDS, pdf.write, stopped)
    return made._replace(lost=(*made.lost, _LETTERS)) if pdf.needs_fonts(document) else made


def write_docx(document: Document, dest: Path, stopped: Stopped = _NEVER) -> Written:
    """For word processors."""
    from studio.services.exchange.publishing import docx_file

    return _write(document, dest, docx_file.HOLDS, docx_file.write, stopped)


def write_epub(document: Document, dest: Path, stopped: Stopped = _NEVER) -> Written:
    """As e-book."""
    from studio.services.exchange.publishing import epub

    return _write(document, dest, epub.HOLDS, epub.write, stopped)


def write_html(document: Document, dest: Path, stopped: Stopped = _NEVER) -> Written:
    """As web page."""
    from studio.services.exchange.publishing import html_page

    return _write(document, dest, html_page.HOLDS, html_page.write, stopped)


def write_homebrewery(document: Document, dest: Path, stopped: Stopped = _NEVER) -> Written:
    """As Markdown for the Homebrewery."""
    from studio.services.exchange.publishing import homebrewery

    return _write(document, dest, homebrewery.HOLDS, homebrewery.write, stopped)


def _write(
    document: Document, dest: Path, holds: frozenset[str], write: Callable[[Document, Path], set[str]], stopped: Stopped
) -> Written:  # fmt: skip
    left = {name for name, one in document.images.items() if one.media_type not in holds}
    fit = document.without(left)
    with writing.whole_file(dest) as partial:
        damaged = write(fit, partial)
        if stopped():
            raise Cancelled("The export was stopped. Nothing was written.")
    lost = (*document.told, *_unheld(document, left), *_broken(document, damaged))
    return Written({"section": sum(1 for _ in fit.walk()), "image": len(fit.images) - len(damaged)}, lost)


def _unheld(document: Document, names: set[str]) -> list[Reason]:
    types = sorted({document.images[name].media_type.removeprefix("image/").upper() for name in names})
    why = f"{len(names)} ({', '.join(types)}) can't be part of this format; their captions stand there instead"
    return [Reason(what="pictures", why=why, skipped=True)] if names else []


def _broken(document: Document, names: set[str]) -> list[Reason]:
    called = [document.images[name].title or name for name in sorted(names)]
    return [Reason(what=one, why="the picture is damaged and was left out", skipped=True) for one in called]
