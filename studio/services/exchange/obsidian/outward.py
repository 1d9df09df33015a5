"""What a record says, in the words of a vault: names as links to notes, media as images, values as front matter."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from studio.domain.text import fold
from studio.domain.world import Entity, Entry, Link
from studio.services.exchange.obsidian import words
from studio.services.exchange.obsidian.vault import stem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Json = dict[str, Any]
Slot = tuple[str, str]
World = Entity | Entry
_WORDS = re.compile(
    r"(?P<wiki>\[\[(?!\[)(?P<name>[^\]|#\n]{1,250}+)(?P<part>#[^\]|\n]{0,250}+)?(?:\|(?P<label>[^\]\n]{1,500}+))?\]\])"
    r"|(?P<image>!\[(?P<caption>[^\]\n]{0,1000}+)\]\(media:(?P<hash>[0-9a-f]{64})\))"
)


def name_of(record: World) -> str:
    """What a record is called."""
    return record.name if isinstance(record, Entity) else record.title


def slots(record: World) -> dict[Slot, Any]:
    """What a record says that a front matter can say, by slot; what is empty isn't there."""
    found: dict[Slot, Any] = {("tags", ""): list(record.tags)}
    found["visibility", ""] = "" if record.visibility == "gm" else record.visibility
    if isinstance(record, Entry):
        found |= {("name", ""): record.title, ("kind", ""): "note", ("date", ""): record.in_world_date}
    else:
        found |= {("name", ""): record.name, ("kind", ""): record.kind, ("summary", ""): record.summary}
        found["subtype", ""] = record.subtype
        found["parent", ""] = Link(text="", ref=record.parent) if record.parent else None
        found["aliases", ""] = [alias.name for alias in record.aliases]
        found |= {("field", name): value for name, value in record.fields.items()}
        for name, value in record.custom.items():
            found.setdefault(("field" if words.field_of(record.kind, name) == name else "custom", name), value)
    return {slot: value for slot, value in found.items() if value not in (None, "", [], {})}


class Outward:
    """Puts our words into those of the vault in which each record has its path."""

    def __init__(self, paths: Mapping[str, str], records: Iterable[World], image: Callable[[str], str | None]) -> None:
        self._image = image
        stems = {one: stem_of(path) for one, path in paths.items()}
        often = Counter(stem.casefold() for stem in stems.values())
        self._targets = {
            one: posixpath.splitext(paths[one])[0] if often[stem.casefold()] > 1 else stem
            for one, stem in stems.items()
        }
        self._linked: dict[str, str | None] = {}
        self._names: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        for one in records:
            self._names.setdefault(fold(name_of(one)), one.id)
            for alias in one.aliases if isinstance(one, Entity) else ():
                self._aliases.setdefault(fold(alias.name), one.id)

    def target(self, record_id: str) -> str:
        """What a link to a record's note says: the file's name, its path where several have that name."""
        return self._targets[record_id]

    def link(self, record_id: str) -> str:
        """A link to a record's note."""
        return f"[[{self.target(record_id)}]]"

    def text(self, text: str) -> str:
        """A text with its links and images as the vault has them."""
        return _WORDS.sub(self._put, text) if "](media:" in text or "[[" in text else text

    def _put(self, match: re.Match[str]) -> str:
        return self._picture(match) if match["image"] is not None else self._wiki(match)

    def _picture(self, match: re.Match[str]) -> str:
        path = self._image(match["hash"])
        if path is None:
            return match["caption"]
        caption = match["caption"].replace("|", "/")
        return f"![[{path}]]" if not caption or caption == posixpath.basename(path) else f"![[{path}|{caption}]]"

    def _wiki(self, match: re.Match[str]) -> str:
        name = match["name"].strip()
        if name not in self._linked:
            self._linked[name] = self._other(name)
        target = self._linked[name]
        if target is None:
            return match.group()
        return f"[[{target}{match['part'] or ''}|{match['label'] or name}]]"

    def _other(self, name: str) -> str | None:
        """What a link says in the vault where that isn't the name."""
        found = self._names.get(fold(name), self._aliases.get(fold(name)))
        target = self.target(found) if found is not None else name
        return None if fold(target) == fold(name) else target

    def value(self, value: Any) -> Any:
        """A field's value as a front matter says it; nothing for what can't be said."""
        if isinstance(value, Link):
            return self.link(value.ref) if value.ref and value.ref in self._targets else self.text(value.text)
        if isinstance(value, list | tuple):
            return [self.value(one) for one in value]
        if isinstance(value, dict) and value.keys() == {"text"}:
            return value["text"]
        return self.text(value) if isinstance(value, str) else value
