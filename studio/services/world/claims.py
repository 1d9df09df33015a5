"""Verbs on claims: dated, sourced statements about an entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.errors import Invalid
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.world import Certainty, Claim, DateValue, Entity
from studio.services.world import marks, seen
from studio.storage.search import claim_clause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.ids import RecordId
    from studio.domain.record import Provenance
    from studio.storage.project import Project

_EDITABLE = {
    "predicate", "value", "object_id", "valid_from", "valid_to", "certainty", "speaker", "known_by", "source_id",
    "visibility", "status", "tags",
}  # fmt: skip


def add_claim(
    project: Project,
    subject_id: RecordId,
    predicate: str,
    value: str | int | float | bool | None = None,
    *,
    object_id: RecordId | None = None,
    certainty: Certainty = "fact",
    valid_from: DateValue | None = None,
    valid_to: DateValue | None = None,
    speaker: RecordId | None = None,
    known_by: tuple[RecordId, ...] = (),
    source_id: RecordId | None = None,
    visibility: str = "gm",
    prov: tuple[Provenance, ...] = (),
) -> Claim:
    """State something about an entity: a value, or another entity as object."""
    subject = project.get(Entity, subject_id)
    if not predicate.strip() or (value is None and object_id is None):
        raise Invalid("A claim needs what it is about and what it says.")
    why = prov or marks.by_hand((), project.clock())
    with project.commit("claim.add", f"Note {predicate.replace('_', ' ')} of “{subject.name}”") as commit:
        return commit.put(
            Claim(
                subject_id=subject_id, predicate=predicate.strip(), value=value, object_id=object_id,
                certainty=certainty, valid_from=valid_from, valid_to=valid_to, speaker=speaker, known_by=known_by,
                source_id=source_id, visibility=visibility, prov={"value": why},
            )
        )  # fmt: skip


def update_claim(project: Project, claim_id: RecordId, changes: Mapping[str, Any]) -> Claim:
    """Change parts of a claim."""
    old = project.get(Claim, claim_id)
    if unknown := set(changes) - _EDITABLE:
        raise Invalid(f"A claim has no “{min(unknown)}”.")
    new = Claim.model_validate(old.model_dump() | dict(changes))
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
