"""The files of a vault, and what a written link in one of them points to, found as Obsidian finds it."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

SETTINGS = ".obsidian"
NOTES = (".md", ".markdown")
IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".avif", ".svg")


def root_of(names: Iterable[str]) -> str:
    """The folder of the vault within a folder or zip, with its `/`, or nothing.

    It is where Obsidian keeps its settings; without them, the one folder that everything lies in.
    """
    names = list(names)
    roots = {name.split(f"{SETTINGS}/")[0] for name in names if f"/{SETTINGS}/" in f"/{name}"}
    if roots:
        return min(roots, key=lambda root: (root.count("/"), root))
    tops = {name.split("/")[0] + "/" if "/" in name else "" for name in names}
    return tops.pop() if len(tops) == 1 else ""


def is_hidden(path: str) -> bool:
    """Whether a file or one of its folders has a name that begins with a dot."""
    return path.startswith(".") or "/." in path


def is_note(path: str) -> bool:
    """Whether this is a Markdown file."""
    return path.lower().endswith(NOTES)


def stem_of(path: str) -> str:
    """A file's name without folder and ending."""
    return posixpath.splitext(posixpath.basename(path))[0]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


class Places:
    """Finds the file that a link means: by its path, else by its name; nearest first, then the shortest path."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._exact: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._aliases: dict[str, str] = {}
        self._found: dict[tuple[str, str], str | None] = {}
        for path in sorted(paths, key=lambda p: (len(p), p)):
            for written in {path, posixpath.splitext(path)[0] if is_note(path) else path}:
                self._exact.setdefault(_folded(written), path)
                self._by_name[_folded(posixpath.basename(written))].append(path)

    def also(self, alias: str, path: str) -> None:
        """Let a note be found by another name, too, where no file has that one."""
        self._aliases.setdefault(_folded(alias), path)
        self._found.clear()

    def find(self, target: str, source: str) -> str | None:
        """The path that a link in the note `source` means, or None."""
        asked = (target, source.rpartition("/")[0])
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, target: str, folder: str) -> str | None:
        wanted = _folded(target.strip().replace("\\", "/"))
        folder = _folded(folder)
        if wanted.startswith("."):
            return self._exact.get(posixpath.normpath(posixpath.join(folder, wanted)))
        wanted = wanted.strip("/")
        if not wanted:
            return None
        if (there := self._exact.get(wanted)) is not None:
            return there
        found = self._by_name.get(wanted.rpartition("/")[2], [])
        if "/" in wanted:
            found = [path for path in found if f"/{wanted}" in f"/{_folded(path)}"]
        near = [path for path in found if folder and _folded(path).startswith(f"{folder}/")]
        return next(iter(near or found), self._aliases.get(wanted))

    def find_url(self, url: str, source: str) -> str | None:
        """The path that the address of a Markdown link means: beside the note, from the root, or by its name."""
        written = unquote(url.partition("#")[0]).strip()
        if not written or ":" in written:
            return None
        beside = posixpath.normpath(posixpath.join(_folded(posixpath.dirname(source)), _folded(written)))
        return self._exact.get(beside) or self.find(written, source)
