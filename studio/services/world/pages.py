"""What an entity's page shows, read in one go: the record, the names behind its links, its relations, its sources."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import Field

from studio.domain.errors import NotFound, StudioError
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.vocabulary import KindSpec
from studio.domain.world import Entity, Entry, Link
from studio.services.world import claims, entities, entries, kinds, names, relations, seen, then
from studio.services.world.claims import ClaimRow
from studio.services.world.relations import RelationRow
from studio.services.world.said import Said, Teller
from studio.services.world.values import plain, refs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studio.storage.project import Project


class Named(Frozen):
    """A record behind a link: what it is called now."""

    name: str
    kind: str


class EntityPage(Frozen):
    """An entity with what its page needs around it. `sources` are titles of the chats and texts behind its values.

    `said` has what is said about fields, by path, where that is more than a plain fact.

    `standing` says how it stood at the lens's day: `to come`, `there`, `gone`, or nothing.
    """

    entity: Entity
    spec: KindSpec
    links: dict[RecordId, Named] = Field(default_factory=dict)
    relations: tuple[RelationRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    said: dict[str, Said] = Field(default_factory=dict)
    sources: dict[str, str] = Field(default_factory=dict)
    draft: str = ""
    standing: str = ""


def entity_page(project: Project, entity_id: RecordId, *, lens: Lens = OPEN_EYES) -> EntityPage:
    """Everything for an entity's page but its mentions and history; also for one in the trash."""
    entity = seen.entity(project, entity_id, lens=lens, deleted=True)
    ids = {ref for value in entity.fields.values() for ref in refs(value)}
    ids |= {entity.parent} if entity.parent else set()
    found = names.labels(project, ids, lens=lens) if ids else {}
    rows = relations.relations_of(project, entity_id, lens=lens)
    told = claims.rows(project, entity_id, entity.kind, lens=lens)
    return EntityPage(
        entity=entity,
        spec=_spec(project, entity.kind, lens),
        links={ref: Named(name=name, kind=kind) for ref, (name, kind) in found.items()},
        relations=tuple(rows),
        claims=tuple(told),
        said=_said(project, entity, lens),
        sources=_sources(project, entity, [*rows, *told]) if lens.is_gm else {},
        draft=project.scratch_get(draft_key(entity_id)) if lens == OPEN_EYES else "",
        standing=then.standing(project, entity_id, lens.as_of) if lens.as_of is not None else "",
    )


def _spec(project: Project, kind: str, lens: Lens) -> KindSpec:
    """The kind without the fields that the audience can't know of: their help may say too much."""
    spec = kinds.spec_of(project, kind)
    if lens.is_gm:
        return spec
    return spec.model_copy(update={"fields": tuple(field for field in spec.fields if not field.gm_only)})


def _said(project: Project, entity: Entity, lens: Lens) -> dict[str, Said]:
    """What is said about each field that isn't a plain fact, in words."""
    if not entity.stated:
        return {}
    teller = Teller(project, entity.stated.values(), lens=lens)
    return {path: teller.tell(statement) for path, statement in entity.stated.items()}


def _sources(project: Project, entity: Entity, rows: Sequence[RelationRow | ClaimRow]) -> dict[str, str]:
    marks = [m for many in entity.prov.values() for m in many] + [m for row in rows for m in row.prov]
    return {ref: source_title(project, ref) for ref in {m.ref_id for m in marks if m.ref_id}}


def source_title(project: Project, ref: str) -> str:
    """What the chat, note or entity is called that a value came from; empty where it is gone."""
    row = project.sql.execute(
        "SELECT t.name FROM message m JOIN thread t ON t.id = m.thread_id WHERE m.id = ?", (ref,)
    ).fetchone()
    if row is not None:
        return str(row[0])
    record = project.any_record(ref, deleted=True)
    return str(getattr(record, "name", "") or getattr(record, "title", ""))


def is_entity(project: Project, record_id: RecordId) -> bool:
    """Whether this id belongs to an entity, in the trash or not."""
    return project.sql.execute("SELECT 1 FROM entity WHERE id = ?", (record_id,)).fetchone() is not None


def entry_page(project: Project, entry_id: RecordId, *, lens: Lens = OPEN_EYES) -> tuple[Entry, str]:
    """A note and the draft of what was typed in it last."""
    note = seen.entry(project, entry_id, lens=lens, deleted=True)
    return note, project.scratch_get(draft_key(entry_id)) if lens == OPEN_EYES else ""


def draft_key(record_id: str) -> str:
    """The scratch key of what is typed on a page and not committed yet."""
    return f"world.draft.{record_id}"


VIEW_KEY = "world.view"
OPEN_KEY = "world.open"


def keep_view(project: Project, text: str) -> None:
    """Remember how the World Bible is looked at in this project: its grouping, and what is open."""
    project.scratch_set(VIEW_KEY, text)


def view(project: Project) -> str:
    """How the World Bible was looked at last."""
    return project.scratch_get(VIEW_KEY)


def keep_open(project: Project, record_id: RecordId) -> None:
    """Remember which record the Entry dock shows."""
    project.scratch_set(OPEN_KEY, record_id)


def kept_open(project: Project) -> RecordId | None:
    """The record that the Entry dock showed last, unless it is gone or in the trash."""
    kept = RecordId(project.scratch_get(OPEN_KEY))
    return kept if kept and (project.find(Entity, kept) or project.find(Entry, kept)) else None


def keep_draft(project: Project, record_id: str, text: str) -> None:
    """Keep half-typed text outside the log; an empty text forgets it."""
    project.scratch_set(draft_key(record_id), text)


class Kept(Frozen):
    """What became of what was typed: the record with all that was taken, and for each refused path its sentence."""

    record: Entity | Entry
    refused: dict[str, str] = Field(default_factory=dict)


def save_page(project: Project, entity_id: RecordId, changes: Mapping[str, Any]) -> Kept:
    """Commit what was typed on an entity's page, and forget its draft. What is refused doesn't hold up the rest."""
    kept = _kept(entities.update_entity, project, entity_id, changes)
    project.scratch_set(draft_key(entity_id), "")
    return kept


def save_note(project: Project, entry_id: RecordId, changes: Mapping[str, Any]) -> Kept:
    """Commit what was typed on a note's page, and forget its draft. What is refused doesn't hold up the rest."""
    kept = _kept(entries.update_entry, project, entry_id, changes)
    project.scratch_set(draft_key(entry_id), "")
    return kept


def _kept(update: Callable[..., Any], project: Project, record_id: RecordId, changes: Mapping[str, Any]) -> Kept:
    """All changes in one commit, or where one of them is refused, each by itself."""
    try:
        return Kept(record=update(project, record_id, changes))
    except NotFound:
        raise
    except StudioError as error:
        refused = {path: str(error) for path in changes} if len(changes) == 1 else {}
    for path, value in changes.items() if not refused else ():
        refused |= _kept(update, project, record_id, {path: value}).refused
    record = project.any_record(record_id)
    assert isinstance(record, Entity | Entry)
    return Kept(record=record, refused=refused)


def recover_drafts(project: Project) -> list[str]:
    """Commit what was typed and never committed, after a crash; gives the names of what it was typed in.

    What would be refused is left out: nothing may keep a project from being opened.
    """
    found = []
    for key, text in project.scratch_all(draft_key("")).items():
        record = project.any_record(key.removeprefix(draft_key("")))
        if isinstance(record, Entity):
            recover = partial(entities.update_entity, message=f"Recover typing in “{record.name}”")
            _kept(recover, project, record.id, json.loads(text))
            found.append(record.name)
        elif isinstance(record, Entry):
            _kept(entries.update_entry, project, record.id, json.loads(text))
            found.append(record.title)
        project.scratch_set(key, "")
    return found


def create_linked(project: Project, holder_id: RecordId, path: str, *, kind: str, name: str) -> Entity:
    """Make an entity and link to it from a field of another, in one commit. A list of links gets it at its end."""
    holder = project.get(Entity, holder_id)
    spec = kinds.field_of(project, holder.kind, path.removeprefix("fields."))
    with project.commit("entity.create", f"New {kinds.spec_of(project, kind).noun} “{name}”"):
        made = entities.create_entity(project, kind=kind, name=name)
        link = Link(text=made.name, ref=made.id)
        old = project.get(Entity, holder_id).fields.get(spec.name)
        kept = (
            [one for one in old if not (isinstance(one, Link) and one.ref == made.id)] if isinstance(old, list) else []
        )
        entities.update_entity(project, holder_id, {path: [*kept, link] if spec.type == "links" else link})
    return made


def create_related(project: Project, holder_id: RecordId, type_: str, *, kind: str, name: str) -> Entity:
    """Make an entity and relate another to it, in one commit."""
    with project.commit("entity.create", f"New {kinds.spec_of(project, kind).noun} “{name}”"):
        made = entities.create_entity(project, kind=kind, name=name)
        relations.add_relation(project, holder_id, type_, made.id)
    return made


def all_tags(project: Project) -> list[str]:
    """Every tag in use, for suggestions."""
    return [row[0] for row in project.sql.execute("SELECT DISTINCT tag FROM tag ORDER BY tag")]


def markdown(project: Project, record_id: RecordId, *, lens: Lens = OPEN_EYES) -> tuple[str, str]:
    """(file name, text) of an entity or note as Markdown with a small front matter, for dragging out and export."""
    if not is_entity(project, record_id):
        note = seen.entry(project, record_id, lens=lens, deleted=True)
        return _file_name(note.title), f"---\nkind: {note.mode}\n---\n\n# {note.title}\n\n{note.body}\n"
    page = entity_page(project, record_id, lens=lens)
    entity = page.entity
    lines = ["---", f"kind: {entity.kind}", f"status: {entity.status.value}"]
    lines += [f"aliases: [{', '.join(a.name for a in entity.aliases)}]"] if entity.aliases else []
    lines += [f"tags: [{', '.join(entity.tags)}]"] if entity.tags else []
    lines += ["---", "", f"# {entity.name}", ""]
    lines += [entity.summary, ""] if entity.summary else []
    spec = kinds.spec_of(project, entity.kind)
    said = [(spec.field_or_plain(name).label, plain(value)) for name, value in entity.fields.items()]
    fields = [f"- **{label}**: {words.replace(chr(10), '; ')}" for label, words in said]
    lines += [*fields, ""] if fields else []
    lines += [f"- {row.label} [[{row.other_name}]]" for row in page.relations] + ([""] if page.relations else [])
    lines += [entity.body, ""] if entity.body else []
    return _file_name(entity.name), "\n".join(lines)


def markdown_files(project: Project, ids: Sequence[RecordId], *, lens: Lens = OPEN_EYES) -> list[tuple[str, str]]:
    """`markdown` of many."""
    return [markdown(project, record_id, lens=lens) for record_id in ids]


def _file_name(title: str) -> str:
    return ("".join(c if c.isalnum() or c in " -_'" else "_" for c in title).strip() or "entry") + ".md"
