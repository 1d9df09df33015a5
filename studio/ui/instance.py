"""One running application: a second start hands its files to the first and ends."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtNetwork import QLocalServer

LIMIT = 64 * 1024


def socket_name(home: Path) -> str:
    """The address of the application that uses this folder: a path on Unix, a pipe's name on Windows."""
    tag = f"{crc32(str(home).encode()):08x}"
    if sys.platform == "win32":
        return f"ttrpg-studio-{tag}"
    folder = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    return str(Path(folder) / f"ttrpg-studio-{os.getuid()}-{tag}.sock")


def forward(name: str, args: list[str]) -> bool:
    """Hand the arguments to the application that runs already; False where none answers."""
    if sys.platform != "win32" and not Path(name).exists():
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(300):
        return False
    socket.write(json.dumps(args).encode() + b"\n")
    socket.waitForBytesWritten(1000)
    answered = socket.waitForReadyRead(2000)
    socket.disconnectFromServer()
    return answered


def listen(name: str, on_args: Callable[[list[str]], object]) -> QLocalServer | None:
    """Wait for later starts. Only this user may connect (mode 700). None where the address can't be had."""
    from PySide6.QtNetwork import QLocalServer

    QLocalServer.removeServer(name)
    server = QLocalServer()
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    if not server.listen(name):
        return None
    server.newConnection.connect(lambda: _receive(server, on_args))
    return server


def _receive(server: QLocalServer, on_args: Callable[[list[str]], object]) -> None:
    socket = server.nextPendingConnection()
    heard = bytearray()

    def read() -> None:
        heard.extend(bytes(socket.readAll().data()))
        if b"\n" not in heard and len(heard) < LIMIT:
            return
        socket.write(b"ok\n")
        socket.flush()
        args = _parse(bytes(heard[:LIMIT]))
        socket.disconnectFromServer()
        if args is not None:
            on_args(args)

    socket.readyRead.connect(read)
    socket.disconnected.connect(socket.deleteLater)


def _parse(heard: bytes) -> list[str] | None:
    try:
        args = json.loads(heard.split(b"\n")[0])
    except ValueError:
        return None
    return args if isinstance(args, list) and all(isinstance(arg, str) for arg in args) else None
