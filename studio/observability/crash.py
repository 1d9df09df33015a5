"""Our own bugs, written down: one redacted report per crash, on this machine only."""

from __future__ import annotations

import platform
import sqlite3
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING

from studio import __version__
from studio.observability.redact import redact

if TYPE_CHECKING:
    from pathlib import Path

KEPT = 20
LINES = 60
Handler = Callable[[BaseException, str], object]
_PARTS = ("PySide6_Essentials", "qasync", "pydantic", "peewee", "litellm", "lancedb")


def versions() -> dict[str, str]:
    """What the program stands on, for reports and `doctor`. Reads package metadata; imports nothing."""
    found = {
        "TTRPG Studio": __version__,
        "Python": platform.python_version(),
        "Platform": platform.platform(),
        "SQLite": sqlite3.sqlite_version,
    }
    for name in _PARTS:
        try:
            found[name.replace("_", "-")] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def report_text(error: BaseException, where: str, *, now: datetime, lines: list[str] | None = None) -> str:
    """The report of one error: versions, traceback, the log's last lines. No text of the user's and no key is in it."""
    frames = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    head = (
        f"TTRPG Studio {__version__} · Python {platform.python_version()} · {platform.platform()}\n"
        f"{now.isoformat(timespec='seconds')} · {where}\n\n"
    )
    parts = [head + redact(frames), "\n".join(f"{name} {version}" for name, version in versions().items())]
    if lines:
        parts.append("Last lines of the log\n" + redact("\n".join(lines)))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


class CrashLog:
    """Writes reports into a folder and keeps the newest few. `recent` gives the log's last lines."""

    def __init__(self, folder: Path, *, recent: Callable[[int], list[str]] | None = None) -> None:
        self._folder = folder
        self._recent = recent
        self._count = 0

    def write(self, error: BaseException, where: str) -> Path | None:
        """Write one report; None where even that failed."""
        now = datetime.now(UTC)
        self._count += 1
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S}-{self._count}.txt"
        lines = self._recent(LINES) if self._recent is not None else []
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(report_text(error, where, now=now, lines=lines), encoding="utf-8")
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
