"""A world-builder's evening by keys alone: make, relate, date, judge, look, take back, and lose nothing to a kill."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.services import sample
from tests.atspi.reader import Node, Reader, needs_a_reader, words
from tests.support.xkeys import App, wait_until
from tests.x11 import job

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_a_reader
TITLE = f"{sample.NAME} — TTRPG Studio"
KEEPER, LAMP = "Orla Wick", "The Ninth Lamp"
SAID = "leads The Ninth Lamp"


class World(job.Stored):
    """What lies in the file while the window has it open."""

    def entity(self, name: str) -> dict[str, Any]:
        """The live entity of this name, or nothing."""
        data = (json.loads(row[0]) for row in self.rows("SELECT data FROM entity WHERE deleted_at IS NULL"))
        return next((found for found in data if found["name"] == name), {})

    def related(self) -> dict[str, Any]:
        """The relation between the two, or nothing."""
        ends = {self.entity(KEEPER).get("id"), self.entity(LAMP).get("id")}
        data = (json.loads(row[0]) for row in self.rows("SELECT data FROM relation WHERE deleted_at IS NULL"))
        return next((found for found in data if {found["from_id"], found["to_id"]} == ends), {})

    def whole(self) -> bool:
        """Whether everything that was made is there: both, their relation with its date, and the judgement."""
        return bool(self.related().get("valid_from")) and self.entity(LAMP).get("status") == "canon"

    def gone(self) -> bool:
        """Whether none of it is."""
        return not self.entity(KEEPER) and not self.entity(LAMP)


def on(nodes: list[Node], name: str) -> bool:
    """Whether the focus is on something of this name; a combo box is named by its label.

    The current cell of a tree says that it has the focus wherever the focus is.
    """
    found = [n for n in nodes if n["focused"] and n["role"] != "table cell"]
    return any(n["name"].startswith(name) or n["label"] == name for n in found)


class Builder:
    """Works by keys, and knows by the reader alone where it is."""

    def __init__(self, app: App, reader: Reader, world: World) -> None:
        self.app, self.reader, self.world = app, reader, world

    def until(self, said: str, *, gone: bool = False) -> list[Node]:
        """Wait until this is said somewhere, or no longer."""
        return self.reader.until(lambda nodes: (said in words(nodes)) is not gone, what=f"{said!r}, gone: {gone}")

    def focus(self, name: str) -> None:
        """Wait until the focus is on something of this name."""
        self.reader.until(lambda nodes: on(nodes, name), what=f"the focus on {name!r}")

    def tab_to(self, name: str, *, key: str = "Tab", most: int = 16) -> None:
        """Press Tab until the focus is on something of this name."""
        for _ in range(most):
            self.app.keys(key, pause=0.05)
            if on(self.reader.walk(), name):
                return
        raise AssertionError(f"{most} times {key} lead nowhere near {name!r}")

    def make(self, kind: str, name: str) -> None:
        """A new entry: its kind by Alt and the arrows, its name, Enter."""
        self.app.keys("ctrl+shift+n")
        self.focus("Name of the new entry")
        self.app.keys("shift+Tab")
        self.app.type(kind)
        self.app.keys("Tab")
        self.app.type(name)
        self.app.keys("Return")
        wait_until(lambda: self.world.entity(name), what=f"{name} in the file\n{self.app.words()}")
        page = ("Name", name)
        self.reader.until(lambda nodes: page in [(n["name"], n["text"]) for n in nodes], what=f"the page of {name}")

    def relate(self) -> None:
        """The keeper leads the lamp since 210, said on the keeper's page."""
        self.app.keys("ctrl+2", "ctrl+a")
        self.app.type(KEEPER)
        self.until("1 found")
        self.app.keys("Return")
        self.until("Kind: NPC")
        self.app.keys("ctrl+alt+r")
        self.focus("Type of relation")
        self.app.keys("ctrl+a")
        self.app.type("leads")
        self.app.keys("Tab")
        self.focus("Related entry")
        self.app.type(LAMP)
        self.app.keys("Return")
        wait_until(self.world.related, what=f"the relation in the file\n{self.app.words()}")
        self.until(f"Edit: {SAID}")
        self.app.keys("ctrl+alt+r")
        self.tab_to(f"Edit: {SAID}", key="shift+Tab")
        self.app.keys("space")
        self.focus("Type of relation")
        self.tab_to("From")
        self.app.type("210")
        self.app.keys("Tab")
        wait_until(lambda: self.world.related().get("valid_from"), what="the date in the file")

    def judge(self) -> None:
        """Make the lamp canon in the queue."""
        self.app.keys("ctrl+shift+q")
        self.focus(LAMP)
        self.app.keys("c")
        wait_until(lambda: self.world.entity(LAMP).get("status") == "canon", what="the judgement in the file")

    def walk_the_graph(self) -> None:
        """From the keeper to the lamp, and open it."""
        self.app.keys("ctrl+7")
        self.until("1 relation")
        self.app.keys("Page_Down", "Return")
        self.until("Kind: Faction")

    def look_otherwise(self) -> None:
        """As of before they met, as the party, and back."""
        self.app.keys("ctrl+alt+d")
        self.focus("Date in the world")
        self.app.type("200")
        self.app.keys("Return")
        self.until("as it stood on")
        self.until(SAID, gone=True)
        self.app.keys("ctrl+alt+p")
        self.until("as the party may see it")
        self.until(f"{KEEPER}, NPC", gone=True)
        self.app.keys("ctrl+alt+g")
        self.until("as the party may see it", gone=True)
        self.app.keys("ctrl+alt+n")
        self.until("Nothing changes here", gone=True)


def test_a_world_is_built_looked_at_and_taken_back_by_keys_alone(tmp_path: Path) -> None:
    project, home = tmp_path / "Sample.ttrpg", tmp_path / "home"
    sample.create(project).close()
    world = World(project)
    with Reader() as reader:
        with App("open", str(project), home=home) as app:
            app.wait_title(TITLE, whole=True)
            builder = Builder(app, reader, world)
            builder.make("faction", LAMP)
            builder.make("npc", KEEPER)
            builder.relate()
            builder.judge()
            assert world.whole()
            steps = len([verb for verb in world.verbs() if not verb.startswith("sample")])
            builder.walk_the_graph()
            builder.look_otherwise()
            app.keys("ctrl+1", *["ctrl+z"] * steps)
            wait_until(world.gone, what=f"nothing of it\n{app.words()}")
            app.keys(*["ctrl+shift+z"] * steps)
            wait_until(world.whole, what=f"all of it\n{app.words()}")
            app.kill()
        with App(home=home) as app:
            app.wait_title(TITLE, whole=True)
            assert world.whole()
            app.keys("ctrl+2", "ctrl+a")
            app.type(KEEPER)
            reader.until(lambda nodes: "1 found" in words(nodes), what="the keeper, after the kill")
