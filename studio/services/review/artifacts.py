"""Artifacts: what an extractor found in one message, stored once and never changed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING

from studio.domain.candidate import (
    Artifact,
    Candidate,
    Changeset,
    EntityCandidate,
    Extraction,
    Match,
    RelationCandidate,
)
from studio.domain.text import fold
from studio.domain.world import Entity
from studio.services.context import store
from studio.storage import search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.chat import Message
    from studio.domain.ids import RecordId
    from studio.services.context.prompt import Prompt
    from studio.storage.project import Project


def text_hash(text: str) -> str:
    """What an artifact is valid for: SHA-256 of the message's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def confidence_summary(extraction: Extraction) -> dict[str, float]:
    """Mean confidence by target: what the button on the answer can say before anybody looks."""
    points: dict[str, list[float]] = defaultdict(list)
    for candidate in extraction.candidates:
        if isinstance(candidate, EntityCandidate | RelationCandidate):
            points[candidate.target].append(candidate.confidence)
        if not isinstance(candidate, RelationCandidate):
            points[candidate.target] += [f.confidence for values in candidate.fields.values() for f in values]
    return {target: round(fmean(values), 3) for target, values in points.items() if values}


def store_artifact(
    project: Project, message: Message, extraction: Extraction, prompts: Iterable[Prompt] = ()
) -> Artifact:
    """Keep what was found in a message, and what a model read for it.

    The same text with the same extractor gives the artifact that is there.
    """
    version = f"{extraction.extractor}@{extraction.version}"
    digest = text_hash(message.text)
    existing = artifact_of(project, message.id, text_digest=digest, version=version)
    if existing is not None and existing.model == extraction.model:
        return existing
    artifact = Artifact(
        source_message=message.id,
        text_hash=digest,
        extraction_version=version,
        model=extraction.model,
        confidence_summary=confidence_summary(extraction),
        candidates=extraction.candidates,
        warnings=extraction.warnings,
        pack_hash=extraction.pack_hash,
    )
    with project.commit("artifact.store", f"Found {len(extraction.candidates)} things in an answer", step="note") as c:
        store.keep(project, prompts)
        return c.put(artifact)


def artifact_of(
    project: Project, message_id: RecordId, *, text_digest: str | None = None, version: str | None = None
) -> Artifact | None:
    """The newest artifact of a message, if any; narrowed to a text and an extractor where they are given."""
    rows = project.sql.execute(
        "SELECT data FROM document WHERE kind = 'artifact' AND owner_id = ? AND deleted_at IS NULL ORDER BY id DESC",
        (message_id,),
    )
    for (data,) in rows:
        artifact = Artifact.model_validate(json.loads(data))
        if text_digest in (None, artifact.text_hash) and version in (None, artifact.extraction_version):
            return artifact
    return None


def with_fresh_match(project: Project, candidate: Candidate) -> Candidate:
    """An entity candidate as it stands today: what had no match when the answer was read may have its twin by now."""
    if not isinstance(candidate, EntityCandidate) or candidate.match is not None:
        return candidate
    for record_id in search.by_name(project.sql, candidate.name):
        twin = project.find(Entity, record_id)
        if twin is not None and twin.kind == candidate.kind:
            how = "name" if fold(twin.name) == fold(candidate.name) else "alias"
            match = Match(id=twin.id, name=twin.name, score=1.0, how=how)
            return candidate.model_copy(update={"op": "update", "match": match})
    return candidate


def made_before(project: Project, artifact: Artifact, key: str) -> RecordId | None:
    """The record that an earlier apply of this artifact made of a candidate, if it made one."""
    for changeset in reversed(project.all(Changeset, "owner_id = ?", (artifact.id,))):
        if key in changeset.made:
            return changeset.made[key]
    return None


def saved_messages(project: Project, thread_id: str) -> frozenset[str]:
    """The messages of a thread from which something was saved and not taken back."""
    rows = project.sql.execute(
        """SELECT DISTINCT message.id FROM document AS change
        JOIN document AS artifact ON artifact.id = change.owner_id
        JOIN message ON message.id = artifact.owner_id
        WHERE change.kind = 'changeset' AND change.deleted_at IS NULL AND message.thread_id = ?""",
        (thread_id,),
    )
    return frozenset(message_id for (message_id,) in rows)
