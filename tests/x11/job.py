"""The main job as a person does it: the answer that is asked for, the connection to its provider, what is stored."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.services.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.provider import ScriptedProvider
    from tests.support.xkeys import App

NAME = "Shattered Coast"
TITLE = f"{NAME} — TTRPG Studio"
QUESTION = "A brittle alliance faction"
_FOUND = """# The Ashen Concord

**System:** D&D 5e
**Levels:** 3–5
**Tone:** grim, hopeful, maritime
**Pitch:** Hold a brittle alliance of three salt-cities together before the thaw breaks the ice road.

## Factions

### The Ashen Concord
A brittle alliance of three salt-cities that signed the Treaty of Ninth Lantern.
- **Goal:** control the salt road before the thaw
- **Leader:** Marshal Ilse Dorn
- **Rival:** House Veyra

### House Veyra
An old salt family that profits from every quarrel.

## NPCs

### Marshal Ilse Dorn
- **Role:** commander of the Lantern Guard
- **Motive:** to keep her soldiers alive until spring

## Locations

### Lantern Quay
A harbour of black stone where the ninth lantern never goes out.

## How the first evening runs

"""
_PROSE = """Open on the quay in the hour before dark. The delegations wait behind three ropes, and nobody has told the
dockers which of them may land first. Let the players hear the ice before they see it: a long groan that runs under
the stones and stops every conversation. Ask each of them what there is to lose when the road breaks, and write it
down where all can see it.

"""
_PROMPT = """## Image prompt
> A frozen harbour at dusk, nine iron lanterns on a black stone quay, one of them lit, oil painting, muted colours.
"""
ANSWER = _FOUND + _PROSE * 8 + _PROMPT
"""About 700 words."""
SHOWN = {
    "world": ("The Ashen Concord", "House Veyra", "Marshal Ilse Dorn", "Lantern Quay"),
    "foundry": ("The Ashen Concord", "D&D 5e", "brittle alliance of three salt-cities"),
    "forge": ("Image: A frozen harbour at dusk",),
}
"""Some of what each dock shows once the answer is saved."""


def make_project(folder: Path) -> Path:
    """An empty project file."""
    path = folder / f"{NAME}.ttrpg"
    Workspace.create(path, name=NAME, author="tester", device="test").close()
    return path


def connect(home: Path, provider: ScriptedProvider, **settings: object) -> None:
    """Settings in which the scripted provider is the only model."""
    config = home / "config"
    config.mkdir(parents=True)
    connection = {"name": "Scripted", "provider": "openai_compat", "base_url": provider.url, "models": ["fake"]}
    (config / "connections.json").write_text(json.dumps([connection]))
    (config / "settings.json").write_text(json.dumps({"key_store": "session", **settings}))


def wait_open(app: App) -> None:
    """Wait until the window says that the project is open: from then on every key must work at its first press."""
    app.wait_title(TITLE, whole=True)


def ask(app: App, question: str = QUESTION) -> None:
    """Type a question and send it."""
    app.type(question)
    app.keys("Return", pause=0.0)


def text_of(message: dict[str, Any]) -> str:
    """A stored message's text."""
    return "".join(part["text"] for part in message["parts"])


class Field(NamedTuple):
    """One stored value's source: the record, its field, and the provenance as it is stored."""

    kind: str
    name: str
    prov: dict[str, Any]


class Stored:
    """What lies in the project file, read beside the application."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=5)) as sql:
            return sql.execute(statement).fetchall()

    def answers(self) -> list[dict[str, Any]]:
        """The answers as they were stored, however they ended."""
        data = self.rows("SELECT data FROM message WHERE deleted_at IS NULL AND role = 'assistant' ORDER BY id")
        return [json.loads(row[0]) for row in data]

    def answered(self) -> bool:
        """Whether an answer has come to its end."""
        return any("state" not in answer for answer in self.answers())

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """Live records that the save makes, by kind."""
        found: dict[str, list[dict[str, Any]]] = {}
        for table, which in (
            ("entity", "1"),
            ("relation", "1"),
            ("document", "kind IN ('blueprint', 'recipe')"),
        ):
            for kind, data in self.rows(f"SELECT kind, data FROM {table} WHERE deleted_at IS NULL AND {which}"):
                found.setdefault(kind, []).append(json.loads(data))
        return found

    def saved(self) -> bool:
        """Whether everything of the answer is there: all comes in one transaction."""
        return "recipe" in self.records()

    def empty(self) -> bool:
        """Whether none of it is there."""
        return not self.records()

    def sources(self) -> list[Field]:
        """The provenance of every stored value."""
        return [
            Field(kind, field, prov)
            for kind, records in self.records().items()
            for record in records
            for field, entries in record["prov"].items()
            for prov in entries
        ]

    def verbs(self) -> list[str]:
        """What the log says was done to the project, in order, without the notes beside it."""
        return [row[0] for row in self.rows("SELECT verb FROM commit_log WHERE step != 'note' ORDER BY seq")]
