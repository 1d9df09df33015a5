"""The same thing entered twice: names that may be one, weighed with what both entries say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.continuity import Evidence
from studio.services.continuity import aliases, knowing, likeness, telling
from studio.services.continuity.signs import Sign, crowds, signs

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Thing, World
    from studio.services.continuity.likeness import Likeness, Nearness, Profile

RULE = "duplicate"
ENOUGH = 2.0
"""The weight from which two entries are one thing."""
_ALIKE = 0.6
"""How much of two names must be the same for the rest to be looked at."""
_NAMELESS = (0.0, False)
_UNNAMED, _AGREED, _SAME_TEXT, _NEAR = -2.5, 2.5, 0.15, 0.75
"""For two whose names have nothing in common: what that weighs, how much what they state must agree, and how much of
the text must be the same or how near its meaning."""


class Twin(NamedTuple):
    """Two entries that are surely meant to be one thing, and all that says so."""

    one: Thing
    two: Thing
    weight: float
    name: float
    signs: tuple[Sign, ...]


def find(world: World, only: Collection[RecordId] | None = None, *, nearness: Nearness | None = None) -> list[Finding]:
    """The duplicates of a world, or those that touch these records, and the names that strangers share."""
    found = twins(world, only, nearness=nearness)
    same = {frozenset((twin.one.id, twin.two.id)) for twin in found}
    return [*(_finding(world, twin) for twin in found), *aliases.find(world, only, but=same)]


def twins(world: World, only: Collection[RecordId] | None = None, *, nearness: Nearness | None = None) -> list[Twin]:
    """The pairs behind the findings, the surest first."""
    book = likeness.of(world)
    nearness = nearness or book.nearness
    alike = [(book[a], book[b], book.by_name(book[a], book[b])) for a, b in book.pairs(only)]
    alike = [pair for pair in alike if pair[2][0] >= _ALIKE]
    met = {(one.thing.id, two.thing.id) for one, two, _ in alike}
    others = [(book[a], book[b], _NAMELESS) for a, b in _unlike(book, only, nearness) - met]
    alike += [pair for pair in others if _may_be_one(book, *pair[:2], nearness)]
    crowd = crowds(world, (world.things[one] for one in {p.thing.id for pair in alike for p in pair[:2]}))
    found = [twin for one, two, name in alike if (twin := _weigh(world, book, one, two, name, crowd, nearness))]
    return sorted(found, key=lambda twin: (-twin.weight, twin.one.id, twin.two.id))


def _unlike(
    book: Likeness, only: Collection[RecordId] | None, nearness: Nearness | None
) -> set[tuple[RecordId, RecordId]]:
    """Who may be one though their names don't say so: alike in rare words, or near in meaning."""
    near = nearness.pairs(only) if nearness is not None else set[tuple["RecordId", "RecordId"]]()
    return book.alike_in_text(only) | {(a, b) for a, b in near if a in book and b in book}


def _may_be_one(book: Likeness, one: Profile, two: Profile, nearness: Nearness | None) -> bool:
    """Whether two that have no name in common are worth a look: one kind, no other number, and much the same text."""
    a, b = one.thing, two.thing
    marks = one.names[0].marks, two.names[0].marks
    if a.kind != b.kind or (all(marks) and marks[0] != marks[1]):
        return False
    near = nearness(a.id, b.id) if nearness is not None else None
    return book.by_text(one, two) >= _SAME_TEXT or (near is not None and near >= _NEAR)


def _weigh(
    world: World, book: Likeness, one: Profile, two: Profile, name: tuple[float, bool],
    crowd: Counter[tuple[str, str]], nearness: Nearness | None,
) -> Twin | None:  # fmt: skip
    a, b = one.thing, two.thing
    if "deprecated" in (a.status, b.status):
        return None
    said = [*signs(world, a, b, crowd=crowd), Sign("text", 4.0 * max(0.0, book.by_text(one, two) - 0.12))]
    if nearness is not None and (near := nearness(a.id, b.id)) is not None:
        said.append(Sign("meaning", 3.0 * (near - 0.5)))
    if knowing.calls_itself(a, b) or knowing.calls_itself(b, a):
        said.append(Sign("full name", 2.5))
    if name is _NAMELESS and not _agree(said):
        return None
    weight = (_UNNAMED if name is _NAMELESS else _for_name(*name)) + sum(sign.weight for sign in said)
    return Twin(a, b, weight, name[0], tuple(said)) if weight >= ENOUGH and not _meant(world, twin=(a, b)) else None


def _agree(said: list[Sign]) -> bool:
    """Whether what two of different names state agrees in much and clashes in nothing."""
    stated = [sign.weight for sign in said if sign.what not in ("text", "meaning")]
    return sum(stated) >= _AGREED and min(stated, default=0.0) >= 0


def _meant(world: World, twin: tuple[Thing, Thing]) -> bool:
    """Whether the world says that they are two, or a text that something else has the name."""
    return knowing.aware(world, *twin) or any(map(knowing.tells_apart, twin))


def _for_name(alike: float, own: bool) -> float:
    """What likeness of names is worth: equal ones of their own nearly settle it, a shared byname asks for more."""
    if alike >= 0.98:
        return 2.2 if own else 1.2
    return 6.0 * (alike - 0.75)


def _finding(world: World, twin: Twin) -> Finding:
    one, two = twin.one, twin.two
    return telling.finding(
        world, RULE, "duplicate", severity="warning", about=[one.id, two.id], sides=[_side(one), _side(two)],
        why=f"“{one.name}” and “{two.name}” look like one thing entered twice{_because(world, twin)}.",
    )  # fmt: skip


def _side(thing: Thing) -> telling.Side:
    evidence = Evidence(record=thing.id, rev=thing.rev, path="name", quote=thing.name, says=thing.summary or thing.name)
    return telling.Side(evidence, thing.visibility)


def _because(world: World, twin: Twin) -> str:
    """The strongest reasons, in words."""
    best = sorted((sign for sign in twin.signs if sign.weight >= 0.5), key=lambda sign: -sign.weight)[:3]
    words = [_words(world, sign) for sign in best]
    return f": the same {', '.join(words)}" if words else ""


def _words(world: World, sign: Sign) -> str:
    how, _, other = sign.what.partition(":")
    how = how.replace("_", " ")
    return f"{how} “{world.name(other)}”" if other else "words" if how == "text" else how  # pyright: ignore[reportArgumentType]
