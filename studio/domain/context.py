"""Context packs: what exactly a model is given to read, piece by piece, and what was left out and why."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field

from studio.domain.commit import canonical_json, content_hash
from studio.domain.record import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable

Group = Literal["system", "style", "primer", "conversation", "retrieved", "turn"]
Role = Literal["system", "user", "assistant"]
Purpose = Literal["chat", "extraction", "title", "review", "other"]
GROUPS: dict[Group, str] = {
    "system": "Instructions",
    "style": "Style",
    "primer": "World primer",
    "conversation": "Conversation so far",
    "retrieved": "From your world",
    "turn": "This message",
}
"""In the order in which a model reads them: what stays the same comes first, so that providers can cache it."""


PAGE = 16
"""So many items of a conversation make up a page, on average."""


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

    def pages(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The conversation's items in pages, each with its hash.

        A long conversation is nearly the same in every pack of it. A page ends where an item's own hash says so, not
        at a number, so that packs share pages also after their beginning was cut.
        """
        pages: list[list[PackItem]] = [[]]
        for item in self.items:
            if item.group == "conversation":
                pages[-1].append(item)
                if zlib.crc32(f"{item.ref} {item.text_hash}".encode()) % PAGE == 0:
                    pages.append([])
        dumped = ([i.model_dump(mode="json", exclude_defaults=True) for i in page] for page in pages if page)
        return [(content_hash(page), page) for page in dumped]

    def content(self) -> dict[str, Any]:
        """What the hash stands for: everything but itself, the conversation's pages by their hashes."""
        data = self.model_dump(mode="json", exclude_defaults=True, exclude={"hash", "items"})
        rest = (i for i in self.items if i.group != "conversation")
        data["items"] = [i.model_dump(mode="json", exclude_defaults=True) for i in rest]
        return data | {"pages": [digest for digest, _ in self.pages()]}

    def canonical(self) -> str:
        """The text whose SHA-256 is the hash, and under which the pack is kept."""
        return canonical_json(self.content())

    @classmethod
    def read(cls, canonical: str, page: Callable[[str], str]) -> Self:
        """The pack of a canonical text; `page` gives the canonical text of a page by its hash."""
        data = json.loads(canonical)
        paged = [item for digest in data.pop("pages") for item in json.loads(page(digest))]
        order = list(GROUPS)
        data["items"] = sorted(data["items"] + paged, key=lambda item: order.index(item["group"]))
        return cls.model_validate(data).sealed()

    def sealed(self) -> Self:
        """The same with its hash."""
        return self.model_copy(update={"hash": content_hash(self.content())})

    @property
    def intact(self) -> bool:
        """Whether the hash is the hash of what is in it."""
        return self.hash == content_hash(self.content())
