"""Writing reviewed relation candidates: one row per fact, link fields in step with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.candidate import FieldCandidate, RelationCandidate
from studio.domain.vocabulary import relation_spec
from studio.domain.world import Relation
from studio.services.world import mirrors

if TYPE_CHECKING:
    from studio.domain.ids import RecordId
    from studio.domain.record import Provenance
    from studio.services.review.entities import Names
    from studio.services.review.values import Origin
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project


def write_relation(
    project: Project, commit: CommitWriter, candidate: RelationCandidate, origin: Origin, names: Names
) -> Relation | None:
    """The relation, or None where an end isn't known (it was unticked, or nothing has that name)."""
    from_id, to_id = names(candidate.from_name), names(candidate.to_name)
    if from_id is None or to_id is None:
        return None
    found = FieldCandidate(
        value=candidate.type,
        confidence=candidate.confidence,
        span=candidate.span,
        quote=candidate.quote,
        basis=candidate.basis,
    )
    return relate(project, commit, from_id, candidate.type, to_id, origin.provenance(found, edited=False))


def relate(
    project: Project, commit: CommitWriter, from_id: RecordId, type_: str, to_id: RecordId, prov: Provenance
) -> Relation | None:
    """One row per fact: an equal relation that is there already, from either side where it is symmetric, is kept."""
    if from_id == to_id:
        return None
    ends = [(from_id, to_id)] + ([(to_id, from_id)] if relation_spec(type_).symmetric else [])
    for start, end in ends:
        if same := mirrors.same_fact(project, start, type_, end):
            return same[0]
    relation = commit.put(Relation(from_id=from_id, type=type_, to_id=to_id, prov={"type": (prov,)}))
    mirrors.follow_relation(project, commit, after=relation)
    return relation
