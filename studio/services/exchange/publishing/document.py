"""What is published, before any format: sections of blocks of words. Every writer renders this and decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.services.exchange.staging import Reason

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style. `to` is the anchor of a section, `url` an address; `\\n` alone is a forced line break."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    to: str = ""
    url: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `lead` stands out under its heading."""

    spans: Spans
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a text, which the table of contents leaves out. 1 is the largest, 4 the smallest."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered from `start` where that isn't None."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """Something set apart: `quote`, `secret`, `read` (to read aloud) or `note`."""

    kind: str
    blocks: tuple[Block, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `align` has `left`, `center` or `right` for each column."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    align: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """Text that stays as it is typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered pin on a picture, at fractions of its width and height."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the document, by its name among `Document.images`."""

    name: str
    caption: str = ""
    alt: str = ""
    marks: tuple[Mark, ...] = ()
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known in short: labels and what stands behind them."""

    rows: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """A stat block: rows of short values, ability scores, and parts with a title each."""

    name: str
    line: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    scores: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


Block = Paragraph | Heading | Items | Box | Grid | Code | Rule | Picture | Facts | Stats


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, or an entry in one. `kind` is the word for what the entry is."""

    anchor: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    kind: str = ""

    def walk(self, level: int = 1) -> Iterator[tuple[int, Section]]:
        """Itself and everything in it, in order, each with its level."""
        yield level, self
        for one in self.sections:
            yield from one.walk(level + 1)


@dataclass(frozen=True, slots=True)
class Image:
    """An image's bytes, and what is said of it on the last page."""

    name: str
    media_type: str
    data: bytes
    width: int = 0
    height: int = 0
    title: str = ""
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """All of it. `cards` asks for a card for each section, `brief` for chapters without a page of their own.

    `records` are the ids of what is in it; `told` is what couldn't be taken along, whatever the format.
    """

    title: str
    subtitle: str
    line: str
    id: str
    modified: str
    sections: tuple[Section, ...]
    images: dict[str, Image] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    language: str = "en"
    cards: bool = False
    brief: bool = False
    records: frozenset[str] = frozenset()
    told: tuple[Reason, ...] = ()

    def walk(self) -> Iterator[tuple[int, Section]]:
        """Every section with its level, 1 for chapters."""
        for one in self.sections:
            yield from one.walk()

    def without(self, images: set[str]) -> Document:
        """The document with these pictures replaced by their captions: for a format that can't hold them."""
        if not images:
            return self
        left = {name: one for name, one in self.images.items() if name not in images}
        sections = tuple(_section_without(one, images) for one in self.sections)
        return replace(self, images=left, sections=sections)


def _section_without(section: Section, images: set[str]) -> Section:
    return replace(
        section, blocks=_blocks_without(section.blocks, images),
        sections=tuple(_section_without(one, images) for one in section.sections),
    )  # fmt: skip


def _blocks_without(blocks: tuple[Block, ...], images: set[str]) -> tuple[Block, ...]:
    found: list[Block] = []
    for one in blocks:
        if isinstance(one, Picture) and one.name in images:
            words = one.caption or one.alt
            found += [Paragraph((Span(words, italic=True),))] if words else []
        elif isinstance(one, Box):
            found.append(replace(one, blocks=_blocks_without(one.blocks, images)))
        elif isinstance(one, Items):
            found.append(replace(one, items=tuple(_blocks_without(item, images) for item in one.items)))
        else:
            found.append(one)
    return tuple(found)


def printable(text: str) -> str:
    """A text without what no XML may hold: control characters and halves of characters."""
    return _NO_XML.sub("", text)


def plain(spans: Spans) -> str:
    """The words alone."""
    return "".join(one.text for one in spans)


def tidied(spans: list[Span]) -> Spans:
    """Neighbours of one style joined, no space at the ends."""
    found: list[Span] = []
    for one in spans:
        if found and one.text != "\n" != found[-1].text and replace(one, text="") == replace(found[-1], text=""):
            found[-1] = replace(one, text=found[-1].text + one.text)
        elif one.text:
            found.append(one)
    while found and not found[0].text.strip():
        found.pop(0)
    while found and not found[-1].text.strip():
        found.pop()
    return tuple(found)
