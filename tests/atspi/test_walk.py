"""What a screen reader meets in the window: every control that takes the focus has a name and a place."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from studio.services import sample
from tests.atspi.reader import Node, Reader, nameless, needs_a_reader
from tests.support.xkeys import ROOT, App

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = needs_a_reader
TITLE = f"{sample.NAME} — TTRPG Studio"
SETTINGS = {
    "Appearance": "Reduce motion",
    "Models and keys": "Try and add",
    "Chat": "Enter sends",
    "Search": "Embedder for search by meaning",
    "Budget": "Daily budget, US$",
    "Projects and backups": "Backups to keep",
    "Keys": "Filter commands",
}
"""Each page of the settings and something that stands on it."""
WORLD_DIALOGS = {
    "Calendars": "Calendars of this world",
    "Kinds and fields": "Kinds",
    "Saved filters": "Use this filter",
    "Link names": "Names that could be links",
    "New front": "Portents",
}
"""Each dialog of the world that a command opens, and something that stands in it."""
CARDS = (
    ("Isolde Hale", "Age: details of this value", "Certainty"),
    ("Isolde Hale", "Edit: Habit ", "What it says"),
    ("Lucan Tolliver", "Edit: leads ", "Attitude"),
)
"""What opens on a page: whose, the button that opens it, and something that stands in it."""


def test_every_control_of_the_start_page_has_a_name_and_is_large_enough(tmp_path: Path) -> None:
    with Reader() as reader, App(home=tmp_path / "home"):
        nodes = reader.until(lambda found: "Open the sample campaign" in names(found), what="the start page")
    assert nameless(nodes) == []
    assert {"Open the sample campaign", "New project", "Open…"} <= names(nodes)
    buttons = [n for n in nodes if n["role"] in ("push button", "check box") and n["showing"] and n["box"]]
    assert buttons
    assert [node["name"] for node in buttons if min(node["box"][2:]) < 24] == []


def names(nodes: list[Node]) -> set[str]:
    """What shows, by name."""
    return {node["name"] for node in nodes if node["showing"]}


class Visit:
    """Goes through the window by keys and presses, and writes down every control it meets."""

    def __init__(self, app: App, reader: Reader) -> None:
        self.app, self.reader = app, reader
        self.silent: list[str] = []
        self.met: set[tuple[str, str, str]] = set()
        self.places = 0

    def keys(self, *chords: str, find: str) -> None:
        """Press keys, then meet what they bring up: something of this name."""
        self.app.keys(*chords)
        self.meet(find)

    def press(self, name: str, *, find: str) -> None:
        """Press a button or a tab as a screen reader does, then the same."""
        self.reader.press(name)
        self.meet(find)

    def command(self, words: str, *, find: str) -> None:
        """Run a command by the palette, then the same."""
        self.app.keys("ctrl+k", pause=0.0)
        self.reader.until(lambda found: "Search commands and names" in names(found), what="the palette")
        self.app.type(words)
        self.reader.until(lambda found: any(words in name for name in names(found)), what=repr(words))
        self.keys("Return", find=find)

    def open_entry(self, name: str) -> None:
        """Find an entry in the tree and open its page."""
        self.app.keys("ctrl+2", "ctrl+a")
        self.app.type(name)
        self.reader.until(lambda found: "1 found" in names(found), what=f"{name!r} alone")
        self.keys("Return", find="Add relation")

    def meet(self, find: str) -> None:
        """Wait for something of this name and write down what else there is."""
        nodes = self.reader.until(lambda found: any(name.startswith(find) for name in names(found)), what=repr(find))
        self.places += 1
        self.silent += [f"at {find}: {place}" for place in nameless(nodes)]
        self.met |= {(n["path"], n["role"], n["name"]) for n in nodes if n["showing"] and n["focusable"]}

    def gone(self, name: str) -> None:
        """Leave with Esc."""
        self.app.keys("Escape")
        self.reader.until(lambda found: name not in names(found), what=f"the end of {name!r}")


def visit_docks(visit: Visit) -> None:
    """Every dock, also those behind tabs, and every view in them."""
    visit.meet("Foundry views")
    visit.keys("ctrl+2", find="Filter the world")
    visit.app.type("tolliver")
    visit.reader.until(
        lambda found: any(name.endswith(" found") for name in names(found)), what="what the filter found"
    )
    visit.keys("Return", find="Add relation")
    visit.keys("ctrl+shift+n", find="Name of the new entry")
    visit.gone("Name of the new entry")
    visit.keys("ctrl+3", find="Foundry views")
    visit.press("Versions", find="Name this version…")
    visit.press("Preview", find="Export as Markdown")
    visit.keys("ctrl+4", "Down", "Return", find="Recipe title")
    visit.press("Write", find="Add block")
    visit.press("Versions", find="Restore as new version")
    visit.keys("ctrl+6", find="Jobs and cost")
    visit.keys("ctrl+shift+k", find="Search the whole project")
    visit.app.type("bell")
    visit.meet("Found")
    visit.keys("ctrl+shift+h", find="Filter changes by words")
    visit.keys("ctrl+5", find="Add relation")


def visit_dialogs(visit: Visit) -> None:
    """The palette and every dialog that keys open."""
    visit.keys("ctrl+k", find="Search commands and names")
    visit.gone("Search commands and names")
    visit.app.keys("ctrl+comma")
    for page, thing in SETTINGS.items():
        visit.meet(page)
        visit.meet(thing)
        visit.app.keys("Down")
    visit.gone("Settings pages")
    visit.keys("ctrl+slash", find="Filter keys")
    visit.gone("Filter keys")
    visit.keys("ctrl+e", find="Choose a place…")
    visit.gone("Choose a place…")
    note = visit.app.home / "The Salt Witch.md"
    note.write_text("# The Salt Witch\n\nShe lives at the Long Mole.\n", encoding="utf-8")
    hand_over(visit.app, note)
    visit.meet("Import")
    visit.gone("Import")


def visit_views(visit: Visit) -> None:
    """Every view of the world, in each of its forms; they follow the entry that is selected."""
    visit.open_entry("Isolde Hale")
    visit.keys("ctrl+7", find="Filter the graph")
    visit.command("Graph as picture and list", find="Graph as a list")
    visit.keys("ctrl+shift+t", find="Lanes by")
    visit.keys("alt+2", find="Dates of the world")
    visit.keys("alt+3", find="Days of the month")
    visit.keys("ctrl+8", find="Add a pin")
    visit.keys("ctrl+shift+q", find="Waiting for a look")
    visit.keys("ctrl+9", find="Open the front")


def visit_world_dialogs(visit: Visit) -> None:
    """What asks and edits beside the pages: Esc leaves each of them."""
    for command, thing in WORLD_DIALOGS.items():
        visit.command(command, find=thing)
        visit.gone(thing)
    visit.app.keys("ctrl+2", "ctrl+a")
    visit.app.type("kind:faction")
    visit.meet("6 found")
    visit.app.keys("Down", "ctrl+a")
    visit.keys("alt+shift+b", find="What will change")
    visit.gone("What will change")


def visit_cards(visit: Visit) -> None:
    """The cards of a value, a claim and a relation: Esc puts each away."""
    for name, button, thing in CARDS:
        visit.open_entry(name)
        visit.press(button, find=thing)
        visit.gone(thing)


def visit_names_and_days(visit: Visit) -> None:
    """The sheet of another name, and in it the sheet of days: Esc puts away one after the other."""
    visit.open_entry("Isolde Hale")
    visit.press("Edit Izzy", find="Kind of name")
    visit.press("In use from: choose a day", find="Days")
    visit.gone("Days")
    visit.gone("Kind of name")


def visit_a_session(visit: Visit) -> None:
    """The page of a session, and its undo."""
    visit.keys("ctrl+shift+n", find="Name of the new entry")
    visit.app.type("The first evening")
    visit.app.keys("shift+Tab")
    visit.app.type("Session")
    visit.app.keys("Tab")
    visit.keys("Return", find="Strong start")
    visit.app.keys("ctrl+1", "ctrl+z")


def visit_other_eyes(visit: Visit) -> None:
    """The bar that says whose eyes it is, and what the panes show them."""
    visit.open_entry("Isolde Hale")
    visit.keys("ctrl+alt+d", find="Date in the world")
    visit.app.type("220")
    visit.keys("Return", find="Another date…")
    visit.keys("ctrl+alt+p", find="Only the game master sees what is here.")
    for key, thing in (("ctrl+2", "Filter the world"), ("ctrl+7", "Filter the graph"), ("ctrl+shift+t", "View")):
        visit.keys(key, find=thing)
    visit.press("Back to the game master, now", find="New entry")


def visit_chat(visit: Visit) -> None:
    """How a chat is answered, and the review of an answer."""
    visit.app.keys("ctrl+1")
    visit.press("How this chat is answered", find="Behaviour note")
    visit.gone("Behaviour note")
    visit.keys("ctrl+s", find="Found in this answer")
    visit.gone("Found in this answer")


def visit_sources(visit: Visit) -> None:
    """The pack of the next message, the sources of the last answer, the findings, and the report of the gate."""
    visit.keys("ctrl+1", "ctrl+j", find="Copy all")
    visit.gone("Copy all")
    visit.keys("ctrl+shift+b", find="Sources and canon")
    visit.gone("Sources and canon")
    visit.keys("ctrl+shift+y", find="Find a finding")
    visit.command("Publish report", find="For whom")
    visit.gone("For whom")


def hand_over(app: App, path: Path) -> None:
    """Start a second application with a file: it gives it to the first and ends."""
    env = {**os.environ, "TTRPG_STUDIO_HOME": str(app.home)}
    subprocess.run([sys.executable, "-m", "studio", "open", str(path)], cwd=ROOT, env=env, timeout=30, check=True)


ROUTES: dict[str, tuple[Callable[[Visit], None], ...]] = {
    "panes and pages": (visit_chat, visit_docks, visit_dialogs, visit_cards, visit_names_and_days),
    "views of the world": (visit_views, visit_world_dialogs, visit_a_session, visit_sources, visit_other_eyes),
}


@pytest.mark.parametrize("route", ROUTES)
def test_every_control_behind_every_tab_and_in_every_dialog_has_a_name(
    route: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "Sample.ttrpg"
    sample.create(project).close()
    with Reader() as reader, App("open", str(project), home=tmp_path / "home") as app:
        app.wait_title(TITLE, whole=True)
        visit = Visit(app, reader)
        for way in ROUTES[route]:
            way(visit)
    with capsys.disabled():
        sys.stdout.write(f"\nscreen reader: {len(visit.met)} controls in {visit.places} places, all named\n")
    assert visit.silent == []
    assert len(visit.met) > 300


def test_no_question_of_a_reader_ends_the_application(tmp_path: Path) -> None:
    project = tmp_path / "Sample.ttrpg"
    sample.create(project).close()
    with Reader() as reader, App("open", str(project), home=tmp_path / "home") as app:
        app.wait_title(TITLE, whole=True)
        for key, thing in (("ctrl+1", "Foundry views"), ("ctrl+2", "Filter the world"), ("ctrl+6", "Jobs and cost")):
            app.keys(key)
            reader.until(lambda found, thing=thing: thing in names(found), what=repr(thing))
            assert reader.pester() > 100
            assert app.process is not None
            assert app.process.poll() is None, app.words()
        reader.until(lambda found: "Filter the world" in names(found), what="the window, alive")
