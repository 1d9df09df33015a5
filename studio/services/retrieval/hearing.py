"""What the words of a question say by themselves: it needs no index, so it is found out while that is asked."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from studio.services.retrieval import keyword
from studio.services.retrieval.state import last
from studio.services.retrieval.words import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.domain.lens import Lens
    from studio.services.retrieval.keyword import Mention, WordHits
    from studio.services.retrieval.query import Query
    from studio.services.retrieval.words import Token
    from studio.storage.project import Project

_MOST = 16


class Heard(NamedTuple):
    """The words of a question, what each of them finds, which records they name, and the best by BM25."""

    words: Sequence[Token]
    hits: dict[int, WordHits]
    named: tuple[Mention, ...]
    bm25: Mapping[str, float]


_heard: WeakKeyDictionary[Project, OrderedDict[tuple[str, Lens, int], Heard]] = WeakKeyDictionary()


def hear(project: Project, query: Query) -> Heard:
    """What the words say, as the lens shows it; kept for a moment, as long as nothing was committed."""
    known = _heard.setdefault(project, OrderedDict())
    key = (query.text, query.lens, last(project))
    found = known.get(key)
    if found is None:
        found = known[key] = _listened(project, query)
    while len(known) > _MOST:
        known.popitem(last=False)
    return found


def _listened(project: Project, query: Query) -> Heard:
    lens, words = query.lens, tokens(query.text)
    hits = keyword.word_hits(project, words, lens=lens)
    named = keyword.mentions(project, words, hits, lens=lens)
    return Heard(words, hits, tuple(named), keyword.ranked(project, words, hits, lens=lens))
