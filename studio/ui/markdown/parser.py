"""The Markdown of answers and notes: CommonMark, tables, strikethrough, task lists, `[[wikilinks]]`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from studio.domain.text import WIKILINK

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_TASK = re.compile(r"\[([ xX])\] ")
Env = dict[str, Any]


def _wikilink(state: StateInline, silent: bool) -> bool:
    """Inline rule: `[[Target#part|label]]` becomes one token; the target may hold spaces."""
    match = WIKILINK.match(state.src, state.pos)
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.content = (match.group(2) or match.group(1)).strip()
        token.meta = {"target": match.group(1).strip()}
    state.pos = match.end()
    return True


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The one configured parser; it keeps no state between texts. Raw HTML stays text."""
    md = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    md.inline.ruler.before("link", "wikilink", _wikilink)
    return md


def parse(text: str, env: Env | None = None) -> list[Token]:
    """Block tokens; `env` carries link references from one part of a text to the next."""
    return parser().parse(text, {} if env is None else env)


def task_state(inline: Token) -> bool | None:
    """True or False for a list item that starts with `[x]` or `[ ]`, else None."""
    match = _TASK.match(inline.content)
    return None if match is None else match.group(1) != " "


def strip_task(children: list[Token]) -> list[Token]:
    """The item's inline tokens without the `[x] ` in front."""
    first, *rest = children
    return [first.copy(content=first.content[4:]), *rest] if first.content[:4].strip() else children


def line_starts(text: str) -> list[int]:
    """The offset of every line, as markdown-it counts them; one more for the end."""
    starts = [0]
    for index, char in enumerate(text):
        if char == "\n":
            starts.append(index + 1)
    starts.append(len(text))
    return starts


def closed_length(text: str, tokens: list[Token]) -> int:
    """How much of a growing text can't change any more: all but its last top-level block."""
    tops = [t.map for t in tokens if t.level == 0 and t.map and t.nesting >= 0]
    if len(tops) < 2:
        return 0
    return line_starts(text)[tops[-1][0]]
