"""From what a model said to candidates: every quote looked up in the text, and the offline result as second opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from studio.domain.blueprint import EXTRACTED_PATHS
from studio.domain.candidate import (
    BlueprintCandidate,
    Candidate,
    EntityCandidate,
    Extraction,
    FieldCandidate,
    RecipeCandidate,
    RelationCandidate,
)
from studio.domain.vocabulary import KINDS, RELATIONS
from studio.services.extraction import doc, polarity
from studio.services.extraction.grounding import Aligner, Place, denies, turned
from studio.services.extraction.lexicon import detect, load
from studio.services.extraction.model_shape import SEED_FIELDS, Said, SaidAll, SaidEntity, SaidRelation
from studio.services.extraction.names import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.services.extraction.match import Matcher

Fields = dict[str, tuple[FieldCandidate, ...]]
C = TypeVar("C", EntityCandidate, RelationCandidate, BlueprintCandidate, RecipeCandidate)

QUOTED, NORMALISED, FUZZY, LOOSE, INFERRED, INVENTED = 0.86, 0.84, 0.68, 0.5, 0.3, 0.05
"""Confidence by the evidence, never by what the model says of itself: until users' own decisions refit them."""
OFFLINE_ALONE, OFFLINE_SHARE = 0.6, 0.8
"""What only the offline extractor found is kept from this confidence on, a little lowered."""
_CEILING = 0.97
_AROUND = 40
"""Characters before a value that is found without a quote, in which it may be denied."""
_INVERSES = {spec.inverse: name for name, spec in RELATIONS.items() if not spec.symmetric}


def _together(one: float, two: float) -> float:
    """The confidence of a value that two extractors found, each for itself."""
    return round(min(_CEILING, 1 - (1 - one) * (1 - two)), 3)


class Grounder:
    """Looks up what a model said in the text that it read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._aligner = Aligner(text)
        self._rejected = polarity.rejected(text, doc.parse(text), load(detect(text)))

    def place(self, quote: str) -> Place | None:
        """Where a quote stands as it was meant; None where it isn't there or says the opposite there."""
        found = self._aligner.find(quote)
        if found is None or turned(quote, self.text[found.start : found.end]):
            return None
        return None if self.rejected(found) else found

    def find(self, quote: str) -> Place | None:
        """Where words stand, whatever is said there."""
        return self._aligner.find(quote)

    def rejected(self, place: Place) -> bool:
        """True where the text takes this range back."""
        return any(a < place.end and place.start < b for a, b in self._rejected)

    def value(self, said: Said) -> FieldCandidate | None:
        """One value with its evidence: quoted, else inferred with low confidence; None where the text denies it."""
        quoted = self.place(said.quote) if said.quote else None
        passage = self.text[quoted.start : quoted.end] if quoted else ""
        if denies(passage or said.quote, said.value):
            return None
        if quoted and self._supports(passage, said.value):
            trust = {"exact": QUOTED, "normalised": NORMALISED, "fuzzy": FUZZY}[quoted.status]
            return self._field(said.value, quoted, trust)
        itself = self._aligner.find(said.value)
        if itself is not None and itself.status != "fuzzy":
            around = self.text[max(0, itself.start - _AROUND) : itself.end]
            if self.rejected(itself) or denies(around, said.value):
                return None
            return self._field(said.value, itself, NORMALISED - 0.1)
        if quoted:
            return FieldCandidate(
                value=said.value,
                confidence=LOOSE,
                span=(quoted.start, quoted.end),
                quote=passage,
                basis="inferred",
            )
        return FieldCandidate(value=said.value, confidence=INFERRED, basis="inferred")

    def _field(self, value: str, place: Place, trust: float) -> FieldCandidate:
        start, end, _ = place
        return FieldCandidate(value=value, confidence=trust, span=(start, end), quote=self.text[start:end])

    @staticmethod
    def _supports(passage: str, value: str) -> bool:
        """True where the passage holds the value, or nearly all of its words."""
        said, words = set(key_of(passage).split()), key_of(value).split()
        return bool(words) and sum(w in said for w in words) >= 0.6 * len(words)

    def fields(self, said: Iterable[Said], allowed: Iterable[str]) -> Fields:
        """Fields of a vocabulary, each value once."""
        found: dict[str, dict[str, FieldCandidate]] = {}
        names = set(allowed)
        for one in said:
            if one.name not in names or not (value := self.value(one)):
                continue
            found.setdefault(one.name, {}).setdefault(key_of(one.value), value)
        return {name: tuple(values.values()) for name, values in found.items()}


class Merger:
    """Builds the candidates of one text."""

    def __init__(self, text: str, offline: Extraction, matcher: Matcher) -> None:
        self._ground = Grounder(text)
        self._text = text
        self._matcher = matcher
        self._offline = offline.candidates
        self._entities: dict[str, EntityCandidate] = {}
        self._names: dict[str, str] = {}

    def candidates(self, said: SaidAll) -> tuple[Candidate, ...]:
        """All candidates: what the model said and the text bears out, and what only the offline extractor saw."""
        others = [c for c in self._offline if isinstance(c, EntityCandidate)]
        for entity in said.entities:
            self._add(entity, others)
        for other in others:
            if other.confidence >= OFFLINE_ALONE and not self._has(other):
                self._put(_lowered(other))
        entities = [e.model_copy(update={"key": f"e{i}"}) for i, e in enumerate(self._entities.values(), 1)]
        relations = [r.model_copy(update={"key": f"r{i}"}) for i, r in enumerate(self._relations(said.relations), 1)]
        return (*entities, *relations, *self._blueprint(said.blueprint), *self._recipes(said.prompts))

    # -- entities ----------------------------------------------------------------------------------------------------

    def _has(self, entity: EntityCandidate) -> bool:
        return any(key_of(name) in self._names for name in (entity.name, *entity.aliases))

    def _put(self, entity: EntityCandidate) -> None:
        key = key_of(entity.name)
        self._entities[key] = entity
        for name in (entity.name, *entity.aliases):
            self._names.setdefault(key_of(name), key)

    def _add(self, said: SaidEntity, others: Sequence[EntityCandidate]) -> None:
        place = self._ground.place(said.name)
        if key_of(said.name) in self._names or self._denied(said):
            return
        keys = {key_of(n) for n in (said.name, *said.aliases)}
        other = next((o for o in others if keys & {key_of(n) for n in (o.name, *o.aliases)}), None)
        fields = self._ground.fields(said.fields, self._field_names(said.kind))
        trust = self._trust(said, place, other)
        if place is None:
            fields = {name: tuple(_unsupported(v) for v in values) for name, values in fields.items()}
        entity = EntityCandidate(
            key="e",
            kind=said.kind,
            name=said.name,
            aliases=tuple(a for a in said.aliases if key_of(a) != key_of(said.name) and self._ground.place(a)),
            confidence=trust,
            span=(place.start, place.end) if place else None,
            quote=self._text[place.start : place.end] if place else "",
            mentions=((place.start, place.end),) if place else (),
            fields=fields,
        )
        self._put(self._matched(_joined(entity, other)))

    def _denied(self, said: SaidEntity) -> bool:
        """True where the quote that should prove an entity denies it, or the text takes its only place back."""
        found = self._ground.find(said.name)
        if found is not None and self._ground.rejected(found):
            return True
        return bool(said.quote) and denies(said.quote, said.name)

    def _trust(self, said: SaidEntity, place: Place | None, other: EntityCandidate | None) -> float:
        if place is None:
            return INVENTED
        trust = 0.7 if place.status != "fuzzy" else LOOSE
        quote = self._ground.place(said.quote) if said.quote else None
        if quote and key_of(said.name) in key_of(self._text[quote.start : quote.end]):
            trust += 0.08
        if other is None:
            return trust
        return _together(trust, other.confidence * 0.6) if other.kind == said.kind else round(trust - 0.2, 3)

    def _field_names(self, kind: str) -> tuple[str, ...]:
        return tuple(f.name for f in KINDS[kind].fields)

    def _matched(self, entity: EntityCandidate) -> EntityCandidate:
        """The entity as update of, or link to, one that the project has."""
        hit = self._matcher.find((entity.name, *entity.aliases), entity.kind)
        if hit is None:
            return entity.model_copy(update={"op": "create", "match": None})
        known, match = hit
        aliases = entity.aliases if key_of(entity.name) == key_of(known.name) else (entity.name, *entity.aliases)
        return entity.model_copy(
            update={
                "op": "update" if entity.fields else "link",
                "match": match,
                "kind": known.kind,
                "name": known.name,
                "aliases": aliases,
                "confidence": max(entity.confidence, 0.9) if entity.span else entity.confidence,
            }
        )

    # -- relations ---------------------------------------------------------------------------------------------------

    def _relations(self, said: Iterable[SaidRelation]) -> list[RelationCandidate]:
        found: dict[tuple[str, str, str], RelationCandidate] = {}
        for one in said:
            if made := self._relation(one):
                found.setdefault(_relation_key(made), made)
        for other in self._offline:
            if not isinstance(other, RelationCandidate) or not self._both(other.from_name, other.to_name):
                continue
            same = found.get(_relation_key(other))
            if same is not None:
                trust = _together(same.confidence, other.confidence * 0.6)
                found[_relation_key(other)] = same.model_copy(update={"confidence": trust})
            elif other.confidence >= OFFLINE_ALONE:
                found[_relation_key(other)] = _lowered(other)
        return list(found.values())

    def _both(self, one: str, two: str) -> bool:
        return key_of(one) in self._names and key_of(two) in self._names

    def _relation(self, said: SaidRelation) -> RelationCandidate | None:
        type_, ends = said.type, (said.from_name, said.to_name)
        if type_ not in RELATIONS and type_ in _INVERSES:
            type_, ends = _INVERSES[type_], (said.to_name, said.from_name)
        if type_ not in RELATIONS or not self._both(*ends) or key_of(ends[0]) == key_of(ends[1]):
            return None
        place = self._ground.place(said.quote) if said.quote else None
        passage = self._text[place.start : place.end] if place else ""
        names = [self._entities[self._names[key_of(n)]].name for n in ends]
        if denies(said.quote, said.to_name) or denies(passage, said.to_name):
            return None
        both_named = place is not None and all(key_of(n).split()[-1] in key_of(passage).split() for n in ends)
        return RelationCandidate(
            key="r",
            type=type_,
            from_name=names[0],
            to_name=names[1],
            confidence=0.75 if both_named else LOOSE if place else INFERRED,
            span=(place.start, place.end) if place else None,
            quote=passage,
            basis="quoted" if place else "inferred",
        )

    # -- blueprint and prompts ---------------------------------------------------------------------------------------

    def _blueprint(self, said: Iterable[Said]) -> list[BlueprintCandidate]:
        fields = self._ground.fields(said, EXTRACTED_PATHS)
        other = next((c for c in self._offline if isinstance(c, BlueprintCandidate)), None)
        fields = _united(fields, other.fields if other else {})
        return [BlueprintCandidate(confidence=_mean(fields), fields=fields)] if fields else []

    def _recipes(self, said: Iterable[Iterable[Said]]) -> list[RecipeCandidate]:
        others = [c for c in self._offline if isinstance(c, RecipeCandidate)]
        made = [fields for one in said if (fields := self._ground.fields(one, SEED_FIELDS))]
        for other in others:
            same = next((i for i, fields in enumerate(made) if _same_subject(fields, other.fields)), None)
            if same is None:
                made.append(dict(other.fields))
            else:
                made[same] = _united(made[same], other.fields)
        return [RecipeCandidate(key=f"p{i}", confidence=_mean(f), fields=f) for i, f in enumerate(made, 1)]


def _relation_key(relation: RelationCandidate) -> tuple[str, str, str]:
    ends = (key_of(relation.from_name), key_of(relation.to_name))
    first, second = sorted(ends) if RELATIONS[relation.type].symmetric else ends
    return relation.type, first, second


def _lowered(candidate: C) -> C:
    return candidate.model_copy(update={"confidence": round(candidate.confidence * OFFLINE_SHARE, 3)})


def _unsupported(value: FieldCandidate) -> FieldCandidate:
    """A value of an entity that the text doesn't name: whatever its words, it is no quote about that entity."""
    return FieldCandidate(value=value.value, confidence=min(value.confidence, 0.1), basis="inferred")


def _mean(fields: Fields) -> float:
    values = [v.confidence for vs in fields.values() for v in vs]
    return round(sum(values) / len(values), 3) if values else 0.0


def _near(one: str, two: str) -> bool:
    a, b = set(key_of(one).split()), set(key_of(two).split())
    common = len(a & b)
    return bool(common) and (2 * common / (len(a) + len(b)) >= 0.5 or common == min(len(a), len(b)))


def _united(mine: Fields, other: Fields) -> Fields:
    """Both extractors' fields: a value that both found is surer, one that only offline found is a little less sure."""
    found = dict(mine)
    for name, values in other.items():
        have = list(found.get(name, ()))
        for value in values:
            same = next((i for i, v in enumerate(have) if _near(v.value, value.value)), None)
            if same is None:
                have.append(_field_lowered(value))
            elif have[same].basis == "quoted":
                trust = _together(have[same].confidence, value.confidence * 0.6)
                have[same] = have[same].model_copy(update={"confidence": trust})
            else:
                have[same] = value
        found[name] = tuple(have)
    return found


def _field_lowered(value: FieldCandidate) -> FieldCandidate:
    return value.model_copy(update={"confidence": round(value.confidence * OFFLINE_SHARE, 3)})


def _joined(entity: EntityCandidate, other: EntityCandidate | None) -> EntityCandidate:
    """The model's entity with what the offline extractor found of the same one."""
    if other is None:
        return entity
    allowed = {f.name for f in KINDS[entity.kind].fields}
    return entity.model_copy(
        update={
            "aliases": tuple(dict.fromkeys((*entity.aliases, *other.aliases))),
            "mentions": tuple(sorted({*entity.mentions, *other.mentions})),
            "fields": _united(entity.fields, {n: v for n, v in other.fields.items() if n in allowed}),
        }
    )


def _same_subject(mine: Fields, other: Fields) -> bool:
    return any(_near(a.value, b.value) for a in mine.get("subject", ()) for b in other.get("subject", ()))
