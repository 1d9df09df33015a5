"""A note that was changed here: only keys and lines that differ are written anew, all others stand as they stood."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from studio.domain.text import heading_words
from studio.services.exchange import front_matter
from studio.services.exchange.front_matter import FrontRefused, written
from studio.services.exchange.obsidian.body import Swap, restored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = dict[str, Any]
GONE = None
"""The new value of a key that goes."""


def text_of(before: str, swaps: list[Swap], now: str, put: Callable[[str], str]) -> str:
    """The text as it is now, in the vault's words: lines of `before` that are still there as they stood in the vault.

    `put` says new lines in the vault's words.
    """
    if before == now:
        return restored(before, swaps)
    pieces = list(_pieces(before, swaps))
    old, new = before.splitlines(keepends=True), now.splitlines(keepends=True)
    kept: dict[int, int] = {}
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        kept |= {block.a + n: block.b + n for n in range(block.size)}
    whole = {kept[first]: (length, was) for first, length, was in pieces if length and _together(kept, first, length)}
    parts = ["".join(was for _, length, was in pieces[:1] if not length)]
    at = 0
    while at < len(new):
        length, was = whole.get(at, (1, put(new[at])))
        parts.append(was)
        at += length
    return "".join(parts)


def _together(kept: dict[int, int], first: int, length: int) -> bool:
    return all(kept.get(first + n) == kept.get(first, -1) + n for n in range(length)) and first in kept


def _pieces(text: str, swaps: list[Swap]) -> Iterator[tuple[int, int, str]]:
    """(first line, how many, what stood there in the vault) of the smallest stretches of lines that cut no swap.

    A comment was taken out in one place and put below its paragraph in another: both are in one stretch.
    """
    head = [swap for swap in swaps if not swap.start and not swap.length and swap.was.lstrip().startswith("# ")][:1]
    rest = swaps[len(head) :]
    if head:
        yield 0, 0, head[0].was
    bound = _bound(rest)
    first, start, at, line = 0, 0, 0, 0
    for words in text.splitlines(keepends=True):
        line, at = line + 1, at + len(words)
        if any(a < at < b for a, b in bound):
            continue
        last = at == len(text)
        inner = [s for s in rest if start <= s.start and (s.start < at or (last and s.start == at))]
        moved = [Swap(s.start - start, s.length, s.was) for s in inner]
        yield first, line - first, restored(text[start:at], moved)
        first, start = line, at


def _bound(swaps: list[Swap]) -> list[tuple[int, int]]:
    found, opened = [], -1
    for swap in swaps:
        if not swap.length and swap.was:
            opened = swap.start if opened < 0 else opened
        if not swap.was and opened >= 0:
            found.append((opened, swap.start + swap.length))
            opened = -1
        found.append((swap.start, swap.start + swap.length))
    return found


def front_of(source: str | None, changes: Json) -> str | None:
    """A front matter with these keys changed, added, or taken out where the value is GONE; all other lines stay."""
    if not changes:
        return source
    try:
        front = front_matter.read(source or "")
    except FrontRefused:
        return source
    fresh = {key: value for key, value in changes.items() if value is not GONE}
    if source and not front.lines and front.values:
        merged = {key: changes.get(key, value) for key, value in front.values.items()} | fresh
        return "".join(written(key, value) for key, value in merged.items() if value is not GONE or key not in changes)
    lines = (source or "").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    added = [written(key, value) for key, value in fresh.items() if key not in front.lines]
    for key, (start, end) in sorted(front.lines.items(), key=lambda item: -item[1][0]):
        if key in changes:
            lines[start:end] = [written(key, changes[key])] if changes[key] is not GONE else []
    result = "".join([*lines, *added])
    return result or None if source is None else result


_HEADING = re.compile(r"(\s*# +)(\S[^\n]*)")


def renamed(text: str, old: str, new: str) -> str:
    """A note's text under a new heading, where its first one was the old name."""
    found = _HEADING.match(text)
    if found is None or heading_words(found[2]) != old:
        return text
    return f"{found[1]}{new}{found[2][len(old) :]}{text[found.end() :]}"
