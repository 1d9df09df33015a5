"""What the rules know of each language: loaded on first use, merged with English labels."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from studio.domain.text import fold
from studio.services.extraction.lexicon.forms import forms_of

if TYPE_CHECKING:
    from types import ModuleType

LANGUAGES = ("en", "de", "es", "fr", "pt")
_HEADS = (
    ("npc", "ROLES"),
    ("species", "SPECIES"),
    ("faction", "ORGS"),
    ("location", "PLACES"),
    ("item", "ITEMS"),
    ("event", "EVENTS"),
    ("timeline_arc", "ARCS"),
)


_TAILS = {
    "en": ("s", "es"),
    "fr": ("s", "x", "e", "es"),
    "es": ("s", "es"),
    "pt": ("s", "es"),
    "de": ("n", "en", "e", "es", "s", "nen", "in", "innen"),
}
"""The endings that are looked through to find a noun."""


_TRADE = re.compile(r"[a-z]{2}(?:mistress|master|woman|keeper|smith|monger|wright|maid)$")
"""English trades that need no list: spymistress, fishmonger."""


@dataclass(frozen=True)
class Rule:
    """One sentence pattern: for subjects of `kinds`, group `v` is the value of `field`."""

    kinds: tuple[str, ...]
    field: str
    regex: re.Pattern[str]
    key: str


@dataclass
class Lexicon:
    """All words of one language, folded. `heads` maps a noun to the kinds of thing it may name."""

    lang: str
    heads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exact: dict[str, tuple[str, ...]] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    soft_titles: frozenset[str] = frozenset()
    sections: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    neutral: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    dets: frozenset[str] = frozenset()
    verbs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    nouns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    between: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pronouns: dict[str, str] = field(default_factory=dict)
    subject: frozenset[str] = frozenset()
    possessive: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    place_preps: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    rules: tuple[Rule, ...] = ()
    cues: dict[str, re.Pattern[str]] = field(default_factory=dict)
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)
    suffixes: bool = False
    shown: dict[str, str] = field(default_factory=dict)

    def kinds_of(self, word: str) -> tuple[str, ...]:
        """The kinds that a noun may name; plural and (in German) compound forms are looked through."""
        if found := self.exact.get(word.lower()):
            return found
        w = fold(word)
        if found := self.heads.get(w):
            return found
        for tail in _TAILS[self.lang]:
            if w.endswith(tail) and (found := self.heads.get(w[: -len(tail)])):
                return found
        if "-" in w:
            return self.kinds_of(w.rsplit("-", 1)[1]) or self.kinds_of(w.split("-", 1)[0])
        if self.lang == "en" and _TRADE.search(w):
            return ("npc",)
        return self._by_suffix(w) if self.suffixes else ()

    def _by_suffix(self, word: str) -> tuple[str, ...]:
        """German compounds: the longest known noun that the word ends with."""
        for start in range(2, max(2, len(word) - 2)):
            tail = word[start:]
            for form in (tail, tail.removesuffix("n"), tail.removesuffix("en"), tail.removesuffix("s")):
                if len(form) >= 3 and (found := self.heads.get(form)):
                    return found
        return ()


def _words(module: ModuleType, name: str) -> list[str]:
    return [fold(w) for w in getattr(module, name, "").split()]


def _small(module: ModuleType, name: str) -> frozenset[str]:
    """Small words keep their accents: French `à` is a preposition, `a` is not."""
    return frozenset(getattr(module, name, "").split())


def _phrases(text: str) -> list[str]:
    return [p for p in (fold(x) for x in text.replace("\n", "|").split("|")) if p]


def _table(text: str, lang: str) -> dict[str, tuple[str, ...]]:
    """`type: form form` lines as form → types; a hyphen in a form stands for a space, a tilde for a verb's forms."""
    found: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        name, _, forms = line.partition(":")
        for entry in forms.split():
            for form in forms_of(lang, entry.replace("-", " ").replace("_", "-")):
                word = fold(form.replace("'", " ") if lang == "fr" else form)
                if name not in found.get(word, ()):
                    found[word] = (*found.get(word, ()), name)
    return found


def _add_labels(into: dict[str, dict[str, str]], text: str) -> None:
    for line in text.strip().splitlines():
        path, _, labels = line.partition(":")
        scope, _, name = path.strip().partition(".")
        for label in labels.split("|"):
            into.setdefault(fold(label), {}).setdefault(scope, name)


def _heads(module: ModuleType) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, name in _HEADS:
        for word in _words(module, name):
            if kind not in found.get(word, ()):
                found[word] = (*found.get(word, ()), kind)
    return found


def _exact(module: ModuleType) -> dict[str, tuple[str, ...]]:
    """Words that mean something else without their accents: `comté` is a place, `comte` a person."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for kind, name in _HEADS:
        for word in getattr(module, name, "").split():
            kinds.setdefault(fold(word), {}).setdefault(word.lower(), []).append(kind)
    return {w: tuple(ks) for forms in kinds.values() if len(forms) > 1 for w, ks in forms.items()}


def _rules(module: ModuleType) -> tuple[Rule, ...]:
    """`kind|kind.field: regex` lines; `@v@` goes to the clause's end, `@w@` to the comma, `@s@` to the sentence's."""
    found = []
    for line in module.RULES.strip().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, body = line.partition(": ")
        kinds, _, name = head.partition(".")
        for short, full in module.SHORT.items():
            body = body.replace(short, full)
        body = (
            body.replace("@v@", r"(?P<v>[^.;!?:\n]{2,200})")
            .replace("@w@", r"(?P<v>[^,.;!?:\n]{2,120})")
            .replace("@s@", r"(?P<v>[^!?\n]{2,240}?)(?=[.;!?]\s|[.;!?]?$)")
        )
        key = f"rule:{name}"
        found.append(Rule(tuple(kinds.split("|")), name, re.compile(body, re.IGNORECASE), key))
    return tuple(found)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")


def titles(lang: str) -> frozenset[str]:
    """The titles of a language, without reading all else that is known of it."""
    return frozenset(_words(_module(lang), "TITLES"))


@cache
def load(lang: str) -> Lexicon:
    """The lexicon of a language; headings and labels are known in English too, since models mix them."""
    own, rules, english = _module(lang), _module(f"{lang}_rules"), _module("en")
    both = (own,) if own is english else (own, english)
    lex = Lexicon(lang, heads=_heads(own), exact=_exact(own), suffixes=lang == "de")
    lex.titles, lex.soft_titles = titles(lang), frozenset(_words(own, "SOFT_TITLES"))
    for module in both:
        for kind, phrases in module.SECTIONS.items():
            for phrase in _phrases(phrases):
                lex.sections.setdefault(phrase, kind)
        _add_labels(lex.labels, module.LABELS)
    lex.neutral = frozenset(p for m in both for p in _phrases(m.NEUTRAL))
    lex.stop = frozenset(w for m in both for w in _words(m, "STOP"))
    lex.dets, lex.of, lex.by = (_small(own, n) for n in ("DETS", "OF", "BY"))
    lex.inside, lex.place_preps = _small(own, "INSIDE"), _small(own, "PLACE_PREPS")
    lex.verbs, lex.nouns, lex.between = (_table(words, lang) for words in (own.VERBS, own.NOUNS, own.BETWEEN))
    lex.clitics, lex.definite = _small(own, "CLITICS"), _small(own, "DEFINITE")
    lex.pronouns = {w: k for k, ws in reversed(own.PRONOUNS.items()) for w in ws.split()}
    lex.subject, lex.possessive, lex.object = (_small(own, n) for n in ("SUBJECT", "POSSESSIVE", "OBJECT"))
    lex.shown = getattr(own, "SHOWN", {})
    lex.rules = _rules(rules)
    lex.cues = {k: re.compile(rf"\b(?:{v})\b", re.IGNORECASE) for k, v in rules.CUES.items()}
    lex.patterns = {k: re.compile(v, re.IGNORECASE) for k, v in rules.PATTERNS.items()}
    return lex


_FUNCTION_WORDS = {
    "en": "the and of is in to a who with that his her for it was by has from at are",
    "de": (
        "der die das und ist ein eine mit von den im zu nicht sie er dem auf des wird hat sich aus sind "
        "aber nach ihr bei als vom zur"
    ),
    "es": (
        "el la los las de y es un una con que en por del su para al se lo más no está pero son fue "
        "también sin hay muy años"
    ),
    "fr": (
        "le la les des et est un une dans avec qui du pour sur au il elle ne pas se son sa ses aux à être "
        "cette ces ont mais où leur toujours sont chez"
    ),
    "pt": (
        "o a os as de e um uma com que em por do da no na para não se seu sua dos das ao é foi à está mas "
        "são pelo pela ela ele também quem"
    ),
}
_MARKS = {
    w: tuple(k for k, ws in _FUNCTION_WORDS.items() if w in ws.split())
    for ws in _FUNCTION_WORDS.values()
    for w in ws.split()
}
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = {"de": "äöüß", "es": "ñ¿¡", "fr": "èêëœùîû", "pt": "ãõç"}


def detect(text: str) -> str:
    """The language of a text among those known here, by its small words; English when nothing speaks."""
    counts: dict[str, float] = dict.fromkeys(LANGUAGES, 0.0)
    for word in _WORD.findall(text[:20_000].lower()):
        langs = _MARKS.get(word, ())
        for lang in (k for k in langs if k in counts):
            counts[lang] += 1 / len(langs)
    for lang, signs in _SIGNS.items():
        counts[lang] += 0.5 * sum(text.count(sign, 0, 20_000) for sign in signs)
    return max(counts, key=lambda k: (counts[k], k == "en"))
