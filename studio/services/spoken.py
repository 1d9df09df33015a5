"""Finding names in a text: whole, in part, and with slips of the keyboard."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from studio.services.near import BROAD, SHORTEST, allowed, loose, seen_by

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.lens import Lens
    from studio.services.near import Book, Name

_TURNED = 0.8
"""What a name counts whose words stand in another order."""


class Spoken(NamedTuple):
    """A name that stands in a text: at which of its words, how much of the name that is (0–1), with how many slips."""

    name: Name
    places: tuple[int, ...]
    share: float
    slips: int


def within(book: Book, words: Sequence[tuple[str, bool, bool]], *, lens: Lens | None = None) -> list[Spoken]:
    """The names that a text speaks of. Each word: its text, whether it means little, and whether it may be misspelt.

    Words that very many names have don't lead to any.
    """
    with book._lock:
        return _Reading(book, words, seen_by(lens)).run()


class _Reading:
    """Finds names in a text: words lead to names, each name is then looked for as a whole."""

    def __init__(self, book: Book, words: Sequence[tuple[str, bool, bool]], may: Callable[[Name], bool]) -> None:
        self._book, self._may = book, may
        self._at: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._leading: set[str] = set()
        self._unsure: dict[int, str] = {}
        for place, (text, little, unsure) in enumerate(words):
            flat = loose(text)
            if unsure:
                self._unsure[place] = flat
            for word, slips in self._meant(flat, unsure=unsure).items():
                self._at[word].append((place, slips))
                if not little:
                    self._leading.add(word)

    def _meant(self, word: str, *, unsure: bool) -> dict[str, int]:
        """The words of names that a word stands for → slips."""
        by_word = self._book._by_word
        forms = (word, f"{word}s", word[:-1] if word.endswith("s") else word)
        found = {form: 0 for form in forms if form in by_word}
        if unsure and len(word) >= SHORTEST and not found:
            found = self._book_near(word)
        return found

    def _book_near(self, word: str) -> dict[str, int]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most, book = allowed(word), self._book
        found: dict[str, int] = {}
        for length in range(len(word) - most, len(word) + most + 1):
            close = process.extract(
                word, book._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most, limit=None
            )
            found |= {text: int(slips) for text, slips, _ in close}
        return found

    def run(self) -> list[Spoken]:
        book = self._book
        indexes = {
            i for word in self._leading if len(book._by_word[word]) <= BROAD for i in book._by_word[word]
        }  # fmt: skip
        found = []
        for index in indexes:
            name = book._names[index]
            if name is not None and self._may(name) and (one := self._fit(index, name)) is not None:
                found.append(one)
        return found

    def _fit(self, index: int, name: Name) -> Spoken | None:
        """How much of a name stands in the text, its rare words counting most."""
        places, slips, had, all_ = [], 0, 0.0, 0.0
        missing: list[tuple[str, float]] = []
        for word in self._book._loose[index].split():
            weight = 1.0 / (1.0 + len(self._book._by_word.get(word, ())) ** 0.5) if len(word) > 2 else 0.02
            all_ += weight
            best = min(self._at.get(word, ()), key=lambda hit: hit[1], default=None)
            if best is None:
                missing.append((word, weight))
                continue
            had += weight
            places.append(best[0])
            slips += best[1]
        for word, weight in missing if had >= all_ / 2 else ():
            if (place := self._beside(word, places)) is not None:
                had, slips = had + weight, slips + 2
                places.append(place)
        in_order = all(a < b for a, b in pairwise(places))
        share = had / all_ * (1.0 if in_order else _TURNED)
        return Spoken(name, tuple(places), share, slips) if had else None

    def _beside(self, word: str, places: list[int]) -> int | None:
        """The place next to these of a word that sounds like a missing one: it starts alike, half of it is the same."""
        from rapidfuzz.distance import OSA

        for place in sorted({p + d for p in places for d in (-1, 1)} - set(places)):
            text = self._unsure.get(place, "")
            if len(text) > 2 and text[0] == word[0] and OSA.distance(text, word) <= max(len(text), len(word)) // 2:
                return place
        return None
