"""Making a lens from what a person says: as whom to look, and as of which date of the world."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.domain.dates import resolve, typed
from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.lens import GM, Lens, audience_of
from studio.domain.world import Entity
from studio.services.world import names

if TYPE_CHECKING:
    from studio.domain.world import DateValue
    from studio.storage.project import Project


def lens_for(project: Project, *, audience: str = GM, as_of: str = "") -> Lens:
    """The lens that these words mean.

    `audience` is gm, party, public or `player:` with the id or name of a character. `as_of` is a date as people write
    it in the world's main calendar, or the JSON of a date; it means the last day that it may mean. Raises Invalid.
    """
    return Lens(audience=_audience(project, audience), as_of=day_of(project, as_of) if as_of.strip() else None)


def _audience(project: Project, words: str) -> str:
    head, colon, who = words.strip().partition(":")
    if head == "player" and colon and project.find(Entity, who.strip()) is None:
        found = names.resolve(project, who, kinds=("npc",))
        if found is None:
            raise Invalid(f"Nobody is called “{who.strip()}”. Give the name or id of a player's character.")
        return f"player:{found}"
    return audience_of(words)


def day_of(project: Project, words: str) -> int:
    """The absolute day up to which a date in words, or as JSON, reaches. Raises Invalid."""
    ref = resolve(date_of(project, words), project.calendars)
    day = ref.hi if ref.hi is not None else ref.lo
    assert day is not None
    return day


def date_of(project: Project, words: str) -> DateValue:
    """A date in words, or as JSON, as it is stored. Raises Invalid for one that no calendar of the world can read."""
    said = words.strip()
    date = _json(said) if said.startswith("{") else typed(said, project.calendars)
    ref = resolve(date, project.calendars)
    if ref.lo is None and ref.hi is None:
        example = project.calendars.main.format(0)
        raise Invalid(f"“{said[:60]}” isn't a date of this world. Write it as in “{example}”, or only a year.")
    return date


def visibility_of(project: Project, words: str) -> str:
    """Who may see something: gm, party, public, or `player:` with ids or names of characters, a comma between them."""
    head, colon, who = words.strip().partition(":")
    if head != "player" or not colon:
        return audience_of(words)
    return "player:" + ",".join(_audience(project, f"player:{one}").partition(":")[2] for one in who.split(","))


def _json(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Invalid(f"“{text}” isn't JSON of a date.") from error
    return found if isinstance(found, dict) else {}


def players(project: Project) -> list[tuple[RecordId, str]]:
    """(id, name) of the characters that players play, by name."""
    rows = project.sql.execute(
        """SELECT id, name FROM entity WHERE deleted_at IS NULL AND kind = 'npc'
        AND json_extract(data, '$.fields.is_pc') = 1 ORDER BY fold"""
    )
    return [(RecordId(record), name) for record, name in rows]


def words_of_day(project: Project, day: int) -> str:
    """An absolute day as the world's main calendar writes it."""
    return project.calendars.main.format(day)
