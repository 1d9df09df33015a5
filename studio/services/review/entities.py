"""Writing reviewed entity candidates: new entities, or additions to the ones that they match."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.domain.text import fold
from studio.domain.world import Alias, Entity, Link
from studio.services.review.values import Origin, Sourced, decided, typed
from studio.services.world import sound

if TYPE_CHECKING:
    from studio.domain.candidate import Decision, EntityCandidate
    from studio.domain.ids import RecordId
    from studio.domain.record import Provenance
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project

SUMMARY_LIMIT = 400


@dataclass
class Names:
    """Which entity a name means in this apply: what is being written first, then what the project has."""

    known: dict[str, RecordId] = field(default_factory=dict)
    rejected: set[str] = field(default_factory=set)

    def __call__(self, name: str) -> RecordId | None:
        """The id behind a name, or None; a rejected name means nothing, so that nothing is linked to it."""
        return None if fold(name) in self.rejected else self.known.get(fold(name))

    def learn(self, record_id: RecordId, *names: str) -> None:
        """These names mean this entity from now on."""
        for name in names:
            self.known[fold(name)] = record_id


def write_shell(
    project: Project, commit: CommitWriter, candidate: EntityCandidate, decision: Decision, origin: Origin
) -> Entity:
    """The entity with its names but not its fields, so that every candidate has an id before links are made."""
    existing = _existing(project, candidate, decision)
    name = sound.short((decision.name or candidate.name).strip(), "The name")
    spellings = dict.fromkeys(a for a in (name, candidate.name, *candidate.aliases))
    if existing is not None:
        have = {fold(n) for n in existing.names()}
        fresh = tuple(Alias(name=n) for n in spellings if fold(n) not in have)
        return commit.put(existing.model_copy(update={"aliases": existing.aliases + fresh})) if fresh else existing
    aliases = tuple(Alias(name=n) for n in candidate.aliases if fold(n) != fold(name))
    prov = (
        origin.provenance(None, edited=False) if candidate.span is None else _name_provenance(candidate, name, origin)
    )
    kind = sound.kind(project, decision.kind) if decision.kind else candidate.kind
    return commit.put(Entity(kind=kind, name=name, aliases=aliases, prov={"name": (prov,)}))


def _name_provenance(candidate: EntityCandidate, name: str, origin: Origin) -> Provenance:
    from studio.domain.candidate import FieldCandidate

    found = FieldCandidate(
        value=candidate.name, confidence=candidate.confidence, span=candidate.span, quote=candidate.quote
    )
    return origin.provenance(found, edited=name != candidate.name)


def _existing(project: Project, candidate: EntityCandidate, decision: Decision) -> Entity | None:
    if decision.create_new:
        return None
    match_id = decision.match_id or (candidate.match.id if candidate.match and candidate.op != "create" else None)
    return project.find(Entity, match_id) if match_id else None


def write_fields(
    commit: CommitWriter, entity: Entity, candidate: EntityCandidate, decision: Decision, origin: Origin, names: Names
) -> Entity:
    """Fill the entity's fields from the review. What is there and differs stays, unless the decision says overwrite."""
    fields, prov = dict(entity.fields), dict(entity.prov)
    summary = entity.summary
    for name, values in decided(candidate.fields, decision, origin).items():
        if not values:
            continue
        if name == "summary":
            summary = summary or values[0].value[:SUMMARY_LIMIT]
            prov.setdefault("summary", tuple(v.prov for v in values))
            continue
        merged, used = _merge(entity, name, values, names, overwrite=name in decision.overwrite)
        if used:
            fields[name] = merged
            kept = () if name in decision.overwrite else prov.get(f"fields.{name}", ())
            prov[f"fields.{name}"] = kept + tuple(v.prov for v in used)
    return commit.put(entity.model_copy(update={"fields": fields, "prov": prov, "summary": summary}))


def _merge(
    entity: Entity, name: str, values: list[Sourced], names: Names, *, overwrite: bool
) -> tuple[Any, list[Sourced]]:
    """(the field's new value, the values that are really new in it)."""
    spec = entity.spec(name)
    current = entity.fields.get(name)
    if overwrite or current in (None, "", []):
        return typed(spec, values, names), values
    if not isinstance(current, list):
        return current, []
    have = {fold(_text(item)) for item in current}
    fresh = [v for v in values if fold(v.value) not in have]
    return [*current, *(typed(spec, fresh, names) if fresh else [])], fresh


def _text(item: Link | str) -> str:
    return item.text if isinstance(item, Link) else str(item)
