"""What Foundry VTT writes in texts: links to documents become ours, the rest stays as text and is never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from studio.domain.text import fold, split_secrets
from studio.services.exchange.html import Dialect, for_cell, to_markdown, to_text
from studio.services.exchange.material import link, picture, unmarked
from studio.services.exchange.reading import clean

if TYPE_CHECKING:
    from collections.abc import Callable

PATTERN = re.compile(
    r"@(?P<kind>[A-Za-z]+)\[(?P<target>[^\]\n]{1,500})\](?:\{(?P<label>[^}\n]{0,500})\})?"
    r"|&Reference\[[^\]\n]{1,300}\](?:\{[^}\n]{0,500}\})?"
    r"|\[\[(?P<roll>[^\n]{1,300}?\]?)\]\](?!\])(?:\{(?P<named>[^}\n]{0,500})\})?"
)
_WORDS = {"RollTable": "RollTable", "JournalEntry": "JournalEntry", "Actor": "Actor", "Item": "Item", "Scene": "Scene"}
_CUT = re.compile(r"[.#\s/]+")


def away(kind: str, target: str) -> str:
    """The address of a link to what didn't come along: nothing opens it, and an export turns it back."""
    return f"foundry:{kind}/{quote(target, safe='.#:/-_~')}"


class Links:
    """Knows every document that comes along, by its id and by its name."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._pages: dict[str, tuple[str, str]] = {}
        self._names: dict[tuple[str, str], str] = {}

    def learn(self, type_: str, id_: str, name: str, key: str) -> None:
        """A document that will be there under this key."""
        self._keys.setdefault(id_, key)
        self._names.setdefault((type_, fold(name)), key)

    def learn_page(self, id_: str, key: str, name: str) -> None:
        """A page of a journal: a link to it leads to the journal."""
        self._pages.setdefault(id_, (key, name))

    def find(self, target: str, kind: str = "") -> tuple[str, str] | None:
        """(key, the page's name or nothing) of what a link points to."""
        if named := self._names.get((_WORDS.get(kind, ""), fold(target))):
            return named, ""
        for part in reversed(_CUT.split(target.partition(" ")[0])):
            if part in self._pages:
                return self._pages[part]
            if part in self._keys:
                return self._keys[part], ""
        return None


class Texts:
    """Texts of one package as Markdown with marks. `bring(source)` gives the key of an image that comes along."""

    def __init__(self, links: Links, bring: Callable[[str], str | None]) -> None:
        self._links, self._bring = links, bring
        self._dialect = Dialect(PATTERN, self._turn, self._anchor, self._image)

    def html(self, text: object) -> str:
        """The Markdown of a text that may be HTML."""
        return to_markdown(text, self._dialect) if isinstance(text, str) else ""

    def cell(self, text: object) -> str:
        """The Markdown of a text for the cell of a table; what is secret in it can't stand there."""
        return for_cell(split_secrets(self.html(text))[0].strip())

    def words(self, text: object) -> str:
        """The bare words of a text in one line: of links and rolls what they say."""
        plain = to_text(text) if isinstance(text, str) else ""
        return PATTERN.sub(lambda m: m["label"] or m["named"] or m["roll"] or m.group(0), plain)

    def markdown(self, text: object) -> str:
        """A page that is Markdown already."""
        plain = unmarked(clean(text)) if isinstance(text, str) else ""
        return PATTERN.sub(self._turn, plain).strip()

    def _turn(self, match: re.Match[str]) -> str:
        if (roll := match["roll"]) is not None:
            inner = roll if roll.startswith("/") else f"[{roll}]"
            return f"`{inner.replace('`', chr(39))}`" + (f"{{{match['named']}}}" if match["named"] else "")
        if match["kind"] is None:
            return match.group(0)
        found = self._links.find(match["target"], match["kind"])
        if found is not None:
            return link(found[0], match["label"] or found[1])
        label = (match["label"] or "").replace("[", "(").replace("]", ")").replace("|", "/").strip()
        return f"[{label}]({away(match['kind'], match['target'])})" if label else match.group(0)

    def _anchor(self, attributes: dict[str, str], label: str) -> str | None:
        """A link as the editor drew it, pasted back: it still knows its target."""
        told = attributes.get("data-uuid") or attributes.get("data-id") or ""
        found = self._links.find(told) if told else None
        return link(found[0], label) if found else None

    def _image(self, source: str, caption: str) -> str | None:
        key = self._bring(source)
        return None if key is None else picture(key, caption)
