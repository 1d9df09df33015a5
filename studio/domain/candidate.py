"""What an extractor found in a text: candidates with confidence, span and quote, kept in an immutable artifact."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from studio.domain.ids import RecordId
from studio.domain.record import Frozen, Record

Target = Literal["entity", "relation", "blueprint", "recipe"]
Basis = Literal["quoted", "inferred", "default"]


class FieldCandidate(Frozen):
    """One value for one field. `text[span[0]:span[1]] == quote` always holds; without support `basis` is `inferred`."""

    value: str
    confidence: float = Field(ge=0, le=1)
    span: tuple[int, int] | None = None
    quote: str = ""
    basis: Basis = "quoted"


class Match(Frozen):
    """An entity of the project that a candidate may be the same as. `score` is 0–1; `how` names the rule."""

    id: RecordId
    name: str
    score: float
    how: Literal["name", "alias", "fuzzy"]


class Tagged(Frozen):
    """A candidate says its target even where defaults are left out, so that it is read back as what it was."""

    @model_serializer(mode="wrap")
    def _with_target(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"target": getattr(self, "target", ""), **serialize(self)}


class EntityCandidate(Tagged):
    """An entity that the text states. `mentions` are the spans where it is named."""

    target: Literal["entity"] = "entity"
    key: str
    op: Literal["create", "update", "link"] = "create"
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    confidence: float = Field(ge=0, le=1)
    span: tuple[int, int] | None = None
    quote: str = ""
    match: Match | None = None
    mentions: tuple[tuple[int, int], ...] = ()
    fields: dict[str, tuple[FieldCandidate, ...]] = Field(default_factory=dict)


class RelationCandidate(Tagged):
    """A relation between two names; each end is the name of an entity candidate or of a known entity."""

    target: Literal["relation"] = "relation"
    key: str
    op: Literal["create", "update", "link"] = "create"
    type: str
    from_name: str
    to_name: str
    confidence: float = Field(ge=0, le=1)
    span: tuple[int, int] | None = None
    quote: str = ""
    basis: Basis = "quoted"


class BlueprintCandidate(Tagged):
    """Blueprint fields, by the short names of the extraction vocabulary (`title`, `party_levels`, …)."""

    target: Literal["blueprint"] = "blueprint"
    key: str = "blueprint"
    op: Literal["create", "update"] = "create"
    confidence: float = Field(default=1.0, ge=0, le=1)
    fields: dict[str, tuple[FieldCandidate, ...]] = Field(default_factory=dict)


class RecipeCandidate(Tagged):
    """The seed of a prompt recipe: `subject style mood lighting composition palette negative use_case`."""

    target: Literal["recipe"] = "recipe"
    key: str
    op: Literal["create"] = "create"
    confidence: float = Field(default=1.0, ge=0, le=1)
    fields: dict[str, tuple[FieldCandidate, ...]] = Field(default_factory=dict)


Candidate = Annotated[
    EntityCandidate | RelationCandidate | BlueprintCandidate | RecipeCandidate, Field(discriminator="target")
]


class Decision(Frozen):
    """What a person decided about one candidate; a candidate without a decision is taken as it is.

    `fields` are the values as they stand in the review (None: as extracted); a field left out of it is dropped.
    `match_id` merges with that entity, `create_new` refuses the suggested match. `overwrite` names fields whose
    different value in the project may be replaced; without it only what is empty is filled, and lists grow.
    """

    accepted: bool = True
    name: str | None = None
    kind: str | None = None
    match_id: RecordId | None = None
    create_new: bool = False
    fields: dict[str, tuple[str, ...]] | None = None
    overwrite: tuple[str, ...] = ()


class Known(Frozen):
    """An entity that the project already has, as an extractor sees it."""

    id: RecordId
    kind: str
    name: str
    aliases: tuple[str, ...] = ()


class Extraction(Frozen):
    """What one run of an extractor gives back, before it is stored."""

    extractor: str
    version: str
    model: str = ""
    candidates: tuple[Candidate, ...] = ()
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    pack_hash: str = Field(default="", description="the context pack that the model read last, where one was asked")


class Artifact(Record):
    """A stored extraction of one message; never changed after it is written."""

    kind: str = "artifact"
    source_message: RecordId
    text_hash: str
    extraction_version: str
    model: str = ""
    confidence_summary: dict[str, float] = Field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()
    pack_hash: str = Field(default="", description="the context pack that the model read last, where one was asked")


CandidateState = Literal["accepted", "edited", "rejected"]


class Changeset(Record):
    """One apply of an artifact: what was accepted, edited and rejected, and the records that came of it."""

    kind: str = "changeset"
    artifact_id: RecordId
    states: dict[str, CandidateState] = Field(default_factory=dict)
    made: dict[str, RecordId] = Field(default_factory=dict)
