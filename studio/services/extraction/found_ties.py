"""What the verb right before a name says of its bearer: one marries people, joins groups and wields things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import JOIN
from studio.services.extraction.names import capital

if TYPE_CHECKING:
    from studio.services.extraction.found_seen import Words
    from studio.services.extraction.lexicon import Lexicon

_LONGEST = 4
TIED = 0.8
"""From such a vote on a name is a person's, though its last word may be a stone or a hill."""
PLAIN = {
    "spouse_of": ("npc", 1.3), "parent_of": ("npc", 1.2), "mentor_of": ("npc", 1.2), "loves": ("npc", 0.8),
    "serves": ("npc", 0.8), "owes": ("npc", 0.8), "enemy_of": ("npc", 0.95), "rival_of": ("npc", 0.95),
    "ally_of": ("npc", 0.95), "employs": ("npc", 0.8), "member_of": ("faction", 0.7), "at_war_with": ("faction", 0.7),
    "rules": ("location", 0.8), "wields": ("item", 0.9), "created": ("item", 0.6),
    "seeks": ("item", 0.5), "born_in": ("location", 0.8), "lives_in": ("location", 0.7),
}  # fmt: skip
"""By relation: what a name without an article is after its verb, and how much that says."""
ARTICLED = {
    "member_of": ("faction", 1.0), "leads": ("faction", 0.7), "at_war_with": ("faction", 1.0),
    "ally_of": ("faction", 0.95), "rival_of": ("faction", 0.95), "trades_with": ("faction", 0.7),
    "serves": ("faction", 0.6), "wields": ("item", 0.9), "seeks": ("item", 0.5),
    "works_at": ("location", 0.8), "lives_in": ("location", 0.8),
}  # fmt: skip
"""The same for a name with an article."""
_MADE = frozenset(["leads", "rules", "founded", "created", "owns", "guards", "serves", "mentor_of", "employs"])
_OWNED = (["belongs", "to"], ["belonged", "to"])
_RUN = frozenset(["runs", "run", "ran", "keeps"])


def tie_vote(lex: Lexicon, words: Words, i: int, *, article: bool) -> tuple[str, float] | None:
    """What kind a verb before words[i] makes the name that begins there; `article` when one stands between."""
    stop = i - 1 if article else i
    stop = _row_start(words, stop)
    if stop < 1:
        return None
    near = [w.group().lower() for w in words[max(0, stop - _LONGEST) : stop]]
    if near[-1] in lex.by:
        types = _types(lex, near[:-1])
        return (("faction", 0.4) if article else ("npc", 1.2)) if types & _MADE else None
    types = _types(lex, near)
    if near[-2:] in _OWNED and not article:
        return "npc", 0.8
    if article and near[-1] in _RUN:
        return "location", 0.6
    table = ARTICLED if article else PLAIN
    return next((table[t] for t in table if t in types), None)


def _row_start(words: Words, stop: int) -> int:
    """Before the first name of `M and M` when words[stop] is the second."""
    if stop < 2 or words[stop - 1].group() not in JOIN or not capital(words[stop - 2].group()):
        return stop
    first = stop - 2
    while first > 0 and stop - first < 5 and capital(words[first - 1].group()):
        first -= 1
    return first if first > 0 else stop


def _types(lex: Lexicon, near: list[str]) -> set[str]:
    """The relations of the longest verb that ends here, but not of one whose object is its subject."""
    for width in range(min(_LONGEST, len(near)), 0, -1):
        if found := lex.verbs.get(fold(" ".join(near[-width:]))):
            return {t for t in found if not t.startswith("<")}
    return set()
