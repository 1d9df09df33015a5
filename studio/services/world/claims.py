"""Verbs on claims: dated, sourced statements about an entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen, Provenance
from studio.domain.text import line, readable
from studio.domain.world import PLAIN_FACT, Certainty, Claim, DateValue, Entity, Link, Statement
from studio.services.world import entities, kinds, marks, names, said, seen, sound
from studio.services.world.said import Said, Teller
from studio.services.world.values import plain
from studio.storage.search import claim_clause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.storage.project import Project

_EDITABLE = {
    "predicate", "value", "object_id", "valid_from", "valid_to", "certainty", "speaker", "known_by", "source_id",
    "visibility", "status", "tags",
}  # fmt: skip


_NEEDS = "A claim needs what it is about and what it says."


class ClaimRow(Frozen):
    """A claim as a page shows it: what it says in words, and who stands behind that."""

    id: RecordId
    predicate: str
    label: str
    text: str = ""
    object_id: RecordId | None = None
    object_kind: str = ""
    said: Said = Said()
    source_id: RecordId | None = None
    source: str = ""
    prov: tuple[Provenance, ...] = ()


def add_claim(
    project: Project,
    subject_id: RecordId,
    predicate: str,
    value: str | int | float | bool | None = None,
    *,
    object_id: RecordId | None = None,
    certainty: Certainty = "fact",
    valid_from: DateValue | str | None = None,
    valid_to: DateValue | str | None = None,
    speaker: RecordId | None = None,
    known_by: tuple[RecordId, ...] = (),
    source_id: RecordId | None = None,
    visibility: str = "gm",
    prov: tuple[Provenance, ...] = (),
) -> Claim:
    """State something about an entity: a value, or another entity as object."""
    subject = project.get(Entity, subject_id)
    about_what = sound.line(predicate, "What the claim is about", missing=_NEEDS)
    value = _says(value)
    if value is None and object_id is None:
        raise Invalid(_NEEDS)
    sound.there(project, object_id, "What the claim names")
    why = prov or marks.by_hand((), project.clock())
    about = said.shaped(
        project,
        {"valid_from": valid_from, "valid_to": valid_to, "certainty": certainty, "visibility": visibility,
         "speaker": speaker, "known_by": known_by},
    )  # fmt: skip
    with project.commit("claim.add", f"Note {about_what.replace('_', ' ')} of “{subject.name}”") as commit:
        return commit.put(
            Claim(
                subject_id=subject_id, predicate=about_what, value=value, object_id=object_id, source_id=source_id,
                prov={"value": why}, **about,
            )
        )  # fmt: skip


def _says(value: Any) -> Any:
    """What a claim says; words of which nothing can be seen say nothing."""
    return value if not isinstance(value, str) else readable(value).strip() if line(value) else None


def update_claim(project: Project, claim_id: RecordId, changes: Mapping[str, Any]) -> Claim:
    """Change parts of a claim."""
    old = project.get(Claim, claim_id)
    if unknown := set(changes) - _EDITABLE:
        raise Invalid(f"A claim has no “{min(unknown)}”.")
    wanted = said.shaped(project, changes, old)
    if "predicate" in wanted:
        wanted["predicate"] = sound.line(wanted["predicate"], "What the claim is about", missing=_NEEDS)
    if "value" in wanted:
        wanted["value"] = _says(wanted["value"])
    sound.there(project, wanted.get("object_id"), "What the claim names")
    new = Claim.model_validate(old.model_dump() | wanted)
    if new.value is None and new.object_id is None:
        raise Invalid("A claim says something. Type a value, or remove the claim.")
    if new == old:
        return old
    prov = marks.marked(old.prov, ["value"], now=project.clock())
    with project.commit("claim.update", f"Edit a claim about “{project.get(Entity, old.subject_id).name}”") as commit:
        return commit.put(new.model_copy(update={"prov": prov}))


def remove_claim(project: Project, claim_id: RecordId) -> None:
    """Take a claim back."""
    claim = project.get(Claim, claim_id)
    with project.commit("claim.remove", f"Remove a claim about {claim.predicate.replace('_', ' ')}") as commit:
        commit.delete(claim)


def claims_of(project: Project, entity_id: RecordId, *, lens: Lens = OPEN_EYES) -> list[Claim]:
    """The claims whose subject is this entity and that the lens shows, oldest first."""
    found = project.all(Claim, f"subject_id = ? AND {claim_clause(lens, 'claim')}", (entity_id,))
    return found if lens.is_gm else [seen.shown_claim(project, claim, lens=lens) for claim in found]


# ---- the claims under fields -----------------------------------------------------------------------------------------


def state(project: Project, entity_id: RecordId, path: str, changes: Mapping[str, Any]) -> Entity:
    """Say more about a field's value (`fields.title`): certainty, speaker, who knows it, dates, for whom it is.

    Dates may come in words. A plain fact without dates leaves nothing behind.
    """
    entity = project.get(Entity, entity_id)
    if unknown := set(changes) - said.KEYS:
        raise Invalid(f"Nothing called “{min(unknown)}” can be said about a value.")
    group, _, name = path.partition(".")
    if group not in ("fields", "custom") or name not in getattr(entity, group):
        raise Invalid("There is no value yet to say this about. Fill the field first.")
    old = entity.statement(path)
    new = Statement.model_validate(old.model_dump() | said.shaped(project, changes, old))
    if new == old:
        return entity
    stated = {k: v for k, v in entity.stated.items() if k != path} | ({} if new == PLAIN_FACT else {path: new})
    with project.commit("claim.state", f"Say more about {name.replace('_', ' ')} of “{entity.name}”") as commit:
        return commit.put(entity.model_copy(update={"stated": stated}))


def promote(project: Project, claim_id: RecordId) -> Entity:
    """Make what a claim says the value of its field; what the field said becomes a claim, with all said about it."""
    claim = project.get(Claim, claim_id)
    entity = project.get(Entity, claim.subject_id)
    name, path = claim.predicate, f"fields.{claim.predicate}"
    value: Any = claim.value
    if claim.object_id is not None:
        value = Link(text=project.get(Entity, claim.object_id).name, ref=claim.object_id)
    spec = kinds.field_of(project, entity.kind, name)
    label = spec.label.lower()
    old = entity.fields.get(name)
    if spec.type in ("list", "links"):
        return _grow(project, entity, claim, [*(old if isinstance(old, list) else []), value])
    with project.commit("claim.promote", f"Take another {label} for “{entity.name}”") as commit:
        if old is not None:
            commit.put(as_claim(entity, name, old))
        commit.delete(claim)
        changed = entities.update_entity(project, entity.id, {path: value}, prov={path: claim.prov.get("value", ())})
        statement = said.statement_of(claim)
        if statement.visibility == entity.visibility:
            statement = statement.model_copy(update={"visibility": ""})
        stated = {k: v for k, v in changed.stated.items() if k != path}
        commit.put(
            changed.model_copy(update={"stated": stated | ({} if statement == PLAIN_FACT else {path: statement})})
        )
    return project.get(Entity, entity.id)


def _grow(project: Project, entity: Entity, claim: Claim, values: list[Any]) -> Entity:
    """A field of many takes a claim's value beside those that it has."""
    with project.commit(
        "claim.promote", f"Take one more {claim.predicate.replace('_', ' ')} for “{entity.name}”"
    ) as commit:
        commit.delete(claim)
        return entities.update_entity(project, entity.id, {f"fields.{claim.predicate}": values})


def as_claim(entity: Entity, name: str, value: Any) -> Claim:
    """The claim that says what a field says."""
    path = f"fields.{name}"
    statement = entity.statement(path)
    says: dict[str, Any] = {"value": value if isinstance(value, str | int | float | bool) else plain(value)}
    if isinstance(value, Link) and value.ref:
        says = {"object_id": value.ref}
    about: dict[str, Any] = statement.model_dump() | {"visibility": statement.visibility or entity.visibility}
    return Claim(subject_id=entity.id, predicate=name, prov={"value": entity.prov.get(path, ())}, **says, **about)


def rows(project: Project, entity_id: RecordId, kind: str, *, lens: Lens = OPEN_EYES) -> list[ClaimRow]:
    """The claims about an entity as its page shows them: by predicate, the earlier first."""
    found = claims_of(project, entity_id, lens=lens)
    teller = Teller(project, [said.statement_of(claim) for claim in found], lens=lens)
    objects = names.labels(project, {c.object_id for c in found if c.object_id}, lens=lens)
    spec = kinds.spec_of(project, kind)
    made = [
        ClaimRow(
            id=claim.id, predicate=claim.predicate, label=spec.field_or_plain(claim.predicate).label,
            text=objects.get(claim.object_id, ("", ""))[0] if claim.object_id else plain(claim.value),
            object_id=claim.object_id, object_kind=objects.get(claim.object_id, ("", ""))[1] if claim.object_id else "",
            said=teller.tell(said.statement_of(claim)), source_id=claim.source_id, prov=claim.prov.get("value", ()),
            source=_title(project, claim.source_id),
        )
        for claim in found
    ]  # fmt: skip
    return sorted(made, key=lambda row: (row.label.casefold(), teller.begins(row.said.statement)))


def _title(project: Project, record_id: RecordId | None) -> str:
    record = project.any_record(record_id) if record_id else None
    return str(getattr(record, "title", "") or getattr(record, "name", ""))
