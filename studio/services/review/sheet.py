"""What a review shows: the artifact, the message that it came from, and what the project already has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.blueprint import Blueprint
from studio.domain.candidate import Artifact, EntityCandidate
from studio.domain.chat import Message, Thread
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.domain.world import Entity
from studio.services.review.artifacts import with_fresh_match

if TYPE_CHECKING:
    from studio.storage.project import Project


class Sheet(Frozen):
    """Everything that a review needs, read in one go. `matches` are the entities that candidates may be the same as."""

    artifact: Artifact
    message: Message
    matches: dict[RecordId, Entity]
    blueprint: Blueprint | None


def sheet(project: Project, artifact_id: RecordId) -> Sheet:
    """The sheet of one artifact."""
    stored = project.get(Artifact, artifact_id)
    artifact = stored.model_copy(update={"candidates": tuple(with_fresh_match(project, c) for c in stored.candidates)})
    message = project.get(Message, artifact.source_message)
    ids = {c.match.id for c in artifact.candidates if isinstance(c, EntityCandidate) and c.match is not None}
    found = (project.find(Entity, i) for i in ids)
    thread = project.find(Thread, message.thread_id)
    current = project.find(Blueprint, thread.blueprint_id) if thread and thread.blueprint_id else None
    return Sheet(
        artifact=artifact, message=message, matches={e.id: e for e in found if e is not None}, blueprint=current
    )
