"""Names that are nearly what was typed: each word within a slip or two of the keyboard."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST = 4


class Name(NamedTuple):
    """One name of a record; `folded` is what is compared."""

    folded: str
    record: str
    kind: str
    shown: str


def worth_it(needle: str) -> bool:
    """Whether some word is long enough for a slip to be told from another word."""
    return any(len(word) >= _SHORTEST for word in needle.split())


def _allowed(word: str) -> int:
    return 0 if len(word) < _SHORTEST else 1 if len(word) < 6 else 2 if len(word) < 11 else 3


class Book:
    """All names of a project, by their words. Made once, asked many times."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = list(names)
        self._flat = [name.folded.replace(" ", "") for name in self._names]
        by_word: dict[str, list[int]] = defaultdict(list)
        for index, name in enumerate(self._names):
            for word in name.folded.split():
                by_word[word].append(index)
        self._by_word = dict(by_word)
        self._words = list(by_word)

    def nearly(self, needle: str, *, kinds: tuple[str, ...] = (), limit: int = 20) -> list[tuple[Name, int]]:
        """(name, slips) of those that have every typed word, or one near to it; fewest slips first.

        A word that some name has as it stands, or that starts one, is taken as meant.
        """
        words = needle.split()
        found: dict[int, int] | None = None
        for n, word in enumerate(words):
            slips = self._of_word(word, last=n == len(words) - 1)
            found = slips if found is None else {i: found[i] + slips[i] for i in found.keys() & slips.keys()}
        best = dict(found or {})
        for index in self._joined(needle):
            best.setdefault(index, 1)
        near = [(self._names[i], slips) for i, slips in best.items() if slips > 0]
        fitting = [(name, slips) for name, slips in near if not kinds or name.kind in kinds]
        return sorted(fitting, key=lambda pair: (pair[1], len(pair[0].folded), pair[0].folded))[:limit]

    def _of_word(self, word: str, *, last: bool) -> dict[int, int]:
        """index → slips, over all names that have this word or one near to it."""
        meant = {known: 0 for known in self._words if known == word or (last and known.startswith(word))}
        found: dict[int, int] = {}
        for known, slips in (meant or self._near(word, last=last)).items():
            for index in self._by_word[known]:
                found[index] = min(slips, found.get(index, slips))
        return found

    def _near(self, word: str, *, last: bool) -> dict[str, int]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = _allowed(word)
        if not most:
            return {}
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=most, limit=40)
        found = {text: int(slips) for text, slips, _ in near}
        if last and len(word) > _SHORTEST:
            starts = [text[: len(word)] for text in self._words]
            for _, slips, at in process.extract(word, starts, scorer=OSA.distance, score_cutoff=1, limit=40):
                found.setdefault(self._words[at], int(slips))
        return found

    def _joined(self, needle: str) -> list[int]:
        """Names that fit once the spaces are out of the way: `portash` for “Port Ash”."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        flat = needle.replace(" ", "")
        if len(flat) <= _SHORTEST:
            return []
        close = process.extract(flat, self._flat, scorer=OSA.distance, score_cutoff=1, limit=10)
        return [at for _, _, at in close if self._names[at].folded != needle]
