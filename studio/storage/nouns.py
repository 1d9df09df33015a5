"""Which record goes to which table, and the columns that are lifted out of it for queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.domain.blueprint import Blueprint
from studio.domain.candidate import Artifact, Changeset
from studio.domain.chat import AssistantMode, Message, Thread
from studio.domain.continuity import MutedRule, Ruling
from studio.domain.project import ProjectInfo
from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.text import fold
from studio.domain.world import Calendar, Claim, Entity, Entry, Relation
from studio.domain.worldkit import Clock, Clue, EntityKind, Media, Pin, SavedFilter
from studio.storage import tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from peewee import Model

    from studio.domain.record import Record


@dataclass(frozen=True)
class Noun:
    """How one kind of record is kept."""

    record: type[Record]
    table: type[Model]
    columns: Callable[[Any], dict[str, Any]]

    @property
    def table_name(self) -> str:
        """The name of the SQL table."""
        return self.table._meta.table_name  # pyright: ignore[reportAttributeAccessIssue]


def _document(owner: str | None = None) -> Callable[[Any], dict[str, Any]]:
    def columns(record: Any) -> dict[str, Any]:
        return {"name": getattr(record, "name", ""), "owner_id": getattr(record, owner) if owner else None}

    return columns


ENTITY = Noun(Entity, tables.EntityRow, lambda e: {"name": e.name, "fold": fold(e.name), "parent": e.parent})
NOUNS: dict[str, Noun] = {
    "relation": Noun(Relation, tables.RelationRow, lambda r: {"from_id": r.from_id, "type": r.type, "to_id": r.to_id}),
    "claim": Noun(
        Claim,
        tables.ClaimRow,
        lambda c: {"subject_id": c.subject_id, "predicate": c.predicate, "object_id": c.object_id},
    ),
    "entry": Noun(Entry, tables.EntryRow, lambda e: {"name": e.title, "mode": e.mode}),
    "thread": Noun(Thread, tables.ThreadRow, lambda t: {"name": t.title, "folder": t.folder}),
    "message": Noun(
        Message, tables.MessageRow, lambda m: {"thread_id": m.thread_id, "parent_id": m.parent_id, "role": m.role}
    ),
    "project": Noun(ProjectInfo, tables.DocumentRow, _document()),
    "blueprint": Noun(Blueprint, tables.DocumentRow, _document()),
    "recipe": Noun(Recipe, tables.DocumentRow, _document()),
    "recipe_version": Noun(RecipeVersion, tables.DocumentRow, _document("recipe_id")),
    "artifact": Noun(Artifact, tables.DocumentRow, _document("source_message")),
    "changeset": Noun(Changeset, tables.DocumentRow, _document("artifact_id")),
    "assistant_mode": Noun(AssistantMode, tables.DocumentRow, _document()),
    "calendar": Noun(Calendar, tables.DocumentRow, _document()),
    "entity_kind": Noun(EntityKind, tables.DocumentRow, _document()),
    "saved_filter": Noun(SavedFilter, tables.DocumentRow, _document()),
    "media": Noun(Media, tables.DocumentRow, _document()),
    "pin": Noun(Pin, tables.DocumentRow, _document("map_id")),
    "clock": Noun(Clock, tables.DocumentRow, _document("owner_id")),
    "ruling": Noun(Ruling, tables.DocumentRow, _document()),
    "muted_rule": Noun(MutedRule, tables.DocumentRow, _document("subject")),
    "clue": Noun(
        Clue, tables.DocumentRow, lambda c: {"name": c.text[:80], "owner_id": next(reversed(c.planned_in), None)}
    ),
}


def noun_of(kind: str) -> Noun:
    """The noun of a kind; whatever isn't one of ours is a kind of entity."""
    return NOUNS.get(kind, ENTITY)


def kind_of(cls: type[Record]) -> str | None:
    """The kind that a record class is kept under, or None for entities, whose kinds are many."""
    return next((kind for kind, noun in NOUNS.items() if noun.record is cls), None)


def to_data(record: Record) -> dict[str, Any]:
    """The record as stored JSON: defaults are left out, so a default may never change without a migration."""
    return {"kind": record.kind, **record.model_dump(mode="json", exclude_defaults=True)}


def from_data(data: dict[str, Any]) -> Record:
    """The record that stored JSON stands for."""
    return noun_of(data["kind"]).record.model_validate(data)
