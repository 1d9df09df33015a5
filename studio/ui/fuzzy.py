"""How well typed letters fit a text: the letters in order, word starts and runs count more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def score(typed: str, text: str) -> float | None:
    """Higher is better; None where the letters aren't all there in order. Lower case, `typed` without spaces."""
    if not typed:
        return 0.0
    if (at := text.find(typed)) >= 0:
        return 100.0 - at - 0.1 * len(text) + (20.0 if at == 0 or text[at - 1] == " " else 0.0)
    if text.replace(" ", "").startswith(typed):
        return 100.0 - 0.1 * len(text)
    places = _places(typed, text, _next) or _places(typed, text, str.find)
    return _worth(places, text) if places else None


def _places(typed: str, text: str, find: Callable[[str, str, int], int]) -> list[int]:
    """Where the letters stand; nothing if one is missing."""
    places: list[int] = []
    for letter in typed:
        found = find(text, letter, places[-1] + 1 if places else 0)
        if found < 0:
            return []
        places.append(found)
    return places


def _worth(places: list[int], text: str) -> float:
    total, position, run = 0.0, -1, 0
    for found in places:
        starts_word = found == 0 or text[found - 1] in " :-/("
        run = run + 1 if found == position + 1 else 0
        total += 1.0 + (4.0 if starts_word else 0.0) + 2.0 * run - 0.05 * (found - position)
        position = found
    return total - 0.05 * len(text)


def _next(text: str, letter: str, start: int) -> int:
    """Where the letter comes next; a word's start a little further on is preferred to the middle of this one."""
    found = text.find(letter, start)
    at_word = text.find(f" {letter}", max(0, start - 1))
    return at_word + 1 if found >= 0 and 0 <= at_word < found + 12 and at_word + 1 >= start else found
