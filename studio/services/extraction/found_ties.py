"""What the words of a tie beside a name say of its bearer: one marries people, joins groups and wields things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import JOIN
from studio.services.extraction.names import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.services.extraction.found_seen import Words
    from studio.services.extraction.lexicon import Lexicon

_LONGEST = 4
TIED = 0.5
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


_DEEDS = frozenset(
    [
        "leads",
        "serves",
        "fears",
        "loves",
        "owes",
        "guards",
        "wields",
        "founded",
        "created",
        "seeks",
        "enemy_of",
        "rules",
    ]
)
_STANDS = frozenset(["located_in"])
_LIVING = frozenset(["works_at", "lives_in", "spouse_of", "mentor_of", "born_in"])
_OF = r"(?:of|de|du|des|do|da|dos|das|del|von|vom|der)"
_SMALL = r"[^\W\d_A-ZÀ-Ý][^\W\d_]*(?:-[^\W\d_]+)*"
_APPOSED = re.compile(
    rf"(?:['’]s|s['’]) (?:{_SMALL} ){{0,2}}(?P<own>{_SMALL}),? (?:the )?$"
    rf"|\b(?P<noun>{_SMALL}) {_OF} (?:the |la |l['’]|le |les |los |las |o |a )?(?:[A-ZÀ-Ý][\w'’-]+ ?){{1,4}}"
    rf"(?:,| is| was| est| é| es| ist) (?:the |le |la |l['’]|el |o |a )?$"
    rf"|(?:['’]s|\b(?:her|his|their|its)) (?:{_SMALL} )?(?P<is>{_SMALL}) (?:is|was|are) (?:the )?$"
)
_IS = re.compile(
    rf"(?:^|[.!?]\s)(?:The|Its|La|Le|El|O|A|Sa|Son|Su|Sua|Seu) (?P<noun>{_SMALL})(?: {_SMALL}){{1,6}} (?:is|est|es|é) "
    rf"(?:the |la |le |l['’]|el |o |a )?$"
)
"""`The corporation that matters here is M`."""
_KIN = re.compile(
    r"\b(?:sons|daughters|brothers|sisters|children|twins|filles|fils|filhos|filhas|hijos|hijas)[,:] (?:\S+ and )?$"
)
_ARE = re.compile(r"^ (?:are|were|sont|são|son|sind) (?:[^\W\d_]+ ){0,2}(?P<noun>[^\W\d_]+)")


def told_votes(
    lex: Lexicon, words: Words, run: tuple[int, int], around: tuple[str, str], *, article: bool
) -> Iterator[tuple[str, float]]:
    """Each kind that the ties told around words[i:j] speak for; `around` is the text before and after the name."""
    i, j = run
    before, after = around
    if vote := tie_vote(lex, words, i, article=article):
        yield vote
    if deed := _deed_vote(lex, words, i, j, article=article):
        yield deed
    if m := _APPOSED.search(before):
        noun = m.group("own") or m.group("noun") or m.group("is")
        yield from ((kind, 1.2) for kind in lex.kinds_of(noun)[:1])
    if m := _IS.search(before):
        yield from ((kind, 1.2) for kind in lex.kinds_of(m.group("noun"))[:1])
    if _KIN.search(before):
        yield "npc", 1.2
    if re.search(rf" (?:{'|'.join(sorted(JOIN))}) (?:the )?$", before) and (m := _ARE.match(after)):
        types = {t.lstrip("<") for t in lex.nouns.get(fold(m.group("noun")).removesuffix("s"), ())}
        if types & {"sibling_of", "spouse_of", "rival_of", "enemy_of", "ally_of", "loves"}:
            yield "faction" if article else "npc", 0.95
        elif m.group("noun") == "war":
            yield "faction", 0.95


def _deed_vote(lex: Lexicon, words: Words, i: int, j: int, *, article: bool) -> tuple[str, float] | None:
    """`Mirelle guards the gate`, `the Amberhand controls Ostrov`: who does what people and groups do."""
    last = words[j - 1].group()
    if "npc" in lex.kinds_of(last) or j >= len(words):
        return None
    near = [w.group().lower() for w in words[j : j + 2]]
    types = {t for w in (" ".join(near), near[0]) for t in lex.verbs.get(fold(w), ())}
    if types & _STANDS and near[-1] in lex.inside:
        return "location", 0.6
    if types & _LIVING and not types & _STANDS and not article and near[-1] not in lex.by:
        return "npc", 0.55
    if not types & _DEEDS or near[0] in lex.by or (len(near) > 1 and near[1] in lex.by):
        return None
    return ("faction" if article else "npc"), 0.55


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
