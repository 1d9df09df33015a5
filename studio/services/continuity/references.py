"""Rules on what a record leans on: canon on nothing that was withdrawn, a link on something that is there."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from studio.services.continuity import telling
from studio.services.continuity.facts import DEPRECATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Note, Thing, World
    from studio.services.continuity.telling import Side

_CANON = "canon"
_ABOUT_DRAFTS = frozenset({"supersedes", "same_as", "based_on"})
"""Relations that speak of versions of the canon, not within it."""


def deprecated_reference(world: World, thing: Thing) -> Iterator[Finding]:
    """A canon entity that is related to a deprecated one, or links it."""
    if thing.status != _CANON:
        return
    leaning: dict[RecordId, list[Side]] = {}
    for other, side in chain(_stated(world, thing), _linked(world, thing)):
        leaning.setdefault(other, []).append(side)
    for other, sides in leaning.items():
        old = world.things[other]
        yield telling.finding(
            world, "deprecated_reference", "deprecated_reference", about=[thing.id, other],
            sides=[*sides, telling.of_thing(old, f"{old.name} is deprecated")],
            why=f"{thing.name} is canon, but leans on {old.name}, which is deprecated.",
        )  # fmt: skip


def _stated(world: World, thing: Thing) -> Iterator[tuple[RecordId, Side]]:
    for fact in (*world.facts_of(thing.id), *world.field_facts(thing)):
        if not fact.sure or fact.predicate in _ABOUT_DRAFTS or fact.object is None:
            continue
        if _is_deprecated(world, fact.object):
            yield fact.object, telling.of_fact(world, fact)


def _linked(world: World, thing: Thing) -> Iterator[tuple[RecordId, Side]]:
    for link in thing.links:
        meant = tuple(world.named.get(link.fold, ()))
        if meant and all(_is_deprecated(world, one) for one in meant):
            yield meant[0], telling.of_link(thing, link, f"{thing.name} links [[{link.target}]]")


def _is_deprecated(world: World, record: RecordId) -> bool:
    thing = world.things.get(record)
    return thing is not None and thing.status == DEPRECATED


def dangling_in_thing(world: World, thing: Thing) -> Iterator[Finding]:
    """`[[links]]` of an entity's texts to a name that nothing has."""
    for link in thing.links:
        if not _resolves(world, link.fold):
            side = telling.of_link(thing, link, f"{thing.name} links [[{link.target}]]")
            yield _dangling(world, thing.id, side, link.target)


def dangling_in_note(world: World, note: Note) -> Iterator[Finding]:
    """`[[links]]` of a note to a name that nothing has."""
    for link in note.links:
        if not _resolves(world, link.fold):
            side = telling.of_note(world, note, f"“{note.title}” links [[{link.target}]]", link)
            yield _dangling(world, note.id, side, link.target)


def _resolves(world: World, folded: str) -> bool:
    return folded in world.named or folded in world.titled


def _dangling(world: World, record: RecordId, side: Side, target: str) -> Finding:
    return telling.finding(
        world, "dangling_link", "dangling_link", about=[record], sides=[side], severity="warning",
        why=f"Nothing is called “{target}”, to which {world.name(record)} links.",
    )  # fmt: skip
