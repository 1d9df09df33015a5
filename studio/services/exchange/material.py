"""What an outside file holds, in one shape for all formats: things, notes, ties, images, prompts, calendars.

A format fills a `Material`; `material_staging` compares it with the project. Keys are the other program's own ids, so
that the same thing is found again when it is imported once more.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from studio.domain import imagefile
from studio.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.domain.recipe import Block, Slot
    from studio.domain.world import DateValue

Json = dict[str, Any]
LEFT_OUT = "-"
"""The kind, or the field, of what is not to be imported."""
OWN_FIELD = ""
"""The field of what stays a field of its own, under the source's word."""
NOTE = ""
"""The kind of what becomes an entry beside the entities."""
_LINK, _PICTURE, _MID, _END = "\ue000", "\ue003", "\ue001", "\ue002"
_MARKS = re.compile(f"([{_LINK}{_PICTURE}])([^{_MID}{_END}]*){_MID}([^{_END}]*){_END}")
_ANY_MARK = re.compile(f"[{_LINK}{_PICTURE}{_MID}{_END}]")


def link(key: str, label: str = "") -> str:
    """A link in a body to the thing of this key: `[[Name|label]]` once staged, its label where nothing has the key."""
    return f"{_LINK}{key}{_MID}{label.replace(']', ')').replace('|', '/')}{_END}"


def picture(key: str, caption: str = "") -> str:
    """An image of this key in a body."""
    return f"{_PICTURE}{key}{_MID}{caption}{_END}"


def hidden(text: str) -> str:
    """A part of a body that only the game master sees."""
    lines = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    return f"> [!secret]\n{lines}"


def unmarked(text: str) -> str:
    """A text from outside, in which nobody can have hidden marks of ours."""
    return text if text.isascii() else _ANY_MARK.sub("", text)


def filled(text: str, links: Callable[[str, str], str], pictures: Callable[[str, str], str]) -> str:
    """A body with its marks put into words: each function gets (key, label)."""
    return _MARKS.sub(lambda m: (links if m.group(1) == _LINK else pictures)(m.group(2), m.group(3)), text)


@dataclass
class Thing:
    """One entity, or one entry where `kind` is NOTE. `told` is the source's own word for its kind.

    `fields` hold plain values; a value `Ref(key)` or a list of them points to other things. `raw` is everything of the
    original that has no place here: it is kept, and goes out again with an export to the same format.
    """

    key: str
    name: str
    kind: str = NOTE
    told: str = ""
    body: str = ""
    summary: str = ""
    subtype: str = ""
    parent: str = ""
    aliases: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    fields: Json = field(default_factory=dict)
    custom: Json = field(default_factory=dict)
    images: list[str] = field(default_factory=list)
    statblock: Json | None = None
    visibility: str = "gm"
    mode: str = "note"
    date: DateValue | None = None
    raw: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Ref:
    """A field's value that points to the thing of this key; `text` is what was written there."""

    key: str
    text: str = ""


@dataclass
class Tie:
    """A relation between the things of two keys."""

    source: str
    type: str
    target: str
    attitude: int | None = None
    role: str = ""
    visibility: str = "gm"
    since: DateValue | None = None
    until: DateValue | None = None
    raw: Json = field(default_factory=dict)


@dataclass
class Image:
    """An image that the material brings; its bytes wait in the spool under `hash`."""

    key: str
    name: str
    hash: str
    media_type: str
    width: int
    height: int
    credit: str = ""


@dataclass
class Spot:
    """A pin on the map of the key `map`; `x` and `y` are fractions of the image's width and height."""

    key: str
    map: str
    x: float
    y: float
    name: str = ""
    target: str = ""
    layer: str = ""
    note: str = ""
    visibility: str = "gm"


@dataclass
class PromptText:
    """One prompt recipe with the one version that the file holds."""

    key: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    params: Json = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    folder: str = ""
    medium: str = ""
    raw: Json = field(default_factory=dict)


@dataclass
class Dating:
    """A calendar; `definition` is as `domain/calendar_parts.py` reads it. Dates name it by the `key` in there."""

    key: str
    name: str
    definition: Json
    raw: Json = field(default_factory=dict)


class Spool:
    """A folder in which the bytes of images wait until they are imported. One of its own goes with this object.

    `home` is where a process that reads for another puts them: that one owns the folder.
    """

    home: ClassVar[Path | None] = None

    def __init__(self, folder: str = "") -> None:
        if not folder and self.home is None:
            own = tempfile.TemporaryDirectory(prefix="ttrpg-import-")
            weakref.finalize(self, own.cleanup)
            folder = own.name
        self.folder = Path(folder) if folder else self.home or Path()

    def __reduce__(self) -> tuple[type[Spool], tuple[str]]:
        return Spool, (str(self.folder),)

    def keep(self, data: bytes) -> str:
        """Put bytes by; gives their hash."""
        digest = hashlib.sha256(data).hexdigest()
        place = self.folder / digest
        if not place.exists():
            place.write_bytes(data)
        return digest

    def read(self, digest: str) -> bytes:
        """Bytes that were put by."""
        return (self.folder / digest).read_bytes()


@dataclass
class WordMap:
    """What a person says that a source's words mean here: word → kind, and for each kind word → field."""

    kinds: dict[str, str] = field(default_factory=dict)
    fields: dict[str, dict[str, str]] = field(default_factory=dict)

    def over(self, other: WordMap) -> WordMap:
        """Both; where they differ, this one."""
        kinds = other.fields.keys() | self.fields.keys()
        both = {kind: other.fields.get(kind, {}) | self.fields.get(kind, {}) for kind in sorted(kinds)}
        return WordMap(other.kinds | self.kinds, both)

    def field_of(self, kind: str, word: str, guess: str) -> str:
        """The field that a word of things of this kind comes in as."""
        return self.fields.get(kind, {}).get(word, guess)

    def __bool__(self) -> bool:
        return bool(self.kinds or self.fields)


@dataclass
class Material:
    """Everything that one file or folder holds, before it meets a project.

    `source` names the format (the key of `foreign_ids` and `ext`); `origin` tells two sources of one format apart where
    keys are only unique within one (a vault's paths). `kept` is what of the whole has no place here,
    under the name `kept_as` where that isn't the origin.
    """

    source: str
    title: str
    origin: str = ""
    things: list[Thing] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    images: dict[str, Image] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    prompts: list[PromptText] = field(default_factory=list)
    calendars: list[Dating] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    kept: Json = field(default_factory=dict)
    kept_as: str = ""
    words: WordMap = field(default_factory=WordMap)
    spool: Spool = field(default_factory=Spool)

    def skip(self, what: str, why: str) -> None:
        """Leave something out, and say why."""
        self.skipped.append((what, why))

    def note(self, what: str, why: str) -> None:
        """Say something about what is brought."""
        self.notes.append((what, why))

    def add_image(self, key: str, name: str, data: bytes, *, credit: str = "") -> bool:
        """Bring an image; one that can't be shown here is left out with the reason, and False comes back."""
        try:
            facts = imagefile.sniff(data)
        except Invalid as error:
            self.skip(name, str(error))
            return False
        self.images[key] = Image(key, name, self.spool.keep(data), *facts, credit=credit)
        return True

    def kind_of(self, thing: Thing) -> str:
        """The kind that a thing comes in as: what is said of the source's word, else the format's guess."""
        return self.words.kinds.get(thing.told, thing.kind)

    def kinds_told(self) -> dict[str, tuple[str, int]]:
        """The source's word → (the kind it comes in as, how many): what a preview lets a person change."""
        found: dict[str, tuple[str, int]] = {}
        for thing in self.things:
            kind, count = found.get(thing.told, (self.kind_of(thing), 0))
            found[thing.told] = (kind, count + 1)
        return found

    def identity(self, key: str) -> str:
        """What `foreign_ids` says of the thing of this key."""
        return f"{self.origin}/{key}" if self.origin else key


def mapped(words: Mapping[str, str], told: str, default: str = NOTE) -> str:
    """The kind for a source's word, whatever its case and number."""
    word = " ".join(told.casefold().replace("_", " ").replace("-", " ").split())
    return words.get(word) or words.get(word.removesuffix("s")) or default


KIND_WORDS: dict[str, str] = {
    word: kind
    for kind, words in {
        "npc": "npc|character|person|people|pc|player character|player|hero|villain|companion|figure|family member",
        "faction": "faction|organisation|organization|group|guild|family|house|clan|order|religion|culture|nation"
        "|country|state|government|military|company|party|tribe|cult",
        "location": "location|place|region|city|town|village|settlement|building|landmark|dungeon|continent|province"
        "|geography|point of interest|area|burg|plane|world|room",
        "event": "event|history|battle|war|historical event|incident",
        "timeline_arc": "timeline|arc|era|campaign arc|story arc",
        "item": "item|object|artifact|artefact|weapon|armor|armour|equipment|magic item|treasure|vehicle|loot|relic",
        "quest": "quest|mission|plot|hook|adventure|adventure hook|job",
        "session": "session|session note|session notes|session log|session report|session journal",
        "species": "species|race|ancestry|heritage|lineage|ethnicity",
        "creature": "creature|monster|beast|adversary|beastiary|bestiary|animal",
        "deity": "deity|god|goddess|pantheon member|divinity",
        "language": "language|tongue",
        "map": "map|battlemap|battle map|scene",
        "handout": "handout|letter|document handout",
        "random_table": "random table|roll table|rolltable|table",
    }.items()
    for word in words.split("|")
}
"""The words by which programs and people name kinds → the kind."""
