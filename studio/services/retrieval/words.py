"""The words of a question: which of them carry meaning, and their stems."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studio.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_FANCY = re.compile("[’ʼ]")
_OWNED = re.compile(r"['’]s?$", re.IGNORECASE)
_STOP = """
a about al all also am an and any anybody anyone anything are as at au auf aus aux avec background be been bei
being besides between but by came can com come como con concerning could cual cuales cuando d da dans das de del
dem den der des describe description detail details did do does doing donde done dos du during ein eine einem einen
einer eines el else em en es est et etait ever explain explanation foi for from fue fur get give given gives go
goes going got haben had happen happened happening happens has have having he her here hers him his how i if im in
info information into is ist it its itself just know la las le les leur leurs like list ll los many may me might
mit more most much my na nach name named names nas news no nos not now oder of off on onde one only or os other ou
our out over own para per please por quais qual quand quando que quel quelle quelles quels quem qui quien quoi re
regarding responsible s sa say says see ses seu shall she should show sich sind so some somebody someone something
sont su sua such summarise summarize summary sus t tell than that the their them then there these they thing things
this those through to too uber um uma umas un una unas und une unos uns up us ve very vom von wann waren was we
welche welcher welches wem wen went wer were wessen what whatever when where which while who whoever whom whose why
wie will with without wo would y yet you your zu zum zur
"""
STOP = frozenset(_STOP.split())
"""Words that say how a question is put and not what it is about, in the languages of the shipped lexicon."""
_ENDINGS = (
    "ifications", "ification", "ationally", "ements", "ations", "nesses", "ingly", "ement", "ation", "ments", "ities",
    "ness", "ment", "ings", "edly", "ally", "able", "ible", "ies", "ing", "ity", "ers", "ors", "ion", "ist", "ly",
    "ed", "er", "or", "es", "s", "e", "y",
)  # fmt: skip
_LEAST = 4


class Token(NamedTuple):
    """A word of a question: folded, its stem, its place among all words, whether it only joins others, and whether it
    is written with a capital."""

    text: str
    stem: str
    at: int
    stop: bool
    capital: bool = False


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A folded word without its usual ending: what different forms of it share. Never shorter than four letters."""
    for ending in _ENDINGS:
        left = len(word) - len(ending)
        if left >= _LEAST and word.endswith(ending):
            bare = word[:left]
            return bare[:-1] if left > _LEAST and bare[-1] == bare[-2] and bare[-1] not in "sl" else bare
    return word[:-1] if word.endswith("ed") and len(word) > _LEAST else word


def tokens(text: str) -> list[Token]:
    """The words of a text in order, possessive endings off."""
    return list(in_order(text))


def in_order(text: str) -> Iterator[Token]:
    """The same one by one, for whoever stops at the first that fits."""
    for at, match in enumerate(_WORD.finditer(text)):
        word = fold(_OWNED.sub("", match.group(0))).replace("'", "")
        yield Token(word, stem(word), at, word in STOP or (len(word) < 2 and not word.isdigit()))


def stems(text: str) -> set[str]:
    """The stems of a text's words that carry meaning."""
    words = set(_WORD.findall(_FANCY.sub("'", fold(text))))
    bare = {(word.removesuffix("'s").removesuffix("'")).replace("'", "") for word in words}
    return {stem(word) for word in bare - STOP if len(word) > 1 or word.isdigit()}
