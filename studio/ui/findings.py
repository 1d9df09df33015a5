"""What a check of the world says now, for every panel that shows some of it."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping

    from studio.domain.candidate import Artifact, Decision
    from studio.domain.continuity import Finding
    from studio.domain.events import Committed
    from studio.services.continuity.preview import Foreseen
    from studio.services.continuity.triage import Counts
    from studio.services.continuity.watch import Watch
    from studio.services.retrieval.index import Index
    from studio.services.workspace import Workspace
    from studio.ui.lens import LensHub
    from studio.ui.tasks import Job, Tasks

FIRST_MS, FOLLOW_MS = 1500, 600
"""The first check waits until the window is there; a later one until a burst of changes is over."""
_ANSWERS = frozenset({"ruling", "muted_rule"})


class FindingHub(QObject):
    """Holds the current findings. Follow `changed` to read again; what is answered is counted apart from what is open.

    Before `attach` it holds what it is given and checks nothing.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value: tuple[Finding, ...] = ()
        self.counts: Counts | None = None
        self.is_checked = False
        self.index: Callable[[], Index | None] = lambda: None
        self._workspace: Workspace | None = None
        self._watch: Watch | None = None
        self._tasks: Tasks | None = None
        self._lens: LensHub | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._releases: list[Callable[[], object]] = []
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._start)

    @property
    def tasks(self) -> Tasks:
        """Where checks run."""
        assert self._tasks is not None
        return self._tasks

    def attach(self, workspace: Workspace, tasks: Tasks, lens: LensHub) -> None:
        """Follow a project until `release`."""
        from studio.domain.events import Committed

        self._workspace, self._tasks, self._lens = workspace, tasks, lens
        self._releases.append(workspace.bus.subscribe(Committed, self._committed))
        lens.changed.connect(self._recount)
        self._releases.append(lambda: lens.changed.disconnect(self._recount))
        self._soon.start(FIRST_MS)

    def release(self) -> None:
        """Let go of the project."""
        self._soon.stop()
        for let_go in self._releases:
            let_go()
        self._releases.clear()
        for task in self._running:
            task.cancel()
        self._workspace = self._watch = None

    def set(self, findings: Iterable[Finding]) -> None:
        """These are the findings now."""
        self.value, self.is_checked = tuple(findings), True
        self._recount()

    async def settled(self) -> tuple[Finding, ...] | None:
        """The findings as of the last commit; None where nothing is followed and nothing was given."""
        watch = await self._watching()
        if watch is not None and watch.is_behind:
            await self._follow(watch)
        return self.value if self.is_checked else None

    # ---- checking ----------------------------------------------------------------------------------------------------

    def _committed(self, event: Committed) -> None:
        if event.kinds() <= _ANSWERS:
            self._recount()
        else:
            self._soon.start(FOLLOW_MS)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.tasks.start(work, owner=self)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _watching(self) -> Watch | None:
        """The follower of the open project. The checker is much to import: that is done on a thread, when it is due."""
        if self._watch is None and self._workspace is not None:
            module = await asyncio.to_thread(import_module, "studio.services.continuity.watch")
            if self._watch is None and self._workspace is not None:
                made: Watch = module.Watch(self._workspace)
                made.index = self.index
                self._watch = made
                self._releases.append(made.close)
        return self._watch

    def _start(self) -> None:
        self._run(self._catch_up())

    async def _catch_up(self) -> None:
        watch = await self._watching()
        if watch is not None and watch.is_behind:
            await self._follow(watch)

    async def _follow(self, watch: Watch) -> None:
        """Check what the last commits may have changed."""
        await watch.catch_up()
        await self._took(watch)

    def check_all(self) -> None:
        """Go over the whole world, as a job that can be stopped; what it found until then stays."""
        if self._workspace is not None:
            self._run(self._check_all())

    async def _check_all(self) -> None:
        watch = await self._watching()
        if watch is None:
            return
        stopped = False

        def stop() -> None:
            nonlocal stopped
            stopped = True

        job = self.tasks.job("Checking the world", stop)
        try:
            await watch.check_all(progress=lambda part: _later(job, part), cancelled=lambda: stopped)
            await self._took(watch)
        except Exception:
            job.finish("failed", "Nothing was changed.")
            raise
        words = "Nothing waits for an answer." if not self.counts or not self.counts.open else (
            f"{self.counts.open} {'waits' if self.counts.open == 1 else 'wait'} for an answer."
        )  # fmt: skip
        if stopped:
            job.finish("cancelled", f"Stopped; what was found until then is listed. {words}")
        else:
            job.finish("done", words)

    async def _took(self, watch: Watch) -> None:
        """What the rules found, and what a model has judged beside that."""
        from studio.services.continuity import judged

        kept = await self._workspace.run(judged.kept) if self._workspace is not None else []
        found = {one.key: one for one in (*kept, *watch.findings)}
        self.value, self.is_checked = tuple(found.values()), True
        await self._count()

    async def take_judged(self) -> None:
        """List what a model has just judged."""
        watch = await self._watching()
        if watch is not None:
            await self._took(watch)

    async def look_ahead(self, artifact: Artifact, decisions: Mapping[str, Decision]) -> list[Foreseen]:
        """What saving the candidates of an answer would add to the findings; nothing where nothing is followed."""
        watch = await self._watching()
        if watch is None:
            return []
        if watch.is_behind:
            await self._follow(watch)
        return await watch.look_ahead(artifact, decisions)

    # ---- counting ----------------------------------------------------------------------------------------------------

    def _recount(self) -> None:
        if self._workspace is None:
            self.changed.emit()
        else:
            self._run(self._count())

    async def _count(self) -> None:
        from studio.domain.lens import OPEN_EYES
        from studio.services.continuity import triage

        if self._workspace is not None:
            lens = self._lens.value if self._lens is not None else OPEN_EYES
            self.counts = await self._workspace.run(triage.counts, self.value, lens=lens)
        self.changed.emit()


def _later(job: Job, fraction: float) -> None:
    """Progress comes from another thread; a queued call brings it to this one."""
    job.fraction = fraction
    QMetaObject.invokeMethod(job, "moved", Qt.ConnectionType.QueuedConnection)
