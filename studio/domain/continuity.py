"""What a continuity check says: findings, each with both sides of what it found, and what people decided about them."""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import Field

from studio.domain.ids import RecordId
from studio.domain.record import Frozen, Record

FindingType = Literal[
    "duplicate",
    "alias_collision",
    "contradiction",
    "posthumous",
    "prebirth",
    "after_dissolution",
    "two_places",
    "end_before_start",
    "effect_before_cause",
    "age_mismatch",
    "cycle",
    "deprecated_reference",
    "dangling_link",
    "text_contradiction",
]
Severity = Literal["error", "warning", "note"]


class Evidence(Frozen):
    """One side of a finding: a record, the place in it, and what stands there.

    `path` is `fields.death`, `body`, `aliases.0.name` and so on, or empty for the whole record; `span` is [start, end)
    in code points of the text at `path`; `when` is the date as it is written, empty for no date.
    """

    record: RecordId
    rev: int = 0
    path: str = ""
    span: tuple[int, int] | None = None
    quote: str = ""
    when: str = ""
    says: str = Field(default="", description="a sentence for the eye: “died 3 Reed 812”")


class Finding(Frozen):
    """Something that can't be true together, or surely is not meant. `subjects` are the entities that it is about.

    `audience` is the narrowest visibility of all that it shows: whom it may be shown to.
    """

    type: FindingType
    severity: Severity = "error"
    subjects: tuple[RecordId, ...]
    evidence: tuple[Evidence, ...]
    why: str
    rule: str = Field(default="", description="which rule of the checker said so: what muting names")
    audience: str = "gm"

    @property
    def key(self) -> str:
        """The finding's identity: the same conflict has the same key in every check, whatever words stand there now."""
        sides = sorted(f"{e.record}/{e.path}" for e in self.evidence)
        text = "\n".join([self.type, *sorted(self.subjects), "", *sides])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


class Ruling(Record):
    """What a person decided about one finding: why it is none. It ends where a side of it has changed since.

    `sides` is {record: revision} of the evidence as it stood.
    """

    kind: str = "ruling"
    finding_key: str
    finding_type: FindingType
    decision: Literal["ignored", "forked", "merged", "superseded"] = "ignored"
    reason: str
    sides: dict[str, int] = Field(default_factory=dict)
    subjects: tuple[RecordId, ...] = ()


class MutedRule(Record):
    """A rule of the checker that this project doesn't want, or not for one entity (`subject`), and why."""

    kind: str = "muted_rule"
    rule: str
    subject: RecordId | None = None
    reason: str
