"""The facts of a world as the checker sees them: things, statements and notes, with their dates as spans of days."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from studio.domain.calendars import Calendars
from studio.domain.dates import resolve, written
from studio.domain.ids import RecordId
from studio.domain.text import fold
from studio.domain.vocabulary import KINDS, KindSpec, plain_kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from studio.domain.world import DateValue

Form = Literal["relation", "claim", "field"]
Index = defaultdict[Any, dict[RecordId, None]]
Json = dict[str, Any]
DEPRECATED = "deprecated"
_ATTENDED = {"event": ("participants",), "session": ("present",)}
"""Link fields that name who took part."""
_KEPT = 2000
"""How many entities' stated facts are remembered: each rule asks for the same ones again."""


class When(NamedTuple):
    """A point in time as well as it is known: the first and last absolute day that it may be, infinite where open."""

    lo: float
    hi: float
    value: DateValue

    def is_before(self, other: When) -> bool:
        """Whether it is before the other in every reading."""
        return self.hi < other.lo


class LinkTo(NamedTuple):
    """A `[[link]]` in a text: what it names, where it stands, and whether only the game master reads it there."""

    path: str
    target: str
    fold: str
    span: tuple[int, int]
    secret: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity. `begin` and `end` are those of its existence; `dates` are all its date fields by name."""

    id: RecordId
    kind: str
    name: str
    aliases: tuple[str, ...]
    status: str
    visibility: str
    rev: int
    key: str
    begin: When | None
    end: When | None
    begin_path: str
    end_path: str
    dates: Mapping[str, When]
    fields: Mapping[str, Any]
    stated: Mapping[str, Json]
    custom: Mapping[str, Any]
    subtype: str
    parent: RecordId | None
    tags: tuple[str, ...]
    summary: str
    body: str
    links: tuple[LinkTo, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something stated: a relation, a claim, or the value of a field (then `id` is the entity's and `path` the field).

    `object` is the entity that it points to, or None where it says a `value`. A missing date is open.
    """

    id: RecordId
    form: Form
    subject: RecordId
    predicate: str
    object: RecordId | None
    value: Any
    start: When | None
    end: When | None
    certainty: str
    visibility: str
    status: str
    rev: int
    path: str = ""
    role: str = ""
    speaker: RecordId | None = None
    source: RecordId | None = None

    @property
    def sure(self) -> bool:
        """Whether it is said as a fact that still stands: a rumour, legend, lie or prophecy breaks no rule."""
        return self.certainty == "fact" and (self.form == "field" or self.status != DEPRECATED)


@dataclass(frozen=True, slots=True)
class Note:
    """An entry: a note, log, handout or session report."""

    id: RecordId
    title: str
    mode: str
    date: When | None
    flashback: bool
    memorial: bool
    status: str
    visibility: str
    rev: int
    key: str
    body: str
    refs: tuple[RecordId, ...]
    links: tuple[LinkTo, ...]


@dataclass(slots=True, weakref_slot=True)
class World:
    """Everything that the checker reads of a project. It is filled by `reading`, and kept up to date record by record.

    Holds live records only; the ends of a fact may be missing from `things`.
    """

    calendars: Calendars = field(default_factory=Calendars)
    specs: dict[str, KindSpec] = field(default_factory=dict)
    things: dict[RecordId, Thing] = field(default_factory=dict)
    facts: dict[RecordId, Fact] = field(default_factory=dict)
    notes: dict[RecordId, Note] = field(default_factory=dict)
    of: defaultdict[RecordId, dict[RecordId, None]] = field(default_factory=lambda: defaultdict(dict))
    to: defaultdict[RecordId, dict[RecordId, None]] = field(default_factory=lambda: defaultdict(dict))
    named: defaultdict[str, dict[RecordId, None]] = field(default_factory=lambda: defaultdict(dict))
    titled: defaultdict[str, dict[RecordId, None]] = field(default_factory=lambda: defaultdict(dict))
    linking: defaultdict[str, dict[RecordId, None]] = field(default_factory=lambda: defaultdict(dict))
    """By folded name: the records whose texts link to it."""
    pointing: defaultdict[RecordId, dict[RecordId, None]] = field(default_factory=lambda: defaultdict(dict))
    """By entity: the entities whose fields or parent point to it."""
    valued: defaultdict[str, dict[RecordId, None]] = field(default_factory=lambda: defaultdict(dict))
    """By folded words: the claims, and the entities with a field, that say just that."""
    touched: list[RecordId] = field(default_factory=list, compare=False)
    """Every record that was put or dropped, in order: whoever keeps something beside the world reads on from where
    they were."""
    _stated: dict[RecordId, tuple[Thing, tuple[Fact, ...]]] = field(default_factory=dict, compare=False)
    # ---- asked -------------------------------------------------------------------------------------------------------

    def facts_of(self, thing: RecordId) -> Iterator[Fact]:
        """The relations and claims whose subject this is."""
        return map(self.facts.__getitem__, self.of.get(thing, ()))

    def facts_to(self, thing: RecordId) -> Iterator[Fact]:
        """The relations and claims that point to this."""
        return map(self.facts.__getitem__, self.to.get(thing, ()))

    def field_facts(self, thing: Thing) -> tuple[Fact, ...]:
        """What the fields of an entity state: one fact for each value, and one for each link of a list."""
        known = self._stated.get(thing.id)
        if known is None or known[0] is not thing:
            if len(self._stated) >= _KEPT:
                self._stated.clear()
            known = self._stated[thing.id] = (thing, tuple(self._state(thing)))
        return known[1]

    def deeds_in_fields(self, thing: RecordId) -> Iterator[Fact]:
        """The fields of events that name this entity among those who took part, as the relation would say it."""
        for one in self.pointing.get(thing, ()):
            event = self.things[one]
            for fact in self.field_facts(event) if event.kind in _ATTENDED else ():
                if fact.object == thing and fact.predicate in _ATTENDED[event.kind]:
                    yield replace(fact, subject=thing, predicate="participated_in", object=event.id)

    def _state(self, thing: Thing) -> Iterator[Fact]:
        for name, value in thing.fields.items():
            if name not in thing.dates:
                many = value if isinstance(value, list) else [value]
                yield from (self._field_fact(thing, name, one) for one in many)

    def _field_fact(self, thing: Thing, name: str, value: Any) -> Fact:
        said = thing.stated.get(f"fields.{name}", {})
        ref, shown = ref_of(value), value.get("text") if isinstance(value, dict) else value
        hidden = (self.spec(thing.kind).field_or_plain(name)).gm_only
        return Fact(
            id=thing.id, form="field", subject=thing.id, predicate=name, object=ref, value=shown,
            start=self._stated_date(said, "valid_from"), end=self._stated_date(said, "valid_to"),
            certainty=said.get("certainty", "fact"), status=thing.status, rev=thing.rev, path=f"fields.{name}",
            visibility=said.get("visibility") or ("gm" if hidden else thing.visibility), speaker=said.get("speaker"),
        )  # fmt: skip

    def _stated_date(self, said: Json, name: str) -> When | None:
        return self.when(said[name]) if said.get(name) else None

    def when(self, value: DateValue) -> When | None:
        """What a stored date means; None for one that can't be read."""
        ref = resolve(value, self.calendars)
        if ref.lo is None and ref.hi is None:
            return None
        return When(-inf if ref.lo is None else ref.lo, inf if ref.hi is None else ref.hi, value)

    def words(self, when: When | None) -> str:
        """A date in the words of its calendar."""
        return written(when.value, self.calendars) if when else ""

    def name(self, record: RecordId) -> str:
        """What an entity or note is called."""
        if thing := self.things.get(record):
            return thing.name
        note = self.notes.get(record)
        return note.title if note else "…"

    def spec(self, kind: str) -> KindSpec:
        """The fields of a kind in this project."""
        return self.specs.get(kind) or KINDS.get(kind) or plain_kind(kind)

    def meant(self, words: str) -> tuple[RecordId, ...]:
        """The entities that have exactly this name or alias, whatever the case."""
        return tuple(self.named.get(fold(words), ()))

    # ---- kept up to date ---------------------------------------------------------------------------------------------

    def put(self, record: Thing | Fact | Note) -> None:
        """Take a record in, or its new state."""
        self.drop(record.id)
        self.touched.append(record.id)
        if isinstance(record, Fact):
            self.facts[record.id] = record
        elif isinstance(record, Thing):
            self.things[record.id] = record
        else:
            self.notes[record.id] = record
        for index, keys, value in self._places_of(record):
            for key in keys:
                index[key][value] = None

    def drop(self, record_id: RecordId) -> None:
        """Forget a record, if it is known."""
        record = self.facts.pop(record_id, None) or self.things.pop(record_id, None) or self.notes.pop(record_id, None)
        if record is None:
            return
        self.touched.append(record_id)
        for index, keys, value in self._places_of(record):
            for key in keys:
                _leave(index, key, value)

    def _places_of(self, record: Thing | Fact | Note) -> Iterator[tuple[Index, Collection[Any], RecordId]]:
        """Where a record stands in each index."""
        if isinstance(record, Fact):
            yield self.of, [record.subject], record.id
            yield self.to, [record.object] if record.object else [], record.id
            yield self.valued, [fold(record.value)] if _short(record.value) else [], record.id
            return
        yield self.linking, [link.fold for link in record.links], record.id
        if isinstance(record, Thing):
            yield self.named, [fold(name) for name in record.names], record.id
            yield self.pointing, refs_of(record), record.id
            yield self.valued, _words_of(record), record.id
        else:
            yield self.titled, [fold(record.title)], record.id


_LONGEST_NAME = 80


def _short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_NAME


def _words_of(thing: Thing) -> set[str]:
    many = (one for value in thing.fields.values() for one in (value if isinstance(value, list) else [value]))
    return {fold(one.strip("[] ")) for one in many if isinstance(one, str) and _short(one)}


def ref_of(value: object) -> RecordId | None:
    """The entity that a link points to; imports may keep anything under its name."""
    ref = value.get("ref") if isinstance(value, dict) else None
    return RecordId(ref) if isinstance(ref, str) and ref else None


def refs_of(thing: Thing) -> set[RecordId]:
    """The entities that the fields or the parent of one point to."""
    many = (one for value in thing.fields.values() for one in (value if isinstance(value, list) else [value]))
    found = {ref for one in many if (ref := ref_of(one))}
    return found | ({thing.parent} if thing.parent else set())


def _leave(index: Index, key: Any, value: RecordId) -> None:
    if key in index:
        index[key].pop(value, None)
        if not index[key]:
            del index[key]
