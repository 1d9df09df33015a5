"""Keeps the search index of the open project up to date behind the window, and shows it as a job."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.domain.errors import StudioError
from studio.services.llm.embedders import Chosen, EmbedMeter, chosen
from studio.services.retrieval import following
from studio.services.retrieval.index import Index, place_of
from studio.services.retrieval.indexing import Indexer, Progress
from studio.ui.commands import Command

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from studio.services.llm.desk import ModelDesk
    from studio.settings import Settings
    from studio.ui.context import StudioContext
    from studio.ui.main_window import MainWindow
    from studio.ui.tasks import Job

log = logging.getLogger(__name__)
MANY = 200
"""Fewer chunks than these are embedded without a word."""


class Indexing(QObject):
    """One per open project."""

    def __init__(
        self, window: MainWindow, ctx: StudioContext, desk: ModelDesk, *, busy: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__(window)
        self._window, self._ctx, self._desk, self._busy = window, ctx, desk, busy
        self._indexer: Indexer | None = None
        self._job: Job | None = None
        self._anew = self._swept = False
        self._embedder = ctx.settings.value.embedder
        self._end = ctx.settings.subscribe(self._settings_changed)
        self._task: asyncio.Task[None] = ctx.tasks.start(self._run(), owner=self, lasting=True)
        window.registry.add(*self.commands())

    def commands(self) -> list[Command]:
        """What one may do about the index."""
        return [
            Command(
                "index.pause", "Pause or go on filling the search index", self.toggle, "Go", "",
                "Search by meaning waits meanwhile; words are found.", "search", reads=True,
            ),
            Command(
                "index.rebuild", "Make the search index anew", self.rebuild, "Go", "",
                "Reads the whole project again; what was embedded stays.", "refresh-cw", reads=True,
            ),
        ]  # fmt: skip

    # ---- what one may do ---------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Pause, or go on."""
        if self._indexer is None:
            return
        if self._indexer.paused:
            self._indexer.resume()
        else:
            self._indexer.pause()

    def rebuild(self) -> None:
        """Throw the index away and read everything again."""
        self._anew = True
        self._restart()

    def release(self) -> None:
        """Stop, before the project closes."""
        self._end()
        self._task.cancel()
        self._ctx.index = None
        self._finish_job("cancelled", "What was read so far is kept.")
        self._window.registry.remove([command.id for command in self.commands()])
        self.deleteLater()

    # ---- running -----------------------------------------------------------------------------------------------

    def _settings_changed(self, settings: Settings) -> None:
        if settings.embedder != self._embedder:
            self._embedder = settings.embedder
            self._restart()

    def _restart(self) -> None:
        before = self._task
        before.cancel()
        self._task = self._ctx.tasks.start(self._run(before), owner=self, lasting=True)

    async def _run(self, before: asyncio.Task[None] | None = None) -> None:
        import asyncio

        if before is not None:
            await asyncio.wait({before})
        picked, trouble = await asyncio.to_thread(self._chosen)
        if trouble:
            self._ctx.toast(f"{trouble} Search by meaning uses the embedder that ships.")
        project = await self._ctx.workspace.run(following.project_key)
        place = await place_of(project, project=self._ctx.workspace.path)
        meter = None
        if picked.model:
            told = self._ctx.hub.spend_changed.emit
            meter = EmbedMeter(self._desk.spend, picked, project_id=project, told=told)
        key = (lambda: self._key(picked)) if picked.secret_name else None
        index = Index(self._desk.engine, place, picked.spec, key=key, meter=meter)
        self._indexer = Indexer(
            self._ctx.workspace, index, changed=self._told, busy=self._busy, anew=self._anew, local=picked.local,
        )  # fmt: skip
        self._anew = False
        self._ctx.index = index
        await self._indexer.run()

    def _chosen(self) -> tuple[Chosen, str]:
        """The embedder of the settings; the one that ships, and why, where that one can't be had."""
        try:
            return chosen(self._desk.models, self._embedder), ""
        except StudioError as error:
            return chosen(self._desk.models, ""), error.sentence

    async def _key(self, picked: Chosen) -> str:
        import asyncio

        try:
            return await asyncio.to_thread(self._desk.keys.get, picked.secret_name) or ""
        except StudioError:  # no place for keys is open: many servers want none, and the others will say so
            return ""

    async def _sweep(self) -> None:
        """Let go of the indexes of projects that are long gone: once, when there is nothing better to do."""
        import asyncio

        from studio.services.retrieval import sweeping

        for one in await asyncio.to_thread(sweeping.sweep):
            log.info("removed the index of %s, unused for %d days", one.project or "an unknown project", one.days)

    def _told(self, progress: Progress) -> None:
        if progress.state == "ready" and not self._swept:
            self._swept = True
            self._ctx.tasks.start(self._sweep(), owner=self, lasting=True)
        left = progress.total - progress.vectors
        if progress.state == "filling" and self._job is None and left > MANY:
            self._job = self._ctx.tasks.job("Search by meaning", self.toggle)
        if self._job is None:
            return
        if progress.state in ("reading", "filling", "waiting"):
            told = progress.sentence or f"{progress.vectors:,} of {progress.total:,} texts"
            self._job.update(progress.fraction, told)
        elif progress.state == "ready":
            self._finish_job("done", f"{progress.total:,} texts are found by meaning.")
        elif progress.state == "paused":
            self._finish_job("cancelled", f"{progress.vectors:,} of {progress.total:,} texts; go on from the Go menu.")

    def _finish_job(self, state: str, sentence: str) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            job.finish(state, sentence)
