"""The citations of stored answers, and where in a record today one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.chat import Message
from studio.domain.errors import NotFound
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.world import Entity, Entry
from studio.services.citing.checking import Report, check
from studio.services.citing.comparing import Verdict, compare
from studio.services.context import store
from studio.services.extraction.grounding import Aligner
from studio.services.review.artifacts import artifact_of, text_hash
from studio.services.world import seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.ids import RecordId
    from studio.services.citing.checking import Citation
    from studio.storage.project import Project


class Place(NamedTuple):
    """A span of the text at `path` of a record; None where the cited words stand in none of its texts now.

    `changed` says that the record has been edited since the model read it.
    """

    path: str
    span: tuple[int, int] | None
    changed: bool


def report(project: Project, message: Message) -> Report:
    """The citations of one answer; an empty report for a message that no model gave, or whose pack isn't kept."""
    if message.role != "assistant" or not message.pack_hash or "[" not in message.text:
        return Report()
    try:
        pack = store.pack(project, message.pack_hash)
        return check(message.text, pack, lambda digest: store.text(project, digest))
    except NotFound:
        return Report()


def reports(project: Project, messages: Iterable[Message]) -> dict[RecordId, Report]:
    """Of several; those that cite nothing are left out."""
    found = {message.id: report(project, message) for message in messages}
    return {message_id: one for message_id, one in found.items() if one.citations}


class Beside(NamedTuple):
    """An answer with its citations, where they stand, and its claims beside canon. Without an artifact no claims."""

    message_id: RecordId
    report: Report
    places: tuple[Place | None, ...]
    verdicts: tuple[Verdict, ...]


def beside(project: Project, message_id: str, *, lens: Lens = OPEN_EYES) -> Beside:
    """Everything that an answer rests on, as this lens shows it."""
    message = project.get(Message, message_id)
    told = report(project, message)
    artifact = artifact_of(project, message.id, text_digest=text_hash(message.text))
    places = tuple(locate(project, one, lens=lens) for one in told.citations)
    verdicts = compare(project, artifact, lens=lens) if artifact is not None else ()
    return Beside(message.id, told, places, verdicts)


def place_of(project: Project, message_id: str, n: int, *, lens: Lens = OPEN_EYES) -> tuple[Citation, Place] | None:
    """The first citation of note `n` in an answer, and its place; None where it leads nowhere."""
    for one in report(project, project.get(Message, message_id)).citations:
        if one.n == n and (place := locate(project, one, lens=lens)) is not None:
            return one, place
    return None


def locate(project: Project, citation: Citation, *, lens: Lens = OPEN_EYES) -> Place | None:
    """Where the cited passage stands now; None where the record is gone or not open to this audience."""
    record = seen.record(project, citation.ref, lens=lens) if citation.ref else None
    if record is None:
        return None
    changed = record.rev != citation.rev
    texts = _texts(record)
    if citation.passage is not None:
        for path, text in texts.items():
            if found := Aligner(text).find(citation.passage.text):
                return Place(path, (found.start, found.end), changed)
    return Place("", None, changed)


def _texts(record: object) -> dict[str, str]:
    if isinstance(record, Entity):
        return {"body": record.body, "summary": record.summary}
    return {"body": record.body} if isinstance(record, Entry) else {}
