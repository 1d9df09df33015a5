"""Packs and their texts in the project file, under the hash of their bytes.

A pack isn't a record: it never changes and nobody edits it. Its texts are kept as they were given, not made again from
history: what a model read depends on lens, wording and version of the application, and an answer must be inspectable
after all of these changed. A text that many answers read is kept once, and bundles carry them as they carry images.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.commit import canonical_json
from studio.domain.context import ContextPack
from studio.domain.errors import NotFound
from studio.services.context.prompt import Prompt, opened
from studio.storage import blobs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.storage.project import Project

TEXT, PACK = "text/plain; charset=utf-8", "application/vnd.ttrpgstudio.pack+json"
GONE = "What this answer read isn't kept in this project."


def keep(project: Project, prompts: Iterable[Prompt]) -> None:
    """Keep packs with all their texts, in one transaction; what is there already stays."""
    with project.commit("context.keep", "Keep what a model read", step="note"):
        for prompt in prompts:
            for text in prompt.texts.values():
                blobs.put(project.sql, text.encode(), TEXT)
            for _, page in prompt.pack.pages():
                blobs.put(project.sql, canonical_json(page).encode(), PACK)
            blobs.put(project.sql, prompt.pack.canonical().encode(), PACK)


def pack(project: Project, pack_hash: str) -> ContextPack:
    """The pack of this hash. Raises NotFound for an answer from before there were packs, or from elsewhere."""
    return ContextPack.read(_text(project, pack_hash), lambda digest: _text(project, digest))


def prompt(project: Project, pack_hash: str) -> Prompt:
    """A kept pack with its texts, as it was asked, word for word."""
    found = pack(project, pack_hash)
    return opened(found, {item.text_hash: _text(project, item.text_hash) for item in found.items})


def text(project: Project, text_hash: str) -> str:
    """One text that a model read."""
    return _text(project, text_hash)


def _text(project: Project, digest: str) -> str:
    found = blobs.get(project.sql, digest) if digest else None
    if found is None:
        raise NotFound(GONE)
    return found.decode()
