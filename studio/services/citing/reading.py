"""The citations of stored answers, and where in a record today one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.errors import NotFound
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.world import Entity, Entry
from studio.services.citing.checking import Report, check
from studio.services.context import store
from studio.services.extraction.grounding import Aligner
from studio.services.world import seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.chat import Message
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
