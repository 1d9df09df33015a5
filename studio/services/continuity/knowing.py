"""Which things know of each other: related, linked, or named in each other's texts. Namesakes that do are meant so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.text import WIKILINK
from studio.services.continuity.naming import PEOPLE, bare, spoken
from studio.services.near import loose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Fact, Thing, World

OFFICES = frozenset({"leads", "rules", "office", "title", "holds_title", "rank", "commander"})
"""What passes from one holder to the next."""


def related(world: World, one: RecordId, two: RecordId) -> bool:
    """Whether any statement joins the two, in either direction and however sure."""
    return any(
        two in (fact.object, fact.speaker) for fact in world.facts_of(one)
    ) or any(one in (fact.object, fact.speaker) for fact in world.facts_of(two))  # fmt: skip


def points_to(world: World, one: Thing, two: Thing) -> bool:
    """Whether a field, the parent, a link or the plain text of the one means the other by a name of its own."""
    if one.parent == two.id or any(fact.object == two.id for fact in world.field_facts(one)):
        return True
    own = _own_names(one, two)
    return bool(own) and any(_says(text, own) for text in _texts(one)) and not calls_itself(one, two)


def _own_names(one: Thing, two: Thing) -> list[str]:
    """The loose names of the other that the one hasn't, whole or as a part of a name of its own: those mean itself."""
    mine = [f" {bare(name)} " for name in one.names]
    names = {loose(name): f" {bare(name)} " for name in two.names}
    return [flat for flat, part in names.items() if len(flat) > 2 and not any(part in own for own in mine)]


def calls_itself(one: Thing, two: Thing) -> bool:
    """Whether the one's own text has, without a link, the full form of its name that the other goes by.

    “H. Fitch”, whose text says that the register reads Harold Fitch, is the Harold Fitch of another entry.
    """
    if one.kind not in PEOPLE or one.kind != two.kind:
        return False
    mine = spoken(one.name, person=True)
    for name in two.names:
        full = spoken(name, person=True)
        longer = len(full.words) > 1 and mine.marks == full.marks and mine.words != full.words
        if longer and _short_for(mine.words, full.words) and any(_spells(text, full.words) for text in _texts(one)):
            return True
    return False


def _short_for(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether every word of the one is a word of the other, or its beginning."""
    return len(short) <= len(full) and all(any(word.startswith(part) for word in full) for part in short)


def _spells(text: str, words: tuple[str, ...]) -> bool:
    unlinked = WIKILINK.sub(" ", text)
    return bool(unlinked) and f" {' '.join(words)} " in f" {loose(unlinked)} "


def _texts(thing: Thing) -> Iterator[str]:
    yield thing.summary
    yield thing.body
    for value in thing.fields.values():
        if isinstance(value, str):
            yield value


def _says(text: str, names: Iterable[str]) -> bool:
    """Whether a text has one of these loose names as whole words."""
    if not text:
        return False
    flat = f" {loose(text)} "
    return any(f" {name} " in flat for name in names)


_ANOTHER = re.compile(
    r"\b(?:namesakes?|no (?:relation|connection|kin)|not to be confused|the other (?:one|of (?:that|the) name)"
    r"|shares? (?:its|his|her|the|a) (?:\w+ )?name|the same name|of the same name"
    r"|nicht (?:zu )?verwechseln|namensvetter|gleichnamig\w*|tocay[oa]|homonym\w*|homónim\w*)\b",
    re.IGNORECASE,
)


def tells_apart(thing: Thing, shared: str = "") -> bool:
    """Whether a thing's own text says that something else has its name, or this shared name of it."""
    if shared and bare(thing.name) != shared and not any(_says(text, [shared]) for text in _texts(thing)):
        return False
    return any(_ANOTHER.search(text) for text in _texts(thing))


def aware(world: World, one: Thing, two: Thing) -> bool:
    """Whether the world itself says that these are two: whoever wrote the one knew of the other."""
    return (
        related(world, one.id, two.id)
        or points_to(world, one, two)
        or points_to(world, two, one)
        or _same_office(world, one, two)
    )


def _same_office(world: World, one: Thing, two: Thing) -> bool:
    """Whether both held one office after another: what is shared then is the title."""
    held = {(fact.predicate, _what(fact)): fact for fact in _offices(world, one)}
    for fact in _offices(world, two):
        before = held.get((fact.predicate, _what(fact)))
        if before is not None and _one_after_other(before, fact):
            return True
    return False


def _offices(world: World, thing: Thing) -> Iterator[Fact]:
    return (fact for fact in world.facts_of(thing.id) if fact.predicate in OFFICES)


def _what(fact: Fact) -> str:
    return fact.object or loose(str(fact.value))


def _one_after_other(one: Fact, two: Fact) -> bool:
    """Whether the one had surely ended, but for a day or a year of handing over, when the other began."""
    for first, second in ((one, two), (two, one)):
        if first.end is not None and second.start is not None and first.end.lo <= second.start.hi:
            return True
    return False
