"""The one matcher of names: by start, by parts in any order, inside, and with slips of the keyboard.

A `Book` holds all names of a project by their words. It is made once and then follows each commit, one record at a
time. It may be asked from any thread.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left, insort
from collections import defaultdict
from itertools import islice
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from studio.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from studio.domain.lens import Lens

T = TypeVar("T", str, "tuple[str, int]")
TITLED = frozenset({"blueprint", "recipe", "thread", "entry"})
"""Kinds that have a title and are no entities."""
EXACT, START, WORD, PARTS, INSIDE, SLIPS = range(6)
"""How a name fits, best first."""
FEW = 3
"""With fewer names than this that fit as typed, those that nearly fit come after them."""
SHORTEST = 4
MOST_TYPED = 200
"""No name is looked for by more letters: whoever pastes a page means its beginning."""
BROAD = 1_000
"""Of letters that more names fit than this, only so many are ranked: whoever types them will type on."""
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "'": None, "`": None}
)
_PARTING = re.compile(r"[\W_]+")
_LAST = "\U0010ffff"


class Name(NamedTuple):
    """One name of a record. `veils` are the visibilities that all must be open to whoever may know it.

    `since` and `until` are the first and last absolute day on which it was in use, as far as that is known.
    """

    record: str
    kind: str
    text: str
    is_alias: bool = False
    veils: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


class Found(NamedTuple):
    """A name that fits, how it fits, and with how many slips."""

    name: Name
    rank: int
    slips: int


def loose(text: str) -> str:
    """A name as it is compared: folded, foreign letters by their look, no apostrophes, a space between words."""
    folded = fold(text)
    return _PARTING.sub(" ", folded.translate(_LETTERS)).strip() or folded


def worth_it(needle: str) -> bool:
    """Whether some word is long enough for a slip to be told from another word."""
    return any(len(word) >= SHORTEST for word in needle.split())


def allowed(word: str) -> int:
    """How many slips a word may have; one number is not a slip of another."""
    return 0 if len(word) < SHORTEST or word.isdigit() else 1 if len(word) < 6 else 2 if len(word) < 11 else 3


class Book:
    """All names of a project, by their words."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self._lock = RLock()
        self._forget_all()
        by_record: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            by_record[name.record].append(name)
        self.update(by_record)

    def _forget_all(self) -> None:
        self._names: list[Name | None] = []
        self._loose: list[str] = []
        self._sorted: list[tuple[str, int]] = []
        self._joined: dict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        self._of_record: dict[str, tuple[int, ...]] = {}
        self._by_fold: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._words: list[str] = []
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._starts: dict[int, list[str]] = {}
        self._text = ""
        self._dead = 0

    def __len__(self) -> int:
        """How many records have a name."""
        return len(self._of_record)

    # ---- following the project -------------------------------------------------------------------------------------

    def update(self, records: Mapping[str, Sequence[Name]]) -> None:
        """Take these names, the record's own first, for all that these records are called. No name: it is gone."""
        with self._lock:
            first = len(self._names)
            fresh: list[str] = []
            for record, names in records.items():
                for index in self._of_record.pop(record, ()):
                    self._drop(index)
                if names:
                    self._of_record[record] = tuple(self._add(name, fresh) for name in names)
            _put_in(self._sorted, [(self._loose[at], at) for at in range(first, len(self._names))])
            if fresh:
                _put_in(self._words, fresh)
                self._starts.clear()
                self._text = ""
            if self._dead > 1000 and self._dead > len(self._names) // 4:
                self._compact()

    def _add(self, name: Name, fresh: list[str]) -> int:
        index, flat = len(self._names), loose(name.text)
        self._names.append(name)
        self._loose.append(flat)
        if " " in flat:
            texts, indexes = self._joined[len(joined := flat.replace(" ", ""))]
            texts.append(joined)
            indexes.append(index)
        self._by_fold.setdefault(fold(name.text), []).append(index)
        for word in set(flat.split()):
            known = self._by_word.get(word)
            if known is None:
                self._by_word[word] = [index]
                self._by_length[len(word)].append(word)
                fresh.append(word)
            else:
                known.append(index)
        return index

    def _drop(self, index: int) -> None:
        """Words keep pointing to a name that is gone until the book is compacted."""
        name = self._names[index]
        if name is not None:
            self._by_fold[fold(name.text)].remove(index)
            self._names[index] = None
            self._dead += 1

    def _compact(self) -> None:
        kept = {r: [name for i in at if (name := self._names[i]) is not None] for r, at in self._of_record.items()}
        self._forget_all()
        self.update(kept)

    @property
    def text(self) -> str:
        """All words, each a line between two breaks."""
        if not self._text:
            self._text = "\n".join(["", *self._words, ""])
        return self._text

    # ---- one name --------------------------------------------------------------------------------------------------

    def find(self, text: str, *, lens: Lens | None = None) -> Name | None:
        """The entity that has exactly this name or alias: names before aliases, old records before new ones."""
        with self._lock:
            may = seen_by(lens)
            fitting = [n for i in self._by_fold.get(fold(text), ()) if (n := self._names[i]) is not None and may(n)]
        entities = [n for n in fitting if n.kind not in TITLED]
        return min(entities, key=lambda n: (n.is_alias, n.record), default=None)

    def get(self, record: str, *, lens: Lens | None = None) -> Name | None:
        """The record's own name, or None where this lens hides the record."""
        with self._lock:
            indexes = self._of_record.get(record)
            name = self._names[indexes[0]] if indexes else None
            return name if name is not None and seen_by(lens)(name) else None

    # ---- searching -------------------------------------------------------------------------------------------------

    def search(
        self,
        typed: str,
        *,
        limit: int = 20,
        kinds: Collection[str] = (),
        but: Collection[str] = (),
        among: Collection[str] | None = None,
        lens: Lens | None = None,
        slips: bool = True,
    ) -> list[Found]:
        """The names that fit what was typed, best first, one for each record; with nothing typed, the newest.

        `kinds` and `among` (record ids) narrow, `but` leaves kinds out. Nobody meets a name that this lens hides.
        Without `slips` only what fits as typed is looked for, which takes a few milliseconds among 100,000 names.
        """
        needle, fits = loose(typed[:MOST_TYPED]), _fits(kinds, but, among, lens)
        if needle:
            broad = among is None and limit * 3 < BROAD
            return _Hunt(self, needle, fits, most=BROAD if broad else None).run(limit, slips=slips)
        with self._lock:
            newest = (name for name in reversed(self._names) if name is not None and not name.is_alias and fits(name))
            return [Found(name, START, 0) for name in islice(newest, limit)]


def _put_in(ordered: list[T], fresh: list[T]) -> None:
    """A few find their place one by one, many are sorted in."""
    if len(fresh) > 50:
        ordered += fresh
        ordered.sort()
    else:
        for one in fresh:
            insort(ordered, one)


def seen_by(lens: Lens | None) -> Callable[[Name], bool]:
    """What this lens shows of names."""
    if lens is None or lens.is_own:
        return lambda _: True
    from studio.domain.lens import may_see

    audience, day = lens.audience, lens.as_of
    known: dict[tuple[str, ...], bool] = {}

    def open_to(veils: tuple[str, ...]) -> bool:
        if (found := known.get(veils)) is None:
            found = known[veils] = all(may_see(audience, veil) for veil in veils)
        return found

    return lambda name: (
        open_to(name.veils)
        and (day is None or ((name.since is None or name.since <= day) and (name.until is None or name.until >= day)))
    )


def _fits(
    kinds: Collection[str], but: Collection[str], among: Collection[str] | None, lens: Lens | None
) -> Callable[[Name], bool]:
    may = seen_by(lens)
    if not kinds and not but and among is None:
        return may
    return lambda n: (
        (not kinds or n.kind in kinds)
        and n.kind not in but
        and (among is None or n.record in among)
        and may(n)
    )  # fmt: skip


class _Hunt:
    """One search: each step goes further from what was typed, and is taken only while there is room.

    The book is held for a step at a time, so that nobody who only wants a name waits for slips to be found.
    """

    def __init__(self, book: Book, needle: str, fits: Callable[[Name], bool], *, most: int | None) -> None:
        self._book = book
        self._needle = needle
        self._typed = needle.split()
        self._fits = fits
        self._most = most
        self._best: dict[str, tuple[tuple[object, ...], Found]] = {}

    def run(self, limit: int, *, slips: bool) -> list[Found]:
        with self._book._lock:
            self._take(self._fitting(self._starting()), limit)
            if len(self._best) < limit:
                self._take(self._fitting(self._by_word_starts()), limit)
            if len(self._best) < limit and len(self._needle) > 1:
                self._take(self._fitting(self._inside()), limit)
        if slips and len(self._best) < min(FEW, limit) and worth_it(self._needle):
            near = [self._near(word, last=n == len(self._typed) - 1) for n, word in enumerate(self._typed)]
            with self._book._lock:
                self._take(self._nearly(near), limit)
        return [found for _, found in sorted(self._best.values(), key=lambda pair: pair[0])][:limit]

    def _take(self, found: Iterable[tuple[int, int, int]], limit: int) -> None:
        """Keep the best of (rank, slips, index), one for each record. All of them may be met."""
        book, scored = self._book, []
        for rank, slips, index in found:
            name = book._names[index]
            if name is not None:
                length = len(book._loose[index])
                scored.append(((rank * 4 + slips) * 1000 + (500 if name.is_alias else 0) + min(length, 499), index))
        for score, index in heapq.nsmallest(limit * 3, scored):
            name = book._names[index]
            assert name is not None
            key = (score, book._loose[index], name.record)
            known = self._best.get(name.record)
            if known is None or key < known[0]:
                rank, slips = divmod(score // 1000, 4)
                self._best[name.record] = (key, Found(name, rank, slips))

    # ---- as typed --------------------------------------------------------------------------------------------------

    def _fitting(self, indexes: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """How names fit that have every typed word somewhere; those that haven't fall out."""
        loose_, needle, typed = self._book._loose, self._needle, self._typed
        spaced_needle, starts = f" {needle}", [f" {word}" for word in typed] if len(typed) > 1 else []
        for index in islice(self._open(indexes), self._most):
            text = loose_[index]
            if text.startswith(needle):
                yield (EXACT if len(text) == len(needle) else START), 0, index
                continue
            spaced = f" {text}"
            if spaced_needle in spaced:
                yield WORD, 0, index
            elif starts and _has_all(spaced, starts):
                yield PARTS, 0, index
            elif _has_all(text, typed):
                yield INSIDE, 0, index

    def _open(self, indexes: Iterable[int]) -> Iterator[int]:
        """Those of the names that are there and may be met: only they count towards the most that are ranked."""
        names, fits = self._book._names, self._fits
        return (index for index in indexes if (name := names[index]) is not None and fits(name))

    def _starting(self) -> Iterator[int]:
        """Names that start so."""
        ordered = self._book._sorted
        first, end = bisect_left(ordered, (self._needle,)), bisect_left(ordered, (self._needle + _LAST,))
        return (index for _, index in islice(ordered, first, end))

    def _by_word_starts(self) -> Iterator[int]:
        """Names that a start of the rarest typed word leads to."""
        book = self._book
        ranges = [book._words[slice(*_range(book._words, word))] for word in self._typed]
        return self._having(min(ranges, key=lambda words: sum(len(book._by_word[word]) for word in words)))

    def _inside(self) -> Iterator[int]:
        """Names that have the longest typed word anywhere in one of theirs."""
        return self._having(_words_with(self._book.text, max(self._typed, key=len)))

    def _having(self, words: Iterable[str]) -> Iterator[int]:
        by_word = self._book._by_word
        return (index for word in words for index in by_word[word])

    # ---- with slips ------------------------------------------------------------------------------------------------

    def _nearly(self, near: list[dict[str, int]]) -> Iterator[tuple[int, int, int]]:
        """Names that have every typed word or one near to it, or that fit without the spaces."""
        by_word = self._book._by_word
        sizes = [sum(len(by_word.get(word, ())) for word in words) for words in near]
        rarest = sizes.index(min(sizes))
        others = [words for n, words in enumerate(near) if n != rarest]
        best: dict[int, int] = {}
        for word, slips in near[rarest].items():
            for index in by_word.get(word, ()):
                total = self._sum(index, slips, others)
                if total is not None and total < best.get(index, 99):
                    best[index] = total
        for index in self._without_spaces():
            best.setdefault(index, 1)
        return ((SLIPS, min(best[index], 3), index) for index in self._open(best) if best[index])

    def _sum(self, index: int, slips: int, others: list[dict[str, int]]) -> int | None:
        """All slips of a name, or None where a typed word is missing."""
        if others:
            words = self._book._loose[index].split()
            for known in others:
                least = min((known[word] for word in words if word in known), default=None)
                if least is None:
                    return None
                slips += least
        return slips

    def _near(self, word: str, *, last: bool) -> dict[str, int]:
        """Words of the book → slips: those that this one starts or is near to; the last typed may be unfinished too."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        book, most = self._book, allowed(word)
        with book._lock:
            found = dict.fromkeys(book._words[slice(*_range(book._words, word))], 0)
        if not most:
            return found
        for length in range(len(word) - most, len(word) + most + 1):
            with book._lock:
                words = book._by_length.get(length, ())
                close = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=None)
            for text, slips, _ in close:
                found.setdefault(text, int(slips))
        if last:
            with book._lock:
                starts = self._starts_of(len(word))
                close = process.extract(word, starts, scorer=OSA.distance, score_cutoff=1, limit=None)
                for start, slips, _ in close:
                    for text in book._words[slice(*_range(book._words, start))]:
                        found.setdefault(text, int(slips))
        return found

    def _starts_of(self, length: int) -> list[str]:
        """The different beginnings of this length of all longer words."""
        known = self._book._starts.get(length)
        if known is None:
            known = list(dict.fromkeys(word[:length] for word in self._book._words if len(word) > length))
            self._book._starts[length] = known
        return known

    def _without_spaces(self) -> list[int]:
        """Names that fit once the spaces are out of the way: `portash` for “Port Ash”, `iron keep` for “Ironkeep”."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        flat, book = self._needle.replace(" ", ""), self._book
        found: list[int] = []
        most = 0 if any(word.isdigit() for word in self._typed) else 1
        for length in range(len(flat) - most, len(flat) + most + 1) if len(flat) > SHORTEST else ():
            texts, indexes = book._joined.get(length, ((), ()))
            close = process.extract(flat, texts, scorer=OSA.distance, score_cutoff=most, limit=None)
            found += [indexes[at] for _, _, at in close]
            if flat != self._needle:
                one = process.extract(flat, book._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most)
                found += [index for word, _, _ in one for index in book._by_word[word]]
        return found


def _has_all(text: str, parts: list[str]) -> bool:
    """Written out: asked of thousands of names for a key, `all` over a generator takes three times as long."""
    for part in parts:  # noqa: SIM110
        if part not in text:
            return False
    return True


def _words_with(text: str, part: str) -> Iterator[str]:
    """The words that have this in them: one search through all of them at once, each a line."""
    at = text.find(part)
    while at >= 0:
        end = text.index("\n", at)
        yield text[text.rindex("\n", 0, at) + 1 : end]
        at = text.find(part, end)


def _range(words: list[str], start: str) -> tuple[int, int]:
    """Where the words stand that start so."""
    return bisect_left(words, start), bisect_left(words, start + _LAST)
