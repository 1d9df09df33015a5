"""Prompt Forge: recipes, their immutable versions, blocks and typed slots."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from studio.domain.ids import RecordId
from studio.domain.record import Frozen, Record

SlotType = Literal["text", "long", "number", "bool", "choice", "date", "colour", "entity", "claim", "asset", "pack"]


class Block(Frozen):
    """A piece of a prompt. `when` is the name of a slot that must be filled; `include` names `recipe-slug@label`."""

    role: Literal["system", "user", "assistant"] = "user"
    text: str = ""
    when: str = ""
    include: str = ""


class Slot(Frozen):
    """A typed blank of a recipe. `kind` narrows an entity slot; `choices` belong to a choice slot."""

    name: str
    type: SlotType = "text"
    kind: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    default: str = ""
    help: str = ""


class StyleProfile(Frozen):
    """How the result should look or sound; referenced and rendered late, never expanded and saved back."""

    style: str = ""
    lighting: str = ""
    mood: str = ""
    framing: str = ""
    palette: str = ""
    detail: int | None = Field(default=None, ge=0, le=10)
    references: tuple[str, ...] = ()


class NegativePolicy(Frozen):
    """What must not appear: always, and by provider."""

    always: tuple[str, ...] = ()
    per_provider: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Recipe(Record):
    """The head of a recipe; `labels` point to version numbers, `latest` is the newest."""

    kind: str = "recipe"
    slug: str
    title: str
    folder: str = ""
    use_case: str = "custom"
    medium: str = ""
    labels: dict[str, int] = Field(default_factory=dict)
    latest: int = 0
    links: tuple[RecordId, ...] = ()

    @property
    def name(self) -> str:
        """What lists and links call it."""
        return self.title


class RecipeVersion(Record):
    """One immutable version; `content_hash` is over everything that shapes the rendered prompt."""

    kind: str = "recipe_version"
    recipe_id: RecordId
    n: int
    parent: int | None = None
    message: str = ""
    content_hash: str = ""
    blocks: tuple[Block, ...] = ()
    slots: tuple[Slot, ...] = ()
    style_profile: StyleProfile = StyleProfile()
    negative_policy: NegativePolicy = NegativePolicy()
    output: str = ""
    params: dict[str, Any] = Field(default_factory=dict)
    adapters: dict[str, dict[str, Any]] = Field(default_factory=dict)
    tests: tuple[dict[str, Any], ...] = ()
