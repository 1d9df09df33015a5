"""Which format a file is in, and how to read it: the one table of everything that can be imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.errors import ImportRefused
from studio.services.exchange import chatgpt, claude, openwebui, plain, predecessor, sillytavern
from studio.services.exchange.reading import MAX_JSON, parse_json, read_json, refuse
from studio.services.exchange.safezip import SafeZip
from studio.services.exchange.world_json import World
from studio.services.exchange.world_shapes import NS

if TYPE_CHECKING:
    from pathlib import Path

    from studio.services.exchange.pack import Pack
    from studio.services.exchange.staging import Parsed

TEXTS = (".md", ".markdown", ".txt")
READABLE = "a project bundle (.ttrpgpack), a world file or chat export (.json, .zip), or text (.md, .txt)"


def parse(path: Path) -> Parsed | Pack:
    """Read a file, whatever it is. Raises ImportRefused; touches no project."""
    if path.is_dir():
        refuse(f"“{path.name}” is a folder. Choose {READABLE}.")
    suffix = path.suffix.lower()
    if suffix in TEXTS:
        return plain.parse(path)
    head = _head(path)
    if suffix == ".jsonl":
        return sillytavern.parse(path)
    if head.startswith(b"PK"):
        return _from_zip(path)
    if head.startswith(b"SQLite format 3"):
        refuse(f"“{path.name}” is a project file. Open it, and export a bundle (.ttrpgpack) to bring it in here.")
    if suffix == ".json" or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return from_json(read_json(path), path.name)
    raise ImportRefused(f"“{path.name}” can't be imported. Choose {READABLE}.")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except FileNotFoundError:
        refuse(f"There is no file “{path}”. Check the name.", code="missing")
    except OSError:
        refuse(f"“{path.name}” can't be read. Check that you may open it.")


def _from_zip(path: Path) -> Parsed | Pack:
    from studio.services.exchange.pack import MANIFEST, Pack

    with SafeZip(path) as archive:
        names = archive.names()
        if MANIFEST in names:
            pass
        elif inner := sorted(n for n in names if _conversations(n)):
            data = [parse_json(archive.read(n, limit=MAX_JSON), n) for n in inner]
            return from_json([c for part in data for c in (part if isinstance(part, list) else [part])], path.name)
        else:
            refuse(f"“{path.name}” is a zip without anything that is known here. Choose {READABLE}.")
    return Pack(path)


def _conversations(name: str) -> bool:
    last = name.rpartition("/")[2]
    return last.startswith("conversations") and last.endswith(".json")


def from_json(data: Any, name: str) -> Parsed:
    """What a JSON value is, by its shape."""
    if isinstance(data, dict) and data.get("format") == NS:
        return World(data, name)
    if predecessor.is_predecessor(data):
        return predecessor.Export(data, name)
    if isinstance(data, dict) and ("mapping" in data or "chat_messages" in data):
        data = [data]
    if chatgpt.is_chatgpt(data):
        return chatgpt.parse(data)
    if claude.is_claude(data):
        return claude.parse(data)
    if openwebui.is_open_webui(data):
        return openwebui.parse(data)
    raise ImportRefused(f"“{name}” is JSON, but not of a kind that is known here. Choose {READABLE}.")
