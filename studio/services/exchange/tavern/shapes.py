"""How a character card's fields become an NPC's, and back: one text with headings for what has no field here."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]
V2, V3 = "chara_card_v2", "chara_card_v3"
SECTIONS = (("scenario", "Scenario"), ("first_mes", "First message"), ("mes_example", "Example messages"))
"""Card fields that stand below the description under a heading each."""
_HEADING = re.compile(rf"^## ({'|'.join(re.escape(title) for _, title in SECTIONS)})$", re.MULTILINE)
FLAT = ("name", "description", "personality", "scenario", "first_mes", "mes_example")
"""The fields of a card of version 1."""


def is_card(data: Any) -> bool:
    """Whether this JSON is a card of any version."""
    if not isinstance(data, dict):
        return False
    if data.get("spec") in (V2, V3) and isinstance(data.get("data"), dict):
        return True
    return isinstance(data.get("name"), str) and sum(isinstance(data.get(key), str) for key in FLAT) >= 4


def data_of(card: Json) -> Json:
    """The fields of a card, whatever its version."""
    inner = card.get("data")
    return inner if card.get("spec") in (V2, V3) and isinstance(inner, dict) else {k: v for k, v in card.items()}


def words(data: Json, key: str) -> str:
    """A field as text; nothing where it is something else."""
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""


def body_of(data: Json) -> str:
    """The text of an NPC from a card's fields."""
    parts = [words(data, "description")]
    parts += [f"## {title}\n\n{words(data, key)}" for key, title in SECTIONS if words(data, key)]
    return "\n\n".join(part for part in parts if part)


def fields_of(body: str) -> Json:
    """A card's fields from the text of an NPC: what `body_of` wrote comes apart again."""
    keys = {title: key for key, title in SECTIONS}
    pieces = _HEADING.split(body)
    found: Json = {"description": pieces[0].strip()} | {key: "" for key, _ in SECTIONS}
    for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
        found[keys[title]] = text.strip()
    return found


def texts_of(value: Any) -> list[str]:
    """The texts in a list, or in one text with commas."""
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return [word.strip() for word in value if isinstance(word, str) and word.strip()] if isinstance(value, list) else []
