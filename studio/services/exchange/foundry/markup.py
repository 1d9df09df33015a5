"""Our Markdown as Foundry VTT's HTML: links to documents, secret sections, rolls and images in its own notation."""

from __future__ import annotations

import hashlib
import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it import MarkdownIt

from studio.domain.text import WIKILINK, blocks, fold

if TYPE_CHECKING:
    from collections.abc import Callable

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_ENRICHER = re.compile(
    r"@[A-Za-z]+\[[^\]\n]{1,500}\](?:\{[^}\n]{0,500}\})?|&Reference\[[^\]\n]{1,300}\](?:\{[^}\n]{0,500}\})?"
)
_KEPT = re.compile("\ue001(\\d+)\ue002")
_ROLL = re.compile(r"<code>(?:(/[^<]{1,300})|\[([^<]{1,300})\])</code>")
_AWAY = re.compile(r'<a href="foundry:([A-Za-z]+)/([^"]{1,900})">([^<]*)</a>')
_PICTURE = re.compile(r'<img src="media:([0-9a-f]{64})"')
_QUOTED = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?:>[ \t]?)?", re.MULTILINE)
_SECRET = re.compile(r"^\[!secret\][^\n]*\n?", re.IGNORECASE)


class Markup:
    """Knows where links lead: `target(folded name)` gives a UUID, `picture(hash)` an image's path, or None."""

    def __init__(self, target: Callable[[str], str | None], picture: Callable[[str], str | None]) -> None:
        self._target, self._picture = target, picture

    def html(self, markdown: str) -> str:
        """A text as HTML; each of its secret blocks as a section that only the game master sees."""
        parts = []
        for hidden, start, end in blocks(markdown):
            words = markdown[start:end]
            if hidden:
                parts.append(self.secret(_SECRET.sub("", _QUOTED.sub("", words))))
            elif words.strip():
                parts.append(self._open(words))
        return "\n".join(part for part in parts if part)

    def secret(self, markdown: str) -> str:
        """A text that only the game master sees."""
        if not markdown.strip():
            return ""
        id_ = hashlib.sha256(markdown.encode()).hexdigest()[:16]
        return f'<section id="secret-{id_}" class="secret">\n{self._open(markdown)}\n</section>'

    def link(self, name: str, label: str = "") -> str:
        """A link to what has this name, or its words where nothing has."""
        uuid = self._target(fold(name))
        words = (label or name).replace("}", ")").replace("{", "(")
        return escape(f"@UUID[{uuid}]{{{words}}}" if uuid else label or name, quote=False)

    def _open(self, markdown: str) -> str:
        kept: list[str] = []

        def keep(html: str) -> str:
            kept.append(html)
            return f"\ue001{len(kept) - 1}\ue002"

        text = _KEPT.sub("", markdown)
        text = _ENRICHER.sub(lambda m: keep(escape(m.group(0), quote=False)), text)
        text = WIKILINK.sub(lambda m: keep(self.link(m.group(1).strip(), m.group(2) or "")), text)
        html = _KEPT.sub(lambda m: kept[int(m.group(1))], _MARKDOWN.render(text))
        html = _ROLL.sub(lambda m: f"[[{m.group(1) or m.group(2)}]]", html)
        html = _AWAY.sub(lambda m: f"@{m.group(1)}[{unquote(m.group(2))}]{{{m.group(3)}}}", html)
        return _PICTURE.sub(self._image, html).strip()

    def _image(self, match: re.Match[str]) -> str:
        return f'<img src="{escape(self._picture(match.group(1)) or "")}"'
