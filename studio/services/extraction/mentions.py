"""Where the entities are named in the text: short forms of names, and a linear scan that finds them all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.shared import COMPANY
from studio.services.extraction.names import CONNECT, WORD, capital, inside_hyphens, key_of

if TYPE_CHECKING:
    from studio.services.extraction.draft import Draft, Ent
    from studio.services.extraction.lexicon import Lexicon


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
    named: bool = True


def title_split(name: str, lex: Lexicon) -> tuple[list[str], list[str]]:
    """A name's leading titles and the rest: Dowager Countess | Ilse of Harrach."""
    words = [m.group() for m in WORD.finditer(name)]
    if (
        len(words) > 2
        and words[0].lower() in lex.definite
        and fold(words[1]).rstrip(".") in lex.titles - lex.soft_titles
    ):
        del words[0]
    elif len(words) > 2 and words[0].lower() in lex.definite and _small_title(words[1], lex):
        return words[1:2], words[2:]  # `Le prévôt Yann Kerguen`
    n = 0
    while n < len(words) - 1 and fold(words[n]).rstrip(".") in lex.titles:
        n += 1
    if n < len(words) and words[n].lower() in CONNECT:
        n = 0
    return words[:n], words[n:]


def _small_title(word: str, lex: Lexicon) -> bool:
    return word.islower() and lex.lang != "de" and word not in CONNECT and "npc" in lex.kinds_of(word)


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
            forms += [
                Form((fold(t),), ent, capital=big, article=True) for t in titles if len(t) > 3 for big in (True, False)
            ]
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
    before = name_before(ent.name, words[-1]) if words else ""
    if len(words) == 2 and ent.kind == "faction" and words[1].lower() in COMPANY and len(words[0]) > 4:
        forms.append(Form((key_of(words[0]),), ent))
    if len(words) >= 2:
        for w in (words[-1], words[0]):
            if w is words[-1] and before in lex.of and not lex.kinds_of(w):
                continue  # `Orlov` is no short form of `Maravilhas de Orlov`
            if key_of(w) and (lex.kinds_of(w) or w is words[-1]):
                forms.append(Form((key_of(w),), ent, article=True))
                if ent.kind in lex.kinds_of(w) and lex.lang != "de":
                    forms.append(Form((key_of(w),), ent, capital=False, article=True))
    return forms


def name_before(name: str, word: str) -> str:
    """The word of a name that stands before this one."""
    words = [m.group() for m in WORD.finditer(name)]
    at = len(words) - 1 - words[::-1].index(word)
    return words[at - 1].lower() if at else ""


@dataclass
class Index:
    """All forms of all entities, by their words. A form that two entities share is dropped."""

    forms: dict[tuple[str, ...], list[Form]] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ents: list[Ent], lex: Lexicon, callings: list[tuple[str, Ent]] = []) -> Index:  # noqa: B006
        """The index of these entities; `callings` are common nouns that mean one of them after an article."""
        chosen: dict[tuple[tuple[str, ...], bool], Form | None] = {}
        names = {tuple(key_of(n).split()): e for e in ents for n in (*e.aliases.values(), e.name)}
        for ent in ents:
            for form in short_forms(ent, lex):
                owner = names.get(form.words)
                if owner is not None and owner is not ent and not (form.article and not form.capital):
                    continue
                slot = (form.words, form.capital)
                held = chosen.get(slot)
                if slot not in chosen:
                    chosen[slot] = form
                elif held is not None and held.ent is not ent and owner is None:
                    chosen[slot] = None
        for noun, ent in callings:
            chosen.setdefault(((noun,), False), Form((noun,), ent, capital=False, article=True))
        index = cls(articles=lex.dets, definite=lex.definite)
        for form in chosen.values():
            if form is not None:
                index._hold(form)
        return index

    def _hold(self, form: Form) -> None:
        self.forms.setdefault(form.words, []).append(form)
        known = self.lengths.get(form.words[0], ())
        if len(form.words) not in known:
            self.lengths[form.words[0]] = tuple(sorted((*known, len(form.words)), reverse=True))

    def find(self, words: list[re.Match[str]], folded: list[str]) -> list[Mention]:
        """All mentions in a piece of text, left to right, longest first, not overlapping."""
        parts = [(part, i) for i, w in enumerate(folded) for part in w.split()]
        found: list[Mention] = []
        at = 0
        while at < len(parts):
            hit = self._at(parts, at, words)
            if hit is None:
                at += 1
                continue
            form, last = hit
            i, j = parts[at][1], parts[last][1]
            start = words[i].start()
            inner = at > 0 and parts[at - 1][1] == i and re.match(r"[dl]['’]", words[i].group(), re.IGNORECASE)
            found.append(Mention(start + 2 if inner else start, self._end(words[j]), form.ent, form.capital))
            at = last + 1
        return found

    def _at(self, parts: list[tuple[str, int]], at: int, words: list[re.Match[str]]) -> tuple[Form, int] | None:
        for n in self.lengths.get(parts[at][0], ()):
            last = at + n - 1
            if last >= len(parts):
                continue
            for form in self.forms.get(tuple(p for p, _ in parts[at : last + 1]), ()):
                if self._fits(form, words, parts[at][1], parts[last][1]):
                    return form, last
        return None

    @staticmethod
    def _end(word: re.Match[str]) -> int:
        return word.end() - 2 if word.group().endswith(("'s", "’s")) else word.end()

    def _fits(self, form: Form, words: list[re.Match[str]], i: int, j: int) -> bool:
        if any(words[k].start() - words[k - 1].end() > 3 for k in range(i + 1, j + 1)):
            return False
        if form.capital and not any(capital(words[k].group()) for k in range(i, j + 1)):
            return False
        if not form.article:
            return True
        word = words[i].group()
        if word[:2].lower() in {"l'", "l’"}:
            return True
        near = i > 0 and words[i].start() - words[i - 1].end() <= 2
        return near and words[i - 1].group().lower() in (self.articles if form.capital else self.definite)


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
    holders: dict[str, list[Ent]] = {}
    for ent, words in by_words.items():
        for word in set(words):
            holders.setdefault(word, []).append(ent)
    for short in sorted(people, key=lambda e: len(by_words[e])):
        words = by_words[short]
        titles, rest = title_split(short.name, lex)
        bare = key_of(" ".join(rest)).split() if titles else words
        near = holders.get(bare[0], []) if bare else []
        near = [e for e in near[:100] if not inside_hyphens(e.name, bare)] if "-" not in short.name else near
        fuller = [e for e in near[:100] if e is not short and _is_fuller(by_words[e], words, bare, lex)]
        if len(fuller) > 1:
            longest = max(fuller, key=lambda e: len(by_words[e]))
            if all(e is longest or set(by_words[e]) < set(by_words[longest]) for e in fuller):
                fuller = [longest]
        if len(fuller) > 1 and titles:
            fuller = [e for e in fuller if _bears(e, titles[-1], draft.text)]
        if len(fuller) == 1 and titles and short.structural and not fuller[0].structural:
            continue
        if len(fuller) == 1 and key_of(short.name) in draft.ents and key_of(fuller[0].name) in draft.ents:
            draft.merge(fuller[0], short)


def _bears(ent: Ent, title: str, text: str) -> bool:
    """Whether somebody is called by this title anywhere: `Count Brisi` is Count Ottavio Brisi, not Chiara Brisi."""
    return fold(title) in key_of(ent.name).split() or f"{title} {ent.name}".lower() in text.lower()


def _is_fuller(long: list[str], short: list[str], bare: list[str], lex: Lexicon) -> bool:
    if not bare or (len(long) <= len(bare) and not (len(long) == len(short) - 1 == len(bare))):
        return long == bare and len(short) > len(bare)
    if len(bare) == 1:
        return bare[0] in (long[0], long[-1]) or (long[0] in lex.titles and len(long) > 1 and bare[0] == long[1])
    return long[-len(bare) :] == bare or long[: len(bare)] == bare
