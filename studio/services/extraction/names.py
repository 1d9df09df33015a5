"""Names: how they are folded and compared, which runs of words look like one, and what short forms they have."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.domain.text import fold

if TYPE_CHECKING:
    from studio.services.extraction.doc import Clean

_ARTICLE = re.compile(
    r"^(?:the|a|an|der|die|das|den|dem|des|el|la|los|las|le|les|l'|o|os|as|um|uma|un|une|una|ein|eine|du)(?:\s+|(?<='))",
    re.IGNORECASE,
)
_JUNK = re.compile(r"[^\w]+")
CONNECT = frozenset(
    [
        "of",
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "la",
        "le",
        "les",
        "el",
        "los",
        "las",
        "von",
        "van",
        "der",
        "den",
        "dem",
        "zu",
        "zum",
        "zur",
        "am",
        "im",
        "&",
        "y",
        "e",
        "et",
        "und",
        "and",
        "the",
        "in",
        "no",
        "na",
        "aux",
        "au",
        "à",
        "ibn",
        "bin",
        "al'",
    ]
)
_STRONG = frozenset(
    [
        "of",
        "de",
        "del",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "von",
        "van",
        "zu",
        "&",
        "ibn",
        "bin",
        "à",
        "aux",
        "y",
        "et",
        "und",
    ]
)


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """What two spellings of one name have in common: no case, accents, punctuation or leading article."""
    return _JUNK.sub(" ", fold(without_article(name.strip()))).strip()


def without_article(name: str) -> str:
    """A name without its leading article."""
    return _ARTICLE.sub("", name.strip(), count=1)


def inside_hyphens(name: str, words: list[str]) -> bool:
    """Whether the first of these words is only a piece of a hyphenated one: `Marek Obi` is not in `Juno Marek-Obi`."""
    tokens = fold(name).split()
    pieces = {p for token in tokens if "-" in token for p in token.split("-")}
    return words[0] in pieces and words[0] not in tokens and not pieces <= set(words)


_PARTICLE = re.compile(r"^[a-z]{1,3}[-'’]")
_ELIDED = re.compile(r"^[LDJNSC]['’][a-zà-ÿœ]")


def capital(word: str) -> bool:
    """Whether a word starts like a name."""
    if (m := _PARTICLE.match(word)) and word[m.end() : m.end() + 1].isupper():
        return True
    if _ELIDED.match(word):
        return False
    for ch in word:
        if ch.isalpha():
            return ch.isupper() or ch.istitle()
        if ch.isdigit():
            return False
    return False


WORD = re.compile(r"[^\W_](?:[\w'’\-]*[\w])?")
ABBREV = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "st",
        "sgt",
        "lt",
        "col",
        "gen",
        "capt",
        "cpt",
        "prof",
        "rev",
        "hon",
        "jr",
        "sr",
        "no",
        "vs",
        "sra",
        "sr",
        "dra",
        "mme",
        "mlle",
        "hr",
        "fr",
    ]
)


def looks_named(text: str) -> bool:
    """Whether a whole phrase could be a name: short, capitalised but for small words, no sentence marks."""
    words = WORD.findall(text)
    if (
        not 1 <= len(words) <= 8
        or len(text) > 70
        or re.search(r"[.!?;:=<>{}]\s|[?;=<>{}]|,", text.replace("St.", "St").replace("Dr.", "Dr"))
    ):
        return False
    big = [w for w in words if capital(w)]
    small = [w for w in words if not capital(w) and w.lower() not in CONNECT and not w.isdigit()]
    return (
        bool(big)
        and len(small) <= max(0, len(big) - 1)
        and (capital(words[0]) or words[0].lower() in CONNECT or words[0].isdigit() or len(big) > 1)
    )


def runs(c: Clean, words: list[re.Match[str]], breaks: frozenset[int]) -> list[tuple[int, int]]:
    """Index ranges [i, j) of words that stand together like a name; an edge of bold or italic text parts them."""
    found, i, n = [], 0, len(words)
    while i < n:
        if not capital(words[i].group()):
            i += 1
            continue
        j = _extend(c.text, words, i, breaks)
        found.append((i, j))
        i = j
    return found


def _extend(text: str, words: list[re.Match[str]], i: int, breaks: frozenset[int]) -> int:
    """The end of the run of capitalised words (with `of the` and the like between) that begins at i."""
    j, n = i + 1, len(words)
    while j < n:
        gap = text[words[j - 1].end() : words[j].start()]
        before = words[j - 1].group()
        tied = (
            gap in {" ", "-", " & "}
            or (gap == ". " and before.lower() in ABBREV)
            or (gap == "' " and before[-1:] == "s")
        )
        parted = words[j - 1].end() in breaks or words[j].start() in breaks
        if not tied or (parted and capital(words[j].group())):
            return j
        if capital(words[j].group()):
            j += 1
            continue
        k = _small_words(text, words, j)
        if k > j and k < n and capital(words[k].group()):
            j = k + 1
            continue
        return _number(text, words, j)
    return j


def _small_words(text: str, words: list[re.Match[str]], j: int) -> int:
    """The index after `of the`, `de la` and the like that begin at j; j when there are none."""
    k = j
    while k < len(words) and k - j < 3 and words[k].group().lower() in CONNECT:
        if k > j and text[words[k - 1].end() : words[k].start()] != " ":
            break
        k += 1
    tied = k < len(words) and text[words[k - 1].end() : words[k].start()] in {" ", "'"}
    byname = k == j + 1 and words[j].group() == "the" and j > 0 and text[words[j - 1].end() : words[j].start()] == " "
    return k if k > j and tied and (byname or words[j].group().lower() in _STRONG) else j


def _number(text: str, words: list[re.Match[str]], j: int) -> int:
    """Take `of 902` into a name such as Harrowing of 902."""
    if j + 1 < len(words) and words[j].group().lower() in _STRONG and re.fullmatch(r"\d{2,4}", words[j + 1].group()):
        return j + 2
    return j
