"""What an entity's page shows, read in one go: the record, the names behind its links, its relations, its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from studio.domain.errors import NotFound
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.domain.world import Entity, Entry
from studio.services.world import names, relations
from studio.services.world.relations import RelationRow
from studio.services.world.values import refs

if TYPE_CHECKING:
    from studio.storage.project import Project


class Named(Frozen):
    """A record behind a link: what it is called now."""

    name: str
    kind: str


class EntityPage(Frozen):
    """An entity with what its page needs around it. `sources` are titles of the chats and texts behind its values."""

    entity: Entity
    links: dict[RecordId, Named] = Field(default_factory=dict)
    relations: tuple[RelationRow, ...] = ()
    sources: dict[str, str] = Field(default_factory=dict)
    draft: str = ""


def entity_page(project: Project, entity_id: RecordId) -> EntityPage:
    """Everything for an entity's page but its mentions and history; also for one in the trash."""
    entity = project.get(Entity, entity_id, deleted=True)
    ids = {ref for value in entity.fields.values() for ref in refs(value)}
    ids |= {entity.parent} if entity.parent else set()
    found = names.labels(project, ids) if ids else {}
    rows = relations.relations_of(project, entity_id)
    return EntityPage(
        entity=entity,
        links={ref: Named(name=name, kind=kind) for ref, (name, kind) in found.items()},
        relations=tuple(rows),
        sources=_sources(project, entity, rows),
        draft=project.scratch_get(draft_key(entity_id)),
    )


def _sources(project: Project, entity: Entity, rows: list[RelationRow]) -> dict[str, str]:
    marks = [m for many in entity.prov.values() for m in many] + [m for row in rows for m in row.prov]
    return {ref: _source_title(project, ref) for ref in {m.ref_id for m in marks if m.ref_id}}


def _source_title(project: Project, ref: str) -> str:
    row = project.sql.execute(
        "SELECT t.name FROM message m JOIN thread t ON t.id = m.thread_id WHERE m.id = ?", (ref,)
    ).fetchone()
    if row is not None:
        return str(row[0])
    record = project.any_record(ref, deleted=True)
    return str(getattr(record, "name", "") or getattr(record, "title", "") or "an earlier text")


def entry_page(project: Project, entry_id: RecordId) -> tuple[Entry, str]:
    """A note and the draft of what was typed in it last."""
    record = project.any_record(entry_id, deleted=True)
    if not isinstance(record, Entry):
        raise NotFound("This note isn't in the project any more.")
    return record, project.scratch_get(draft_key(entry_id))


def draft_key(record_id: str) -> str:
    """The scratch key of what is typed on a page and not committed yet."""
    return f"world.draft.{record_id}"


def keep_draft(project: Project, record_id: str, text: str) -> None:
    """Keep half-typed text outside the log; an empty text forgets it."""
    project.scratch_set(draft_key(record_id), text)


def all_tags(project: Project) -> list[str]:
    """Every tag in use, for suggestions."""
    return [row[0] for row in project.sql.execute("SELECT DISTINCT tag FROM tag ORDER BY tag")]


def markdown(project: Project, entity_id: RecordId) -> tuple[str, str]:
    """(file name, text) of an entity as Markdown with a small front matter, for dragging out and export."""
    from studio.services.world.values import plain

    page = entity_page(project, entity_id)
    entity = page.entity
    lines = ["---", f"kind: {entity.kind}", f"status: {entity.status.value}"]
    lines += [f"aliases: [{', '.join(a.name for a in entity.aliases)}]"] if entity.aliases else []
    lines += [f"tags: [{', '.join(entity.tags)}]"] if entity.tags else []
    lines += ["---", "", f"# {entity.name}", ""]
    lines += [entity.summary, ""] if entity.summary else []
    fields = [f"- **{entity.spec(k).label}**: {plain(v).replace(chr(10), '; ')}" for k, v in entity.fields.items()]
    lines += [*fields, ""] if fields else []
    lines += [f"- {row.label} [[{row.other_name}]]" for row in page.relations] + ([""] if page.relations else [])
    lines += [entity.body, ""] if entity.body else []
    safe = "".join(c if c.isalnum() or c in " -_'" else "_" for c in entity.name).strip() or "entry"
    return f"{safe}.md", "\n".join(lines)
