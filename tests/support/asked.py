"""Requests to models, made as the application makes them: from a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.ids import new_id
from studio.domain.model_call import CallOrigin, ModelRequest
from studio.services.chat import messages, threads
from studio.services.chat.context import assemble
from studio.services.context import store
from studio.services.context.draft import Draft
from studio.services.context.pieces import Piece, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.chat import Message
    from studio.domain.ids import RecordId
    from studio.storage.project import Project


def request(
    model: str, said: Sequence[tuple[str, str]], *, temperature: float | None = None, max_tokens: int | None = None,
    **more: Any,
) -> ModelRequest:  # fmt: skip
    """A request that says (role, text), one after the other; what is `more` goes into the request."""
    pieces = tuple(
        Piece.model_validate(
            {"group": "system" if role == "system" else "turn", "role": role, "weight": "must", "kind": "said",
             "wordings": (Wording.of(text),)}
        )
        for role, text in said
    )  # fmt: skip
    params = {"temperature": temperature, "max_tokens": max_tokens}
    made = Draft(pieces=pieces, model=model, params={k: v for k, v in params.items() if v is not None}).sealed()
    return made.request(origin=more.pop("origin", CallOrigin())).model_copy(update=more)


def answered(project: Project, asked: str, said: str, *, entity_ids: Iterable[RecordId] = ()) -> Message:
    """An answer that is kept with the pack that a model would have read for it."""
    thread = threads.create_thread(project)
    turn = messages.send(project, thread.id, asked, entity_ids=entity_ids)
    prompt = assemble(project, thread.id, turn.id, model="test/model").sealed()
    store.keep(project, [prompt])
    return messages.finish_answer(
        project, new_id(), thread_id=thread.id, parent_id=turn.id, text=said, model="test/model",
        pack_hash=prompt.pack.hash,
    )  # fmt: skip
