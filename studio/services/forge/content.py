"""What a version holds, apart from its place in the history: the thing that is edited, drafted and rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from studio.domain.commit import content_hash
from studio.domain.recipe import Block, NegativePolicy, Slot, StyleProfile
from studio.domain.record import Frozen
from studio.services.forge.hashing import CONTENT_FIELDS

if TYPE_CHECKING:
    from studio.domain.recipe import RecipeVersion


class Content(Frozen):
    """Everything that shapes the rendered prompt."""

    blocks: tuple[Block, ...] = ()
    slots: tuple[Slot, ...] = ()
    style_profile: StyleProfile = StyleProfile()
    negative_policy: NegativePolicy = NegativePolicy()
    output: str = ""
    params: dict[str, Any] = Field(default_factory=dict)
    adapters: dict[str, dict[str, Any]] = Field(default_factory=dict)
    tests: tuple[dict[str, Any], ...] = ()

    def hash(self) -> str:
        """The same as the `content_hash` of a version with this content."""
        return content_hash(self.model_dump(mode="json"))


def content_of(version: RecipeVersion) -> Content:
    """The content of a version."""
    return Content(**{name: getattr(version, name) for name in CONTENT_FIELDS})


EMPTY = Content(blocks=(Block(role="user"),))
"""What a new recipe starts with."""
