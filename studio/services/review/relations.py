"""Writing reviewed relation candidates: one row per fact, link fields in step with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.candidate import FieldCandidate, RelationCandidate
from studio.domain.world import Relation
from studio.services.world import mirrors, relations, tenures

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
    """One row per fact: one that is there and still holds is kept, from either side where it is symmetric.

    Beside one that is over, or that is only a rumour or a lie, it is a fact of its own.
    """
    if from_id == to_id:
        return None
    there = relations.alike(project, type_, from_id, to_id, "fact")
    if same := next(
        (one for one in there if tenures.same(tenures.span_of(one), (None, None), project.calendars)), None
    ):
        return same
    relation = commit.put(Relation(from_id=from_id, type=type_, to_id=to_id, prov={"type": (prov,)}))
    mirrors.follow_relation(project, commit, after=relation)
    return relation
