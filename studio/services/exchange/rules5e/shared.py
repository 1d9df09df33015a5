"""What the readers of fifth-edition data share: small values in words, and the stat block that all of them fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.material import NOTE, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]
DEEPEST = 12
LAYOUT = "Basic 5e Layout"
SCORES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
KINDS: dict[str, str] = {
    "monster": "creature", "creature": "creature", "race": "species", "subrace": "species", "species": "species",
    "item": "item", "baseitem": "item", "equipment": "item", "magic item": "item", "magicitem": "item",
    "weapon": "item", "armor": "item", "vehicle": "item", "deity": "deity", "language": "language",
    "table": NOTE, "location": "location", "object": "item", "trap": NOTE, "hazard": NOTE,
}  # fmt: skip
"""Word of the source → kind; every other word is a note."""


def line(value: Any) -> str:
    """A value in one line of words."""
    if isinstance(value, bool) or value is None:
        return "yes" if value else ""
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, str):
            return line(name)
        return ", ".join(f"{key.replace('_', ' ')} {text}" for key, one in value.items() if (text := line(one)))
    if isinstance(value, list):
        return ", ".join(text for one in value[:100] if (text := line(one)))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unmarked(" ".join(str(value).split()))


def prose(value: Any) -> str:
    """Text in paragraphs."""
    parts = value if isinstance(value, list) else [value]
    return unmarked("\n\n".join(one.strip() for one in parts if isinstance(one, str) and one.strip()))


def number(value: Any) -> int | None:
    """A whole number, or None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def with_licence(source: str, licence: Any) -> str:
    """A source with the licence under which it stands, where one is named."""
    return f"{source} ({text})" if (text := line(licence)) else source


def challenge(value: Any) -> str:
    """A challenge rating as players write it: `1/4`, `10`."""
    parts = {0.125: "1/8", 0.25: "1/4", 0.5: "1/2"}
    try:
        rating = float(value)
    except (TypeError, ValueError):
        return line(value)
    return parts.get(rating) or (str(int(rating)) if rating.is_integer() else str(rating))


def filled(block: Json) -> Json:
    """A stat block without what it says nothing of."""
    return {"layout": LAYOUT} | {key: value for key, value in block.items() if value not in ("", None, [], {})}


def named(parts: Iterable[tuple[str, str]]) -> list[Json]:
    """Traits and actions as a stat block holds them."""
    return [{"name": name, "desc": text} for name, text in parts if name or text]
