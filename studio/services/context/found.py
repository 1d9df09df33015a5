"""What the search finds for a question, as candidates for a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.context.world import Found

if TYPE_CHECKING:
    from studio.domain.lens import Lens
    from studio.services.retrieval.index import Index
    from studio.services.retrieval.query import Retrieved, RetrievedHit
    from studio.services.workspace import Workspace
    from studio.storage.project import Project

MOST = 24
WEAK = 4
"""So many hits are taken where nothing seems to answer: more would only be noise."""


async def search(workspace: Workspace, query: str, *, lens: Lens, index: Index | None = None) -> tuple[Found, ...]:
    """The hits for a question, best first, of those that the lens shows; by meaning too where there is an index."""
    if not query.strip():
        return ()
    from studio.services.retrieval.asking import ask  # much to import: when there is a question first
    from studio.services.retrieval.query import Query

    return _taken(await ask(workspace, Query(text=query, k=MOST, lens=lens), index=index))


def by_words(project: Project, query: str, *, lens: Lens) -> tuple[Found, ...]:
    """What answers a question, by its words and names and along relations."""
    if not query.strip():
        return ()
    from studio.services.retrieval.query import Query
    from studio.services.retrieval.retrieve import answer

    return _taken(answer(project, Query(text=query, k=MOST, lens=lens)))


def _taken(found: Retrieved) -> tuple[Found, ...]:
    return tuple(_found(hit) for hit in (found.hits[:WEAK] if found.weak else found.hits))


def _found(hit: RetrievedHit) -> Found:
    why = "; ".join(dict.fromkeys(one.text for one in hit.why[:2] if one.text))
    spans = tuple((s.path, s.start, s.end) for s in hit.spans if s.start is not None and s.end is not None)
    return Found(ref=hit.record, score=hit.score, reason=why or "found", spans=spans)
