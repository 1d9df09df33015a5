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
    alike = [(book[a], book[b], book.by_name(book[a], book[b])) for a, b in book.pairs(only)]
    alike = [pair for pair in alike if pair[2][0] >= _ALIKE]
    crowd = crowds(world, (world.things[one] for one in {p.thing.id for pair in alike for p in pair[:2]}))
    found = [twin for one, two, name in alike if (twin := _weigh(world, book, one, two, name, crowd, nearness))]
    return sorted(found, key=lambda twin: (-twin.weight, twin.one.id, twin.two.id))


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
    weight = _for_name(*name) + sum(sign.weight for sign in said)
    return Twin(a, b, weight, name[0], tuple(said)) if weight >= ENOUGH and not _meant(world, twin=(a, b)) else None


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
