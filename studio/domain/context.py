"""Context packs: what exactly a model is given to read, piece by piece, and what was left out and why."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field

from studio.domain.commit import canonical_json, content_hash
from studio.domain.model_call import Purpose
from studio.domain.record import Frozen

Group = Literal["system", "style", "primer", "conversation", "retrieved", "turn"]
Role = Literal["system", "user", "assistant"]
GROUPS: dict[Group, str] = {
    "system": "Instructions",
    "style": "Style",
    "primer": "World primer",
    "conversation": "Conversation so far",
    "retrieved": "From your world",
    "turn": "This message",
}
"""In the order in which a model reads them: what stays the same comes first, so that providers can cache it."""


class PackItem(Frozen):
    """One piece of text that a model reads, and where it comes from.

    `ref` and `rev` are the record and its revision, empty and 0 for a text of the application's own; `path` and `span`
    the place in it, empty for the whole. `text_hash` is the SHA-256 of the text as it was given, by which the text is
    kept. `n` is the number that an answer cites it by, 0 for what isn't cited. `status` is the record's.
    """

    group: Group
    role: Role = "user"
    ref: str = ""
    rev: int = 0
    kind: str = ""
    name: str = ""
    path: str = ""
    span: tuple[int, int] | None = None
    text_hash: str
    tokens: int
    reason: str = ""
    score: float = 0.0
    n: int = 0
    status: str = ""


class Trimmed(Frozen):
    """Something that fitted and wasn't given: too long for the budget, left out by hand, and so on. `why` says it."""

    ref: str
    kind: str = ""
    name: str = ""
    group: Group = "retrieved"
    tokens: int = 0
    why: str


class ContextPack(Frozen):
    """Everything that one call of a model consumes. Equal inputs give an equal `hash`; it holds no time and no new id.

    `audience` and `as_of` (an absolute day) are the lens through which the world was read. `budget` is in tokens of
    `tokenizer`; one that starts with `≈` only comes near the model's own. `prompt` is the hash of the messages that
    the items make; `params` how the model was asked.
    """

    v: int = 1
    hash: str = ""
    purpose: Purpose = "chat"
    query: str = ""
    audience: str = "gm"
    as_of: int | None = None
    model: str = ""
    tokenizer: str = ""
    budget: int = 0
    items: tuple[PackItem, ...] = ()
    trimmed: tuple[Trimmed, ...] = ()
    prompt: str = ""
    params: dict[str, Any] = Field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """Tokens of all items, as far as they were counted."""
        return sum(item.tokens for item in self.items)

    @property
    def cited(self) -> dict[int, PackItem]:
        """What an answer may cite, by number."""
        return {item.n: item for item in self.items if item.n}

    @property
    def exact(self) -> bool:
        """Whether tokens were counted by the model's own tokenizer."""
        return bool(self.tokenizer) and not self.tokenizer.startswith("≈")

    def content(self) -> dict[str, Any]:
        """What the hash stands for: everything but itself."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude={"hash"})

    def canonical(self) -> str:
        """The text whose SHA-256 is the hash, and under which the pack is kept."""
        return canonical_json(self.content())

    def sealed(self) -> Self:
        """The same with its hash."""
        return self.model_copy(update={"hash": content_hash(self.content())})

    @property
    def intact(self) -> bool:
        """Whether the hash is the hash of what is in it."""
        return self.hash == content_hash(self.content())
