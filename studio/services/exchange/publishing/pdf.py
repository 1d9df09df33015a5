"""A document as a PDF, set by typst: one template of ours, and the words beside it as data that is never markup."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from studio import resources_dir
from studio.domain.errors import Invalid
from studio.services.exchange.publishing.document import Facts, Grid, Picture, Span, Stats, plain

if TYPE_CHECKING:
    from studio.services.exchange.publishing.document import Document

Json = dict[str, Any]
HOLDS = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_LONGEST_URL = 2000
_WIDEST = 44
_PLAIN = 0x0530
"""Up to here (Latin, Greek, Cyrillic) the fonts that typst carries have the letters; others come from the system."""
_ODD = range(0x2000, 0x2C00)


def write(document: Document, path: Path) -> set[str]:
    """Write the PDF. Gives the names of images that are damaged, which it shows by their captions."""
    damaged: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="ttrpg-pdf-") as name:
        folder = Path(name)
        try:
            _compile(document, folder, path)
        except typst.TypstError as error:
            damaged = _damaged(folder, document)
            if not damaged:
                raise Invalid(
                    f"The PDF couldn't be set: {error.message}. Export another format, and tell us."
                ) from error
            _compile(document.without(damaged), folder, path)
    return damaged


def needs_fonts(document: Document) -> bool:
    """Whether it has letters for which the fonts that come with the program don't do."""
    return any(
        ord(one) >= _PLAIN and ord(one) not in _ODD for one in set(json.dumps(data(document), ensure_ascii=False))
    )


def _compile(document: Document, folder: Path, path: Path) -> None:
    (folder / "images").mkdir(exist_ok=True)
    for name, image in document.images.items():
        (folder / "images" / name).write_bytes(image.data)
    (folder / "document.json").write_text(json.dumps(data(document), ensure_ascii=False), encoding="utf-8")
    shutil.copyfile(resources_dir() / "publishing" / "book.typ", folder / "book.typ")
    made = typst.compile(
        folder / "book.typ", root=folder, font_paths=[], ignore_system_fonts=not needs_fonts(document),
        format="pdf", timestamp=0, package_path=folder, package_cache_path=folder,
    )  # fmt: skip
    assert isinstance(made, bytes)
    path.write_bytes(made)


def _damaged(folder: Path, document: Document) -> set[str]:
    """Which images can't be decoded: each is tried by itself."""
    found: set[str] = set()
    for n, name in enumerate(sorted(document.images)):
        probe = folder / f"probe{n}.typ"
        probe.write_text(f'#image("images/{name}", width: 1cm)', encoding="utf-8")
        try:
            typst.compile(probe, root=folder, font_paths=[], ignore_system_fonts=True, format="pdf")
        except typst.TypstError:
            found.add(name)
    return found


# ---- data ----------------------------------------------------------------------------------------------------------


def data(document: Document) -> Json:
    """The document as the template reads it."""
    return {
        "title": document.title, "subtitle": document.subtitle, "line": document.line,
        "authors": list(document.authors), "cards": document.cards, "brief": document.brief,
        "language": document.language,
        "sections": [_turned(one, document) for one in document.sections],
    }  # fmt: skip


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cls))


def _turned(value: Any, document: Document) -> Any:
    if isinstance(value, Span):
        return _span(value)
    if isinstance(value, tuple):
        return [_turned(one, document) for one in value]
    if not is_dataclass(value):
        return value
    found: Json = {name: _turned(getattr(value, name), document) for name in _names(type(value))}
    found["type"] = type(value).__name__
    return found | _more(value, found, document)


def _span(span: Span) -> Json:
    """Only what differs from plain words: there are many of them."""
    found: Json = {name: on for name in ("bold", "italic", "strike", "code", "to") if (on := getattr(span, name))}
    url = {"url": span.url} if 0 < len(span.url) < _LONGEST_URL else {}
    return {"text": span.text, **found, **url}


def _more(value: Any, found: Json, document: Document) -> Json:
    if isinstance(value, Grid):
        width = max(len(value.head), 1)
        lines = [value.head, *value.rows]
        longest = [max((len(plain(line[n])) for line in lines if n < len(line)), default=1) for n in range(width)]
        rows = [[*row[:width], *[[]] * (width - len(row))] for row in found["rows"]]
        return {"rows": rows, "weights": [min(n, _WIDEST) + 4 for n in longest]}
    if isinstance(value, Picture):
        image = document.images[value.name]
        return {"width": image.width, "height": image.height}
    if isinstance(value, Facts):
        return {"rows": [{"label": label, "spans": [_span(one) for one in said]} for label, said in value.rows]}
    if isinstance(value, Stats):
        return {"parts": [{"title": title, "items": [list(one) for one in items]} for title, items in value.parts]}
    return {}
