"""Homebrew in the shape of 5etools: arrays by what is in them, such as `monster` and `item`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.services.exchange.loose import dicts, items
from studio.services.exchange.material import Material, Thing
from studio.services.exchange.rules5e.shared import KINDS, challenge, filled, line, named, with_licence
from studio.services.exchange.rules5e.tags import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
_ARRAYS = (
    "monster", "item", "baseitem", "magicvariant", "spell", "race", "subrace", "background", "feat", "deity", "class",
    "subclass", "optionalfeature", "condition", "disease", "object", "trap", "hazard", "table", "vehicle", "language",
    "reward", "boon", "action", "variantrule", "cult", "recipe", "psionic",
)  # fmt: skip
_SIZES = {"T": "Tiny", "S": "Small", "M": "Medium", "L": "Large", "H": "Huge", "G": "Gargantuan", "V": "Varies"}
_ALIGNMENTS = {
    "L": "lawful", "N": "neutral", "C": "chaotic", "G": "good", "E": "evil", "U": "unaligned", "A": "any alignment",
    "NX": "neutral", "NY": "neutral",
}  # fmt: skip
_SCORES = ("str", "dex", "con", "int", "wis", "cha")
_PARTS = {
    "traits": "trait", "actions": "action", "bonus_actions": "bonus", "reactions": "reaction",
    "legendary_actions": "legendary", "mythic_actions": "mythic",
}  # fmt: skip
_KEPT = frozenset({"$schema", "_meta", "siteVersion"})


def is_tools(data: Any) -> bool:
    """An object with at least one of its arrays, of things that name their source."""
    if not isinstance(data, dict):
        return False
    return any(isinstance(one.get("name"), str) and "source" in one for _, one in _each(data))


def _each(data: Json) -> Iterator[tuple[str, Json]]:
    for name in _ARRAYS:
        for one in dicts(data.get(name)):
            yield name, one


def add(found: Material, data: list[Json]) -> None:
    """All things of all files together."""
    all_ = [(name, one) for file in data for name, one in _each(file)]
    known = {(name, line(one.get("name")).casefold()): _key(name, one) for name, one in all_}
    sources = {
        line(source.get("json")): with_licence(line(source.get("full")), source.get("license"))
        for file in data if isinstance(file.get("_meta"), dict)
        for source in dicts(file["_meta"].get("sources"))
    }  # fmt: skip
    by_key = {_key(name, one): one for name, one in all_}
    reader = _Reader(found, Words(known), sources, by_key)
    for name, one in all_:
        reader.add(name, one)
    for file in data:
        for name in file.keys() - set(_ARRAYS) - _KEPT:
            if dicts(file[name]):
                found.skip(name, "it has no place here")


def _key(name: str, one: Json) -> str:
    return f"{name}/{line(one.get('source')).casefold()}/{line(one.get('name')).casefold()}"


class _Reader:
    """One reading: `by_key` is where a copy finds what it is a copy of."""

    def __init__(self, found: Material, words: Words, sources: dict[str, str], by_key: dict[str, Json]) -> None:
        self.found, self.words, self.sources, self.by_key = found, words, sources, by_key

    def add(self, array: str, given: Json) -> None:
        """One thing of an array."""
        name = line(given.get("name"))
        if not name:
            self.found.skip(array, "it has no name")
            return
        one = self._whole(array, given, name)
        kind = KINDS.get(array, "")
        thing = Thing(_key(array, given), name, kind, told=array)
        source = line(one.get("source"))
        thing.custom = {"source": self.sources.get(source, source)}
        if page := line(one.get("page")):
            thing.custom["page"] = page
        parts = [self.words.entries(one.get("entries")), self.words.entries(one.get("entriesHigherLevel"))]
        if isinstance(one.get("fluff"), dict):
            parts.insert(0, self.words.entries(one["fluff"].get("entries")))
        thing.body, thing.raw = "\n\n".join(part for part in parts if part), given
        self._fields(thing, one)
        self.found.things.append(thing)

    def _whole(self, array: str, one: Json, name: str) -> Json:
        """A copy with what it is a copy of; what it changes in there is only told."""
        whole, met = dict(one), {_key(array, one)}
        while isinstance(copy := whole.get("_copy"), dict):
            key, of = _key(array, copy), line(copy.get("name"))
            base = self.by_key.get(key)
            if base is None or key in met:
                why = "which is a copy of it" if base is not None else "which isn't in these files"
                self.found.note(name, f"it is a copy of “{of}”, {why}")
                break
            if copy.get("_mod"):
                self.found.note(name, f"what it changes in “{of}” is kept, but not worked in")
            met.add(key)
            del whole["_copy"]
            whole = base | whole
        return whole

    def _fields(self, thing: Thing, one: Json) -> None:
        if thing.kind == "creature":
            self._creature(thing, one)
        elif thing.kind == "item":
            thing.fields = {
                "item_type": line(one.get("type")).partition("|")[0], "rarity": line(one.get("rarity")),
                "attunement": "required" if one.get("reqAttune") is True else line(one.get("reqAttune")),
                "value": line(one.get("value")), "weight": line(one.get("weight")),
            }  # fmt: skip
        elif thing.kind == "species":
            thing.fields = {"size": _size(one), "traits": [line(p) for p in dicts(one.get("entries")) if p.get("name")]}
        elif thing.kind == "deity":
            thing.fields = {
                "title": line(one.get("title")), "domains": [line(d) for d in items(one.get("domains"))],
                "symbol": line(one.get("symbol")), "alignment": _alignment(one.get("alignment")),
            }  # fmt: skip
            thing.custom["pantheon"] = line(one.get("pantheon"))

    def _creature(self, thing: Thing, one: Json) -> None:
        rating = one.get("cr")
        rating = challenge(rating.get("cr") if isinstance(rating, dict) else rating)
        type_ = one.get("type")
        kind = line(type_.get("type") if isinstance(type_, dict) else type_)
        tags = line(type_.get("tags")) if isinstance(type_, dict) else ""
        thing.subtype = kind
        thing.fields = {
            "creature_type": kind, "size": _size(one), "alignment": _alignment(one.get("alignment")),
            "challenge": rating,
        }  # fmt: skip
        points = one.get("hp")
        points = points if isinstance(points, dict) else {"average": points}
        block: Json = {
            "name": thing.name, "size": _size(one), "type": kind, "subtype": tags,
            "alignment": _alignment(one.get("alignment")), "ac": ", ".join(map(self._armour, items(one.get("ac")))),
            "hp": line(points.get("average") or points.get("special")), "hit_dice": line(points.get("formula")),
            "speed": line(one.get("speed")), "stats": [one.get(name) for name in _SCORES if one.get(name)],
            "saves": line(one.get("save")), "skillsaves": line(one.get("skill")),
            "senses": line([*items(one.get("senses")), f"passive {one['passive']}"] if one.get("passive") else ""),
            "damage_vulnerabilities": self._damage(one.get("vulnerable")),
            "damage_resistances": self._damage(one.get("resist")), "damage_immunities": self._damage(one.get("immune")),
            "condition_immunities": self._damage(one.get("conditionImmune")), "languages": line(one.get("languages")),
            "cr": rating,
        }  # fmt: skip
        for part, key in _PARTS.items():
            block[part] = named(
                (self.words.text(line(p.get("name"))), self.words.entries(p.get("entries"), 1))
                for p in dicts(one.get(key))
            )
        thing.statblock = filled(block)

    def _armour(self, value: Any) -> str:
        if not isinstance(value, dict):
            return line(value)
        where = self.words.text(line(value.get("from")))
        return f"{line(value.get('ac') or value.get('special'))}{f' ({where})' if where else ''}"

    def _damage(self, value: Any) -> str:
        told = [
            line(one) if not isinstance(one, dict)
            else line(one.get("special")) or f"{line(next(iter(one.values()), ''))} {line(one.get('note'))}".strip()
            for one in items(value)
        ]  # fmt: skip
        return self.words.text(", ".join(filter(None, told)))


def _size(one: Json) -> str:
    sizes = one.get("size")
    return " or ".join(_SIZES.get(line(s), line(s)) for s in (sizes if isinstance(sizes, list) else [sizes]) if s)


def _alignment(value: Any) -> str:
    if not isinstance(value, list):
        return line(value)
    return " ".join(_ALIGNMENTS.get(one, one) if isinstance(one, str) else line(one) for one in value)
