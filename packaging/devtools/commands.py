"""The commands of `packaging/dev.py`, each from whatever state the machine is in."""

import os
import sys
from collections.abc import Callable

from devtools import checks, display, frozen, suite, system, venv
from devtools.base import BUILD, PYTHON, WINDOWS, Refused, run, say

__all__ = ["COMMANDS", "Refused"]


def _system() -> None:
    system.ensure((*system.LIBRARIES, *system.WINDOWING), what="Qt's system libraries and fonts")


def setup(arguments: list[str]) -> int:
    """Make everything ready."""
    _system()
    venv.ensure()
    if arguments != ["--quiet"]:
        say(f"Ready: {PYTHON}")
    return 0


def run_app(arguments: list[str]) -> int:
    """Open the app; without a display do its main job on the sample, with a screenshot."""
    setup(["--quiet"])
    command = [str(PYTHON), "-m", "studio", *arguments]
    if not arguments and not display.has_display():
        say("No display here: doing the main job on the sample instead.")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        command += ["demo", "--screenshot", str(BUILD / "first-run.png")]
    if not WINDOWS:
        sys.stdout.flush()
        os.execv(command[0], command)
    return run(command)


def test(arguments: list[str]) -> int:
    """Checks and the whole suite; with arguments only pytest with them."""
    setup(["--quiet"])
    return suite.some(arguments) if arguments else suite.whole()


def check(_arguments: list[str]) -> int:
    """Checks alone."""
    setup(["--quiet"])
    return 0 if checks.run_all() else 1


def bench(arguments: list[str]) -> int:
    """The measurements, one after the other, offscreen."""
    setup(["--quiet"])
    return suite.some(["tests/bench", "-m", "bench", "-q", "--no-header", "-p", "no:xdist", *arguments])


def build(_arguments: list[str]) -> int:
    """The application folder."""
    setup(["--quiet"])
    return frozen.build()


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "run": run_app,
    "test": test,
    "check": check,
    "bench": bench,
    "build": build,
}
