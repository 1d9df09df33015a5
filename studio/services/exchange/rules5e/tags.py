"""Texts of 5etools: trees of entries, and words in `{@tag …}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.services.exchange.loose import items
from studio.services.exchange.material import link, unmarked
from studio.services.exchange.rules5e.shared import DEEPEST, Json, line

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAG = re.compile(r"\{@(\w{1,30})(?: ([^{}]{0,2000}))?\}")
_ROUNDS = 8
_ATTACKS = {
    "mw": "Melee Weapon Attack:", "rw": "Ranged Weapon Attack:", "mw,rw": "Melee or Ranged Weapon Attack:",
    "ms": "Melee Spell Attack:", "rs": "Ranged Spell Attack:", "ms,rs": "Melee or Ranged Spell Attack:",
    "m": "Melee Attack Roll:", "r": "Ranged Attack Roll:", "m,r": "Melee or Ranged Attack Roll:",
}  # fmt: skip
_STYLES = {"b": "**", "bold": "**", "i": "*", "italic": "*", "s": "~~", "strike": "~~", "note": "*"}
_LINKED = {"creature": "monster", "item": "item", "spell": "spell", "deity": "deity", "race": "race"}


class Words:
    """Puts entries into Markdown; `known` is where the things of the same files are: (array, name) → key."""

    def __init__(self, known: Mapping[tuple[str, str], str]) -> None:
        self._known = known

    def text(self, value: str) -> str:
        """A text with its tags put into words, the inner ones first."""
        text = unmarked(value)
        for _ in range(_ROUNDS):
            text, count = _TAG.subn(self._tag, text)
            if not count:
                break
        return text

    def _tag(self, match: re.Match[str]) -> str:
        tag, said = match.group(1), match.group(2) or ""
        parts = [part.strip() for part in said.split("|")]
        first, last = parts[0], parts[2] if len(parts) > 2 and parts[2] else parts[0]
        match tag:
            case "atk" | "atkr":
                return f"*{_ATTACKS.get(first.replace(' ', ''), 'Attack:')}*"
            case "h":
                return "*Hit:* "
            case "hit" | "d20":
                return first if first.startswith(("+", "-")) else f"+{first}"
            case "dc":
                return f"DC {first}"
            case "recharge":
                return f"(Recharge {first}–6)" if first and first != "6" else "(Recharge 6)"
            case "chance":
                return f"{first} percent"
            case "dice" | "damage" | "scaledice" | "scaledamage" | "link" | "autodice":
                return parts[1] if len(parts) > 1 and parts[1] and tag in ("dice", "damage") else first
        if (mark := _STYLES.get(tag)) is not None:
            return f"{mark}{first}{mark}" if first else ""
        key = self._known.get((_LINKED.get(tag, ""), first.casefold()))
        return link(key, last) if key else last

    def entries(self, value: Any, depth: int = 0) -> str:
        """A tree of entries as paragraphs, lists and tables."""
        if depth > DEEPEST:
            return ""
        if isinstance(value, str | int | float):
            return self.text(str(value))
        if isinstance(value, list):
            return "\n\n".join(text for one in value if (text := self.entries(one, depth + 1)))
        return self._entry(value, depth) if isinstance(value, dict) else ""

    def _entry(self, one: Json, depth: int) -> str:
        kind, name = one.get("type"), self.text(line(one.get("name")))
        if kind == "list":
            told = (self.entries(item, depth + 1) for item in items(one.get("items")))
            return "\n".join("- " + text.replace("\n\n", " ") for text in told if text)
        if kind == "table":
            return self._table(one)
        inner = one.get("entries") or one.get("entry") or one.get("items")
        text = self.entries(inner, depth + 1)
        if kind in ("inset", "insetReadaloud", "quote"):
            return "\n".join(f"> {row}".rstrip() for row in f"{name}\n\n{text}".strip().splitlines())
        if kind in ("item", "itemSub", "itemSpell") or (name and depth > 1):
            return f"**{name.rstrip('.:')}.** {text}" if name else text
        return f"## {name}\n\n{text}" if name else text

    def _table(self, one: Json) -> str:
        rows = [[self._cell(cell) for cell in items(row)] for row in items(one.get("rows"))[:500]]
        head = [self._cell(cell) for cell in items(one.get("colLabels"))] or [""] * max(map(len, rows), default=0)
        if not head:
            return ""
        lines = [head, ["---"] * len(head), *(row[: len(head)] for row in rows)]
        caption = self.text(line(one.get("caption")))
        table = "\n".join("| " + " | ".join(row) + " |" for row in lines)
        return f"**{caption}**\n\n{table}" if caption else table

    def _cell(self, cell: Any) -> str:
        if isinstance(cell, dict) and isinstance(cell.get("roll"), dict):
            roll = cell["roll"]
            return line(roll.get("exact")) or f"{line(roll.get('min'))}–{line(roll.get('max'))}"
        return " ".join(self.entries(cell, 2).replace("|", "/").split())
