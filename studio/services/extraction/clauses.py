"""Sentence patterns: what a clause says about its subject becomes a field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.services.extraction.sentences import M, Marked, P

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon, Rule

_OBLIQUE = re.compile(
    r"(?:\b(?:of|in|to|with|for|from|at|on|by|under|near|von|mit|bei|für|aus|de|con|en|por|para|avec|dans|pour|chez|com|em|than|as)\s)$",
    re.IGNORECASE,
)
_OTHER = re.compile(r"; (?:the|a|an|le|la|les|un|une|el|los|las|una|o|os|as|um|uma|der|die|das) [^\W\d_]{3,}\b[^;]*$")
"""A clause that begins with a noun of its own: `M holds the throne; the emperor is nine`."""
_NEGATED = re.compile(
    r"(?:\b(?:not|never|n't|nicht|nie|kein\w*|no|nunca|jamás|ne|pas|jamais|não)\s(?:\w+\s)?)$", re.IGNORECASE
)


def subject_at(s: Marked, at: int, kinds: tuple[str, ...]) -> Ent | None:
    """Who the clause at this place is about: the nearest fitting mention before it, no object, else the topic."""
    for i in sorted((i for i in s.ents if i <= at), reverse=True):
        ent = s.ents[i]
        if _OTHER.search(s.text, i + 1, at):
            return None
        if ent.kind not in kinds and ent.kind and s.text[i] != P and s.text[i + 1 : at].strip() == ",":
            return None
        if ent.kind not in kinds or s.text[i] == P:
            continue
        if (
            s.text[i + 1 : i + 3] == "'s"
            and not re.match(r"'s\s(?:a|an|the|in|not|so|been)\b", s.text[i + 1 : i + 12])
            and i in s.named
        ):
            continue
        if (
            _OBLIQUE.search(s.text[max(0, i - 8) : i])
            and s.topic is not None
            and s.topic.kind in kinds
            and s.topic is not ent
        ):
            continue
        return ent
    return s.topic if s.topic is not None and s.topic.kind in kinds else None


def read_clauses(draft: Draft, lex: Lexicon, s: Marked, *, but: tuple[str, ...] = ()) -> None:
    """Try every pattern of the language on a sentence, `but` those for these fields."""
    present = {e.kind for e in s.ents.values()} | ({s.topic.kind} if s.topic else set())
    for rule in lex.rules:
        if present.isdisjoint(rule.kinds) or rule.field in but:
            continue
        for n, m in enumerate(rule.regex.finditer(s.text)):
            if n >= 3:
                break
            _apply(draft, s, rule, m)


_BUT = re.compile(r",? (?:but|mais|mas|pero|aber) ")
_FOR_YEARS = re.compile(r"\b(?:há|depuis|hace|desde hace|il y a|seit|for|pendant|durante)\s$")
_KILLED = re.compile(r"\b(?:kill\w*|claimed|buried|drowned|took|lost|tua|matou|mató|tötete)\s$")
_PEOPLE = frozenset({"owner", "creator", "leader", "ruler"})
_PLACES = frozenset({"home", "parent", "headquarters", "territory", "current_location"})


def _may_be(name: str, other: Ent | None) -> bool:
    """Whether a field of this name may point to that entity."""
    if other is None:
        return True
    if name in _PEOPLE:
        return other.kind in {"npc", "faction"}
    return name not in _PLACES or other.kind == "location"


def _apply(draft: Draft, s: Marked, rule: Rule, m: re.Match[str]) -> None:
    a, b = m.span("v")
    while a < b and s.text[a] in " ,":
        a += 1
    if b - a < 2 and s.text[a:b] != M:
        return
    if (not s.free(m.start(), b) and rule.field not in {"population", "age"}) or (
        _NEGATED.search(s.text[max(0, m.start() - 16) : m.start()]) and rule.field != "personality"
    ):
        return
    ent = subject_at(s, m.start(), rule.kinds)
    if ent is None or any(e is ent for i, e in s.ents.items() if i == a and b - a == 1):
        return
    if rule.field in _PEOPLE | _PLACES and (cut := _BUT.search(s.text, a, b)):
        b = cut.start()
    if rule.field == "age" and _FOR_YEARS.search(s.text[max(0, a - 12) : a]):
        return
    if rule.field == "population" and _KILLED.search(s.text[max(0, a - 16) : a]):
        return
    if s.text[a:b] == M and not _may_be(rule.field, s.ents.get(a)):
        return
    draft.add(ent, rule.field, s.value(a, b), s.span(a, b), rule.key)
    if ent.fields.get(rule.field):
        s.taken.append((m.start(), b))
