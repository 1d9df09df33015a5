"""The main job by real keys: a question, a streamed answer, two chords, three docks; undone, killed, opened, redone."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from typing import TYPE_CHECKING

import pytest

from studio.services.workspace import Workspace
from tests.support.provider import Reply, ScriptedProvider
from tests.support.xkeys import App, wait_until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.x11,
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="there is no X server (DISPLAY is not set)"),
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed"),
]

ANSWER = """# The Ashen Concord

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

## Image prompt
> A frozen harbour at dusk, nine iron lanterns on a black stone quay, one of them lit, oil painting, muted colours.

"""
PROSE = (
    "The envoys meet again at low tide and nobody speaks first, because whoever speaks first has already given way. "
)
TEXT = ANSWER + (PROSE * 30)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "Shattered Coast.ttrpg"
    Workspace.create(path, name="Shattered Coast", author="tester", device="test").close()
    return path


def live(path: Path) -> dict[str, int]:
    """How many live records there are: entities, blueprints, recipes, and finished answers."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as sql:
        count = lambda table, more="": sql.execute(  # noqa: E731
            f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL {more}"
        ).fetchone()[0]
        return {
            "entity": count("entity"),
            "blueprint": count("document", "AND kind = 'blueprint'"),
            "recipe": count("document", "AND kind = 'recipe'"),
            "answer": count(
                "message", "AND json_extract(data, '$.role') = 'assistant' AND json_extract(data, '$.state') IS NULL"
            ),
        }


def saved(path: Path) -> bool:
    now = live(path)
    return bool(now["entity"] >= 3 and now["blueprint"] and now["recipe"])


def nothing_saved(path: Path) -> bool:
    now = live(path)
    return not (now["entity"] or now["blueprint"] or now["recipe"])


def connect(home: Path, provider: ScriptedProvider) -> None:
    config = home / "config"
    config.mkdir(parents=True)
    connection = {"name": "Scripted", "provider": "openai_compat", "base_url": provider.url, "models": ["fake"]}
    (config / "connections.json").write_text(json.dumps([connection]))
    (config / "settings.json").write_text(json.dumps({"key_store": "session"}))


def test_an_answer_is_saved_with_two_chords_undone_and_redone_after_a_kill(project: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert 500 <= len(TEXT.split()) <= 900
    with ScriptedProvider(default=Reply(TEXT, piece=40, pause=0.002)) as provider:
        connect(home, provider)
        with App("open", str(project), home=home) as app:
            app.wait_title("Shattered Coast")
            wait_until(lambda: _asked(app, provider), what=f"the question\n{app.words()}", seconds=30)
            wait_until(lambda: live(project)["answer"], what=f"the answer\n{app.words()}", seconds=20)
            started = time.monotonic()
            app.keys("ctrl+s", pause=0.0)
            wait_until(lambda: _accepted(app, project), what=f"the three docks filled\n{app.words()}", seconds=10)
            took = time.monotonic() - started
            app.keys("ctrl+z")
            wait_until(lambda: nothing_saved(project), what=f"the undo\n{app.words()}")
            app.kill()
        with App(home=home) as app:
            app.wait_title("Shattered Coast")
            assert nothing_saved(project)
            wait_until(lambda: _redone(app, project), what=f"the redo\n{app.words()}")
    assert took < 3.0, f"two chords took {took:.1f} s"


def _asked(app: App, provider: ScriptedProvider) -> bool:
    """Type into the composer, which has the focus as soon as the project is on show."""
    if not provider.calls:
        app.type("A brittle alliance faction")
        app.keys("Return", pause=0.8)
    return bool(provider.calls)


def _accepted(app: App, project: Path) -> bool:
    """The review opens as soon as the answer is read; then one chord saves all."""
    if not saved(project):
        app.keys("ctrl+Return", pause=0.1)
    return saved(project)


def _redone(app: App, project: Path) -> bool:
    if not saved(project):
        app.keys("ctrl+shift+z", pause=0.5)
    return saved(project)
