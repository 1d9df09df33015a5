"""Writing a vault: untouched notes byte for byte, edited ones changed where they were edited, new ones as notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from studio.domain.commit import content_hash
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.text import fold
from studio.domain.vocabulary import MIRRORS
from studio.domain.world import Entity, Entry, Link, Relation
from studio.services import history
from studio.services.exchange.front_matter import written
from studio.services.exchange.material import KIND_WORDS, mapped
from studio.services.exchange.obsidian import note, shelf, words
from studio.services.exchange.obsidian.edited import front_of, renamed, text_of
from studio.services.exchange.obsidian.outward import Outward, Slot, World, name_of, slots
from studio.services.exchange.obsidian.reader import MARKER, SOURCE
from studio.services.exchange.obsidian.values import links_of
from studio.services.exchange.obsidian.vault import stem_of
from studio.services.world import kinds, media, seen
from studio.storage.nouns import to_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.storage.project import Project

Json = dict[str, Any]
ATTACHMENTS = "Attachments"
_GIVEN = {
    Entity: ("aliases", "body", "custom", "fields", "images", "kind", "name", "parent", "statblock", "subtype",
             "summary", "tags", "visibility"),
    Entry: ("body", "in_world_date", "mode", "tags", "title", "visibility"),
}  # fmt: skip
"""What an import gives, by which a change made here since is known."""


def write_vault(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """Write the vault into a folder, or into a zip where the name ends so. Gives how many notes and images.

    A folder must be new, empty, or an earlier export in which nobody has changed what would be written over.
    """
    vault = _Vault(project, lens)
    notes = dict(vault.notes())
    images = vault.images()
    files = {path: partial(bytes, data) for path, data in notes.items()}
    files |= {path: partial(media.bytes_of, project, digest, lens) for path, digest in images.items()}
    shelf.put(dest, files, MARKER, {"vault": vault.origin or dest.stem, "kinds": vault.own_kinds()})
    return {"note": len(notes), "image": len(images)}


def vault_files(project: Project, *, lens: Lens = OPEN_EYES) -> dict[str, bytes]:
    """Every note's bytes by its path, as the lens shows them."""
    return dict(_Vault(project, lens).notes())


class _Kept:
    """What the project still has of the vault that it came from."""

    def __init__(self, project: Project, lens: Lens, records: list[World]) -> None:
        self._project = project
        found = Counter(_vault_of(one) for one in records if SOURCE in one.foreign_ids)
        self.origin = found.most_common(1)[0][0] if found and lens.is_own else ""
        mine = (one for one in records if found and lens.is_own and SOURCE in one.foreign_ids)
        self.raws = {one.id: raw for one in mine if _vault_of(one) == self.origin and (raw := _raw(one))}
        self.before = {one.id: self._imported(one) for one in records if one.id in self.raws and _is_edited(one)}
        """Of each note that isn't as it was imported: what it was then, where the history still knows."""

    def _imported(self, record: World) -> World | None:
        for commit, change in history.of_record(self._project, record.id, limit=200):
            if commit.verb == "import" and change.after is not None:
                return type(record).model_validate(change.after)
        return None

    def images(self) -> dict[str, list[str]]:
        """Hash → the paths at which the vault had an image."""
        kept = (self._project.info().ext.get(SOURCE) or {}).get(self.origin or "*")
        found = kept.get("images") if isinstance(kept, dict) and self.raws else None
        listed = found.items() if isinstance(found, dict) else ()
        return {digest: safe for digest, paths in listed if (safe := _safe(paths))}


def _safe(paths: Any) -> list[str]:
    return [path for path in paths if isinstance(path, str) and shelf.is_safe(path)] if isinstance(paths, list) else []


def _ours(record: World) -> Json:
    found = record.ext.get(SOURCE)
    return found if isinstance(found, dict) else {}


def _raw(record: World) -> Json | None:
    raw = _ours(record).get("raw")
    path = raw.get("path") if isinstance(raw, dict) else None
    return raw if isinstance(path, str) and shelf.is_safe(path) else None


def _vault_of(record: World) -> str:
    raw = _ours(record).get("raw")
    path = str(raw.get("path", "")) if isinstance(raw, dict) else ""
    return record.foreign_ids[SOURCE].removesuffix(path).rstrip("/")


def _is_edited(record: World) -> bool:
    data = to_data(record)
    return content_hash({key: data.get(key) for key in _GIVEN[type(record)]}) != _ours(record).get("was")


def _is_mirror(start: Entity, type_: str, end: Entity) -> bool:
    """Whether a field of one of both says what the relation says."""
    for one, other, outward in ((start, end, True), (end, start, False)):
        for name, value in one.fields.items():
            links = value if isinstance(value, list) else [value]
            if MIRRORS.get((one.kind, name)) == (type_, outward) and any(
                isinstance(link, Link) and link.ref == other.id for link in links
            ):
                return True
    return False


class _Vault:
    def __init__(self, project: Project, lens: Lens) -> None:
        self.project = project
        entities = seen.everything(project, Entity, lens=lens)
        self.records: list[World] = [*entities, *seen.everything(project, Entry, lens=lens)]
        self.kept = _Kept(project, lens, self.records)
        self.origin = self.kept.origin
        self.media = {one.hash: one for one in media.all_images(project, lens)}
        self.old_images = {digest: paths for digest, paths in self.kept.images().items() if digest in self.media}
        self.new_images: dict[str, str] = {}
        self.taken = {path.casefold() for paths in self.old_images.values() for path in paths}
        self.paths = self._paths()
        self.outward = Outward(self.paths, self.records, self._image_path)
        self.entities: dict[str, Entity] = {one.id: one for one in entities}
        self.ties: dict[str, dict[str, list[str]]] = {}
        self._learn_ties(lens)

    # ---- where things lie --------------------------------------------------------------------------------------------

    def _paths(self) -> dict[str, str]:
        """Record → path. Notes of the vault stay where they are; new ones lie beside those of their kind."""
        raws = self.kept.raws
        self.taken |= {raw["path"].casefold() for raw in raws.values()}
        found: dict[str, str] = {one.id: self._old_path(one) for one in self.records if one.id in raws}
        lying: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.records:
            if one.id in found:
                lying[one.kind][found[one.id].rpartition("/")[0]] += 1
        for one in self.records:
            if one.id not in found:
                folder = lying[one.kind].most_common(1)[0][0] if lying[one.kind] else self._folder(one)
                found[one.id] = shelf.free(folder, name_of(one), self.taken)
        return found

    def _folder(self, record: World) -> str:
        return kinds.spec_of(self.project, record.kind).plural if isinstance(record, Entity) else "Notes"

    def _old_path(self, record: World) -> str:
        """Where a note was; under its new name where it was renamed here and the file's name was the old one."""
        path, before = self.kept.raws[record.id]["path"], self.kept.before.get(record.id)
        if before is None or name_of(before) == name_of(record) or fold(stem_of(path)) != fold(name_of(before)):
            return path
        return shelf.free(path.rpartition("/")[0], name_of(record), self.taken)

    def _image_path(self, digest: str) -> str | None:
        if digest in self.old_images:
            return self.old_images[digest][0]
        image = self.media.get(digest)
        if image is not None and digest not in self.new_images:
            ending = "." + image.media_type.rpartition("/")[2].replace("jpeg", "jpg").replace("svg+xml", "svg")
            stem = image.name.removesuffix(ending) or "Image"
            self.new_images[digest] = shelf.free(ATTACHMENTS, stem, self.taken, ending)
        return self.new_images.get(digest)

    def images(self) -> dict[str, str]:
        """Path → hash of every image that the notes show, or that came with the vault."""
        old = {path: digest for digest, paths in self.old_images.items() for path in paths}
        return old | {path: digest for digest, path in self.new_images.items()}

    def own_kinds(self) -> list[str]:
        """The kinds that occur and that no word of a vault would name."""
        found = {one.kind for one in self.records if isinstance(one, Entity)}
        return sorted(kind for kind in found if mapped(KIND_WORDS, kind) != kind)

    # ---- notes -------------------------------------------------------------------------------------------------------

    def notes(self) -> Iterator[tuple[str, bytes]]:
        """(path, bytes) of every note."""
        for one in self.records:
            raw = self.kept.raws.get(one.id)
            yield self.paths[one.id], self._fresh(one) if raw is None else self._old(one, raw)

    def _old(self, record: World, raw: Json) -> bytes:
        before, changes = self.kept.before.get(record.id), self._tie_changes(record, raw)
        if before is not None:
            changes = self._changes(record, before, raw) | changes
        moved = before is not None and name_of(before) != name_of(record)
        if raw.get("canvas") or not (changes or moved):
            data = note.original(raw, record.body)
            if data is not None and (raw.get("canvas") or note.checksum(record.body) == raw.get("sum")):
                return data
        text = self._text(record, before, raw)
        if before is not None and moved:
            text = renamed(text, name_of(before), name_of(record))
        return note.encoded(raw, front_of(raw.get("front"), changes), text)

    def _text(self, record: World, before: World | None, raw: Json) -> str:
        for start in (record.body, before.body if before else ""):
            if note.checksum(start) == raw.get("sum"):
                return text_of(start, note.swaps_of(raw), record.body, self.outward.text)
        return self.outward.text(record.body)

    def _changes(self, record: World, before: World, raw: Json) -> Json:
        """The keys of the front matter that say something else than the record does now."""
        old, new = slots(before), slots(record)
        keys = note.keys_of(raw)
        by_slot: dict[Slot, str] = {}
        for key in keys:
            by_slot.setdefault(words.slot_of(before.kind if isinstance(before, Entity) else "", key), key)
        found: Json = {}
        for slot in dict.fromkeys((*old, *new)):
            key = by_slot.get(slot, "" if slot == ("name", "") else words.key_for(slot))
            if old.get(slot) == new.get(slot) or not key:
                continue
            value = new.get(slot)
            if slot[0] in ("tags", "aliases"):
                value = self._listed(old.get(slot, []), value or [], words.tags_of(keys.get(key), slot[0]))
            found[key] = self.outward.value(value) or None
        return found

    @staticmethod
    def _listed(old: list[str], new: list[str], stood: list[str]) -> list[str]:
        """Those of the new ones that stand in the front matter or are added here; the others the text says itself."""
        return [one for one in new if one in stood or one not in old]

    def _fresh(self, record: World) -> bytes:
        front: Json = {"type": record.kind if isinstance(record, Entity) else "note"}
        front |= {"name": name_of(record)} if stem_of(self.paths[record.id]) != name_of(record) else {}
        for slot, value in slots(record).items():
            if slot[0] not in ("kind", "name"):
                front.setdefault(words.key_for(slot), self.outward.value(value))
        for type_, ends in sorted(self.ties.get(record.id, {}).items()):
            front[words.key_of_tie(record.kind, type_)] = [self.outward.link(end) for end in ends]
        shown = [path for digest in getattr(record, "images", ()) if (path := self._image_path(digest))]
        front |= {"images": [f"[[{path}]]" for path in shown]} if shown else {}
        source = "".join(written(key, value) for key, value in front.items() if value not in (None, "", []))
        return f"---\n{source}---\n{self.outward.text(record.body)}".encode()

    # ---- relations ---------------------------------------------------------------------------------------------------

    def _learn_ties(self, lens: Lens) -> None:
        """Relations go out with the note of their start; what a note that came in says already isn't said again."""
        for tie in seen.everything(self.project, Relation, lens=lens):
            start, end = self.entities.get(tie.from_id), self.entities.get(tie.to_id)
            if start is None or end is None:
                continue
            came = tie.rev == 1 and tie.created_at == start.created_at
            if start.id not in self.kept.raws or not (came or _is_mirror(start, tie.type, end)):
                self.ties.setdefault(start.id, {}).setdefault(tie.type, []).append(tie.to_id)

    def _tie_changes(self, record: World, raw: Json) -> Json:
        """New relations of a note, each type after those that its key names already."""
        mine = self.ties.get(record.id)
        if not mine:
            return {}
        keys = note.keys_of(raw)
        found: Json = {}
        for type_, ends in mine.items():
            key = next((one for one in keys if words.tie_of(one) == type_), "")
            key = key or words.key_of_tie(record.kind, type_)
            stood = links_of(keys.get(key))
            there = {stem_of(one.strip("[]").partition("|")[0]).casefold() for one in stood}
            added = [self.outward.link(end) for end in ends if stem_of(self.paths[end]).casefold() not in there]
            if added:
                found[key] = [*stood, *added]
        return found
