"""What the search finds for a question, as candidates for a pack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.context.world import Found
from studio.services.find import find

if TYPE_CHECKING:
    from studio.domain.lens import Lens
    from studio.services.workspace import Workspace
    from studio.storage.project import Project

MOST = 24
_WORDS = re.compile(r"\w{4,}")
_KINDS = ("entity", "entry", "message")


async def search(workspace: Workspace, query: str, *, lens: Lens) -> tuple[Found, ...]:
    """The hits for a question, best first, of those that the lens shows."""
    return await workspace.run(by_words, query, lens=lens) if query.strip() else ()


def by_words(project: Project, query: str, *, lens: Lens) -> tuple[Found, ...]:
    """Records that have the question's longer words, those with more of them first."""
    scores: dict[str, float] = {}
    reasons: dict[str, list[str]] = {}
    for word in dict.fromkeys(_WORDS.findall(query)[:24]):
        for hit in find(project, word, limit=8, kinds=_KINDS, lens=lens):
            scores[hit.id] = scores.get(hit.id, 0.0) + hit.score
            reasons.setdefault(hit.id, []).append(fold(word))
    best = sorted(scores, key=lambda ref: (-scores[ref], ref))[:MOST]
    return tuple(Found(ref=ref, score=scores[ref] / 100, reason=f"found by {', '.join(reasons[ref])}") for ref in best)
