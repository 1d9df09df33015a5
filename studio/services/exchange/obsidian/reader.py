"""Reading a vault: every note a thing, links between them found, images brought, everything else named and left."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING, Any

from studio.domain.errors import ImportRefused
from studio.domain.text import fold
from studio.services.exchange import front_matter
from studio.services.exchange.material import NOTE, Material, Ref, Thing, Tie
from studio.services.exchange.obsidian import canvas, note, words
from studio.services.exchange.obsidian.body import Putting, told
from studio.services.exchange.obsidian.values import Reading
from studio.services.exchange.obsidian.vault import IMAGES, SETTINGS, Places, is_hidden, is_note, root_of

if TYPE_CHECKING:
    from studio.services.exchange.obsidian.body import Told
    from studio.services.exchange.obsidian.note import Note
    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "obsidian"
MARKER = ".ttrpg-studio.json"
"""A file of ours in an exported vault: which vault it is, so that it is known again in a folder of another name."""
DATA = (".json", ".db", ".ldb", ".log", ".yml", ".yaml")
"""Endings of what other programs' exports are made of."""
MAX_IMAGE = 64 << 20


def claims(probe: Probe) -> bool:
    """Whether it is a vault by its settings or our marker; else whether there are more notes than data in it."""
    names = probe.names
    if any(f"/{name}".endswith(f"/{MARKER}") or f"/{SETTINGS}/" in f"/{name}" for name in names):
        return True
    shown = [name for name in names if not is_hidden(name)]
    return sum(map(is_note, shown)) > sum(name.lower().endswith(DATA) for name in shown)


def read(probe: Probe) -> Material:
    """Everything in the vault."""
    return _Reader(probe).read()


class _Reader:
    def __init__(self, probe: Probe) -> None:
        self.probe = probe
        self.root = root_of(probe.names)
        paths = sorted(name[len(self.root) :] for name in probe.names if name.startswith(self.root))
        self.paths = [path for path in paths if not is_hidden(path)]
        self.places = Places(self.paths)
        told = self._told(paths)
        vault, own = told.get("vault"), told.get("kinds")
        named = vault[:200] if isinstance(vault, str) and vault else ""
        origin = named or posixpath.basename(self.root.rstrip("/")) or probe.stem
        self.material = Material(source=SOURCE, title=f"“{probe.stem}”", origin=origin)
        self.own_kinds = frozenset(one for one in own if isinstance(one, str)) if isinstance(own, list) else frozenset()
        self.notes: dict[str, Note] = {}
        self._hidden([path for path in paths if is_hidden(path) and path != MARKER])
        for name in sorted(probe.names - {self.root + path for path in paths}):
            self.material.skip(name, "it lies outside of the vault")

    def _told(self, paths: list[str]) -> Json:
        """What our own export says of the vault."""
        try:
            told = self.probe.read_json(self.root + MARKER) if MARKER in paths else None
        except ImportRefused:
            told = None
        return told if isinstance(told, dict) else {}

    def _hidden(self, paths: list[str]) -> None:
        for folder, count in sorted(Counter(path.split("/")[0] for path in paths).items()):
            files = "1 file" if count == 1 else f"{count} files"
            self.material.skip(folder, f"{files} of settings and other hidden things, which are not part of the world")

    def read(self) -> Material:
        for path in self.paths:
            self._file(path)
        for path, one in self.notes.items():
            for alias in one.aliases():
                self.places.also(alias, path)
        for one in self.notes.values():
            self._thing(one)
        for path in [path for path in self.paths if path.lower().endswith(canvas.ENDING)]:
            self._canvas(path)
        self._ties()
        self._twins()
        return self.material

    # ---- files -----------------------------------------------------------------------------------------------------

    def _file(self, path: str) -> None:
        assert self.probe.files is not None
        ending = posixpath.splitext(path)[1].lower()
        try:
            if is_note(path):
                self.notes[path] = note.parse(path, self.probe.files.read(self.root + path, limit=note.MAX_NOTE))
            elif ending in IMAGES:
                data = self.probe.files.read(self.root + path, limit=MAX_IMAGE)
                self.material.add_image(path, posixpath.basename(path), data)
            elif ending != canvas.ENDING:
                self.material.skip(path, f"files of the kind “{ending or 'without an ending'}” aren't kept here")
        except ImportRefused as error:
            self.material.skip(path, str(error))

    def _canvas(self, path: str) -> None:
        assert self.probe.files is not None
        try:
            data = self.probe.files.read(self.root + path, limit=note.MAX_NOTE)
            text = canvas.told(data, path, lambda target: self._named(target, path))
        except ImportRefused as error:
            self.material.skip(path, str(error))
            return
        raw: Json = {"path": path, "bytes": note.packed(data), "canvas": True, "sum": note.checksum(text)}
        title = posixpath.splitext(posixpath.basename(path))[0]
        self.material.things.append(Thing(path, title, told="canvases", body=text, raw=raw))

    # ---- links -----------------------------------------------------------------------------------------------------

    def _named(self, target: str, source: str) -> str | None:
        """The name of the note that a link means."""
        path = self.places.find(target, source)
        return self.notes[path].name if path in self.notes else None

    def putting(self, source: str) -> Putting:
        """How the links of one note are put."""
        return Putting(
            wiki=lambda target, label: self._wiki(target, label, source),
            embed=lambda target, label: self._embed(target, label, source),
            link=lambda url, label: self._link(url, label, source),
            image=lambda url, label: self._image(self.places.find_url(url, source), label),
        )

    def _wiki(self, target: str, label: str, source: str) -> str | None:
        bare, hash_, part = target.partition("#")
        name = self._named(bare, source) if bare.strip() else None
        if name is None or (fold(bare) == fold(name) and "\\" not in target):
            return None
        return f"[[{name}{hash_}{part}{'|' + label if label and label != name else ''}]]"

    def _embed(self, target: str, label: str, source: str) -> str | None:
        bare = target.partition("#")[0]
        path = self.places.find(bare, source)
        if path in self.notes:
            return f"[[{self.notes[path].name}]]"
        return self._image(path, "" if label.replace("x", "").isdigit() else label)

    def _link(self, url: str, label: str, source: str) -> str | None:
        path = self.places.find_url(url, source)
        if path not in self.notes or "|" in label:
            return None
        name = self.notes[path].name
        return f"[[{name}|{label}]]" if label and label != name else f"[[{name}]]"

    def _image(self, path: str | None, caption: str) -> str | None:
        image = self.material.images.get(path) if path else None
        if image is None:
            return None
        said = caption.replace("[", "(").replace("]", ")") or image.name.replace("[", "(").replace("]", ")")
        return f"![{said}](media:{image.hash})"

    # ---- things ----------------------------------------------------------------------------------------------------

    def _thing(self, one: Note) -> None:
        if one.why_text:
            self.material.note(one.path, f"{one.why_text}; it came in as text")
        body = told(one.text, self.putting(one.path))
        plain = one.plain
        tags = [tag for key in words.TAG_KEYS for tag in words.tags_of(plain.get(key))]
        tags = [tag for tag in dict.fromkeys([*tags, *body.tags]) if tag]
        kind, word = words.kind_of(plain, tags, one.path, self.own_kinds)
        thing = Thing(one.path, one.name, kind, told=word, body=body.text, tags=tags, raw=note.kept(one, body))
        thing.aliases = one.aliases()
        seen = {str(plain.get(key, "")).casefold() for key in words.SEEN_KEYS}
        thing.visibility = "public" if "public" in seen else "party" if seen & words.PLAYERS else "gm"
        self._keys(thing, one, body)
        self.material.things.append(thing)

    def _keys(self, thing: Thing, one: Note, body: Told) -> None:
        reading = Reading(thing, lambda target: self.places.find(target, one.path), self.notes.keys())
        for key, value in one.keys.values.items():
            reading.take(key, value)
        for key, value in body.inline:
            reading.take(key, value, inline=True)
        self.material.ties += reading.ties
        images = [self.places.find(target, one.path) for target in reading.images]
        thing.images = [path for path in images if path in self.material.images]
        thing.statblock = _statblock(one, body)

    def _ties(self) -> None:
        """Relations are between entities; to anything else, the key stays with the note."""
        kinds = {thing.key: thing for thing in self.material.things}
        whole: list[Tie] = []
        for tie in self.material.ties:
            ends = kinds.get(tie.source), kinds.get(tie.target)
            if all(end is not None and end.kind != NOTE for end in ends):
                whole.append(tie)
            elif ends[0] is not None:
                ends[0].custom.setdefault(tie.type, Ref(tie.target))
        self.material.ties = whole

    def _twins(self) -> None:
        names = Counter(fold(one.name) for one in self.notes.values())
        for one in self.notes.values():
            if names[fold(one.name)] > 1:
                self.material.note(one.path, f"another note is called “{one.name}”, too; links by that name fit both")
        found: dict[str, list[str]] = {}
        for path, image in self.material.images.items():
            found.setdefault(image.hash, []).append(path)
        if found:
            self.material.kept = {"images": found}


def _statblock(one: Note, body: Told) -> Json | None:
    """A block of the plugin for stat blocks, or the front matter where it is one."""
    for language, source in body.fences:
        if language in ("statblock", "ad-statblock"):
            try:
                return front_matter.read(source).values or None
            except ImportRefused:
                continue
    if one.plain.get("statblock") in (True, "true", "inline"):
        return {k: v for k, v in one.keys.values.items() if words.slot_of(NOTE, k) == ("", "") and k != "statblock"}
    return None
