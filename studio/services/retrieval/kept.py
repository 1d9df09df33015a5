"""Answers that were given before, kept as long as nothing they stand on has changed."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from studio.observability import metrics
from studio.services.retrieval.query import Near, Query, Retrieved
from studio.services.retrieval.retrieve import answer
from studio.services.retrieval.state import last

if TYPE_CHECKING:
    from studio.storage.project import Project

MOST = 128
_Answers = OrderedDict[tuple[Query, int, tuple[Near, ...] | None], Retrieved]
_kept: WeakKeyDictionary[Project, _Answers] = WeakKeyDictionary()


def answered(project: Project, query: Query, near: tuple[Near, ...] | None = None) -> Retrieved:
    """As `answer`, but once for the same question, commit and state of the index.

    The lens and the filters are part of the question; what the index gives for it is all that its state can change.
    """
    answers = _kept.setdefault(project, OrderedDict())
    key = (query, last(project), near)
    found = answers.get(key)
    metrics.session.count(f"retrieval.answers.{'hit' if found is not None else 'miss'}")
    if found is None:
        found = answers[key] = answer(project, query, near)
    answers.move_to_end(key)
    while len(answers) > MOST:
        answers.popitem(last=False)
    return found
