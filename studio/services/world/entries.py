"""Verbs on entries: notes, logs, handouts and session reports beside the entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid
from studio.domain.text import readable, wikilinks
from studio.domain.world import DateValue, Entry
from studio.services.world import marks, names, sound
from studio.services.world.values import date_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.domain.ids import RecordId
    from studio.domain.record import Provenance
    from studio.storage.project import Project

MODES = ("note", "draft", "log", "handout", "session")
_EDITABLE = {
    "title", "body", "mode", "in_world_date", "flashback", "memorial", "tags", "status", "visibility", "entity_refs",
    "ai_visibility", "ext", "foreign_ids",
}  # fmt: skip


def create_entry(
    project: Project,
    *,
    title: str,
    body: str = "",
    mode: str = "note",
    in_world_date: DateValue | str | None = None,
    tags: Iterable[str] = (),
    visibility: str = "gm",
    entity_refs: Iterable[RecordId] = (),
    prov: dict[str, tuple[Provenance, ...]] | None = None,
) -> Entry:
    """Write a note; its date may come in words. The entities that its text links to are kept with it."""
    title, body = _title(title), readable(body)
    visibility = sound.visibility(project, visibility)
    now = project.clock()
    refs = tuple(dict.fromkeys([*entity_refs, *_linked(project, body)]))
    entry = Entry(
        title=title, body=body, mode=mode, in_world_date=date_value(project, in_world_date), tags=sound.tags(tags),
        visibility=visibility, entity_refs=refs, prov=marks.marked({}, ("title", "body"), given=prov, now=now),
    )  # fmt: skip
    with project.commit("entry.create", f"New {mode} “{entry.title}”") as commit:
        return commit.put(entry)


def _linked(project: Project, body: str) -> list[RecordId]:
    found = (names.resolve(project, target) for target in wikilinks(body))
    return [ref for ref in found if ref]


def update_entry(project: Project, entry_id: RecordId, changes: Mapping[str, Any]) -> Entry:
    """Change parts of a note; a date may come in words, a new body brings its links with it."""
    old = project.get(Entry, entry_id)
    if unknown := set(changes) - _EDITABLE:
        raise Invalid(f"A note has no “{min(unknown)}”.")
    wanted = dict(changes) | _checked(project, changes)
    if "in_world_date" in wanted:
        wanted["in_world_date"] = date_value(project, wanted["in_world_date"])
    if "body" in wanted and "entity_refs" not in wanted:
        by_text = set(_linked(project, old.body))
        kept = [ref for ref in old.entity_refs if ref not in by_text]
        wanted["entity_refs"] = tuple(dict.fromkeys([*kept, *_linked(project, wanted["body"])]))
    new = Entry.model_validate(old.model_dump() | wanted)
    if new == old:
        return old
    prov = marks.marked(old.prov, [p for p in changes if p in ("title", "body")], now=project.clock())
    with project.commit("entry.update", f"Edit “{new.title}”") as commit:
        return commit.put(new.model_copy(update={"prov": prov}))


def _title(words: str) -> str:
    return sound.line(words, "The title", missing="A note needs a title. Type one and try again.")


def _checked(project: Project, changes: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "title" in changes:
        found["title"] = _title(changes["title"])
    if "mode" in changes:
        found["mode"] = sound.line(changes["mode"], "The sort of a note", missing="A note is of some sort. Choose one.")
    if "tags" in changes:
        found["tags"] = sound.tags(changes["tags"])
    if "body" in changes:
        found["body"] = readable(changes["body"])
    if "visibility" in changes:
        found["visibility"] = sound.visibility(project, changes["visibility"])
    if "status" in changes:
        found["status"] = sound.status(changes["status"])
    if "ai_visibility" in changes:
        found["ai_visibility"] = sound.ai_visibility(changes["ai_visibility"])
    return found


def entries(project: Project, *, limit: int = 500) -> list[tuple[str, str, str]]:
    """(id, title, mode) of the live entries, those that changed last first."""
    return project.sql.execute(
        "SELECT id, name, mode FROM entry WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT ?", (limit,)
    ).fetchall()
