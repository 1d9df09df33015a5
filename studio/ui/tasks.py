"""How a widget starts slow work: one decorator, one place where errors become messages, jobs that can be cancelled."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="HasTasks")


class HasTasks(Protocol):
    """What `ui_task` needs of its owner: somewhere to run."""

    @property
    def tasks(self) -> Tasks: ...


class Job(QObject):
    """One long action that the user sees: title, how far it is, and how to stop it."""

    changed = Signal()

    def __init__(self, title: str, cancel: Callable[[], object] | None, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.fraction: float | None = None
        self.sentence = ""
        self.state = "running"
        self._cancel = cancel

    @property
    def can_cancel(self) -> bool:
        """Whether there is a way to stop it."""
        return self._cancel is not None and self.state == "running"

    @Slot()
    def moved(self) -> None:
        """Say that it moved on; other threads queue this."""
        self.changed.emit()

    def update(self, fraction: float | None, sentence: str = "") -> None:
        """Move on; `fraction` is 0–1, None where the end isn't known."""
        self.fraction, self.sentence = fraction, sentence
        self.changed.emit()

    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._cancel is not None and self.state == "running":
            self.sentence = "Stopping…"
            self.changed.emit()
            self._cancel()

    def finish(self, state: str, sentence: str = "") -> None:
        """The end: `done`, `cancelled` or `failed`, and what was kept."""
        self.state, self.sentence = state, sentence or self.sentence
        if state == "done":
            self.fraction = 1.0
        self.changed.emit()


class Tasks(QObject):
    """Runs coroutines for widgets. `on_message(sentence)` gets what users can act on, `on_crash(error)` our bugs."""

    jobs_changed = Signal()

    def __init__(
        self,
        parent: QObject,
        *,
        on_message: Callable[[str], object],
        on_crash: Callable[[BaseException], object],
    ) -> None:
        super().__init__(parent)
        self._on_message = on_message
        self._on_crash = on_crash
        self._running: set[asyncio.Task[Any]] = set()
        self._lasting: set[asyncio.Task[Any]] = set()
        self.jobs: list[Job] = []

    def start(self, work: Coroutine[Any, Any, T], *, owner: object = None, lasting: bool = False) -> asyncio.Task[T]:
        """Run a coroutine on the window's loop. If `owner` is a widget that goes away, its errors go unsaid.

        A `lasting` one goes on as long as its project is open: nobody waits for it to be quiet.
        """
        import asyncio

        task = asyncio.ensure_future(work)
        self._running.add(task)
        if lasting:
            self._lasting.add(task)
        task.add_done_callback(lambda done: self._ended(done, owner))
        return task

    def job(self, title: str, cancel: Callable[[], object] | None = None) -> Job:
        """Open a row in Jobs; call `update` and `finish` on it."""
        made = Job(title, cancel, self)
        made.changed.connect(self.jobs_changed)
        self.jobs.append(made)
        self.jobs_changed.emit()
        return made

    def forget_finished(self) -> None:
        """Clear the rows of jobs that have ended."""
        self.jobs = [job for job in self.jobs if job.state == "running"]
        self.jobs_changed.emit()

    @property
    def running_jobs(self) -> list[Job]:
        """Jobs that haven't ended."""
        return [job for job in self.jobs if job.state == "running"]

    def report(self, error: BaseException) -> None:
        """Say an error to the user: a StudioError as its sentence, anything else as a crash."""
        from studio.domain.errors import StudioError

        if isinstance(error, StudioError):
            self._on_message(str(error))
        else:
            self._on_crash(error)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing runs that a widget started and that comes to an end by itself."""
        return self._running <= self._lasting

    async def shutdown(self) -> None:
        """Cancel everything and wait until it has ended."""
        import asyncio

        me = asyncio.current_task()
        running = [task for task in self._running if task is not me]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any], owner: object) -> None:
        self._running.discard(task)
        self._lasting.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(owner, QObject) and not isValid(owner):
            return
        self.report(error)


def ui_task(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[S, P], asyncio.Task[T]]:
    """Make an async method of a widget callable from a slot: it starts, and errors reach the user by themselves.

    The widget has `tasks` (every `Panel` does). A second call while the first still runs starts a second run; where
    only the last one matters, use `@latest_task`.
    """

    @functools.wraps(method)
    def start(self: S, *args: P.args, **kwargs: P.kwargs) -> asyncio.Task[T]:
        return self.tasks.start(method(self, *args, **kwargs), owner=self)

    return start


_LATEST = "_latest_"


def drop_latest(widget: object) -> None:
    """Cancel what a widget started by `latest_task`: nobody will look at it any more."""
    for name, task in list(vars(widget).items()):
        if name.startswith(_LATEST) and not task.done():
            task.cancel()


def latest_task(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[S, P], asyncio.Task[T]]:
    """As `ui_task`, but a new call cancels the run before it: for searches, previews and refreshes."""
    slot = f"{_LATEST}{method.__name__}"

    @functools.wraps(method)
    def start(self: S, *args: P.args, **kwargs: P.kwargs) -> asyncio.Task[T]:
        before = getattr(self, slot, None)
        if before is not None and not before.done():
            before.cancel()
        task = self.tasks.start(method(self, *args, **kwargs), owner=self)
        setattr(self, slot, task)
        return task

    return start


def once_task(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[S, P], asyncio.Task[T]]:
    """As `ui_task`, but a call while the run before goes on is that run: Enter twice makes one thing."""
    slot = f"_once_{method.__name__}"

    @functools.wraps(method)
    def start(self: S, *args: P.args, **kwargs: P.kwargs) -> asyncio.Task[T]:
        running = getattr(self, slot, None)
        if running is None or running.done():
            running = self.tasks.start(method(self, *args, **kwargs), owner=self)
            setattr(self, slot, running)
        return running

    return start
