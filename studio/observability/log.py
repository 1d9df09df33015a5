"""The log of this machine: one JSON object a line in a rotating file, redacted, and the last lines in memory."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections import deque
from datetime import UTC, datetime
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from studio.observability.redact import redact, redact_field

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = "studio.log"
BYTES, FILES = 1_000_000, 5
REMEMBERED = 200
_STANDARD = logging.LogRecord("", 0, "", 0, "", (), None).__dict__.keys() | {"message", "asctime", "taskName"}
_NOISY = ("httpx", "httpcore", "asyncio", "qasync", "LiteLLM", "markdown_it", "urllib3", "PIL", "peewee", "filelock")


def entry(record: logging.LogRecord) -> dict[str, Any]:
    """One entry, redacted: when, how bad, where from, what; fields given as `extra`; the error if there is one."""
    made: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "from": record.name,
        "thread": record.threadName,
        "said": redact(record.getMessage()),
    }
    made |= {k: redact_field(k, v) for k, v in record.__dict__.items() if k not in _STANDARD}
    if record.exc_info and record.exc_info[1] is not None:
        made["error"] = redact("".join(traceback.format_exception(record.exc_info[1])))
    return made


class _Lines(QueueHandler):
    """Redacts where the entry is made, remembers it, and hands it on: writing is another thread's work."""

    def __init__(self, queue: SimpleQueue[Any], remembered: deque[str]) -> None:
        super().__init__(queue)  # pyright: ignore[reportArgumentType]
        self._remembered = remembered

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        line = json.dumps(entry(record), ensure_ascii=False, default=str)
        self._remembered.append(line)
        return logging.makeLogRecord({"name": record.name, "levelno": record.levelno, "msg": line, "args": None})


class Log:
    """A log that is running. `close` writes what is left; nothing of it ever leaves the machine."""

    def __init__(self, folder: Path | None, *, level: int = logging.INFO, logger: logging.Logger | None = None) -> None:
        self._logger = logger or logging.getLogger()
        self._remembered: deque[str] = deque(maxlen=REMEMBERED)
        self._listener: QueueListener | None = None
        queue: SimpleQueue[Any] = SimpleQueue()
        self._handler = _Lines(queue, self._remembered)
        self._before = self._logger.level
        self._logger.setLevel(level)
        self._logger.addHandler(self._handler)
        for name in _NOISY:
            logging.getLogger(name).setLevel(max(level, logging.WARNING))
        if (file := _file(folder)) is not None:
            self._listener = QueueListener(queue, file)  # pyright: ignore[reportArgumentType]
            self._listener.start()

    def last_lines(self, count: int = 60) -> list[str]:
        """The newest entries, oldest first."""
        return list(self._remembered)[-count:]

    def close(self) -> None:
        """Write what is on its way and let go of the file. Harmless when closed already."""
        self._logger.removeHandler(self._handler)
        self._logger.setLevel(self._before)
        if self._listener is not None:
            listener, self._listener = self._listener, None
            listener.stop()
            for handler in listener.handlers:
                handler.close()


def _file(folder: Path | None) -> logging.Handler | None:
    """The rotating file; None where the folder can't be written: then the log is in memory only."""
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = RotatingFileHandler(folder / FILE, maxBytes=BYTES, backupCount=FILES, encoding="utf-8")
    except OSError:
        return None
    made.setFormatter(logging.Formatter("%(message)s"))
    made.handleError = _ignore  # a full disk must not stop the program
    return made


def _ignore(record: logging.LogRecord) -> None:
    del record


def read_entries(folder: Path, *, wanted: Callable[[dict[str, Any]], bool] | None = None) -> list[dict[str, Any]]:
    """Entries of the newest file, oldest first; lines that a crash cut off are left out."""
    try:
        lines = (folder / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            made = json.loads(line)
        except ValueError:
            continue
        if isinstance(made, dict) and (wanted is None or wanted(made)):
            found.append(made)
    return found


def to_stderr(level: int = logging.WARNING) -> logging.Handler:
    """Warnings on standard error, redacted, for headless commands. Gives the handler, for taking it off again."""

    class _Plain(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return redact(f"{record.levelname.lower()}: {record.getMessage()}")

    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(_Plain())
    logging.getLogger().addHandler(handler)
    return handler
