"""When two values say the same in other words: numbers, measures, words of which one is the other in less detail."""

from __future__ import annotations

import re

from studio.domain.text import fold

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def _counted(words: str, *, start: int, step: int) -> dict[str, int]:
    return {word: start + step * n for n, word in enumerate(words.split())}


_WORDS = _counted(_UNITS, start=0, step=1) | _counted(_TENS, start=20, step=10)
_WORDS |= {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "none": 0, "no": 0, "single": 1}
_FIGURE = re.compile(r"[-+]?\d+(?:[.,]\d+)*")
_VAGUE = re.compile(
    r"\b(?:unknown|uncertain|varies|various|disputed|unclear|none recorded|lost|n/?a|tbd|tba|\?+|it is said|debated"
    r"|changing|changes|several|mixed|secret|untold|unmeasured|depends)\b|^\W*$", re.IGNORECASE
)  # fmt: skip
_ABOUT = re.compile(r"\b(?:about|around|roughly|nearly|almost|some|over|under|more than|less than|at least|up to|c\.?"
                    r"|circa|approx\w*|near|or so|odd)(?=\W|$)", re.IGNORECASE)  # fmt: skip
_SMALL = re.compile(r"the|an?|of|in|at|on|and|with|from|to|his|her|its|their|by|is|was|very|rather|quite")
_SPELLING = {"gray": "grey", "color": "colour", "centre": "center", "metres": "m", "meters": "m", "metre": "m"}
_ONE = {
    "feet": "foot",
    "inches": "inch",
    "lb": "pound",
    "lbs": "pound",
    "yrs": "year",
    "kilometres": "km",
    "miles": "mile",
}
_LIKE = 0.15
"""How far a number that is only about right may be off."""


def differ(one: object, other: object) -> bool:
    """Whether two values can't both be true of one thing. What is vague, or the same in less detail, doesn't differ."""
    a, b = fold(str(one)), fold(str(other))
    if a == b or _VAGUE.search(a) or _VAGUE.search(b):
        return False
    x, y = number(a), number(b)
    if x is not None and y is not None:
        return numbers_differ(a, b)
    left, right = _tokens(a), _tokens(b)
    return not (left <= right or right <= left)


def numbers_differ(one: object, other: object) -> bool:
    """Whether both say a number, in the same unit, and not the same one."""
    x, y = number(one), number(other)
    if x is None or y is None or _unit(one) != _unit(other):
        return False
    if _ABOUT.search(str(one)) or _ABOUT.search(str(other)):
        return abs(x - y) > _LIKE * max(abs(x), abs(y))
    return x != y


def number(value: object) -> float | None:
    """The one number that a value says, in figures or in words; None for none or several."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    figures = _FIGURE.findall(str(value))
    if len(figures) == 1:
        return _figure(figures[0])
    return None if figures else _in_words(fold(str(value)))


def _figure(text: str) -> float | None:
    """`9,000` is nine thousand, `9,5` nine and a half."""
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", text).replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _in_words(text: str) -> float | None:
    total, part, found = 0, 0, False
    for word in re.findall(r"[a-z]+", text):
        if word not in _WORDS:
            if found and word != "and":
                break
            continue
        value, found = _WORDS[word], True
        if value in (100, 1000, 1_000_000):
            part = max(part, 1) * value
            total, part = (total, part) if value == 100 else (total + part, 0)
        else:
            part += value
    return float(total + part) if found else None


def whole_in_words(text: str) -> int | None:
    """The number that a text is, written out and nothing else: `fifty-one`."""
    words: list[str] = re.findall(r"[^\W\d_]+", fold(text))
    if not words or any(word not in _WORDS and word != "and" for word in words):
        return None
    found = _in_words(fold(text))
    return None if found is None else int(found)


def _unit(value: object) -> frozenset[str]:
    """The words of a measure besides its number: only the same are compared."""
    words: list[str] = re.findall(r"[a-z]+", fold(str(value)))
    said = [w for w in words if w not in _WORDS and not _SMALL.fullmatch(w) and not _ABOUT.search(w)]
    kept = [_ONE.get(w, w.removesuffix("s")) for w in said]
    return frozenset(kept[:1])


def year(text: str) -> int | None:
    """The year that a value is, as a plain number."""
    match = re.fullmatch(r"(?:the year |year )?(-?\d{1,6})", text, re.IGNORECASE)
    return int(match.group(1)) if match else None


def _tokens(text: str) -> set[str]:
    words: list[str] = re.findall(r"\w+", text)
    return {_SPELLING.get(word, word) for word in words if not _SMALL.fullmatch(word)}
