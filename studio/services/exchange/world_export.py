"""Exporting a project as world-json: what came from such a file goes back as it was written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.text import fold
from studio.domain.world import Calendar, Claim, Entity, Entry, Relation
from studio.domain.worldkit import EntityKind
from studio.services.exchange import world_shapes as shapes
from studio.services.exchange import writing
from studio.services.exchange.world_shapes import NS, VERSION, kept
from studio.services.world import seen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.domain.record import Record
    from studio.storage.project import Project

Json = dict[str, Any]
_ENTITY_DEFAULTS: Json = {
    "aliases": [], "status": "draft", "visibility": "gm", "summary": "", "body": "", "tags": [], "fields": {},
}  # fmt: skip


_CALENDAR_KEYS = frozenset(
    {"key", "name", "months", "weekdays", "leap_days", "eras", "year_zero", "moons", "seasons", "first_weekday"}
)
"""What players get of a calendar: the rest may hold anything."""


def write_world(project: Project, dest: Path, *, lens: Lens = OPEN_EYES) -> dict[str, int]:
    """Write the world as the lens shows it. Gives the number of records by section."""
    document = world_document(project, lens=lens)
    with writing.whole_file(dest) as partial:
        partial.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {name: len(items) for name, items in document.items() if isinstance(items, list)}


def world_document(project: Project, *, lens: Lens = OPEN_EYES) -> Json:
    """The project's world, as the lens shows it, as one JSON value. The same project always gives the same value."""
    writer = _Writer(project, lens)
    info = project.info()
    mine = kept(info) if lens.is_gm else {}
    kinds = [writer.kind(record) for record in project.all(EntityKind)] if lens.is_gm else []
    relations, claims = seen.everything(project, Relation, lens=lens), seen.everything(project, Claim, lens=lens)
    sections = {
        "calendars": [writer.calendar(c) for c in project.all(Calendar)],
        "entities": [writer.entity(e) for e in writer.entities],
        "relations": [item for r in relations if (item := writer.relation(r)) is not None],
        "claims": [item for c in claims if (item := writer.claim(c)) is not None],
        "entries": [writer.entry(e) for e in writer.entries],
    }
    left_out = mine.get("absent", [])
    document: Json = {"format": NS, "version": VERSION, "name": mine.get("world") or info.name, **mine.get("extra", {})}
    document |= {"kinds": kinds} if kinds else {}
    return document | {name: items for name, items in sections.items() if items or name not in left_out}


class _Writer:
    """Knows the key of every record and the names of every entity."""

    def __init__(self, project: Project, lens: Lens) -> None:
        self.lens = lens
        self.entities = seen.everything(project, Entity, lens=lens)
        self.entries = seen.everything(project, Entry, lens=lens)
        self.names: dict[str, tuple[str, ...]] = {e.id: e.names() for e in self.entities}
        self.open_to: dict[str, str] = {r.id: r.visibility for r in (*self.entities, *self.entries)}
        self.keys = _keys(
            [(e, e.name) for e in self.entities]
            + [(e, e.title) for e in self.entries]
        )  # fmt: skip

    def calendar(self, calendar: Calendar) -> Json:
        """A calendar as it came; one that was made here gets its name and a key."""
        definition = {"key": _slug(calendar.name), "name": calendar.name} | calendar.definition
        return definition if self.lens.is_gm else {k: v for k, v in definition.items() if k in _CALENDAR_KEYS}

    def kind(self, record: EntityKind) -> Json:
        """A kind of the project's own, or what it adds to one that ships."""
        came, as_stored = kept(record).get("written", {}).get("definition", (None, None))
        item: Json = {
            "name": record.name, "label": record.label, "plural": record.plural, "icon": record.icon,
            "definition": came if came is not None and as_stored == record.definition else record.definition,
        }  # fmt: skip
        return _finish(item, record, {"label": "", "plural": "", "icon": "", "definition": {"type": "object"}})

    def entity(self, entity: Entity) -> Json:
        item: Json = {
            "key": self.keys[entity.id], "kind": entity.kind, "name": entity.name,
            "aliases": [shapes.written_alias(a) for a in entity.aliases], "status": entity.status.value,
            "visibility": entity.visibility, "summary": entity.summary, "body": entity.body,
            "tags": list(entity.tags), "fields": self._fields(entity), "stated": self._stated(entity),
        }  # fmt: skip
        defaults = {
            "aliases": [],
            "status": "draft",
            "visibility": "gm",
            "summary": "",
            "body": "",
            "tags": [],
            "fields": {},
        }
        return _finish(item, entity, defaults)

    def _fields(self, entity: Entity) -> Json:
        written = kept(entity).get("written", {})
        out: Json = {}
        for name, value in entity.fields.items():
            plain, now = shapes.written_value(value, {}), shapes.written_value(value, self.names)
            as_written = name in written and written[name][1] == plain == now
            out[name] = written[name][0] if as_written else now
        return out | entity.custom

    def _stated(self, entity: Entity) -> Json | None:
        """What is stated about fields; with what came in a file and isn't in our terms."""
        written, foreign = kept(entity).get("written", {}), kept(entity).get("extra", {}).get("stated")
        out: Json = dict(foreign) if isinstance(foreign, dict) else {}
        for path, statement in entity.stated.items():
            came, as_we_say = written.get(f"stated.{path}", (None, None))
            now = shapes.written_statement(statement, self.keys)
            out[path] = came if came is not None and now == as_we_say else now
        return out or None

    def relation(self, relation: Relation) -> Json | None:
        if relation.from_id not in self.keys or relation.to_id not in self.keys:
            return None
        item: Json = {
            "from": self.keys[relation.from_id], "type": relation.type, "to": self.keys[relation.to_id],
            "valid_from": shapes.written_date(relation.valid_from), "valid_to": shapes.written_date(relation.valid_to),
            "certainty": relation.certainty, "visibility": relation.visibility,
            "speaker": self.keys.get(relation.speaker or ""), "attitude": relation.attitude,
            "rank": relation.rank or None, "role": relation.role or None,
        }  # fmt: skip
        return _finish(item, relation, {"certainty": "fact", "visibility": "gm"})

    def claim(self, claim: Claim) -> Json | None:
        if claim.subject_id not in self.keys or (claim.object_id and claim.object_id not in self.keys):
            return None
        parts = (claim.subject_id, claim.object_id, claim.source_id)
        item: Json = {
            "subject": self.keys[claim.subject_id], "predicate": claim.predicate, "value": claim.value,
            "object": self.keys.get(claim.object_id or ""), "valid_from": shapes.written_date(claim.valid_from),
            "valid_to": shapes.written_date(claim.valid_to), "certainty": claim.certainty,
            "speaker": self.keys.get(claim.speaker or ""), "source": self.keys.get(claim.source_id or ""),
            "visibility": None if claim.visibility == self._least_open(parts) else claim.visibility,
        }  # fmt: skip
        return _finish(item, claim, {"certainty": "fact"})

    def _least_open(self, ids: tuple[str | None, ...]) -> str:
        order = ("gm", "party", "public")
        seen = [self.open_to.get(i, "gm") for i in ids if i]
        return min(seen, key=lambda v: order.index(v) if v in order else 0)

    def entry(self, entry: Entry) -> Json:
        item: Json = {
            "key": self.keys[entry.id], "title": entry.title, "mode": entry.mode,
            "in_world_date": shapes.written_date(entry.in_world_date), "visibility": entry.visibility,
            "body": entry.body,
            "flashback": entry.flashback or None, "memorial": entry.memorial or None,
            "tags": list(entry.tags) or None, "status": None if entry.status == "draft" else entry.status.value,
        }  # fmt: skip
        return _finish(item, entry, {"mode": "note", "visibility": "gm", "body": ""})


def _finish(item: Json, record: Record, defaults: Json) -> Json:
    """Without what is empty, without defaults that the source left out, and with its unknown keys."""
    mine = kept(record)
    left_out = mine.get("absent", [])
    shown = {k: v for k, v in item.items() if v is not None and not (k in left_out and v == defaults.get(k))}
    return shown | {k: v for k, v in mine.get("extra", {}).items() if k not in shown}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_") or "unnamed"


def _keys(records: list[tuple[Any, str]]) -> dict[str, str]:
    """A key for each record: its own where it came with one, else from its name; all different."""
    keys: dict[str, str] = {}
    used: set[str] = set()

    def give(record: Any, wanted: Callable[[], str]) -> None:
        base = key = wanted()
        n = 2
        while key in used:
            key, n = f"{base}_{n}", n + 1
        used.add(key)
        keys[record.id] = key

    for record, _ in records:
        if NS in record.foreign_ids:
            give(record, lambda r=record: r.foreign_ids[NS])
    for record, name in records:
        if record.id not in keys:
            give(record, lambda n=name: _slug(n))
    return keys
