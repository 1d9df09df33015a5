"""Stat blocks of several programs in one shape: name, short values, ability scores, traits and actions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain.errors import StudioError
from studio.services.exchange import front_matter
from studio.services.exchange.publishing.document import Stats

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]
_SCORES = ("str", "dex", "con", "int", "wis", "cha")
_FENCES = frozenset({"statblock", "ad-statblock"})
_HEAD = ("size", "type", "subtype", "alignment")
_SKIPPED = frozenset({
    "name", "layout", "image", "statblock", "stats", "columns", "dice", "monster", "source", "tags", *_HEAD, *_SCORES,
})  # fmt: skip
_PARTS = {
    "traits": "Traits", "actions": "Actions", "bonus_actions": "Bonus actions", "reactions": "Reactions",
    "legendary_actions": "Legendary actions", "mythic_actions": "Mythic actions", "lair_actions": "Lair actions",
    "regional_effects": "Regional effects", "spells": "Spells",
}  # fmt: skip
_LABELS = {
    "ac": "Armour class", "hp": "Hit points", "hit_dice": "Hit dice", "cr": "Challenge", "pb": "Proficiency bonus",
    "damage_resistances": "Resistances", "damage_immunities": "Immunities",
    "damage_vulnerabilities": "Vulnerabilities", "saves": "Saving throws", "skillsaves": "Skills",
}  # fmt: skip
_TAG = re.compile(r"<[^<>]{1,400}>")
_LONGEST, _MOST, _DEEPEST = 4000, 200, 6


def from_fence(language: str, source: str) -> Stats | None:
    """The stat block in a fenced block of a text, where it is one that can be read."""
    if language.lower() not in _FENCES:
        return None
    try:
        values = front_matter.read(source).values
    except StudioError:
        return None
    return stats(str(values.get("name") or ""), values) if values else None


def stats(name: str, block: Json) -> Stats:
    """A stat block as an entity keeps it: from a plugin of Obsidian, from Foundry VTT, or of no known shape."""
    data = block.get("data") if isinstance(block.get("data"), dict) else None
    if data is not None:
        word = f"{_text(block.get('game'))} {_text(block.get('type'))}".strip()
        return _foundry(name, data, word)
    return _flat(_text(block.get("name")) or name, block)


def _flat(name: str, block: Json) -> Stats:
    line = ", ".join(text for key in _HEAD if (text := _text(block.get(key))))
    values = block.get("stats")
    given = values if isinstance(values, list) else [block.get(key) for key in _SCORES]
    scores = tuple((key.upper(), _score(one)) for key, one in zip(_SCORES, given, strict=False) if _text(one))
    rows = tuple(
        (_label(key), text)
        for key, value in list(block.items())[:_MOST]
        if key not in _SKIPPED and key not in _PARTS and (text := _text(value))
    )
    parts = tuple((title, found) for key, title in _PARTS.items() if (found := tuple(_parts(block.get(key)))))
    return Stats(name, line, rows, scores, parts)


def _foundry(name: str, data: Json, word: str) -> Stats:
    """The system data of an actor or item; of D&D's the ability scores as such."""
    abilities = data.get("abilities")
    scores: list[tuple[str, str]] = []
    if isinstance(abilities, dict):
        for key, one in list(abilities.items())[:12]:
            value = one.get("value") if isinstance(one, dict) else one
            if isinstance(value, int | float) and not isinstance(value, bool):
                scores.append((str(key).upper(), _score(value)))
    left = {key: value for key, value in data.items() if key not in ("abilities", "details", "description")}
    rows = tuple((_label(key), text) for key, text in _leaves(left) if text)
    return Stats(name, word, rows[:60], tuple(scores))


def _leaves(value: Json, before: str = "", depth: int = 0) -> Iterable[tuple[str, str]]:
    """(path, value) of all that is said, deep inside too."""
    for key, one in list(value.items())[:_MOST]:
        path = f"{before} {key}".strip()
        if isinstance(one, dict):
            if depth < _DEEPEST:
                yield from _leaves(one, path, depth + 1)
        elif one not in (0, False):
            yield path.removesuffix(" value"), _text(one)


def _parts(value: Any) -> Iterable[tuple[str, str]]:
    for one in value[:_MOST] if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield _text(one.get("name")), _text(one.get("desc") or one.get("description") or one.get("entries"))
        elif text := _text(one):
            yield "", text


def _score(value: Any) -> str:
    """A score with its modifier, as D&D counts it, where it is one."""
    text = _text(value)
    number = int(text) if text.isdecimal() and len(text) < 3 else None
    return f"{text} ({(number - 10) // 2:+d})" if number is not None else text


def _text(value: Any, depth: int = 0) -> str:
    if value is None or value == "" or depth > _DEEPEST:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, dict):
        pairs = ((str(k), _text(v, depth + 1)) for k, v in list(value.items())[:_MOST])
        return ", ".join(f"{key} {text}" for key, text in pairs if text)
    if isinstance(value, list | tuple):
        return ", ".join(text for one in value[:_MOST] if (text := _text(one, depth + 1)))
    return " ".join(_TAG.sub(" ", str(value)[:_LONGEST]).split())


def _label(key: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(key)).replace("_", " ").replace("-", " ").strip()
    return _LABELS.get(str(key).lower(), words[:1].upper() + words[1:])
