"""Records cut into chunks: short texts that say what they are about, each as open as all that it says."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.domain.blueprint import Blueprint
from studio.domain.chat import Message
from studio.domain.dates import Calendars, resolve, written
from studio.domain.lens import GM, as_open, least_open
from studio.domain.recipe import Recipe, RecipeVersion
from studio.domain.text import WIKILINK, blocks, fold, heading_words
from studio.domain.vocabulary import kind_spec, relation_spec
from studio.domain.world import Claim, Entity, Entry, Link, Relation
from studio.storage import times
from studio.storage.derived import indexed_text, open_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from studio.domain.record import Record, Visibility
    from studio.domain.vocabulary import KindSpec
    from studio.domain.world import DateValue

ROOM = 700
"""How long a section may grow, in characters: with its head it fits into what a small embedder reads."""
_HEADING = re.compile(r"#{1,6}\s+(\S.*)")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")
_MARKUP = re.compile(r"[*_`>#]+|^[^\S\n]*[-+]\s+", re.MULTILINE)
_UNKNOWN = "…"
_NOUNS = {"npc": "Person", "timeline_arc": "Era"}
"""What a kind is called where meaning counts, if its label says nothing to a reader from outside."""
_SORTS = ("role", "occupation")
_UNSURE = frozenset({"rumour", "legend", "prophecy"})
"""What is said of a statement that is no fact. Not `lie`: whoever is lied to reads a plain statement."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a record as the index keeps it.

    `id` is `<record>#<n>`. `text` names what it is about, so that it can be read alone. `path` and `span` say where in
    the stored record it stands, in code points; `span` is None where it gathers several fields. `visibility` is that
    of the most closed thing in it, `lo` and `hi` the days between which it holds, `thread` the chat that it is from.
    `meaning` is what is embedded: of entities mostly without their names, which mean nothing to a model of language
    and draw it away from what they are. `sort` says in a few words what an entity is, in its head only. `hash` changes
    with anything in it, `text_hash` with text and meaning alone.
    """

    id: str
    record: str
    kind: str
    path: str
    span: Span | None
    text: str
    meaning: str
    hash: str
    text_hash: str
    visibility: Visibility
    lo: int | None = None
    hi: int | None = None
    status: str = ""
    tags: tuple[str, ...] = ()
    thread: str = ""
    sort: str = ""


class Known(NamedTuple):
    """What is known of a record that others name."""

    name: str
    kind: str
    visibility: Visibility


@dataclass(frozen=True)
class Setting:
    """What a record needs from those around it to be read alone.

    `known` has the records that it points to; `named` says for each folded target of a link who may know it by that
    name, one word for each record that has it.
    """

    calendars: Calendars = field(default_factory=Calendars)
    spec: Callable[[str], KindSpec] = kind_spec
    known: Mapping[str, Known] = field(default_factory=dict)
    named: Mapping[str, tuple[Visibility, ...]] = field(default_factory=dict)

    def open_text(self, markdown: str, visibility: Visibility) -> str:
        """A text with the words of its links, but for names that not everybody in `visibility` may know."""

        def turn(match: Any) -> str:
            target, label = match.group(1), match.group(2)
            who = self.named.get(fold(target), ())
            return label or (target if not who or any(as_open(v, visibility) for v in who) else _UNKNOWN)

        return " ".join(_MARKUP.sub(" ", WIKILINK.sub(turn, markdown)).split())

    def name(self, record_id: str | None, visibility: Visibility) -> str:
        """What a record is called, for those in `visibility`; empty where they may not know it."""
        known = self.known.get(record_id or "")
        return known.name if known and as_open(known.visibility, visibility) else ""

    def words(self, value: object, visibility: Visibility) -> str:
        """A field's value as words for those in `visibility`."""
        if isinstance(value, Link):
            known = self.known.get(value.ref or "")
            return value.text if known is None or as_open(known.visibility, visibility) else ""
        if isinstance(value, list | tuple):
            return ", ".join(words for one in value if (words := self.words(one, visibility)))
        if isinstance(value, dict):
            return written(value, self.calendars) or ", ".join(
                words for one in value.values() if (words := self.words(one, visibility))
            )
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "" if value is None else self.open_text(str(value), visibility)

    def dates(self, since: DateValue | None, until: DateValue | None) -> str:
        """` (from … to …)`, as far as there is something to say."""
        said = [f"{w} {written(d, self.calendars)}" for w, d in (("from", since), ("until", until)) if d]
        return f" ({' '.join(said)})" if said else ""


class _Part(NamedTuple):
    """A piece before it has its number."""

    path: str
    text: str
    visibility: Visibility
    span: Span | None = None
    lo: int | None = None
    hi: int | None = None
    meaning: str = ""
    sort: str = ""


def chunks(record: Record, setting: Setting) -> list[Chunk]:
    """The chunks of a live record, always the same for the same record in the same setting; none for other kinds."""
    if record.deleted_at is not None:
        return []
    when = times.when(record, setting.calendars)
    thread = record.thread_id if isinstance(record, Message) else ""
    found: list[Chunk] = []
    for part in _parts(record, setting):
        head = f"{record.id}#{len(found)}"
        lo, hi = (part.lo, part.hi) if (part.lo, part.hi) != (None, None) else (when.lo, when.hi)
        hi = hi if isinstance(record, Relation | Claim) or part.hi is not None else None
        meaning = part.meaning or part.text
        texts = _hash(json.dumps([part.text, meaning], ensure_ascii=False))
        rest = (part.path, part.span, texts, part.visibility, lo, hi, record.status.value, record.tags, thread)
        found.append(
            Chunk(
                id=head, record=record.id, kind=record.kind, path=part.path, span=part.span, text=part.text,
                meaning=meaning, hash=_hash(json.dumps([record.kind, *rest], ensure_ascii=False)), text_hash=texts,
                visibility=part.visibility, lo=lo, hi=hi, status=record.status.value, tags=record.tags, thread=thread,
                sort=part.sort,
            )
        )  # fmt: skip
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _parts(record: Record, setting: Setting) -> Iterator[_Part]:
    if isinstance(record, Entity):
        yield from _Sheet(record, setting).parts()
    elif isinstance(record, Entry):
        yield from _entry(record, setting)
    elif isinstance(record, Relation):
        yield from _relation(record, setting)
    elif isinstance(record, Claim):
        yield from _claim(record, setting)
    elif isinstance(record, Message):
        yield from _message(record, setting)
    elif isinstance(record, Blueprint | Recipe | RecipeVersion):
        yield from _document(record, setting)


# ---- entities ----------------------------------------------------------------------------------------------------


class _Sheet:
    """An entity, its facts grouped by who may know them and when they hold."""

    def __init__(self, entity: Entity, setting: Setting) -> None:
        self.entity, self.setting = entity, setting
        self.spec = setting.spec(entity.kind)
        self.title = f"{entity.name} ({self.spec.noun})"

    def parts(self) -> Iterator[_Part]:
        """What it is, the head with all open facts, facts with a time or an audience of their own, then the text."""
        own, of = self.entity.visibility, self.groups
        summary = self.setting.open_text(self.entity.summary, own)
        if summary:
            yield _Part("summary", f"{self.title}. {summary}", own, meaning=f"{self.sort}. {summary}")
        yield _Part("head", " ".join([self._names(), *of.pop((own, None, None), [])]), own, sort=self.sort)
        for (visibility, lo, hi), facts in sorted(of.items(), key=lambda item: str(item[0])):
            yield _Part("fields", f"{self.title}. {' '.join(facts)}", visibility, None, lo, hi)
        about = f"{self.sort}. {summary}"
        yield from _sections("body", self.entity.body, self.title, own, self.setting, about=about)

    def _names(self) -> str:
        own = self.entity.visibility
        others = ", ".join(a.name for a in self.entity.aliases if open_to(a, self.entity) == own)
        return f"{self.title}, also called {others}." if others else f"{self.title}."

    @cached_property
    def sort(self) -> str:
        """What it is, without its name: kind, the fields that say of which sort, tags."""
        own, entity = self.entity.visibility, self.entity
        sorts = [v for k, v in entity.fields.items() if k in _SORTS or k.endswith(("_type", "_kind"))]
        words = (self.setting.words(value, own) for value in (entity.subtype, *sorts) if isinstance(value, str))
        noun = _NOUNS.get(entity.kind, self.spec.label)
        return ", ".join(dict.fromkeys(w for w in (noun, *words, *entity.tags) if w))

    @cached_property
    def groups(self) -> dict[tuple[Visibility, int | None, int | None], list[str]]:
        """(who may know, from day, to day) → sentences."""
        found: dict[tuple[Visibility, int | None, int | None], list[str]] = {}
        for alias in self.entity.aliases:
            if (to := open_to(alias, self.entity)) != self.entity.visibility:
                to = least_open(to, self.entity.visibility)
                found.setdefault((to, None, None), []).append(f"Also called {alias.name}.")
        for label, path, value, hidden in self._facts():
            said = self.entity.statement(path)
            to = least_open(said.visibility or (GM if hidden else self.entity.visibility), self.entity.visibility)
            words = self.setting.words(value, to)
            if words:
                sure = f" ({said.certainty})" if said.certainty in _UNSURE else ""
                key = (to, *self._days(said.valid_from, said.valid_to))
                dated = self.setting.dates(said.valid_from, said.valid_to)
                found.setdefault(key, []).append(f"{label}: {words.rstrip('.')}{sure}{dated}.")
        return found

    def _facts(self) -> Iterator[tuple[str, str, Any, bool]]:
        """(label, path, value, only for the game master?) of everything that is stated in fields."""
        if self.entity.subtype:
            yield "Type", "subtype", self.entity.subtype, False
        if self.entity.parent:
            yield (
                "Part of",
                "parent",
                Link(text=self.setting.name(self.entity.parent, GM), ref=self.entity.parent),
                False,
            )
        for name, value in self.entity.fields.items():
            spec = self.spec.field_or_plain(name)
            yield spec.label, f"fields.{name}", value, spec.gm_only
        for name, value in self.entity.custom.items():
            yield name.replace("_", " ").capitalize(), f"custom.{name}", value, False

    def _days(self, since: DateValue | None, until: DateValue | None) -> tuple[int | None, int | None]:
        first = resolve(since, self.setting.calendars).lo if since else None
        last = resolve(until, self.setting.calendars).hi if until else None
        return first, last


# ---- texts -------------------------------------------------------------------------------------------------------


def _entry(entry: Entry, setting: Setting) -> Iterator[_Part]:
    when = written(entry.in_world_date, setting.calendars) if entry.in_world_date else ""
    title = f"{entry.title} ({', '.join(w for w in (entry.mode, when) if w)})"
    if not entry.body.strip():
        yield _Part("title", f"{title}.", entry.visibility)
    yield from _sections("body", entry.body, title, entry.visibility, setting)


def _message(message: Message, setting: Setting) -> Iterator[_Part]:
    thread = setting.name(message.thread_id, message.visibility)
    who = {"user": "asked", "assistant": "answered"}.get(message.role, "noted")
    yield from _sections("parts", message.text, f"{thread or 'Chat'}, {who}", message.visibility, setting)


def _document(record: Blueprint | Recipe | RecipeVersion, setting: Setting) -> Iterator[_Part]:
    title, body, _ = indexed_text(record)
    if isinstance(record, RecipeVersion):
        title = f"{setting.name(record.recipe_id, record.visibility)}, version {record.n}"
    for part in _sections("text", body, title, record.visibility, setting):
        yield part._replace(span=None)


def _sections(
    path: str, body: str, title: str, visibility: Visibility, setting: Setting, *, about: str = ""
) -> Iterator[_Part]:
    """A long text in sections of some sentences, each under its title and heading; secret blocks by themselves.

    `about`, open to all of `visibility`, stands for the title in what each section means.
    """
    for hidden, start, end in blocks(body):
        to = GM if hidden else visibility
        for heading, span in _cut(body, start, end):
            words = setting.open_text(body[slice(*span)].replace("[!secret]", " "), to)
            if any(c.isalnum() for c in words):
                under = f", {setting.open_text(heading, to)}" if heading else ""
                meaning = f"{about}{under.removeprefix(',')} {words}" if about else ""
                yield _Part(path, f"{title}{under}. {words}", to, span, meaning=meaning)


def _cut(body: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """(heading, span) of sections within the room, cut at headings, paragraphs and, in long ones, sentences."""
    heading, first, last = "", start, start
    for kind, a, b in _pieces(body, start, end):
        if last > first and (kind or b - first > ROOM):
            yield heading, (first, last)
            first = a
        if last == first:
            first = a
        last = b
        if kind:
            heading, first = kind, b
            last = b
    if last > first:
        yield heading, (first, last)


def _pieces(body: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(heading or nothing, start, end) of each heading, paragraph or sentence of a long paragraph."""
    at = start
    for line in body[start:end].splitlines(keepends=True):
        stop = at + len(line)
        match = _HEADING.match(line.rstrip("\n"))
        if match:
            yield heading_words(match.group(1).rstrip()), at, stop
        elif line.strip():
            for a, b in _sentences(body, at, stop):
                yield "", a, b
        at = stop


def _sentences(body: str, start: int, end: int) -> Iterable[Span]:
    """A line whole, or by its sentences where it is long; a sentence without end is cut anywhere."""
    if end - start <= ROOM:
        return [(start, end)]
    stops = [start, *(m.end() for m in _SENTENCE.finditer(body, start, end)), end]
    found = []
    for a, b in pairwise(stops):
        found += [(at, min(at + ROOM, b)) for at in range(a, b, ROOM)]
    return found


# ---- facts -------------------------------------------------------------------------------------------------------


def _said_by(setting: Setting, fact: Relation | Claim, visibility: Visibility) -> str:
    speaker = setting.name(fact.speaker, visibility)
    sure = f" ({fact.certainty})" if fact.certainty in _UNSURE else ""
    return f"{sure}{setting.dates(fact.valid_from, fact.valid_to)}{f', says {speaker}' if speaker else ''}"


def _relation(relation: Relation, setting: Setting) -> Iterator[_Part]:
    ends = [setting.known.get(relation.from_id), setting.known.get(relation.to_id)]
    if ends[0] is None or ends[1] is None:
        return
    to = least_open(relation.visibility, ends[0].visibility, ends[1].visibility)
    spec = relation_spec(relation.type)
    detail = ", ".join(w for w in (relation.rank, relation.role) if w)
    words = f"{ends[0].name} {spec.label} {ends[1].name}{f' as {detail}' if detail else ''}"
    back = "" if spec.symmetric else f"; {ends[1].name} {spec.inverse_label} {ends[0].name}"
    yield _Part("type", f"{words}{back}{_said_by(setting, relation, to)}.", to)


def _claim(claim: Claim, setting: Setting) -> Iterator[_Part]:
    subject, about = setting.known.get(claim.subject_id), setting.known.get(claim.object_id or "")
    if subject is None or (claim.object_id and about is None):
        return
    others = [about.visibility] if about else []
    to = least_open(claim.visibility, subject.visibility, *others)
    said = about.name if about else setting.words(claim.value, to)
    yield _Part(
        "value", f"{subject.name}: {claim.predicate.replace('_', ' ')} {said}{_said_by(setting, claim, to)}.", to
    )
