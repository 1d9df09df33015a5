"""What is asked: the question, as whom and as of when, what to narrow it to; and the shape of what is found."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field

from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen
from studio.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.retrieval.words import Token


class Filters(Frozen):
    """What to narrow a search to; empty means all. `entity` in `kinds` stands for every kind of the world."""

    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()


class Query(Frozen):
    """A question and how it is looked at."""

    text: str
    k: int = 10
    lens: Lens = OPEN_EYES
    filters: Filters = Filters()


class Near(NamedTuple):
    """A chunk that the index found, and how near its meaning is (cosine), where that is known."""

    chunk: str
    similarity: float | None = None

    @property
    def record(self) -> str:
        """The record that it is from."""
        return self.chunk.partition("#")[0]


class Span(Frozen):
    """A place in a record: the field, and first and last code point of it. Without numbers, the field as a whole.

    For whoever doesn't see everything it counts in the text as that lens shows it.
    """

    path: str
    start: int | None = None
    end: int | None = None
    quote: str = ""


class PathStep(Frozen):
    """One step of a path through the world: `label` reads from the record before to this one; `via` says so."""

    record: RecordId
    name: str
    label: str = ""
    via: RecordId | None = None


class Why(Frozen):
    """One reason for a hit, as a phrase for the eye, with what it stands on."""

    how: Literal["name", "words", "meaning", "path", "tag", "fact"]
    text: str
    score: float = 0.0
    terms: tuple[str, ...] = ()
    steps: tuple[PathStep, ...] = ()
    record: RecordId | None = None


class RetrievedHit(Frozen):
    """A record that may answer, best first. `key` is its key in the world file it came from; `rev` its revision.

    `loose` marks what only stands beside something that was named.
    """

    record: RecordId
    kind: str
    name: str
    key: str = ""
    score: float = 0.0
    why: tuple[Why, ...] = ()
    spans: tuple[Span, ...] = ()
    rev: int = 0
    snippet: str = ""
    loose: bool = False


class Retrieved(Frozen):
    """What was found. `weak`: nothing of it seems to answer. `by_meaning`: the index of meanings was asked too."""

    hits: tuple[RetrievedHit, ...] = ()
    weak: bool = False
    ms: float = Field(default=0.0)
    by_meaning: bool = False


_ASKED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b"), frozenset(kinds))
    for words, kinds in (
        ("who|whom|whose|wer|wem|wen|wessen|qui|quien|quienes|quem", ("npc", "faction", "creature", "deity")),
        ("where|wo|wohin|woher|donde|onde", ("location",)),
        ("when|wann|quand|cuando|quando", ("event", "timeline_arc")),
    )
)


def wanted_kinds(text: str) -> frozenset[str]:
    """The kinds that a question word asks for; the first one that stands in the text decides."""
    folded = fold(text)
    places = [(m.start(), kinds) for pattern, kinds in _ASKED if (m := pattern.search(folded))]
    return min(places, default=(0, frozenset[str]()), key=lambda one: one[0])[1]


_ASKING = re.compile(
    r"(?:(?:in|at|on|by|from|to|for|with|of|von|mit|aus|auf|de|a|en|dans|par|con|em) )?"
    r"(?:who|whom|whose|what|where|which|when|why|how|wer|wen|wem|wessen|was|wo|wohin|woher|wann|warum|wieso|wie"
    r"|welch\w+|qui|que|quoi|ou|quand|pourquoi|comment|quel\w*|combien|quien\w*|donde|cuando|como|cual\w*|cuant\w+"
    r"|quem|onde|quando|qual|quais|quanto)\b"
)


def is_question(text: str) -> bool:
    """Whether it is put as a question, not as words to look for."""
    return "?" in text or _ASKING.match(fold(text)) is not None


_NAMING = frozenset(
    [
        "which",
        "what",
        "name",
        "list",
        "welche",
        "welcher",
        "welches",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "que",
        "cual",
        "cuales",
        "qual",
        "quais",
    ]
)


def answer_words(words: Sequence[Token]) -> frozenset[int]:
    """The places of the words that say what sort of thing answers: `town` in “in which town does he live”."""
    for n, word in enumerate(words):
        if word.text in _NAMING:
            rest = list(dropwhile(lambda w: w.stop and w.text != "is", words[n + 1 :]))
            found = frozenset(w.at for w in takewhile(lambda w: not w.stop, rest[:4]))
            if found:
                return found
    return frozenset()
