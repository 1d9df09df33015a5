"""One note of a vault: its bytes, its front matter, its text; what is kept of it, and back to the very same bytes."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from studio.domain.text import fold, heading_words
from studio.services.exchange import front_matter
from studio.services.exchange.front_matter import Front, FrontRefused
from studio.services.exchange.material import unmarked
from studio.services.exchange.obsidian import words
from studio.services.exchange.obsidian.body import Swap, restored
from studio.services.exchange.obsidian.vault import stem_of
from studio.services.exchange.reading import clean, decode

if TYPE_CHECKING:
    from studio.services.exchange.obsidian.body import Told

Json = dict[str, Any]
MAX_NOTE = 4 << 20
_BOM = b"\xef\xbb\xbf"
_HEAD = re.compile(r"\A\s*# +(?P<line>\S[^\n]*)\n*")
_UNLINKABLE = re.compile(r"[\[\]|#^]|%%")
_LEAD = re.compile(r"^[^\w\"'(]+")
"""A small picture before a heading's words."""
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][A-Za-z0-9']+)*|\w+(?:[-_][\w']+)+")


@dataclass
class Note:
    """A note as it was read. `front` is its source between the fences, `text` what stands below."""

    path: str
    data: bytes
    front: str | None
    text: str
    keys: Front = field(default_factory=Front)
    why_text: str = ""
    name: str = ""
    heading: str = ""

    @property
    def plain(self) -> Json:
        """The front matter by plain keys."""
        return {words.plain_key(key): value for key, value in self.keys.values.items()}

    def aliases(self) -> list[str]:
        """Its other names; the file's name is one where it holds words that the note's own name hasn't."""
        given = [name for key in words.ALIAS_KEYS for name in words.words_of(self.plain.get(key))]
        stem = stem_of(self.path)
        own = [] if set(_slug_words(stem)) <= set(_slug_words(self.name)) else [stem]
        return [name for name in dict.fromkeys([*given, *own]) if fold(name) != fold(self.name)]


def parse(path: str, data: bytes) -> Note:
    """Read a note. Raises ImportRefused where it isn't text."""
    text = unmarked(clean(decode(data, path).replace("\r\n", "\n").replace("\r", "\n")))
    source, below = front_matter.split(text)
    note = Note(path, data, source, below)
    if source is not None:
        try:
            note.keys = front_matter.read(source)
        except FrontRefused as error:
            note.front, note.text, note.why_text = None, text, str(error)
    note.name = _name(note)
    head = _HEAD.match(note.text)
    if head and fold(heading_words(head["line"])) in {fold(note.name), fold(stem_of(path))}:
        note.heading, note.text = head.group(), note.text[head.end() :]
    return note


def _name(note: Note) -> str:
    """A note's name: a title of its own, the heading where the file's name is a slug of it, else the file's name."""
    stem = stem_of(note.path).strip() or "Untitled"
    told, title = note.plain.get("name"), note.plain.get("title")
    given = [told] if isinstance(told, str) else []
    if isinstance(title, str) and set(_slug_words(stem)) <= set(_slug_words(title)):
        given.append(title)
    head = _HEAD.match(note.text)
    words = heading_words(head["line"]) if head is not None else ""
    if not given and words and set(_slug_words(stem)) <= set(_slug_words(words)) and _SLUG.fullmatch(stem):
        given = [_LEAD.sub("", words)]
    return next((one.strip() for one in given if one.strip() and not _UNLINKABLE.search(one)), stem)


def _slug_words(text: str) -> list[str]:
    return [fold(word) for word in re.findall(r"[^\W_]+", text.replace("'", "").replace("\u2019", ""))]


def keys_of(raw: Json) -> Json:
    """The front matter of a note as it came in, by its own keys."""
    try:
        return front_matter.read(str(raw.get("front", ""))).values
    except FrontRefused:
        return {}


def kept(note: Note, told: Told) -> Json:
    """What goes with the record so that the note comes out again, byte for byte: little where all of it is known."""
    found: Json = {"path": note.path, "sum": checksum(told.text)}
    if note.front is not None:
        found["front"] = note.front
    swaps = [Swap(0, 0, note.heading), *told.swaps] if note.heading else told.swaps
    if swaps:
        found["swaps"] = [list(swap) for swap in swaps]
    if b"\r\n" in note.data:
        found["eol"] = "\r\n"
    if note.data.startswith(_BOM):
        found["bom"] = True
    if note.front is not None and (fences := _fences(note)) != "---\n---\n":
        found["fences"] = fences
    if original(found, told.text) != note.data:
        found["bytes"] = packed(note.data)
    return found


def _fences(note: Note) -> str:
    """The two lines around the front matter as they are written."""
    lines = clean(decode(note.data, note.path).replace("\r\n", "\n")).split("\n")
    last = 1 + (note.front or "").count("\n")
    tail = "\n" if last + 1 < len(lines) else ""
    return f"{lines[0]}\n{lines[last] if last < len(lines) else '---'}{tail}"


def original(raw: Json, text: str) -> bytes | None:
    """The bytes of the note whose text is kept as this; None where what was kept doesn't fit it."""
    if "bytes" in raw:
        return unpacked(str(raw["bytes"]))
    if raw.get("sum") != checksum(text):
        return None
    return encoded(raw, raw.get("front"), restored(text, swaps_of(raw)))


def encoded(raw: Json, front: str | None, text: str) -> bytes:
    """A front matter and a text as bytes, in the note's own way of ending lines."""
    if isinstance(front, str):
        first, _, last = str(raw.get("fences", "---\n---\n")).partition("\n")
        text = f"{first}\n{front}{last}{text}"
    data = text.replace("\n", "\r\n").encode() if raw.get("eol") == "\r\n" else text.encode()
    return _BOM + data if raw.get("bom") else data


def swaps_of(raw: Json) -> list[Swap]:
    """The swaps that were kept; none where somebody has tampered with them."""
    listed = raw.get("swaps")
    found = [Swap(*one) for one in (listed if isinstance(listed, list) else ()) if _is_swap(one)]
    ends = [(swap.start, swap.start + swap.length) for swap in found]
    sound = all(a[0] <= a[1] <= b[0] for a, b in pairwise([(0, 0), *ends, (1 << 40, 0)]))
    return found if sound else []


def _is_swap(one: Any) -> bool:
    return isinstance(one, list) and [type(part) for part in one] == [int, int, str]


def checksum(text: str) -> int:
    """By which a text that is still as it was imported is known."""
    return zlib.crc32(text.encode())


def packed(data: bytes) -> str:
    """Bytes, small, as text."""
    return base64.b85encode(zlib.compress(data, 9)).decode()


def unpacked(text: str) -> bytes | None:
    """Bytes that were packed."""
    try:
        return zlib.decompressobj().decompress(base64.b85decode(text), MAX_NOTE)
    except (ValueError, zlib.error, binascii.Error):
        return None
