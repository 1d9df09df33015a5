"""Making a lens from what a person says: as whom to look, and as of which date of the world."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.domain.dates import resolve
from studio.domain.errors import Invalid
from studio.domain.lens import GM, Lens, audience_of
from studio.domain.world import Entity
from studio.services.world import names

if TYPE_CHECKING:
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
    typed = words.strip()
    ref = resolve(_json(typed) if typed.startswith("{") else {"text": typed}, project.calendars)
    day = ref.hi if ref.hi is not None else ref.lo
    if day is None:
        example = project.calendars.main.format(0)
        raise Invalid(f"“{typed}” isn't a date of this world. Write it as in “{example}”, or only a year.")
    return day


def _json(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Invalid(f"“{text}” isn't JSON of a date.") from error
    return found if isinstance(found, dict) else {}


def players(project: Project) -> list[tuple[str, str]]:
    """(id, name) of the characters that players play, by name."""
    rows = project.sql.execute(
        """SELECT id, name FROM entity WHERE deleted_at IS NULL AND kind = 'npc'
        AND json_extract(data, '$.fields.is_pc') = 1 ORDER BY fold"""
    )
    return rows.fetchall()


def words_of_day(project: Project, day: int) -> str:
    """An absolute day as the world's main calendar writes it."""
    return project.calendars.main.format(day)
