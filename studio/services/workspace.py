"""The one handle on an open project: runs verbs on its database thread and publishes their events after commit."""

from __future__ import annotations

import asyncio
import getpass
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from studio.domain.errors import Invalid
from studio.domain.ids import Clock, utc_now
from studio.observability import metrics
from studio.services.bus import Bus
from studio.storage import paths
from studio.storage.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.events import Event

P = ParamSpec("P")
T = TypeVar("T")
Verb = Callable[Concatenate[Project, P], T]
log = logging.getLogger(__name__)
SLOW_MS = 200


def _note(verb: Callable[..., object], ms: float) -> None:
    """Keep how long a verb took; a slow one holds up all the others, so it is logged too."""
    module = getattr(verb, "__module__", "").removeprefix("studio.services.")
    name = f"{module}.{getattr(verb, '__qualname__', type(verb).__name__)}"
    metrics.session.timing(f"verb.{name}", ms)
    if ms >= SLOW_MS:
        log.warning("slow verb %s", name, extra={"ms": round(ms)})


def author_name() -> str:
    """Who is at this machine, as the system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "me"


class Workspace:
    """An open project, as services and the user interface see it. No caller ever holds the project itself."""

    def __init__(self, project: Project, executor: ThreadPoolExecutor) -> None:
        self.bus = Bus()
        self.path = project.path
        self._project = project
        self._executor = executor
        self._closed = False

    @classmethod
    def _start(cls, make: Callable[[], Project]) -> Workspace:
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="project")
        try:
            return cls(executor.submit(make).result(), executor)
        except BaseException:
            executor.shutdown(wait=False)
            raise

    @classmethod
    def open(cls, path: Path, *, author: str = "", device: str = "", clock: Clock = utc_now) -> Workspace:
        """Open a project file. Blocks for the time of a file check; raises ProjectFileError."""
        who, where = author or author_name(), device or paths.device_id()
        return cls._start(lambda: Project.open(path, author=who, device=where, clock=clock))

    @classmethod
    def create(cls, path: Path, *, name: str, author: str = "", device: str = "", clock: Clock = utc_now) -> Workspace:
        """Make a new project file and open it."""
        who, where = author or author_name(), device or paths.device_id()
        return cls._start(lambda: Project.create(path, name=name, author=who, device=where, clock=clock))

    async def run(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a verb on the project's thread; its events are published here before the caller goes on."""
        loop = asyncio.get_running_loop()

        def publish(events: list[Event]) -> None:
            loop.call_soon_threadsafe(self._publish, events)

        future = self._executor.submit(self._call, publish, verb, *args, **kwargs)
        return await asyncio.shield(asyncio.wrap_future(future))

    def submit(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start a verb without waiting, from any thread; its events go to nobody. For scratch text only."""
        return self._executor.submit(self._call, lambda _: None, verb, *args, **kwargs)

    def run_now(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a verb and wait for it, for headless commands and tests; its events are published on this thread."""
        events: list[Event] = []
        try:
            return self._executor.submit(self._call, events.extend, verb, *args, **kwargs).result()
        finally:
            self._publish(events)

    def _call(self, publish: Callable[[list[Event]], None], verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        started = time.perf_counter()
        try:
            return verb(self._project, *args, **kwargs)
        except UnicodeEncodeError:
            raise Invalid("A text in it has half a character. Type that text again.") from None
        finally:
            _note(verb, (time.perf_counter() - started) * 1000)
            events = self._project.take_events()
            if events:
                publish(events)

    def _publish(self, events: list[Event]) -> None:
        for event in events:
            self.bus.publish(event)

    def close(self) -> None:
        """Wait for what is running, fold the log into the file, let go of it. Harmless when closed already."""
        if self._closed:
            return
        self._closed = True
        self._executor.submit(self._project.close).result()
        self._executor.shutdown()
