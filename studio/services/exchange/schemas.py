"""JSON Schemas of everything stored, for people and programs that read bundles and project files.

`python -m studio.services.exchange.schemas FOLDER` writes them anew; a test says when they are out of date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.domain.commit import Commit
from studio.domain.record import Provenance
from studio.storage.nouns import ENTITY, NOUNS

if TYPE_CHECKING:
    from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema."""
    models: dict[str, type[BaseModel]] = {kind: noun.record for kind, noun in NOUNS.items()}
    models |= {"entity": ENTITY.record, "commit": Commit, "provenance": Provenance}
    return {f"{name}.schema.json": _schema(name, model) for name, model in sorted(models.items())}


def _schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    head = {"$schema": DIALECT, "$id": f"urn:ttrpg-studio:{name}:{VERSION}"}
    return head | model.model_json_schema(mode="validation")


def text_of(schema: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write(folder: Path) -> int:
    """Write every schema into a folder; gives how many."""
    folder.mkdir(parents=True, exist_ok=True)
    found = schemas()
    for name, schema in found.items():
        (folder / name).write_text(text_of(schema), encoding="utf-8", newline="\n")
    return len(found)


if __name__ == "__main__":
    sys.exit(0 if write(Path(sys.argv[1])) else 1)
