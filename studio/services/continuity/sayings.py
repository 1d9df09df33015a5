"""The sentences of a world, each with whom it is about and how sure it is: what text rules compare.

A sentence counts only where it tells something as it is: no question, rumour, condition, quotation or comparison, and
nothing that “once” or “formerly” was so. Whom it is about is the thing that it names before its first verb, or, in a
thing's own text, the thing itself where it names nobody else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple
from weakref import ref

from studio.domain.lens import GM
from studio.domain.text import WIKILINK, fold, split_secrets
from studio.services.continuity.frames import THINGS, may_state
from studio.services.continuity.naming import PEOPLE, short_forms
from studio.services.continuity.patterns import (
    APPOSED,
    ASIDE,
    CLAUSE,
    END,
    FRAGMENT,
    HEARSAY,
    LEADS,
    MODAL,
    NARRATED,
    NUMBER_NAME,
    NUMBERED,
    PAST,
    PAST_STARTS,
    PRONOUN,
    QUOTED,
    SHORTENED,
    SIMILE,
    TAIL_AFTER,
    TAIL_BEFORE,
    TAIL_WHO,
    TOLD,
    UNSURE,
    UNSURE_STARTS,
    WORD,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from studio.domain.ids import RecordId
    from studio.services.continuity.facts import Note, Thing, When, World


class Saying(NamedTuple):
    """One sentence. `about` is whom it is about, `others` who else is named; `own` marks a thing's text on itself.

    `text` has the links without their brackets, `span` is its place in the record's text at `path`. `met` are the
    names in `raw` with their places; `vague` marks a pronoun that may mean somebody else, `states` words of a tie.
    """

    record: RecordId
    rev: int
    path: str
    span: tuple[int, int]
    raw: str
    text: str
    about: RecordId | None
    others: tuple[RecordId, ...]
    own: bool
    past: bool
    visibility: str
    when: When | None
    met: tuple[tuple[int, int, RecordId | None], ...] = ()
    vague: bool = False
    states: bool = False


@dataclass(eq=False)
class Sayings:
    """All sentences that tell something, by the record that has them and by whom they are about."""

    by_record: dict[RecordId, tuple[Saying, ...]] = field(default_factory=dict)
    about: defaultdict[RecordId, dict[RecordId, None]] = field(default_factory=lambda: defaultdict(dict))
    stating: defaultdict[RecordId, dict[RecordId, None]] = field(default_factory=lambda: defaultdict(dict))
    """By whom it is about or names: the records with a sentence that may state a tie."""
    _names: _Names = field(default_factory=lambda: _Names())
    _read: int = 0

    def follow(self, world: World) -> None:
        """Take in what changed since it was last asked. Names are read first: whom a text means depends on them."""
        touched = list(dict.fromkeys(world.touched[self._read :]))
        for record in touched:
            self._names.follow(record, world.things.get(record))
        for record in touched:
            for saying in self.by_record.pop(record, ()):
                if saying.about:
                    self.about[saying.about].pop(record, None)
                for one in _concerned(saying):
                    self.stating[one].pop(record, None)
            said = tuple(_told(self._names, world, record))
            if said:
                self.by_record[record] = said
            for saying in said:
                if saying.about:
                    self.about[saying.about][record] = None
                for one in _concerned(saying):
                    self.stating[one][record] = None
        self._read = len(world.touched)

    def on(self, thing: RecordId) -> Iterator[Saying]:
        """What is told about a thing, in its own texts and elsewhere."""
        for record in self.about.get(thing, ()):
            yield from (saying for saying in self.by_record[record] if saying.about == thing)

    def subjects(self, only: Collection[RecordId] | None) -> list[RecordId]:
        """Whom anything is told about; or only by, or about, these records."""
        if only is None:
            return sorted(one for one, records in self.about.items() if records)
        told = {s.about for one in only if one in self.by_record for s in self.by_record[one] if s.about}
        return sorted(told | {one for one in only if self.about.get(one)})


def _concerned(saying: Saying) -> tuple[RecordId, ...]:
    """Of whom a sentence may state a tie."""
    if not saying.states:
        return ()
    return (saying.about, *saying.others) if saying.about else saying.others


LETTERS = re.compile(r"[a-z]+")
_LONGEST = 8
"""Names of more words than this are only met as links."""
_kept: dict[int, tuple[ref[World], Sayings]] = {}


def of(world: World) -> Sayings:
    """The sentences of a world, read when they are first asked for and kept in step as long as the world is."""
    at = id(world)
    known = _kept.get(at)
    if known is None or known[0]() is not world:
        _kept[at] = known = (ref(world, lambda _: _kept.pop(at, None)), Sayings())
    known[1].follow(world)
    return known[1]


# ---- names in a text -------------------------------------------------------------------------------------------------


_Met = tuple[tuple[int, int, "RecordId | None"], ...]
_LIKE = {"he": "he", "his": "he", "she": "she", "her": "she", "it": "it", "its": "it", "they": "they", "their": "they"}


_THEIR_PEOPLE = re.compile(
    r"['’]s (?:[a-z-]+ ){0,2}(?:mother|father|parents?|brothers?|sisters?|wife|husband|widow|sons?|daughters?"
    r"|child(?:ren)?|cousin|uncle|aunt|nephew|niece|servants?|men|crew|horse|dog|guards?|friends?|lover|partner|house|ship|boat)\b"
)
"""What follows is about others, not about the one who is named."""


class _Names:
    """All names by their first word; a name that two things have means neither."""

    def __init__(self) -> None:
        self._things: dict[RecordId, Thing] = {}
        self._first: defaultdict[str, dict[tuple[str, ...], dict[RecordId, None]]] = defaultdict(dict)
        self._lengths: dict[str, tuple[int, ...]] = {}
        """By first word: how many words the names have that begin with it, the longest first."""

    def follow(self, record: RecordId, thing: Thing | None) -> None:
        """Forget what the record was called, and learn what it is called now."""
        if (old := self._things.pop(record, None)) is not None:
            for words in _spellings(old):
                self._first[words[0]][words].pop(record, None)
                self._lengths.pop(words[0], None)
        if thing is not None:
            self._things[record] = thing
            for words in _spellings(thing):
                self._first[words[0]].setdefault(words, {})[record] = None
                self._lengths.pop(words[0], None)

    def exact(self, name: str) -> RecordId | None:
        """The one thing of this name."""
        words = _parts(name)
        holders = self._first.get(words[0], {}).get(words, {}) if words else {}
        return next(iter(holders)) if len(holders) == 1 else None

    def kind(self, record: RecordId) -> str:
        return self._things[record].kind if record in self._things else ""

    def all(self, raw: str) -> _Met:
        """Every name of a text in order, in a link or plain."""
        links = [(m.start(), m.end(), self.exact(m.group(1).strip())) for m in WIKILINK.finditer(raw)]
        return tuple(sorted([*links, *self.met(raw, [(a, b) for a, b, _ in links])], key=lambda one: one[:2]))

    def meant_by(self, raw: str, topic: RecordId | None, before: _Met) -> RecordId | Literal[""] | None:
        """Whom the pronoun at the start of a sentence means where the sentence before names another one that it may
        mean; empty where that can't be told, None where there is nothing to tell."""
        pronoun = PRONOUN.match(raw)
        if pronoun is None or not before or topic is None:
            return None
        word = pronoun.group().lower()
        fitting = {one for one in (topic, *(one for *_, one in before)) if one and self._fits(one, word)}
        if fitting <= {topic}:
            return None
        return fitting.pop() if len(fitting) == 1 else ""

    def _fits(self, one: RecordId, pronoun: str) -> bool:
        thing = self._things.get(one)
        if thing is None:
            return False
        own = str(thing.fields.get("pronouns", "")).lower()
        if thing.kind in PEOPLE and own:
            return _LIKE[pronoun] in LETTERS.findall(own)
        return thing.kind in PEOPLE or pronoun in ("it", "its", "they", "their")

    def met(self, text: str, skip: list[tuple[int, int]]) -> Iterator[tuple[int, int, RecordId]]:
        """(start, end, thing) of every plain name, the longest at each place; a name begins with a capital."""
        past = 0
        places = [m.span() for m in WORD.finditer(text)]
        for at, (start, end) in enumerate(places):
            if at < past or not text[start].isupper():
                continue
            first = _word(text[start:end])
            if first not in self._first or any(a <= start < b for a, b in skip):
                continue
            if not start and NUMBER_NAME.match(text):
                continue
            if found := self._longest(first, text, places[at : at + _LONGEST]):
                length, record = found
                end = places[at + length - 1][1]
                yield start, end - 2 * text[start:end].endswith(("'s", "’s")), record
                past = at + length

    def _longest(self, first: str, text: str, places: list[tuple[int, int]]) -> tuple[int, RecordId] | None:
        """(how many words, whom they name) of the longest name that begins here and that only one thing has."""
        known, lengths = self._first[first], self._lengths.get(first)
        if lengths is None:
            lengths = self._lengths[first] = tuple(sorted({len(spelled) for spelled in known}, reverse=True))
        words = tuple(_word(text[slice(*place)]) for place in places[: lengths[0]]) if lengths else ()
        for length in lengths:
            if len(holders := known.get(words[:length], ())) == 1 and length <= len(words):
                return length, next(iter(holders))
        return None


@lru_cache(maxsize=65_536)
def _word(word: str) -> str:
    return fold(word).removesuffix("'s")


def _parts(name: str) -> tuple[str, ...]:
    words = tuple(map(_word, WORD.findall(name)))
    return words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words


def _spellings(thing: Thing) -> set[tuple[str, ...]]:
    """The ways to name a thing: its names, and of a person with two names the given one where it is long enough."""
    found = {words for name in thing.names if (words := _parts(name)) and len("".join(words)) > 2}
    if thing.kind in PEOPLE:
        found |= {words for name in short_forms(thing.name) if (words := _parts(name))}
    return found


# ---- sentences -------------------------------------------------------------------------------------------------------


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text are, headings and empty lines left out."""
    at = 0
    for match in END.finditer(text):
        end = text[max(at, match.start() - 6) : match.end()]
        if SHORTENED.search(end) or (NUMBERED.search(end) and text[match.end() :].lstrip()[:1].isdigit()):
            continue
        yield from _trimmed(text, at, match.end())
        at = match.end()
    yield from _trimmed(text, at, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" \n\t-*>#"))
    if len(piece.strip()) > 5:
        yield start + left, start + len(piece.rstrip())


def _told(names: _Names, world: World, record: RecordId) -> Iterator[Saying]:
    """The sentences of an entity or a note; none of anything else."""
    if thing := world.things.get(record):
        yield from _of_thing(names, thing)
    elif note := world.notes.get(record):
        yield from _of_note(names, note)


def _of_thing(names: _Names, thing: Thing) -> Iterator[Saying]:
    if thing.status == "deprecated":
        return
    for path, text in (("summary", thing.summary), ("body", thing.body)):
        if text:
            yield from _read(names, thing, path, text, own=thing, when=None)
    for path, value in thing.fields.items():
        if path in ("appearance", "history", "secret") and isinstance(value, str):
            yield from _read(names, thing, f"fields.{path}", value, own=thing, when=None)


def _of_note(names: _Names, note: Note) -> Iterator[Saying]:
    if note.status == "deprecated" or note.mode not in TOLD or HEARSAY.search(note.title):
        return
    titled = {one for *_, one in names.all(note.title) if one}
    topic = titled.pop() if len(titled) == 1 else None
    told = _read(names, note, "body", note.body, own=None, when=note.date, topic=topic)
    yield from (one._replace(past=True) for one in told) if note.flashback or note.memorial else told


def _read(
    names: _Names, record: Thing | Note, path: str, text: str, *, own: Thing | None, when: When | None,
    topic: RecordId | None = None,
) -> Iterator[Saying]:  # fmt: skip
    secret = split_secrets(text)[1]
    quoted = [m.span() for m in QUOTED.finditer(text)]
    topic = own.id if own else topic
    before: _Met = ()
    for start, end in sentences(text):
        raw = text[start:end]
        met = names.all(raw)
        meant = names.meant_by(raw, topic, before)
        about = _about(names, raw, topic, own, met) if meant is None else meant or topic
        topic = about if own is None else own.id
        before = met or (before if meant is not None else ())
        starts = {word[:4] for word in LETTERS.findall(raw.lower())}
        states = may_state(starts) or (start == 0 and own is not None and own.kind in THINGS)
        tails = _tails(raw, met)
        if (about is None and not tails and not (states and met)) or any(a < end and start < b for a, b in quoted):
            continue
        if ("?" in raw or starts & UNSURE_STARTS) and UNSURE.search(raw):
            sure = _sure_part(raw)
            if not sure:
                continue
            raw, end = sure, start + len(sure)
        past = bool(starts & PAST_STARTS and PAST.search(SIMILE.sub("", raw)))
        said = Saying(
            record=record.id, rev=record.rev, path=path, span=(start, end), raw=raw, text=plain(raw), about=about,
            others=_others(met, about), own=own is not None and about == own.id, past=past,
            visibility=GM if path == "fields.secret" or raw in secret else record.visibility, when=when,
            met=met, vague=meant == "", states=states,
        )  # fmt: skip
        if about is not None or states:
            yield said
        yield from (_tail(said, at, one, own) for at, one in tails if one != about and at < len(raw))


def _tails(raw: str, met: _Met) -> list[tuple[int, RecordId]]:
    """Where a clause about another begins: “…, and then Ash shouted”, “… Ash, who came up to our shoulders”."""
    return [
        (start, one)
        for n, (start, end, one) in enumerate(met)
        if one is not None and (n or start)
        and (TAIL_WHO.match(raw, end) or (TAIL_AFTER.match(raw, end) and TAIL_BEFORE.search(raw, 0, start)))
    ]  # fmt: skip


def _tail(said: Saying, at: int, about: RecordId, own: Thing | None) -> Saying:
    """The end of a sentence, as a sentence of its own about another."""
    met = tuple((start - at, end - at, one) for start, end, one in said.met if start >= at)
    raw = said.raw[at:]
    return said._replace(
        raw=raw, text=plain(raw), span=(said.span[0] + at, said.span[1]), about=about, others=_others(met, about),
        own=own is not None and about == own.id, met=met, vague=False, states=False,
    )  # fmt: skip


def _sure_part(raw: str) -> str:
    """The beginning of an unsure sentence that is told as it is: an aside, or all before a clause with a modal verb."""
    aside = ASIDE.match(raw)
    if aside is not None and not UNSURE.search(aside.group()):
        return aside.group()
    first = next(UNSURE.finditer(raw))
    if "?" in raw or not all(MODAL.fullmatch(match.group()) for match in UNSURE.finditer(raw)):
        return ""
    cuts = [match.start() for match in CLAUSE.finditer(raw, 12, first.start())]
    return raw[: cuts[-1]] if cuts else ""


def plain(text: str) -> str:
    """A text without the brackets of its links and the stars of its emphasis."""
    if "[" not in text and "*" not in text and "_" not in text and "`" not in text:
        return text
    return re.sub(r"[*_`]{1,3}", "", WIKILINK.sub(lambda m: m.group(2) or m.group(1), text))


def _others(met: _Met, about: RecordId | None) -> tuple[RecordId, ...]:
    """Who else is named."""
    return tuple(dict.fromkeys(one for _, _, one in met if one and one != about))


def _about(names: _Names, raw: str, topic: RecordId | None, own: Thing | None, met: _Met) -> RecordId | None:
    first = met[0] if met else None
    if first is not None and LEADS.fullmatch(raw[: first[0]]):
        person = first[2] is not None and names.kind(first[2]) in PEOPLE
        if raw[first[1] : first[1] + 2] not in ("'s", "’s") or (person and own is None):
            return None if own is None and _THEIR_PEOPLE.match(raw, first[1]) else first[2]
    for start, end, one in met:
        if raw[end : end + 1] == "," and APPOSED.fullmatch(raw[:start]):
            return one
    if own is not None:
        return own.id
    named = first[2] if first is not None else None
    meant = PRONOUN.match(raw) or FRAGMENT.match(raw) or (NARRATED.match(raw) and named in (None, topic))
    return topic if meant else None
