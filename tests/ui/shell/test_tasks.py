"""Async slots: errors reach one place, the last run wins where it should, jobs can be followed and stopped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.domain.errors import Invalid
from studio.ui.panel import Panel
from studio.ui.tasks import Tasks, latest_task, once_task, ui_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot
    from qasync import QEventLoop

    from tests.ui.conftest import TestContext


class Owner(QObject):
    def __init__(self, tasks: Tasks, host: QWidget) -> None:
        super().__init__()
        self.host = host
        self.tasks = tasks
        self.done: list[str] = []

    @ui_task
    async def work(self, name: str, error: Exception | None = None) -> str:
        await asyncio.sleep(0)
        if error is not None:
            raise error
        self.done.append(name)
        return name

    @once_task
    async def make(self, name: str) -> None:
        await asyncio.sleep(0)
        self.done.append(name)

    @latest_task
    async def search(self, typed: str) -> None:
        await asyncio.sleep(0.01)
        self.done.append(typed)


@pytest.fixture
def said() -> list[Any]:
    return []


@pytest.fixture
def owner(qtbot: QtBot, loop: QEventLoop, said: list[Any]) -> Owner:
    host = QWidget()
    qtbot.addWidget(host)
    return Owner(Tasks(host, on_message=said.append, on_crash=said.append), host)


def test_a_slot_starts_work_and_gives_its_result(owner: Owner, qtbot: QtBot) -> None:
    task = owner.work("a")
    assert not owner.tasks.is_quiet
    qtbot.waitUntil(lambda: owner.tasks.is_quiet)
    assert task.result() == "a"


def test_what_lasts_as_long_as_the_project_does_not_keep_the_window_from_being_quiet(
    owner: Owner, qtbot: QtBot
) -> None:
    lasting = owner.tasks.start(asyncio.sleep(60), lasting=True)
    owner.work("a")
    qtbot.waitUntil(lambda: owner.tasks.is_quiet)
    assert owner.done == ["a"]
    assert not lasting.done()
    stopped = owner.tasks.start(owner.tasks.shutdown())
    qtbot.waitUntil(stopped.done)
    assert lasting.cancelled()


def test_what_a_user_can_act_on_becomes_a_sentence(owner: Owner, qtbot: QtBot, said: list[Any]) -> None:
    task = owner.work("a", Invalid("A name is missing.", hint="Type one."))
    qtbot.waitUntil(lambda: task.done() and bool(said))
    assert said == ["A name is missing. Type one."]


def test_our_own_mistakes_become_a_crash_report(owner: Owner, qtbot: QtBot, said: list[Any]) -> None:
    task = owner.work("a", ZeroDivisionError())
    qtbot.waitUntil(lambda: task.done() and bool(said))
    assert isinstance(said[0], ZeroDivisionError)


def test_only_the_last_search_comes_to_its_end(owner: Owner, qtbot: QtBot, said: list[Any]) -> None:
    tasks = [owner.search(typed) for typed in ("a", "as", "ash")]
    qtbot.waitUntil(lambda: all(task.done() for task in tasks))
    assert owner.done == ["ash"]
    assert said == []


def test_what_is_to_be_made_once_is_made_once_however_often_it_is_asked_for(owner: Owner, qtbot: QtBot) -> None:
    assert owner.make("a") is owner.make("b")
    qtbot.waitUntil(lambda: owner.tasks.is_quiet)
    owner.make("c")
    qtbot.waitUntil(lambda: owner.done == ["a", "c"])


def test_a_panel_that_closes_drops_what_it_reads_and_ends_what_it_does(
    ctx: TestContext, qtbot: QtBot, said: list[Any]
) -> None:
    class Reader(Panel):
        done: ClassVar[list[str]] = []

        @latest_task
        async def look(self) -> None:
            self.done.append("read")

        @ui_task
        async def store(self) -> None:
            self.done.append("stored")

    panel = Reader(ctx)
    qtbot.addWidget(panel)
    tasks = [panel.look(), panel.store()]
    panel.release()
    qtbot.waitUntil(lambda: all(task.done() for task in tasks))
    assert (Reader.done, tasks[0].cancelled()) == (["stored"], True)


def test_the_error_of_a_widget_that_is_gone_goes_unsaid(owner: Owner, qtbot: QtBot, said: list[Any]) -> None:
    widget = QWidget()
    task = owner.tasks.start(_fail_after(widget), owner=widget)
    qtbot.waitUntil(task.done)
    qtbot.wait(5)
    assert said == []


async def _fail_after(widget: QWidget) -> None:
    await asyncio.sleep(0)
    widget.deleteLater()
    await asyncio.sleep(0.01)
    raise ValueError


def test_shutting_down_waits_for_what_runs(owner: Owner, run: Callable[[Any], Any]) -> None:
    task = owner.search("ash")
    run(owner.tasks.shutdown())
    assert task.cancelled()


def test_a_job_moves_ends_and_is_cleared(owner: Owner, qtbot: QtBot) -> None:
    stopped: list[bool] = []
    job = owner.tasks.job("Import", lambda: stopped.append(True))
    with qtbot.waitSignal(owner.tasks.jobs_changed):
        job.update(0.5, "3 of 6")
    job.cancel()
    assert stopped == [True]
    assert owner.tasks.running_jobs == [job]
    job.finish("cancelled", "Nothing was changed.")
    assert owner.tasks.running_jobs == []
    owner.tasks.forget_finished()
    assert owner.tasks.jobs == []
