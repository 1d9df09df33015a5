"""How alike two names are: without titles and articles, with slips, short forms and initials, but never past a number.

Whatever tells namesakes apart on purpose (numbers, ordinals, the Elder, Upper, North) is a name's marks: names with
different marks are of different things, however alike the rest is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from studio.services.near import loose

if TYPE_CHECKING:
    from collections.abc import Callable


def word_set(words: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(words.split())


PEOPLE = frozenset({"npc", "creature", "deity"})
"""Kinds whose names have titles, initials and short forms."""
_ARTICLES = word_set("the a an der die das den dem el la los las le les l o os as um uma un une il lo gli")
_JOINTS = word_set("of and in on at de del della di da do dos das du des von van zu y e et und s d")
_ORDINALS = (
    ("first", "1st", "primo", "erste", "erster", "primera", "primero", "premier"),
    ("second", "2nd", "zweite", "zweiter", "segunda", "segundo", "deuxieme"),
    ("third", "3rd", "dritte", "dritter", "tercera", "tercero", "troisieme"),
    ("fourth", "4th", "vierte", "vierter", "cuarta", "cuarto"),
    ("fifth", "5th"), ("sixth", "6th"), ("seventh", "7th"), ("eighth", "8th"), ("ninth", "9th"), ("tenth", "10th"),
    ("eleventh", "11th"), ("twelfth", "12th"), ("thirteenth", "13th"), ("fourteenth", "14th"), ("fifteenth", "15th"),
)  # fmt: skip
_COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_SIDES = word_set(
    "elder younger senior junior sr jr upper lower inner outer north south east west northern southern "
    "eastern western northeast northwest southeast southwest left right great greater lesser little big "
    "small old new high low near far major minor upstream downstream fore aft port starboard alpha beta "
    "gamma delta epsilon omega father mother son daughter brother sister widow red blue green black white "
    "grey gray golden silver brown yellow ober unter nord sud ost alt neu gross klein viejo nuevo norte "
    "sur este oeste grande petit petite vieux nouveau"
)
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
_NUMBER = {word: str(n) for n, words in enumerate(_ORDINALS, 1) for word in words} | {
    word: str(n) for n, word in enumerate(_COUNTS.split(), 1)
}
_SOFT = word_set("old young big little father mother brother sister")
"""Words that are as often a manner of address as a mark: Old Tom is Tom, but Old Marl is not Marl."""


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """Titles in every language that the extraction knows, folded."""
    from studio.services.extraction.lexicon import LANGUAGES, titles

    words = {loose(word) for lang in LANGUAGES for word in titles(lang)}
    return frozenset(words) - {"st", "saint", "old", "young"}


def bare(name: str) -> str:
    """A name as shared names are compared: loose, without its article."""
    flat = loose(name)
    first, _, rest = flat.partition(" ")
    return rest if rest and first in _ARTICLES else flat


@lru_cache(maxsize=65_536)
def short_forms(name: str) -> tuple[str, ...]:
    """How else a person of this name is called: without titles, by a longer given name, by title and surname."""
    words = name.split()
    titles = 0
    while titles < len(words) - 1 and loose(words[titles]).strip() in _titles() | _SOFT | frozenset(_ARTICLES):
        titles += 1
    rest = words[titles:]
    found = [" ".join(rest)] if titles and len(rest) > 1 else []
    if len(rest) == 2 and rest[1][:1].isupper():
        found += [rest[0]] if len(rest[0]) > 3 else []
        found += [f"{words[titles - 1]} {rest[1]}"] if titles else []
    return tuple(found)


class Spoken(NamedTuple):
    """A name as it is compared: the words that carry it, those that tell namesakes apart, and the whole."""

    words: tuple[str, ...]
    marks: frozenset[str]
    flat: str


@lru_cache(maxsize=65_536)
def spoken(name: str, *, person: bool = False) -> Spoken:
    """The words of a name without articles; of a person's also without titles, unless nothing else is left."""
    flat = loose(name)
    every = [w for w in flat.split() if w not in _JOINTS]
    while len(every) > 1 and every[0] in _ARTICLES:
        every.pop(0)
    words, marks = list[str](), set[str]()
    for at, word in enumerate(every):
        mark = _mark(word, first=at == 0, alone=len(every) == 1, person=person)
        if mark:
            marks.add(mark)
        elif word not in _ARTICLES:
            words.append(word)
    if person:
        titles = _titles() | _SOFT
        words = [w for w in words if w not in titles] or words
    return Spoken(tuple(words), frozenset(marks), flat)


def _mark(word: str, *, first: bool, alone: bool, person: bool) -> str:
    """What a word says about which of several namesakes is meant; empty for a word that says nothing of the kind."""
    if alone:
        return word if word.isdigit() else ""
    if word.isdigit():
        return word.lstrip("0") or "0"
    if word in _NUMBER:
        return _NUMBER[word]
    if not first and _ROMAN.fullmatch(word) and (len(word) > 1 or not person or word in "vx"):
        return str(_roman(word))
    if word in _SIDES and not (person and first and word in _SOFT):
        return word
    return ""


def _roman(word: str) -> int:
    worth = [{"i": 1, "v": 5, "x": 10}[c] for c in word]
    return sum(-w if at + 1 < len(worth) and worth[at + 1] > w else w for at, w in enumerate(worth))


def likeness(one: tuple[str, ...], two: tuple[str, ...], weigh: Callable[[str], float], *, person: bool) -> float:
    """0 to 1: how much of the words of two names is the same, each word by its weight."""
    if one == two:
        return 1.0
    if not one or not two:
        return 0.0
    if "".join(one) == "".join(two):
        return 0.98
    same, mine, theirs = 0.0, list(one), list(two)
    for word in one:
        if word in theirs:
            mine.remove(word)
            theirs.remove(word)
            same += 2 * weigh(word)
    total = same + sum(map(weigh, mine)) + sum(map(weigh, theirs))
    for word in mine:
        other, alike = max(
            ((other, same_word(word, other, person=person)) for other in theirs), key=_second, default=_NONE
        )
        if alike:
            theirs.remove(other)
            same += alike * (weigh(word) + weigh(other))
    return same / total if total else 0.0


_NONE = ("", 0.0)


def _second(pair: tuple[str, float]) -> float:
    return pair[1]


@lru_cache(maxsize=65_536)
def same_word(one: str, two: str, *, person: bool) -> float:
    """How surely two words are the same: 1 for equal ones, less for a slip, a short form or an initial."""
    if one == two:
        return 1.0
    short, long = sorted((one, two), key=len)
    if person and len(short) == 1:
        return 0.6 if long.startswith(short) else 0.0
    if one[0] == two[0] or short[0] == long[1:2] or len(short) > 5:
        if (slips := _slips(one, two)) and slips <= allowed(long):
            return 0.92 if slips == 1 else 0.84
        if _plural(short, long):
            return 0.9
    if person and len(short) >= 3 and short[:2] == long[:2]:
        return 0.75 if long.startswith(short) else 0.55
    return 0.0


def _plural(short: str, long: str) -> bool:
    return len(short) >= 4 and long in (f"{short}s", f"{short}es")


def allowed(word: str) -> int:
    """How many slips of the keyboard a word may have and still be the same."""
    return 0 if len(word) < 5 or word.isdigit() else 1 if len(word) < 8 else 2


def _slips(one: str, two: str) -> int:
    return DamerauLevenshtein.distance(one, two, score_cutoff=2)
