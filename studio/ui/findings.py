"""What a check of the world says now, for every panel that shows some of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal

from studio.ui.tasks import latest_task, ui_task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.domain.continuity import Finding
    from studio.domain.events import Committed
    from studio.services.continuity.triage import Counts
    from studio.services.workspace import Workspace
    from studio.ui.lens import LensHub
    from studio.ui.tasks import Job, Tasks

FOLLOW_MS = 600
_QUIET = frozenset({"message", "thread", "artifact", "changeset", "recipe", "recipe_version", "assistant_mode"})
"""Kinds whose commits change nothing that is checked."""
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
        self._workspace: Workspace | None = None
        self._tasks: Tasks | None = None
        self._lens: LensHub | None = None
        self._releases: list[Callable[[], object]] = []
        self._soon = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._soon.timeout.connect(lambda: self.follow())

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
        self._soon.start()

    def release(self) -> None:
        """Let go of the project."""
        self._soon.stop()
        for let_go in self._releases:
            let_go()
        self._releases.clear()
        for name, task in list(vars(self).items()):
            if name.startswith("_latest_") and not task.done():
                task.cancel()

    def set(self, findings: Iterable[Finding]) -> None:
        """These are the findings now."""
        self.value, self.is_checked = tuple(findings), True
        self._recount()

    async def settled(self) -> tuple[Finding, ...] | None:
        """The findings once nothing waits to be checked; None where nothing was ever checked."""
        if self._workspace is not None and (self._soon.isActive() or not self.is_checked):
            self._soon.stop()
            await self._check(lambda _part: None, lambda: False)
        return self.value if self.is_checked else None

    # ---- checking ----------------------------------------------------------------------------------------------------

    def _committed(self, event: Committed) -> None:
        if event.kinds() <= _ANSWERS:
            self._recount()
        elif event.kinds() - _QUIET - _ANSWERS:
            self._soon.start()

    @latest_task
    async def follow(self) -> None:
        """Check again what changed, quietly."""
        await self._check(lambda _part: None, lambda: False)

    @ui_task
    async def check_all(self) -> None:
        """Go over the whole world, as a job that can be stopped; what it found until then stays."""
        stopped = False

        def stop() -> None:
            nonlocal stopped
            stopped = True

        job = self.tasks.job("Checking the world", stop)
        try:
            await self._check(lambda part: _later(job, part), lambda: stopped)
        except Exception:
            job.finish("failed", "Nothing was changed.")
            raise
        counts = self.counts
        words = "Nothing wrong was found." if not counts or not counts.open else f"{counts.open} want an answer."
        if stopped:
            job.finish("cancelled", f"Stopped; what was found until then is listed. {words}")
        else:
            job.finish("done", words)

    async def _check(self, progress: Callable[[float], object], cancelled: Callable[[], bool]) -> None:
        """Read the facts on the project's thread, judge them on another."""
        import asyncio

        from studio.services.continuity import check, reading

        if self._workspace is None:
            return
        world = await self._workspace.run(reading.read)
        found = await asyncio.to_thread(
            check.check_world, world, progress=lambda part: (progress(part), None)[1], cancelled=cancelled
        )
        kept = self.value if cancelled() else ()
        self.value = tuple({one.key: one for one in (*kept, *found)}.values())
        self.is_checked = True
        await self._count()

    # ---- counting ----------------------------------------------------------------------------------------------------

    def _recount(self) -> None:
        if self._workspace is None:
            self.changed.emit()
        else:
            self.recount()

    @latest_task
    async def recount(self) -> None:
        """Ask again what is answered."""
        await self._count()

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
