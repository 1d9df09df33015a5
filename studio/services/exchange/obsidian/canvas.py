"""A canvas of cards as a note that lists them: texts, links to notes, groups, and what is joined to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.material import unmarked
from studio.services.exchange.obsidian.vault import stem_of
from studio.services.exchange.reading import clean, parse_json, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

ENDING = ".canvas"
MAX_CARDS = 5000


def told(data: bytes, path: str, named: Callable[[str], str | None]) -> str:
    """The cards and their ties in Markdown. Raises ImportRefused where it isn't a canvas."""
    found = parse_json(data, path) if data.strip() else {}
    if not isinstance(found, dict):
        refuse(f"“{path}” isn't a canvas.")
    cards = {str(one.get("id")): one for one in _dicts(found.get("nodes"))}
    labels = {key: _label(card, named) for key, card in cards.items()}
    lines = [line for key, card in cards.items() for line in _card(card, labels[key])]
    ties = [_tie(one, labels) for one in _dicts(found.get("edges"))]
    drawn = [line for line in ties if line]
    return unmarked("\n".join([*lines, *(["", "## Connections", "", *drawn] if drawn else [])]).strip() + "\n")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)][:MAX_CARDS] if isinstance(value, list) else []


def _label(card: dict[str, Any], named: Callable[[str], str | None]) -> str:
    if isinstance(file := card.get("file"), str):
        name = named(file)
        return f"[[{name}]]" if name else stem_of(clean(file))
    words = str(card.get("text") or card.get("label") or card.get("url") or "card")
    first = next((line.strip("# >*-") for line in words.splitlines() if line.strip("# >*-")), "card")
    return clean(first)[:80]


def _card(card: dict[str, Any], label: str) -> list[str]:
    kind = card.get("type")
    if kind == "group":
        return [f"- **{label}** (group)"]
    text = card.get("text")
    if kind == "text" and isinstance(text, str):
        lines = clean(text).strip().splitlines() or [""]
        return [f"- {lines[0]}", *(f"  {line}".rstrip() for line in lines[1:])]
    return [f"- {label}"]


def _tie(edge: dict[str, Any], labels: dict[str, str]) -> str:
    start, end = labels.get(str(edge.get("fromNode"))), labels.get(str(edge.get("toNode")))
    if start is None or end is None:
        return ""
    said = f": {clean(str(edge['label']))}" if edge.get("label") else ""
    return f"- {start} → {end}{said}".replace("\n", " ")
