"""An answer's claims beside canon: each one that the extractor found is supported, contradicted or new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from studio.domain.candidate import EntityCandidate, FieldCandidate, RelationCandidate
from studio.domain.dates import resolve, typed, written
from studio.domain.errors import Invalid
from studio.domain.ids import RecordId
from studio.domain.lens import OPEN_EYES, Lens
from studio.domain.record import Frozen, Status
from studio.domain.text import fold
from studio.domain.vocabulary import FieldSpec, relation_spec
from studio.domain.world import Entity, Link, Relation
from studio.services.world import kinds, seen
from studio.services.world.relations import canonical, relations_of
from studio.storage import search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.domain.candidate import Artifact
    from studio.domain.timeref import TimeRef
    from studio.storage.project import Project

Standing = Literal["supported", "contradicted", "new"]
_WORD = re.compile(r"\w+")
_FREE = 6
"""Words from which a text is prose, of which two can differ and both be true."""


class Verdict(Frozen):
    """One claim of an answer. `span` and `quote` are its place in the answer, `about` and `says` what it claims.

    `canon` is what the world says of it, empty where it says nothing; `record`, `path` and `rev` where it says so, and
    `status` how far that has come.
    """

    standing: Standing
    about: str
    says: str
    span: tuple[int, int] | None = None
    quote: str = ""
    canon: str = ""
    record: RecordId | None = None
    kind: str = ""
    path: str = ""
    rev: int = 0
    status: Status = Status.DRAFT


class _Said(NamedTuple):
    """What the world says in one place."""

    standing: Standing
    canon: str
    path: str


def compare(project: Project, artifact: Artifact, *, lens: Lens = OPEN_EYES) -> tuple[Verdict, ...]:
    """The claims of an answer in its order, against what the lens shows.

    What is deprecated contradicts nothing, nor does what is a rumour, a legend, a lie or a prophecy.
    """
    return tuple(sorted(_Comparison(project, artifact, lens).verdicts(), key=lambda v: v.span or (1 << 30, 0)))


class _Comparison:
    def __init__(self, project: Project, artifact: Artifact, lens: Lens) -> None:
        self._project = project
        self._lens = lens
        self._candidates = artifact.candidates
        self._known: dict[str, Entity | None] = {}

    def verdicts(self) -> Iterator[Verdict]:
        for candidate in self._candidates:
            if isinstance(candidate, EntityCandidate):
                yield from self._entity(candidate)
            elif isinstance(candidate, RelationCandidate):
                yield self._relation(candidate)

    # ---- entities and their fields -----------------------------------------------------------------------------------

    def _entity(self, candidate: EntityCandidate) -> Iterator[Verdict]:
        entity = self._named(candidate.name, candidate.kind, candidate.match.id if candidate.match else None)
        if entity is None:
            label = kinds.spec_of(self._project, candidate.kind).noun
            yield Verdict(
                standing="new", about=candidate.name, says=f"is there, as {_a(label)}", span=candidate.span,
                quote=candidate.quote,
            )  # fmt: skip
        for name, values in candidate.fields.items():
            spec = kinds.field_of(self._project, candidate.kind, name)
            for value in values:
                yield self._field(candidate.name, entity, spec, value)

    def _field(self, about: str, entity: Entity | None, spec: FieldSpec, found: FieldCandidate) -> Verdict:
        says = f"{spec.label}: {found.value}"
        if entity is None:
            return Verdict(standing="new", about=about, says=says, span=found.span, quote=found.quote)
        told = self._told(entity, spec, found.value)
        return Verdict(
            standing=told.standing, about=entity.name, says=says, span=found.span, quote=found.quote, canon=told.canon,
            record=entity.id, kind=entity.kind, path=told.path, rev=entity.rev, status=entity.status,
        )  # fmt: skip

    def _told(self, entity: Entity, spec: FieldSpec, value: str) -> _Said:
        """What an entity says of a field: in the field itself, else in its own words."""
        if spec.name == "summary":
            return _Said("supported" if _within(value, entity.summary) else "new", entity.summary, "summary")
        path, current = f"fields.{spec.name}", entity.fields.get(spec.name)
        if current in (None, "", []):
            words = next((p for p in ("summary", "body") if _within(value, getattr(entity, p))), "")
            return _Said("supported", value, words) if words else _Said("new", "", "")
        canon = self._words(current)
        if self._agrees(spec, value, current):
            return _Said("supported", canon, path)
        sure = entity.statement(path).certainty == "fact" and entity.status is not Status.DEPRECATED
        against = sure and self._excludes(spec, value, current)
        return _Said("contradicted" if against else "new", canon, path)

    def _words(self, value: Any) -> str:
        if isinstance(value, list | tuple):
            return ", ".join(self._words(v) for v in value)
        if isinstance(value, dict):
            return written(value, self._project.calendars)
        return value.text if isinstance(value, Link) else str(value)

    def _agrees(self, spec: FieldSpec, value: str, current: Any) -> bool:
        if isinstance(current, list | tuple):
            return any(self._agrees(spec, value, one) for one in current)
        if isinstance(current, Link):
            return self._same_name(value, current)
        if spec.type == "date":
            said, canon = self._day(value), self._day(current)
            return bool(said and canon and said.may_be(canon)) or fold(value) == fold(self._words(current))
        return _within(value, str(current)) or _within(str(current), value)

    def _excludes(self, spec: FieldSpec, value: str, current: Any) -> bool:
        """Whether a field can't have both values: one place, one day, one word of a few."""
        if spec.type in ("list", "links", "long") or isinstance(current, list | tuple):
            return False
        if spec.type == "date":
            return self._day(value) is not None and self._day(current) is not None
        return max(len(_WORD.findall(value)), len(_WORD.findall(str(self._words(current))))) < _FREE

    def _same_name(self, value: str, link: Link) -> bool:
        target = seen.record(self._project, link.ref, lens=self._lens) if link.ref else None
        names = {fold(n) for n in target.names()} if isinstance(target, Entity) else set()
        return fold(value) in names | {fold(link.text)} or _within(value, link.text)

    def _day(self, value: Any) -> _Days | None:
        try:
            ref = resolve(typed(value, self._project.calendars) if isinstance(value, str) else value,
                          self._project.calendars)  # fmt: skip
        except Invalid:
            return None
        return None if ref.lo is None and ref.hi is None else _Days.of(ref)

    # ---- relations ---------------------------------------------------------------------------------------------------

    def _relation(self, candidate: RelationCandidate) -> Verdict:
        start, end = self._named(candidate.from_name), self._named(candidate.to_name)
        says = f"{relation_spec(candidate.type).label} {candidate.to_name}"
        about = start.name if start else candidate.from_name
        verdict = Verdict(standing="new", about=about, says=says, span=candidate.span, quote=candidate.quote)
        if start is None or end is None:
            return verdict
        wanted = canonical(candidate.type, start.id, end.id)
        told = {
            row.id: (side, row)
            for side in (start, end)
            for row in relations_of(self._project, side.id, lens=self._lens)
        }
        for standing, fits in (("supported", _is_same), ("contradicted", _takes_its_place)):
            for side, row in told.values():
                relation = self._project.get(Relation, row.id)
                if fits(relation, *wanted):
                    found = {"standing": standing, "canon": f"{side.name} {row.label} {row.other_name}"}
                    place = {"record": side.id, "kind": side.kind, "rev": side.rev, "status": relation.status}
                    return verdict.model_copy(update=found | place)
        return verdict

    # ---- names -------------------------------------------------------------------------------------------------------

    def _named(self, name: str, kind: str = "", match: RecordId | None = None) -> Entity | None:
        """The entity that a name means, as the lens shows it; one of the same kind first."""
        key = f"{match or ''}/{kind}/{fold(name)}"
        if key not in self._known:
            ids = [match] if match else [RecordId(i) for i in search.by_name(self._project.sql, name)]
            found = [e for i in ids if isinstance(e := seen.record(self._project, i, lens=self._lens), Entity)]
            self._known[key] = next((e for e in found if e.kind == kind), found[0] if found else None)
        return self._known[key]


def _is_same(relation: Relation, type_: str, from_id: RecordId, to_id: RecordId) -> bool:
    ends = (relation.from_id, relation.to_id)
    return relation.type == type_ and (
        ends == (from_id, to_id) or (relation_spec(type_).symmetric and ends == (to_id, from_id))
    )


def _takes_its_place(relation: Relation, type_: str, from_id: RecordId, to_id: RecordId) -> bool:
    """Whether this one holds the place of which a type has only one at a time."""
    if relation.type != type_ or relation.certainty != "fact" or relation.valid_to is not None:
        return False
    single = relation_spec(type_).single
    return (single == "from" and relation.from_id == from_id) or (single == "to" and relation.to_id == to_id)


class _Days(NamedTuple):
    """The days that a date may mean; None is open."""

    lo: int | None
    hi: int | None

    @classmethod
    def of(cls, ref: TimeRef) -> _Days:
        return cls(ref.lo, ref.hi)

    def may_be(self, other: _Days) -> bool:
        """Whether one reading of both is the same day."""
        return not (
            (self.hi is not None and other.lo is not None and self.hi < other.lo)
            or (other.hi is not None and self.lo is not None and other.hi < self.lo)
        )


def _within(part: str, whole: str) -> bool:
    """Whether a text has every word of another."""
    words = set(_WORD.findall(fold(part)))
    return bool(words) and words <= set(_WORD.findall(fold(whole)))


def _a(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeio' or noun.startswith('NPC') else 'a'} {noun}"
