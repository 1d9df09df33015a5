"""What tests of the window stand on: a loop that is Qt's and asyncio's, themes, a project, a window, a context."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from blockbuster import blockbuster_ctx
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop

import studio.ui  # noqa: F401  (before anything of pydantic)
from studio.services.workspace import Workspace
from studio.settings import SettingsStore
from studio.ui.commands import CommandRegistry
from studio.ui.context import Hub, StudioContext
from studio.ui.main_window import MainWindow
from studio.ui.names import NameIndex
from studio.ui.panel import Panel
from studio.ui.shell import WindowShell
from studio.ui.state import WindowState
from studio.ui.tasks import Tasks
from studio.ui.theme import Look, Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, T]], T]
# Small files that the window reads and writes itself, once, in well under a millisecond.
MAY_READ = (
    ("studio/settings.py", ("_write", "_read")),
    ("studio/ui/state.py", ("_write", "_read")),
    ("studio/ui/world/dragging.py", ("write",)),
    ("studio/ui/theme/icons.py", ("svg_source",)),
    ("studio/ui/theme/stylesheet.py", ("_template",)),
    ("studio/__init__.py", ("resources_dir",)),
    # Tests wait for verbs; that the window never does is a test of its own.
    ("studio/services/workspace.py", ("_start", "run_now", "close")),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns that it has no size hints; that says nothing about us."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def no_blocking_calls() -> Iterator[None]:
    """As everywhere, but the window may read its icons and write its own settings."""
    with blockbuster_ctx(scanned_modules=["studio"]) as guard:
        for function in guard.functions.values():
            for file, names in MAY_READ:
                function.can_block_in(file, names)
        yield


@pytest.fixture(autouse=True)
def collect_on_the_main_thread() -> Iterator[None]:
    """As in the application: on a project's thread, a collection would destroy Qt objects that live here."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[QEventLoop]:
    """A running loop that is Qt's own: `qtbot.waitUntil` lets coroutines go on."""
    made = QEventLoop(qapp, already_running=True)
    asyncio.set_event_loop(made)
    yield made
    left = asyncio.all_tasks(made)
    for task in left:
        task.cancel()
    for _ in range(50):  # one that never began is closed when its turn comes, or Python warns of it in another test
        qapp.processEvents()
        if all(task.done() for task in left):
            break
    asyncio.events._set_running_loop(None)
    # Not stop(): it calls QApplication.exit(), after which every later nested loop returns at once.
    made._QEventLoop__is_running = False  # pyright: ignore[reportAttributeAccessIssue]
    made.close()
    asyncio.set_event_loop(None)


@pytest.fixture
def run(loop: QEventLoop, qtbot: QtBot) -> Run[Any]:
    """Run a coroutine to its end from an ordinary test; gives its result or raises its error."""

    def finish(work: Coroutine[Any, Any, T]) -> T:
        task = loop.create_task(work)
        qtbot.waitUntil(task.done, timeout=10_000)
        return task.result()

    return finish


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """One theme for all tests: to put a style sheet on an application costs as much as many a test."""
    qapp.setCursorFlashTime(0)
    return Theme(qapp, Look(theme="light"))


@pytest.fixture
def theme(dressed: Theme) -> Iterator[Theme]:
    """The light theme at 100 %; put back after a test that changed it."""
    yield dressed
    dressed.set(theme="light", text_size=100, compact=False, reduce_motion=False)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    """Settings of this test alone."""
    return SettingsStore(tmp_path / "config")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A new project file, open."""
    made = Workspace.create(tmp_path / "Shattered Coast.ttrpg", name="Shattered Coast", author="tester", device="test")
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, loop: QEventLoop, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    """The main window with the start page; errors of tasks end up in `window.crashes`."""
    made = MainWindow(theme=theme, state=WindowState(tmp_path / "config"))
    crashes: list[BaseException] = []
    made.on_crash = crashes.append
    made.setProperty("crashes", crashes)
    made.show_start()
    made.resize(1360, 860)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made  # not given to qtbot: it would take the window away before its project is closed
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(made)


class TestContext(StudioContext):
    """A context whose window is a plain widget: for the tests of one panel."""

    __test__ = False
    errors: list[BaseException]
    messages: list[str]


@pytest.fixture
def ctx(
    qtbot: QtBot, loop: QEventLoop, theme: Theme, settings: SettingsStore, workspace: Workspace
) -> Iterator[TestContext]:
    """A context over a real project, for a panel on its own. What it tells the user is in `messages` and `errors`."""
    host = QWidget()
    qtbot.addWidget(host)
    errors: list[BaseException] = []
    messages: list[str] = []
    made = TestContext(
        workspace=workspace,
        settings=settings,
        theme=theme,
        commands=CommandRegistry(host),
        tasks=Tasks(host, on_message=messages.append, on_crash=errors.append),
        shell=_PanelShell(host, messages),
        names=NameIndex(host),
        hub=Hub(host),
    )
    made.errors, made.messages = errors, messages
    yield made
    for widget in QApplication.allWidgets():
        if isinstance(widget, Panel) and widget.ctx is made:
            widget.release()


class _PanelShell(WindowShell):
    """The shell of a panel without a window: toasts are collected, dialogs are real ones over the host."""

    def __init__(self, host: QWidget, messages: list[str]) -> None:
        super().__init__(host)  # pyright: ignore[reportArgumentType]
        self._messages = messages
        self.shown: list[str] = []

    def toast(self, text: str, undo: Callable[[], object] | None = None, action: str = "Undo") -> None:
        self._messages.append(text)

    def announce(self, text: str) -> None:
        self._messages.append(text)

    def show_panel(self, panel_id: str, *, focus: bool = True) -> None:
        self.shown.append(panel_id)
