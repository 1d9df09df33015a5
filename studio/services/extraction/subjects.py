"""Who does what a verb says: the mention before it, the first of its row, an agent, or whom the text is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import AND, COPULAS, HAVE, WHO
from studio.services.extraction.phrases import own_subject
from studio.services.extraction.sentences import M, Marked, P
from studio.services.extraction.tokens import BREAK, Rows, Tok

if TYPE_CHECKING:
    from studio.services.extraction.lexicon import Lexicon


class Subjects:
    """Finds subjects and agents in the tokens of one sentence."""

    def __init__(self, lex: Lexicon) -> None:
        self.lex = lex
        self.rows = Rows([], lex)

    def agent(self, toks: list[Tok], j: int) -> Tok | None:
        """Who a participle says it was done by."""
        for k, t in enumerate(toks[j : j + 8]):
            if t.text in BREAK or t.text in AND or (t.text == M and k > 0):
                return None
            if t.text in self.lex.by:
                return self.first(toks[j + k + 1 : j + k + 6])
        return None

    @staticmethod
    def first(toks: list[Tok]) -> Tok | None:
        """The first mention, unless another clause begins before it."""
        for t in toks:
            if t.text in AND or t.text in BREAK:
                return None
            if t.ent is not None:
                return t
        return None

    def chained(self, toks: list[Tok], i: int) -> Tok | None:
        """`M dislikes M, adores M and hunts M`: later verbs of a row have the first one's subject."""
        start = max((k + 1 for k in range(i) if toks[k].text in BREAK), default=0)
        marks = [k for k in range(start, i) if toks[k].ent is not None and toks[k].text == M]
        if len(marks) < 2 or own_subject(toks, i, self.lex, None):
            return None
        between = [t.text for t in toks[marks[-1] + 1 : i]]
        if WHO.intersection(between):
            return None
        finite = self.lex.lang != "en" or toks[i].text.endswith("s") or bool(COPULAS.intersection(between))
        rowed = any(w in AND for w in between) or (between[:1] == [","] and len(between) <= 2)
        lead = [t.text for t in toks[marks[0] + 1 : marks[1]]]
        return toks[marks[0]] if finite and rowed and lead and "," not in lead and lead[0] not in AND else None

    def subject(self, s: Marked, toks: list[Tok], i: int) -> Tok | None:
        """Who does what the verb at i says, or None."""
        told = i and toks[i - 1].text not in COPULAS and self.agent(toks, i + 1) is not None  # `a sword forged by M`
        if not told and own_subject(toks, i, self.lex, s.topic):
            return None
        if (first := self.of_the_row(toks, i)) is not None:
            return first
        if s.topic is not None and self._elided(toks, i):
            return Tok("", 0, 0, s.topic)
        for k in range(i - 1, -1, -1):
            t = toks[k]
            if t.text in BREAK:
                break
            if t.ent is None or t.text == P:
                continue
            after = s.text[t.end : t.end + 3]
            if self._relative(toks, k, i):
                return t
            owns = after.startswith("'s") and s.text[t.end + 2 : t.end + 3] == " " and i - k > 2
            if self.oblique(toks, k) or owns:
                continue
            return t
        return Tok("", 0, 0, s.topic) if s.topic is not None else None

    def _elided(self, toks: list[Tok], i: int) -> bool:
        """`Idolises M, fears M and serves M`: a note that begins with its verb leaves out whom it is on."""
        start = max((k + 1 for k in range(i) if toks[k].text in BREAK or toks[k].text == ":"), default=0)
        first = fold(toks[start].text)
        verbal = toks[start].ent is None and first in self.lex.verbs and not self.lex.kinds_of(first)
        return verbal and start < i - 1 and (toks[i - 1].text == "," or toks[i - 1].text in AND)

    def _relative(self, toks: list[Tok], k: int, i: int) -> bool:
        """`by M, who lives …`: the mention before a relative pronoun is its subject, whatever it was before."""
        nxt = [t.text for t in toks[k + 1 : k + 3]]
        who = nxt[:1] if nxt[:1] != [","] else nxt[1:]
        return bool(who) and who[0] in WHO and i - k <= 5

    def oblique(self, toks: list[Tok], k: int) -> bool:
        """Whether a preposition stands before the token at k."""
        before = toks[k - 1].text if k else ""
        owned = self.lex.lang == "de" and fold(before) in self.lex.heads  # `Auftraggeber der M`
        return owned or before in self.lex.place_preps or before in self.lex.of or before in self.lex.by

    def of_the_row(self, toks: list[Tok], i: int) -> Tok | None:
        """`M is at war with M and protects …`: the second verb's subject is the first one's."""
        k = i - 1
        while k > 1 and (toks[k].text.endswith("ly") or toks[k].text in self.lex.place_preps):
            k -= 1
        if k < 2 or toks[k].text not in AND or not self._finite(toks, i):
            return None
        start = max((n + 1 for n in range(k) if toks[n].text in BREAK), default=0)
        marks = [n for n in range(start, k) if toks[n].text == M and toks[n].ent is not None]
        if len(marks) < 2 or self.oblique(toks, marks[0]) or marks[0] - start > 4:
            return None
        between = [t.text for t in toks[marks[0] + 1 : marks[1]]]
        verbal = any(fold(w) in self.lex.verbs or w in COPULAS or w in HAVE for w in between)
        return toks[marks[0]] if verbal and not any(w in {",", "who", "qui", "que", "quem"} for w in between) else None

    def _finite(self, toks: list[Tok], i: int) -> bool:
        """Whether a verb form may be finite: not an English or German participle after `and`."""
        word = toks[i].text
        return not (self.lex.lang == "en" and word.endswith(("ed", "ing")) and self.agent(toks, i + 1) is not None)

    def fronted(self, toks: list[Tok], i: int, last: Tok | None) -> Tok | None:
        """`Led by M and M, the M …`, `Born in M, M …`: the participle's subject comes after its comma."""
        if i > 1 or last is None or any(t.ent is not None for t in toks[:i]):
            return None
        k = next((n for n, t in enumerate(toks) if t is self.rows.after(last)[-1]), len(toks))
        comma = next((n for n in range(k + 1, min(k + 8, len(toks))) if toks[n].text == "," or toks[n].ent), len(toks))
        named = toks[comma + 1] if comma + 1 < len(toks) and toks[comma].text == "," else None
        return named if named is not None and named.text == M and named.ent is not None else None
