"""An answer from elsewhere, start to end: kept as a message, extracted, and applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.candidate import Artifact, Changeset, Decision, Extraction, RelationCandidate
from studio.domain.chat import Message, Part, Thread
from studio.domain.errors import Invalid
from studio.services.review.apply import apply
from studio.services.review.artifacts import store_artifact
from studio.services.world.names import known_entities

if TYPE_CHECKING:
    from studio.storage.project import Project


def extract_text(project: Project, message: Message) -> Extraction:
    """What the offline extractor finds in a message, matched with the entities of the project."""
    from studio.services.extraction import OfflineExtractor

    return OfflineExtractor().extract(message.text, known=known_entities(project))


def add_pasted(project: Project, text: str, *, title: str) -> Message:
    """Keep a text as an assistant's answer in a thread of its own."""
    if not text.strip():
        raise Invalid("There is no text in it. Give a file or a paste with an answer in it.")
    with project.commit("chat.paste", f"Paste “{title}”", step="note") as commit:
        thread = commit.put(Thread(title=title, folder="Pasted"))
        message = commit.put(Message(thread_id=thread.id, role="assistant", parts=(Part(text=text),), origin="paste"))
        commit.put(thread.model_copy(update={"leaf_id": message.id}))
    return message


def paste_and_apply(
    project: Project, text: str, *, title: str, min_confidence: float = 0.0
) -> tuple[Artifact, Changeset]:
    """Extract a pasted answer offline and save all that is at least this sure. Raises Invalid when nothing is."""
    message = add_pasted(project, text, title=title)
    artifact = store_artifact(project, message, extract_text(project, message))
    return artifact, apply(project, artifact.id, decisions=_at_least(artifact, min_confidence))


def _at_least(artifact: Artifact, floor: float) -> dict[str, Decision]:
    """Decisions that drop candidates and fields below a confidence."""
    decisions = {}
    for candidate in artifact.candidates:
        if candidate.confidence < floor:
            decisions[candidate.key] = Decision(accepted=False)
        elif not isinstance(candidate, RelationCandidate):
            sure = {n: tuple(f.value for f in fs if f.confidence >= floor) for n, fs in candidate.fields.items()}
            whole = all(len(sure[n]) == len(fs) for n, fs in candidate.fields.items())
            if not whole:
                decisions[candidate.key] = Decision(fields={n: vs for n, vs in sure.items() if vs})
    return decisions
