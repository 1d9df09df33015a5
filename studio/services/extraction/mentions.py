"""Where the entities are named in the text: short forms of names, and a linear scan that finds them all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studio.domain.text import fold
from studio.services.extraction.doc import Clean
from studio.services.extraction.draft import Draft, Ent
from studio.services.extraction.lexicon import Lexicon
from studio.services.extraction.names import CONNECT, WORD, capital, key_of


@dataclass(frozen=True)
class Form:
    """One way to say a name: folded words; whether it must be capitalised or follow an article."""

    words: tuple[str, ...]
    ent: Ent
    capital: bool = True
    article: bool = False


@dataclass(frozen=True)
class Mention:
    """An entity named at clean[start:end]."""

    start: int
    end: int
    ent: Ent


def title_split(name: str, lex: Lexicon) -> tuple[list[str], list[str]]:
    """A name's leading titles and the rest: Dowager Countess | Ilse of Harrach."""
    words = [m.group() for m in WORD.finditer(name)]
    n = 0
    while n < len(words) - 1 and fold(words[n]).rstrip(".") in lex.titles:
        n += 1
    if n < len(words) and words[n].lower() in CONNECT:
        n = 0
    return words[:n], words[n:]


def short_forms(ent: Ent, lex: Lexicon) -> list[Form]:
    """The ways in which a text may come back to an entity."""
    forms = []
    for name in (ent.name, *ent.aliases.values()):
        full = tuple(key_of(name).split())
        if full:
            forms.append(Form(full, ent, capital=any(capital(w.group()) for w in WORD.finditer(name))))
    if ent.kind == "npc":
        forms += _person_forms(ent, lex)
    elif ent.kind in {"faction", "location", "item", "event"}:
        forms += _thing_forms(ent, lex)
    return forms


def _person_forms(ent: Ent, lex: Lexicon) -> list[Form]:
    titles, rest = title_split(ent.name, lex)
    proper = [w for w in rest if capital(w) and w.lower() not in CONNECT and len(w) > 1]
    forms = []
    if titles and rest:
        forms.append(Form(tuple(key_of(" ".join(rest)).split()), ent))
        if fold(titles[-1]) not in lex.soft_titles:
            forms += [Form((fold(t),), ent, article=True) for t in titles if len(t) > 3]
            forms += [Form((fold(titles[-1]), fold(w)), ent) for w in {proper[-1], proper[0]}] if proper else []
    if len(proper) >= 2 or titles:
        forms += [Form((key_of(w),), ent) for w in proper if key_of(w) not in lex.stop and key_of(w)]
    return forms


def _thing_forms(ent: Ent, lex: Lexicon) -> list[Form]:
    words = [
        m.group()
        for m in WORD.finditer(ent.name)
        if m.group().lower() not in CONNECT and m.group().lower() not in lex.dets
    ]
    forms = []
    if len(words) >= 2:
        for w in (words[-1], words[0]):
            if key_of(w) and (lex.kinds_of(w) or w is words[-1]):
                forms.append(Form((key_of(w),), ent, article=True))
                if ent.kind in lex.kinds_of(w) and lex.lang != "de":
                    forms.append(Form((key_of(w),), ent, capital=False, article=True))
    return forms


@dataclass
class Index:
    """All forms of all entities, by first word, longest first. A form that two entities share is dropped."""

    by_first: dict[str, list[Form]] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ents: list[Ent], lex: Lexicon) -> Index:
        """The index of these entities."""
        chosen: dict[tuple[tuple[str, ...], bool], Form | None] = {}
        names = {tuple(key_of(n).split()): e for e in ents for n in (*e.aliases.values(), e.name)}
        for ent in ents:
            for form in short_forms(ent, lex):
                owner = names.get(form.words)
                if owner is not None and owner is not ent and not (form.article and not form.capital):
                    continue
                slot = (form.words, form.capital)
                if slot in chosen and chosen[slot] is not None and chosen[slot].ent is not ent:  # pyright: ignore[reportOptionalMemberAccess]
                    chosen[slot] = None if owner is None else chosen[slot]
                elif slot not in chosen:
                    chosen[slot] = form
        index = cls(articles=lex.dets)
        for form in chosen.values():
            if form is not None:
                index.by_first.setdefault(form.words[0], []).append(form)
        for forms in index.by_first.values():
            forms.sort(key=lambda f: -len(f.words))
        return index

    def find(self, c: Clean, words: list[re.Match[str]], folded: list[str]) -> list[Mention]:
        """All mentions in a piece of text, left to right, longest first, not overlapping."""
        found, i, n = [], 0, len(words)
        while i < n:
            hit = next((f for f in self.by_first.get(folded[i], ()) if self._fits(f, c, words, folded, i)), None)
            if hit is None:
                i += 1
                continue
            j = i + self._width(hit, folded, i)
            found.append(Mention(words[i].start(), self._end(words[j - 1]), hit.ent))
            i = j
        return found

    @staticmethod
    def _end(word: re.Match[str]) -> int:
        return word.end() - 2 if word.group().endswith(("'s", "’s")) else word.end()

    @staticmethod
    def _width(form: Form, folded: list[str], i: int) -> int:
        need, j = list(form.words), i
        while need and j < len(folded):
            for part in folded[j].split():
                if need and need[0] == part:
                    need.pop(0)
            j += 1
        return j - i

    def _fits(self, form: Form, c: Clean, words: list[re.Match[str]], folded: list[str], i: int) -> bool:
        j, need = i, list(form.words)
        while need:
            if j >= len(folded) or (j > i and words[j].start() - words[j - 1].end() > 3):
                return False
            for part in folded[j].split():
                if not need or need.pop(0) != part:
                    return False
            j += 1
        if form.capital and not any(capital(words[k].group()) for k in range(i, j)):
            return False
        if form.article:
            return (
                i > 0 and words[i - 1].group().lower() in self.articles and words[i].start() - words[i - 1].end() <= 2
            )
        return True


def fold_words(words: list[re.Match[str]]) -> list[str]:
    """Words as names are compared; a possessive `'s` is left out, inner marks become spaces."""
    out = []
    for m in words:
        w = m.group()
        if w.endswith(("'s", "’s")):
            w = w[:-2]
        out.append(w.lower() if w.isascii() and w.isalnum() else re.sub(r"[^\w]+", " ", fold(w)).strip() or "\0")
    return out


def merge_variants(draft: Draft, lex: Lexicon) -> None:
    """One person under a fuller and a shorter name is one entity."""
    people = [e for e in draft.ents.values() if e.kind == "npc"]
    by_words = {e: key_of(e.name).split() for e in people}
    for short in sorted(people, key=lambda e: len(by_words[e])):
        words = by_words[short]
        titles, rest = title_split(short.name, lex)
        bare = key_of(" ".join(rest)).split() if titles else words
        fuller = [e for e in people if e is not short and e.name and _is_fuller(by_words[e], words, bare, lex)]
        if len(fuller) == 1 and key_of(short.name) in draft.ents and key_of(fuller[0].name) in draft.ents:
            draft.merge(fuller[0], short)


def _is_fuller(long: list[str], short: list[str], bare: list[str], lex: Lexicon) -> bool:
    if not bare or (len(long) <= len(bare) and not (len(long) == len(short) - 1 == len(bare))):
        return long == bare and len(short) > len(bare)
    if len(bare) == 1:
        return bare[0] in (long[0], long[-1]) or (long[0] in lex.titles and len(long) > 1 and bare[0] == long[1])
    return long[-len(bare) :] == bare or long[: len(bare)] == bare
