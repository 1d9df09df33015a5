"""Relations stated in sentences: verbs, participles with an agent, and nouns such as `daughter of`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.domain.vocabulary import RELATIONS
from studio.services.extraction.lexicon.shared import BUSINESS, PLACED
from studio.services.extraction.sentences import M, Marked, P

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon

_TOKEN = re.compile(rf"[{M}{P}]|(?<!')[^\W\d_]+(?:[-'][^\W\d_]+)*|\d[\d.,]*|[,;:()–—]")
_NEG = frozenset(
    ["not", "never", "n't", "nicht", "nie", "kein", "keine", "nunca", "jamás", "ne", "pas", "jamais", "não", "nem"]
)
_BREAK = frozenset(";")
_AND = frozenset(["and", "but", "und", "aber", "y", "pero", "et", "mais", "e", "mas"])
_HAVE = frozenset(["has", "had", "have", "hat", "hatte", "tiene", "tenía", "avait", "tem", "tinha"])
_GIVEN_TO = frozenset(["to", "à", "au", "a", "al", "ao", "aux"])
_EX = re.compile(r"^(?:ex|former) (?=\w)")
_POST = frozenset(["for", "with", "aboard", "für", "para", "pour", "chez"])
_COPULAS = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "ist",
        "war",
        "sind",
        "waren",
        "es",
        "era",
        "son",
        "eran",
        "est",
        "était",
        "sont",
        "étaient",
        "é",
        "foi",
        "são",
        "eram",
    ],
)
_WARRING = frozenset(["at war", "en guerre", "en guerra", "em guerra", "im krieg"])
_MUTUAL = frozenset(["at_war_with", "enemy_of", "rival_of", "ally_of", "sibling_of", "spouse_of"])
_PLURAL = ("s", "x", "e", "n")
_SOFT = {
    "works_at": ("location",),
    "lives_in": ("location",),
    "located_in": ("location",),
    "hidden_in": ("location", "item"),
}


_NEEDS_PLACE = frozenset(["located_in", "lives_in", "hidden_in", "happened_at", "died_in", "born_in"])


@dataclass
class _Tok:
    text: str
    at: int
    end: int
    ent: Ent | None = None


def is_business(ent: Ent) -> bool:
    """Whether one runs this place as a trade rather than rules it."""
    types = " ".join(v.value for v in ent.fields.get("location_type", []))
    return bool(BUSINESS.search(f"{types} {ent.name}"))


def kinds_fit(type_: str, a: Ent, b: Ent) -> bool:
    """Whether a relation of this type may join these kinds."""
    spec = RELATIONS.get(type_)
    if spec is None:
        return True
    return (not spec.domain or a.kind in spec.domain) and (not spec.range or b.kind in spec.range)


def adapt(type_: str, a: Ent, b: Ent) -> str:
    """The type that fits the kinds: somebody who leads a town rules it, one who rules a guild leads it."""
    if type_ in {"leads", "rules"} and a.kind in {"npc", "faction"}:
        return _headed(type_, a, b)
    if b.kind not in _ONLY.get(type_, (b.kind,)):
        return ""
    if type_ in _SOCIAL and not {a.kind, b.kind} <= {"npc", "faction"}:
        return ""
    if type_ == "works_at" and b.kind in {"npc", "faction"}:
        return "serves"
    type_ = _INSTEAD.get((type_, a.kind, b.kind), type_)
    return type_ if b.kind and kinds_fit(type_, a, b) else ""


_SOCIAL = frozenset(
    ["ally_of", "rival_of", "enemy_of", "mentor_of", "sibling_of", "spouse_of", "parent_of", "serves", "member_of"]
)
_ONLY = {
    "created": ("item", "location"),
    "lives_in": ("location",),
    "works_at": ("location", "npc", "faction"),
    "located_in": ("location",),
    "hidden_in": ("location", "item"),
}
_INSTEAD = {("member_of", k, "npc"): "serves" for k in ("npc", "faction")} | {
    ("lives_in", k, "location"): "located_in" for k in ("faction", "location", "item", "event")
}


def _headed(type_: str, a: Ent, b: Ent) -> str:
    """Leading, ruling or running, by what is headed."""
    if b.kind == "faction":
        return "leads" if a.kind == "npc" else ""
    if b.kind != "location":
        return ""
    return "works_at" if type_ == "leads" and a.kind == "npc" and is_business(b) else "rules"


class Relater:
    """Finds relations in marked sentences."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex
        self._longest = 3

    def read(self, s: Marked) -> None:
        """All relations of one sentence."""
        toks = [_Tok(m.group().lower(), m.start(), m.end(), s.ents.get(m.start())) for m in _TOKEN.finditer(s.text)]
        if not any(t.ent for t in toks):
            return
        for i, t in enumerate(toks):
            if t.ent is None:
                self._verb(s, toks, i)
                self._noun(s, toks, i)
                self._mutual(s, toks, i)
        self._prepositions(s, toks)
        self._posts(s, toks)

    # -- verbs --------------------------------------------------------------------------------------------------

    def _verb(self, s: Marked, toks: list[_Tok], i: int) -> None:
        types, width = self._lookup(toks, i, self.lex.verbs)
        if (
            not types
            or (i and toks[i - 1].text in self.lex.dets)
            or any(t.text in _NEG or t.text.endswith("n't") for t in toks[max(0, i - 2) : i])
        ):
            return
        j = i + width
        obj = self._object(toks, j, direct=not {t.lstrip("<") for t in types} & PLACED, gives="owes" in types)
        agent = self._agent(toks, j)
        between = toks[i : toks.index(obj)] if obj is not None else []
        placed = any(t.text in self.lex.place_preps for t in between)
        for raw in types:
            type_, back = raw.lstrip("<"), raw.startswith("<")
            if type_ in _NEEDS_PLACE and not placed:
                continue
            if agent is not None:
                subject = self._subject(s, toks, i)
                self._state(s, type_, agent, subject, toks, i, agent_end=True, back=back)
            elif obj is not None:
                subject = self._chained(toks, i) or self._subject(s, toks, i)
                self._state(s, type_, subject, obj, toks, i, agent_end=False, back=back)

    def _lookup(self, toks: list[_Tok], i: int, table: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], int]:
        for width in range(min(self._longest, len(toks) - i), 0, -1):
            if any(t.ent for t in toks[i : i + width]):
                continue
            phrase = fold(" ".join(t.text for t in toks[i : i + width]))
            if found := table.get(phrase) or table.get(_EX.sub("", phrase.replace("-", " "))):
                return found, width
        return (), 1

    def _object(self, toks: list[_Tok], j: int, *, direct: bool = False, gives: bool = False) -> _Tok | None:
        for k, t in enumerate(toks[j : j + (10 if gives else 7)]):
            if gives and (t.text in _GIVEN_TO or t.text in self.lex.of):
                continue
            if direct and (t.text in self.lex.place_preps or t.text in self.lex.of or t.text in self.lex.by):
                return None
            if (
                t.text in _BREAK
                or (t.text == "," and k > 0)
                or t.text
                in {"that", "because", "who", "when", "while", "dass", "weil", "que", "parce", "porque", "(", ":"}
            ):
                return None
            if t.ent is not None:
                owner = j + k + 1 < len(toks) and (t.text == P)
                return None if owner else t
        return None

    def _agent(self, toks: list[_Tok], j: int) -> _Tok | None:
        for k, t in enumerate(toks[j : j + 8]):
            if t.text in _BREAK or t.text in _AND:
                return None
            if t.text in self.lex.by:
                return self._first(toks[j + k + 1 : j + k + 6])
        return None

    @staticmethod
    def _first(toks: list[_Tok]) -> _Tok | None:
        """The first mention, unless another clause begins before it."""
        for t in toks:
            if t.text in _AND or t.text in _BREAK:
                return None
            if t.ent is not None:
                return t
        return None

    def _chained(self, toks: list[_Tok], i: int) -> _Tok | None:
        """`M dislikes M, adores M and hunts M`: later verbs of a row have the first one's subject."""
        start = max((k + 1 for k in range(i) if toks[k].text in _BREAK), default=0)
        marks = [k for k in range(start, i) if toks[k].ent is not None and toks[k].text == M]
        if len(marks) < 2:
            return None
        between = [t.text for t in toks[marks[-1] + 1 : i]]
        finite = self.lex.lang != "en" or toks[i].text.endswith("s") or bool(_COPULAS.intersection(between))
        rowed = any(w in _AND for w in between) or (between[:1] == [","] and len(between) <= 2)
        lead = [t.text for t in toks[marks[0] + 1 : marks[1]]]
        return toks[marks[0]] if finite and rowed and lead and "," not in lead and lead[0] not in _AND else None

    def _subject(self, s: Marked, toks: list[_Tok], i: int) -> _Tok | None:
        for k in range(i - 1, -1, -1):
            t = toks[k]
            if t.text in _BREAK:
                break
            if t.ent is None or t.text == P:
                continue
            before = toks[k - 1].text if k else ""
            oblique = before in self.lex.place_preps or before in self.lex.of or before in self.lex.by
            after = s.text[t.end : t.end + 3]
            if oblique or (after.startswith("'s") and s.text[t.end + 2 : t.end + 3] == " " and i - k > 2):
                continue
            return t
        return _Tok("", 0, 0, s.topic) if s.topic is not None else None

    def _state(
        self,
        s: Marked,
        type_: str,
        a: _Tok | None,
        b: _Tok | None,
        toks: list[_Tok],
        i: int,
        *,
        agent_end: bool,
        back: bool,
    ) -> None:
        if a is None or b is None or a.ent is None or b.ent is None:
            return
        x, y = (b, a) if back else (a, b)
        assert x.ent is not None
        assert y.ent is not None
        name = adapt(type_, x.ent, y.ent)
        if name and x.ent is not y.ent:
            ends = [t for t in (a, b) if t.end > 0]
            lo, hi = min([*(t.at for t in ends), toks[i].at]), max([*(t.end for t in ends), toks[i].end])
            self.draft.relate(name, x.ent, y.ent, s.span(lo, hi), f"verb:{type_}")

    # -- nouns --------------------------------------------------------------------------------------------------

    def _noun(self, s: Marked, toks: list[_Tok], i: int) -> None:
        types, width = self._lookup(toks, i, self.lex.nouns)
        if not types:
            return
        other = self._noun_owner(s, toks, i, width)
        if other is None or other.ent is None:
            self._bare(s, toks, i, types)
            self._has(s, toks, i + width, types)
            return
        who = self._noun_bearer(s, toks, i, width, other)
        if who is not None and who.ent is not None and who.ent is not other.ent:
            self._hold(s, toks, i, types, who, other)

    def _mutual(self, s: Marked, toks: list[_Tok], i: int) -> None:
        """`M and M are open enemies`: what both are to each other."""
        found = self.lex.nouns.get(fold(toks[i].text), ())
        if i and f"{toks[i - 1].text} {toks[i].text}" in _WARRING:
            found, i = ("at_war_with",), i - 1
        if not found or found[0] not in _MUTUAL or not (toks[i].text.endswith(_PLURAL) or found[0] == "at_war_with"):
            return
        be = next((k for k in range(i - 1, max(2, i - 4), -1) if toks[k].text in _COPULAS), 0)
        if be < 3 or toks[be - 2].text not in _AND:
            return
        a, b = toks[be - 3], toks[be - 1]
        if a.ent is not None and b.ent is not None and (name := adapt(found[0], a.ent, b.ent)):
            self.draft.relate(name, a.ent, b.ent, s.span(a.at, toks[i].end), f"noun:{found[0]}")

    def _bare(self, s: Marked, toks: list[_Tok], i: int, types: tuple[str, ...]) -> None:
        """`Leader. 41, ex-driver.` under a group: the group above is meant."""
        owner = s.topic.parent.final if s.topic is not None and s.topic.parent is not None else None
        alone = i == 0 and len(toks) <= 2
        heads = alone and "leads" in types and owner is not None and owner.kind == "faction"
        if heads and s.topic is not None and s.topic.kind == "npc":
            self.draft.relate("leads", s.topic, owner, s.span(toks[i].at, toks[i].end), "noun:leads")

    def _has(self, s: Marked, toks: list[_Tok], j: int, types: tuple[str, ...]) -> None:
        """`M has a daughter, M`: who is whose."""
        have = next(
            (
                k
                for k in range(j - 1, max(0, j - 6), -1)
                if toks[k].text in _HAVE or (self.lex.lang == "fr" and toks[k].text == "a")
            ),
            0,
        )
        named = next((t for t in toks[j : j + 2] if t.ent is not None), None)
        owner = toks[have - 1] if have else None
        if owner is None or owner.text != M or named is None or named.text != M:
            return
        if owner.ent is not named.ent and not any(t.ent for t in toks[have:j]):
            self._hold(s, toks, j - 1, types, named, owner)

    def _hold(self, s: Marked, toks: list[_Tok], i: int, types: tuple[str, ...], who: _Tok, other: _Tok) -> None:
        if who.ent is None or other.ent is None:
            return
        topic = s.topic
        if topic is not None and topic is not other.ent and who.ent.kind != topic.kind == "npc":
            who = _Tok("", 0, 0, topic) if not any(self._fits(r, who.ent, other.ent) for r in types) else who
        assert who.ent is not None
        for raw in types:
            type_, back = raw.lstrip("<"), raw.startswith("<")
            x, y = (other.ent, who.ent) if back else (who.ent, other.ent)
            name = adapt(type_, x, y)
            if name:
                ends = [t for t in (who, other) if t.end > 0]
                lo, hi = min([*(t.at for t in ends), toks[i].at]), max([*(t.end for t in ends), toks[i].end])
                self.draft.relate(name, x, y, s.span(lo, hi), f"noun:{type_}")
                return

    @staticmethod
    def _fits(raw: str, who: Ent, other: Ent) -> bool:
        a, b = (other, who) if raw.startswith("<") else (who, other)
        return bool(adapt(raw.lstrip("<"), a, b))

    def _noun_owner(self, s: Marked, toks: list[_Tok], i: int, width: int) -> _Tok | None:
        """Whose daughter: `X's daughter`, `her daughter`, `daughter of X`, `the Combine director`."""
        for k in range(i - 1, max(-1, i - 5), -1):
            t = toks[k]
            if t.ent is not None:
                owns = t.text == P or s.text[t.end : t.end + 2] == "'s" or s.text[t.end : t.end + 1] == "'"
                direct = k == i - 1 and t.ent.kind in {"faction", "location"} and s.text[t.end : t.end + 1] == " "
                return t if owns or direct else self._of(toks, i + width)
            if t.text in {",", ";", "(", "–", "—"}:
                break
        return self._of(toks, i + width)

    def _of(self, toks: list[_Tok], j: int) -> _Tok | None:
        for k in range(j, min(j + 3, len(toks))):
            if toks[k].text in self.lex.of:
                return next((t for t in toks[k + 1 : k + 5] if t.ent is not None), None)
            if toks[k].ent is not None or toks[k].text == ",":
                return toks[k] if self.lex.lang == "de" and toks[k].ent is not None and k == j else None
        return None

    def _noun_bearer(self, s: Marked, toks: list[_Tok], i: int, width: int, other: _Tok) -> _Tok | None:
        """Who is the daughter: the name right after, else the clause's subject."""
        nxt = toks[i + width : i + width + 2]
        if len(nxt) == 2 and nxt[0].text in _COPULAS and nxt[1].text == M and other.end <= toks[i].at:
            return nxt[1] if nxt[1].ent is not other.ent else None
        if nxt and nxt[0].ent is not None and nxt[0] is not other and nxt[0].text == M:
            return nxt[0]
        if (
            len(nxt) == 2
            and nxt[0].text in {",", "(", ":"}
            and nxt[1].ent is not None
            and nxt[1] is not other
            and nxt[1].text == M
            and (i == 0 or not self._subject_near(toks, i, other))
        ):
            return nxt[1]
        if (
            len(nxt) == 2
            and nxt[0].text == ","
            and nxt[1].text == M
            and other is toks[i - 1]
            and self._closed(toks, i + width + 2)
        ):
            return nxt[1]
        return self._subject_near(toks, i, other) or (
            _Tok("", 0, 0, s.topic) if s.topic is not None and s.topic is not other.ent else None
        )

    @staticmethod
    def _closed(toks: list[_Tok], j: int) -> bool:
        """Whether an apposition ends here."""
        return j >= len(toks) or toks[j].text in {",", ";", ")", ":", "–", "—"}

    def _subject_near(self, toks: list[_Tok], i: int, other: _Tok) -> _Tok | None:
        rowed = next((k for k in range(i - 1, 0, -1) if toks[k].text in _COPULAS and toks[k - 1].text in _AND), 0)
        if rowed and (head := self._first(toks[:rowed])) is not None and head is not other and head.text == M:
            return head
        for k in range(i - 1, max(-1, i - 12), -1):
            t = toks[k]
            if t.text == ";":
                return None
            before = toks[k - 1].text if k else ""
            if before in self.lex.place_preps:
                continue
            if t.ent is not None and t is not other and t.text == M and t.ent is not other.ent:
                return t
        return None

    # -- places -------------------------------------------------------------------------------------------------

    def _prepositions(self, s: Marked, toks: list[_Tok]) -> None:
        """`X, in Y`, `X beneath Y`: a place right after a name or at the head of a description."""
        for k in range(1, len(toks)):
            t, before = toks[k], toks[k - 1]
            if t.ent is None or t.ent.kind != "location" or before.text not in self.lex.inside or t.text != M:
                continue
            window = toks[max(0, k - 14) : k - 1]
            near = [x for x in window if x.ent is not None]
            if near and any(
                x.text in self.lex.verbs or x.text in {";", "and", "und", "y", "et", "e"}
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

    def _described(self, s: Marked, words: list[_Tok], place: _Tok) -> bool:
        """`walled town on the Pan`: the words before say what the topic, a place, is."""
        if s.topic is None or s.topic.kind != "location" or s.topic is place.ent or not words:
            return False
        plain = not any(w.text in self.lex.verbs or w.text in _AND or w.text in {",", ":"} for w in words[:-1])
        return plain and "location" in self.lex.kinds_of(words[-1].text)

    def _posts(self, s: Marked, toks: list[_Tok]) -> None:
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
            elif (before.text in self.lex.inside or before.text in _POST) and k > 1 and self._is_role(toks[k - 2]):
                who = self._holder(s, toks, k - 2)
                if who is not None:
                    self._belong(s, who, t, "member_of" if t.ent.kind == "faction" else "works_at")

    def _is_role(self, t: _Tok) -> bool:
        return t.ent is None and "npc" in self.lex.kinds_of(t.text)

    def _holder(self, s: Marked, toks: list[_Tok], i: int) -> _Tok | None:
        """Whose post it is: the nearest name before, with no verb between, else the topic."""
        for k in range(i - 1, max(-1, i - 8), -1):
            t = toks[k]
            if t.ent is not None:
                if s.text[t.end : t.end + 2] == "'s":
                    continue
                return t if t.text == M else None
            if t.text in self.lex.verbs or t.text in _BREAK or t.text in _AND:
                return None
        return _Tok("", 0, 0, s.topic) if s.topic is not None and i <= 8 else None

    def _belong(self, s: Marked, who: _Tok, where: _Tok, type_: str) -> None:
        if who.ent is None or where.ent is None or who.ent.kind != "npc" or not type_:
            return
        if name := adapt(type_, who.ent, where.ent):
            lo = who.at if who.end > 0 else where.at
            self.draft.relate(name, who.ent, where.ent, s.span(lo, where.end), f"post:{name}")
