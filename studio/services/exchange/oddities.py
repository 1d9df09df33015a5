"""What an import keeps although no verb would have taken it, for its report. A check finds the same later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.dates import resolve, written
from studio.domain.world import Claim, Entity, Relation, Statement
from studio.services.world import sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.ids import RecordId
    from studio.domain.record import Record
    from studio.domain.world import Alias
    from studio.services.exchange.staging import Staging
    from studio.storage.project import Project


def note(project: Project, staging: Staging) -> None:
    """Add a reason to the report for each oddity of the records that are staged."""
    found = _Finder(project, staging)
    for record in staging.records:
        for why in found.oddities(record):
            staging.note(found.title(record), f"{why}; it is kept so")


class _Finder:
    """Reads dates by the calendars of project and file, and knows the names of both."""

    def __init__(self, project: Project, staging: Staging) -> None:
        self._project = project
        self._entities = {one.id: one for one in staging.records if isinstance(one, Entity)}
        self._calendars = staging.calendars(project)
        self._circled: set[RecordId] = set()

    def title(self, record: Record) -> str:
        """What a record is called in the report."""
        if isinstance(record, Relation):
            return f"relation {self._name(record.from_id)} → {record.type} → {self._name(record.to_id)}"
        if isinstance(record, Claim):
            return f"claim {self._name(record.subject_id)} · {record.predicate}"
        return f"{record.kind} {getattr(record, 'name', '') or getattr(record, 'title', '') or record.id}"

    def oddities(self, record: Record) -> Iterator[str]:
        """What of a record a verb wouldn't have taken, in half sentences."""
        for key in ("name", "title"):
            words = getattr(record, key, "")
            if isinstance(words, str) and len(words) > sound.NAME_LIMIT:
                yield f"its {key} has {len(words):,} letters, more than the {sound.NAME_LIMIT} that can be typed"
        if isinstance(record, Entity):
            yield from self._entity(record)
        elif isinstance(record, Relation | Claim):
            yield from self._dates(record)
            if isinstance(record, Relation) and record.from_id == record.to_id:
                yield "it relates something to itself"

    def _entity(self, entity: Entity) -> Iterator[str]:
        way = sound.way_back(entity.id, sound.parents_of(entity), self._parents)
        if way and entity.id not in self._circled:
            self._circled.update(way)
            yield " in ".join(["it lies", *(f"“{self._name(one)}”" for one in way)])
        for told in (*entity.stated.values(), *entity.aliases):
            yield from self._dates(told)

    def _parents(self, record_id: RecordId) -> list[RecordId]:
        return sound.parents_of(self._entities.get(record_id) or self._project.find(Entity, record_id))

    def _dates(self, told: Relation | Claim | Statement | Alias) -> Iterator[str]:
        ends = {"begins": told.valid_from, "ends": told.valid_to}
        if sound.backwards(told.valid_from, told.valid_to, self._calendars):
            since, until = (written(end, self._calendars) for end in ends.values())
            yield f"it ends ({until}) before it begins ({since})"
        for what, date in ends.items():
            read = resolve(date, self._calendars)
            if date and len(self._calendars) and read.lo is None and read.hi is None:
                yield f"no calendar reads when it {what} (“{written(date, self._calendars)[:60]}”)"

    def _name(self, record_id: RecordId) -> str:
        found = self._entities.get(record_id) or self._project.find(Entity, record_id, deleted=True)
        return found.name if found is not None else record_id
