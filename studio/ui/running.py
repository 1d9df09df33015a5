"""The application after its first paint: settings, services, the project, and an orderly end."""

from __future__ import annotations

import logging
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from studio.domain.errors import StudioError
from studio.observability.crash import CrashLog, install_hooks
from studio.services import folders
from studio.settings import SettingsStore
from studio.ui import qt
from studio.ui.desktop import Desktop
from studio.ui.instance import listen
from studio.ui.runtime import log_qt_messages
from studio.ui.session import Session

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication, QWidget

    from studio.services.llm.desk import ModelDesk
    from studio.ui.context import StudioContext
    from studio.ui.indexing import Indexing
    from studio.ui.main_window import MainWindow
    from studio.ui.spending import Spending
    from studio.ui.window_commands import LateActs

log = logging.getLogger(__name__)
INDEX_MS = 1200
"""Search by meaning waits until a project's first page is there; words are found meanwhile."""
SETTLED_MS = 3000
"""By then a project's panels have read what they show first."""


class Running(QObject):
    """Lives as long as the window."""

    def __init__(
        self,
        app: QApplication,
        window: MainWindow,
        acts: LateActs,
        *,
        socket: str,
        recent: Callable[[int], list[str]] | None = None,
    ) -> None:
        super().__init__(window)
        self._app = app
        self._window = window
        self._acts = acts
        self._socket = socket
        self._crashes = CrashLog(folders.log_dir(), recent=recent)
        self._telling = False
        self._closing = False
        self._final = False
        self._ended: asyncio.Future[int] | None = None
        self.session: Session | None = None
        self.desktop: Desktop | None = None
        self._server: Any = None
        self._desk: ModelDesk | None = None
        self._spending: Spending | None = None
        self._indexing: Indexing | None = None
        self._opening: asyncio.Task[bool] | None = None

    async def main(self, args: list[str], first: Path | None) -> int:
        """Everything after the first paint, until the window has closed."""
        import asyncio

        self._ended = asyncio.get_running_loop().create_future()
        install_hooks(self.crash)
        log_qt_messages()
        self._window.on_crash = lambda error: self.crash(error, "task")
        self._window.on_close = self._may_close
        self._furnish()
        await self._connect_models()
        self._server = listen(self._socket, self._from_second_start)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._window.close())
        assert self.session is not None
        assert self.desktop is not None
        if first is not None:
            self._opening = self.session.open(first)
        others = [Path(a) for a in args if not a.startswith(("-", "ttrpgstudio:")) and Path(a) != first]
        if others:
            self._window.tasks.start(self._take_later(others))
        if first is None:
            self._window.start.focus_first()
        return await self._ended

    async def _take_later(self, paths: list[Path]) -> None:
        import asyncio

        if self._opening is not None:
            await asyncio.wait({self._opening})
        if self.desktop is not None:
            self.desktop.take_files(paths)

    def crash(self, error: BaseException, where: str) -> None:
        """One of our bugs: write it down, then tell; never two dialogs at once."""
        log.error("unexpected error in %s", where, exc_info=error)
        path = self._crashes.write(error, where)
        if not self._telling and not self._closing and isValid(self._window):
            self._telling = True
            QTimer.singleShot(0, self._window, lambda: self._tell(error, path))

    def _furnish(self) -> None:
        settings = SettingsStore(folders.config_dir())
        self.session = Session(self._window, settings)
        self.desktop = Desktop(self._window, self.session, settings)
        self._acts.real = self.desktop
        self._window.registry.refresh()

    async def _connect_models(self) -> None:
        """The gateway and what belongs to it; the engine itself starts when the project is on show."""
        from studio.services.llm.desk import ModelDesk
        from studio.services.world.graph_layout import Layouts

        assert self.session is not None
        assert self.desktop is not None
        try:
            self._desk = await ModelDesk.load(self.session.settings)
        except StudioError as error:
            self._window.shell.toast(str(error))
            return
        desk = self._desk
        self.session.gateway = desk.gateway
        self.session.layouts = Layouts(desk.engine)
        self.session.counter = desk.counter
        self.desktop.models = self._models_page
        self.session.on_opened.append(lambda ctx: self._opened(ctx, desk))
        self.session.on_closing.append(lambda _ctx: qt.take_back_what_stayed())
        self.session.on_closing.append(lambda _ctx: self._spending.release() if self._spending is not None else None)
        self.session.on_closing.append(lambda _ctx: self._close_index())

    def _opened(self, ctx: StudioContext, desk: ModelDesk) -> None:
        from studio.ui.spending import Spending

        self._spending = Spending(self._window, ctx, desk.spend)
        QTimer.singleShot(INDEX_MS, self, lambda: self._index(ctx, desk))
        desk.engine.warm()
        QTimer.singleShot(SETTLED_MS, self, qt.set_aside_what_stays)

    def _index(self, ctx: StudioContext, desk: ModelDesk) -> None:
        session = self.session
        if session is None or session.ctx is not ctx or self._closing:
            return
        from studio.ui.indexing import Indexing

        self._indexing = Indexing(self._window, ctx, desk, busy=lambda: session.answering)

    def _close_index(self) -> None:
        if self._indexing is not None:
            self._indexing.release()
        self._indexing = None

    def _models_page(self) -> QWidget:
        from studio.ui.dialogs.models import ModelsPage

        assert self._desk is not None
        assert self.session is not None
        page = ModelsPage(self._desk, self.session.settings, self._window.tasks)
        page.changed.connect(self._models_changed)
        return page

    def _models_changed(self) -> None:
        if self.session is not None and self.session.ctx is not None:
            self.session.ctx.hub.models_changed.emit()

    def _tell(self, error: BaseException, path: Path | None) -> None:
        from studio.ui.dialogs.crash import CrashDialog

        dialog = CrashDialog(self._window, error, path)
        dialog.finished.connect(lambda _code: setattr(self, "_telling", False))
        dialog.open()

    def _from_second_start(self, args: list[str]) -> None:
        self._window.setWindowState(self._window.windowState() & ~self._window.windowState().WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        paths = [Path(arg) for arg in args if not arg.startswith(("-", "ttrpgstudio:"))]
        if paths and self.desktop is not None:
            self.desktop.take_files(paths)

    def _may_close(self) -> bool:
        if self._final:
            return True
        if not self._closing:
            self._closing = True
            self._window.tasks.start(self._shut_down())
        return False

    async def _shut_down(self) -> None:
        """Store what is typed, stop what runs, close the file; then really close."""
        import asyncio

        if self._server is not None:
            self._server.close()  # first of all: a start from now on has to stand by itself, or its file is lost
        try:
            if self._opening is not None and not self._opening.done():
                await asyncio.wait({self._opening}, timeout=10)
            is_open = self.session is not None and self.session.is_open
            self._window.arrangement.remember(docks=is_open)
            if self.session is not None:
                await self.session.close()
            await self._window.tasks.shutdown()
            if self._desk is not None:
                await self._desk.aclose()
        finally:
            self._final = True
            self._window.close()
            if self._ended is not None and not self._ended.done():
                self._ended.set_result(0)
