"""Verbs on the calendars of a world: add one (shipped or one's own), edit it, make it the main one, take it away."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from studio import resources_dir
from studio.domain.calendar import CalendarSystem
from studio.domain.calendars import key_of
from studio.domain.errors import Invalid, NotFound
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.domain.world import Calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.calendars import Calendars
    from studio.storage.commits import CommitWriter
    from studio.storage.project import Project

Json = dict[str, Any]
_DATED = ("entity", "relation", "claim", "entry")


class Preset(Frozen):
    """A calendar that ships with the studio."""

    key: str
    name: str
    description: str
    definition: Json


class CalendarRow(Frozen):
    """One calendar of the project. `fault` says why it can't count; `dates` counts the records with dates in it."""

    id: RecordId
    key: str
    name: str
    main: bool = False
    fault: str = ""
    dates: int = 0
    definition: Json


# ---- reading -----------------------------------------------------------------------------------------------------


def loaded(project: Project) -> Calendars:
    """The project's calendars, ready to count."""
    return project.calendars


def listing(project: Project) -> list[CalendarRow]:
    """The calendars of the project, in order, with what the editor shows of each."""
    known = loaded(project)
    found = []
    for record in project.all(Calendar):
        key = key_of(record)
        system = known.get(key) if key not in known.faults else None
        found.append(
            CalendarRow(
                id=record.id,
                key=key,
                name=record.name,
                definition=record.definition,
                dates=uses(project, key),
                main=system is not None and system.key == known.main.key == key,
                fault=known.faults.get(key, ""),
            )
        )
    return found


def uses(project: Project, key: str) -> int:
    """How many records have dates that name this calendar."""
    needle = f'%"calendar":{json.dumps(key, ensure_ascii=False)}%'
    return sum(
        project.sql.execute(
            f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL AND data LIKE ?", (needle,)
        ).fetchone()[0]
        for table in _DATED
    )


@cache
def presets() -> tuple[Preset, ...]:
    """The calendars that ship with the studio: the plain one first."""
    found = []
    for path in (resources_dir() / "presets" / "calendars").glob("*.json"):
        definition = json.loads(path.read_text("utf-8"))
        found.append(
            Preset(
                key=definition["key"],
                name=definition["name"],
                description=definition["description"],
                definition=definition,
            )
        )
    order = ("plain", "gregorian")
    return tuple(sorted(found, key=lambda p: (order.index(p.key) if p.key in order else len(order), p.name)))


# ---- verbs -------------------------------------------------------------------------------------------------------


def add_preset(project: Project, key: str) -> Calendar:
    """Put a shipped calendar into the project; from then on it is the project's own. Raises NotFound."""
    found = next((preset for preset in presets() if preset.key == key), None)
    if found is None:
        raise NotFound(f"There is no calendar “{key}” among those that ship with the studio.")
    return add_calendar(project, found.definition)


def add_calendar(project: Project, definition: Mapping[str, Any]) -> Calendar:
    """Add a calendar. Its key is kept if it is free. Raises Invalid where it can't count."""
    system = CalendarSystem.from_definition(dict(definition))
    if not system.name:
        raise Invalid("A calendar needs a name. Type one and try again.")
    key = _free_key(project, system.key or key_of(Calendar(name=system.name)) or "calendar")
    record = Calendar(name=system.name, definition={**definition, "key": key, "name": system.name})
    with project.commit("calendar.create", f"New calendar “{record.name}”") as commit:
        return commit.put(record)


def _free_key(project: Project, wanted: str) -> str:
    taken = {key_of(record) for record in project.all(Calendar)}
    key, n = wanted, 2
    while key in taken:
        key, n = f"{wanted}_{n}", n + 1
    return key


def update_calendar(project: Project, calendar_id: RecordId, definition: Mapping[str, Any]) -> Calendar:
    """Replace a calendar's definition; dates keep their words. Raises Invalid where it can't count.

    Its key stays, since dates name it. A month that got another name remembers the old one, so that dates with the
    old name still mean it.
    """
    old = project.get(Calendar, calendar_id)
    given: Json = {**definition, "key": key_of(old)}
    given["months"] = _remembering(old.definition.get("months"), given.get("months"))
    system = CalendarSystem.from_definition(given)
    if not system.name:
        raise Invalid("A calendar needs a name. Type one and try again.")
    new = old.model_copy(update={"name": system.name, "definition": given})
    if new == old:
        return old
    with project.commit("calendar.update", f"Edit the calendar “{new.name}”") as commit:
        return commit.put(new)


def _remembering(old: object, new: object) -> Any:
    """The new months; where only names differ, month by month, each keeps the one that it had."""
    if not (isinstance(old, list) and isinstance(new, list) and len(old) == len(new)):
        return new
    found = []
    names = {fold(month["name"]) for month in new if isinstance(month, dict) and isinstance(month.get("name"), str)}
    for before, after in zip(old, new, strict=True):
        was = before.get("name") if isinstance(before, dict) else None
        if isinstance(after, dict) and isinstance(was, str) and fold(was) not in names:
            former = [w for w in after.get("formerly") or [] if isinstance(w, str)]
            found.append({**after, "formerly": list(dict.fromkeys([*former, was]))})
        else:
            found.append(after)
    return found


def make_main(project: Project, calendar_id: RecordId) -> Calendar:
    """Read and write dates in this calendar from now on, where they name no other."""
    chosen = project.get(Calendar, calendar_id)
    with project.commit("calendar.main", f"Make “{chosen.name}” the main calendar") as commit:
        for record in project.all(Calendar):
            _mark(commit, record, main=record.id == calendar_id)
    return project.get(Calendar, calendar_id)


def _mark(commit: CommitWriter, record: Calendar, *, main: bool) -> None:
    rest = {k: v for k, v in record.definition.items() if k != "main"}
    wanted = {**rest, "main": True} if main else rest
    if wanted != record.definition:
        commit.put(record.model_copy(update={"definition": wanted}))


def remove_calendar(project: Project, calendar_id: RecordId) -> None:
    """Take a calendar out of the project. Dates in it keep their words, and are unread until it comes back."""
    record = project.get(Calendar, calendar_id)
    with project.commit("calendar.delete", f"Remove the calendar “{record.name}”") as commit:
        commit.delete(record)
