"""A pack on its way: everything that could go in, waiting to be counted and sealed."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from studio.domain.context import Purpose, Trimmed
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.services.context.pieces import Piece, Wording, fixed
from studio.services.context.prompt import CITE, Prompt, seal
from studio.services.context.tokens import ESTIMATE, Counts, roughly, tokenizer_of

UNKNOWN_WINDOW = 16_000
"""Tokens that are assumed of a model whose window nobody knows."""
ANSWER_SHARE = 0.25
"""The part of the window that is kept free for the answer, at most `ANSWER_MOST` tokens."""
ANSWER_MOST = 8_000


def budget_of(window: int) -> int:
    """Tokens that a pack may fill of a model's window; 0 stands for an unknown one."""
    size = window or UNKNOWN_WINDOW
    return size - min(int(size * ANSWER_SHARE), ANSWER_MOST)


class Choices(Frozen):
    """What a person decided about the next pack: records that go in, and records that don't."""

    pinned: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()


NO_CHOICES = Choices()


class Draft(Frozen):
    """Pieces in the order of reading within their groups. `older` messages were not even looked at."""

    pieces: tuple[Piece, ...]
    trimmed: tuple[Trimmed, ...] = ()
    query: str = ""
    model: str = ""
    budget: int = 0
    lens: Lens = OPEN_EYES
    purpose: Purpose = "chat"
    params: dict[str, Any] = Field(default_factory=dict)
    older: int = 0

    @property
    def tokenizer(self) -> str:
        """Whose tokens the budget is in."""
        return tokenizer_of(self.model) if self.model else ESTIMATE

    def wordings(self) -> list[Wording]:
        """Every text that has to be counted."""
        return [w for piece in self._all() for w in piece.wordings]

    def sealed(self, counts: Counts | None = None) -> Prompt:
        """The prompt; roughly counted where nobody counted."""
        return seal(
            self._all(), counts or roughly(self.wordings()), query=self.query, model=self.model, budget=self.budget,
            lens=self.lens, purpose=self.purpose, params=self.params, older=self.older,
            trimmed=self.trimmed,
        )  # fmt: skip

    def _all(self) -> tuple[Piece, ...]:
        """With the instruction to cite, where there is something to cite."""
        if not any(piece.cite for piece in self.pieces):
            return self.pieces
        return (*self.pieces, fixed("system", "citing", CITE, name="How to cite", reason="notes are numbered"))
