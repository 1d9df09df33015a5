"""Party levels as people write them (“levels 3 to 8”, “niveles 5 a 8”, “level 2”) as numbers."""

from __future__ import annotations

import re

_WORDS: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
_NUMBER = rf"(\d{{1,2}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?:st|nd|rd|th|er|ème|e|º|ª|\.)?"
_LEVEL = r"(?:levels?|lvls?\.?|stufen?|niveles|nivel|niveaux?|níveis|nível|livell[oi]|tiers?|ranks?)"
_TO = r"(?:\s*(?:[-–—‑/→…]|\.\.)\s*|\s+(?:to|through|thru|until|and|bis|a|al|à|au|até)\s+)"
_RANGE = re.compile(rf"\b{_NUMBER}{_TO}(?:{_LEVEL}\s*)?{_NUMBER}(?!\w)", re.IGNORECASE)
_RANGE_AFTER_LEVEL = re.compile(rf"{_LEVEL}\s*:?\s*{_NUMBER}{_TO}(?:{_LEVEL}\s*)?{_NUMBER}(?!\w)", re.IGNORECASE)
_SINGLE = (
    re.compile(rf"{_LEVEL}\s*:?\s*{_NUMBER}(?!\w)", re.IGNORECASE),
    re.compile(rf"\b{_NUMBER}[\s-]*{_LEVEL}\b", re.IGNORECASE),
    re.compile(r"^\s*(\d{1,2})\s*$"),
)


def _value(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS[text.lower()]


def parse_levels(text: str) -> tuple[int | None, int | None]:
    """(from, to) of the levels that the words name; a single level is both; (None, None) where none is said."""
    for pattern in (_RANGE_AFTER_LEVEL, _RANGE):
        if found := pattern.search(text):
            low, high = sorted((_value(found[1]), _value(found[2])))
            return low, high
    for pattern in _SINGLE:
        if found := pattern.search(text):
            return _value(found[1]), _value(found[1])
    return None, None
