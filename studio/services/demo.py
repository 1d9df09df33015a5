"""The main job without a window: sample campaign, recorded answer, all of it saved in one change, undone, redone."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studio.domain.errors import StudioError
from studio.domain.record import Frozen
from studio.services import backup, history, sample
from studio.services.chat.recorded import RECORDED
from studio.services.overview import counts, described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from studio.domain.candidate import Changeset
    from studio.domain.chat import Message
    from studio.services.workspace import Workspace
    from studio.storage.project import Project

QUESTION = "Build me a short campaign on a storm-broken coast where lighthouses keep something asleep."


class Step(Frozen):
    """One step and how long it took."""

    name: str
    milliseconds: float
    detail: str = ""


class Demo(Frozen):
    """What was done: where the project lies, what was saved, how long each step took."""

    path: str
    steps: tuple[Step, ...]
    saved: tuple[dict[str, str], ...]
    counts: dict[str, int]
    backup: str


class DemoFailed(StudioError):
    """A step gave another result than it must."""

    code = "demo_failed"


class _Steps:
    def __init__(self, tell: Callable[[Step], object]) -> None:
        self.done: list[Step] = []
        self._tell = tell

    @contextmanager
    def timed(self, name: str) -> Iterator[list[str]]:
        detail: list[str] = []
        start = time.perf_counter()
        yield detail
        step = Step(name=name, milliseconds=round(1000 * (time.perf_counter() - start), 1), detail=" ".join(detail))
        self.done.append(step)
        self._tell(step)


def run_demo(path: Path, *, tell: Callable[[Step], object] = lambda _: None) -> Demo:
    """Do the main job in a new project file at `path`; `tell` hears of each step. Raises StudioError."""
    steps = _Steps(tell)
    with steps.timed("sample campaign made") as detail:
        workspace = sample.create(path)
        detail.append(f"{sum(workspace.run_now(counts).values())} records and changes")
    try:
        answer = _asked(workspace, steps)
        changeset = _saved(workspace, steps, answer)
        saved = tuple(workspace.run_now(_made, changeset))
        _there_and_back(workspace, steps)
        with steps.timed("backed up and verified"):
            copy = workspace.run_now(backup.make)
    finally:
        workspace.close()
    with steps.timed("opened again, history checked") as detail:
        found, verdict = _reopened(path)
        detail.append(verdict)
    return Demo(
        path=str(path), steps=tuple(steps.done), saved=saved, counts=found, backup=str(copy.path) if copy else ""
    )


def _asked(workspace: Workspace, steps: _Steps) -> Message:
    from studio.services.asking import ask

    with steps.timed("question asked, recorded answer streamed") as detail:
        answer = asyncio.run(ask(workspace, QUESTION, model=RECORDED))
        detail.append(f"{len(answer.text.split())} words")
    return answer


def _saved(workspace: Workspace, steps: _Steps, answer: Message) -> Changeset:
    from studio.services.review import apply, extract_text, store_artifact

    with steps.timed("answer read by rules, no model") as detail:
        extraction = workspace.run_now(extract_text, answer)
        artifact = workspace.run_now(store_artifact, answer, extraction)
        detail.append(f"{len(artifact.candidates)} things found")
    with steps.timed("all saved in one change") as detail:
        changeset = workspace.run_now(apply, artifact.id)
        detail.append(f"{len(changeset.made)} saved")
    return changeset


def _there_and_back(workspace: Workspace, steps: _Steps) -> None:
    before = workspace.run_now(counts)
    with steps.timed("undone"):
        workspace.run_now(history.undo)
    without = workspace.run_now(counts)
    with steps.timed("redone"):
        workspace.run_now(history.redo)
    after = workspace.run_now(counts)
    ignored = {"commit"}
    if {k: v for k, v in before.items() if k not in ignored} != {k: v for k, v in after.items() if k not in ignored}:
        raise DemoFailed("Redo did not bring back what undo took.")
    if without["blueprint"] >= before["blueprint"] or without["relation"] >= before["relation"]:
        raise DemoFailed("Undo did not take the change back.")


def _made(project: Project, changeset: Changeset) -> list[dict[str, str]]:
    return [described(project, record_id) for record_id in changeset.made.values()]


def _reopened(path: Path) -> tuple[dict[str, int], str]:
    from studio.services.workspace import Workspace

    workspace = Workspace.open(path)
    try:
        found = workspace.run_now(counts)
    finally:
        workspace.close()
    verdict = backup.verify(path)
    if not verdict.ok:
        raise DemoFailed(verdict.sentence)
    return found, f"{verdict.commits} changes, all accounted for"
