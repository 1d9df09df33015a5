"""What could go into a pack, before anybody has counted or trimmed it."""

from __future__ import annotations

import hashlib
from typing import Literal, Self

from studio.domain.context import Group, Role
from studio.domain.record import Frozen

Weight = Literal["must", "asked", "lead", "ranked", "near"]
"""`must` goes in whatever it costs; `asked` first, since somebody named it; `lead` in a share of what is left then;
`ranked` and `near` as there is room for the world."""


class Wording(Frozen):
    """A text and its SHA-256."""

    text: str
    hash: str

    @classmethod
    def of(cls, text: str) -> Self:
        """With its hash."""
        return cls(text=text, hash=hashlib.sha256(text.encode()).hexdigest())


class Piece(Frozen):
    """One candidate. `wordings` go from the fullest to the shortest that makes sense; `cite` gives it a number."""

    group: Group
    role: Role = "user"
    weight: Weight = "ranked"
    ref: str = ""
    rev: int = 0
    kind: str
    name: str = ""
    path: str = ""
    span: tuple[int, int] | None = None
    status: str = ""
    reason: str = ""
    score: float = 0.0
    cite: bool = False
    wordings: tuple[Wording, ...]


def fixed(group: Group, kind: str, text: str, *, name: str = "", reason: str = "") -> Piece:
    """A text of the application's own, or of a setting, that always goes in."""
    return Piece(
        group=group, role="system", weight="must", kind=kind, name=name, reason=reason, wordings=(Wording.of(text),)
    )
