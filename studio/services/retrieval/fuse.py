"""One order from several: words, meaning and paths, weighed by how much of the question each explains."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.services.retrieval.graph import Path

WORDS, MEANING, GRAPH, SORT = 0.3, 2.6, 1.0, 0.5
"""What words, meaning, paths and what a thing is weigh."""
_BESIDE = 0.15
"""What words and meaning still weigh where a path answers: they are drawn to what it starts from."""
_ALONG = 0.6
"""What is added along the best paths, most at their end."""
_CLOSE = 0.03
_BACK = 0.25
_BEFORE = 0.1
"""By how much whatever a path leads through comes after its end."""
_SECOND = 0.05
_WEAK_MEANING = 0.22
_WEAK_WORDS = 0.5
_LEFT, _STRANGE = 0.3, 0.52
"""How much of what is asked of a named thing must be answered; more, where most of it stands nowhere at all."""
_PLAINLY = 0.65
"""A chunk so near answers whatever its words."""
_ENOUGH, _UNMET, _TOLD = 0.53, 0.6, 0.5
"""What nearness and half of the share of words that is told must reach for a question that names nothing; more where
it names what isn't there."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What each way of finding says.

    `share` is how much of the question's words each record has, `bm25` its rank among those; `sort` how much of them
    says what it is; `meaning` the best similarities of its chunks, highest first; `paths` the best path to each.
    """

    weights: Mapping[int, float]
    share: Mapping[str, float] = field(default_factory=dict)
    bm25: Mapping[str, float] = field(default_factory=dict)
    meaning: Mapping[str, list[float]] = field(default_factory=dict)
    sort: Mapping[str, float] = field(default_factory=dict)
    paths: Mapping[str, Path] = field(default_factory=dict)
    strange: frozenset[int] = frozenset()
    """The places of the words that stand nowhere in the project."""


class Scored(NamedTuple):
    """A record with its score."""

    record: str
    score: float


def fused(signals: Signals, *, most: int) -> list[Scored]:
    """The records that any way has found, best first, at most so many."""
    top = max(signals.paths.values(), key=lambda p: p.score, default=None)
    led = top is not None and bool(top.steps)
    beside = _BESIDE if led else 1.0
    scores: dict[str, float] = {}
    for part, weight in (
        (_by_words(signals), WORDS * beside),
        (_by_meaning(signals), MEANING * beside),
        (signals.sort, SORT * beside),
        (_by_paths(signals), GRAPH),
        (_along(signals, top) if led and top else {}, 1.0),
    ):
        for record, score in part.items():
            scores[record] = scores.get(record, 0.0) + weight * score
    best = heapq.nlargest(most, scores.items(), key=itemgetter(1, 0))
    return [Scored(record, score) for record, score in best]


def _by_words(signals: Signals) -> dict[str, float]:
    most = max(signals.bm25.values(), default=1.0) or 1.0
    return {
        record: share * (0.5 + 0.5 * signals.bm25.get(record, 0.0) / most) for record, share in signals.share.items()
    }


def similarity(found: list[float], floor: float = 0.0) -> float:
    """How near a record is: the mean of its two best chunks, so that one chance hit isn't enough.

    Of a chunk that the index didn't give it is only known that it is below `floor`.
    """
    return (found[0] + (found[1] if len(found) > 1 else floor)) / 2


def _floor(signals: Signals) -> float:
    return min((found[-1] for found in signals.meaning.values()), default=0.0)


def _by_meaning(signals: Signals) -> dict[str, float]:
    """Above what the last ones have: similarities have no zero of their own."""
    floor = _floor(signals)
    return {record: max(0.0, similarity(found, floor) - floor) for record, found in signals.meaning.items()}


def _by_paths(signals: Signals) -> dict[str, float]:
    found: dict[str, float] = {}
    for path in signals.paths.values():
        for back, record in enumerate(reversed(path.records)):
            found[record] = max(found.get(record, 0.0), path.score - _BEFORE * back)
    return found


def _along(signals: Signals, top: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for path in signals.paths.values():
        if path.steps and path.score >= top.score - _CLOSE:
            worth = _ALONG * max(0.0, top.score) * (1.0 - (top.score - path.score))
            for back, record in enumerate(reversed(path.records)):
                found[record] = max(found.get(record, 0.0), worth * (1.0 - _BACK * back))
    return found


class Put(NamedTuple):
    """How a question is put: the places of the words that surely name something, whether it is asked as a question,
    and whether it names something that isn't there."""

    named: frozenset[int] = frozenset()
    asks: bool = False
    unmet: bool = False


def weak(signals: Signals, best: list[Scored], *, put: Put, has_meaning: bool) -> bool:
    """Whether nothing answers: what is asked of whatever is named is in no path and no text; or nothing is near.

    Words that stand nowhere in the project count as a sign: who asks for them mostly asks for something else. Of a
    question that names nothing, the nearest chunk and what is told of its words must together say enough.
    """
    asked = {at: weight for at, weight in signals.weights.items() if at not in put.named}
    top = max((found[0] for found in signals.meaning.values()), default=0.0)
    if put.named:
        return bool(asked) and top < _PLAINLY and _answered(signals, best, asked) < _needed(signals, asked)
    if has_meaning and put.asks:
        told = _answered(signals, best, asked) / (sum(asked.values()) or 1.0)
        return top + _TOLD * max(0.0, told) < (_UNMET if put.unmet else _ENOUGH)
    floor = _floor(signals)
    near = max((similarity(found, floor) for found in signals.meaning.values()), default=0.0)
    words = max((signals.share.get(one.record, 0.0) for one in best[:5]), default=0.0)
    return words < _WEAK_WORDS and (near < _WEAK_MEANING if has_meaning else True)


def _answered(signals: Signals, best: list[Scored], asked: Mapping[int, float]) -> float:
    """How much of what is asked, by weight, the best path explains or the text of the best hits has."""
    total, everything = sum(asked.values()), sum(signals.weights.values()) or 1.0
    told = max((_told(asked, path) for path in signals.paths.values()), default=0.0)
    words = max((signals.share.get(one.record, 0.0) for one in best[:3]), default=0.0)
    return max(told, words * everything - (everything - total))


def _needed(signals: Signals, asked: Mapping[int, float]) -> float:
    total = sum(asked.values())
    strange = sum(weight for at, weight in asked.items() if at in signals.strange)
    return total * (_STRANGE if strange >= total / 2 else _LEFT)


def _told(asked: Mapping[int, float], path: Path) -> float:
    return sum(weight * path.explained.get(at, 0.0) for at, weight in asked.items())
