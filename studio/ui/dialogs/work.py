"""Work that a dialog sets off: jobs that can be cancelled, and rows that are made while the window goes on."""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from studio.ui.context import StudioContext
    from studio.ui.kit.surfaces import Section
    from studio.ui.tasks import Job

    T = TypeVar("T")

AT_ONCE, SLICE = 2, 0.012
"""Rows that are there from the start, and seconds that making more may take before the window has its turn."""


async def as_job(
    ctx: StudioContext,
    title: str,
    work: Callable[[Job, Callable[[], bool]], Awaitable[T]],
    words: Callable[[T], str],
) -> T | None:
    """Do it as a job that can be cancelled, then None; errors go on to the caller."""
    from studio.domain.errors import Cancelled

    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True

    job = ctx.tasks.job(title, stop)
    try:
        done = await work(job, lambda: stopped)
    except Cancelled as error:
        job.finish("cancelled", str(error))
        return None
    except Exception:
        job.finish("failed", "Nothing was changed.")
        raise
    job.finish("done", words(done))
    return done


def later(job: Job, fraction: float) -> None:
    """Progress comes from other threads; a queued call brings it to this one."""
    from PySide6.QtCore import QMetaObject, Qt

    job.fraction = fraction
    QMetaObject.invokeMethod(job, "moved", Qt.ConnectionType.QueuedConnection)


class Slices(QObject):
    """Makes the rows of a section a few at a time: boxes take their time, and the window has to move meanwhile."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: Iterator[Callable[[], object]] = iter(())
        self._section: Section | None = None
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go)

    def start(self, makers: Iterator[Callable[[], object]], section: Section) -> None:
        """Make these instead of what is left: the first at once, the rest while the section is open."""
        if self._section is not section:
            section.toggled.connect(lambda _open: self._next.start())
        self._left, self._section = makers, section
        for make in islice(makers, AT_ONCE):
            make()
        self._next.start()

    def _go(self) -> None:
        ends = time.perf_counter() + SLICE
        if self._section is None or not self._section.is_open:
            return
        for make in self._left:
            make()
            if time.perf_counter() > ends:
                self._next.start()
                return
