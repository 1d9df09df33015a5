"""Our own bugs, written down: one redacted report per crash, on this machine only."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio import __version__
from studio.observability.redact import redact

if TYPE_CHECKING:
    from pathlib import Path

KEPT = 20
Handler = Callable[[BaseException, str], object]


def report_text(error: BaseException, where: str, *, now: datetime) -> str:
    """The report of one error: version, system, traceback. No text of the user's and no key is in it."""
    frames = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    head = (
        f"TTRPG Studio {__version__} · Python {platform.python_version()} · {platform.platform()}\n"
        f"{now.isoformat(timespec='seconds')} · {where}\n\n"
    )
    return head + redact(frames)


class CrashLog:
    """Writes reports into a folder and keeps the newest few."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def write(self, error: BaseException, where: str) -> Path | None:
        """Write one report; None where even that failed."""
        now = datetime.now(UTC)
        self._count += 1
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S}-{self._count}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(report_text(error, where, now=now), encoding="utf-8")
            for old in sorted(self._folder.glob("crash-*.txt"))[:-KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            return None
        return path


def install_hooks(handler: Handler) -> None:
    """Send every error that nobody caught to one place, from the main thread and from all others."""

    def main_hook(kind: type[BaseException], error: BaseException, trace: object) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, error.__traceback__)
        else:
            handler(error, "main thread")

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            handler(args.exc_value, f"thread {args.thread.name if args.thread else '?'}")

    sys.excepthook = main_hook
    threading.excepthook = thread_hook
