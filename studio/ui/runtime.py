"""The event loop of the window, and the hooks that send every stray error to one place."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

    from PySide6.QtWidgets import QApplication

    from studio.ui.main_window import MainWindow

log = logging.getLogger("studio.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def wait_for_paint(window: MainWindow, *, tries: int = 500) -> None:
    """Handle events until the window has been drawn once; nothing slow has run by then."""
    flags = QEventLoop.ProcessEventsFlag.AllEvents
    for _ in range(tries):
        if window.was_painted:
            return
        QCoreApplication.processEvents(flags, 10)


def log_qt_messages() -> None:
    """Qt's own warnings go to our log."""

    def handle(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        log.log(_LEVELS.get(kind, logging.WARNING), text)

    qInstallMessageHandler(handle)


def run(
    app: QApplication,
    main: Callable[[], Coroutine[Any, Any, int]],
    *,
    on_error: Callable[[BaseException, str], object],
) -> int:
    """Run `main` on a loop that is Qt's and asyncio's at once; gives its exit code."""
    import asyncio

    from qasync import QEventLoop as JoinedLoop

    app.setQuitOnLastWindowClosed(False)
    loop = JoinedLoop(app)
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(lambda _loop, context: _stray(context, on_error))
    try:
        return loop.run_until_complete(main())
    finally:
        loop.close()
        asyncio.set_event_loop(None)


def _stray(context: dict[str, Any], on_error: Callable[[BaseException, str], object]) -> None:
    error = context.get("exception")
    if error is None:
        log.error("event loop: %s", context.get("message"))
    elif not _is_cancel(error):
        on_error(error, "event loop")


def _is_cancel(error: asyncio.CancelledError | BaseException) -> bool:
    import asyncio

    return isinstance(error, asyncio.CancelledError)
