"""Requests to models, made as the application makes them: from a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.domain.model_call import CallOrigin, ModelRequest
from studio.services.context.draft import Draft
from studio.services.context.pieces import Piece, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence


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
