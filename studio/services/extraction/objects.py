"""Whom a verb is done to: the mention after it, unless another phrase, clause or owner stands between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import AND, APART, PLACED
from studio.services.extraction.sentences import M, Marked, P
from studio.services.extraction.tokens import BREAK, Tok

if TYPE_CHECKING:
    from studio.services.extraction.lexicon import Lexicon

GIVEN_TO = frozenset(["to", "à", "au", "a", "al", "ao", "aux", "from", "with"])
_FOR = frozenset(["pour", "para"])


class Objects:
    """Finds objects in the tokens of one sentence."""

    def __init__(self, lex: Lexicon) -> None:
        self.lex = lex

    def of(self, s: Marked, toks: list[Tok], i: int, j: int, types: tuple[str, ...]) -> Tok | None:
        """The object of a verb of these types that stands at toks[i:j]."""
        if j - i > 1 and j < len(toks) and toks[j - 1].text == "to" and fold(toks[j].text) in self.lex.verbs:
            return None  # `sells secrets to pay for …`
        trades = j - i == 1 and "trades_with" in types and "owes" not in types
        direct = not {t.lstrip("<") for t in types} & PLACED
        obj = self.belonging(s, toks, self.plain(toks, j, direct=direct, gives=trades or "owes" in types))
        return None if obj is not None and trades and not self.given_to(toks[i : toks.index(obj)]) else obj

    def _names_what(self, toks: list[Tok], k: int) -> bool:
        """`employs a militia, the M`: a name after a comma that says which militia."""
        named = toks[k + 1] if k + 1 < len(toks) else None
        if named is None or named.text != M or named.ent is None or not k:
            return False
        return named.ent.kind in self.lex.kinds_of(toks[k - 1].text)

    def plain(self, toks: list[Tok], j: int, *, direct: bool = False, gives: bool = False) -> Tok | None:
        for k, t in enumerate(toks[j : j + (10 if gives else 7)]):
            if gives and (t.text in GIVEN_TO or t.text in self.lex.of or t.text == P):
                continue
            if not direct and t.text in APART:
                return None
            if direct and (t.text in self.lex.place_preps or t.text in self.lex.of or t.text in self.lex.by):
                return None
            if (
                t.text in BREAK
                or (gives and t.text in AND)
                or (
                    t.text == ","
                    and not self._names_what(toks, j + k)
                    and (k > 0 or (j + 1 < len(toks) and toks[j + 1].text in AND))
                )
                or t.text
                in {"that", "because", "who", "when", "while", "dass", "weil", "que", "parce", "porque", "(", ":"}
            ):
                return None
            if t.ent is not None:
                return t if t.text == M or k == 0 or not direct else None
        return None

    def belonging(self, s: Marked, toks: list[Tok], t: Tok | None) -> Tok | None:
        """`loves M's brother M`, `killed his brother, M`: the name that comes after is meant, not whose he is."""
        if t is None or (t.text != P and s.text[t.end : t.end + 2] != "'s"):
            return t
        k = next(n for n, x in enumerate(toks) if x is t)
        people = False
        for n in range(k + 1, min(k + 5, len(toks))):
            x = toks[n]
            if x.text == M:
                return x if people else None if t.text == P else t
            if x.text != "," and not x.text[0].isalpha():
                break
            if x.text in self.lex.place_preps | self.lex.of or x.text in AND or (x.text == "," and not people):
                break
            people = people or "npc" in self.lex.kinds_of(x.text) or fold(x.text) in self.lex.nouns
        return None if people or t.text == P else t

    def joined(self, toks: list[Tok], obj: Tok) -> Tok | None:
        """`founded M with M`: two did it."""
        k = toks.index(obj) + 1
        pair = toks[k : k + 2]
        if len(pair) < 2 or pair[0].text not in {"with", "avec", "con", "com", "mit"} or pair[1].text != M:
            return None
        return pair[1] if pair[1].ent is not None and pair[1].ent.kind == "npc" else None

    def given_to(self, between: list[Tok]) -> bool:
        """`sells ore to M`, but neither `buys the hotel` nor `sells ore to feed M`."""
        at = next((k for k, t in enumerate(between) if t.text in GIVEN_TO | _FOR), -1)
        return at >= 0 and (
            self.lex.lang != "en" or all(t.text in self.lex.dets or t.text == P for t in between[at + 1 : at + 2])
        )

    def other_thing(self, toks: list[Tok], j: int, type_: str) -> bool:
        """`hides the body in M`: what is hidden is the body, not who hides it."""
        return type_ == "hidden_in" and j < len(toks) and (toks[j].text in self.lex.dets or toks[j].text == P)

    def behind_comma(self, toks: list[Tok], j: int) -> Tok | None:
        """The name behind a noun, its adjective and a comma: `la fille adoptive, M`."""
        at = next((k for k in range(j, min(j + 2, len(toks))) if toks[k].text == ","), 0)
        named = toks[at + 1] if at and at + 1 < len(toks) else None
        plain = all(t.ent is None and t.text not in self.lex.of | self.lex.place_preps for t in toks[j:at])
        return named if named is not None and plain and named.text == M else None
