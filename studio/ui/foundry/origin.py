"""Where a value came from, in words, and where a click on it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.record import Authorship

if TYPE_CHECKING:
    from studio.domain.record import Provenance


class Origin(NamedTuple):
    """The mark of a field. Without an icon only the label's tool tip says it: nothing leads back there."""

    words: str
    icon: str = ""
    ref_id: str = ""
    span: tuple[int, int] | None = None
    confidence: float | None = None


def origin_of(provs: tuple[Provenance, ...]) -> Origin:
    """The mark for a field's provenance: its newest source that leads somewhere."""
    if not provs:
        return Origin("")
    first = next((p for p in reversed(provs) if p.source != "human"), provs[-1])
    when = f", {first.at:%d %b %Y}" if first.at else ""
    if first.source == "human":
        return Origin(f"Written by hand{when}")
    if first.source == "import":
        name = first.ref_id.removeprefix("preset:").replace("-", " ")
        what = f"From the preset “{name}”" if first.ref_id.startswith("preset:") else f"Imported{when}"
        return Origin(what)
    edited = first.authorship is Authorship.AI_EDITED
    where = {"chat": "an answer", "entry": "an entry", "entity": "an entity"}[first.source]
    more = f" and {len(provs) - 1} more" if len(provs) > 1 else ""
    words = f"From {where}{more}{', edited by hand' if edited else ''}"
    if first.quote:
        words += f": “{first.quote if len(first.quote) <= 160 else first.quote[:159] + '…'}”"
    words += "" if first.basis == "quoted" else " (inferred)"
    confidence = None if edited else first.confidence
    return Origin(words, "pencil" if edited else "quote", first.ref_id, first.span, confidence)
