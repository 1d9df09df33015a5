"""One running engine process, seen from the app: spawned and read on a thread, so that any event loop can use it."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import studio
from studio.engine.protocol import FROM_ENGINE, Bye, FromEngine, ProtocolError, ToEngine, encode, read_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)
_PACKAGE = Path(studio.__file__).parent
_PRIVATE = ("_API_KEY", "_API_TOKEN", "_SECRET", "_SECRET_KEY", "_ACCESS_KEY", "_API_BASE", "_BASE_URL", "_TOKEN")
_PREFIXES = ("LITELLM_", "OPENAI_", "ANTHROPIC_", "GEMINI_", "GOOGLE_", "AZURE_", "AWS_", "HF_")


def command() -> list[str]:
    """How to start the engine: this Python, or the frozen application itself, which knows `-m studio.…`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "-m", "studio.engine"]
    return [sys.executable, "-P", "-m", "studio.engine"]


def environment() -> dict[str, str]:
    """Our environment without what is, or would be taken for, a key or a provider's address."""
    kept = {
        k: v for k, v in os.environ.items() if not k.upper().endswith(_PRIVATE) and not k.upper().startswith(_PREFIXES)
    }
    if not getattr(sys, "frozen", False):
        roots = [str(_PACKAGE.parent), *filter(None, [kept.get("PYTHONPATH")])]
        kept["PYTHONPATH"] = os.pathsep.join(roots)
    kept["PYTHONUTF8"] = "1"
    kept.setdefault("MALLOC_ARENA_MAX", "2")  # of its many threads each would keep memory of its own
    return kept


class Link:
    """A process from start to end. `took` gets every frame, `ended` is called once; both on the reader thread."""

    def __init__(
        self, took: Callable[[Link, FromEngine], None], ended: Callable[[Link], None], *, argv: Sequence[str] = ()
    ) -> None:
        self.started_at = time.monotonic()
        self.pid: int | None = None
        self._took = took
        self._ended = ended
        self._argv = list(argv) or command()
        self._out: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader = threading.Thread(target=self._run, name="engine-reader", daemon=True)
        self._reader.start()

    def send(self, frame: ToEngine) -> None:
        """Queue a frame; it is written on a thread, in order. From any thread."""
        self._out.put(encode(frame))

    def stop(self, seconds: float = 0.8) -> None:
        """End the process within that time: politely, then by force. Blocks; from any thread but its own."""
        ends = time.monotonic() + seconds
        self.send(Bye())
        self._reader.join(seconds * 0.6)
        if self._reader.is_alive() and self._process is not None:
            self._process.kill()
        self._reader.join(max(0.0, ends - time.monotonic()))

    def _run(self) -> None:
        try:
            process = self._spawn()
        except OSError:
            log.exception("the engine can't be started")
            self._ended(self)
            return
        self._process, self.pid = process, process.pid
        writer = threading.Thread(target=self._write, args=(process,), name="engine-writer", daemon=True)
        writer.start()
        try:
            self._read(process)
        finally:
            self._out.put(None)
            self._reap(process)
            writer.join(1)
            self._ended(self)

    def _spawn(self) -> subprocess.Popen[bytes]:
        flags = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
        return subprocess.Popen(
            self._argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if sys.stderr is not None else subprocess.DEVNULL,  # a window without console has none
            env=environment(),
            cwd=_PACKAGE,
            creationflags=flags,
        )

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        try:
            while (frame := read_frame(process.stdout)) is not None:
                self._took(self, FROM_ENGINE.validate_json(frame))
        except (ProtocolError, ValueError):
            log.exception("the engine sent something that is no frame; it is ended")
            process.kill()

    def _write(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            while (frame := self._out.get()) is not None:
                process.stdin.write(frame)
                process.stdin.flush()

    def _reap(self, process: subprocess.Popen[bytes]) -> None:
        """The pipe is closed, so the process is ending; make sure of it."""
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
