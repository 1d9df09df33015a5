"""Draws an answer while it grows: closed blocks are drawn once, only the open one at the end is drawn again."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QTextCursor

from studio.observability import metrics
from studio.ui.markdown.parser import Env, line_starts, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from studio.ui.markdown.render import Renderer

LONG_LIST = 800
"""An open list longer than this is closed item by item."""
BUDGET_MS = 6.0
"""A flush that took longer makes the next ones rarer, so that drawing never takes the window over."""
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")


class _Mark(NamedTuple):
    """Where the open block begins in the document, and what was drawn before it."""

    position: int
    fresh: bool
    cards: int


class Stream:
    """Feeds a growing text to a renderer. Call `flush` from a timer; it draws what came since the last call."""

    def __init__(self, renderer: Renderer, *, clock: Callable[[], float] = time.perf_counter) -> None:
        self._renderer = renderer
        self._clock = clock
        self._closed = 0
        self._open = ""
        self._dirty = False
        self._env: Env = {}
        self._mark = _Mark(0, True, 0)
        self._fence = ""
        self._number = 0
        self._skip = 0

    @property
    def text_length(self) -> int:
        """How many characters have come."""
        return self._closed + len(self._open)

    @property
    def closed_cards(self) -> int:
        """How many code blocks stand in closed text, so that their place is final."""
        return self._mark.cards

    def feed(self, text: str) -> None:
        """Take more of the answer; nothing is drawn yet."""
        self._open += text
        self._dirty = self._dirty or bool(text)

    def flush(self, *, force: bool = False) -> bool:
        """Draw what came. Returns whether the document changed."""
        if not self._dirty or (self._skip > 0 and not force):
            self._skip -= 1
            return False
        began = self._clock()
        self._dirty = False
        cursor = self._renderer.cursor
        cursor.beginEditBlock()
        self._draw()
        cursor.endEditBlock()
        took_ms = (self._clock() - began) * 1000
        self._skip = int(took_ms / BUDGET_MS) - 1
        metrics.session.timing("stream.flush", took_ms)
        return True

    def finish(self) -> bool:
        """Draw the rest. Returns True where a link's address came after the link, so the text must be drawn anew."""
        self.flush(force=True)
        self._renderer.finish()
        return bool(self._env.get("references"))

    def _draw(self) -> None:
        if self._fence and self._grow_fence():
            return
        tokens = parse(self._open, self._env)
        self._remove_tail()
        self._continue_numbers(tokens)
        index, cut = _split(self._open, tokens)
        renderer = self._renderer
        if cut:
            renderer.append(
                tokens[:index] if tokens[index].level == 0 else _closed_items(tokens, index),
                self._open,
                base=self._closed,
            )
            self._remember_number(tokens, index)
            tokens = tokens[index:] if tokens[index].level == 0 else _open_item(tokens, index)
            tokens = _shifted(tokens, self._open, cut)
            self._closed += cut
            self._open = self._open[cut:]
        self._mark = _Mark(renderer.cursor.position(), renderer.fresh, len(renderer.cards))
        renderer.append(tokens, self._open, base=self._closed)
        self._note_fence(tokens)

    def _remove_tail(self) -> None:
        cursor, mark = self._renderer.cursor, self._mark
        cursor.setPosition(mark.position)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._renderer.cut(mark.position, cards=mark.cards)
        self._renderer.fresh = mark.fresh

    # ---- a long list is closed item by item ------------------------------------------------------------------------

    def _remember_number(self, tokens: list[Token], index: int) -> None:
        self._number = 0
        if tokens[index].level == 1 and tokens[0].type == "ordered_list_open":
            items = sum(1 for t in tokens[:index] if t.type == "list_item_open" and t.level == 1)
            opener = max(i for i in range(index) if tokens[i].level == 0)
            items -= sum(1 for t in tokens[:opener] if t.type == "list_item_open" and t.level == 1)
            self._number = int(tokens[opener].attrs.get("start", 1) or 1) + items

    def _continue_numbers(self, tokens: list[Token]) -> None:
        if self._number and tokens and tokens[0].type == "ordered_list_open":
            tokens[0].attrs["start"] = self._number

    # ---- an open code block grows line by line -----------------------------------------------------------------------

    def _note_fence(self, tokens: list[Token]) -> None:
        opening = _FENCE.match(self._open)
        still_open = (
            len(tokens) == 1 and tokens[0].type == "fence" and opening and not self._fence_closes(opening.group(1))
        )
        self._fence = opening.group(1) if still_open and opening else ""
        self._drawn = len(self._open)

    def _fence_closes(self, fence: str) -> bool:
        return any(_closing(line, fence) for line in self._open.split("\n")[1:])

    def _grow_fence(self) -> bool:
        """Append to the code block that is open; False when it ends here, so that it must be drawn whole."""
        line = self._open.rfind("\n", 0, self._drawn) + 1
        if line == 0 or any(_closing(text, self._fence) for text in self._open[line:].split("\n")):
            return False
        self._renderer.grow_code(self._open[self._drawn :], at=self._closed + self._drawn)
        self._drawn = len(self._open)
        return True


def _closing(line: str, fence: str) -> bool:
    """True for a line that closes this fence, also one that is still being written."""
    bare = line.strip()
    return bool(bare) and set(bare) == {fence[0]}


def _split(text: str, tokens: list[Token]) -> tuple[int, int]:
    """(index of the first token that stays open, offset where it begins); (0, 0) when nothing can be closed yet."""
    top = max((i for i, t in enumerate(tokens) if t.level == 0 and t.nesting >= 0 and t.map), default=0)
    if not tokens:
        return 0, 0
    index = top
    if tokens[top].type.endswith("list_open"):
        start = line_starts(text)[(tokens[top].map or [0, 0])[0]]
        items = [i for i in range(top, len(tokens)) if tokens[i].type == "list_item_open" and tokens[i].level == 1]
        if len(items) > 2 and len(text) - start > LONG_LIST:
            index = items[-1]
    where = tokens[index].map
    cut = line_starts(text)[where[0]] if where else 0
    return (index, cut) if cut else (0, 0)


def _closed_items(tokens: list[Token], index: int) -> list[Token]:
    """The list up to its last item, ended so that its last line keeps an item's distance."""
    end = tokens[-1].copy(meta={"partial": True})
    return [*tokens[:index], end]


def _open_item(tokens: list[Token], index: int) -> list[Token]:
    opener = next(t for t in reversed(tokens[:index]) if t.level == 0)
    made = opener.copy(attrs=dict(opener.attrs))
    if opener.type == "ordered_list_open":
        before = 0
        for token in reversed(tokens[:index]):
            if token is opener:
                break
            before += token.type == "list_item_open" and token.level == 1
        made.attrs["start"] = int(opener.attrs.get("start", 1) or 1) + before
    made.map = tokens[index].map
    return [made, *tokens[index:]]


def _shifted(tokens: list[Token], text: str, cut: int) -> list[Token]:
    """The tokens with their line numbers counted from the cut."""
    lines = text.count("\n", 0, cut)
    for token in tokens:
        if token.map:
            token.map = [max(0, token.map[0] - lines), token.map[1] - lines]
    return tokens
