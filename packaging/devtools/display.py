"""A screen of our own: Xvfb with a window manager, and the session in which a screen reader can see the window."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools.base import Refused

SCREEN = "1600x1000x24"
XCB = {"QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1"}
ACCESSIBLE = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1", "NO_AT_BRIDGE": "0"}
# Runs its arguments where an accessibility bus and an unlocked keyring answer, and leaves neither behind.
SESSION = r"""
gsettings set org.gnome.desktop.interface toolkit-accessibility true 2>/dev/null
launcher=$(command -v /usr/libexec/at-spi-bus-launcher /usr/lib/at-spi2-core/at-spi-bus-launcher | head -n 1)
"$launcher" --launch-immediately & bus=$!
for _ in $(seq 100); do
  dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress >/dev/null 2>&1 && break
  sleep 0.1
done
printf x | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 & keyring=$!
"$@" 2>&3 3>&-; code=$?
kill "$bus" "$keyring" 2>/dev/null
exit "$code"
"""
# The daemons' chatter is dropped, the command's own words (descriptor 3) are not.
OUTER = 'exec dbus-run-session -- bash -c "$0" session "$@" 3>&2 2>/dev/null'


def has_display() -> bool:
    """A person could see a window here (always so outside Linux)."""
    if os.name != "posix" or os.uname().sysname != "Linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_tools(*names: str) -> list[str]:
    return [name for name in names if not shutil.which(name)]


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Environment for a window on a fresh X server with openbox; both end with the block.

    Raises:
        Refused: a tool is missing, or the server did not start.
    """
    if absent := missing_tools("Xvfb", "openbox"):
        raise Refused(f"{', '.join(absent)} not found: install it to open a window where no screen is.")
    with tempfile.TemporaryDirectory(prefix="studio-x11-") as folder:
        server, display = _start_server(Path(folder))
        env = {**XCB, "DISPLAY": display}
        manager = _start_manager(env)
        try:
            yield env
        finally:
            for process in (manager, server):
                _end(process)


def _start_server(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """X picks a free display number itself and writes it down when it is ready."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    log = (folder / "xvfb.log").open("wb")
    server = subprocess.Popen(command, pass_fds=[writer], stdout=log, stderr=log)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    if not number:
        _end(server)
        raise Refused("Xvfb did not start:\n" + (folder / "xvfb.log").read_text(errors="replace")[-1000:])
    return server, f":{number}"


def _start_manager(env: dict[str, str]) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    manager = subprocess.Popen(["openbox", "--sm-disable"], env={**os.environ, **env}, stdout=quiet, stderr=quiet)
    time.sleep(0.3)  # openbox says nowhere that it manages now; the first test window must not come before it
    return manager


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def session_folders() -> Iterator[dict[str, str]]:
    """Environment whose desktop settings and keyrings are thrown away after: the user's own stay untouched."""
    with tempfile.TemporaryDirectory(prefix="studio-session-", ignore_cleanup_errors=True) as folder:
        names = ("XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
        folders = {name: str(Path(folder) / name.lower()) for name in names}
        for path in folders.values():
            Path(path).mkdir(mode=0o700)
        yield {**folders, **ACCESSIBLE}


def in_session(command: list[str]) -> list[str]:
    """`command` inside a D-Bus session with accessibility and a keyring."""
    return ["bash", "-c", OUTER, SESSION, *command]
