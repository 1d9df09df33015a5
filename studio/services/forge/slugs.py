"""Slugs of recipes: what `{% include %}`-like references and labels name them by."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def slugify(title: str) -> str:
    """Lower-case ASCII words joined by hyphens, at most 60 characters; `recipe` where nothing is left."""
    flat = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", flat.replace("'", ""))
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > 60:
            break
        slug += f"-{word}" if slug else word
    return slug or (words[0][:60] if words else "recipe")


def free_slug(title: str, taken: Collection[str]) -> str:
    """A slug for the title that nobody has yet."""
    base = slugify(title)
    n, slug = 1, base
    while slug in taken:
        n += 1
        slug = f"{base}-{n}"
    return slug
