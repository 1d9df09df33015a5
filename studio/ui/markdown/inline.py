"""Draws inline Markdown: emphasis, code, links, wikilinks, mentions and bare addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QImage, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat, QTextImageFormat

from studio.ui.kit.base import plain_tip

if TYPE_CHECKING:
    from markdown_it.token import Token

    from studio.ui.markdown.sourcemap import SourceMap
    from studio.ui.markdown.style import Style

LINE = "\u2028"
ICON_ROOM = "\u00a0"
MEDIA = "media:"
"""Before the hash of an image of the project, in `![caption](media:HASH)`."""
MEDIA_SRC = re.compile(r"media:[0-9a-f]{64}")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SPECIAL = re.compile(
    r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}]|(?<![\w@/.])@(?=\w)|<br\s*/?>|\[\d{1,3}(?:\s*,\s*\d{1,3})*\]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_MENTION = re.compile(r"@(\w[\w'’\-]*(?: \w[\w'’\-]*){0,4})")


NOTE = "note:"
"""Before the number of a note that an answer cites."""


class Note(NamedTuple):
    """A number in an answer that cites a note: what a tool tip says of it, and whether the citation holds."""

    n: int
    tip: str
    holds: bool


class Known(NamedTuple):
    """An entity that a name stands for."""

    id: str
    kind: str
    name: str


Resolver = Callable[[str], Known | None]
"""Gives the entity of this exact name or alias; must be quick, it is asked while drawing."""


Pictures = Callable[[str], QImage | None]
"""Gives an image of the project by its hash if it is at hand; must be quick, it is asked while drawing."""


def nobody(_name: str) -> Known | None:
    """A resolver for texts outside a project."""
    return None


@dataclass
class Source:
    """The source text, and how far drawing has come in it; offsets are into the whole message."""

    text: str
    base: int = 0
    at: int = 0
    limit: int = 0

    def peek(self, piece: str) -> int:
        """Where this piece stands next, as an offset in the message; -1 where it doesn't."""
        found = self.text.find(piece, self.at, self.limit or len(self.text))
        return found if found < 0 else self.base + found

    def find(self, piece: str) -> int | None:
        """Where this piece stands at or after the point reached, as an offset in the message."""
        found = self.text.find(piece, self.at, self.limit or len(self.text))
        if found < 0:
            return None
        self.at = found + len(piece)
        return self.base + found


class Inline:
    """Inserts inline tokens at a cursor and notes where each piece of the source went."""

    def __init__(
        self,
        cursor: QTextCursor,
        style: Style,
        resolve: Resolver,
        spans: SourceMap,
        pictures: Pictures | None = None,
        notes: Mapping[int, Note] | None = None,
    ) -> None:
        self._cursor = cursor
        self._notes = notes or {}
        self._pictures = pictures
        self._style = style
        self._resolve = resolve
        self._map = spans
        self._source = Source("")
        self._stack: list[QTextCharFormat] = []
        self.icons: list[tuple[int, str]] = []
        """(position of its room in the document, kind) of every entity's icon, in order."""

    def draw(self, tokens: Sequence[Token], base: QTextCharFormat, source: Source) -> None:
        """Draw one block's inline tokens in this base format."""
        self._source = source
        self._stack = [QTextCharFormat(base)]
        for token in tokens:
            self._token(token)

    def _token(self, token: Token) -> None:
        match token.type:
            case "text":
                self._text(token.content)
            case "softbreak" | "hardbreak":
                self._cursor.insertText(LINE, self._stack[0])
            case "code_inline":
                self._insert(token.content, self._merged(self._style.code(inline=True)))
            case "strong_open" | "em_open" | "s_open" | "link_open":
                self._stack.append(self._opened(token))
            case "strong_close" | "em_close" | "s_close" | "link_close":
                self._stack.pop()
            case "wikilink":
                self._wikilink(token.content, str(token.meta["target"]))
            case "image":
                self._image(token)
            case _:
                self._insert(token.content, self._stack[-1])

    def _opened(self, token: Token) -> QTextCharFormat:
        made = QTextCharFormat(self._stack[-1])
        match token.type:
            case "strong_open":
                made.setFontWeight(QFont.Weight.DemiBold)
            case "em_open":
                made.setFontItalic(True)
            case "s_open":
                made.setFontStrikeOut(True)
            case _:
                self._as_link(made, str(token.attrs.get("href", "")))
        return made

    def _as_link(self, made: QTextCharFormat, href: str, *, dotted: bool = False) -> None:
        made.setAnchor(True)
        made.setAnchorHref(href)
        made.setForeground(self._style.colour("link"))
        made.setUnderlineColor(self._style.colour("link"))
        line = QTextCharFormat.UnderlineStyle.DotLine if dotted else QTextCharFormat.UnderlineStyle.SingleUnderline
        made.setUnderlineStyle(line)

    def _merged(self, other: QTextCharFormat) -> QTextCharFormat:
        made = QTextCharFormat(self._stack[-1])
        made.merge(other)
        return made

    def _insert(self, text: str, form: QTextCharFormat) -> None:
        if not text:
            return
        start = self._source.find(text)
        if start is not None:
            self._map.add(doc=self._cursor.position(), src=start, text=text)
        self._cursor.insertText(text, form)

    def _text(self, text: str) -> None:
        at = 0
        for start, end, special in _specials(text):
            if start < at:
                continue
            self._insert(text[at:start], self._stack[-1])
            at = self._special(text, start, end, special)
        self._insert(text[at:], self._stack[-1])

    def _special(self, text: str, start: int, end: int, special: str) -> int:
        """Draw what stands at `start`; gives the offset where plain text goes on."""
        if special.startswith("@"):
            found = self._mention(text, start)
            if found is None:
                self._insert("@", self._stack[-1])
                return start + 1
            known, end = found
            self._entity(text[start:end], known)
        elif special.startswith("["):
            self._citation(special)
        elif _BREAK.match(special):
            self._source.find(special)
            self._cursor.insertText(LINE, self._stack[0])
        else:
            made = QTextCharFormat(self._stack[-1])
            self._as_link(made, special)
            self._insert(special, made)
        return end

    def _citation(self, marker: str) -> None:
        """Each number of `[2]` or `[2, 3]` that is a note leads to it; one that doesn't hold is underlined in dots."""
        start, at = self._source.peek(marker), 0
        for number in _NUMBER.finditer(marker):
            note = self._notes.get(start + number.start())
            if note is None:
                continue
            self._insert(marker[at : number.start()], self._stack[-1])
            made = QTextCharFormat(self._stack[-1])
            self._as_link(made, f"{NOTE}{note.n}", dotted=not note.holds)
            made.setForeground(self._style.colour("link" if note.holds else "warn"))
            made.setFontWeight(QFont.Weight.DemiBold)
            made.setToolTip(note.tip)
            self._insert(number.group(), made)
            at = number.end()
        self._insert(marker[at:], self._stack[-1])

    def _mention(self, text: str, start: int) -> tuple[Known, int] | None:
        match = _MENTION.match(text, start)
        words = match.group(1).split(" ") if match else []
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            known = self._resolve(name) or self._resolve(name.removesuffix("'s").removesuffix("’s"))
            if known:
                return known, start + 1 + len(name)
        return None

    def _wikilink(self, label: str, target: str) -> None:
        known = self._resolve(target)
        if known:
            self._entity(label, known)
            return
        made = QTextCharFormat(self._stack[-1])
        self._as_link(made, f"wiki:{quote(target)}", dotted=True)
        made.setToolTip(plain_tip(f"“{target}” isn't in the World Bible yet. Click to create it."))
        self._insert(label, made)

    def _entity(self, label: str, known: Known) -> None:
        made = QTextCharFormat(self._stack[-1])
        self._as_link(made, f"entity:{known.id}")
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
        made.setToolTip(plain_tip(f"{known.name} ({known.kind.replace('_', ' ')})"))
        self._icon(known.kind, made)
        self._insert(label, made)

    def _icon(self, kind: str, form: QTextCharFormat) -> None:
        """Keep room for the kind's icon: a space that doesn't break, so that icon and name stay on one line."""
        made = QTextCharFormat(form)
        made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        made.setFontLetterSpacing(self._style.reading)
        self.icons.append((self._cursor.position(), kind))
        self._cursor.insertText(ICON_ROOM, made)

    def _image(self, token: Token) -> None:
        """An image of the project is drawn. Pictures from elsewhere are never fetched: a link stands for them."""
        src = str(token.attrs.get("src", ""))
        digest = src.removeprefix(MEDIA) if MEDIA_SRC.fullmatch(src) else ""
        if digest and self._pictures is not None:
            self._picture(digest, token.content)
            return
        made = QTextCharFormat(self._stack[-1])
        self._as_link(made, src)
        self._insert(token.content or "picture", made)

    def _picture(self, digest: str, caption: str) -> None:
        """The image with its caption as its other text; the caption alone while there is no image."""
        found = self._pictures(digest) if self._pictures is not None else None
        if found is None:
            made = QTextCharFormat(self._stack[-1])
            made.setForeground(self._style.colour("muted"))
            self._insert(caption or "Image", made)
            return
        made = QTextImageFormat()
        made.setName(f"{MEDIA}{digest}")
        made.setWidth(found.width() / found.devicePixelRatioF())
        made.setHeight(found.height() / found.devicePixelRatioF())
        made.setProperty(QTextFormat.Property.ImageAltText, caption)
        made.setToolTip(plain_tip(caption))
        made.setAnchor(True)
        made.setAnchorHref(f"{MEDIA}{digest}")
        self._cursor.document().addResource(QTextDocument.ResourceType.ImageResource, QUrl(made.name()), found)
        self._cursor.insertImage(made)


def _specials(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _SPECIAL.finditer(text):
        yield match.start(), match.end(), match.group(0)
