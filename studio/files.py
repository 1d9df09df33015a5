"""Small files beside the projects: read leniently, and written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any


def read_object(path: Path | None) -> dict[str, Any]:
    """The JSON object in a file; empty where there is none, or something else."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8")) if path is not None else {}
    except (OSError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}


def write_object(path: Path, value: dict[str, Any]) -> None:
    """Put a JSON object in a file's place, in lines that people can read."""
    write_whole(path, json.dumps(value, indent=2, ensure_ascii=False).encode())


def write_whole(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Put these bytes in a file's place, for the owner's eyes alone. Whoever reads it sees the old or the new.

    With `sync` it also outlives a power cut from here on; that takes its time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            if sync:
                out.flush()
                os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
