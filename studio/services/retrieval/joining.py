"""Hits of a typed search and answers to a question as one list, for the eye."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.find import MARK, UNMARK, Hit
from studio.services.retrieval.words import stem, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.services.retrieval.query import Retrieved, RetrievedHit

_WORD = re.compile(r"\w+")
NEAREST = 8
"""So many are shown of what doesn't really answer."""


def asks(text: str) -> bool:
    """Whether what was typed may be a question: more than one word that carries meaning, or one beside small words."""
    words = tokens(text)
    return not text.lstrip().startswith("#") and len(words) > 1 and any(not word.stop for word in words)


def joined(typed: Sequence[Hit], found: Retrieved) -> list[Hit]:
    """What fits as typed, then what answers beyond it. Where nothing fits and nothing answers, only the nearest."""
    answers = [hit for hit in found.hits if not hit.loose]
    if found.weak:
        answers = [] if typed else answers[:NEAREST]
    reasons = {hit.record: hit for hit in answers}
    kept = [_explained(hit, reasons.get(hit.id)) for hit in typed]
    there = {hit.id for hit in typed}
    return kept + [_hit(hit) for hit in answers if hit.record not in there]


def _explained(hit: Hit, answer: RetrievedHit | None) -> Hit:
    """A typed hit that also answers over a path says so."""
    path = next((why.text for why in answer.why if why.how == "path"), "") if answer else ""
    return hit.model_copy(update={"why": f"{hit.why} · {path}"}) if path else hit


def _hit(answer: RetrievedHit) -> Hit:
    terms = {stem(fold(term)) for why in answer.why for term in why.terms}
    span = next(((s.start, s.end) for s in answer.spans if s.start is not None and s.end is not None), None)
    return Hit(
        id=answer.record, kind=answer.kind, name=answer.name, why=" · ".join(why.text for why in answer.why[:2]),
        snippet=marked(answer.snippet, terms), score=answer.score, span=span if answer.kind == "message" else None,
    )  # fmt: skip


def marked(text: str, wanted: set[str]) -> str:
    """The text with the words of these stems set off, as snippets are."""
    return _WORD.sub(lambda m: f"{MARK}{m.group()}{UNMARK}" if stem(fold(m.group())) in wanted else m.group(), text)
