"""Having files read in a process of its own, and taking in what it read without trusting it."""

from __future__ import annotations

import io
import logging
import pickle
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from studio.domain.errors import Cancelled, ImportRefused
from studio.services.exchange.collection import Collection
from studio.services.exchange.material import Material, Spool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = logging.getLogger(__name__)
SECONDS = 300
"""How long one file may take; the window shows that it is read, and can stop it at any moment."""
_TICK = 0.05
_SHAPES = {
    "builtins": {"set", "frozenset", "bytearray", "complex"},
    "collections": {"OrderedDict", "defaultdict", "Counter"},
    "datetime": {"datetime", "date", "timedelta", "timezone"},
    "pathlib": {"PurePosixPath", "PosixPath", "WindowsPath"},
}


class _Shapes(pickle.Unpickler):
    """Makes nothing but plain values and the classes of this application: no function can be called by what is read."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of a name; anything else is refused."""
        if name in _SHAPES.get(module, ()):
            return super().find_class(module, name)
        if module.startswith(("studio.services.exchange.", "studio.domain.")):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no shape of an import")


def read_apart(path: Path, *, cancelled: Callable[[], bool] = lambda: False, seconds: float = SECONDS) -> Any:
    """What a file, folder or zip holds. Raises ImportRefused, or Cancelled when asked to stop; it blocks."""
    spool = Spool()
    command = [sys.executable, "-P", "-m", "studio.services.exchange.child", str(spool.folder), str(path.absolute())]
    if getattr(sys, "frozen", False):
        command.remove("-P")
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=path.absolute().parent
    )
    collected: list[tuple[bytes, bytes]] = []
    waiting = threading.Thread(target=lambda: collected.append(process.communicate()), daemon=True)
    waiting.start()
    try:
        _wait(waiting, path, cancelled, seconds)
    finally:
        process.kill()
        waiting.join()
    return _taken(collected[0], path, spool)


def _wait(waiting: threading.Thread, path: Path, cancelled: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while waiting.is_alive():
        waiting.join(_TICK)
        if cancelled():
            raise Cancelled("The import was stopped. Nothing was changed.")
        if time.monotonic() > ends:
            raise ImportRefused(f"“{path.name}” takes too long to read. It wasn't imported.", code="too_slow")


def _taken(output: tuple[bytes, bytes], path: Path, spool: Spool) -> Any:
    data, errors = output
    if errors:
        log.warning("reading %s: %s", path.name, errors.decode(errors="replace")[-2000:])
    try:
        kind, *rest = _Shapes(io.BytesIO(data)).load()
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError) as error:
        raise ImportRefused(f"“{path.name}” stopped its reader. It wasn't imported.", code="reader_died") from error
    if kind == "refused":
        raise ImportRefused(rest[0], code=rest[1])
    for one in rest[0].parts if isinstance(rest[0], Collection) else rest:
        if isinstance(one, Material):
            one.spool = spool
    return rest[0]
