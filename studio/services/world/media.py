"""Verbs on images: taken in once by their bytes, hung on entities in an order, described, read by whom they are for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain import imagefile
from studio.domain.errors import Invalid, NotFound
from studio.domain.lens import OPEN_EYES, Lens, may_see
from studio.domain.text import line
from studio.domain.world import Entity, Entry
from studio.domain.worldkit import Media
from studio.services.world import seen, sound
from studio.storage import blobs
from studio.storage.search import entity_clause, entry_clause

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from studio.domain.ids import RecordId
    from studio.storage.project import Project

HASH = re.compile(r"[0-9a-f]{64}")
_EDITABLE = frozenset({"name", "caption", "credit", "licence", "visibility", "tags"})
_OPEN = {"id", "hash", "media_type", "width", "height"}
_GONE = "This image isn't in the project any more."


def read_file(path: Path) -> bytes:
    """The bytes of a file, its size looked at first. Raises Invalid with what to do."""
    try:
        size = path.stat().st_size
        if size > imagefile.MAX_BYTES:
            raise Invalid(f"“{path.name}” has {size >> 20} MB. The limit is {imagefile.MAX_BYTES >> 20} MB.")
        return path.read_bytes()
    except OSError as error:
        raise Invalid(f"“{path.name}” can't be read. Check that it is there and that you may open it.") from error


def add_image(
    project: Project, data: bytes, *, name: str, caption: str = "", credit: str = "", licence: str = ""
) -> Media:
    """Take an image in. The same bytes are kept once, under the record that they have already."""
    facts = imagefile.sniff(data)
    with project.commit("media.add", f"Add image “{_named(name)}”") as commit:
        digest = blobs.put(project.sql, data, facts.media_type)
        known = find(project, digest)
        if known is not None:
            return known
        return commit.put(
            Media(
                name=_named(name), hash=digest, media_type=facts.media_type, width=facts.width, height=facts.height,
                caption=caption.strip(), credit=credit.strip(), licence=licence.strip(),
            )
        )  # fmt: skip


def add_images(project: Project, found: list[tuple[str, bytes]]) -> list[Media]:
    """Take images in, as (name, bytes): one commit, or none where one of them is bad."""
    with project.commit("media.add", f"Add {_many(found)}"):
        return [add_image(project, data, name=title) for title, data in found]


def _many(found: list[tuple[str, bytes]]) -> str:
    return f"image “{_named(found[0][0])}”" if len(found) == 1 else f"{len(found)} images"


def _named(name: str) -> str:
    return line(name)[:120] or "Image"


def attach(project: Project, entity_id: RecordId, hashes: list[str], *, at: int | None = None) -> Entity:
    """Hang images of the project on an entity, at the end or at a place; one that hangs there already is moved."""
    entity = project.get(Entity, entity_id)
    for digest in hashes:
        if not blobs.has(project.sql, digest):
            raise NotFound(_GONE)
    kept = [one for one in entity.images if one not in hashes]
    place = len(kept) if at is None else max(0, min(at, len(kept)))
    words = _words(project, hashes)
    return _set(project, entity, (*kept[:place], *dict.fromkeys(hashes), *kept[place:]), "attach", f"Add {words} to")


def attach_new(
    project: Project, entity_id: RecordId, found: list[tuple[str, bytes]], *, at: int | None = None
) -> Entity:
    """Take images in, as (name, bytes), and hang them on an entity: one commit, or none where one of them is bad."""
    name = project.get(Entity, entity_id).name
    with project.commit("media.attach", f"Add {_many(found)} to “{name}”"):
        return attach(project, entity_id, [one.hash for one in add_images(project, found)], at=at)


def remove(project: Project, entity_id: RecordId, digest: str) -> Entity:
    """Take an image off an entity. Its bytes stay in the file, so that Undo brings it back."""
    entity = project.get(Entity, entity_id)
    left = tuple(one for one in entity.images if one != digest)
    return _set(project, entity, left, "remove", f"Remove {_words(project, [digest])} from")


def move(project: Project, entity_id: RecordId, digest: str, to: int) -> Entity:
    """Put an image of an entity at another place in the row; the first is the cover."""
    entity = project.get(Entity, entity_id)
    if digest not in entity.images:
        raise NotFound(f"This image doesn't hang on “{entity.name}” any more.")
    left = [one for one in entity.images if one != digest]
    left.insert(max(0, min(to, len(left))), digest)
    return _set(project, entity, tuple(left), "move", f"Move {_words(project, [digest])} of")


def set_cover(project: Project, entity_id: RecordId, digest: str) -> Entity:
    """Make an image the first one of its entity: the one that stands for it."""
    return move(project, entity_id, digest, 0)


def _set(project: Project, entity: Entity, images: tuple[str, ...], verb: str, message: str) -> Entity:
    if images == entity.images:
        return entity
    with project.commit(f"media.{verb}", f"{message} “{entity.name}”") as commit:
        return commit.put(entity.model_copy(update={"images": images}))


def _words(project: Project, hashes: list[str]) -> str:
    if len(hashes) != 1:
        return f"{len(hashes)} images"
    known = find(project, hashes[0])
    return f"image “{known.name}”" if known else "an image"


def describe(project: Project, digest: str, changes: Mapping[str, Any]) -> Media:
    """Change what is said of an image: `name`, `caption`, `credit`, `licence`, `visibility`, `tags`."""
    if unknown := set(changes) - _EDITABLE:
        raise Invalid(f"An image has no “{min(unknown)}”.")
    old = find(project, digest)
    if old is None:
        raise NotFound(_GONE)
    tidy = sound.tidied(project, changes)
    if "name" in tidy:
        tidy["name"] = _named(tidy["name"])
    new = Media.model_validate(old.model_dump() | tidy)
    if new == old:
        return old
    with project.commit("media.describe", f"Describe image “{new.name}”") as commit:
        return commit.put(new)


# ---- reading ---------------------------------------------------------------------------------------------------------


def find(project: Project, digest: str) -> Media | None:
    """The record of an image, for whoever may see everything."""
    rows = project.all(Media, "instr(data, ?)", (f'"hash":"{digest}"',))
    return rows[0] if rows else None


def may_read(project: Project, digest: str, lens: Lens = OPEN_EYES) -> bool:
    """Whether an image is open: its record is, or something that shows it is."""
    if not HASH.fullmatch(digest):
        return False
    if lens.is_gm:
        return True
    known = find(project, digest)
    if known is not None and may_see(lens.audience, known.visibility):
        return True
    return any(_shows(record, digest) for record in _carriers(project, digest, lens))


def _carriers(project: Project, digest: str, lens: Lens) -> Iterator[Entity | Entry | None]:
    """What has the hash in it, as the lens shows it: without its secrets."""
    sql = f"""SELECT e.id FROM entity e WHERE e.deleted_at IS NULL AND instr(e.data, ?1) AND {entity_clause(lens)}
    UNION ALL SELECT e.id FROM entry e WHERE e.deleted_at IS NULL AND instr(e.data, ?1) AND {entry_clause(lens)}"""
    return (seen.record(project, row[0], lens=lens) for row in project.sql.execute(sql, (digest,)).fetchall())


def _shows(record: Entity | Entry | None, digest: str) -> bool:
    """Whether a record has the image in its row or in its text."""
    if record is None:
        return False
    return f"media:{digest}" in record.body or (isinstance(record, Entity) and digest in record.images)


def bytes_of(project: Project, digest: str, lens: Lens = OPEN_EYES) -> bytes:
    """The bytes of an image. Raises NotFound where there is none, or none that this lens may see."""
    data = blobs.get(project.sql, digest) if may_read(project, digest, lens) else None
    if data is None:
        raise NotFound(_GONE)
    return data


def image(project: Project, digest: str, lens: Lens = OPEN_EYES) -> Media:
    """What is said of an image. Raises NotFound where there is none, or none that this lens may see."""
    if not may_read(project, digest, lens) or not blobs.has(project.sql, digest):
        raise NotFound(_GONE)
    return _seen(project, digest, lens)


def images_of(project: Project, entity_id: RecordId, lens: Lens = OPEN_EYES) -> list[Media]:
    """The images of an entity in their order; one that nothing is known of has only its hash."""
    entity = seen.entity(project, entity_id, lens=lens, deleted=True)
    return [_seen(project, digest, lens) for digest in entity.images if blobs.has(project.sql, digest)]


def _seen(project: Project, digest: str, lens: Lens) -> Media:
    """What is said of an image, its file's name left out for those to whom only what shows it is open."""
    known = find(project, digest) or Media(name="Image", hash=digest, media_type="")
    if lens.is_gm:
        return known
    said = {key: seen.text(project, getattr(known, key), lens) for key in ("caption", "credit", "licence")}
    name = known.name if may_see(lens.audience, known.visibility) else said["caption"] or "Image"
    return Media.model_validate(known.model_dump(include=_OPEN) | said | {"name": name})


def all_images(project: Project, lens: Lens = OPEN_EYES) -> list[Media]:
    """Every image of the project that this lens may see, the newest first."""
    return [_seen(project, one.hash, lens) for one in reversed(project.all(Media)) if may_read(project, one.hash, lens)]
