"""The application folder: made by PyInstaller from `studio.spec`, then tested from the inside."""

import shutil
from pathlib import Path

from devtools.base import BUILD, PYTHON, ROOT, WINDOWS, Refused, run, say, step

DIST = BUILD / "dist"
NAME = "ttrpg-studio"
TEST_HOME = BUILD / "selftest-home"


def executable() -> Path:
    return DIST / NAME / (f"{NAME}.exe" if WINDOWS else NAME)


def build() -> int:
    """Make build/dist/ttrpg-studio and run its self-test; 0 when that passes.

    Raises:
        Refused: PyInstaller failed.
    """
    command = [PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    folders = ["--distpath", DIST, "--workpath", BUILD / "work"]
    with step("Building the application folder (some minutes)"):
        if run([*command, *folders, ROOT / "studio.spec"]):
            raise Refused("PyInstaller failed; its last lines above say where.")
    size = sum(file.stat().st_size for file in (DIST / NAME).rglob("*") if file.is_file() and not file.is_symlink())
    say(f"{executable()} ({size / 1e6:.0f} MB)")
    return selftest()


def selftest() -> int:
    """The frozen application tries itself: window, main job, index, graph, a world asked and checked."""
    shutil.rmtree(TEST_HOME, ignore_errors=True)
    env = {"TTRPG_STUDIO_HOME": str(TEST_HOME)}
    if not WINDOWS:
        env["QT_QPA_PLATFORM"] = "offscreen"
    code = run([executable(), "--selftest"], env=env)
    say("selftest passed" if code == 0 else f"selftest failed with code {code}")
    return 1 if code else 0
