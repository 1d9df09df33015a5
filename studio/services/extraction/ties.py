"""Ties told by word order: `the war between M and M`, `Among M is M`, `In M stands M`, `now in M's hands`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.fitting import adapt, fitted, is_business
from studio.services.extraction.lexicon.shared import AND, COPULAS, HAVE, NOT_SERVING, SUPERIORS, VAGUE, WHO
from studio.services.extraction.sentences import M, Marked, P
from studio.services.extraction.tokens import Rows, Tok, former

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon

_SUBORDINATE = frozenset(["until", "because", "when", "while", "before", "after", "since"])
_HEADING = frozenset(["leads", "rules", "works_at", "guards"])
_WARRING = frozenset(["at war", "en guerre", "en guerra", "em guerra", "im krieg"])
_MUTUAL = frozenset(["at_war_with", "enemy_of", "rival_of", "ally_of", "sibling_of", "spouse_of", "loves"])
_PLURAL = ("s", "x", "e", "n")
_BETWEEN = frozenset(["between", "entre", "zwischen"])
_AMONG = frozenset(["among", "amongst", "parmi", "entre", "unter"])
_INCLUDE = frozenset(
    [
        *("include", "includes", "included", "including", "inclut", "incluent", "inclui", "incluem", "incluye"),
        *("incluyen", "umfassen", "are"),
    ]
)
_HEADED = frozenset(["head", "helm", "tête", "cabeza", "frente", "cabeça", "spitze"])
_UNDER = frozenset(["under", "sous", "sob", "bajo", "unter"])
_OVER = frozenset(["ended", "ends", "over", "finished", "terminée", "acabou", "terminou", "terminó", "beendet"])
_HELD = {
    "command": "serves", "service": "serves", "employ": "serves", "pay": "serves", "orders": "serves",
    "pocket": "serves", "debt": "owes", "hands": "<owns", "possession": "<owns", "keeping": "<owns", "care": "<owns",
}  # fmt: skip
"""`in M's debt`, `under M's command`: what the words before the mention are to it."""
_WANT = frozenset(["want", "wants", "wanted"])
_DONE = frozenset(["killed", "arrested", "followed", "destroyed", "watched", "removed", "banished"])
_GIVE = frozenset(
    [
        *("gave", "give", "gives", "given", "sold", "sells", "handed", "hands", "entrusted", "entrusts", "gifted"),
        *("bequeathed", "lent", "passed", "returned", "offered", "donna", "donné", "donne", "vendit", "vendu", "vend"),
        *("offrit", "offert", "confia", "confié", "légua", "légué", "remis", "remit", "deu", "vendeu", "entregou"),
        *("confiou", "legou", "dio", "vendió", "entregó", "confió", "legó", "regaló", "gab", "verkaufte", "schenkte"),
        *("vererbte", "übergab"),
    ]
)
_TO = frozenset(["to", "à", "au", "a", "al", "ao", "para", "an", "toward", "towards", "vers", "nach", "zu"])
_FROM = frozenset(["from", "depuis", "desde", "aus", "after", "before", "since"])
_DURING = frozenset(["during", "in", "at", "durante", "pendant", "lors", "während", "bei", "beim"])
_FIND = frozenset(
    ["find", "finds", "found", "meet", "meets", "see", "visit", "trouve", "trouvent", "encontra", "trifft"]
)
_DONE_FOR = frozenset(["dead", "gone", "ruined", "destroyed", "disgraced"])


class Ties:
    """Finds relations that no verb or noun tells by its own place."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex

    def read(self, s: Marked, toks: list[Tok]) -> None:
        """All such ties of one sentence."""
        rows = Rows(toks, self.lex)
        self._opening(s, toks, rows)
        self._happened(s, toks)
        for i, t in enumerate(toks):
            if t.ent is None:
                self._between(s, toks, i)
                self._mutual(s, toks, i)
                self._listed(s, toks, i, rows)
                for look in (self._kept, self._held, self._wanted, self._given, self._met, self._aside):
                    look(s, toks, i)
            elif t.text == M and i + 1 < len(toks):
                self._owned(s, t, toks[i + 1])

    def _relate(self, s: Marked, type_: str, a: Tok | None, b: Tok | None, rule: str) -> bool:
        if a is None or b is None or a.ent is None or b.ent is None or a.ent is b.ent:
            return False
        if type_.startswith("<"):
            type_, a, b = type_[1:], b, a
        assert a.ent is not None
        assert b.ent is not None
        if made := fitted(type_, a.ent, b.ent):
            ends = [t for t in (a, b) if t.end > 0]
            self.draft.relate(*made, s.span(min(t.at for t in ends), max(t.end for t in ends)), f"{rule}:{type_}")
        return made is not None

    def _named(self, toks: list[Tok], k: int) -> Tok | None:
        """The mention at k, past an article and small adjectives."""
        return next((t for t in toks[k : k + 2] if t.text == M and t.ent is not None), None)

    def bare(self, s: Marked, toks: list[Tok], i: int, types: tuple[str, ...]) -> None:
        """`Leader. 41, ex-driver.` under a group: the group above is meant."""
        owner = s.topic.parent.final if s.topic is not None and s.topic.parent is not None else None
        words = [n for n, t in enumerate(toks) if t.text[0].isalpha() or t.ent is not None]
        after = toks[i + 1].text if i + 1 < len(toks) else ""
        alone = words[:1] == [i] and (len(words) == 1 or after in {",", ";", ")", "–", "—"})
        heads = alone and "leads" in types and owner is not None and owner.kind == "faction"
        if heads and s.topic is not None and s.topic.kind == "npc":
            self.draft.relate("leads", s.topic, owner, s.span(toks[i].at, toks[i].end), "noun:leads")

    def _between(self, s: Marked, toks: list[Tok], i: int) -> None:
        """`the long feud between M and M`, when it isn't over."""
        if toks[i].text not in _BETWEEN or i + 3 >= len(toks) or toks[i + 2].text not in AND:
            return
        a, b = toks[i + 1], toks[i + 3]
        for k in range(i - 1, max(-1, i - 4), -1):
            types = self.lex.between.get(fold(toks[k].text)) or (
                self.lex.between.get(fold(f"{toks[k - 1].text} {toks[k].text}")) if k else None
            )
            if types:
                past = former(toks, k) or any(t.text in _OVER for t in toks[i + 4 : i + 8])
                if a.text == b.text == M and not past:
                    self._relate(s, types[0], a, b, "between")
                return

    def _mutual(self, s: Marked, toks: list[Tok], i: int) -> None:
        """`M and M are open enemies`, `are brother and sister`: what both are to each other."""
        found = self.lex.nouns.get(fold(toks[i].text), ())
        pair = i > 1 and toks[i - 1].text in AND and self.lex.nouns.get(fold(toks[i - 2].text), ("",))[0]
        if i and f"{toks[i - 1].text} {toks[i].text}" in _WARRING:
            found, i = ("at_war_with",), i - 1
        if not found or found[0] not in _MUTUAL:
            return
        if pair != found[0] and found[0] != "at_war_with" and not toks[i].text.endswith(_PLURAL):
            return
        lo = i - 2 if pair == found[0] else i
        be = next((k for k in range(lo - 1, max(2, lo - 4), -1) if toks[k].text in COPULAS), 0)
        if be < 3 or toks[be - 2].text not in AND:
            return
        a, b = toks[be - 3], toks[be - 1]
        if a.ent is not None and b.ent is not None and (name := adapt(found[0], a.ent, b.ent)):
            self.draft.relate(name, a.ent, b.ent, s.span(a.at, toks[i].end), f"noun:{found[0]}")

    def _listed(self, s: Marked, toks: list[Tok], i: int, rows: Rows) -> None:
        """`Members of M include M and M`, `M's allies are M and M`."""
        if toks[i].text not in _INCLUDE or i + 1 >= len(toks) or i < 2:
            return
        of = i > 2 and toks[i - 2].text in self.lex.of and toks[i - 1].text == M
        noun, owner = (toks[i - 3], toks[i - 1]) if of else (toks[i - 1], toks[i - 2])
        if not of and not (owner.text == P or (owner.text == M and s.text.startswith("'s", owner.end))):
            return
        word = fold(noun.text)
        types = self.lex.nouns.get(word) or (self.lex.nouns.get(word[:-1]) if word.endswith("s") else None)
        first = self._named(toks, i + 1)
        if types and first is not None:
            for one in rows.after(first):
                next((None for type_ in types if self._relate(s, type_, one, owner, "list")), None)

    def _held(self, s: Marked, toks: list[Tok], i: int) -> None:
        """`M is in M's debt`, `now in her hands`, `the key hangs at M's belt`."""
        if i < 2 or self.lex.lang != "en":
            return
        owner, prep = toks[i - 1], toks[i - 2]
        owns = owner.text == P or (owner.text == M and s.text.startswith("'s", owner.end))
        if not owns or prep.text not in self.lex.place_preps:
            return
        who = next((t for t in toks[: i - 2] if t.text == M), None) or Tok("", 0, 0, s.topic)
        type_ = _HELD.get(toks[i].text, "")
        if not type_ and who.ent is not None and who.ent.kind == "item" and owner.ent is not who.ent:
            type_ = "<owns"
        if type_:
            self._relate(s, type_, who, owner, "held")

    def _kept(self, s: Marked, toks: list[Tok], i: int) -> None:
        """`M's sword, M,`, `its only inn, the M`: a thing or a place that is somebody's, and its name."""
        named = self._named(toks, i + 2) if i + 2 < len(toks) and toks[i + 1].text == "," else None
        owner = next((t for t in toks[max(0, i - 2) : i][::-1] if t.ent is not None), None)
        if named is None or named is not toks[i + 2] or owner is None or owner.ent is None or named.ent is None:
            return
        kind = named.ent.kind
        owns = owner.text == P or s.text.startswith("'s", owner.end)
        if owns and kind == "npc" and owner.ent.kind in {"npc", "faction"} and self._serving(toks[i].text, owner.ent):
            above = owner is toks[i - 1] and toks[i].text in SUPERIORS  # `his boss, M`, but `his security chief, M`
            self._relate(s, "<serves" if above else "serves", named, owner, "kept")
        if not owns or kind not in {"item", "location"} or kind not in self.lex.kinds_of(toks[i].text):
            return
        if owner.ent.kind == "location":
            self._relate(s, "located_in", named, owner, "kept")
        elif kind == "item" or is_business(named.ent) or owner.ent.kind == "npc":
            self._relate(s, "owns", owner, named, "kept")

    def _serving(self, noun: str, owner: Ent) -> bool:
        """`her barman, M`: a calling that is somebody's serves him."""
        word = fold(noun)
        if word.endswith(("in-law", "in law")) or word.startswith(("step", "foster", "belle-", "beau-")):
            return False
        types = {x.lstrip("<") for x in self.lex.nouns.get(word, ())}
        plain = (
            (not types or (types <= _HEADING and owner.kind == "npc"))
            and noun not in NOT_SERVING
            and word not in NOT_SERVING | VAGUE
        )
        return plain and self.lex.kinds_of(noun)[:1] == ("npc",)

    def _wanted(self, s: Marked, toks: list[Tok], i: int) -> None:
        """`M wants M dead`, `M wants the key`, `M has the key`."""
        if not (toks[i].text in _WANT or toks[i].text in HAVE) or i + 1 >= len(toks) or toks[i + 1].text != M:
            return
        who = toks[i - 1] if i and toks[i - 1].text == M else Tok("", 0, 0, s.topic) if i <= 1 else None
        what = toks[i + 1]
        if who is None or what.ent is None:
            return
        want = toks[i].text in _WANT
        if want and i + 2 < len(toks) and toks[i + 2].text in _DONE_FOR:
            self._relate(s, "enemy_of", who, what, "want")
        elif what.ent.kind == "item" and (i + 2 >= len(toks) or toks[i + 2].text not in _DONE):
            self._relate(s, "seeks" if want else "owns", who, what, "want" if want else "has")

    def _given(self, s: Marked, toks: list[Tok], i: int) -> None:
        """`gave M the key`, `sold the key to M`: whoever gets a thing has it."""
        if toks[i].text not in _GIVE:
            return
        first = next((k for k in range(i + 1, min(i + 3, len(toks))) if toks[k].text == M), 0)
        second = next((k for k in range(first + 1, min(first + 4, len(toks))) if toks[k].text == M), 0) if first else 0
        if not second or any(t.text in {",", ";"} for t in toks[i:second]):
            return
        a, b = toks[first], toks[second]
        assert a.ent is not None
        assert b.ent is not None
        if a.ent.kind == "item" and toks[second - 1].text in _TO:
            self._relate(s, "owns", b, a, "given")
        elif b.ent.kind == "item" and second == first + 1:
            self._relate(s, "owns", a, b, "given")

    def _met(self, s: Marked, toks: list[Tok], i: int) -> None:
        """`You find M at M`, `M's headquarters in M`: who or what is where."""
        if i + 3 < len(toks) and toks[i].text in _FIND and toks[i + 1].text == M:
            if toks[i + 2].text in self.lex.inside and self._is_place(toks[i + 3]):
                self._relate(s, "located_in", toks[i + 1], toks[i + 3], "met")
        elif "<located_in" in self.lex.nouns.get(fold(toks[i].text), ()) and 0 < i < len(toks) - 2:
            owner = toks[i - 1]
            owns = owner.text == P or (owner.text == M and s.text.startswith("'s", owner.end))
            if owns and toks[i + 1].text in self.lex.inside and self._is_place(toks[i + 2]):
                self._relate(s, "located_in", owner, toks[i + 2], "met")

    def _aside(self, s: Marked, toks: list[Tok], i: int) -> None:
        """`Bram Tull (Red Hands)`, `(smith, the Tin Court)`: a name alone in brackets is whose or where."""
        if toks[i].text != "(" or i + 2 >= len(toks):
            return
        close = next((k for k in range(i + 1, min(i + 10, len(toks))) if toks[k].text == ")"), 0)
        who = toks[i - 1] if i else Tok("", 0, 0, s.topic)
        if not close or who.ent is None or (i and who.text != M):
            return
        for k in range(i + 1, close):
            t = toks[k]
            alone = toks[k - 1].text in {"(", ",", ";"} and toks[k + 1].text in {")", ",", ";"}
            if not alone or t.text != M or t.ent is None:
                continue
            if t.ent.kind == "faction" and who.ent.kind == "npc":
                self._relate(s, "member_of", who, t, "aside")
            elif t.ent.kind == "location":
                self._relate(s, "happened_at" if who.ent.kind == "event" else "located_in", who, t, "aside")

    def _happened(self, s: Marked, toks: list[Tok]) -> None:
        """`During the Long Night, Larkmoor burned`, `The Long Night left Larkmoor in ashes`."""
        events = [k for k, t in enumerate(toks) if t.ent is not None and t.text == M and t.ent.kind == "event"]
        places = [k for k, t in enumerate(toks) if self._is_place(t)]
        if len(events) != 1 or len(places) != 1:
            return
        e, p = events[0], places[0]
        before = toks[p - 1].text if p else ""
        if before in _TO or before in _FROM:
            return
        lo, hi = min(e, p), max(e, p)
        parted = any(
            t.text in WHO or t.text in _SUBORDINATE or (t.ent is not None and t.text == M) for t in toks[lo + 1 : hi]
        )
        during = e > 0 and toks[e - 1].text in _DURING and not parted
        struck = e == 0 and 1 < p <= 5 and toks[1].text not in COPULAS and toks[1].text.isalpha()
        if during or struck:
            self._relate(s, "happened_at", toks[e], toks[p], "during")

    def _opening(self, s: Marked, toks: list[Tok], rows: Rows) -> None:
        """`In M stands M`, `Among M is M`, `At the head of M stands M`, `Under M, the M …`."""
        at = next((k for k, t in enumerate(toks[:6]) if t.text == M and t.ent is not None), 0)
        if not at or at + 2 >= len(toks):
            return
        lead, there, nxt = [t.text for t in toks[:at]], toks[at], toks[at + 1]
        then = self._named(toks, at + 2)
        if then is None or any(w in {",", ";", ":"} for w in lead):
            return
        if lead[0] in _UNDER and at == 1 and nxt.text == "," and there.ent and there.ent.kind == "npc":
            self._relate(s, "leads", there, then, "opening")
        elif any(w in _HEADED for w in lead):
            if self._stands(nxt.text):
                self._relate(s, "leads", then, there, "opening")
        elif lead[0] in _AMONG and self._stands(nxt.text) and there.ent and there.ent.kind == "faction":
            for one in rows.after(then):
                self._relate(s, "member_of", one, there, "opening")
        elif lead[0] in self.lex.inside and self._stands(nxt.text) and self._is_place(there):
            self._relate(s, "located_in", then, there, "opening")

    @staticmethod
    def _is_place(t: Tok) -> bool:
        return t.text == M and t.ent is not None and t.ent.kind == "location"

    def _stands(self, word: str) -> bool:
        return word in COPULAS or "located_in" in self.lex.verbs.get(fold(word), ())

    def _owned(self, s: Marked, t: Tok, nxt: Tok) -> None:
        """`Larkmoor's Glass Mill`, `Ada Voss's Bone Key`: a name that is another's."""
        if nxt.text != M or nxt.ent is None or t.ent is None or s.text[t.end : t.end + 3] != "'s ":
            return
        if nxt.at != t.end + 3:
            return
        owner, thing = t.ent.kind, nxt.ent.kind
        if owner == "location" and thing in {"location", "faction"}:
            self._relate(s, "located_in", nxt, t, "owned")
        elif owner in {"npc", "faction"} and thing == "item":
            self._relate(s, "owns", t, nxt, "owned")


def his_own(s: Marked, toks: list[Tok], i: int) -> Tok | None:
    """`Cora Finch, his daughter,` in a text on somebody else: `his` is not hers, but whom the text is about."""
    if i > 3 and toks[i - 2].text == P and toks[i - 1].ent is None and toks[i - 3].text == ",":
        i -= 1  # `his foster father`
        return _named_before(s, toks, i, i + 2)
    return _named_before(s, toks, i, i + 1)


def _named_before(s: Marked, toks: list[Tok], i: int, end: int) -> Tok | None:
    if i < 3 or toks[i - 1].text != P or toks[i - 2].text != "," or s.topic is None or s.topic.kind != "npc":
        return None
    named, alone = toks[i - 3], end >= len(toks) or toks[end].text in {",", ";", ")", "–", "—"}
    return named if alone and named.text == M and named.ent is not s.topic else None
