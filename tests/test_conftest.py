"""The ground rules of the suite hold."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def test_no_test_reaches_the_network() -> None:
    with socket.socket() as sock, pytest.raises(OSError, match="No test may reach the network"):
        sock.connect(("192.0.2.1", 80))
    with pytest.raises(OSError, match="No test may look up a name"):
        socket.getaddrinfo("example.org", 80)


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as client:
        assert client.getpeername()[0] == "127.0.0.1"


def test_every_test_has_a_home_of_its_own(studio_home: Path) -> None:
    assert os.environ["TTRPG_STUDIO_HOME"] == str(studio_home)
    assert not list(studio_home.iterdir())


def test_pydantic_loads_after_qt() -> None:
    import pydantic.types  # noqa: F401
    import PySide6.QtWidgets  # noqa: F401


def test_the_package_itself_imports_no_qt() -> None:
    code = "import studio, studio.__main__, sys; print([m for m in sys.modules if m.startswith('PySide6')])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
