"""The commands of `packaging/dev.py`, each from whatever state the machine is in."""

import os
import sys
from collections.abc import Callable

from devtools import checks, display, frozen, suite, system, venv
from devtools.base import BUILD, PYTHON, WINDOWS, Refused, run, say

__all__ = ["COMMANDS", "Refused"]


def _ready(*, for_tests: bool = False) -> None:
    required = (*system.LIBRARIES, *system.WINDOWING, *venv.system_packages())
    system.ensure(required, optional=system.TESTING if for_tests else ())
    venv.ensure()


def setup(_arguments: list[str]) -> int:
    """Make everything ready."""
    _ready()
    say(f"Ready: {PYTHON}")
    return 0


def run_app(arguments: list[str]) -> int:
    """Open the app; without a display do its main job on the sample, with a screenshot."""
    _ready()
    command = [str(PYTHON), "-m", "studio", *arguments]
    if not arguments and not display.has_display():
        say("No display here: doing the main job on the sample instead.")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        BUILD.mkdir(exist_ok=True)
        command += ["demo", "--screenshot", str(BUILD / "first-run.png")]
    if not WINDOWS:
        sys.stdout.flush()
        os.execv(command[0], command)
    return run(command)


def test(arguments: list[str]) -> int:
    """Checks and the whole suite; with arguments only pytest with them."""
    _ready(for_tests=not arguments or bool(suite.screens_asked(arguments)))
    return suite.some(arguments) if arguments else suite.whole()


def check(_arguments: list[str]) -> int:
    """Checks alone."""
    _ready()
    return 0 if checks.passed(checks.start()) else 1


def bench(arguments: list[str]) -> int:
    """The measurements, one after the other, offscreen."""
    _ready()
    return suite.some(["tests/bench", "-m", "bench", "-q", "--no-header", "-p", "no:xdist", *arguments])


def build(_arguments: list[str]) -> int:
    """The application folder."""
    _ready()
    return frozen.build()


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "run": run_app,
    "test": test,
    "check": check,
    "bench": bench,
    "build": build,
}
