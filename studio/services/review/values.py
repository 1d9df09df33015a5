"""From reviewed words to typed field values with their provenance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.domain.record import Authorship, Provenance
from studio.domain.world import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from studio.domain.candidate import Artifact, Decision, FieldCandidate
    from studio.domain.ids import RecordId
    from studio.domain.vocabulary import FieldSpec

    Resolve = Callable[[str], RecordId | None]


@dataclass(frozen=True)
class Sourced:
    """A value in words, with where it came from."""

    value: str
    prov: Provenance


@dataclass(frozen=True)
class Origin:
    """What every value of one apply has in common. `by_human` marks a text that a person wrote."""

    artifact: Artifact
    at: datetime
    by_human: bool = False

    def provenance(self, found: FieldCandidate | None, *, edited: bool) -> Provenance:
        """Where a value came from: the span it was found at, or the person who wrote it in the review."""
        if found is None:
            return Provenance(
                source="human", ref_id=self.artifact.source_message, authorship=Authorship.HUMAN, at=self.at
            )
        generated = Authorship.HUMAN if self.by_human else Authorship.AI_GENERATED
        return Provenance(
            source="chat",
            ref_id=self.artifact.source_message,
            span=found.span,
            quote=found.quote,
            extractor=self.artifact.extraction_version,
            model=self.artifact.model,
            confidence=found.confidence,
            basis=found.basis,
            authorship=Authorship.AI_EDITED if edited else generated,
            at=self.at,
        )


def decided(
    found: Mapping[str, tuple[FieldCandidate, ...]], decision: Decision, origin: Origin
) -> dict[str, list[Sourced]]:
    """The values that the review ended with, each with the provenance of the candidate that it was or replaced."""
    if decision.fields is None:
        return {name: [Sourced(f.value, origin.provenance(f, edited=False)) for f in vs] for name, vs in found.items()}
    return {
        name: [_sourced(value, n, found.get(name, ()), origin) for n, value in enumerate(values) if value.strip()]
        for name, values in decision.fields.items()
    }


def _sourced(value: str, n: int, found: tuple[FieldCandidate, ...], origin: Origin) -> Sourced:
    same = next((f for f in found if f.value == value), None)
    if same is not None:
        return Sourced(value, origin.provenance(same, edited=False))
    replaced = found[n] if n < len(found) else None
    return Sourced(value, origin.provenance(replaced, edited=True))


def typed(spec: FieldSpec, values: list[Sourced], resolve: Resolve) -> Any:
    """The words as the field's type wants them; several values of a plain field are joined."""
    words = [v.value.strip() for v in values]
    if spec.type == "link":
        return Link(text=words[0], ref=resolve(words[0]))
    if spec.type == "links":
        return [Link(text=w, ref=resolve(w)) for w in words]
    if spec.type == "list":
        return words
    if spec.type == "date":
        return {"text": words[0]}
    if spec.type == "bool":
        return words[0].casefold() in {"yes", "true", "1"}
    return "; ".join(dict.fromkeys(words))
