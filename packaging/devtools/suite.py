"""The whole suite in its phases: offscreen, alone, a real window under X, the screen reader's walk."""

import itertools
import os
import shutil
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from devtools import checks, display
from devtools.base import BUILD, PYTHON, run, say

KEEP_BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""Each worker of each phase would rewrite every test again."""
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", **KEEP_BYTECODE}
MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3
"""Below so many free bytes test files go to the disk, where each commit waits for it. They need a quarter of this."""
NOTHING_COLLECTED = 5
X11_TOOLS = ("Xvfb", "openbox", "xdotool")
SESSION_TOOLS = (*X11_TOOLS, "dbus-run-session", "bash")


@dataclass(frozen=True)
class Phase:
    """One pytest run: which tests, where, and which tools it cannot do without."""

    name: str
    marks: str
    arguments: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    session: bool = False


ORDINARY = "not x11 and not atspi and not session and not bench and not soak and not serial"
PHASES = (
    Phase("offscreen", ORDINARY, ("-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile")),
    Phase("alone", "(serial or soak) and not x11 and not atspi and not session and not bench"),
    Phase("window", "x11 and not atspi and not session and not bench", tools=X11_TOOLS),
    Phase("screen-reader", "(atspi or session) and not bench", tools=SESSION_TOOLS, session=True),
)


@dataclass
class Outcome:
    """What the phases came to."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def whole() -> int:
    """Checks beside the phase that fills the machine, and the others; the last line sums them up.

    0 only if nothing failed, and in CI nothing was left out.
    """
    outcome = Outcome()
    beside, (together, *apart) = checks.start(), PHASES
    with _quick_files():
        _run_phase(together, outcome)
        if not checks.passed(beside):
            outcome.failed.append("checks")
        for phase in apart:
            _run_phase(phase, outcome)
    _sum_up(outcome)
    incomplete = bool(outcome.left_out and os.environ.get("CI")) or not outcome.counts["passed"]
    return 1 if outcome.failed or incomplete else 0


@contextmanager
def _quick_files() -> Iterator[None]:
    """Test files in memory while this lasts, where there is room for them."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="studio-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        os.environ["TMPDIR"] = folder
        yield


def screens_asked(arguments: list[str]) -> list[str]:
    """Those marks of `-m` that need more than the offscreen platform."""
    marks = " ".join(value for flag, value in itertools.pairwise(arguments) if flag == "-m")
    return [word for word in ("x11", "atspi", "session") if word in marks and f"not {word}" not in marks]


def some(arguments: list[str]) -> int:
    """Only pytest with these arguments, on the screen that its `-m` asks for."""
    command = [str(PYTHON), "-m", "pytest", *arguments]
    asked = screens_asked(arguments)
    return _on_screen(command, session=asked != ["x11"]) if asked else run(command, env=OFFSCREEN)


def _on_screen(command: list[str], *, session: bool) -> int:
    with display.screen() as env:
        if not session:
            return run(command, env={**env, **KEEP_BYTECODE})
        with display.session_folders() as folders:
            return run(display.in_session(command), env={**env, **folders, **KEEP_BYTECODE})


def _run_phase(phase: Phase, outcome: Outcome) -> None:
    if absent := [tool for tool in phase.tools if not shutil.which(tool)]:
        say(f"phase {phase.name}: left out, {', '.join(absent)} not found")
        outcome.left_out.append(phase.name)
        return
    started = time.monotonic()
    report = BUILD / "test" / f"{phase.name}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    quiet = ("-q", "--no-header") if os.environ.get("CI") else ("--no-header",)
    command = [str(PYTHON), "-m", "pytest", "-m", phase.marks, f"--junitxml={report}", *quiet, *phase.arguments]
    say(f"phase {phase.name}")
    code = _on_screen(command, session=phase.session) if phase.tools else run(command, env=OFFSCREEN)
    outcome.counts.update(counts(report))
    if code not in (0, NOTHING_COLLECTED):
        outcome.failed.append(phase.name)
    say(
        f"phase {phase.name}: {'failed' if phase.name in outcome.failed else 'passed'} "
        f"({time.monotonic() - started:.0f} s)"
    )


def counts(report: Path) -> Counter[str]:
    """Passed, failed and skipped of a JUnit file; empty when the run died before it wrote one."""
    if not report.is_file():
        return Counter()
    total: Counter[str] = Counter()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total.update(passed=tests - skipped - failed, failed=failed, skipped=skipped)
    return total


def _sum_up(outcome: Outcome) -> None:
    if outcome.failed:
        say(f"failed: {', '.join(outcome.failed)}")
    if outcome.left_out:
        say(f"left out: {', '.join(outcome.left_out)}")
    c = outcome.counts
    say(f"{c['passed']} passed, {c['failed']} failed, {c['skipped']} skipped")
