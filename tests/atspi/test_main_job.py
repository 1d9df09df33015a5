"""The main job as a screen reader sees it: what the three docks say after the save, the undo, a kill and the redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.atspi.reader import Node, Reader, needs_a_reader, words
from tests.support.provider import Reply, ScriptedProvider
from tests.support.xkeys import App
from tests.x11 import job

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_a_reader
TITLES = {"world": "World Bible", "foundry": "Foundry", "forge": "Prompt Forge"}
KEYS = {"world": "ctrl+2", "foundry": "ctrl+3", "forge": "ctrl+4"}
EMPTY = {"world": "Your world starts here", "foundry": "No blueprint yet", "forge": "No recipe yet"}


def in_dock(nodes: list[Node], dock: str) -> str:
    """Everything that shows in one dock."""
    return words([node for node in nodes if f"/panel:{TITLES[dock]}/" in node["path"]])


def read_docks(app: App, reader: Reader, said: dict[str, tuple[str, ...]]) -> None:
    """Bring each dock up by its key and wait until it says these words, inside of it."""
    for dock, parts in said.items():
        app.keys(KEYS[dock])
        reader.until(lambda nodes, parts=parts, dock=dock: all(p in in_dock(nodes, dock) for p in parts),
                     what=f"{parts} in the {dock} dock")  # fmt: skip
    app.keys("ctrl+1")


def test_the_three_docks_show_what_was_saved_lose_it_and_show_it_again_after_a_kill(tmp_path: Path) -> None:
    project, home = job.make_project(tmp_path), tmp_path / "home"
    nothing = {dock: (sentence,) for dock, sentence in EMPTY.items()}
    with ScriptedProvider(default=Reply(job.ANSWER, piece=40, pause=0.002)) as provider, Reader() as reader:
        job.connect(home, provider)
        with App("open", str(project), home=home) as app:
            job.wait_open(app)
            job.ask(app)
            reader.until(lambda nodes: "Save 11 from answer" in words(nodes), what="the end of the answer", seconds=20)
            app.keys("ctrl+s")
            reader.until(lambda nodes: "Save all 11" in words(nodes), what="the review")
            app.keys("ctrl+Return")
            reader.until(lambda nodes: "Saved 1 blueprint" in words(nodes), what="the word that it is saved")
            read_docks(app, reader, job.SHOWN)
            app.keys("ctrl+z")
            read_docks(app, reader, nothing)
            app.keys("ctrl+shift+z")
            read_docks(app, reader, job.SHOWN)
            app.keys("ctrl+z")
            read_docks(app, reader, nothing)
            app.kill()
        with App(home=home) as app:
            job.wait_open(app)
            read_docks(app, reader, nothing)
            app.keys("ctrl+shift+z")
            read_docks(app, reader, job.SHOWN)
