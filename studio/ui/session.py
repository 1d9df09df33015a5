"""One open project in the window: opening with a way out of every error, its panels, what follows each commit."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from studio.domain.errors import ProjectFileError
from studio.domain.events import BackupFailed, Committed
from studio.services import backup, history, names
from studio.services.context.tokens import Counter
from studio.services.workspace import Workspace
from studio.services.world import calendars, kinds
from studio.ui.calendars import CalendarIndex
from studio.ui.commands import DuplicateKey
from studio.ui.context import Hub, StudioContext
from studio.ui.kinds import KindIndex
from studio.ui.names import NameIndex
from studio.ui.palette import PaletteItem
from studio.ui.panels import CHAT, DOCKS, REVIEW
from studio.ui.tasks import Tasks, latest_task, ui_task
from studio.ui.theme import look
from studio.ui.viewing import Viewing

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from studio.services.world.graph_layout import Layouts
    from studio.settings import SettingsStore
    from studio.ui.main_window import MainWindow
    from studio.ui.panel import Panel
    from studio.ui.panels import PanelSpec

log = logging.getLogger(__name__)


class Session(QObject):
    """Opens and closes projects for one window."""

    def __init__(self, window: MainWindow, settings: SettingsStore, *, gateway: Any = None) -> None:
        super().__init__(window)
        self.window = window
        self.settings = settings
        self.gateway = gateway
        self.layouts: Layouts | None = None
        self.counter = Counter()
        self.ctx: StudioContext | None = None
        self.on_opened: list[Callable[[StudioContext], object]] = []
        self.on_closing: list[Callable[[StudioContext], object]] = []
        self._releases: list[Callable[[], object]] = []
        self._own_commands: list[str] = []
        self._names_timer = QTimer(self, singleShot=True, interval=120)
        self._names_timer.timeout.connect(lambda: self.load_names())
        window.shell.on_navigate = self.navigate

    @property
    def tasks(self) -> Tasks:
        """Where its coroutines run."""
        return self.window.tasks

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self.ctx is not None

    # ---- opening and closing -------------------------------------------------------------------------------------

    @ui_task
    async def open(self, path: Path) -> bool:
        """Open a project file; False where it was refused, with the sentence on the start page."""
        return await self.enter(path, lambda: Workspace.open(path))

    async def enter(self, path: Path, make: Callable[[], Workspace]) -> bool:
        """Close what is open, get a workspace on a thread, build its panels."""
        import asyncio

        if self.ctx is not None and self.ctx.workspace.path == path:
            return True
        await self.close()
        self.window.start.say("")
        self.window.show_opening(path.stem)
        try:
            workspace = await asyncio.to_thread(make)
        except ProjectFileError as error:
            self._refused(path, error)
            return False
        self.window.state.opened(workspace.path)
        await self._furnish(workspace)
        return True

    async def close(self) -> None:
        """Store what is typed, let the panels go, close the file."""
        import asyncio

        ctx = self.ctx
        if ctx is None:
            return
        await self.window.shell.flush()
        self.window.arrangement.remember(docks=True)
        for call in self.on_closing:
            call(ctx)
        self._names_timer.stop()
        for release in self._releases:
            release()
        self._releases.clear()
        self._drop_panels()
        self.ctx = None
        self.window.show_start()
        self.window.registry.refresh()
        await asyncio.to_thread(ctx.workspace.close)

    def _refused(self, path: Path, error: ProjectFileError) -> None:
        from studio.ui.ways_out import way_out

        self.window.show_start()
        action, call = way_out(self, path, error.code)
        self.window.start.say(str(error), action=action, on_action=call)

    async def _furnish(self, workspace: Workspace) -> None:
        window = self.window
        ctx = StudioContext(
            workspace=workspace,
            settings=self.settings,
            theme=window.theme,
            commands=window.registry,
            tasks=window.tasks,
            shell=window.shell,
            names=NameIndex(self, tasks=self.window.tasks),
            kinds=KindIndex(self),
            calendars=CalendarIndex(self),
            hub=Hub(window),
            gateway=self.gateway,
            layouts=self.layouts,
            counter=self.counter,
        )
        self.ctx = ctx
        ctx.lens.changed.connect(lambda: ctx.names.look_through(ctx.lens.value))
        name = await workspace.run(names.project_name)
        self._releases.append(workspace.bus.subscribe(Committed, self._committed))
        self._releases.append(window.command_palette().add_provider(self._offer))
        ctx.names.improved.connect(window.command_palette().ask_again)
        self._look_through(ctx)
        await self._mount(ctx)
        window.show_work(name)
        window.show_panel("chat")
        window.arrangement.tidy_tabs()
        await self._follow_history(ctx)
        self.load_names()
        self._keep_backups(workspace)
        self._watch(ctx)
        window.registry.refresh()
        for call in self.on_opened:
            call(ctx)

    def _look_through(self, ctx: StudioContext) -> None:
        """The lens: what it changes in the window, and the ways to change it."""
        viewing = Viewing(ctx, self.window)
        self.window.registry.add(*viewing.commands())
        self._own_commands += [command.id for command in viewing.commands()]
        self._releases.append(self.window.command_palette().add_provider(viewing.offers))
        self._releases.append(viewing.release)
        ctx.lens.changed.connect(lambda: self._lens_changed(ctx))

    def _lens_changed(self, ctx: StudioContext) -> None:
        for panel in self.window.all_panels():
            panel.cover(covered=not (panel.for_all_eyes or ctx.lens.value.is_gm))
        ctx.names.look_through(ctx.lens.value)
        self.tasks.start(self._follow_history(ctx), owner=self)

    def _watch(self, ctx: StudioContext) -> None:
        """Check the world in the background; the status bar counts what waits."""
        ctx.findings.setParent(self)
        ctx.findings.changed.connect(lambda: self._count_findings(ctx))
        ctx.findings.index = lambda: ctx.index
        ctx.findings.attach(ctx.workspace, self.tasks, ctx.lens)
        self._releases.append(ctx.findings.release)

    def _count_findings(self, ctx: StudioContext) -> None:
        counts = ctx.findings.counts
        if counts is not None and ctx is self.ctx:
            self.window.status.show_findings(counts.errors, counts.open)

    def _keep_backups(self, workspace: Workspace) -> None:
        """Back up by itself, but not while an answer streams; say it when that fails or the last one is old."""
        minutes = self.settings.value.backup_minutes
        if not minutes:
            return
        keep = self.settings.value.backup_keep
        every = timedelta(minutes=minutes)
        keeper = backup.Backups(workspace, busy=lambda: self.answering, every=every, keep=keep)
        task = self.tasks.start(keeper.run(), owner=self, lasting=True)
        self._releases.append(task.cancel)
        failed = workspace.bus.subscribe(BackupFailed, lambda event: self.window.banner.say(event.sentence, "warn"))
        self._releases.append(failed)
        self._warn_of_old_backup(workspace)

    @ui_task
    async def _warn_of_old_backup(self, workspace: Workspace) -> None:
        if (sentence := await workspace.run(backup.warning)) is not None:
            self.window.banner.say(sentence, "warn")

    @property
    def answering(self) -> bool:
        """Whether an answer is streaming in now."""
        return bool(getattr(getattr(self.window.chat, "state", None), "live", None))

    # ---- panels --------------------------------------------------------------------------------------------------

    async def _mount(self, ctx: StudioContext) -> None:
        import asyncio

        chat, review = self._make(CHAT, ctx), self._make(REVIEW, ctx)
        if chat is not None:
            self.window.mount_centre(chat, review)
        self.window.arrangement.complete()
        for spec in DOCKS:
            await asyncio.sleep(0)
            panel = self._make(spec, ctx)
            if panel is not None:
                self.window.arrangement.docks[spec.id].take(panel)
        with self.window.registry.together():
            for panel in self.window.all_panels():
                self._register(panel)

    def _register(self, panel: Panel) -> None:
        """Bring in a panel's commands. One whose key is taken by another pane has it while its own pane has focus."""
        for command in panel.commands():
            for offer in (command, replace(command, scope=panel), replace(command, key="")):
                try:
                    self.window.registry.add(offer)
                    break
                except DuplicateKey as clash:
                    log.warning("%s", clash) if offer.scope is not None else log.debug("%s", clash)
            self._own_commands.append(command.id)

    def _make(self, spec: PanelSpec, ctx: StudioContext) -> Panel | None:
        """Build one panel; one that can't be built is a crash report, not the end of the window."""
        try:
            return spec.load()(ctx)
        except Exception as error:  # noqa: BLE001
            self.window.tasks.report(error)
            return None

    def _drop_panels(self) -> None:
        self.window.registry.remove(self._own_commands)
        self._own_commands.clear()
        for dock in self.window.arrangement.docks.values():
            dock.drop()
        self.window.drop_centre()

    def navigate(self, record_id: str, span: tuple[int, int] | None, kind: str) -> None:
        """Show a record in the panel that handles its kind."""
        known = self.ctx.names.get(record_id) if self.ctx is not None else None
        if kind or known is not None:
            self._show(record_id, span, kind or (known.kind if known else ""))
        elif self.ctx is not None:
            self._navigate_by_lookup(record_id, span)

    @ui_task
    async def _navigate_by_lookup(self, record_id: str, span: tuple[int, int] | None) -> None:
        if self.ctx is not None:
            self._show(record_id, span, await self.ctx.workspace.run(names.kind_of, record_id))

    def _show(self, record_id: str, span: tuple[int, int] | None, kind: str) -> None:
        for panel_id, panel in self.window.panels().items():
            if kind in panel.handles:
                self.window.show_panel(panel_id, focus=False)
                panel.show_record(record_id, span)
                return
        self.window.shell.toast("There is no place in the window for this yet.")

    # ---- after each commit ---------------------------------------------------------------------------------------

    def _committed(self, event: Committed) -> None:
        self.window.status.show_saved(f"{datetime.now().astimezone():%H:%M}")
        if self.ctx is not None:
            self.tasks.start(self._follow_history(self.ctx), owner=self)
        if event.kinds() - {"message", "artifact", "relation", "claim", "changeset"}:
            self._names_timer.start()

    async def _follow_history(self, ctx: StudioContext) -> None:
        state = await ctx.workspace.run(history.state)
        for command, words, what in (("edit.undo", "Undo", state.undo), ("edit.redo", "Redo", state.redo)):
            named = what if ctx.lens.value.is_gm else None
            self.window.registry.action(command).setText(f"{words}: {named}" if named else words)

    @latest_task
    async def load_names(self) -> None:
        """Let kinds, calendars and names follow; the book is first filled slice by slice, so nobody waits."""
        if self.ctx is not None:
            ctx = self.ctx
            ctx.kinds.set_specs(await ctx.workspace.run(kinds.all_specs))
            ctx.calendars.set(await ctx.workspace.run(calendars.loaded))
            while not await ctx.workspace.run(names.warm):
                pass
            ctx.names.set_book(await ctx.workspace.run(names.book))

    def _offer(self, typed: str) -> list[PaletteItem]:
        if self.ctx is None:
            return []
        navigate = self.ctx.navigate
        return [
            PaletteItem(
                row.text,
                lambda row=row: navigate(row.record_id, None, row.kind),
                hint=row.kind.replace("_", " "),
                icon=look.kind_icon(row.kind),
                token=f"kind:{row.kind}",
            )
            for row in self.ctx.names.search(typed, limit=12)
        ]

    @ui_task
    async def undo(self) -> None:
        """Take the last change back."""
        await self._step(history.undo, "Took back", self.redo, "Redo")

    @ui_task
    async def redo(self) -> None:
        """Do again what was taken back."""
        await self._step(history.redo, "Did again", self.undo, "Undo")

    async def _step(self, verb: Any, words: str, back: Callable[[], object], action: str) -> None:
        if self.ctx is not None:
            await self.window.shell.flush()
            commit = await self.ctx.workspace.run(verb)
            self.window.shell.toast(f"{words}: {commit.message}", back, action)

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run a coroutine of somebody who has no tasks of his own."""
        self.tasks.start(work, owner=self)
