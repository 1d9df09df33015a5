"""What saving an answer's candidates would break: the findings that are new once they are in the world.

The candidates are written into the facts, the rules are asked, and the facts are put back as they were: nothing is
stored, nothing is logged.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.domain.candidate import Decision, EntityCandidate, RelationCandidate
from studio.domain.continuity import Finding
from studio.domain.ids import RecordId
from studio.domain.record import Frozen
from studio.domain.text import fold
from studio.domain.vocabulary import MIRRORS, relation_spec
from studio.domain.world import Link
from studio.services.continuity import check
from studio.services.continuity.facts import Fact, Thing
from studio.services.review.entities import SUMMARY_LIMIT
from studio.services.review.values import Origin, decided, typed
from studio.storage.times import BEGINS, ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.domain.candidate import Artifact
    from studio.services.continuity.facts import World

_MOST = 200
"""Of whoever has to do with more others than this, only so many are asked."""
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class Foreseen(Frozen):
    """A finding that saving would add, and the candidate that brings it."""

    candidate: str
    finding: Finding


def foresee(world: World, artifact: Artifact, decisions: Mapping[str, Decision] | None = None) -> list[Foreseen]:
    """What the accepted candidates would add to the findings, each under the candidate that brings it.

    The world is changed while this runs and is then as it was; nobody else may use it meanwhile.
    """
    trial = _Trial(world, artifact, decisions or {})
    trial.build()
    changed = {**{t.id: t.id for t in trial.things}, **{f.id: f.subject for f in trial.facts}}
    centre = {thing.id for thing in trial.things} | {fact.subject for fact in trial.facts}
    around = _around(world, trial)
    before = {one.key for one in _ask(world, centre, around)}
    kept = [old for one in changed if (old := world.things.get(one) or world.facts.get(one))]
    try:
        for record in (*trial.things, *trial.facts):
            world.put(record)
        after = _ask(world, centre, around)
    finally:
        for one in changed:
            world.drop(one)
        for old in kept:
            world.put(old)
    found = (Foreseen(candidate=key, finding=one) for one in after if one.key not in before and (key := trial.of(one)))
    return list({one.finding.key: one for one in found}.values())


def _around(world: World, trial: _Trial) -> set[RecordId]:
    """The changed things and whoever they have to do with."""
    found = {thing.id for thing in trial.things}
    for fact in trial.facts:
        found.update([fact.subject, *([fact.object] if fact.object else ())])
    for one in list(found):
        others = [f.object for f in world.facts_of(one) if f.object] + [f.subject for f in world.facts_to(one)]
        found.update(others[:_MOST])
    return found


def _ask(world: World, centre: set[RecordId], around: set[RecordId]) -> list[Finding]:
    """What the rules say of those around, and what those on pairs and texts say of what changes itself."""
    found = {finding.key: finding for one in sorted(around) for finding in check.ask(world, one)}
    for rule in check.WORLD_RULES:
        found |= {finding.key: finding for finding in rule(world, centre)}
    return list(found.values())


class _Trial:
    """The candidates as the records that saving would make, without saving: as `review.apply` would have them."""

    def __init__(self, world: World, artifact: Artifact, decisions: Mapping[str, Decision]) -> None:
        self._world, self._artifact, self._decisions = world, artifact, decisions
        self._origin = Origin(artifact=artifact, at=artifact.created_at or _NO_TIME)
        self._names: dict[str, RecordId] = {}
        self._refused: set[str] = set()
        self._keys: dict[RecordId, str] = {}
        self.things: list[Thing] = []
        self.facts: list[Fact] = []

    def of(self, finding: Finding) -> str:
        """The candidate that a finding comes from; empty where it is none's."""
        sides = [*(e.record for e in finding.evidence), *finding.subjects]
        return next((self._keys[one] for one in sides if one in self._keys), "")

    def build(self) -> None:
        """Make the records: first who there is, then what is said of them."""
        taken = [c for c in self._artifact.candidates if self._decision(c.key).accepted]
        people = [c for c in taken if isinstance(c, EntityCandidate)]
        keys = {c.key for c in people}
        for c in self._artifact.candidates:
            if isinstance(c, EntityCandidate) and c.key not in keys and c.match is None:
                self._refused.add(fold(c.name))
        shells = [(c, self._shell(c)) for c in people]
        for candidate, shell in shells:
            thing = self._filled(candidate, shell)
            self.things.append(thing)
            self.facts += self._mirrored(thing)
        for candidate in taken:
            if isinstance(candidate, RelationCandidate) and (fact := self._relation(candidate)):
                self.facts.append(fact)
                self._keys[fact.id] = candidate.key

    def _decision(self, key: str) -> Decision:
        return self._decisions.get(key) or Decision()

    def _meant(self, name: str) -> RecordId | None:
        """Whom a name means: what is being saved first, then what the world has."""
        if fold(name) in self._refused:
            return None
        known = self._names.get(fold(name))
        if known is None:
            ids = sorted(self._world.meant(name), key=lambda one: (self._world.things[one].name != name, one))
            return ids[0] if ids else None
        return known

    def _shell(self, candidate: EntityCandidate) -> Thing:
        decision = self._decision(candidate.key)
        match = candidate.match.id if candidate.match and candidate.op != "create" else None
        known = self._world.things.get(decision.match_id or match or RecordId("")) if not decision.create_new else None
        name = (decision.name or candidate.name).strip()
        spelled = [n for n in dict.fromkeys((name, candidate.name, *candidate.aliases))]
        if known is not None:
            have = {fold(n) for n in known.names}
            fresh = tuple(n for n in spelled if fold(n) not in have)
            thing = replace(known, aliases=known.aliases + fresh)
        else:
            aliases = tuple(n for n in candidate.aliases if fold(n) != fold(name))
            thing = _blank(RecordId(f"new:{candidate.key}"), decision.kind or candidate.kind, name, aliases)
        self._keys[thing.id] = candidate.key
        for spelling in (*spelled, *thing.names):
            self._names[fold(spelling)] = thing.id
        return thing

    def _filled(self, candidate: EntityCandidate, thing: Thing) -> Thing:
        """The thing with the candidate's values where it has none, or where the person said to replace them."""
        decision, spec = self._decision(candidate.key), self._world.spec(thing.kind)
        fields, summary = dict(thing.fields), thing.summary
        for name, values in decided(candidate.fields, decision, self._origin).items():
            if not values:
                continue
            if name == "summary":
                summary = summary or values[0].value[:SUMMARY_LIMIT]
            elif name in decision.overwrite or fields.get(name) in (None, "", []):
                fields[name] = _plain(typed(spec.field_or_plain(name), values, self._meant))
        return _dated(self._world, replace(thing, fields=fields, summary=summary))

    def _mirrored(self, thing: Thing) -> Iterator[Fact]:
        """The relations that new link fields bring with them."""
        known = self._world.things.get(thing.id)
        for name, value in thing.fields.items():
            type_, forward = MIRRORS.get((thing.kind, name), ("", True))
            if not type_ or (known is not None and known.fields.get(name) == value):
                continue
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and (other := one.get("ref")):
                    ends = (thing.id, other) if forward else (other, thing.id)
                    if not self._is_known(*ends, type_):
                        yield self._fact(f"{thing.id}.{name}.{other}", ends[0], type_, ends[1], thing.id)

    def _relation(self, candidate: RelationCandidate) -> Fact | None:
        one, two = self._meant(candidate.from_name), self._meant(candidate.to_name)
        if one is None or two is None or one == two or self._is_known(one, two, candidate.type):
            return None
        return self._fact(f"new:{candidate.key}", one, candidate.type, two, None)

    def _is_known(self, one: RecordId, two: RecordId, type_: str) -> bool:
        """Whether the world, or this trial, has the relation already."""
        ends = {(one, two), (two, one)} if relation_spec(type_).symmetric else {(one, two)}
        said = (*self._world.facts_of(one), *self._world.facts_of(two), *self.facts)
        return any(f.form == "relation" and f.predicate == type_ and (f.subject, f.object) in ends for f in said)

    def _fact(self, id_: str, one: RecordId, type_: str, two: RecordId, of: RecordId | None) -> Fact:
        if of is not None:
            self._keys[RecordId(id_)] = self._keys[of]
        return Fact(
            id=RecordId(id_), form="relation", subject=one, predicate=type_, object=two, value=None, start=None,
            end=None, certainty="fact", visibility="gm", status="draft", rev=0,
        )  # fmt: skip


def _blank(id_: RecordId, kind: str, name: str, aliases: tuple[str, ...]) -> Thing:
    return Thing(
        id=id_, kind=kind, name=name, aliases=aliases, status="draft", visibility="gm", rev=0, key="", begin=None,
        end=None, begin_path="", end_path="", dates={}, fields={}, stated={}, custom={}, subtype="", parent=None,
        tags=(), summary="", body="", links=(),
    )  # fmt: skip


def _plain(value: Any) -> Any:
    """A typed value as the facts hold it: links as objects with `text` and `ref`."""
    if isinstance(value, Link):
        return value.model_dump(mode="json", exclude_none=True)
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _dated(world: World, thing: Thing) -> Thing:
    """The thing with the dates that its fields say."""
    spec = world.spec(thing.kind)
    dates = dict(thing.dates)
    for name, value in thing.fields.items():
        if isinstance(value, dict) and spec.field_or_plain(name).type == "date" and (when := world.when(value)):
            dates[name] = when
    begin, end = (next((path for path in paths if path in dates), "") for paths in (BEGINS, ENDS))
    return replace(
        thing, dates=dates, begin=dates.get(begin), end=dates.get(end), begin_path=begin, end_path=end
    )  # fmt: skip
