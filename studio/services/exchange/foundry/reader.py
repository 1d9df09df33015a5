"""Foundry VTT's documents become things: journals, tables, scenes with their pins, actors and items.

Each keeps its whole document in `raw`, so that an export gives back what nobody changed.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from studio.domain.errors import ImportRefused
from studio.domain.text import split_secrets
from studio.services.exchange.foundry.documents import Document, Package, gather
from studio.services.exchange.foundry.documents import claims as claims
from studio.services.exchange.foundry.enrichers import Links, Texts
from studio.services.exchange.html import to_text
from studio.services.exchange.material import (
    KIND_WORDS,
    Material,
    Ref,
    Spot,
    Thing,
    Tie,
    hidden,
    link,
    mapped,
    picture,
    unmarked,
)
from studio.services.exchange.reading import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "foundry"
FLAG = "ttrpg-studio"
"""Under this name an export of ours says in a document's flags what it is here."""
OBSERVER = 2
_KIND = re.compile(r"[a-z][a-z_]{0,39}|")
MAX_FOLDERS = 16
MAX_LEVELS = 4
MAX_IMAGE = 64 << 20
_SKIPPED = {
    "Macro": "macros are programs; none is run or needed here",
    "Playlist": "sounds aren't kept here",
    "Cards": "decks of cards aren't kept here",
}
_OURS = frozenset({"JournalEntry", "RollTable", "Scene", "Actor", "Item", "Adventure"})
_THINGS = frozenset(
    {
        "weapon",
        "equipment",
        "consumable",
        "tool",
        "loot",
        "container",
        "backpack",
        "armor",
        "shield",
        "treasure",
        "item",
    }
)
_RULES = frozenset(
    {"spell", "feat", "class", "subclass", "background", "action", "ability", "feature", "effect", "condition", "power"}
)
_BODIES = (
    "details.biography.value", "details.biography.appearance", "details.biography.backstory", "details.publicNotes",
    "details.notes", "biography.value", "biography", "description.value", "description", "notes", "details.description",
)  # fmt: skip
_HIDDEN = (
    "details.privateNotes",
    "details.biography.private",
    "description.gm",
    "gmnotes",
    "gmNotes",
    "details.gmNotes",
)


def read(probe: Probe) -> Material:
    """What a package, pack or document holds."""
    return material_of(gather(probe))


def material_of(package: Package) -> Material:
    """The documents as things."""
    return _Reader(package).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.material = Material(SOURCE, package.title, kept_as=package.id)
        self.links, self.keys, self.folders = Links(), dict[int, str](), dict[str, Json]()
        self.texts = Texts(self.links, self._bring)
        self.absent: dict[str, None] = {}
        self.names = {name.casefold(): name for name in package.files.names()} if package.files else {}

    def read(self) -> Material:
        for what, why in self.package.skipped:
            self.material.skip(what, why)
        ours = [document for document in self.package.documents if self._is_ours(document)]
        for document in ours:
            self._learn(document)
        for document in ours:
            self._thing(document)
        if self.absent:
            some = ", ".join(list(self.absent)[:3])
            self.material.note(some, f"{len(self.absent)} images aren't in the package; only their names are kept")
        self._keep()
        return self.material

    def _is_ours(self, document: Document) -> bool:
        if document.type == "Folder":
            self.folders[str(document.data.get("_id"))] = document.data
        elif document.type in _OURS:
            return True
        else:
            why = _SKIPPED.get(document.type, f"documents of the type {clean(document.type)[:40]} have no place here")
            self.material.skip(document.name, why)
        return False

    def _keep(self) -> None:
        """The manifest, folders and what was skipped go out again; users, chats and settings are private."""
        rest = [d for d in self.package.documents if d.type == "Folder" or d.type in _SKIPPED]
        kept = [{"type": d.type, "pack": d.pack, "document": d.data} for d in rest]
        self.material.kept = {"manifest": self.package.manifest, "documents": kept}

    def _learn(self, document: Document) -> None:
        data = document.data
        id_ = str(data.get("_id") or "") or _digest(document)
        self.keys[id(data)] = id_
        self.links.learn(document.type, id_, document.name, id_)
        for page in _dicts(data.get("pages")):
            self.links.learn_page(str(page.get("_id")), id_, clean(str(page.get("name") or "")))

    # ---- things --------------------------------------------------------------------------------------------------

    def _thing(self, document: Document) -> None:
        data = document.data
        thing = Thing(self.keys[id(data)], unmarked(document.name))
        path = self._path(data)
        thing.tags = ["/".join(_tag(name) for name in path)] if path else []
        thing.visibility = "party" if _level(data) >= OBSERVER else "gm"
        thing.raw = {"type": document.type, "pack": document.pack, "document": data}
        make = {
            "JournalEntry": self._journal, "RollTable": self._table, "Scene": self._scene, "Actor": self._actor,
            "Item": self._item, "Adventure": self._adventure,
        }[document.type]  # fmt: skip
        make(thing, data, path)
        if isinstance(flag := _at(data, f"flags.{FLAG}"), dict) and "sum" in flag:
            self._again(thing, data, flag)
        self.material.things.append(thing)

    def _again(self, thing: Thing, data: Json, flag: Json) -> None:
        """What an export of ours says of a document; its text only where nobody changed it there."""
        kind, shown, date = flag.get("kind"), flag.get("visibility"), flag.get("date")
        thing.kind = kind if isinstance(kind, str) and _KIND.fullmatch(kind) else thing.kind
        thing.told, thing.raw = thing.kind or "note", {}
        thing.visibility = shown if shown in ("gm", "party", "public") else "gm"
        thing.tags, thing.aliases = _words(flag.get("tags")), _words(flag.get("aliases"))
        thing.mode, thing.date = _word(flag.get("mode")) or "note", date if isinstance(date, dict) else None
        thing.subtype, thing.parent = _word(flag.get("subtype")), _word(flag.get("parent"))
        fields = {_word(name): _linked(value) for name, value in _dict(flag.get("fields")).items()}
        thing.fields = fields | (thing.fields if flag.get("sum") != content_sum(data) else {})
        thing.custom = {_word(name): value for name, value in _dict(flag.get("custom")).items()}
        images = (self._bring(f"{path}") for path in _words(flag.get("images")))
        thing.images = [key for key in images if key] or thing.images
        if flag.get("sum") == content_sum(data):
            thing.name = _word(flag.get("name")) or thing.name
            thing.body, thing.summary = _word(flag.get("body")), _word(flag.get("summary"))
        for tie in _dicts(flag.get("ties")):
            self._tie(thing, tie)

    def _tie(self, thing: Thing, tie: Json) -> None:
        attitude, shown = tie.get("attitude"), tie.get("visibility")
        since, until = (value if isinstance(value := tie.get(name), dict) else None for name in ("since", "until"))
        self.material.ties.append(Tie(
            thing.key, _word(tie.get("type")), _word(tie.get("to")),
            attitude=attitude if isinstance(attitude, int) and -100 <= attitude <= 100 else None,
            role=_word(tie.get("role")), visibility=shown if shown in ("gm", "party", "public") else "gm",
            since=since, until=until,
        ))  # fmt: skip

    def _adventure(self, thing: Thing, data: Json, path: list[str]) -> None:
        thing.told, thing.body = "adventure", self.texts.html(data.get("description"))
        inner = [k for k, v in data.items() if isinstance(v, list) and any(isinstance(one, dict) for one in v)]
        thing.raw["document"] = {k: v for k, v in data.items() if k not in inner}

    def _journal(self, thing: Thing, data: Json, path: list[str]) -> None:
        thing.told, thing.kind = _guess(thing.name, path)
        parts = [self._shown(data["img"])] if data.get("img") else []
        parts.append(self.texts.html(data.get("content")))
        pages = sorted(_dicts(data.get("pages")), key=lambda page: _number(page.get("sort")))
        for page in pages:
            if _at(page, f"flags.{FLAG}.facts") is True:
                continue
            parts.append(self._page(thing, page, alone=len(pages) == 1 or bool(_at(data, f"flags.{FLAG}"))))
        thing.body = "\n\n".join(part for part in parts if part)

    def _page(self, thing: Thing, page: Json, *, alone: bool) -> str:
        name, kind = unmarked(clean(str(page.get("name") or ""))), page.get("type", "text")
        text, title = _dict(page.get("text")), _dict(page.get("title"))
        if kind == "image":
            caption = _at(page, "image.caption")
            body = self._shown(page.get("src"), to_text(caption) if isinstance(caption, str) else "", thing)
        elif kind in ("pdf", "video"):
            body = f"*{name}*: {clean(str(page.get('src') or 'nothing'))}"
        elif kind == "text" or text.get("content"):
            markdown = text.get("format") == 2 and isinstance(text.get("markdown"), str)
            body = self.texts.markdown(text["markdown"]) if markdown else self.texts.html(text.get("content"))
        else:
            secrets = list[str]()
            lines = "\n".join(self._written(_dict(page.get("system")), secrets))
            body = "\n\n".join((lines, *secrets)).strip()
        if not (alone and (name == thing.name or not title.get("show", True) or kind == "image")) and name:
            body = f"{'#' * min(6, 1 + max(1, _number(title.get('level'), 1)))} {name}\n\n{body}".strip()
        closed = 0 <= _level(page, -1) < OBSERVER and thing.visibility != "gm"
        return hidden(body) if closed and body else body

    def _written(self, value: Any, kept: list[str], depth: int = 0) -> Iterator[str]:
        """The texts of a page of a kind that only its own module knows, each under its name; secrets go to `kept`."""
        if depth > MAX_LEVELS:
            return
        pairs = value.items() if isinstance(value, dict) else ((None, one) for one in value or ())
        for name, one in pairs:
            word = f"**{unmarked(clean(str(name)))}**" if name is not None else ""
            if isinstance(one, str) and " " in one:
                words, secrets = split_secrets(self.texts.html(one))
                kept += [secrets.strip()] if secrets else []
                told = words.strip().replace("\n", f"\n{'  ' * (depth + 1)}")
                yield f"{'  ' * depth}- {word}{': ' if word and words else ''}{told}"
            elif isinstance(one, dict | list) and one:
                inner = list(self._written(one, kept, depth + bool(word)))
                yield from [f"{'  ' * depth}- {word}"] if word and inner else []
                yield from inner

    def _table(self, thing: Thing, data: Json, path: list[str]) -> None:
        thing.told, thing.kind = "rolltable", "random_table"
        rows = sorted(_dicts(data.get("results")), key=_first_of_range)
        entries = [(_range(row), *self._result(row)) for row in rows]
        thing.fields = {
            "dice": clean(str(data.get("formula") or "")),
            "entries": [f"{span}: {plain}" for span, plain, _ in entries],
        }
        lines = [f"| {thing.fields['dice'] or '#'} | Result |", "| --- | --- |"]
        lines += [f"| {span} | {shown} |" for span, _, shown in entries]
        parts = [self.texts.html(data.get("description")), "\n".join(lines) if entries else ""]
        thing.body = "\n\n".join(part for part in parts if part)

    def _result(self, row: Json) -> tuple[str, str]:
        """(the plain words, the words with links) of one result: as v13 writes it, or those before it."""
        told = next((row[k] for k in ("description", "text", "name") if isinstance(row.get(k), str) and row[k]), "")
        if isinstance(row.get("name"), str) and row.get("type") not in (0, "text") and row["name"]:
            told = row["name"]
        plain = self.texts.words(told)
        found = self.links.find(str(row.get("documentUuid") or row.get("documentId") or row.get("resultId") or ""))
        if found:
            return plain, link(found[0])
        return plain, self.texts.cell(told)

    def _scene(self, thing: Thing, data: Json, path: list[str]) -> None:
        thing.told, thing.kind = "scene", "map"
        source = _at(data, "background.src") or data.get("img")
        if isinstance(source, str) and (key := self._bring(source)):
            thing.images = [key]
        self._pins(thing, data)
        told = [("Journal", data.get("journal"))]
        told += [("Stands here", token.get("actorId")) for token in _dicts(data.get("tokens"))]
        found = dict.fromkeys((word, hit[0]) for word, id_ in told if id_ and (hit := self.links.find(str(id_))))
        thing.body = "\n".join(f"- {word}: {link(key)}" for word, key in found)

    def _pins(self, thing: Thing, data: Json) -> None:
        left, top, width, height = frame(data)
        for n, note in enumerate(_dicts(data.get("notes"))):
            if width <= 0 or height <= 0:
                self.material.skip(f"a pin of “{thing.name}”", "the scene has no size")
                continue
            x, y = (_float(note.get("x"), 0) - left) / width, (_float(note.get("y"), 0) - top) / height
            target = self.links.find(str(note.get("pageId") or "")) or self.links.find(str(note.get("entryId") or ""))
            name = unmarked(clean(str(note.get("text") or (target and target[1]) or "")))
            key = f"{thing.key}.{note.get('_id') or n}"
            self.material.spots.append(Spot(key, thing.key, x, y, name, target[0] if target else ""))

    def _actor(self, thing: Thing, data: Json, path: list[str]) -> None:
        type_ = str(data.get("type") or "npc")
        thing.told = f"actor: {clean(type_)}"
        thing.kind = mapped(KIND_WORDS, type_, "npc")
        if type_ == "npc" and not _is_person(data):
            thing.kind, thing.told = "creature", "actor: creature"
        elif type_ in ("group", "party"):
            thing.kind = "faction"
        self._statted(thing, data, [clean(str(one.get("name"))) for one in _dicts(data.get("items"))])

    def _item(self, thing: Thing, data: Json, path: list[str]) -> None:
        type_ = clean(str(data.get("type") or "item"))
        thing.told, thing.subtype = f"item: {type_}", type_
        thing.kind = "item" if type_ in _THINGS else "" if type_ in _RULES else mapped(KIND_WORDS, type_, "item")
        self._statted(thing, data, [])

    def _statted(self, thing: Thing, data: Json, holds: list[str]) -> None:
        """What actors and items have in common: a picture, words, and numbers that only their game understands."""
        name = "system" if isinstance(data.get("system"), dict) else "data"
        system = data.get(name) if isinstance(data.get(name), dict) else {}
        if isinstance(image := data.get("img"), str) and (key := self._bring(image)):
            thing.images = [key]
        told = (self.texts.html(_at(system, path)) for path in _BODIES)
        closed = (self.texts.html(_at(system, path)) for path in _HIDDEN)
        parts = [*dict.fromkeys(one for one in told if one), *(hidden(one) for one in closed if one)]
        thing.body = "\n\n".join(parts)
        thing.statblock = {"game": str(_at(data, "_stats.systemId") or ""), "type": data.get("type"), "data": system}
        thing.statblock |= {"holds": holds} if holds else {}
        if thing.kind:
            thing.raw["document"] = {k: v for k, v in data.items() if k != name}
            thing.raw["statblock"] = name

    # ---- folders and images --------------------------------------------------------------------------------------

    def _path(self, data: Json) -> list[str]:
        """The names of the folders around a document, the outermost first; a circle of them ends where it began."""
        path, seen, id_ = list[str](), set[str](), data.get("folder")
        while isinstance(id_, str) and id_ in self.folders and id_ not in seen and len(path) < MAX_FOLDERS:
            seen.add(id_)
            path.append(clean(str(self.folders[id_].get("name") or "")))
            id_ = self.folders[id_].get("folder") or self.folders[id_].get("parent")
        return [name for name in reversed(path) if name.strip()]

    def _shown(self, source: Any, caption: str = "", thing: Thing | None = None) -> str:
        key = self._bring(source) if isinstance(source, str) else None
        if key is None:
            return caption
        if thing is not None or caption:
            return picture(key, caption)
        return picture(key)

    def _bring(self, source: str) -> str | None:
        """The key of an image that lies in the package; nothing that lies elsewhere is fetched."""
        if not source or source.startswith(("http:", "https:", "data:", "icons/", "systems/")):
            return None
        name = self._find(unquote(source))
        if name is None:
            self.absent[clean(source)[:120]] = None
            return None
        if name in self.material.images:
            return name
        assert self.package.files is not None
        try:
            data = self.package.files.read(name, limit=MAX_IMAGE)
        except ImportRefused as error:
            self.material.skip(name, str(error))
            return None
        last = name.rpartition("/")[2].rpartition(".")[0]
        return name if self.material.add_image(name, last.replace("-", " ").replace("_", " "), data) else None

    def _find(self, source: str) -> str | None:
        """`modules/its-id/maps/a.webp` is `maps/a.webp` beside the manifest; a world's lie under `worlds/its-id`."""
        parts = source.replace("\\", "/").lstrip("/").split("/")
        for cut in (2, 0):
            place = "/".join(parts[cut:])
            whole = f"{self.package.root}/{place}" if self.package.root else place
            if place and (found := self.names.get(whole.casefold()) or self.names.get(place.casefold())):
                return found
        return None


def frame(scene: Json) -> tuple[int, int, int, int]:
    """(left, top, width, height) of a scene's image on its canvas, in pixels."""
    width, height = _number(scene.get("width"), 0), _number(scene.get("height"), 0)
    grid = scene.get("grid")
    cell = max(1, _number(grid.get("size") if isinstance(grid, dict) else grid, 100))
    share = min(0.5, max(0.0, _float(scene.get("padding"), 0.25)))
    return math.ceil(width * share / cell) * cell, math.ceil(height * share / cell) * cell, width, height


def content_sum(document: Json) -> str:
    """The hash of a document's words: by it a change in Foundry is known."""
    pages = [p for p in _dicts(document.get("pages")) if _at(p, f"flags.{FLAG}.facts") is not True]
    rows = [[row.get("range"), row.get("description")] for row in _dicts(document.get("results"))]
    words = [document.get("name"), document.get("description"), rows]
    words += [[page.get("name"), _at(page, "text.content")] for page in pages]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def _word(value: Any) -> str:
    return unmarked(clean(value)) if isinstance(value, str) else ""


def _words(value: Any) -> list[str]:
    return [word for one in value if (word := _word(one))] if isinstance(value, list) else []


def _linked(value: Any) -> Any:
    """A field's value as an export of ours wrote it."""
    if isinstance(value, dict) and "@" in value:
        return Ref(_word(value["@"]), _word(value.get("text")))
    if isinstance(value, list):
        return [_linked(one) for one in value]
    return _word(value) if isinstance(value, str) else value


def _guess(name: str, path: list[str]) -> tuple[str, str]:
    """(the source's word, the kind) of a journal: by the folders around it, or by its name's start."""
    for folder in reversed(path):
        if kind := mapped(KIND_WORDS, folder):
            return f"journal: {' '.join(folder.casefold().split())}", kind
    for mark in (" - ", ": "):
        start, found, _ = name.partition(mark)
        if found and (kind := mapped(KIND_WORDS, start)):
            return f"journal: {' '.join(start.casefold().split())}", kind
    return "journal", ""


def _is_person(data: Json) -> bool:
    """Whether an actor is somebody and not a kind of beast: it is one of its kind, or its game calls it humanoid."""
    token = data.get("prototypeToken") or data.get("token")
    linked = isinstance(token, dict) and token.get("actorLink") is True
    kind = _at(data, "system.details.type.value") or _at(data, "data.details.type.value")
    return linked or str(kind or "humanoid").casefold() == "humanoid"


def _level(data: Json, default: int = 0) -> int:
    rights = data.get("ownership", data.get("permission"))
    return _number(rights.get("default"), default) if isinstance(rights, dict) else default


def _digest(document: Document) -> str:
    source = _at(document.data, "_stats.exportSource.uuid") or _at(document.data, "flags.exportSource.uuid")
    what = [document.type, source or document.name]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]


def _dicts(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _at(data: Any, path: str) -> Any:
    for part in path.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _number(value: Any, default: int = 0) -> int:
    return int(_float(value, default))


def _float(value: Any, default: float) -> float:
    """A number that may be written as text."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return number if math.isfinite(number) and abs(number) < 1e12 else default


def _range(row: Json) -> str:
    span = row.get("range")
    ends = [_number(one) for one in span[:2]] if isinstance(span, list) and len(span) >= 2 else [0, 0]
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def _first_of_range(row: Json) -> int:
    span = row.get("range")
    return _number(span[0]) if isinstance(span, list) and span else 0


def _tag(name: str) -> str:
    return "-".join(name.casefold().replace("/", " ").replace("#", " ").replace(",", " ").split())
