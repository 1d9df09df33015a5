"""The World Bible: entities, the relations and claims between them, and human entries."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from studio.domain.ids import RecordId
from studio.domain.record import Frozen, Record, Visibility
from studio.domain.vocabulary import FieldSpec, kind_spec

Certainty = Literal["fact", "rumour", "legend", "lie", "prophecy"]
DateValue = dict[str, Any]
"""A date: `{calendar, year, month?, day?, circa?}`, `{calendar, before|after|between: …}`, or `{"text": …}`."""


class Alias(Frozen):
    """Another name of an entity. `kind` says why it exists; the dates, when it was in use."""

    name: str
    kind: Literal["alias", "title", "nick", "secret"] = "alias"
    visibility: Visibility = ""
    valid_from: DateValue | None = None
    valid_to: DateValue | None = None


class Link(Frozen):
    """A field's value that points to an entity; `text` is what was written, kept where nothing has that name yet."""

    text: str
    ref: RecordId | None = None


FieldValue = Link | bool | int | float | str | DateValue | list["Link | str"]
"""What a typed field can hold."""


class Statement(Frozen):
    """What the claim under a field says beyond the value. An empty `visibility` is the entity's own."""

    certainty: Certainty = "fact"
    speaker: RecordId | None = None
    known_by: tuple[RecordId, ...] = ()
    valid_from: DateValue | None = None
    valid_to: DateValue | None = None
    visibility: Visibility = ""


PLAIN_FACT = Statement()
"""What a field says of which nothing else is known."""


class Entity(Record):
    """A canonical, typed record of the world."""

    name: str
    aliases: tuple[Alias, ...] = ()
    summary: str = Field(default="", description="at most 400 characters, one sentence")
    body: str = ""
    subtype: str = ""
    parent: RecordId | None = None
    fields: dict[str, FieldValue] = Field(default_factory=dict)
    stated: dict[str, Statement] = Field(
        default_factory=dict,
        description="by path (`fields.title`): since when, how sure, who says so; plain facts have none",
    )
    custom: dict[str, Any] = Field(default_factory=dict)
    images: tuple[str, ...] = ()
    statblock: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _keep_dates(self) -> Self:
        """A date in words, `{"text": …}`, has the shape of a link to nothing; the field's type says which it is."""
        for name, value in self.fields.items():
            if isinstance(value, Link) and value.ref is None and self.spec(name).type == "date":
                self.fields[name] = {"text": value.text}
        return self

    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *(a.name for a in self.aliases))

    def statement(self, path: str) -> Statement:
        """What the claim under the field at this path (`fields.title`) says beyond its value."""
        return self.stated.get(path, PLAIN_FACT)

    def spec(self, field: str) -> FieldSpec:
        """The spec of a field of this entity; a field outside its kind reads as plain text."""
        return kind_spec(self.kind).field(field) or FieldSpec(name=field)


class Relation(Record):
    """One typed fact between two entities; the inverse is derived, never stored."""

    kind: str = "relation"
    from_id: RecordId
    type: str
    to_id: RecordId
    valid_from: DateValue | None = None
    valid_to: DateValue | None = None
    certainty: Certainty = "fact"
    speaker: RecordId | None = None
    attitude: int | None = Field(default=None, ge=-100, le=100)
    rank: str = ""
    role: str = ""


class Claim(Record):
    """One dated, sourced statement about an entity: a value, or another entity as object."""

    kind: str = "claim"
    subject_id: RecordId
    predicate: str
    value: str | int | float | bool | None = None
    object_id: RecordId | None = None
    valid_from: DateValue | None = None
    valid_to: DateValue | None = None
    certainty: Certainty = "fact"
    speaker: RecordId | None = None
    known_by: tuple[RecordId, ...] = ()
    source_id: RecordId | None = None


class Entry(Record):
    """A human text beside the entities: a note, log, handout or session report."""

    kind: str = "entry"
    title: str
    body: str = ""
    mode: str = "note"
    in_world_date: DateValue | None = None
    flashback: bool = False
    memorial: bool = False
    entity_refs: tuple[RecordId, ...] = ()


class Calendar(Record):
    """A calendar as it was written or imported; its arithmetic comes with the time views."""

    kind: str = "calendar"
    name: str
    definition: dict[str, Any] = Field(default_factory=dict)
