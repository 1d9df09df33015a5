"""Relations stated in sentences: verbs, participles with an agent, and nouns such as `daughter of`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.fitting import adapt, fitted
from studio.services.extraction.lexicon.shared import (
    AND,
    AUXILIARIES,
    BEFORE_CLITIC,
    COPULAS,
    FORMER,
    HAVE,
    NAMING,
    WHO,
    WHOSE,
)
from studio.services.extraction.objects import GIVEN_TO, Objects
from studio.services.extraction.phrases import predicated
from studio.services.extraction.posts import POST, Places
from studio.services.extraction.sentences import M, Marked, P
from studio.services.extraction.subjects import Subjects
from studio.services.extraction.ties import Ties, his_own
from studio.services.extraction.tokens import Rows, Tok, denied, former, tokenize

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon

_EX = re.compile(r"^(?:ex|former) (?=\w)")
_MUTUAL = frozenset(["at_war_with", "enemy_of", "rival_of", "ally_of", "sibling_of", "spouse_of"])
_PLURAL = ("s", "x", "e", "n")
_HELD = frozenset(["member_of", "serves", "leads", "rules", "works_at", "employs", "spouse_of", "ally_of", "owns"])
_AGAINST = frozenset(["against", "contre", "contra", "gegen"])
_BEFORE_OF = frozenset(["antes", "depois", "después", "lejos", "longe", "près", "loin", "autour", "lors", "instead"])
_HAUNTS = frozenset(["lair", "den", "hideout", "antre", "repaire", "covil", "guarida", "ninho", "nid", "esconderijo"])
_KIN = frozenset(["parent_of", "sibling_of", "spouse_of"])
_NEEDS_PLACE = frozenset(["located_in", "lives_in", "hidden_in", "happened_at", "died_in", "born_in"])


class Relater:
    """Finds relations in marked sentences."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex = draft, lex
        self._longest = 4
        self.subjects, self.objects = Subjects(lex), Objects(lex)
        self.rows = Rows([], lex)
        self.places, self.ties = Places(draft, lex), Ties(draft, lex)

    def read(self, s: Marked) -> None:
        """All relations of one sentence."""
        toks = tokenize(s, self.lex)
        if not any(t.ent for t in toks) and (s.topic is None or s.topic.parent is None):
            return
        self.rows = self.subjects.rows = Rows(toks, self.lex)
        for i, t in enumerate(toks):
            if t.ent is None:
                self._verb(s, toks, i)
                self._noun(s, toks, i)
        self.places.read(s, toks)
        self.ties.read(s, toks)

    # -- verbs --------------------------------------------------------------------------------------------------

    def _verb(self, s: Marked, toks: list[Tok], i: int) -> None:
        types, width = self._lookup(toks, i, self.lex.verbs)
        if not types or denied(toks, i, self.lex) or (width == 1 and self._owned_noun(s, toks, i)):
            return
        j = i + width
        if self._with_clitic(s, toks, i, j, types) or (width == 1 and i and toks[i - 1].text in self.lex.dets):
            return
        if self._inverted(s, toks, i, j, types):
            return
        if "sworn_to" in types and self._sworn_enemy(toks, i):
            return
        obj = self.objects.of(s, toks, i, j, types)
        agent = self.objects.belonging(s, toks, self.subjects.agent(toks, j))
        between = toks[i : toks.index(obj)] if obj is not None else []
        for raw in types:
            if raw == "hidden_in" and self._shelters(s, toks, i, j):
                return
            if self._takes_place(toks, j, raw, between):
                self._told(s, toks, i, raw, agent, obj)

    def _sworn_enemy(self, toks: list[Tok], i: int) -> bool:
        """`ennemie jurée de M`, `sworn enemy of M`: the participle belongs to the noun."""
        near = [toks[k].text for k in (i - 1, i + 1) if 0 <= k < len(toks)]
        return any("enemy_of" in self.lex.nouns.get(fold(w), ()) for w in near)

    def _takes_place(self, toks: list[Tok], j: int, raw: str, between: list[Tok]) -> bool:
        """Whether a verb that needs a place has one: `stands in M`, not `stands between M and M`."""
        if raw == "located_in" and any(t.text in {"between", "entre", "zwischen"} for t in between):
            return False
        placed = any(t.text in self.lex.place_preps for t in between)
        if raw == "sworn_to" and any(t.text in _AGAINST for t in between):
            return False
        return raw not in _NEEDS_PLACE or (placed and not self.objects.other_thing(toks, j, raw))

    def _told(self, s: Marked, toks: list[Tok], i: int, raw: str, agent: Tok | None, obj: Tok | None) -> None:
        """State one relation of a verb, between its agent or object and its subject."""
        type_, back = raw.lstrip("<"), raw.startswith("<")
        fronted = self.subjects.fronted(toks, i, agent or obj)
        if agent is not None:
            subject = fronted or self.subjects.subject(s, toks, i)
            self._state(s, type_, agent, subject, toks, i, back=back)
        elif obj is not None:
            fronted = fronted if type_ in _NEEDS_PLACE else None
            subject = fronted or self.subjects.chained(toks, i) or self.subjects.subject(s, toks, i)
            self._state(s, type_, subject, obj, toks, i, back=back)
        if obj is not None and type_ in {"founded", "created"} and (other := self.objects.joined(toks, obj)):
            self._state(s, type_, other, obj, toks, i, back=back)
        if agent is None and type_ in _MUTUAL:
            self._each_other(s, toks, i, type_)

    @staticmethod
    def _owned_noun(s: Marked, toks: list[Tok], i: int) -> bool:
        """`the Count's guards`, `his fears`: a noun that looks like a verb."""
        before = toks[i - 1] if i else None
        if before is None or before.ent is None:
            return False
        return before.text == P or s.text.startswith("'s", before.end)

    def _with_clitic(self, s: Marked, toks: list[Tok], i: int, j: int, types: tuple[str, ...]) -> bool:
        """`M la busca`, `la fundó M`: the small word before the verb is its object, the thing spoken of."""
        at = i - 2 if i > 1 and toks[i - 1].text in AUXILIARIES and self.lex.lang != "en" else i - 1
        if at < 0 or toks[at].text not in self.lex.clitics or s.spoken is None:
            return False
        if toks[at].text in {"le", "les"} and self.lex.lang == "es" and toks[j - 1].text in GIVEN_TO:
            return False
        before = toks[at - 1].text if at else ""
        after = self._behind(toks, j)
        follows = after is not None
        subject: Tok | None = None
        if before == M or before in BEFORE_CLITIC:
            subject = toks[at - 1] if before == M else None if follows else self.subjects.subject(s, toks, at)
        elif before not in {"", ",", ";", ":", "se", "me"} or not follows:
            return at < i - 1
        subject = subject or after
        if subject is None or subject.ent is None or subject.ent is s.spoken:
            return before == M
        spoken = Tok("", 0, 0, s.spoken)
        for raw in types:
            if raw in _NEEDS_PLACE:
                place = self.objects.plain(toks, j)
                if s.spoken.kind == "item" and place is not None and place.ent and place.ent.kind == "location":
                    self._state(s, raw, spoken, place, toks, i, back=False)
            else:
                self._state(s, raw.lstrip("<"), subject, spoken, toks, i, back=raw.startswith("<"))
        return True

    def _behind(self, toks: list[Tok], j: int) -> Tok | None:
        """The subject right behind its verb, perhaps with what it is called: `La construyó el indiano M`."""
        for t in toks[j : j + 3]:
            if t.text == M:
                return t
            small = t.text in self.lex.place_preps | self.lex.of | self.lex.by
            if t.ent is not None or small or not t.text[0].isalpha() or t.text in AND:
                return None
            if t.text not in self.lex.dets and fold(t.text) in self.lex.verbs:
                return None
        return None

    def _inverted(self, s: Marked, toks: list[Tok], i: int, j: int, types: tuple[str, ...]) -> bool:
        """`un réacteur que convoite M`: after `que` and its verb comes the subject."""
        if not i or toks[i - 1].text not in {"que", "qu"} or j - i > 1:
            return False
        subject = next((t for t in toks[j : j + 3] if t.ent is not None), None)
        if subject is None or subject.text != M or any(t.text in self.lex.place_preps for t in toks[j : j + 2]):
            return False
        thing = next((t for t in reversed(toks[max(0, i - 7) : i - 1]) if t.at in s.named), None)
        if thing is None and s.ents and min(s.ents) < toks[i].at:
            return True
        noun = toks[i - 2].text if i > 1 else ""
        if self.lex.lang != "fr" and thing is None and not {"item", "location"} & set(self.lex.kinds_of(noun)):
            return True  # `la patrulla que caza a M`
        obj = thing if thing is not None else Tok("", 0, 0, s.topic)
        if obj.ent is not None and obj.ent is not subject.ent:
            for raw in types:
                self._state(s, raw.lstrip("<"), subject, obj, toks, i, back=raw.startswith("<"))
        return True

    def _each_other(self, s: Marked, toks: list[Tok], i: int, type_: str) -> None:
        """`M and M are feuding`: a row before a verb that goes both ways."""
        near = self.subjects.subject(s, toks, i)
        row = self.rows.before(near) if near is not None and near.end > 0 else []
        if len(row) != 2 or i - toks.index(row[1]) > 3:
            return
        a, b = row[0].ent, row[1].ent
        if a is not None and b is not None and (name := adapt(type_, a, b)):
            self.draft.relate(name, a, b, s.span(row[0].at, toks[i].end), f"verb:{type_}")

    def _lookup(self, toks: list[Tok], i: int, table: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], int]:
        for width in range(min(self._longest, len(toks) - i), 0, -1):
            if any(t.ent for t in toks[i : i + width]):
                continue
            phrase = fold(" ".join(t.text for t in toks[i : i + width]))
            if found := table.get(phrase) or table.get(_EX.sub("", phrase.replace("-", " "))):
                tail = table is self.lex.nouns and width > 1 and toks[i + width - 1].text in self.lex.of
                return found, width - tail
            if table is self.lex.nouns and width == 1 and phrase[-1:] == "s" and (found := table.get(phrase[:-1])):
                return found, width
        return (), 1

    def _shelters(self, s: Marked, toks: list[Tok], i: int, j: int) -> bool:
        """`hides M from everybody`: who hides somebody guards them."""
        whom = toks[j] if j < len(toks) and toks[j].text == M else None
        who = self.subjects.subject(s, toks, i)
        if whom is None or whom.ent is None or who is None or who.ent is None:
            return False
        if whom.ent.kind != "npc" or who.ent.kind != "npc":
            return False
        self._state(s, "guards", who, whom, toks, i, back=False)
        return True

    def _state(
        self,
        s: Marked,
        type_: str,
        a: Tok | None,
        b: Tok | None,
        toks: list[Tok],
        i: int,
        *,
        back: bool,
    ) -> None:
        """Relate all of the row that `a` stands in to all of the row that `b` stands in."""
        if a is None or b is None:
            return
        for one in self._row(a, toks, i):
            for other in self._row(b, toks, i):
                self._relate(s, type_, *((other, one) if back else (one, other)), toks[i])

    def _row(self, t: Tok, toks: list[Tok], i: int) -> list[Tok]:
        if t.end == 0 or not any(x is t for x in toks):
            return [t]
        return self.rows.after(t) if t.at > toks[i].at else self.rows.before(t)

    def _relate(self, s: Marked, type_: str, x: Tok, y: Tok, verb: Tok) -> None:
        if x.ent is None or y.ent is None or x.ent is y.ent:
            return
        if made := fitted(type_, x.ent, y.ent):
            ends = [t for t in (x, y) if t.end > 0]
            lo, hi = min([*(t.at for t in ends), verb.at]), max([*(t.end for t in ends), verb.end])
            self.draft.relate(*made, s.span(lo, hi), f"verb:{type_}")

    # -- nouns --------------------------------------------------------------------------------------------------

    def _noun(self, s: Marked, toks: list[Tok], i: int) -> None:
        types, width = self._lookup(toks, i, self.lex.nouns)
        past = former(toks, i) or any(t.text in FORMER for t in toks[max(0, i - 4) : i])
        if i and fold(f"{toks[i - 1].text} {toks[i].text}") in self.lex.nouns:
            return  # `sworn brother` was read as one
        if not types or (past and types[0].lstrip("<") in _HELD):
            return
        if (turned := his_own(s, toks, i)) is not None:
            self._hold(s, toks, i, types, turned, Tok("", 0, 0, s.topic))
            return
        other = self._noun_owner(s, toks, i, width)
        if other is None and self._article_kin(s, toks, i, types):
            return
        if other is None or other.ent is None:
            self.ties.bare(s, toks, i, types)
            self._has(s, toks, i + width, types)
            return
        if other.text == P and types[0].lstrip("<") in _KIN:
            types = tuple(x for x in types if x.lstrip("<") in _KIN)
        who = self._noun_bearer(s, toks, i, width, other)
        if who is None or who.ent is None or who.ent is other.ent:
            return
        after = who.end > 0 and who.at > toks[i].at
        several = other.end > 0 and other.at > toks[i].at and other.text == M
        for one in self.rows.after(who) if after and toks[i].text.endswith(_PLURAL) else [who]:
            for owner in self.rows.after(other) if several else [other]:
                self._hold(s, toks, i, types, one, owner)

    def _article_kin(self, s: Marked, toks: list[Tok], i: int, types: tuple[str, ...]) -> bool:
        """`vit avec la fille, M`, `com o marido, M`: kin with an article are the subject's."""
        kin = self.lex.lang in {"es", "fr", "pt"} and types[0].lstrip("<") in _KIN
        article = i > 1 and toks[i - 1].text in self.lex.definite and toks[i - 2].text not in {",", "("}
        named = self.objects.behind_comma(toks, i + 1) if kin and article else None
        owner = self.subjects.subject(s, toks, i - 1) if named is not None else None
        if named is None or owner is None or owner.ent is None or owner.ent.kind != "npc" or owner.ent is named.ent:
            return False
        self._hold(s, toks, i, types, named, owner)
        return True

    def _has(self, s: Marked, toks: list[Tok], j: int, types: tuple[str, ...]) -> None:
        """`M has a daughter, M`: who is whose."""
        have = next(
            (
                k
                for k in range(j - 1, max(0, j - 6), -1)
                if toks[k].text in HAVE or (self.lex.lang == "fr" and toks[k].text == "a")
            ),
            0,
        )
        named = next((t for t in toks[j : j + 2] if t.ent is not None), None)
        owner = toks[have - 1] if have else None
        if owner is None or owner.text != M or named is None or named.text != M:
            return
        if owner.ent is not named.ent and not any(t.ent for t in toks[have:j]):
            for one in self.rows.after(named):
                self._hold(s, toks, j - 1, types, one, owner)

    def _hold(self, s: Marked, toks: list[Tok], i: int, types: tuple[str, ...], who: Tok, other: Tok) -> None:
        if who.ent is None or other.ent is None:
            return
        topic = s.topic
        if topic is not None and topic is not other.ent and who.ent.kind != topic.kind == "npc":
            who = Tok("", 0, 0, topic) if not any(self._fits(r, who.ent, other.ent) for r in types) else who
        assert who.ent is not None
        for raw in types:
            type_, back = raw.lstrip("<"), raw.startswith("<")
            x, y = (other.ent, who.ent) if back else (who.ent, other.ent)
            if type_ == "located_in" and not back and x.kind != "location":
                continue
            if type_ == "located_in" and back and x.kind != "faction" and toks[i].text not in _HAUNTS:
                continue
            if made := fitted(type_, x, y):
                ends = [t for t in (who, other) if t.end > 0]
                lo, hi = min([*(t.at for t in ends), toks[i].at]), max([*(t.end for t in ends), toks[i].end])
                self.draft.relate(*made, s.span(lo, hi), f"noun:{type_}")
                return

    @staticmethod
    def _fits(raw: str, who: Ent, other: Ent) -> bool:
        a, b = (other, who) if raw.startswith("<") else (who, other)
        return bool(adapt(raw.lstrip("<"), a, b))

    def _noun_owner(self, s: Marked, toks: list[Tok], i: int, width: int) -> Tok | None:
        """Whose daughter: `X's daughter`, `her daughter`, `daughter of X`, `the Combine director`, `a filha dele`."""
        if self.lex.lang == "pt":
            after = next((t for t in toks[i + width : i + width + 3] if t.ent is not None or t.text == ","), None)
            if after is not None and after.text == P:
                return after
        for k in range(i - 1, max(-1, i - 5), -1):
            t = toks[k]
            if self.lex.lang == "fr" and t.text in COPULAS and k and toks[k - 1].text == "en":
                return Tok("", 0, 0, s.spoken)  # `M en est le maître`
            if t.text in WHOSE:
                return next((x for x in reversed(toks[:k]) if x.text == M), Tok("", 0, 0, s.topic))
            if t.ent is not None:
                owns = t.text == P or s.text[t.end : t.end + 2] == "'s" or s.text[t.end : t.end + 1] == "'"
                direct = k == i - 1 and t.ent.kind in {"faction", "location"} and s.text[t.end : t.end + 1] == " "
                return t if owns or direct else self._of(toks, i + width)
            if t.text in {",", ";", "(", "–", "—"}:
                break
        return self._of(toks, i + width)

    def _of(self, toks: list[Tok], j: int) -> Tok | None:
        for k in range(j, min(j + 3, len(toks))):
            if toks[k].text in self.lex.of and toks[k - 1].text in _BEFORE_OF:
                return None
            if toks[k].text in self.lex.of or (k == j and toks[k].text == "to"):
                found = next((n for n in range(k + 1, min(k + 5, len(toks))) if toks[n].ent is not None), 0)
                other = {t.text for t in toks[k + 1 : found]} & (POST | self.lex.place_preps)
                return toks[found] if found and not other and not self._qualifies(toks, found) else None
            if toks[k].ent is not None or toks[k].text == ",":
                return toks[k] if self.lex.lang == "de" and toks[k].ent is not None and k == j else None
        return None

    def _qualifies(self, toks: list[Tok], k: int) -> bool:
        """`head of the Vienna residency`: a place before another noun says only which."""
        ent, after = toks[k].ent, toks[k + 1].text if k + 1 < len(toks) else ""
        if self.lex.lang != "en" or ent is None or ent.kind != "location" or toks[k].end - toks[k].at != 1:
            return False
        small = fold(after) in self.lex.stop or fold(after) in self.lex.verbs or after in WHO or after.endswith("ly")
        return after.isalpha() and not small and after not in COPULAS | HAVE | AND | self.lex.of | self.lex.place_preps

    def _noun_bearer(self, s: Marked, toks: list[Tok], i: int, width: int, other: Tok) -> Tok | None:
        """Who is the daughter: the name right after, else the clause's subject."""
        behind = other.at > toks[i].at
        j = next((n for n, t in enumerate(toks) if t is other), i) + 1 if behind else i + width
        nxt = toks[j : j + 2]
        named = self._apposed(toks, j)
        if behind and named is not None and self._begins(toks, i):
            return named if named.ent is not other.ent else None
        nxt = nxt if behind and other.text == P else toks[i + width : i + width + 2]
        if len(nxt) == 2 and nxt[0].text in COPULAS and nxt[1].text == M and other.end <= toks[i].at:
            return nxt[1] if nxt[1].ent is not other.ent else None
        if (called := self._called(toks, i + width)) is not None and other.end <= toks[i].at:
            return called if called.ent is not other.ent else None
        if nxt and nxt[0].ent is not None and nxt[0] is not other and nxt[0].text == M:
            return nxt[0]
        named = self._apposed(toks, j if behind and other.text == P else self._after_adjectives(toks, i + width))
        if named is not None and named is not other:
            if i == 0 or not self._subject_near(toks, i, other) or self._opens(toks, i, other):
                return named
            if other is toks[i - 1] and self._closed(toks, toks.index(named) + 1):
                return named
        if other is toks[i - 1] and i > 1 and other.text == P and self.subjects.oblique(toks, i - 1):
            return None
        if not predicated(toks, i, self.lex):
            return None
        return self._subject_near(toks, i, other) or (
            Tok("", 0, 0, s.topic) if s.topic is not None and s.topic is not other.ent else None
        )

    @staticmethod
    def _called(toks: list[Tok], j: int) -> Tok | None:
        """`Their leader is a boy called M`."""
        if j >= len(toks) or toks[j].text not in COPULAS:
            return None
        named = next((k for k in range(j + 1, min(j + 6, len(toks))) if toks[k].ent is not None), 0)
        return toks[named] if named and toks[named].text == M and toks[named - 1].text in NAMING else None

    def _after_adjectives(self, toks: list[Tok], j: int) -> int:
        """Past `cadet` in `son frère cadet, M`."""
        for k in range(j, min(j + 3, len(toks)) if self.lex.lang in {"es", "fr", "pt"} else j):
            if toks[k].text == ",":
                return k
            small = self.lex.of | self.lex.place_preps | self.lex.by | AND
            if toks[k].ent is not None or fold(toks[k].text) in self.lex.verbs or toks[k].text in small:
                break
        return j

    def _apposed(self, toks: list[Tok], j: int) -> Tok | None:
        """The name that follows a comma, perhaps with a title: `, le lieutenant M`, `, a velha M`."""
        if j >= len(toks) or toks[j].text not in {",", "(", ":"}:
            return None
        for t in toks[j + 1 : j + 4]:
            if t.ent is not None:
                return t if t.text == M else None
            small = t.text in self.lex.place_preps | self.lex.of | self.lex.by or t.text in AND
            if fold(t.text) in self.lex.verbs or small or t.text in WHO or not t.text[0].isalpha():
                return None
        return None

    def _begins(self, toks: list[Tok], i: int) -> bool:
        """Whether the noun opens its phrase (`The daughter of M, M, …`) and does not describe a name before it."""
        k = i - 1
        while k >= 0 and (toks[k].text in self.lex.dets or toks[k].text in self.lex.of):
            k -= 1
        return k < 0 or (toks[k].text != "," and toks[k].text not in COPULAS and toks[k].ent is None)

    def _opens(self, toks: list[Tok], i: int, other: Tok) -> bool:
        """`Lorenzo had M's father, M, murdered`: the owner right before the noun, and no `M, M's father,` before it."""
        k = next((n for n, t in enumerate(toks) if t is other), -1)
        if not 0 <= i - k - 1 <= 2 or other.end > toks[i].at:
            return False
        before = toks[k - 1].text if k else ""
        return before not in {",", "(", "–", "—"} and before not in COPULAS

    @staticmethod
    def _closed(toks: list[Tok], j: int) -> bool:
        """Whether an apposition ends here."""
        return j >= len(toks) or toks[j].text in {",", ";", ")", ":", "–", "—"}

    def _subject_near(self, toks: list[Tok], i: int, other: Tok) -> Tok | None:
        rowed = next((k for k in range(i - 1, 0, -1) if toks[k].text in COPULAS and toks[k - 1].text in AND), 0)
        if rowed and (head := self.subjects.first(toks[:rowed])) is not None and head is not other and head.text == M:
            return head
        joined = i > 0 and toks[i - 1].text in AND  # `sócio de M na M e pai de M`: of the same as the noun before
        for k in range(i - 1, max(-1, i - 12), -1):
            t = toks[k]
            if t.text == ";":
                return None
            if joined and self.subjects.oblique(toks, k):
                continue
            before = toks[k - 1].text if k else ""
            if before in self.lex.place_preps:
                continue
            if before in self.lex.of and toks[k + 1].text in AND and self.lex.lang != "de":
                continue
            if t.ent is not None and t is not other and t.text == M and t.ent is not other.ent:
                return t
        return None
