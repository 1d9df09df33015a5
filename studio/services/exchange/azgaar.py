"""Azgaar's Fantasy Map Generator: its JSON exports and its `.map` files become a world with a pinned map.

A `.map` is sections between CRLFs whose places drift between versions, so each section is known by what it holds.
Index 0 of states, burgs, provinces and religions is a dummy, and what was deleted stays as `removed`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

from studio.services.exchange import html
from studio.services.exchange.material import Material, Ref, Spot, Thing, Tie, unmarked
from studio.services.exchange.reading import MAX_JSON, check_shape, decode, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.services.exchange.probe import Probe

Json = dict[str, Any]
SOURCE = "azgaar"
_PARTS = ("states", "burgs", "cultures", "religions", "provinces")
_MARKS: dict[str, frozenset[str]] = {
    "cultures": frozenset({"base", "origins", "shield"}), "states": frozenset({"expansionism", "diplomacy", "capital"}),
    "burgs": frozenset({"cell", "population", "state"}), "religions": frozenset({"deity", "origins", "form"}),
    "provinces": frozenset({"formName", "fullName", "state"}), "markers": frozenset({"icon", "type", "x"}),
    "notes": frozenset({"id", "legend"}),
}  # fmt: skip
"""Section → keys by which its records are known."""
_DIPLOMACY = {"Ally": ("ally_of", True), "Rival": ("rival_of", True), "Enemy": ("at_war_with", True),
              "Vassal": ("vassal_of", False)}  # fmt: skip
"""What stands in a state's row → (relation, whether one row of two is enough)."""
_VERSION = re.compile(rb"^(\d+\.\d+[\w.]*)\|")
_PAPER = (0xE8, 0xDD, 0xC4)


def claims(probe: Probe) -> bool:
    """A `.map` by its first line (also packed), or JSON with a `pack` of states and burgs."""
    if probe.suffix == ".map":
        return bool(_VERSION.match(probe.head) or probe.head.startswith((b"\x1f\x8b", b"H4sI")) or _base64(probe.head))
    data = probe.json
    pack = data.get("pack") if isinstance(data, dict) else None
    return isinstance(pack, dict) and isinstance(pack.get("burgs"), list) and isinstance(pack.get("states"), list)


def read(probe: Probe) -> Material:
    """States, towns, provinces, cultures, religions, markers with their notes, wars, and the map that pins them."""
    data = _from_map(probe) if probe.suffix == ".map" else probe.json
    return _Reader(data, probe.stem).read()


def _base64(head: bytes) -> bool:
    try:
        return bool(_VERSION.match(base64.b64decode(head[:64])))
    except (binascii.Error, ValueError):
        return False


def _from_map(probe: Probe) -> Json:
    text = decode(_unpacked(probe.bytes, probe.name), probe.name)
    if not _VERSION.match(text[:40].encode()):
        refuse(f"“{probe.name}” isn't a map of Azgaar's generator.")
    sections = text.split("\r\n") if "\r\n" in text else text.split("\n")
    head = sections[0].split("|")
    options = (sections[1] if len(sections) > 1 else "").split("|")
    found: Json = {
        "info": {"seed": head[3] if len(head) > 3 else "", "width": _whole(head, 4), "height": _whole(head, 5),
                 "mapId": head[6] if len(head) > 6 else ""},
        "settings": {"populationRate": _whole(options, 12), "mapName": options[20] if len(options) > 20 else ""},
        "pack": {}, "notes": [],
    }  # fmt: skip
    for name, records in _known(sections, probe.name):
        place = found if name == "notes" else found["pack"]
        place.setdefault(name, records) if name != "notes" else place.update(notes=place["notes"] or records)
    if not any(name in found["pack"] for name in _PARTS):
        refuse(f"“{probe.name}” holds no states or towns that can be read. Line ends may have been changed on its way.")
    return found


def _unpacked(data: bytes, name: str) -> bytes:
    if not _VERSION.match(data[:40]) and not data.startswith(b"\x1f\x8b"):
        try:
            data = base64.b64decode(data)
        except (binascii.Error, ValueError):
            refuse(f"“{name}” isn't a map of Azgaar's generator.")
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(data, MAX_JSON)
    except zlib.error:
        refuse(f"“{name}” is damaged. Get the file again and retry.")
    if unpacker.unconsumed_tail:
        refuse(f"“{name}” unpacks to far more than a map.")
    return text


def _known(sections: list[str], name: str) -> Iterator[tuple[str, list[Any]]]:
    """(what it is, its records) of each section that is a list of records known here."""
    for section in sections:
        if not section.startswith("["):
            continue
        try:
            records = json.loads(section)
        except (ValueError, RecursionError):
            continue
        check_shape(records, name)
        keys = [set(one) for one in records[:6] if isinstance(one, dict)]
        for part, marks in _MARKS.items():
            if any(marks <= one for one in keys):
                yield part, records
                break


def _whole(parts: list[str], at: int) -> int:
    return int(parts[at]) if at < len(parts) and parts[at].isdecimal() and len(parts[at]) < 9 else 0


class _Reader:
    """One map on its way to material."""

    def __init__(self, data: Json, stem: str) -> None:
        info, settings = _object(data.get("info")), _object(data.get("settings"))
        self.data, self.pack = data, _object(data.get("pack"))
        self.name = unmarked(str(settings.get("mapName") or info.get("mapName") or stem))
        self.rate = _number(settings.get("populationRate")) or 1000
        self.width, self.height = _number(info.get("width")) or 1280, _number(info.get("height")) or 720
        self.era = unmarked(str(_object(settings.get("options")).get("eraShort") or ""))
        self.found = Material(source=SOURCE, title=f"the map “{self.name}”")
        self.found.origin = str(info.get("mapId") or info.get("seed") or stem)
        self.legends = {str(n["id"]): n for n in _list(data.get("notes")) if isinstance(n, dict) and n.get("id")}
        self.states = dict(self._records("states"))

    def read(self) -> Material:
        self._map()
        for number, state in self.states.items():
            self._state(number, state)
        for number, province in self._records("provinces"):
            self._province(number, province)
        for number, burg in self._records("burgs"):
            self._burg(number, burg)
        for number, culture in self._records("cultures"):
            self._people(f"culture{number}", culture, "culture")
        for number, religion in self._records("religions"):
            self._religion(number, religion)
        for marker in _list(self.pack.get("markers")):
            self._marker(marker)
        self._wars()
        self._diplomacy()
        self.found.kept = {"info": _small(_object(self.data.get("info")))}
        used = {thing.key for thing in self.found.things}
        for key, note in self.legends.items():
            if key not in used and not self._noted(key, note):
                self.found.skip(unmarked(str(note.get("name") or key)), "the note holds no text")
        return self.found

    def _records(self, part: str) -> Iterator[tuple[int, Json]]:
        """(index, record) of what is real: not the dummy at 0, not what was removed."""
        for one in _list(self.pack.get(part)):
            number = one.get("i") if isinstance(one, dict) else None
            if not isinstance(number, int) or number <= 0:
                continue
            if one.get("removed") or not isinstance(one.get("name"), str):
                self.found.skip(f"{part} {number}", "it was removed on the map" if one.get("removed") else "no name")
            else:
                yield number, one

    def _add(self, key: str, record: Json, kind: str, told: str, name: str = "") -> Thing:
        thing = Thing(key, unmarked(name or record["name"]), kind, told=told, raw=_small(record))
        note = self.legends.get(key)
        if note is not None:
            thing.body = html.to_markdown(str(note.get("legend") or ""))
        self.found.things.append(thing)
        return thing

    def _spot(self, key: str, record: Json, layer: str) -> None:
        x, y = record.get("x"), record.get("y")
        if isinstance(x, int | float) and isinstance(y, int | float):
            self.found.spots.append(Spot(f"pin-{key}", "map", x / self.width, y / self.height, target=key, layer=layer))

    # ---- what is on a map --------------------------------------------------------------------------------------------

    def _map(self) -> None:
        thing = Thing("map", self.name, "map", told="map")
        thing.fields["layers"] = ["Towns", "Markers"]
        if self.found.add_image("paper", f"{self.name} (blank)", _paper(self.width, self.height)):
            thing.images = ["paper"]
            self.found.note(self.name, "the drawing isn't in the file as an image; hang your export of it on the map")
        self.found.things.append(thing)

    def _state(self, number: int, state: Json) -> None:
        name = state.get("fullName") if isinstance(state.get("fullName"), str) else ""
        thing = self._add(f"state{number}", state, "faction", "state", name or "")
        thing.aliases = [unmarked(state["name"])] if name and name != state["name"] else []
        thing.subtype = "State"
        thing.fields |= {"faction_type": state.get("form"), "headquarters": self._ref("burg", state.get("capital"))}
        self._population(thing, state)

    def _province(self, number: int, province: Json) -> None:
        name = province.get("fullName") if isinstance(province.get("fullName"), str) else ""
        thing = self._add(f"province{number}", province, "location", "province", name or "")
        thing.fields |= {"location_type": province.get("formName") or "Province"}
        thing.fields["ruler"] = self._ref("state", province.get("state"))

    def _burg(self, number: int, burg: Json) -> None:
        thing = self._add(f"burg{number}", burg, "location", "burg")
        group = burg.get("group") if isinstance(burg.get("group"), str) else "town"
        thing.fields |= {"location_type": "capital" if burg.get("capital") else group}
        thing.fields["ruler"] = self._ref("state", burg.get("state"))
        thing.custom["culture"] = self._ref("culture", burg.get("culture"))
        people = burg.get("population")
        if isinstance(people, int | float):
            thing.fields["population"] = f"{round(people * self.rate):,}"
        thing.tags = [word for word in ("port", "citadel", "walls", "temple", "plaza", "shanty") if burg.get(word)]
        self._spot(thing.key, burg, "Towns")

    def _people(self, key: str, record: Json, told: str) -> Thing:
        thing = self._add(key, record, "faction", told)
        thing.subtype = told.capitalize()
        thing.custom["kind"] = record.get("type")
        return thing

    def _religion(self, number: int, religion: Json) -> None:
        thing = self._people(f"religion{number}", religion, "religion")
        thing.custom |= {"form": religion.get("form"), "culture": self._ref("culture", religion.get("culture"))}
        deity = religion.get("deity")
        if isinstance(deity, str) and deity.strip():
            name, _, title = deity.partition(",")
            god = Thing(f"deity{number}", unmarked(name), "deity", told="deity")
            god.fields["title"] = unmarked(title.strip())
            self.found.things.append(god)
            self.found.ties.append(Tie(thing.key, "worships", god.key))

    def _marker(self, marker: Any) -> None:
        number = marker.get("i") if isinstance(marker, dict) else None
        if not isinstance(number, int):
            return
        note = self.legends.get(f"marker{number}")
        kind = str(marker.get("type") or "marker").replace("-", " ")
        if note is None:
            self.found.skip(f"marker {number}", f"a {kind} without a note")
            return
        thing = self._add(f"marker{number}", marker, "location", "marker", str(note.get("name") or kind.capitalize()))
        thing.fields["location_type"] = kind
        self._spot(thing.key, marker, "Markers")

    def _noted(self, key: str, note: Json) -> bool:
        """A note on something that has no entry here (a regiment, a label): it stays a note."""
        text = html.to_markdown(str(note.get("legend") or ""))
        if text:
            name = unmarked(str(note.get("name") or key))
            told = "regiment" if key.startswith("regiment") else "note"
            self.found.things.append(Thing(f"note-{key}", name, told=told, body=text))
        return bool(text)

    # ---- between states ----------------------------------------------------------------------------------------------

    def _wars(self) -> None:
        """Campaigns stand with both sides; each becomes one event with those who fought."""
        for number, state in self.states.items():
            for one in _list(state.get("campaigns")):
                if not isinstance(one, dict) or not isinstance(one.get("name"), str):
                    continue
                key = f"war-{one['name']}-{one.get('start')}-{one.get('end')}"
                war = next((thing for thing in self.found.things if thing.key == key), None)
                if war is None:
                    war = Thing(key, unmarked(one["name"]), "event", told="campaign", raw=one)
                    war.fields |= {
                        "event_type": "war",
                        "start": self._year(one.get("start")),
                        "end": self._year(one.get("end")),
                    }
                    war.fields["participants"] = []
                    self.found.things.append(war)
                sides = (one.get("attacker"), one.get("defender"), number)
                refs = [self._ref("state", side) for side in sides]
                there = [*war.fields["participants"], *(ref for ref in refs if ref is not None)]
                war.fields["participants"] = list(dict.fromkeys(there))

    def _year(self, value: Any) -> Json | None:
        return (
            {"text": f"{value} {self.era}".strip()} if isinstance(value, int) and not isinstance(value, bool) else None
        )

    def _diplomacy(self) -> None:
        for number, state in self.states.items():
            for other, word in enumerate(_list(state.get("diplomacy"))):
                kind, both = _DIPLOMACY.get(word, ("", False)) if isinstance(word, str) else ("", False)
                if kind and other in self.states and not (both and other < number):
                    self.found.ties.append(Tie(f"state{number}", kind, f"state{other}"))

    def _ref(self, part: str, number: Any) -> Ref | None:
        if not isinstance(number, int) or isinstance(number, bool) or number <= 0:
            return None
        if part == "state" and number not in self.states:
            return None
        return Ref(f"{part}{number}")

    def _population(self, thing: Thing, record: Json) -> None:
        people = [record.get(part) for part in ("urban", "rural")]
        counted = [n for n in people if isinstance(n, int | float)]
        if counted:
            thing.custom["population"] = f"{round(sum(counted) * self.rate):,}"


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 < value < 100_000 else 0


def _small(record: Json) -> Json:
    """A record without the long lists that only the generator reads."""
    return {key: value for key, value in record.items() if not isinstance(value, list | dict) or key == "coa"}


def _paper(width: int, height: int) -> bytes:
    """A blank sheet in the map's proportions, as PNG."""
    side = max(width, height)
    wide, high = max(1, width * 1024 // side), max(1, height * 1024 // side)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(_PAPER) * wide) * high, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
