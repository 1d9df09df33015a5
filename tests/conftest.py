"""What every test stands on: Qt offscreen, no network but loopback, folders of its own, and the shared samples."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")
# Child processes cannot be patched from here: send whatever they try to a port where nobody listens.
os.environ.update(dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9"))
os.environ.update(dict.fromkeys(("no_proxy", "NO_PROXY"), "localhost,127.0.0.1"))
os.environ.update({"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_MODE": "PRODUCTION", "HF_HUB_OFFLINE": "1"})

import gc
import ipaddress
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import PySide6.QtCore  # noqa: F401  (first: shiboken reads the source of every module imported after it)
import pytest
from blockbuster import blockbuster_ctx
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def _quiet_shiboken() -> None:
    """Keep shiboken's import hook from half-importing pydantic (see `studio.ui.qt`, which does it for the app)."""
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False  # pyright: ignore[reportAttributeAccessIssue]


_quiet_shiboken()
hypothesis_settings.register_profile("local", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "local")


class NetworkBlocked(OSError):
    """A test tried to leave this machine."""


def _is_local(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def _refuse_remote(address: object) -> None:
    """Raise for an (host, port, …) address that is not loopback; unix sockets pass."""
    if isinstance(address, tuple) and address and not _is_local(address[0]):
        raise NetworkBlocked(f"No test may reach the network: {address!r}")


def _guarded(name: str) -> None:
    original = getattr(socket.socket, name)

    def guard(self: socket.socket, *args: Any) -> Any:
        _refuse_remote(args[-1] if args else None)
        return original(self, *args)

    setattr(socket.socket, name, guard)


for _name in ("connect", "connect_ex", "sendto"):
    _guarded(_name)
_getaddrinfo = socket.getaddrinfo


def _local_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    if not _is_local(host):
        raise NetworkBlocked(f"No test may look up a name: {host!r}")
    return _getaddrinfo(host, *args, **kwargs)


socket.getaddrinfo = _local_getaddrinfo


def pytest_collection_finish() -> None:
    """What is there before the first test stays: else each collection after a test of the window looks through it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def studio_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, cache and data of this test alone, also for the processes it starts."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("TTRPG_STUDIO_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_blocking_calls() -> Iterator[None]:
    """A call of ours that blocks a running event loop fails the test."""
    with blockbuster_ctx(scanned_modules=["studio"]):
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled corpora and samples that lie beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip(f"the shared samples are not beside this checkout ({SHARED.name}/ is absent)")
    return SHARED
