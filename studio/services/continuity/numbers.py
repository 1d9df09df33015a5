"""Numbers in words and figures, and what they count."""

from __future__ import annotations

import re
from typing import NamedTuple

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"  # noqa: E501
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORTH = {word: n for n, word in enumerate(_ONES.split())} | {w: 10 * n for n, w in enumerate(_TENS.split(), 2)}
_SCALE = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORDS = "|".join(sorted([*_WORTH, *_SCALE], key=len, reverse=True))
NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|(?:an? )?\b(?:{_WORDS})(?:(?:[- ]| and )(?:{_WORDS}))*\b)"
"""A number in figures or English words, as a pattern."""
_NUMBER = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)


class Quantity(NamedTuple):
    """So many of something."""

    number: float
    unit: str


def value(words: str) -> float:
    """What a number says, in figures or English words."""
    if words[0].isdigit():
        return float(words.replace(",", ""))
    total = part = 0.0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _WORTH:
            part += _WORTH[word]
        elif word in _SCALE:
            part = (part or 1) * _SCALE[word]
            if _SCALE[word] >= 1000:
                total, part = total + part, 0.0
    return total + part


def quantity(text: str) -> Quantity | None:
    """The one number of a value and the word after it; None where there are several, or none."""
    found = list(_NUMBER.finditer(text))
    if len(found) != 1:
        return None
    unit = re.match(r"\s*-?([a-z]{2,})", text[found[0].end() :], re.IGNORECASE)
    return Quantity(value(found[0].group()), unit.group(1).lower() if unit else "")


def number_in(text: str, unit: str) -> float | None:
    """The number of this unit in a sentence, where there is just one; none that is only about so many."""
    pattern = re.compile(
        rf"\b({NUMBER})[- ](?:\w+ )?(?:{unit})\b|\b(?:{unit}) of ({NUMBER})\b(?! \w+s\b)", re.IGNORECASE
    )
    found = {value(m.group(1) or m.group(2)) for m in pattern.finditer(text)}
    vague = re.search(
        r"\b(?:about|some|around|nearly|almost|over|under|more than|less than|half|each|every|another|by an?)\b", text
    )
    return found.pop() if len(found) == 1 and not vague else None
