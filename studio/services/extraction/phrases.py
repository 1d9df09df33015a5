"""Noun phrases that are no entity: `The survivors founded …`, `killed his father`. Their deeds are nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import ADVERBS, AIMS, AND, COPULAS, NOBODY, STAYS
from studio.services.extraction.sentences import M, P
from studio.services.extraction.tokens import BREAK, Tok

if TYPE_CHECKING:
    from studio.services.extraction.draft import Ent
    from studio.services.extraction.lexicon import Lexicon

_LONGEST = 5
_CLAUSE = frozenset(
    [",", ":", "(", "–", "—", *AND, *BREAK, "because", "while", "when", "where", "that", "car", "quand"]
)


def _opening(toks: list[Tok], start: int, lex: Lexicon) -> bool:
    """Whether a noun phrase begins at start: an article or a possessive, and a word."""
    if start + 1 >= len(toks) or not toks[start + 1].text[:1].isalpha() or toks[start + 1].ent is not None:
        return False
    return toks[start].text == P or (toks[start].ent is None and toks[start].text in lex.dets)


def _means(words: list[Tok], topic: Ent | None, lex: Lexicon) -> bool:
    """Whether the phrase may well mean the topic: `the company` in a text on one, `its goal` in any."""
    if any(fold(w.text) in AIMS for w in words):
        return True
    if topic is None or words[0].text == P or words[0].text not in lex.definite:
        return False
    nouns = [fold(w.text) for w in words[1:] if not w.text.endswith("s")]
    return any(topic.kind in lex.heads.get(n, ()) for n in nouns)


def own_subject(toks: list[Tok], i: int, lex: Lexicon, topic: Ent | None) -> bool:
    """Whether the verb at i has a noun phrase of its own as subject that means no entity that is known."""
    start = max((k + 1 for k in range(i) if toks[k].text in BREAK), default=0)
    if start < i and toks[start].text in NOBODY:
        return all(t.ent is None for t in toks[start:i])
    near = toks[max(start, i - 4) : i]
    for n, t in enumerate(near):
        opens = n == 0 or near[n - 1].text in _CLAUSE or near[n - 1].text in ADVERBS or near[n - 1].text == "now"
        if t.text in NOBODY and opens and all(x.ent is None for x in near[n:]):
            return True
    for k in range(i - 2, max(start, i - 1 - _LONGEST) - 1, -1):
        words = toks[k:i]
        if any(w.text == "," or w.text == M for w in words):
            break
        if _opening(toks, k, lex) and (k == start or toks[k - 1].text in _CLAUSE):
            small = lex.place_preps | lex.by
            if toks[k].text == P or not any(w.text in small for w in words[1:]):
                return not _means(words, topic, lex) and _is_person(words, lex)
    return _long_opening(toks, start, i, lex, topic)


def _is_person(words: list[Tok], lex: Lexicon) -> bool:
    """After a possessive only people do things: `her brother`, but not `its walls`."""
    if words[0].text != P:
        return True
    return any("npc" in lex.kinds_of(w.text) or fold(w.text) in lex.nouns for w in words[1:])


def _long_opening(toks: list[Tok], start: int, i: int, lex: Lexicon, topic: Ent | None) -> bool:
    """`The survivors of M founded …`: a phrase that opens the sentence, with what it is of."""
    if not _opening(toks, start, lex) or toks[start].text == P or i - start > 6:
        return False
    of = next((k for k in range(start + 2, min(start + 4, i)) if toks[k].text in lex.of), 0)
    if not of or any(t.text == "," for t in toks[start:i]):
        return False
    return not _means(toks[start:of], topic, lex)


def predicated(toks: list[Tok], i: int, lex: Lexicon) -> bool:
    """Whether the noun at i says what somebody is, and is not the object of a verb: `killed his father`."""
    for k in range(i - 1, max(-1, i - _LONGEST), -1):
        t = toks[k]
        if t.ent is None and t.text not in lex.dets:
            if not t.text[:1].isalpha() or t.text in lex.of or t.text in COPULAS or t.text in AND:
                return True
            continue
        if t.text == M and (k + 1 == i or toks[k + 1].text in lex.dets or toks[k + 1].text == P):
            return True
        if k == 0:
            return True
        before = toks[k - 1]
        if before.ent is not None:
            return True
        word = before.text
        return not word[:1].isalpha() or word in COPULAS or word in AND or word in STAYS
    return True
