"""The content hash of a recipe version: over everything that shapes the prompt, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.commit import content_hash

if TYPE_CHECKING:
    from studio.domain.recipe import RecipeVersion

CONTENT_FIELDS = ("blocks", "slots", "style_profile", "negative_policy", "output", "params", "adapters", "tests")


def version_hash(version: RecipeVersion) -> str:
    """SHA-256 over the fields that shape the prompt; number, message and stamps don't count."""
    return content_hash(version.model_dump(mode="json", include=set(CONTENT_FIELDS)))


def hashed(version: RecipeVersion) -> RecipeVersion:
    """The version with its hash filled in."""
    return version.model_copy(update={"content_hash": version_hash(version)})
