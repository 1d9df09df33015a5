"""The headless command's line per file, and known entities from a hand-written world."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.domain.candidate import (
    BlueprintCandidate,
    EntityCandidate,
    Extraction,
    FieldCandidate,
    Known,
    RelationCandidate,
)
from studio.domain.errors import StudioError
from studio.domain.ids import RecordId

if TYPE_CHECKING:
    from pathlib import Path


def prediction_line(path: str, extraction: Extraction) -> dict[str, Any]:
    """One file's result as plain data: `{"file", "seconds", "candidates"}`."""
    out: list[dict[str, Any]] = []
    for c in extraction.candidates:
        if isinstance(c, EntityCandidate):
            head = {"target": "entity", "kind": c.kind, "name": c.name, "aliases": list(c.aliases)}
            out.append({**head, "confidence": c.confidence, "op": c.op, "fields": _fields(c.fields)})
        elif isinstance(c, RelationCandidate):
            head = {"target": "relation", "type": c.type, "from": c.from_name, "to": c.to_name}
            out.append({**head, "confidence": c.confidence, "span": list(c.span or (0, 0)), "quote": c.quote})
        else:
            target = "blueprint" if isinstance(c, BlueprintCandidate) else "recipe"
            out.append({"target": target, "confidence": c.confidence, "fields": _fields(c.fields)})
    return {"file": path, "seconds": extraction.seconds, "candidates": out}


def _fields(fields: dict[str, tuple[FieldCandidate, ...]]) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {
                "value": v.value,
                "confidence": v.confidence,
                "span": list(v.span or (0, 0)),
                "quote": v.quote,
                "basis": v.basis,
            }
            for v in values
        ]
        for name, values in fields.items()
    }


def read_known(path: Path) -> list[Known]:
    """The entities of a `ttrpg-world` file. Raises StudioError when it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StudioError(f"{path.name} could not be read as JSON. Give a file in the ttrpg-world format.") from error
    if not isinstance(data, dict) or not isinstance(data.get("entities"), list):
        raise StudioError(
            f"{path.name} is no ttrpg-world file: it has no list 'entities'. "
            "Export a world with 'export --format world-json'."
        )
    return [
        Known(
            id=RecordId(str(e.get("key") or e["name"])),
            kind=str(e.get("kind", "npc")),
            name=e["name"],
            aliases=tuple(map(str, e.get("aliases") or ())),
        )
        for e in data["entities"]
        if isinstance(e, dict) and isinstance(e.get("name"), str) and e["name"].strip()
    ]
