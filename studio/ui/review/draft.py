"""The state of a review, without widgets: what is ticked, what was edited, and the decisions that follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.blueprint import EXTRACTED_PATHS
from studio.domain.candidate import (
    Candidate,
    Decision,
    EntityCandidate,
    FieldCandidate,
    Match,
    RelationCandidate,
    Target,
)
from studio.domain.text import fold
from studio.domain.vocabulary import relation_spec
from studio.domain.world import Link
from studio.services.foundry.paths import get_path, is_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from studio.domain.vocabulary import KindSpec
    from studio.services.continuity.preview import Foreseen
    from studio.services.review.sheet import Sheet

LOW = 0.6
"""Below this a field is flagged and comes first."""


def confidence_word(confidence: float) -> str:
    """The word that stands beside the number."""
    return "sure" if confidence >= 0.85 else "likely" if confidence >= LOW else "please check"


@dataclass
class Row:
    """One field of one candidate. Several values stand on lines of their own."""

    name: str
    label: str
    found: tuple[FieldCandidate, ...]
    text: str = ""
    ticked: bool = True
    current: str = ""
    replace: bool = False

    def __post_init__(self) -> None:
        self.text = self.text or self.original

    @property
    def original(self) -> str:
        """The text as it was found."""
        return "\n".join(" ".join(f.value.split()) for f in self.found)

    @property
    def confidence(self) -> float:
        """That of the least sure value."""
        return min((f.confidence for f in self.found), default=0.0)

    @property
    def conflict(self) -> bool:
        """Whether the project already has another value here, which only a person's word may replace."""
        return bool(self.current) and fold(self.current) != fold(self.text)

    @property
    def low(self) -> bool:
        """Whether a person should look at it."""
        return self.confidence < LOW and self.ticked

    @property
    def edited(self) -> bool:
        """Whether a person changed it."""
        return self.text != self.original

    def values(self) -> tuple[str, ...]:
        """The values as the review ended with them."""
        if not self.edited:
            return tuple(f.value for f in self.found)
        flat = {" ".join(f.value.split()): f.value for f in self.found}
        return tuple(flat.get(line.strip(), line.strip()) for line in self.text.splitlines() if line.strip())


@dataclass
class Item:
    """One candidate under review."""

    candidate: Candidate
    title: str
    kind: str
    rows: list[Row]
    accepted: bool = True
    merge: bool = False
    merge_id: RecordId | None = None
    merge_name: str = ""
    clashes: list[Finding] = field(default_factory=list)
    original_title: str = field(init=False)

    def __post_init__(self) -> None:
        self.original_title = self.title

    @property
    def two_lines(self) -> str:
        """The title as a narrow list shows it: a relation's second half on a line of its own."""
        if isinstance(self.candidate, RelationCandidate):
            words = relation_spec(self.candidate.type).label
            return f"{self.candidate.from_name}\n{words} {self.candidate.to_name}"
        return self.title

    @property
    def key(self) -> str:
        """The candidate's key."""
        return self.candidate.key

    @property
    def target(self) -> Target:
        """What the candidate becomes."""
        return self.candidate.target

    @property
    def confidence(self) -> float:
        """How sure the extractor is that this is there at all."""
        return self.candidate.confidence

    @property
    def match(self) -> Match | None:
        """The entity that it may be the same as."""
        return self.candidate.match if isinstance(self.candidate, EntityCandidate) else None

    @property
    def low(self) -> bool:
        """Whether it, or one of its fields, should be looked at."""
        return self.accepted and (self.confidence < LOW or any(r.low for r in self.rows))

    def decision(self) -> Decision:
        """What was decided, in the words of the service."""
        if not self.accepted:
            return Decision(accepted=False)
        untouched = all(r.ticked and not r.edited for r in self.rows)
        fields = None if untouched else {r.name: r.values() for r in self.rows if r.ticked and r.values()}
        renamed = self.title if self.title != self.original_title and self.target == "entity" else None
        (self.kind if isinstance(self.candidate, EntityCandidate) and self.kind != self.candidate.kind else None)
        retyped = isinstance(self.candidate, EntityCandidate) and self.kind != self.candidate.kind
        return Decision(
            name=renamed,
            kind=self.kind if retyped else None,
            fields=fields,
            match_id=self.merge_id if self.merge else None,
            create_new=self.merge_id is not None and not self.merge,
            overwrite=tuple(r.name for r in self.rows if r.ticked and r.replace and r.conflict),
        )


def _rows(fields: dict[str, tuple[FieldCandidate, ...]], spec: KindSpec) -> list[Row]:
    rows = [
        Row(n, (s.label if (s := spec.field(n)) else n.replace("_", " ").capitalize()), vs) for n, vs in fields.items()
    ]
    return sorted(rows, key=lambda r: not r.low)


def _item(candidate: Candidate, spec: Callable[[str], KindSpec]) -> Item:
    if isinstance(candidate, EntityCandidate):
        item = Item(candidate, candidate.name, candidate.kind, _rows(candidate.fields, spec(candidate.kind)))
        if candidate.match is not None:
            item.merge, item.merge_id, item.merge_name = True, candidate.match.id, candidate.match.name
        return item
    if isinstance(candidate, RelationCandidate):
        words = relation_spec(candidate.type).label
        return Item(candidate, f"{candidate.from_name} — {words} — {candidate.to_name}", "relation", [])
    title = "Project blueprint" if candidate.target == "blueprint" else "Prompt"
    subject = next((v.value for n in ("subject", "title") for v in candidate.fields.get(n, ())), "")
    return Item(candidate, subject[:80] or title, candidate.target, _rows(candidate.fields, spec("")))


def _single(value: object) -> str:
    """A single value in words; nothing for lists, which only grow."""
    if isinstance(value, Link):
        return value.text
    if isinstance(value, dict):
        return str(value.get("text", ""))
    return "" if value is None or isinstance(value, list | tuple | bool) else str(value)


ORDER: tuple[Target, ...] = ("blueprint", "entity", "relation", "recipe")


class Draft:
    """All candidates of one artifact, in the order in which they are shown: by target, what needs a look first."""

    def __init__(self, sheet: Sheet, spec: Callable[[str], KindSpec]) -> None:
        self.sheet = sheet
        items = [_item(c, spec) for c in sheet.artifact.candidates]
        for item in items:
            if item.target == "blueprint" and sheet.blueprint is not None:
                item.merge, item.merge_id = sheet.goes_on, sheet.blueprint.id
                item.merge_name = sheet.blueprint.name
            self._note_current(item)
        self.items = sorted(items, key=lambda i: (ORDER.index(i.target), not i.low, -i.confidence))

    def _note_current(self, item: Item) -> None:
        """Fill in what the project has now for single values of a match or of the thread's blueprint."""
        blueprint, match = self.sheet.blueprint, self.sheet.matches.get(item.merge_id) if item.merge_id else None
        for row in item.rows:
            if item.target == "blueprint" and blueprint is not None:
                path = EXTRACTED_PATHS.get(row.name, row.name)
                row.current = _single(get_path(blueprint, path)) if is_path(path) else ""
            elif match is not None:
                row.current = _single(match.summary if row.name == "summary" else match.fields.get(row.name))

    def of(self, target: Target) -> list[Item]:
        """The items of one target."""
        return [i for i in self.items if i.target == target]

    def tick_target(self, target: Target, *, accepted: bool) -> None:
        """Tick or untick a whole group."""
        for item in self.of(target):
            item.accepted = accepted

    def accepted_count(self) -> int:
        """How many things Save would save."""
        return sum(i.accepted for i in self.items)

    def flagged(self) -> list[tuple[Item, Row | None]]:
        """What should be looked at, in order; the row is None where the candidate itself is doubtful."""
        found: list[tuple[Item, Row | None]] = []
        for item in self.items:
            if item.accepted:
                found += [(item, row) for row in item.rows if row.low]
                if item.confidence < LOW and not any(r.low for r in item.rows):
                    found.append((item, None))
        return found

    def worth_a_look(self) -> list[tuple[Item, Row | None]]:
        """What wouldn't fit the world, then what is doubtful: the way of the key that goes from one to the next."""
        misfits: list[tuple[Item, Row | None]] = [(item, None) for item in self.items if item.accepted and item.clashes]
        return misfits + [one for one in self.flagged() if one not in misfits]

    def note_clashes(self, foreseen: Iterable[Foreseen]) -> int:
        """Take what saving would break, each under its candidate; gives how much it is."""
        by_key: dict[str, list[Finding]] = {}
        for one in foreseen:
            by_key.setdefault(one.candidate, []).append(one.finding)
        for item in self.items:
            item.clashes = by_key.get(item.key, [])
        return self.clash_count()

    def clash_count(self) -> int:
        """How much of what is ticked wouldn't fit the world."""
        return sum(len(item.clashes) for item in self.items if item.accepted)

    def decisions(self) -> dict[str, Decision]:
        """By candidate key; untouched ones are left out."""
        decided = {i.key: i.decision() for i in self.items}
        return {k: d for k, d in decided.items() if d != Decision()}
