"""Checking a world: every rule over every record, or over what some records have to do with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.continuity import (
    affected,
    ages,
    cycles,
    deeds,
    duplicates,
    lifespan,
    order,
    places,
    reading,
    references,
    texts,
    values,
)  # fmt: skip
from studio.services.continuity.facts import DEPRECATED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Note, Thing, World
    from studio.storage.project import Project

    ThingRule = Callable[[World, Thing], Iterable[Finding]]
    NoteRule = Callable[[World, Note], Iterable[Finding]]
    WorldRule = Callable[[World, Collection[RecordId] | None], Iterable[Finding]]
    Progress = Callable[[float], None]

THING_RULES: tuple[ThingRule, ...] = (
    lifespan.after_the_end, lifespan.before_the_beginning, lifespan.children, lifespan.events_in_ruins,
    places.two_places, order.end_before_start, order.effect_before_cause, order.far_order,
    ages.age_mismatch, ages.young_parent,
    values.two_values, values.two_dates, values.two_ends, cycles.cycle, references.deprecated_reference,
    references.dangling_in_thing,
)  # fmt: skip
"""What is asked of one entity: reads the entity, what is stated of it, and the entities on the other side of that."""
NOTE_RULES: tuple[NoteRule, ...] = (deeds.acts_after_death, references.dangling_in_note)
"""What is asked of one note: reads the note and what it links."""
WORLD_RULES: tuple[WorldRule, ...] = (duplicates.find, texts.find)
"""What is asked of the world as a whole, or of these records in it: pairs of entities, texts."""
_STEP = 200


def check(
    project: Project,
    *,
    only: Collection[RecordId] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Finding]:
    """All findings of a project, or those that these records are a side of. Stopped half-way, what was found so far."""
    return check_world(reading.read(project), only=only, progress=progress, cancelled=cancelled)


def check_world(
    world: World,
    *,
    only: Collection[RecordId] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Finding]:
    """The same over facts that were read already; needs no database, so it may run on any thread."""
    found: dict[str, Finding] = {}
    records = None if only is None else affected.concerned(world, only)
    for _, some in each(world, records, progress=progress, cancelled=cancelled):
        found |= {one.key: one for one in some}
    for rule in WORLD_RULES:
        if cancelled and cancelled():
            break
        found |= {one.key: one for one in rule(world, only)}
    kept = found.values() if only is None else [one for one in found.values() if concerns(one, only)]
    return list(kept)


def each(
    world: World,
    records: Collection[RecordId] | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[tuple[RecordId, tuple[Finding, ...]]]:
    """What the rules say of each entity and note, or of these, until cancelled."""
    asked = [*world.things, *world.notes] if records is None else sorted(records)
    for n, record in enumerate(asked):
        if n % _STEP == 0 and cancelled and cancelled():
            return
        if n % _STEP == 0 and progress:
            progress(n / len(asked))
        yield record, tuple(ask(world, record))


def ask(world: World, record: RecordId) -> Iterator[Finding]:
    """What the rules say of one entity or note; what was withdrawn may say what it likes."""
    if thing := world.things.get(record):
        for rule in THING_RULES if thing.status != DEPRECATED else ():
            yield from rule(world, thing)
    elif note := world.notes.get(record):
        for rule in NOTE_RULES:
            yield from rule(world, note)


def concerns(finding: Finding, records: Collection[RecordId]) -> bool:
    """Whether one of these records is a subject or a side of the finding."""
    return any(one in records for one in finding.subjects) or any(e.record in records for e in finding.evidence)
