"""System libraries, fonts and test tools: what is missing, installed where we may, else the exact command."""

import ctypes.util
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass

from devtools.base import Refused, say, step

# Found with ldd on the Qt wheel's plugins, then confirmed on a minimal Debian 12.
LIBRARIES = (
    "libegl1",
    "libgl1",
    "libxkbcommon0",
    "libfontconfig1",
    "libdbus-1-3",
    "libglib2.0-0",
    "fonts-noto-core",
    "fonts-noto-mono",
    "fonts-noto-color-emoji",
)
WINDOWING = (
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-image0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-randr0",
    "libxcb-xkb1",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
)
TESTING = (
    *("xvfb", "xauth", "x11-utils", "xdotool", "openbox"),
    *("at-spi2-core", "libatk-adaptor", "dbus", "dbus-x11", "libglib2.0-bin"),
    *("python3-pyatspi", "gir1.2-atspi-2.0", "python3-gi", "gnome-keyring", "libsecret-1-0"),
    "poppler-utils",  # another reader of the PDFs that we write
    "libgomp1",  # the small local model's server is built with OpenMP
)
# What must load or nothing can be drawn, by the name that the loader knows it under.
VITAL = ("EGL", "GL", "xkbcommon", "fontconfig", "dbus-1", "glib-2.0")
ELSEWHERE = {
    "dnf": (
        "dnf install -y mesa-libEGL mesa-libGL libxkbcommon libxkbcommon-x11 fontconfig dbus-libs glib2 "
        "xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil "
        "google-noto-sans-fonts google-noto-emoji-fonts"
    ),
    "pacman": (
        "pacman -S --needed libglvnd mesa libxkbcommon libxkbcommon-x11 fontconfig dbus glib2 xcb-util-cursor "
        "xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil noto-fonts noto-fonts-emoji"
    ),
    "zypper": (
        "zypper install -y libEGL1 libGL1 libxkbcommon0 libxkbcommon-x11-0 fontconfig libdbus-1-3 libxcb-cursor0 "
        "libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 google-noto-sans-fonts noto-coloremoji-fonts"
    ),
}


@dataclass(frozen=True)
class Rights:
    """How this user may install: the words before `apt-get`, or None where they may not."""

    prefix: tuple[str, ...] | None


def rights() -> Rights:
    if os.geteuid() == 0:
        return Rights(())
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return Rights((sudo, "-n"))
    return Rights(None)


def is_debian() -> bool:
    return sys.platform == "linux" and bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def missing_packages(wanted: tuple[str, ...]) -> list[str]:
    """Those of `wanted` that dpkg does not have; the `t64` names of newer releases count as the same."""
    names = [name for package in wanted for name in (package, f"{package}t64")]
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names]
    lines = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    installed = {line.split()[0].removesuffix("t64") for line in lines if line.endswith(" installed")}
    return [package for package in wanted if package not in installed]


def missing_vital() -> list[str]:
    """Libraries that the dynamic loader cannot find, for systems whose packages we do not know."""
    return [name for name in VITAL if ctypes.util.find_library(name) is None]


def apt_command(packages: list[str]) -> str:
    return "apt-get update && apt-get install -y --no-install-recommends " + " ".join(packages)


def by_hand(packages: list[str]) -> str:
    """The command for a user who may become root: through sudo, or by root's password where it is not there."""
    become = "sudo sh -c" if shutil.which("sudo") else "su - -c"
    return f"{become} {shlex.quote(apt_command(packages))}"


def install(packages: list[str], *, what: str) -> None:
    """Install Debian packages, as root or through a sudo that does not ask.

    Raises:
        Refused: we may not, or apt could not; the text holds the command to give.
    """
    prefix = rights().prefix
    if prefix is None:
        command = by_hand(packages)
        raise Refused(f"Some {what} are missing. Install them with this command, then run again:\n  {command}")
    env = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    with step(f"Installing {what} ({len(packages)} packages)"):
        subprocess.run([*env, "apt-get", "update", "-qq"], stdout=subprocess.DEVNULL, check=False)
        command = [*env, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise Refused(f"{done.stdout[-2000:]}\nCould not install {what}. Try it by hand:\n  {by_hand(packages)}")


def ensure(required: tuple[str, ...], *, optional: tuple[str, ...] = ()) -> None:
    """Have these Debian packages on this machine, asking apt once and only when one is missing.

    Where we may not install, `optional` ones (the tools of the window tests) are only spoken about. On other systems
    it is checked that Qt's libraries can be loaded.

    Raises:
        Refused: something required is missing and only the user can install it.
    """
    if sys.platform != "linux":
        return
    if not is_debian():
        _ensure_elsewhere()
        return
    absent = missing_packages((*required, *optional))
    if not absent:
        return
    try:
        install(absent, what="system packages")
    except Refused as refusal:
        if set(absent) & set(required):
            raise
        say(str(refusal))


def _ensure_elsewhere() -> None:
    if absent := missing_vital():
        commands = [line for tool, line in ELSEWHERE.items() if shutil.which(tool)] or list(ELSEWHERE.values())
        raise Refused(
            f"Missing system libraries: {', '.join(absent)}. Install them, then run again:\n"
            + "\n".join(f"  sudo {line}" for line in commands)
        )
