"""Folding and tidying of what is typed, and the links and secret blocks inside Markdown."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-"})
WIKILINK = re.compile(r"\[\[(?!\[)([^\]|#\n]{1,250}+)(?:#[^\]|\n]{0,250}+)?(?:\|([^\]\n]{1,500}+))?\]\]")
"""Its parts have an end, so that a page of brackets is not looked through from each of them."""
_SECRET = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?:>[ \t]*)+\[!secret\]", re.IGNORECASE)

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"})


def readable(text: str) -> str:
    """A text without control characters and halves of characters, of which a paste from a binary file is full."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def line(text: str) -> str:
    """One line as it is kept, one space between words; empty where nothing of it can be seen."""
    tidy = " ".join(readable(text).split())
    return tidy if tidy.isascii() or any(unicodedata.category(one) not in _UNSEEN for one in tidy) else ""


def fold(text: str) -> str:
    """A name without case, accents and fancy quotes, one space between words: what names are compared by."""
    if text.isascii():
        return " ".join(text.lower().split())
    flat = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    return " ".join("".join(c for c in flat if not unicodedata.combining(c)).casefold().split())


def heading_words(line: str) -> str:
    """What a heading says, from the text behind its hashes: those that may close it are not part of it."""
    return line.rstrip(" \t").rstrip("#").rstrip(" \t") or line[:1]


def wikilinks(markdown: str) -> Iterator[str]:
    """The targets of all `[[Target]]`, `[[Target|label]]` and `[[Target#part]]` links."""
    return (m.group(1).strip() for m in WIKILINK.finditer(markdown))


def blocks(markdown: str) -> Iterator[tuple[bool, int, int]]:
    """(secret?, start, end) of the stretches of a text that are open or in `> [!secret]` blocks, in turn.

    A block goes on to the next empty line: a line without its `>` still belongs to it, as in every Markdown.
    """
    inside, start, at = False, 0, 0
    for line in markdown.splitlines(keepends=True):
        now = bool(_SECRET.match(line)) or (inside and bool(line.strip()))
        if now != inside and at > start:
            yield inside, start, at
            start = at
        inside, at = now, at + len(line)
    if at > start:
        yield inside, start, at


def split_secrets(markdown: str) -> tuple[str, str]:
    """The text without its `> [!secret]` blocks, and those blocks."""
    parts = list(blocks(markdown))
    return tuple("".join(markdown[a:b] for hidden, a, b in parts if hidden is which) for which in (False, True))  # pyright: ignore[reportReturnType]
