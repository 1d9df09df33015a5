"""The envelope that every stored record carries, and the provenance of each of its fields."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.domain.ids import Hlc, RecordId

Visibility = str
"""`gm`, `party`, `public`, or `player:<id>[,<id>…]`."""


class Frozen(BaseModel):
    """Base of all domain values: immutable, and nothing unknown slips in.

    A model is built when it is first used: most commands need only a few of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Status(StrEnum):
    """How far a record has come on its way to canon."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    CANON = "canon"
    DEPRECATED = "deprecated"


class Authorship(StrEnum):
    """Who wrote a value as it stands now."""

    HUMAN = "human"
    AI_EDITED = "ai_edited"
    AI_GENERATED = "ai_generated"


class Provenance(Frozen):
    """Where one field's value came from. `span` is [start, end) in code points of the source's text."""

    source: Literal["chat", "entry", "entity", "import", "human"]
    ref_id: str = ""
    span: tuple[int, int] | None = None
    quote: str = ""
    extractor: str = ""
    model: str = ""
    confidence: float | None = None
    basis: Literal["quoted", "inferred", "default"] = "default"
    authorship: Authorship = Authorship.HUMAN
    at: datetime | None = None


class Record(Frozen):
    """What every stored thing has. The store fills the stamps (`id`, `rev`, `hlc`, times and authors) on commit."""

    id: RecordId = RecordId("")
    kind: str
    v: int = 1
    workspace_id: str = ""
    rev: int = 0
    hlc: Hlc = Hlc("")
    created_at: datetime | None = None
    created_by: str = ""
    updated_at: datetime | None = None
    updated_by: str = ""
    deleted_at: datetime | None = None
    status: Status = Status.DRAFT
    visibility: Visibility = "gm"
    vault: Literal["gm", "table"] = Field(
        default="gm", description="whose keys will seal it: follows the visibility, the store sees to it"
    )
    ai_visibility: Literal["auto", "always", "never"] = "auto"
    tags: tuple[str, ...] = ()
    prov: dict[str, tuple[Provenance, ...]] = Field(default_factory=dict)
    ext: dict[str, Any] = Field(default_factory=dict)
    foreign_ids: dict[str, str] = Field(default_factory=dict)


STAMPS = frozenset({"rev", "hlc", "created_at", "created_by", "updated_at", "updated_by", "workspace_id", "vault"})
"""Fields that the store writes and that don't count as a change by a person."""
