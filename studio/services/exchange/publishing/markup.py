"""The Markdown of texts as blocks of a document: links to its sections, pictures that it holds, secrets as boxes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

from studio.domain.text import WIKILINK, blocks, fold, readable
from studio.services.exchange.publishing.document import (
    Block,
    Box,
    Code,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Rule,
    Span,
    Spans,
    plain,
    tidied,
)
from studio.services.exchange.publishing.statblocks import from_fence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

WEB = ("http://", "https://", "mailto:")
_QUOTED = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?:>[ \t]?)?", re.MULTILINE)
_SECRET = re.compile(r"^\[!secret\][-+]?[ \t]*", re.IGNORECASE)
_CALLOUT = re.compile(r"\[!([\w-]{1,40})\][-+]?[ \t]*([^\n]*)")
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_READ = frozenset({"read", "readaloud", "read-aloud", "quote", "narrative", "boxed", "boxed-text"})
_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}
_PLAIN = re.compile(r"[\w ,;:()'\"’“”–—.…?/%+=-]*")
"""Words without anything that Markdown would read: most values of fields."""


def _wikilink(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[[", state.pos) or (match := WIKILINK.match(state.src, state.pos)) is None:
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.meta = {"to": match.group(1).strip()}
        token.content = (match.group(2) or match.group(1)).strip()
    state.pos = match.end()
    return True


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_MARKDOWN.inline.ruler.before("link", "wikilink", _wikilink)


class _Link(NamedTuple):
    to: str = ""
    url: str = ""


@dataclass
class Markup:
    """Knows where links lead: `target(folded name)` gives an anchor, `picture(source, caption)` a picture, or None."""

    target: Callable[[str], str | None]
    picture: Callable[[str, str], Picture | None]

    def __post_init__(self) -> None:
        self.lost: Counter[str] = Counter()
        """What couldn't be taken along, and how often: `image` of the web, `link` to a file."""

    def blocks(self, markdown: str) -> tuple[Block, ...]:
        """A text; each of its secret blocks as a box."""
        found: list[Block] = []
        for hidden, start, end in blocks(markdown):
            words = markdown[start:end]
            if not hidden:
                found += self._open(words)
            elif inside := self._open(_SECRET.sub("", _QUOTED.sub("", words), count=1)):
                found.append(Box("secret", inside, "For the game master"))
        return tuple(found)

    def line(self, markdown: str) -> Spans:
        """A short text in one line."""
        if "\n" not in markdown and _PLAIN.fullmatch(markdown):
            return (Span(markdown.strip()),) if markdown.strip() else ()
        tokens = _MARKDOWN.parseInline(readable(" ".join(markdown.split())))
        spans, _pictures = self._inline(tokens[0].children or [])
        return spans

    def _open(self, markdown: str) -> tuple[Block, ...]:
        if not markdown.strip():
            return ()
        return _Blocks(self, _MARKDOWN.parse(readable(_COMMENT.sub("", markdown)))).read()

    # ---- inside a paragraph ----------------------------------------------------------------------------------------

    def _inline(self, tokens: Sequence[Token]) -> tuple[Spans, list[Picture]]:
        spans: list[Span] = []
        pictures: list[Picture] = []
        style, links = Span(""), list[_Link]()
        for token in tokens:
            kind = token.type.removesuffix("_open").removesuffix("_close")
            if kind in _STYLES:
                style = replace(style, **{_STYLES[kind]: token.nesting > 0})
            elif kind == "link":
                links = [*links, self._link(str(token.attrGet("href") or ""))] if token.nesting > 0 else links[:-1]
            elif kind == "image":
                self._image(token, spans, pictures)
            elif words := self._words(token, style, links[-1] if links else _Link()):
                spans.append(words)
        return tidied(spans), pictures

    def _words(self, token: Token, style: Span, link: _Link) -> Span | None:
        if token.type == "wikilink":
            return replace(style, text=token.content, to=self.target(fold(token.meta["to"])) or "")
        if token.type == "hardbreak":
            return Span("\n")
        text = " " if token.type == "softbreak" else token.content
        return replace(style, text=text, code=token.type == "code_inline", to=link.to, url=link.url) if text else None

    def _link(self, href: str) -> _Link:
        if href.lower().startswith(WEB):
            return _Link(url=href)
        if href.startswith("#"):
            return _Link(to=self.target(fold(href[1:])) or "")
        self.lost["link"] += 1
        return _Link()

    def _image(self, token: Token, spans: list[Span], pictures: list[Picture]) -> None:
        source, caption = str(token.attrGet("src") or ""), token.content.strip()
        found = self.picture(source, caption)
        if found is not None:
            pictures.append(found)
            return
        self.lost["image"] += 1
        url = source if source.lower().startswith(WEB) else ""
        if caption or url:
            spans.append(Span(caption or url, italic=True, url=url))


class _Blocks:
    """Reads the tokens of one text from left to right."""

    def __init__(self, markup: Markup, tokens: Sequence[Token]) -> None:
        self._markup, self._tokens, self._at = markup, tokens, 0

    def read(self, closing: str = "") -> tuple[Block, ...]:
        """Blocks up to the end, or up to this closing token, which is taken as well."""
        found: list[Block] = []
        while self._at < len(self._tokens):
            token = self._next()
            if token.type == closing:
                break
            found += self._block(token)
        return tuple(found)

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _block(self, token: Token) -> Sequence[Block]:
        kind = token.type.removesuffix("_open")
        if kind in ("fence", "code_block"):
            stats = from_fence(token.info.split()[0] if token.info.strip() else "", token.content)
            return [stats or Code(token.content.rstrip("\n"))]
        if kind in ("bullet_list", "ordered_list"):
            start = int(token.attrGet("start") or 1) if kind == "ordered_list" else None
            return [Items(tuple(self._items(f"{kind}_close")), start)]
        read: dict[str, Callable[[], Sequence[Block]]] = {
            "paragraph": lambda: self._paragraph(), "blockquote": lambda: [self._box()],
            "heading": lambda: self._heading(int(token.tag[1:])), "table": lambda: [self._table()],
            "hr": lambda: [Rule()], "inline": lambda: self._told(token),
        }  # fmt: skip
        return read[kind]() if kind in read else ()

    def _told(self, token: Token) -> Sequence[Block]:
        spans, pictures = self._markup._inline(token.children or [])
        return [*([Paragraph(spans)] if spans else []), *pictures]

    def _paragraph(self) -> Sequence[Block]:
        found = self._told(self._next())
        self._next()
        return found

    def _heading(self, level: int) -> Sequence[Block]:
        spans, pictures = self._markup._inline(self._next().children or [])
        self._next()
        return [*([Heading(min(level, 4), spans)] if spans else []), *pictures]

    def _items(self, closing: str) -> list[tuple[Block, ...]]:
        found: list[tuple[Block, ...]] = []
        while self._at < len(self._tokens) and self._next().type != closing:
            found.append(self.read("list_item_close"))
        return found

    def _box(self) -> Box:
        """A quotation; one that begins with `[!word]` is a box of that kind, the rest of that line its title."""
        first = self._tokens[self._at + 1] if self._tokens[self._at].type == "paragraph_open" else None
        match = _CALLOUT.match(first.content) if first is not None else None
        if match is None or first is None:
            return Box("quote", self.read("blockquote_close"))
        inside, word = list(first.children or ()), match.group(1).lower()
        breaks = [n for n, one in enumerate(inside) if one.type in ("softbreak", "hardbreak")]
        end = breaks[0] if breaks else len(inside)
        said = _CALLOUT.sub(r"\2", plain(self._markup._inline(inside[:end])[0]), count=1)
        first.children = inside[end + 1 :]
        kind = "secret" if word == "secret" else "read" if word in _READ else "note"
        title = said or ("" if kind == "read" else word.replace("-", " ").capitalize())
        return Box(kind, self.read("blockquote_close"), title)

    def _table(self) -> Grid:
        rows: list[list[Spans]] = []
        align: list[str] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._markup._inline(token.children or [])[0])
            elif token.type == "th_open":
                align.append(str(token.attrGet("style") or "text-align:left").rpartition(":")[2])
        return Grid(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]), tuple(align))
