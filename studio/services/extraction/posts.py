"""Places and posts named right after something: `X, in Y`, `X, porter at Y`, `X of the Coral Guild`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.fitting import adapt
from studio.services.extraction.lexicon.shared import AND
from studio.services.extraction.sentences import M, Marked, P
from studio.services.extraction.tokens import BREAK, Tok, former

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft
    from studio.services.extraction.lexicon import Lexicon

POST = frozenset(["for", "with", "aboard", "für", "para", "pour", "chez"])


class Places:
    """Finds what is in which place, and who holds which post, by prepositions alone."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex

    def read(self, s: Marked, toks: list[Tok]) -> None:
        """All places and posts of one sentence."""
        self._prepositions(s, toks)
        self._posts(s, toks)

    def _prepositions(self, s: Marked, toks: list[Tok]) -> None:
        """`X, in Y`, `X beneath Y`: a place right after a name or at the head of a description."""
        for k in range(1, len(toks)):
            t, before = toks[k], toks[k - 1]
            if t.ent is None or t.ent.kind != "location" or t.at not in s.named:
                continue
            if before.text in self.lex.of and k <= 6 and self._described(s, toks[: k - 1], t) and s.topic is not None:
                self.draft.relate("located_in", s.topic, t.ent, s.span(toks[0].at, t.end), "prep:located_in")
            if before.text not in self.lex.inside:
                continue
            window = toks[max(0, k - 14) : k - 1]
            near = [x for x in window if x.ent is not None]
            if near and any(
                fold(x.text) in self.lex.verbs or x.text in {";", "and", "und", "y", "et", "e"}
                for x in window[window.index(near[-1]) :]
            ):
                continue
            if (
                near
                and near[-1].ent is not None
                and near[-1].ent.kind in {"location", "faction", "item"}
                and near[-1].ent is not t.ent
                and near[-1].text == M
            ):
                self.draft.relate("located_in", near[-1].ent, t.ent, s.span(near[-1].at, t.end), "prep:located_in")
            elif not near and k <= 8 and self._described(s, toks[: k - 1], t):
                assert s.topic is not None
                self.draft.relate("located_in", s.topic, t.ent, s.span(toks[0].at, t.end), "prep:located_in")

    def _described(self, s: Marked, words: list[Tok], place: Tok) -> bool:
        """`walled town on the Pan`: the words before say what the topic, a place, is."""
        if s.topic is None or s.topic.kind != "location" or s.topic is place.ent or not words:
            return False
        plain = not any(fold(w.text) in self.lex.verbs or w.text in AND or w.text in {",", ":"} for w in words[:-1])
        return plain and "location" in self.lex.kinds_of(words[-1].text)

    def _posts(self, s: Marked, toks: list[Tok]) -> None:
        """`X, porter at Y`, `X of the Coral Guild`: a post or an allegiance named right after a person."""
        for k in range(1, len(toks)):
            t, before = toks[k], toks[k - 1]
            if t.ent is None or t.text != M or t.ent.kind not in {"location", "faction"}:
                continue
            if t.ent.kind == "location" and before.text == "," and k > 2 and toks[k - 3].text == P:
                owner = toks[k - 3].ent
                if owner is not None and owner.kind == "location" and "location" in self.lex.kinds_of(toks[k - 2].text):
                    self.draft.relate("located_in", t.ent, owner, s.span(toks[k - 3].at, t.end), "prep:located_in")
            elif before.text in self.lex.of and k > 1 and (who := toks[k - 2]).text == M:
                self._belong(s, who, t, "member_of" if t.ent.kind == "faction" else "")
            elif before.text in self.lex.inside | POST | self.lex.of and (at := self._role_before(toks, k - 1)):
                who = self._holder(s, toks, at)
                if who is not None:
                    self._belong(s, who, t, "member_of" if t.ent.kind == "faction" else "works_at")

    def _role_before(self, toks: list[Tok], k: int) -> int:
        """Where the calling before this preposition stands: `cirujana clandestina del M`; 0 when there is none."""
        owned = toks[k].text in self.lex.of
        for at in (k - 1, k - 2) if self.lex.lang in {"es", "fr", "pt"} else (k - 1,):
            if at >= 0 and toks[at].ent is None and self._is_role(toks[at]):
                return 0 if former(toks, at) or (owned and fold(toks[at].text) in self.lex.nouns) else at
        return 0

    def _is_role(self, t: Tok) -> bool:
        return t.ent is None and "npc" in self.lex.kinds_of(t.text)

    def _holder(self, s: Marked, toks: list[Tok], i: int) -> Tok | None:
        """Whose post it is: the nearest name before, with no verb between, else the topic."""
        for k in range(i - 1, max(-1, i - 8), -1):
            t = toks[k]
            if t.ent is not None:
                if s.text[t.end : t.end + 2] == "'s":
                    continue
                return t if t.text == M else None
            if fold(t.text) in self.lex.verbs or t.text in BREAK or t.text in AND:
                return None
        return Tok("", 0, 0, s.topic) if s.topic is not None and i <= 8 else None

    def _belong(self, s: Marked, who: Tok, where: Tok, type_: str) -> None:
        if who.ent is None or where.ent is None or who.ent.kind != "npc" or not type_:
            return
        if name := adapt(type_, who.ent, where.ent):
            lo = who.at if who.end > 0 else where.at
            self.draft.relate(name, who.ent, where.ent, s.span(lo, where.end), f"post:{name}")
