"""What stands beside the entities of a world: kinds of one's own, saved filters, media, map pins, clocks, clues."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from studio.domain.ids import RecordId
from studio.domain.record import Record


class EntityKind(Record):
    """A kind of entity that this project brings, or fields that it adds to a shipped one (same `name`).

    `definition` is a JSON Schema of type object; `services.world.kinds` says which of its keywords make which field.
    """

    kind: str = "entity_kind"
    name: str = Field(description="the word that entities carry as their kind: `airship`")
    label: str = ""
    plural: str = ""
    icon: str = ""
    definition: dict[str, Any] = Field(default_factory=dict)


class SavedFilter(Record):
    """A filter of the World Bible under a name; `query` is what is typed into the filter."""

    kind: str = "saved_filter"
    name: str
    query: str
    group_by: str = "kind"


class Media(Record):
    """An image of the project: its bytes lie in the blob table under `hash` (SHA-256, hex)."""

    kind: str = "media"
    name: str
    hash: str
    media_type: str
    width: int = 0
    height: int = 0
    caption: str = ""
    credit: str = ""
    licence: str = ""


class Pin(Record):
    """A mark on the image of a map. `x` and `y` are fractions (0–1) of the image's width and height."""

    kind: str = "pin"
    map_id: RecordId
    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)
    name: str = ""
    target_id: RecordId | None = None
    layer: str = ""
    icon: str = ""
    note: str = ""


class Clock(Record):
    """A progress clock: `filled` of `segments`. `owner_id` is the front, faction or quest whose clock it is."""

    kind: str = "clock"
    name: str
    owner_id: RecordId | None = None
    segments: int = Field(default=6, ge=2, le=24)
    filled: int = Field(default=0, ge=0)
    consequence: str = Field(default="", description="what happens when it is full")


class Clue(Record):
    """A secret or clue that the game master means to give away: planned for one session after another until one did.

    `planned_in` names the sessions that had it on their sheet, the first one first.
    """

    kind: str = "clue"
    text: str
    planned_in: tuple[RecordId, ...] = ()
    delivered_in: RecordId | None = None
    about_id: RecordId | None = None
