"""Reading answers for things to save, off the main thread, as soon as they end."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from studio.domain.chat import Message
from studio.domain.events import ArtifactReady
from studio.domain.model_call import CallOrigin
from studio.services.review.artifacts import artifact_of, store_artifact, text_hash
from studio.services.world.names import known_entities, untold_entities

if TYPE_CHECKING:
    from studio.domain.candidate import Artifact, Extraction, Known
    from studio.domain.ids import RecordId
    from studio.services.context.prompt import Prompt
    from studio.services.llm import Gateway
    from studio.services.workspace import Workspace
    from studio.storage.project import Project


def _inputs(project: Project, message_id: RecordId) -> tuple[Message, list[Known], Artifact | None]:
    message = project.get(Message, message_id)
    return message, known_entities(project), artifact_of(project, message_id, text_digest=text_hash(message.text))


def _extract(text: str, known: list[Known]) -> Extraction:
    from studio.services.extraction import OfflineExtractor

    return OfflineExtractor().extract(text, known=known)


async def extract_with_model(workspace: Workspace, gateway: Gateway, message_id: RecordId, *, model: str) -> Artifact:
    """A new artifact of a message from a model, checked against the text and the offline reading.

    A model that can't be reached or refuses is no error: the offline reading stands, with the sentence in `warnings`.
    """
    from studio.services.extraction.model import ModelExtractor

    message, known, _ = await workspace.run(_inputs, message_id)
    untold = await workspace.run(untold_entities)
    prompts: list[Prompt] = []
    origin = CallOrigin(
        purpose="extraction", project_id=message.workspace_id, thread_id=message.thread_id, message_id=message.id
    )
    extractor = ModelExtractor(gateway, model=model, on_prompt=prompts.append)
    extraction = await extractor.extract(message.text, known=known, untold=untold, origin=origin)
    return await workspace.run(store_artifact, message, extraction, prompts)


async def extract_message(workspace: Workspace, message_id: RecordId, *, again: bool = False) -> Artifact:
    """The artifact of a message: the stored one, or a new one from the offline extractor. Publishes ArtifactReady."""
    message, known, artifact = await workspace.run(_inputs, message_id)
    if artifact is None or again:
        extraction = await asyncio.to_thread(_extract, message.text, known)
        artifact = await workspace.run(store_artifact, message, extraction)
    counts = Counter(c.target for c in artifact.candidates)
    workspace.bus.publish(ArtifactReady(message_id=message_id, artifact_id=artifact.id, counts=dict(counts)))
    return artifact
