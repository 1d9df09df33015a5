"""What a review shows: the artifact, the message that it came from, and what the project already has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.blueprint import Blueprint
from studio.domain.candidate import Artifact, BlueprintCandidate, EntityCandidate
from studio.domain.chat import Message, Thread
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.domain.world import Entity
from studio.services.review.artifacts import with_fresh_match
from studio.services.review.blueprints import Aim, aim

if TYPE_CHECKING:
    from studio.storage.project import Project


class Sheet(Frozen):
    """Everything that a review needs, read in one go. `matches` are the entities that candidates may be the same as.

    `blueprint` is the one that the answer may go on with; `goes_on` says whether its title fits.
    """

    artifact: Artifact
    message: Message
    matches: dict[RecordId, Entity]
    blueprint: Blueprint | None
    goes_on: bool = True


def sheet(project: Project, artifact_id: RecordId) -> Sheet:
    """The sheet of one artifact."""
    stored = project.get(Artifact, artifact_id)
    artifact = stored.model_copy(update={"candidates": tuple(with_fresh_match(project, c) for c in stored.candidates)})
    message = project.get(Message, artifact.source_message)
    ids = {c.match.id for c in artifact.candidates if isinstance(c, EntityCandidate) and c.match is not None}
    found = (project.find(Entity, i) for i in ids)
    thread = project.find(Thread, message.thread_id)
    plan = next((c for c in artifact.candidates if isinstance(c, BlueprintCandidate)), None)
    meant = aim(project, artifact, plan, thread) if plan is not None else Aim(None, merge=True)
    return Sheet(
        artifact=artifact,
        message=message,
        matches={e.id: e for e in found if e is not None},
        blueprint=meant.blueprint,
        goes_on=meant.merge,
    )
