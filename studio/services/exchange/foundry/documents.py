"""The documents of Foundry VTT out of whatever holds them: packages, packs of both kinds, sources, single files.

A document's shape says what it is, not the container that it lies in: packs are migrated lazily, and so a new one may
hold documents as they were written by versions long gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.domain.errors import ImportRefused
from studio.services.exchange import front_matter
from studio.services.exchange.foundry import leveldb
from studio.services.exchange.reading import clean, decode, parse_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studio.services.exchange.probe import Files, Probe

Json = dict[str, Any]
COLLECTIONS = {
    "actors": "Actor", "items": "Item", "journal": "JournalEntry", "tables": "RollTable", "scenes": "Scene",
    "playlists": "Playlist", "cards": "Cards", "combats": "Combat", "folders": "Folder", "macros": "Macro",
    "adventures": "Adventure", "messages": "ChatMessage", "users": "User", "settings": "Setting",
    "fog": "FogExploration",
}  # fmt: skip
"""A collection's name in keys, and as the name of a world's own files → the type of its documents."""
TYPES = frozenset(COLLECTIONS.values())
MANIFESTS = ("module.json", "world.json", "system.json")
MAX_SOURCE = 16 << 20
MAX_PACK = 192 << 20
MAX_PACKS = 512 << 20
"""So many bytes of packs are read of one package."""
_KEY = re.compile(r"^!([a-z]+)((?:\.[a-zA-Z]+)*)!(.+)$")
_SOURCE = {
    "json": re.compile(r'"_key"\s*:\s*"![a-z]+(?:\.[a-z]+)*!'),
    "yml": re.compile(r"""^\s*["']?_key["']?:\s*["']?![a-z]+(?:\.[a-z]+)*!""", re.MULTILINE),
}
"""How a source of each kind names its place in a pack."""
_DELETED, _INDEX = "$$deleted", "$$indexCreated"


@dataclass
class Document:
    """One document with everything in it, and the pack that it came from."""

    type: str
    data: Json
    pack: str = ""

    @property
    def name(self) -> str:
        """What it is called, or its type."""
        return clean(str(self.data.get("name") or self.type))


@dataclass
class Package:
    """Everything that was found: documents in their order, and what could not be read."""

    id: str = ""
    title: str = ""
    manifest: Json = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    files: Files | None = None
    root: str = ""
    left: int = MAX_PACKS

    def add(self, type_: str, data: Any, pack: str) -> None:
        """Take a document, and those that an adventure holds."""
        if not isinstance(data, dict):
            self.skipped.append((f"{pack}: {type_}", "it isn't a document"))
            return
        self.documents.append(Document(type_, data, pack))
        if type_ != "Adventure":
            return
        for collection, inner in COLLECTIONS.items():
            held = data.get(collection)
            for one in held if isinstance(held, list) else ():
                if isinstance(one, dict):
                    self.documents.append(Document(inner, one, pack))
                else:
                    self.skipped.append(
                        (clean(str(one))[:80], "the adventure names a file; only what is in it is read")
                    )


def claims(probe: Probe) -> bool:
    """Whether this is Foundry's: by its manifest, its packs, its sources, or the shape of its one document."""
    if probe.is_folder or probe.is_zip:
        if any(name.startswith(".obsidian/") or "/.obsidian/" in name for name in probe.names):
            return False
        return _manifest_of(probe) is not None or bool(list(_databases(probe.names))) or _has_sources(probe)
    if probe.suffix == ".db":
        return probe.head[:2] in (b'{"', b"{ ")
    if probe.suffix in (".yml", ".yaml"):
        return bool(
            _SOURCE["yml"].search(probe.head.decode("utf-8", "replace")) or b"\n_stats:" in probe.bytes[:MAX_SOURCE]
        )
    return _single_type(probe.json) != ""


def gather(probe: Probe) -> Package:
    """Every document that the file, folder or zip holds. Raises ImportRefused where it holds none that can be read."""
    package = Package(id=probe.stem, title=probe.stem, files=probe.files)
    if probe.files is None:
        _single_file(probe, package)
    else:
        _whole_package(probe, package)
    if not package.documents:
        why = f" {package.skipped[0][0]}: {package.skipped[0][1]}." if package.skipped else ""
        raise ImportRefused(f"“{probe.name}” holds no document of Foundry VTT that can be read.{why}")
    return package


def type_of(data: Json) -> str:
    """A document's type by its shape; empty where it has none that is known."""
    key = _KEY.match(str(data.get("_key") or ""))
    if key and key[1] in COLLECTIONS:
        return COLLECTIONS[key[1]]
    if "sorting" in data and data.get("type") in TYPES:
        return "Folder"
    return next((type_ for type_, fits in _SHAPES if fits(data)), "")


def _has(*names: str) -> Any:
    return lambda data: all(name in data for name in names)


def _lists(data: Json, *names: str) -> bool:
    return all(isinstance(data.get(name), list) for name in names)


_SHAPES: tuple[tuple[str, Any], ...] = (
    ("Adventure", lambda d: _lists(d, "journal", "actors", "scenes")),
    ("JournalEntry", lambda d: _lists(d, "pages")),
    ("RollTable", lambda d: _lists(d, "results")),
    ("Scene", lambda d: _lists(d, "walls", "tokens") or ("grid" in d and "width" in d and "padding" in d)),
    ("Macro", _has("command", "scope")),
    ("Playlist", lambda d: _lists(d, "sounds")),
    ("Cards", lambda d: _lists(d, "cards")),
    ("Actor", lambda d: "type" in d and _lists(d, "items") and ("system" in d or "data" in d)),
    ("Item", lambda d: isinstance(d.get("type"), str) and isinstance(d.get("system", d.get("data")), dict)),
    ("JournalEntry", lambda d: isinstance(d.get("content"), str) and ("permission" in d or "flags" in d)),
)


def _single_type(data: Any) -> str:
    """The type of what a JSON file holds, where it bears a mark of Foundry's and isn't just alike."""
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        return ""
    marked = "_stats" in data or "_key" in data or ("flags" in data and ("ownership" in data or "permission" in data))
    marked = marked or (isinstance(data.get("flags"), dict) and "exportSource" in data["flags"])
    marked = marked or ("_id" in data and "flags" in data) or ("flags" in data and "effects" in data)
    return type_of(data) if marked or ("_id" in data and isinstance(data.get("pages"), list)) else ""


# ---- packages ------------------------------------------------------------------------------------------------------


def _manifest_of(probe: Probe) -> str | None:
    found = [name for last in MANIFESTS for name in probe.find(last) if name.count("/") <= 2]
    for name in sorted(found, key=lambda one: one.count("/")):
        try:
            data = probe.read_json(name)
        except ImportRefused:
            continue
        if isinstance(data, dict) and ("packs" in data or "esmodules" in data or "coreVersion" in data):
            return name
    return None


def _databases(names: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """(path of a LevelDB folder, names of its files)"""
    folders: dict[str, list[str]] = {}
    for name in sorted(names):
        folder, _, last = name.rpartition("/")
        folders.setdefault(folder, []).append(last)
    return ((folder, found) for folder, found in folders.items() if leveldb.is_database(found))


def _has_sources(probe: Probe) -> bool:
    found = sorted(name for name in probe.names if name.endswith((".json", ".yml", ".yaml")))
    for name in found[:8]:
        try:
            if _SOURCE["json" if name.endswith(".json") else "yml"].search(probe.read_text(name, limit=MAX_SOURCE)):
                return True
        except ImportRefused:
            continue
    return False


def _whole_package(probe: Probe, package: Package) -> None:
    types: dict[str, str] = {}
    if (name := _manifest_of(probe)) is not None:
        package.root = name.rpartition("/")[0]
        package.manifest = probe.read_json(name)
        package.id = str(package.manifest.get("id") or package.manifest.get("name") or package.id)
        package.title = clean(str(package.manifest.get("title") or package.id))
        types = dict(_listed_types(package.manifest))
    databases = list(_databases(probe.names))
    for folder, names in databases:
        _leveldb(probe, package, folder, names)
    for name in sorted(name for name in probe.names if name.endswith(".db")):
        _attempt(package, name, lambda n=name: _nedb(_load(probe, package, n, MAX_PACK), n, types, package))
    inside = tuple(f"{folder}/" for folder, _ in databases)
    for name in sorted(name for name in probe.names if name.endswith((".json", ".yml", ".yaml"))):
        if not name.startswith(inside or "\0"):
            _attempt(package, name, lambda n=name: _source(_load(probe, package, n, MAX_SOURCE), n, package))


def _load(probe: Probe, package: Package, name: str, limit: int) -> bytes:
    assert probe.files is not None
    package.left -= len(data := probe.files.read(name, limit=min(limit, package.left)))
    return data


def _attempt(package: Package, name: str, read: Any) -> None:
    """Read one of several files: one that is damaged leaves the others as they are."""
    try:
        read()
    except ImportRefused as error:
        package.skipped.append((name, str(error)))


def _listed_types(manifest: Json) -> Iterator[tuple[str, str]]:
    packs = manifest.get("packs")
    for pack in packs if isinstance(packs, list) else ():
        if isinstance(pack, dict):
            path = str(pack.get("path") or "").replace("\\", "/").removeprefix("./").strip("/")
            yield path.rpartition("/")[2].removesuffix(".db"), str(pack.get("type") or pack.get("entity") or "")


def _leveldb(probe: Probe, package: Package, folder: str, names: list[str]) -> None:
    prefix = f"{folder}/" if folder else ""
    try:
        pairs = leveldb.read(names, lambda name: _load(probe, package, prefix + name, MAX_PACK))
    except (leveldb.Damaged, ImportRefused) as error:
        package.skipped.append((folder or probe.name, f"{error}"))
        return
    pack = folder.rpartition("/")[2] or probe.stem
    store: dict[str, Json] = {}
    for key, value in pairs.items():
        name = key.decode("utf-8", "replace")
        try:
            data = parse_json(value, name)
        except ImportRefused as error:
            package.skipped.append((f"{pack}: {clean(name)}", str(error)))
            continue
        if _KEY.match(name) and isinstance(data, dict):
            store[name] = data
    for name, data in store.items():
        found = _KEY.match(name)
        if found and not found[2]:
            package.add(COLLECTIONS.get(found[1], found[1]), _whole(store, found[1], found[3], data), pack)


def _whole(store: Mapping[str, Json], chain: str, ids: str, data: Json, depth: int = 0) -> Json:
    """A document with the documents that it names by their ids put in their places."""
    out = dict(data)
    for name, value in data.items():
        below = f"!{chain}.{name}!{ids}."
        if isinstance(value, list) and depth < 6:
            out[name] = [_child(store, f"{chain}.{name}", below, ids, one, depth) for one in value]
        elif isinstance(value, str) and name == "delta":
            out[name] = _child(store, f"{chain}.{name}", below, ids, value, depth)
    return out


def _child(store: Mapping[str, Json], chain: str, below: str, ids: str, one: Any, depth: int) -> Any:
    found = store.get(f"{below}{one}") if isinstance(one, str) else None
    return one if found is None else _whole(store, chain, f"{ids}.{one}", found, depth + 1)


# ---- files of their own --------------------------------------------------------------------------------------------


def _single_file(probe: Probe, package: Package) -> None:
    if probe.suffix == ".db":
        _nedb(probe.bytes, probe.name, {}, package)
    elif probe.is_json:
        package.add(_single_type(probe.json) or type_of(probe.json), probe.json, "")
    else:
        _source(probe.bytes, probe.name, package)


def _nedb(data: bytes, name: str, types: Mapping[str, str], package: Package) -> None:
    """A NeDB file: each line is a document, the last one with an id counts, and the very last may be torn."""
    stem = name.rpartition("/")[2].removesuffix(".db")
    told = types.get(stem) or COLLECTIONS.get(stem, "")
    found: dict[str, Json] = {}
    lines = data.split(b"\n")
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = parse_json(line, f"{stem}.db, line {n}")
        except ImportRefused as error:
            if n < len(lines):
                package.skipped.append((f"{stem}.db, line {n}", str(error)))
            continue
        if not isinstance(one, dict) or _INDEX in one:
            continue
        key = str(one.get("_id") or f"line {n}")
        if one.get(_DELETED):
            found.pop(key, None)
        else:
            found[key] = one
    for one in found.values():
        type_ = told if told in TYPES else type_of(one)
        if "sorting" in one and one.get("type") in TYPES:
            type_ = "Folder"
        package.add(type_ or "JournalEntry", one, stem)


def _source(data: bytes, name: str, package: Package) -> None:
    """A JSON or YAML file as developers keep them; one that is no document is none of ours."""
    if name.endswith(".json"):
        value = parse_json(data, name)
    else:
        value = front_matter.read(clean(decode(data, name)), limit=MAX_SOURCE).values
    if isinstance(value, dict) and (type_ := _single_type(value)):
        parts = [part for part in name.split("/")[:-1] if part not in ("packs", "_source", "src")]
        package.add(type_, value, parts[0] if parts else "")
