"""What an extractor found in a text: candidates with confidence, span and quote, kept in an immutable artifact."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

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


class EntityCandidate(Frozen):
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


class RelationCandidate(Frozen):
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


class BlueprintCandidate(Frozen):
    """Blueprint fields, by the short names of the extraction vocabulary (`title`, `party_levels`, …)."""

    target: Literal["blueprint"] = "blueprint"
    key: str = "blueprint"
    op: Literal["create", "update"] = "create"
    confidence: float = Field(default=1.0, ge=0, le=1)
    fields: dict[str, tuple[FieldCandidate, ...]] = Field(default_factory=dict)


class RecipeCandidate(Frozen):
    """The seed of a prompt recipe: `subject style mood lighting composition palette negative use_case`."""

    target: Literal["recipe"] = "recipe"
    key: str
    op: Literal["create"] = "create"
    confidence: float = Field(default=1.0, ge=0, le=1)
    fields: dict[str, tuple[FieldCandidate, ...]] = Field(default_factory=dict)


Candidate = EntityCandidate | RelationCandidate | BlueprintCandidate | RecipeCandidate


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


class Artifact(Record):
    """A stored extraction of one message; never changed after it is written."""

    kind: str = "artifact"
    source_message: RecordId
    text_hash: str
    extraction_version: str
    model: str = ""
    confidence_summary: dict[str, float] = Field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()


class Changeset(Record):
    """One apply of an artifact: what was accepted, edited and rejected, and the records that came of it."""

    kind: str = "changeset"
    artifact_id: RecordId
    states: dict[str, Literal["accepted", "edited", "rejected"]] = Field(default_factory=dict)
    made: dict[str, RecordId] = Field(default_factory=dict)
