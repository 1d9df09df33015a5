"""What ties two that a line, a row or an arrow has put side by side: `Bram Tull: her brother`, `A → B: serves`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.fitting import fitted
from studio.services.extraction.sentences import M, Marked
from studio.services.extraction.tokens import Tok, denied, former, tokenize

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon

_BOTH = frozenset(["at_war_with", "enemy_of", "rival_of", "ally_of", "sibling_of", "spouse_of", "trades_with"])
_MANNERS = {
    "hostile": "enemy_of", "hostility": "enemy_of", "distrust": "rival_of", "mistrust": "rival_of", "allied": "ally_of",
    "friendly": "ally_of", "alliance": "ally_of", "married": "spouse_of", "hostil": "enemy_of", "hostile ": "enemy_of",
    "aliada": "ally_of", "aliado": "ally_of", "alliée": "ally_of", "allié": "ally_of", "verbündet": "ally_of",
    "feindlich": "enemy_of", "verfeindet": "enemy_of", "siblings": "sibling_of", "lovers": "loves",
}  # fmt: skip
_LONGEST = 4


def read_tie(draft: Draft, lex: Lexicon, s: Marked, one: Ent, other: Ent, *, listed: bool) -> None:
    """Relate `one`, who is named first, and `other`. In a list of what ties somebody, `other` is who the list is of.

    A noun says what `one` is to `other` (`Dov: mentor`). A verb is `one`'s deed, but in such a list the deed of
    whoever its pronoun means (`Red Hands: she owes them money`).
    """
    toks = tokenize(s, lex)
    for i in range(len(toks)):
        if toks[i].ent is None and (found := _told(toks, i, lex)):
            raws, verb = found
            if denied(toks, i, lex) or former(toks, i):
                return
            for raw in raws:
                if _relate(draft, s, raw, *_ends(toks, i, raw, one, other, verb=verb and listed)):
                    return


def _told(toks: list[Tok], i: int, lex: Lexicon) -> tuple[tuple[str, ...], bool] | None:
    for width in range(min(_LONGEST, len(toks) - i), 0, -1):
        phrase = fold(" ".join(t.text for t in toks[i : i + width]))
        if found := lex.nouns.get(phrase) or (lex.nouns.get(phrase[:-1]) if phrase.endswith("s") else None):
            return found, False
        if found := lex.between.get(phrase) or ((_MANNERS[phrase],) if phrase in _MANNERS else None):
            return found, False
        if found := lex.verbs.get(phrase):
            return found, True
    return None


def _ends(toks: list[Tok], i: int, raw: str, one: Ent, other: Ent, *, verb: bool) -> tuple[Ent, Ent]:
    if not verb or raw.lstrip("<") in _BOTH:
        return one, other
    subject = next((t.ent for t in reversed(toks[:i]) if t.text == M and t.ent is not None), None)
    object_ = next((t.ent for t in toks[i + 1 : i + 4] if t.text == M and t.ent is not None), None)
    return (other, one) if subject is other or (subject is None and object_ is one) else (one, other)


def _relate(draft: Draft, s: Marked, raw: str, a: Ent, b: Ent) -> bool:
    type_ = raw.lstrip("<")
    if a is b or not a.kind or not b.kind:
        return False
    made = fitted(type_, *((b, a) if raw.startswith("<") else (a, b)))
    if made:
        draft.relate(*made, s.span(0, len(s.text)), f"tie:{type_}")
    return made is not None
