"""A contradiction in an answer, by keys: foreseen in the review, stopped at the gate, answered; then all goes out."""

from __future__ import annotations

import json
import re
from contextlib import closing
from typing import TYPE_CHECKING, Any

from studio.domain.chat import Message
from studio.domain.world import Entity
from studio.services.citing import reading as citing
from studio.services.context.prompt import SOURCES_HEAD
from studio.services.continuity import publish
from studio.services.workspace import Workspace
from studio.services.world import entities
from tests.atspi.reader import Reader, needs_a_reader, words
from tests.support.provider import Reply, ScriptedProvider
from tests.support.xkeys import App, wait_until
from tests.x11 import job

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.project import Project

pytestmark = needs_a_reader
QUESTION = "Who keeps the ninth lantern since Ilse Dorn?"
BODY = "Ilse Dorn commanded the Lantern Guard of Port Ash. She drowned when the ice road broke."
ANSWER = """Ilse Dorn commanded the Lantern Guard [{n}], and somebody had to take her place.

## Factions

### The Pale Lantern
A secret watch of dockers and pilots that keeps the ninth lantern burning.
- **Goal:** keep the salt road open to everybody [{n}]
- **Founded:** 830
- **Founder:** Ilse Dorn

## NPCs

### Tamsin Reed
- **Role:** pilot of the Pale Lantern
"""
CLASH = "The Pale Lantern was founded 830 by Ilse Dorn, but Ilse Dorn died 812."
NEW = ("The Pale Lantern", "Tamsin Reed")


def answer(request: dict[str, Any]) -> Reply:
    """The answer, citing the note on the dead commander by the number under which the model was given it."""
    notes = str(request["messages"][-1]["content"]).partition(SOURCES_HEAD)[2]
    numbered = re.search(r"\[(\d+)\][^\[]*Ilse Dorn", notes)
    return Reply(ANSWER.format(n=numbered[1] if numbered else "no number"), piece=40)


def make_world(folder: Path) -> Path:
    """A world in which the commander is dead, and that is canon."""
    path = job.make_project(folder)
    dead = {"role": "marshal", "birth": {"year": 760}, "death": {"year": 812}}
    with closing(Workspace.open(path)) as workspace:
        workspace.run_now(entities.create_entity, kind="npc", name="Ilse Dorn", status="canon", fields=dead, body=BODY)
    return path


class World(job.Stored):
    """What lies in the file while the window has it open."""

    def statuses(self) -> dict[str, str]:
        """The status of every entry by name."""
        data = (json.loads(row[0]) for row in self.rows("SELECT data FROM entity WHERE deleted_at IS NULL"))
        return {one["name"]: one.get("status", "draft") for one in data}

    def canon(self) -> bool:
        """Whether all that was new in the answer is canon."""
        return all(self.statuses().get(name) == "canon" for name in NEW)

    def ruled(self) -> bool:
        """Whether the finding was answered."""
        return bool(self.rows("SELECT 1 FROM document WHERE kind = 'ruling' AND deleted_at IS NULL"))


def test_a_contradiction_is_caught_in_review_and_at_the_gate_then_answered_and_published(tmp_path: Path) -> None:
    project, home = make_world(tmp_path), tmp_path / "home"
    world = World(project)
    with ScriptedProvider(default=answer) as provider, Reader() as reader:
        job.connect(home, provider)
        with App("open", str(project), home=home) as app:
            job.wait_open(app)
            says = lambda what: lambda nodes: what in words(nodes)  # noqa: E731
            job.ask(app, QUESTION)
            reader.until(says("from answer"), what="the end of the answer", seconds=20)
            app.keys("ctrl+s")
            reader.until(says("1 doesn't fit"), what="the warning of the review")
            app.keys("ctrl+Return")
            wait_until(lambda: NEW[0] in world.statuses(), what="what was saved")
            make_canon(app, reader, "ctrl+a", "c")
            gate = reader.until(says("1 thing must be answered before this goes out."), what="the shut gate")
            assert CLASH in words(gate)
            assert "draft" in world.statuses().values()
            app.keys("Return")
            reader.until(says("Put this away: side 1"), what="the finding with its sides")
            app.keys("1")
            wait_until(world.ruled, what="the answer to the finding")
            make_canon(app, reader, "c")
            wait_until(world.canon, what="canon")
            app.keys("ctrl+q")
            assert app.wait_end() == 0, app.words()
    with closing(Workspace.open(project)) as workspace:
        workspace.run_now(is_published)


def make_canon(app: App, reader: Reader, *chords: str) -> None:
    """Go to the canon queue and press these keys there; what is ticked in it stays so."""
    app.keys("ctrl+shift+q")
    reader.until(lambda nodes: any(n["focused"] and n["name"].startswith(NEW) for n in nodes), what="the queue")
    app.keys(*chords)


def is_published(project: Project) -> None:
    """The answer cites a note that there is, what came from it is canon on its word, and nobody was overridden."""
    (said,) = [message for message in project.all(Message) if message.role == "assistant"]
    cited = citing.report(project, said)
    assert cited.citations
    assert cited.flagged == ()
    made = [one for one in project.all(Entity) if one.name in NEW]
    report = publish.report_canon(project, [one.id for one in made])
    sources = [cite for part in report.parts for cite in part.cites]
    assert {cite.name for cite in sources} == set(NEW)
    assert {cite.ref for cite in sources} == {said.id}
    assert not report.blocked
    assert publish.let_pass(project) == []
