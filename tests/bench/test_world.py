"""The World Bible at 10,000 entities: filter key, completion, tree, page, edit, rename."""

import asyncio
import random
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop as QtLoop
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop

from studio.domain.ids import RecordId
from studio.services import names as all_names
from studio.services.workspace import Workspace
from studio.services.world import autolink, bulk, entities, mentions, names, pages, queue, tree
from studio.settings import SettingsStore
from studio.storage.project import Project
from studio.ui.commands import CommandRegistry
from studio.ui.context import StudioContext
from studio.ui.names import NameIndex
from studio.ui.tasks import Tasks
from studio.ui.theme import Look, Theme
from studio.ui.world import EntryPanel, WorldPanel
from tests.bench.measuring import Report, percentile, sample

pytestmark = [pytest.mark.bench, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
COUNT = 10_000
SYLLABLES = ("an", "bar", "cor", "del", "eth", "gar", "hol", "jor", "mar", "sol", "tar", "ul", "vey", "zel")
TYPED = ("a", "as", "ash", "v", "ve", "vey", "m", "ma", "mar", "mar t", "mar ta", "z", "ze", "zel", "th", "the", "q")


def keys(report: Report, name: str, taken: list[float]) -> None:
    """What a key may take: a frame, in the tail too."""
    report.add(f"{name}, median", statistics.median(taken), limit=16)
    report.add(f"{name}, p95", percentile(taken, 95), limit=16)


def fill(project: Project) -> list[str]:
    chance = random.Random(3)
    word = lambda: "".join(chance.choice(SYLLABLES) for _ in range(2)).capitalize()  # noqa: E731
    made = []
    with project.commit("bench.fill", "Fill"):
        for n in range(COUNT):
            kind = chance.choice(("npc", "npc", "faction", "location", "item", "event"))
            name = f"{word()} {word()}"
            body = f"{word()} met [[{word()} {word()}]] at noon. " * 6
            aliases = [word()] if n % 3 == 0 else []
            made.append(
                entities.create_entity(
                    project, kind=kind, name=name, body=body, aliases=aliases, tags=[f"t{n % 40}"], adopt=False
                ).id
            )
    return made


class Bench:
    """A window's worth of context, without the window."""

    def __init__(self, folder: Path, app: QApplication) -> None:
        self.app = app
        self.loop = QEventLoop(app, already_running=True)
        asyncio.set_event_loop(self.loop)
        self.workspace = Workspace.create(folder / "big.ttrpg", name="Big", author="b", device="b")
        self.ids = self.workspace.run_now(fill)
        self.host = QWidget()
        self.pulse = QTimer(self.host, interval=20)
        self.pulse.start()
        shell: Any = _NoShell()
        self.ctx = StudioContext(
            workspace=self.workspace, settings=SettingsStore(folder), theme=Theme(app, Look(theme="light")),
            commands=CommandRegistry(self.host), shell=shell, names=NameIndex(self.host),
            tasks=Tasks(self.host, on_message=print, on_crash=self._crash),
        )  # fmt: skip
        self.ctx.names.set_book(self.workspace.run_now(all_names.book))

    def _crash(self, error: BaseException) -> None:
        raise error

    def until(self, done: Any) -> None:
        while not done():
            self.app.processEvents(QtLoop.ProcessEventsFlag.AllEvents | QtLoop.ProcessEventsFlag.WaitForMoreEvents)

    def run(self, verb: Any, *args: Any, **named: Any) -> Any:
        task = self.loop.create_task(self.workspace.run(verb, *args, **named))
        self.until(task.done)
        return task.result()

    def close(self) -> None:
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        self.until(lambda: all(task.done() for task in left))
        asyncio.events._set_running_loop(None)
        self.loop._QEventLoop__is_running = False  # pyright: ignore[reportAttributeAccessIssue]
        self.loop.close()
        asyncio.set_event_loop(None)
        self.workspace.close()


class _NoShell:
    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Bench]:
    made = Bench(tmp_path_factory.mktemp("bench"), qapp)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def no_blocking_calls() -> None:
    """Measured without the guard: it costs time of its own."""


def test_a_filter_key_end_to_end(bench: Bench, report: Report) -> None:
    panel = WorldPanel(bench.ctx)
    panel.resize(300, 800)
    panel.show()
    bench.until(lambda: panel.started)
    drawn: list[str] = []
    panel.model.modelReset.connect(lambda: drawn.append(panel.filter.text()))

    def key(text: str) -> None:
        drawn.clear()
        panel.filter.setText(text)
        bench.until(lambda: drawn and drawn[-1] == text)
        panel.tree.viewport().repaint()

    taken = [ms for _ in range(6) for text in TYPED for ms in sample(lambda text=text: key(text), times=1, warm_up=0)]
    query = [ms for t in TYPED for ms in sample(lambda t=t: bench.workspace.run_now(tree.filtered, t), times=6)]
    keys(report, "filter key, query alone, 10,000 entities", query)
    keys(report, "filter key, query to paint, 10,000 entities", taken)
    panel.release()
    panel.close()


def test_the_tree_opens_and_a_branch_unfolds_quickly(bench: Bench, report: Report) -> None:
    def open_panel() -> None:
        panel = WorldPanel(bench.ctx)
        panel.resize(300, 800)
        panel.show()
        bench.until(lambda: panel.started)
        panel.tree.viewport().repaint()
        panel.release()
        panel.deleteLater()

    report.add("World Bible dock, made to painted, median", statistics.median(sample(open_panel, times=8)), limit=100)
    panel = WorldPanel(bench.ctx)
    panel.resize(300, 800)
    panel.show()
    bench.until(lambda: panel.started)

    def unfold() -> None:
        panel.tree.expand(panel.model.group("npc"))
        bench.until(lambda: panel.model.rowCount(panel.model.group("npc")) > 0)
        panel.tree.viewport().repaint()

    first = sample(unfold, times=1, warm_up=0)[0]
    report.add("unfold 3,300 people, first page painted", first, limit=50)
    paint = sample(lambda: panel.tree.viewport().repaint(), times=40)
    keys(report, "tree paint, 26 lines", paint)
    panel.release()
    panel.close()


def test_completion_of_a_link(bench: Bench, report: Report) -> None:
    memory = [ms for t in TYPED for ms in sample(lambda t=t: bench.ctx.names.complete(t), times=6)]
    keys(report, "[[ completion from memory, 10,000 entities", memory)
    stored = [ms for t in TYPED for ms in sample(lambda t=t: bench.workspace.run_now(names.complete, t), times=6)]
    keys(report, "name completion from the file, 10,000 entities", stored)


def test_a_page_opens_and_an_edit_is_stored_quickly(bench: Bench, report: Report) -> None:
    entry = EntryPanel(bench.ctx)
    entry.resize(430, 900)
    entry.show()
    ids = iter(bench.ids)

    def open_page() -> None:
        wanted = next(ids)
        entry.show_record(wanted)
        bench.until(lambda: entry.record_id == wanted)
        entry.repaint()

    report.add("entry page, click to painted, median", statistics.median(sample(open_page, times=30)), limit=80)
    edit = entry.view.text.edit if entry.view is not None else None
    assert edit is not None
    edit.setFocus()
    key = sample(lambda: QTest.keyClicks(edit, "x"), times=60)
    keys(report, "key in an entry's text", key)
    entry.release()
    entry.close()
    numbers = iter(range(10_000))

    def store() -> None:
        entities_id = RecordId(bench.ids[next(numbers) % 500])
        bench.workspace.run_now(entities.update_entity, entities_id, {"summary": f"Number {next(numbers)}"})

    report.add("edit of one field, commit and all, median", statistics.median(sample(store, times=100)), limit=10)


def test_verbs_that_look_at_the_whole_world(bench: Bench, report: Report) -> None:
    run, one = bench.workspace.run_now, RecordId(bench.ids[7])
    numbers, some = iter(range(1000)), [RecordId(i) for i in bench.ids[:500]]
    change = bulk.Change(edits=(bulk.Edit(path="status", value="canon"),))
    looks: list[tuple[str, Callable[[], object], float]] = [
        ("a filter by place, field and time", lambda: run(tree.filtered, "kind:npc -#t3 has:home updated:7d"), 120),
        ("the canon queue's first page, by source", lambda: run(queue.waiting, "both", "source"), 250),
        ("a change of 500 entries, looked at", lambda: run(bulk.preview, some, change), 400),
        ("links proposed for 150 texts", lambda: run(autolink.scan, some[:150]), 250),
        ("known entities for extraction", lambda: run(names.known_entities), 120),
        ("likely duplicates of a name", lambda: run(names.similar, "The Marvey Solwyn"), 120),
        ("mentions of an entity", lambda: run(mentions.mentions_of, one), 60),
        ("page of an entity", lambda: run(pages.entity_page, one), 5),
        ("rename, links and all", lambda: run(entities.rename_entity, one, f"Name {next(numbers)}"), 120),
        *((f"groups by {by}", lambda by=by: run(tree.groups, by), 60) for by in tree.GROUPINGS),
    ]
    for what, act, limit in looks:
        report.add(f"{what}, 10,000 entities, median", statistics.median(sample(act, times=5)), limit=limit)
    run(entities.set_status, [RecordId(i) for i in bench.ids], "canon")
    unchanged = sample(lambda: run(queue.waiting, "changed"), times=5)
    report.add("canon that changed, where none has, 10,000 entities, median", statistics.median(unchanged), limit=120)
    for record in some[:300]:
        run(entities.update_entity, record, {"summary": "Now it is otherwise"})
    changed = sample(lambda: run(queue.waiting, "changed", "source", start=200), times=5)
    report.add("canon that changed, its second page, median", statistics.median(changed), limit=250)
