"""What a screen reader meets in the window: every control that takes the focus has a name and a place."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from studio.services import sample
from tests.atspi.reader import Node, Reader, nameless, needs_a_reader
from tests.support.xkeys import ROOT, App

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

pytestmark = needs_a_reader
TITLE = f"{sample.NAME} — TTRPG Studio"
SETTINGS = {
    "Appearance": "Reduce motion",
    "Models and keys": "Try and add",
    "Chat": "Enter sends",
    "Budget": "Daily budget, US$",
    "Projects and backups": "Backups to keep",
    "Keys": "Filter commands",
}
"""Each page of the settings and something that stands on it."""


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


def visit_dialogs(visit: Visit, folder: Path) -> None:
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
    note = folder / "The Salt Witch.md"
    note.write_text("# The Salt Witch\n\nShe lives at the Long Mole.\n", encoding="utf-8")
    hand_over(visit.app, note)
    visit.meet("Import")
    visit.gone("Import")


def visit_chat(visit: Visit) -> None:
    """How a chat is answered, and the review of an answer."""
    visit.app.keys("ctrl+1")
    visit.press("How this chat is answered", find="Behaviour note")
    visit.gone("Behaviour note")
    visit.keys("ctrl+s", find="Found in this answer")
    visit.gone("Found in this answer")


def hand_over(app: App, path: Path) -> None:
    """Start a second application with a file: it gives it to the first and ends."""
    env = {**os.environ, "TTRPG_STUDIO_HOME": str(app.home)}
    subprocess.run([sys.executable, "-m", "studio", "open", str(path)], cwd=ROOT, env=env, timeout=30, check=True)


def test_every_control_behind_every_tab_and_in_every_dialog_has_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "Sample.ttrpg"
    sample.create(project).close()
    with Reader() as reader, App("open", str(project), home=tmp_path / "home") as app:
        app.wait_title(TITLE, whole=True)
        visit = Visit(app, reader)
        visit_chat(visit)
        visit_docks(visit)
        visit_dialogs(visit, tmp_path)
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
