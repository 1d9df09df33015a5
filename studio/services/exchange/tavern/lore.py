"""Lorebooks: World Info of SillyTavern, a card's book, NovelAI, Risu. Each entry becomes a note with its keys as tags.

Keys may be regular expressions: they are kept as text and never run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.commit import content_hash
from studio.services.exchange.material import Material, Thing, unmarked
from studio.services.exchange.reading import refuse
from studio.services.exchange.tavern.shapes import texts_of, words

if TYPE_CHECKING:
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "world-info"
MAX_ENTRIES = 100_000
_CONTENT = ("content", "text", "entry")
_NAMES = ("comment", "name", "displayName")
_KEYS = ("key", "keys", "keywords")


def claims(probe: Probe) -> bool:
    """Whether the JSON is a lorebook: entries with keys and contents, and nothing of a card."""
    return bool(_looks_like_lore(probe.json))


def read(probe: Probe) -> Material:
    """Every entry that holds a text."""
    found = Material(source=SOURCE, title=f"the lorebook {probe.stem}", origin=probe.stem)
    data = probe.json
    entries = entries_of(data)
    things(found, entries, prefix="", told="lore")
    if not found.things and not found.skipped:
        refuse(f"There is nothing in the lorebook “{probe.name}”.")
    found.kept = {key: value for key, value in data.items() if key not in ("entries", "data")}
    return found


def _looks_like_lore(data: Any) -> bool:
    if not isinstance(data, dict) or data.get("spec"):
        return False
    entries = entries_of(data)[:20]
    marks = sum(any(k in one for k in _KEYS) and any(k in one for k in _CONTENT) for one in entries)
    return bool(entries) and marks >= max(1, len(entries) // 2)


def entries_of(book: Json) -> list[Json]:
    """The entries, which are a list, an object by number, or Risu's `data`."""
    given = book.get("entries", book.get("data"))
    listed = list(given.values()) if isinstance(given, dict) else given if isinstance(given, list) else []
    if len(listed) > MAX_ENTRIES:
        refuse(f"The lorebook holds more than {MAX_ENTRIES:,} entries. Split it and import the parts.")
    return [one for one in listed if isinstance(one, dict)]


def things(found: Material, entries: list[Json], *, prefix: str, told: str) -> list[Thing]:
    """Add a note for each entry; one without text is left out with the reason."""
    made = []
    for n, entry in enumerate(entries):
        keys = [unmarked(key) for name in _KEYS for key in texts_of(entry.get(name))]
        body = next((unmarked(words(entry, name)) for name in _CONTENT if words(entry, name)), "")
        title = next((unmarked(words(entry, name)) for name in _NAMES if words(entry, name)), "")
        title = title or (keys[0] if keys else f"Entry {n + 1}")
        if not body:
            found.skip(f"lore “{title}”", "it holds no text")
            continue
        identity = entry.get("uid", entry.get("id"))
        key = f"{prefix}{identity}" if isinstance(identity, int | str) else prefix + content_hash([keys, title])[:16]
        tags = [key for key in keys if not key.startswith("/")]
        made.append(Thing(key, title, told=told, body=body, tags=tags, mode="lore", raw=entry))
    found.things += made
    return made
