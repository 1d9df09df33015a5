"""A note's text as the project keeps it: links to names, pictures to media, comments to secret blocks.

Every piece that is put otherwise is remembered with what stood there, so that the text goes out as it came.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET_CALLOUTS = "secret|gm|dm|gm-notes?|dm-notes?|gm-only|dm-only|hidden|keeper"
_PIECES = re.compile(
    r"(?P<fence>^(?P<mark>`{3,}+|~{3,}+)[^\n]*+\n(?:.*\n)*?(?P=mark)[`~]*[ \t]*$)"
    r"|(?P<code>(?<!`)(?P<ticks>`++)(?:(?!\n\n)[\s\S]){1,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<comment>%%(?P<said>[\s\S]*?)(?:%%|\Z)|<!--(?P<html>[\s\S]*?)(?:-->|\Z))"
    rf"|(?P<callout>\[!(?i:{SECRET_CALLOUTS})(?:\|[^\]\n]*)?\])"
    r"|(?P<wiki>(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]*)(?:\|(?P<label>[^\]\n]*))?\]\])"
    r"|(?P<link>(?P<shown>!?)\[(?P<text>[^\[\]\n]*)\]\((?:<(?P<angle>[^<>\n]+)>|(?P<url>[^()\s]+))\))",
    re.MULTILINE,
)
_STARTS = re.compile(r"[`~%<!\[]")
"""What a piece begins with: looked for first, since most of a text is none."""
_QUOTED = re.compile(r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?:>[ \t]*)+")
_TAG = re.compile(r"(?:^|(?<=[\s(>]))#((?:[^\W\d]|[\d_/-]*[^\W\d])[\w/-]*)", re.MULTILINE)
_INLINE = re.compile(
    r"^[ \t]*(?:[-*+] |> ?)*(?:\*\*|__)?([^\W\d][\w -]{0,40}?)(?:\*\*|__)?::[ \t]+(\S.*)$", re.MULTILINE
)
_BRACKETED = re.compile(r"[\[(]([^\W\d][\w -]{0,40}?)::[ \t]*([^\[\]()\n]*(?:\[\[[^\]\n]*\]\])?[^\[\]()\n]*)[\])]")


class Swap(NamedTuple):
    """A piece of the kept text, from `start`, `length` long, in whose place `was` stood."""

    start: int
    length: int
    was: str


class Told(NamedTuple):
    """A text as it is kept, how to get back to the original, and what was met in it."""

    text: str
    swaps: list[Swap]
    tags: list[str]
    inline: list[tuple[str, str]]
    fences: list[tuple[str, str]]


class Putting(NamedTuple):
    """How links are put: each function gets (target, label) and gives the words, or None to leave them as they are."""

    wiki: Callable[[str, str], str | None]
    embed: Callable[[str, str], str | None]
    link: Callable[[str, str], str | None]
    image: Callable[[str, str], str | None]


def told(text: str, putting: Putting) -> Told:
    """The text with each piece put into our words."""
    return _Teller(text, putting).tell()


def restored(text: str, swaps: list[Swap]) -> str:
    """The original of a text that was kept."""
    parts, at = [], 0
    for start, length, was in swaps:
        parts += [text[at:start], was]
        at = start + length
    return "".join([*parts, text[at:]])


class _Teller:
    """Goes through a text once. Within a comment (`inner`), what looks like another one is only text."""

    def __init__(self, text: str, putting: Putting, *, inner: bool = False) -> None:
        self.source, self.putting, self.inner = text, putting, inner
        self.last = len(text.rstrip("\n"))
        self.parts: list[str] = []
        self.length = 0
        self.swaps: list[Swap] = []
        self.plain: list[str] = []
        self.fences: list[tuple[str, str]] = []
        self.waiting: list[str] = []

    def tell(self) -> Told:
        at = 0
        for start in _STARTS.finditer(self.source):
            match = _PIECES.match(self.source, start.start()) if start.start() >= at else None
            if match is not None:
                self._open(self.source[at : match.start()])
                self._piece(match)
                at = match.end()
        self._open(self.source[at:])
        self._pour("\n\n")
        plain = "".join(self.plain)
        found = _INLINE.findall(plain) + _BRACKETED.findall(plain) if "::" in plain else []
        inline = [(key.strip(), value.strip()) for key, value in found]
        tags = _TAG.findall(plain) if "#" in plain else []
        return Told("".join(self.parts), self.swaps, tags, inline, self.fences)

    def _say(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _swap(self, was: str, now: str) -> None:
        self.swaps.append(Swap(self.length, len(now), was))
        self._say(now)

    def _open(self, text: str) -> None:
        """Plain text; comments from within a paragraph that wait go below it."""
        self.plain.append(text)
        if self.waiting and (end := text.find("\n\n")) >= 0:
            self._say(text[: end + 1])
            self._pour("\n")
            text = text[end + 1 :]
        self._say(text)

    def _pour(self, before: str) -> None:
        for said in self.waiting:
            self._swap("", f"{before}{_secret(said)}\n")
            before = "\n"
        self.waiting = []

    def _piece(self, match: re.Match[str]) -> None:
        whole = match.group()
        if match["comment"] is not None:
            self._say(whole) if self.inner else self._comment(match)
            return
        if match["fence"] is not None:
            head, _, rest = whole.partition("\n")
            self.fences.append((head.strip("`~ ").casefold(), rest.rpartition("\n")[0]))
        now = self._put(match)
        if match["wiki"] is not None:
            self.plain.append(whole)
        if now is None or now == whole:
            self._say(whole)
        else:
            self._swap(whole, now)

    def _put(self, match: re.Match[str]) -> str | None:
        if match["wiki"] is not None:
            put = self.putting.embed if match["embed"] else self.putting.wiki
            return put(match["target"].rstrip("\\"), match["label"] or "")
        if match["link"] is not None:
            put = self.putting.image if match["shown"] else self.putting.link
            return put(match["angle"] or match["url"], match["text"])
        if match["callout"] is not None:
            line = self.source[self.source.rfind("\n", 0, match.start()) + 1 : match.start()]
            return "[!secret]" if _QUOTED.fullmatch(line) else None
        return None

    def _comment(self, match: re.Match[str]) -> None:
        inside = match["said"] if match["said"] is not None else match["html"]
        said = _Teller(inside, self.putting, inner=True).tell().text
        whole, (start, end) = self.source, match.span()
        if not said.strip():
            self._swap(match.group(), "")
        elif (not start or whole[start - 1] == "\n") and (end == len(whole) or whole[end] == "\n"):
            lead = "" if not start or whole.endswith("\n\n", 0, start) else "\n"
            tail = "" if end >= self.last or whole.startswith("\n\n", end) else "\n"
            self._swap(match.group(), f"{lead}{_secret(said)}{tail}")
        else:
            self.waiting.append(said)
            self._swap(match.group(), "")


def _secret(said: str) -> str:
    """A secret block; empty lines stay in it."""
    return "\n".join(["> [!secret]", *(f"> {line}".rstrip() for line in said.strip("\n").strip().split("\n"))])
