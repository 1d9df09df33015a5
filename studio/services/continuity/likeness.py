"""What is known of each thing, made comparable: its names, what it states, what it is tied to, and its rare words.

A `Likeness` is made once for a world and follows it record by record; it finds the things that may be the same by the
words that they share in their names, and says how alike two of them are and why.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations, product
from math import log
from typing import TYPE_CHECKING, Protocol
from weakref import ref

from studio.services.continuity.naming import PEOPLE, Spoken, allowed, bare, likeness, spoken
from studio.services.near import loose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Thing, World

TYPES = ("location_type", "item_type", "faction_type", "event_type", "arc_kind", "quest_type", "creature_type")
"""Fields that say what kind of thing it is."""
_WORD = re.compile(r"\w{3,}")
_SAYS_LITTLE = 0.25
"""What a word weighs in a name that only says what kind of thing it is: the Inn of Eel and Oar Inn."""
_RARE, _SHARED = 4, 2
"""A word in so many texts at most is rare; so many rare words bring two together whose names don't meet."""
_CROWD = 40
"""What more things than this have in common in their names brings nobody together."""


class Nearness(Protocol):
    """Something that knows how near the meaning of two records is: 0 to 1, None where it doesn't know one of them."""

    def __call__(self, one: RecordId, two: RecordId, /) -> float | None: ...

    def pairs(self, only: Collection[RecordId] | None, /) -> set[tuple[RecordId, RecordId]]:
        """The pairs that are nearest, smaller id first: all, or those with one of these."""
        ...


@dataclass(frozen=True, eq=False)
class Profile:
    """One thing, made comparable."""

    thing: Thing

    @cached_property
    def person(self) -> bool:
        """Whether titles and short forms of given names are to be expected."""
        return self.thing.kind in PEOPLE

    @cached_property
    def names(self) -> tuple[Spoken, ...]:
        """All its names, each once."""
        return tuple(dict.fromkeys(spoken(name, person=self.person) for name in self.thing.names))

    @cached_property
    def plain(self) -> frozenset[str]:
        """What kind of thing it is, in words: they say little in a name."""
        said = [self.thing.subtype, *(str(self.thing.fields.get(name, "")) for name in TYPES), self.thing.kind]
        return frozenset(word for text in said for word in loose(text).split())

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of the words that its texts are made of."""
        thing = self.thing
        texts = [thing.summary, thing.body[:600], *(v for v in thing.fields.values() if isinstance(v, str))]
        return stems(" ".join(texts))

    @cached_property
    def blocks(self) -> frozenset[str]:
        """Under what it is looked for; two things that may be one have at least one of these in common."""
        return frozenset(key for name in self.names for key in _keys(name.words))


def _keys(words: tuple[str, ...]) -> Iterator[str]:
    """The whole; each word with the first or last letters of another; the longest with one letter left out.

    With a plus stands what meets only names that are just that: a lone word, or a word and an initial. A name that is
    nothing but a number or a side, such as “12” or “North”, is looked for under nothing.
    """
    if not words:
        return
    yield "".join(words)
    for word, other in permutations(words, 2):
        if len(other) == 1:
            yield f"{word}/{other}"
        else:
            yield f"{word}/{other[:2]}"
            yield f"{word}/${other[-2:]}"
            yield f"+{word}/{other[0]}"
    yield from (f"+{word}" for word in words if len(words) > 1 and len(word) > 3)
    longest = max(words, key=len)
    rest = "".join(sorted(word[0] for word in words if word != longest))
    if allowed(longest):
        yield f"{longest}~{rest}"
        yield from (f"{longest[:at]}{longest[at + 1 :]}~{rest}" for at in range(len(longest)))


def stems(text: str) -> frozenset[str]:
    """The words of a text by their first four letters: rough, but the same in every language."""
    return frozenset(word[:4] for word in _WORD.findall(loose(text)))


class Likeness:
    """All things of a world made comparable, kept in step with it."""

    def __init__(self) -> None:
        self._profiles: dict[RecordId, Profile] = {}
        self._blocks: dict[tuple[str, str], set[RecordId]] = defaultdict(set)
        self._called: dict[str, set[RecordId]] = defaultdict(set)
        self._names: Counter[str] = Counter()
        self._texts: Counter[str] = Counter()
        self._weights: dict[str, float] = {}
        self._few: defaultdict[str, set[RecordId]] = defaultdict(set)
        self._fewer: set[str] = set()
        self._read = 0
        self.nearness: Nearness | None = None
        """What is known of meanings, where an index has told: rules ask it, too."""

    def follow(self, world: World) -> None:
        """Take in what changed since it was last asked; things are never changed, only replaced."""
        self._weights = {}
        for one in dict.fromkeys(world.touched[self._read :]):
            thing, profile = world.things.get(one), self._profiles.get(one)
            if profile is not None and thing is not profile.thing:
                self._count(self._profiles.pop(one), -1)
            if thing is not None and one not in self._profiles:
                self._profiles[one] = profile = Profile(thing)
                self._count(profile, 1)
        self._read = len(world.touched)

    def _count(self, profile: Profile, by: int) -> None:
        thing = profile.thing
        words = {word for name in profile.names for word in name.words}
        for counter, said in ((self._names, words), (self._texts, profile.stems)):
            (counter.update if by > 0 else counter.subtract)(said)
        for stem in profile.stems:
            self._keep_few(stem, thing.id, by)
        indexes = [self._blocks[thing.kind, key] for key in profile.blocks]
        for holders in (*indexes, *(self._called[bare(name)] for name in thing.names)):
            if by > 0:
                holders.add(thing.id)
            else:
                holders.discard(thing.id)

    def _keep_few(self, stem: str, record: RecordId, by: int) -> None:
        """Keep who has a word while few have it. A word that has just become rare again is looked up when asked for."""
        many = self._texts[stem]
        if by > 0 and many <= _RARE and stem not in self._fewer:
            self._few[stem].add(record)
        elif by > 0 and many > _RARE:
            self._few.pop(stem, None)
            self._fewer.discard(stem)
        elif by < 0 and stem in self._few:
            self._few[stem].discard(record)
        elif by < 0 and many == _RARE:
            self._fewer.add(stem)

    def _look_up_fewer(self) -> None:
        for one, profile in self._profiles.items() if self._fewer else ():
            for stem in self._fewer & profile.stems:
                self._few[stem].add(one)
        self._fewer.clear()

    def __contains__(self, record: object) -> bool:
        return record in self._profiles

    def __getitem__(self, record: RecordId) -> Profile:
        """The profile of a thing."""
        return self._profiles[record]

    # ---- who may be who ----------------------------------------------------------------------------------------------

    def pairs(self, only: Collection[RecordId] | None) -> set[tuple[RecordId, RecordId]]:
        """Things of one kind whose names meet, smaller id first."""
        found: set[tuple[RecordId, RecordId]] = set()
        for key in self._blocks if only is None else self._keys_of(only):
            holders = self._blocks.get(key, ())
            if key[1][0] == "+":
                found.update(_crossing(holders, self._blocks.get((key[0], key[1][1:]), ()), only))
            elif 1 < len(holders) <= _CROWD:
                found.update(_meeting(holders, only))
        return found

    def alike_in_text(self, only: Collection[RecordId] | None) -> set[tuple[RecordId, RecordId]]:
        """Things of one kind whose texts share words that hardly anything else has, smaller id first."""
        self._look_up_fewer()
        known = None if only is None else [self._profiles[one] for one in only if one in self._profiles]
        stems = self._few if known is None else {stem for profile in known for stem in profile.stems}
        shared: Counter[tuple[RecordId, RecordId]] = Counter()
        for stem in stems:
            shared.update(_meeting(self._few.get(stem, ()), only))
        kind = {one: self._profiles[one].thing.kind for pair in shared for one in pair}
        return {pair for pair, many in shared.items() if many >= _SHARED and kind[pair[0]] == kind[pair[1]]}

    def _keys_of(self, only: Collection[RecordId]) -> set[tuple[str, str]]:
        known = (self._profiles[one] for one in only if one in self._profiles)
        keys = {(profile.thing.kind, key) for profile in known for key in profile.blocks}
        return keys | {(kind, f"+{key}") for kind, key in keys if key[0] != "+"}

    def sharing(self, only: Collection[RecordId] | None) -> Iterator[tuple[str, list[Thing]]]:
        """Every name that more than one thing has, or that these have, and its holders, oldest first."""
        names = self._called if only is None else dict.fromkeys(self._names_of(only))
        for name in names:
            if name and len(ids := self._called.get(name, ())) > 1:
                yield name, [self._profiles[one].thing for one in sorted(ids)]

    def _names_of(self, only: Collection[RecordId]) -> Iterator[str]:
        for one in only:
            if one in self._profiles:
                yield from map(bare, self._profiles[one].thing.names)

    # ---- how alike ---------------------------------------------------------------------------------------------------

    def weight(self, word: str) -> float:
        """How much a word says in a name: less the more names it is in."""
        known = self._weights.get(word)
        if known is None:
            known = self._weights[word] = 0.2 + 1.0 / (1.0 + 0.12 * max(0, self._names[word] - 2))
        return known

    def by_name(self, one: Profile, two: Profile) -> tuple[float, bool]:
        """How alike the two names are at best that the things have, and whether both are the things' own names."""
        plain, best = one.plain | two.plain, (0.0, False)

        def weigh(word: str) -> float:
            return _SAYS_LITTLE if word in plain else self.weight(word)

        for n, a in enumerate(one.names):
            for m, b in enumerate(two.names):
                if a.marks == b.marks:
                    score = likeness(a.words, b.words, weigh, person=one.person), n == m == 0
                    if score > best:
                        best = score
        return best

    def rarity(self, stem: str) -> float:
        """How much a word of a text says."""
        return log((1 + len(self._profiles)) / (1 + self._texts[stem]))

    def by_text(self, one: Profile, two: Profile) -> float:
        """0 to 1: how much of what the shorter text says is in the other, rare words first."""
        named = {w[:4] for p in (one, two) for name in p.names for w in name.words}
        mine, theirs = one.stems - named, two.stems - named
        if not mine or not theirs:
            return 0.0
        least = min(sum(map(self.rarity, mine)), sum(map(self.rarity, theirs)))
        return sum(map(self.rarity, mine & theirs)) / least if least > 0 else 0.0


def _meeting(holders: Collection[RecordId], only: Collection[RecordId] | None) -> Iterator[tuple[RecordId, RecordId]]:
    for one, two in combinations(sorted(holders), 2):
        if only is None or one in only or two in only:
            yield one, two


def _crossing(
    parts: Collection[RecordId], wholes: Collection[RecordId], only: Collection[RecordId] | None
) -> Iterator[tuple[RecordId, RecordId]]:
    """Those with the word as a part of their name, with those who have it for a name."""
    if len(parts) * len(wholes) <= _CROWD:
        for one, two in product(parts, wholes):
            if one != two and (only is None or one in only or two in only):
                yield min(one, two), max(one, two)


_kept: dict[int, tuple[ref[World], Likeness]] = {}


def of(world: World) -> Likeness:
    """The likeness of a world, made when it is first asked for and kept in step as long as the world is."""
    at = id(world)
    known = _kept.get(at)
    if known is None or known[0]() is not world:
        _kept[at] = known = (ref(world, lambda _: _kept.pop(at, None)), Likeness())
    known[1].follow(world)
    return known[1]
