"""A marked sentence as tokens, and which mentions stand in one row (`M, M and M`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import ADVERBS, AND, ASIDE, COPULAS, FORMER, HAVE, JOIN, NEGATIONS, PAST
from studio.services.extraction.sentences import M, Marked, P

if TYPE_CHECKING:
    from studio.services.extraction.draft import Ent
    from studio.services.extraction.lexicon import Lexicon

_TOKEN = re.compile(rf"[{M}{P}]|(?<!')[^\W\d_]+(?:[-'][^\W\d_]+)*|\d[\d.,]*|[,;:()–—]")
_ELIDED = re.compile(r"([^\W\d_]{1,2}|qu|jusqu|lorsqu|puisqu)'([^\W\d_].*)")
BREAK = frozenset(";")


@dataclass
class Tok:
    """One word or mark of a marked sentence; `ent` is whom a mark means."""

    text: str
    at: int
    end: int
    ent: Ent | None = None


def tokenize(s: Marked, lex: Lexicon) -> list[Tok]:
    """The tokens of a sentence; French elisions (`l'aime`) are two."""
    found: list[Tok] = []
    for m in _TOKEN.finditer(s.text):
        word = m.group().lower()
        if lex.lang == "fr" and (e := _ELIDED.fullmatch(word)):
            cut = m.start() + e.start(2)
            found += [Tok(e.group(1), m.start(), cut - 1), Tok(e.group(2), cut, m.end())]
        else:
            found.append(Tok(word, m.start(), m.end(), s.ents.get(m.start())))
    kept = [t for t in found if t.ent is not None or t.text not in ADVERBS]
    aside = {n for n in range(len(kept) - 1) if f"{kept[n].text} {kept[n + 1].text}" in ASIDE}
    return [t for n, t in enumerate(kept) if n not in aside and n - 1 not in aside]


def denied(toks: list[Tok], i: int, lex: Lexicon) -> bool:
    """Whether the word at i is denied: `does not serve`, `ne sert plus`, `dient ihm nicht`."""
    before = toks[max(0, i - 3) : i]
    cut = max((k + 1 for k, t in enumerate(before) if t.text in {",", ";", ":", "("}), default=0)
    words = [t.text for t in before[cut:]]
    if FORMER & set(words):
        return True
    if any(w in NEGATIONS or w.endswith("n't") for w in words[-2:]):
        return True
    if lex.lang == "es" and "no" in words[-2:]:
        return True
    if lex.lang == "fr" and {"ne", "n"} & set(words):
        return True
    return lex.lang == "de" and any(t.text in {"nicht", "nie"} for t in _clause(toks, i)[:6])


def former(toks: list[Tok], i: int) -> bool:
    """Whether the noun at i is said of the past: `former mate`, `ancienne ingénieure`, `ex-member`."""
    before = toks[i - 1].text if i else ""
    after = toks[i + 1].text if i + 1 < len(toks) else ""
    return before in PAST or toks[i].text.startswith(("ex-", "former-")) or after in PAST - {"late"}


def _clause(toks: list[Tok], i: int) -> list[Tok]:
    stop = next((k for k in range(i + 1, len(toks)) if toks[k].text in {",", ";", ":", *AND}), len(toks))
    return toks[i + 1 : stop]


class Rows:
    """Finds what is joined to a mention by commas and `and`."""

    def __init__(self, toks: list[Tok], lex: Lexicon) -> None:
        self.toks, self.lex = toks, lex

    def after(self, t: Tok) -> list[Tok]:
        """`t` and the mentions that follow it in its row."""
        toks = self.toks
        k = next((i for i, x in enumerate(toks) if x is t), -1)
        row, waiting = [t], []
        while 0 <= k < len(toks) - 2:
            nxt = toks[k + 1]
            if nxt.text == "," and toks[k + 2].text == M:
                waiting.append(toks[k + 2])
                k += 2
            elif nxt.text in JOIN:
                last = self._joined(k + 2)
                return [*row, *waiting, last] if last is not None else row
            else:
                break
        return row

    def _joined(self, k: int) -> Tok | None:
        """The mention that an `and` brings: alone, after a preposition, or as `her wife, M`."""
        toks = self.toks
        small = self.lex.by | self.lex.of | self.lex.place_preps | {"to", "with", "con", "com", "avec", "mit", "para"}
        if k < len(toks) and toks[k].text in small:
            k += 1
        if k + 1 < len(toks) and toks[k].text == P and toks[k + 1].text in self.lex.nouns:
            k += 3 if k + 2 < len(toks) and toks[k + 2].text == "," else 2
        if k >= len(toks) or toks[k].text != M or toks[k].ent is None:
            return None
        after = toks[k + 1].text if k + 1 < len(toks) else ""
        return None if self._acts(after) else toks[k]

    def _acts(self, word: str) -> bool:
        return word in COPULAS or word in HAVE or fold(word) in self.lex.verbs or word in self.lex.clitics - self.lex.of

    def before(self, t: Tok) -> list[Tok]:
        """`t` and the mentions before it in its row, when the row opens its clause."""
        toks = self.toks
        k = next((i for i, x in enumerate(toks) if x is t), -1)
        if k < 2 or toks[k - 1].text not in JOIN or toks[k - 2].text != M:
            return [t]
        row, k = [toks[k - 2], t], k - 2
        while k >= 2 and toks[k - 1].text == "," and toks[k - 2].text == M:
            k -= 2
            row.insert(0, toks[k])
        lead = toks[:k]
        stop = max((i + 1 for i, x in enumerate(lead) if x.text in {",", ";", ":", "("}), default=0)
        return [t] if any(x.ent is not None or self._acts(x.text) for x in lead[stop:]) else row
