"""Real key strokes and clicks into a real window on an X server, through xdotool."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def wait_until(true: Callable[[], object], *, what: str, seconds: float = 15.0) -> None:
    """Wait for a condition that another process brings about."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain for: {what}")
        time.sleep(0.02)


def xdotool(*words: str) -> str:
    """Run xdotool; gives what it prints, empty where it found nothing."""
    done = subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=20, check=False)
    return done.stdout.strip()


class App:
    """The application as a child process, driven by keys. A context manager: the process ends with the block."""

    def __init__(self, *args: str, home: Path, env: dict[str, str] | None = None) -> None:
        self.home = home
        self.log = home / "app.log"
        self._args = args
        self._env = {**os.environ, "TTRPG_STUDIO_HOME": str(home), "PYTHONUNBUFFERED": "1", **(env or {})}
        self.process: subprocess.Popen[bytes] | None = None
        self.window = ""

    def __enter__(self) -> Self:
        if self.process is None:
            self.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.end()
        elif self.process is not None and self.process.poll() is None:
            self.kill()  # what went wrong is known already

    def start(self) -> None:
        """Start it and wait for its window."""
        self.home.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            command = [sys.executable, "-X", "faulthandler", "-m", "studio", *self._args]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self._env, stdout=log, stderr=log)
        wait_until(self._find_window, what=f"the window\n{self.words()}")
        xdotool("windowactivate", "--sync", self.window)
        xdotool("windowfocus", "--sync", self.window)

    def _find_window(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"the application ended with {self.process.returncode}\n{self.words()}")
        found = xdotool("search", "--onlyvisible", "--pid", str(self.process.pid), "--name", "TTRPG Studio").split()
        self.window = found[-1] if found else ""
        return bool(found)

    def words(self) -> str:
        """What it wrote to its output so far."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def title(self) -> str:
        """The window's title."""
        return xdotool("getwindowname", self.window)

    def wait_title(self, part: str, *, whole: bool = False) -> None:
        """Wait until the title contains this, or is exactly this."""
        wait_until(
            lambda: part == self.title() if whole else part in self.title(),
            what=f"{part!r} in the title, which is {self.title()!r}\n{self.words()}",
        )

    def keys(self, *chords: str, pause: float = 0.05) -> None:
        """Press chords one after another, such as `ctrl+k`, `Return`."""
        for chord in chords:
            xdotool("key", "--clearmodifiers", chord)
            time.sleep(pause)

    def type(self, text: str, *, delay_ms: int = 4) -> None:
        """Type a text letter by letter."""
        xdotool("type", "--delay", str(delay_ms), text)

    def click(self, x: int, y: int) -> None:
        """Click at a place of the window."""
        xdotool("mousemove", "--window", self.window, str(x), str(y), "click", "1")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def end(self) -> None:
        """Close it, by force if it doesn't go."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the application did not end when asked\n{self.words()}") from None

    def wait_end(self, seconds: float = 10.0) -> int:
        """Wait for it to end by itself; gives the exit code."""
        assert self.process is not None
        return self.process.wait(seconds)
