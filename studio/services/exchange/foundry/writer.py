"""A module for Foundry VTT, ready to install: journals, roll tables and scenes with their pins, in packs of its own.

Ids are made from the records' ids, so that a later export updates what the first one brought. What came from Foundry
and was not changed here goes back as it was.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

from studio.domain.errors import NotFound
from studio.domain.lens import OPEN_EYES, PARTY, Lens, may_see
from studio.domain.text import fold, split_secrets
from studio.domain.vocabulary import relation_spec
from studio.domain.world import Entity, Entry, Link, Relation
from studio.services.exchange import writing
from studio.services.exchange.foundry import leveldb
from studio.services.exchange.foundry.documents import COLLECTIONS
from studio.services.exchange.foundry.markup import Markup
from studio.services.exchange.foundry.reader import FLAG, SOURCE, content_sum, frame
from studio.services.exchange.material_staging import RAW, untouched
from studio.services.world import kinds, media, seen
from studio.services.world.map_pages import map_page
from studio.services.world.values import plain
from studio.storage.nouns import to_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.domain.worldkit import Pin
    from studio.storage.project import Project

Json = dict[str, Any]
MINIMUM, VERIFIED = "11", "13"
CELL = 100
_ID = re.compile(r"^[A-Za-z0-9]{16}$")
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif", "image/svg+xml": "svg"}
_NAMES = {type_: name for name, type_ in COLLECTIONS.items()}
_LABELS = {
    "JournalEntry": "Journal", "RollTable": "Tables", "Scene": "Scenes", "Actor": "Actors", "Item": "Items",
    "Macro": "Macros", "Playlist": "Playlists", "Cards": "Cards",
}  # fmt: skip
_PARTS = {
    "actors": ("items", "effects"), "items": ("effects",), "journal": ("pages", "categories"), "tables": ("results",),
    "scenes": ("drawings", "tokens", "levels", "lights", "notes", "regions", "sounds", "templates", "tiles", "walls"),
    "playlists": ("sounds",), "cards": ("cards",), "tokens": ("delta",), "delta": ("items", "effects"),
    "regions": ("behaviors",), "combats": ("combatants", "groups"),
}  # fmt: skip
_STATS: Json = dict.fromkeys(
    ("systemId", "systemVersion", "createdTime", "modifiedTime", "lastModifiedBy", "compendiumSource",
     "duplicateSource", "exportSource")
)  # fmt: skip


def write_module(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """Write the module's zip, with what the lens shows. Gives how many documents there are of each type."""
    module = Module(project, lens)
    with writing.whole_file(dest) as partial, zipfile.ZipFile(partial, "w") as archive:
        for name, data in module.files():
            writing.add(archive, f"{module.id}/{name}", data)
    return {type_: len(found) for type_, found in module.packs.items()}


def id_of(text: str) -> str:
    """An id as Foundry has them, always the same for the same text."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")
    out = ""
    for _ in range(16):
        number, rest = divmod(number, len(_LETTERS))
        out += _LETTERS[rest]
    return out


class Module:
    """Everything that goes into one module."""

    def __init__(self, project: Project, lens: Lens) -> None:
        self.project, self.lens = project, lens
        self.name = project.info().name
        slug = re.sub(r"[^a-z0-9]+", "-", fold(self.name)).strip("-") or "world"
        self.id = slug if lens.is_gm else f"{slug}-{re.sub('[^a-z0-9]+', '-', lens.audience.lower())}"
        self.packs: dict[str, list[Json]] = {}
        self.images: dict[str, str] = {}
        self.records: list[Entity | Entry] = [
            *seen.everything(project, Entity, lens=lens), *seen.everything(project, Entry, lens=lens)
        ]  # fmt: skip
        self.ids: dict[str, str] = {one.id: _foreign(one) or id_of(one.id) for one in self.records}
        self.types: dict[str, str] = {one.id: _type_of(one) for one in self.records}
        self.by_name: dict[str, str] = {}
        for one in self.records:
            for name in one.names() if isinstance(one, Entity) else (one.title,):
                self.by_name.setdefault(fold(name), self._uuid(one.id))
        self.called: dict[str, str] = {one.id: _name(one) for one in self.records}
        self.markup = Markup(self.by_name.get, self._picture)
        self.ties = self._ties()
        self._build()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """(path in the module, bytes), in order."""
        yield "module.json", _json(self.manifest(), indent=2)
        for type_, documents in sorted(self.packs.items()):
            pairs: dict[bytes, bytes] = {}
            for document in documents:
                _into(pairs, _NAMES["Folder" if document.get(FOLDER) else type_], document)
            for name, data in leveldb.write(pairs).items():
                yield f"packs/{_NAMES[type_]}/{name}", data
        for digest, name in sorted(self.images.items()):
            yield f"images/{name}", media.bytes_of(self.project, digest, self.lens)

    def manifest(self) -> Json:
        """The module's own description."""
        packs = [
            {
                "name": _NAMES[type_], "label": f"{self.name}: {_LABELS[type_]}", "path": f"packs/{_NAMES[type_]}",
                "type": type_, "ownership": {"PLAYER": "OBSERVER", "ASSISTANT": "OWNER"}, "flags": {},
            }
            | ({"system": system} if type_ in ("Actor", "Item") and (system := self._system()) else {})
            for type_ in sorted(self.packs)
        ]  # fmt: skip
        return {
            "id": self.id, "title": self.name, "description": f"{self.name}, from TTRPG Studio.", "version": "1.0.0",
            "compatibility": {"minimum": MINIMUM, "verified": VERIFIED}, "authors": [], "packs": packs,
            "packFolders": [{"name": self.name, "sorting": "m", "packs": [pack["name"] for pack in packs]}],
        }  # fmt: skip

    def _system(self) -> str:
        stats = (document.get("_stats") for type_ in ("Actor", "Item") for document in self.packs.get(type_, ()))
        return next((str(s["systemId"]) for s in stats if isinstance(s, dict) and s.get("systemId")), "")

    def _uuid(self, record_id: str) -> str:
        type_ = self.types[record_id]
        return f"Compendium.{self.id}.{_NAMES[type_]}.{type_}.{self.ids[record_id]}"

    def _picture(self, digest: str) -> str | None:
        """An image's path once it is installed; it is packed as soon as something shows it."""
        try:
            found = media.image(self.project, digest, self.lens)
        except NotFound:
            return None
        self.images[digest] = f"{digest[:16]}.{_ENDINGS.get(found.media_type, 'png')}"
        return f"modules/{self.id}/images/{self.images[digest]}"

    # ---- documents -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        folders: dict[str, Json] = {}
        for record in self.records:
            type_, raw = self.types[record.id], _raw(record) if self.lens.is_own else {}
            raw = raw if raw.get("type") == type_ else {}
            if raw and type_ != "Scene" and untouched(record, SOURCE):
                document = _original(record, raw)
            else:
                document = self._document(type_, record, raw)
                if type_ == "JournalEntry" and not raw:
                    folder = self._folder(record)
                    folders[folder["_id"]] = folder
                    document["folder"] = folder["_id"]
            self.packs.setdefault(type_, []).append(document)
        if folders:
            self.packs["JournalEntry"] += folders.values()
        if self.lens.is_own:
            self._kept()

    def _kept(self) -> None:
        """What came in and has no place here goes out again: folders, macros, playlists."""
        for kept in self.project.info().ext.get(SOURCE, {}).values():
            for one in kept.get("documents", ()) if isinstance(kept, dict) else ():
                document, type_ = one["document"], one["type"]
                if not isinstance(document.get("_id"), str):
                    continue
                if type_ == "Folder":
                    self.packs.setdefault(str(document.get("type")), []).append(document | {FOLDER: True})
                elif type_ in _LABELS:
                    self.packs.setdefault(type_, []).append(document)
        self.packs = {type_: found for type_, found in self.packs.items() if type_ in _LABELS}

    def _folder(self, record: Entity | Entry) -> Json:
        plural = kinds.spec_of(self.project, record.kind).plural if isinstance(record, Entity) else "Notes"
        return {
            "_id": id_of(f"folder {plural}"), "name": plural, "type": "JournalEntry", "sorting": "a", "folder": None,
            "description": "", "color": None, "sort": 0, "flags": {}, "_stats": _stats(), FOLDER: True,
        }  # fmt: skip

    def _document(self, type_: str, record: Entity | Entry, raw: Json) -> Json:
        base: Json = raw.get("document") or {"folder": None, "sort": 0, "_stats": _stats()}
        flags = base.get("flags") if isinstance(base.get("flags"), dict) else {}
        document = base | {"_id": self.ids[record.id], "name": _name(record), "flags": flags}
        document["ownership"] = {"default": 2 if self._is_open(record) else 0}
        make = {"RollTable": self._table, "Scene": self._scene, "Actor": self._statted, "Item": self._statted}
        make.get(type_, self._journal)(document, record, raw)
        if not raw:
            document["flags"] = {FLAG: self._flag(record, document)}
        return document

    def _is_open(self, record: Entity | Entry) -> bool:
        """Whether players see a document: not where its open words name what they may not know."""
        if not may_see(PARTY, record.visibility):
            return False
        if not self.lens.is_gm:
            return True
        words = split_secrets(record.body)[0]
        return seen.text(self.project, words, Lens(audience=PARTY)) == words

    def _journal(self, document: Json, record: Entity | Entry, raw: Json) -> None:
        html = self.markup.html(record.body)
        shown = [self._picture(digest) for digest in record.images] if isinstance(record, Entity) else []
        html = "\n".join([*(f'<p><img src="{path}"></p>' for path in shown if path), html])
        pages = [self._page(record, "text", _name(record), html, show=False)]
        if facts := self._facts(record):
            pages.append(self._page(record, "facts", "Facts", facts, show=True))
        pages[-1]["flags"] = {FLAG: {"facts": True}} if facts else {}
        kept = [p for p in raw.get("document", {}).get("pages", ()) if _is_foreign_page(p)]
        document["pages"] = [*pages, *kept]
        document.setdefault("categories", [])
        document.pop("content", None)

    def _page(self, record: Entity | Entry, part: str, name: str, html: str, *, show: bool) -> Json:
        return {
            "_id": id_of(f"{record.id} {part}"), "name": name, "type": "text", "system": {}, "image": {},
            "title": {"show": show, "level": 2}, "text": {"format": 1, "content": html}, "src": None,
            "video": {"controls": True, "volume": 0.5}, "sort": 100_000 if part == "text" else 200_000,
            "ownership": {"default": -1}, "flags": {}, "_stats": _stats(),
        }  # fmt: skip

    def _facts(self, record: Entity | Entry) -> str:
        """Summary, fields and relations; what the party may not know of an open entity in a secret section."""
        if not isinstance(record, Entity):
            return ""
        data = to_data(record)
        everybody = Lens(audience=PARTY)
        opened = seen.open_fields(
            self.project, record.kind, data.get("fields") or {}, data.get("stated") or {}, lens=everybody
        )
        shown, hidden = [record.summary, ""] if record.summary else [], []
        for name, value in record.fields.items():
            line = f"- **{name.replace('_', ' ')}**: {self._value(value)}"
            (shown if name in opened or not self.lens.is_gm else hidden).append(line)
        hidden += [f"- **{name}**: {plain(value)}" for name, value in record.custom.items()]
        for relation in self.ties.get(record.id, ()):
            line = f"- {relation_spec(relation.type).label}: [[{self.called[relation.to_id]}]]"
            is_open = may_see(PARTY, relation.visibility) or not self.lens.is_gm
            (shown if is_open else hidden).append(line)
        parts = [self.markup.html("\n".join(shown)), self.markup.secret("\n".join(hidden))]
        return "\n".join(part for part in parts if part)

    def _value(self, value: Any) -> str:
        if isinstance(value, Link):
            return f"[[{self.called[value.ref]}]]" if value.ref and value.ref in self.called else value.text
        if isinstance(value, list):
            return ", ".join(self._value(one) for one in value)
        return " ".join(plain(value).split())

    def _table(self, document: Json, record: Entity | Entry, raw: Json) -> None:
        assert isinstance(record, Entity)
        lines = record.fields.get("entries")
        entries = [plain(one) for one in lines] if isinstance(lines, list) else []
        words = record.body.partition("| ")[0] if raw else record.body
        results = []
        for n, line in enumerate(entries, 1):
            first, last, text = _ranged(line, n)
            results.append({
                "_id": id_of(f"{record.id} {n}"), "type": "text", "name": "", "img": "icons/svg/d20-black.svg",
                "description": self.markup.html(text), "text": text, "weight": last - first + 1,
                "range": [first, last], "drawn": False, "flags": {}, "_stats": _stats(),
            })  # fmt: skip
        top = max((one["range"][1] for one in results), default=1)
        document |= {
            "img": document.get("img") or "icons/svg/d20-grey.svg", "description": self.markup.html(words),
            "results": results, "formula": plain(record.fields.get("dice")) or f"1d{top}",
            "replacement": document.get("replacement", True), "displayRoll": document.get("displayRoll", True),
        }  # fmt: skip

    def _scene(self, document: Json, record: Entity | Entry, raw: Json) -> None:
        page = map_page(self.project, record.id, self.lens)
        before = raw.get("document", {})
        if page.image is not None and not before:
            source = self._picture(page.image.hash)
            document |= {
                "width": page.image.width, "height": page.image.height, "padding": 0, "background": {"src": source},
                "grid": {"type": 1, "size": CELL, "distance": 5, "units": "ft"}, "walls": [], "lights": [],
                "tokens": [], "drawings": [], "tiles": [], "sounds": [], "regions": [], "templates": [],
                "active": False, "navigation": False, "tokenVision": False, "fog": {"exploration": False},
            }  # fmt: skip
        notes = {str(one.get("_id")): one for one in before.get("notes", ()) if isinstance(one, dict)}
        document["notes"] = [self._note(document, row.pin, row.name, notes) for row in page.pins]
        if before and untouched(record, SOURCE):
            kept = {k: v for k, v in before.items() if k != "notes"}
            document.clear()
            document |= kept | (
                {"notes": [self._note(kept, r.pin, r.name, notes) for r in page.pins]} if "notes" in before else {}
            )

    def _note(self, scene: Json, pin: Pin, name: str, before: dict[str, Json]) -> Json:
        foreign = pin.foreign_ids.get(SOURCE, "").rpartition(".")[2]
        if foreign in before and untouched(pin, SOURCE):
            return before[foreign]
        left, top, width, height = frame(scene)
        target = self.ids.get(pin.target_id or "")
        is_journal = self.types.get(pin.target_id or "") == "JournalEntry"
        return before.get(foreign, {"iconSize": 40, "fontSize": 32, "flags": {}, "pageId": None}) | {
            "_id": foreign if _ID.match(foreign) else id_of(pin.id), "entryId": target if is_journal else None,
            "x": round(left + pin.x * width), "y": round(top + pin.y * height), "text": name,
            "texture": {"src": "icons/svg/book.svg"},
        }  # fmt: skip

    def _statted(self, document: Json, record: Entity | Entry, raw: Json) -> None:
        """An actor or item that was changed here: its numbers as they were, its words where its game has them."""
        original = _original(record, raw)
        document |= {k: v for k, v in original.items() if k not in ("name", "_id", "ownership", "flags")}
        name = raw.get("statblock") or ("system" if "system" in document else "data")
        system = json.loads(json.dumps(document.get(name) or {}))
        for path in ("details.biography", "biography", "description"):
            head, _, last = path.rpartition(".")
            place = system.get(head) if head else system
            if isinstance(place, dict) and last in place:
                html = self.markup.html(record.body)
                place[last] = place[last] | {"value": html} if isinstance(place[last], dict) else html
                break
        document[name] = system

    # ---- what comes back -----------------------------------------------------------------------------------------

    def _flag(self, record: Entity | Entry, document: Json) -> Json:
        """What this document is here: with it an import of the module gives the same again."""
        flag: Json = {
            "name": _name(record), "visibility": record.visibility, "tags": list(record.tags), "body": record.body,
            "sum": content_sum(document),
        }  # fmt: skip
        if isinstance(record, Entry):
            return flag | {"kind": "", "mode": record.mode, "date": record.in_world_date}
        said = {path.partition(".")[2] for path, statement in record.stated.items() if statement.visibility}
        return flag | {
            "kind": record.kind, "subtype": record.subtype, "summary": record.summary, "custom": record.custom,
            "aliases": [a.name for a in record.aliases if not a.visibility and a.kind != "secret"],
            "fields": {k: self._written(v) for k, v in record.fields.items() if k not in said},
            "parent": self.ids.get(record.parent or "", ""), "images": self._hashes(record),
            "ties": [
                {"type": r.type, "to": self.ids[r.to_id], "attitude": r.attitude, "role": r.role,
                 "visibility": r.visibility, "since": r.valid_from, "until": r.valid_to}
                for r in self.ties.get(record.id, ())
            ],
        }  # fmt: skip

    def _hashes(self, record: Entity) -> list[str]:
        found = [digest for digest in record.images if self._picture(digest)]
        return [f"images/{self.images[digest]}" for digest in found]

    def _written(self, value: Any) -> Any:
        if isinstance(value, Link):
            return {"@": self.ids.get(value.ref or "", ""), "text": value.text}
        return [self._written(one) for one in value] if isinstance(value, list) else value

    def _ties(self) -> dict[str, list[Relation]]:
        found: dict[str, list[Relation]] = {}
        for relation in seen.everything(self.project, Relation, lens=self.lens):
            if relation.from_id in self.ids and relation.to_id in self.ids:
                found.setdefault(relation.from_id, []).append(relation)
        return found


FOLDER = "$folder"
"""Marks a folder among the documents of its pack; it is not written."""


def _into(pairs: dict[bytes, bytes], collection: str, document: Json) -> None:
    """A document under its keys: what it holds is stored apart, and named in it by ids alone."""
    whole = {k: v for k, v in document.items() if k not in (FOLDER, "_key")}
    _store(pairs, collection, collection, str(whole["_id"]), whole)


def _store(pairs: dict[bytes, bytes], chain: str, collection: str, ids: str, document: Json) -> None:
    out = dict(document)
    for part in _PARTS.get(collection, ()):
        value = out.get(part)
        children = value if isinstance(value, list) else [value] if part == "delta" and value else []
        if not children or not all(isinstance(one, dict) and one.get("_id") for one in children):
            continue
        for child in children:
            inner = {k: v for k, v in child.items() if k != "_key"}
            _store(pairs, f"{chain}.{part}", part, f"{ids}.{child['_id']}", inner)
        out[part] = [one["_id"] for one in children] if isinstance(value, list) else children[0]["_id"]
    pairs[f"!{chain}!{ids}".encode()] = _json(out)


def _json(value: Any, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode()


def _stats() -> Json:
    return {"coreVersion": "13.347"} | _STATS


def _name(record: Entity | Entry) -> str:
    return record.name if isinstance(record, Entity) else record.title


def _raw(record: Entity | Entry) -> Json:
    raw = record.ext.get(SOURCE, {}).get(RAW)
    return raw if isinstance(raw, dict) and isinstance(raw.get("document"), dict) else {}


def _foreign(record: Entity | Entry) -> str:
    found = record.foreign_ids.get(SOURCE, "")
    return found if _ID.match(found) else ""


def _type_of(record: Entity | Entry) -> str:
    raw = _raw(record)
    if raw.get("type") in _LABELS:
        return raw["type"]
    if record.kind == "random_table":
        return "RollTable"
    return "Scene" if isinstance(record, Entity) and record.kind == "map" and record.images else "JournalEntry"


def _original(record: Entity | Entry, raw: Json) -> Json:
    document = dict(raw["document"])
    if isinstance(record, Entity) and isinstance(record.statblock, dict) and isinstance(raw.get("statblock"), str):
        document[raw["statblock"]] = record.statblock.get("data")
    document.setdefault("_id", id_of(record.id))
    for name in ("ownership", "permission"):
        if isinstance(document.get(name), dict):
            document[name] = {k: v for k, v in document[name].items() if k == "default"}
    return document


def _is_foreign_page(page: Any) -> bool:
    return isinstance(page, dict) and page.get("type") not in ("text", "image")


def _ranged(line: str, n: int) -> tuple[int, int, str]:
    found = re.match(r"^(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?\s*[:.)]\s*(.*)$", line, re.DOTALL)
    if found is None:
        return n, n, line
    first, last = int(found[1]), int(found[2] or found[1])
    return (first, last, found[3]) if first <= last else (n, n, line)
