"""Packs for reading a text with a model: standing instructions first, the text last, each repair a pack of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.context.draft import Draft
from studio.services.context.pieces import Piece, Wording, fixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.context import Role
    from studio.domain.ids import RecordId


def reading(
    instructions: str, text: str, *, model: str, ref: RecordId | str = "", params: Mapping[str, Any] | None = None
) -> Draft:
    """What a model reads that is to take a text apart. `text` says all of it, `ref` is the message that it is from."""
    pieces = (
        fixed("system", "instructions", instructions, name="How to read"),
        _turn("user", "reading", text, ref=ref, name="The text to read"),
    )
    return Draft(pieces=pieces, model=model, purpose="extraction", params=dict(params or {}))


def again(draft: Draft, answer: str, wish: str) -> Draft:
    """The same with the model's answer, and what it is to mend."""
    turns = (_turn("assistant", "answer", answer, name="Its answer"), _turn("user", "mend", wish, name="What to mend"))
    return draft.model_copy(update={"pieces": (*draft.pieces, *turns)})


def _turn(role: Role, kind: str, text: str, *, name: str, ref: str = "") -> Piece:
    wordings = (Wording.of(text),)
    return Piece(group="turn", role=role, weight="must", kind=kind, ref=ref, name=name, wordings=wordings)
