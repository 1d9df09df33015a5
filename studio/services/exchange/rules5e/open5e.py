"""Fixtures of Open5e: lists of `{model, pk, fields}`; actions and traits lie in files of their own, by their parent."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from studio.services.exchange.material import Material, Thing
from studio.services.exchange.rules5e.shared import KINDS, SCORES, challenge, filled, line, named, prose, with_licence

Json = dict[str, Any]
_PREFIX = "api_v2."
_BESIDE = frozenset({
    "license", "document", "publisher", "gamesystem", "ruleset", "creatureset", "itemset", "spellschool", "size",
    "damagetype", "environment", "alignment", "ability", "skill", "creaturetype", "itemcategory", "itemrarity",
})  # fmt: skip
"""Models that say something about others and are nothing to import by themselves."""
_ACTIONS = {
    "ACTION": "actions", "BONUS_ACTION": "bonus_actions", "REACTION": "reactions",
    "LEGENDARY_ACTION": "legendary_actions", "LAIR_ACTION": "lair_actions", "MYTHIC_ACTION": "mythic_actions",
}  # fmt: skip
_SPEEDS = ("walk", "fly", "swim", "climb", "burrow")
_SENSES = ("darkvision_range", "blindsight_range", "tremorsense_range", "truesight_range", "passive_perception")


def is_open5e(data: Any) -> bool:
    """A list of its fixtures."""
    first = data[0] if isinstance(data, list) and data else None
    return (
        isinstance(first, dict)
        and str(first.get("model", "")).startswith(_PREFIX)
        and isinstance(first.get("fields"), dict)
    )


def add(found: Material, data: list[Any]) -> None:
    """All objects of all files together."""
    rows = [(str(one["model"]).removeprefix(_PREFIX), str(one.get("pk")), one["fields"]) for one in data if _fits(one)]
    children: defaultdict[str, list[tuple[str, Json]]] = defaultdict(list)
    for model, _, fields in rows:
        if isinstance(fields.get("parent"), str):
            children[fields["parent"]].append((model, fields))
    licences = {key: line(fields.get("name")) for model, key, fields in rows if model == "license"}
    sources = {key: _source(fields, licences) for model, key, fields in rows if model == "document"}
    known = {key for model, key, fields in rows if "parent" not in fields and model not in _BESIDE}
    for model, key, fields in rows:
        if model in _BESIDE or (isinstance(fields.get("parent"), str) and fields["parent"] in known):
            continue
        name = line(fields.get("name"))
        if isinstance(fields.get("parent"), str):
            found.skip(name or key, f"it belongs to “{fields['parent']}”, which isn't in these files")
        elif name:
            found.things.append(_thing(model, key, name, fields, children[key], sources))
        else:
            found.skip(key, "it has no name")


def _fits(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("fields"), dict) and isinstance(one.get("model"), str)


def _source(fields: Json, licences: dict[str, str]) -> str:
    keys = fields.get("licenses")
    named_ = [licences.get(line(key), line(key)) for key in keys] if isinstance(keys, list) else keys
    return with_licence(line(fields.get("name")), named_)


def _thing(
    model: str, key: str, name: str, fields: Json, children: list[tuple[str, Json]], sources: dict[str, str]
) -> Thing:
    thing = Thing(key, name, KINDS.get(model, ""), told=model)
    document = line(fields.get("document"))
    thing.custom = {"source": sources.get(document, document)}
    thing.raw = {"fields": fields, "parts": [one for _, one in children]}
    parts = [prose(fields.get("desc")), prose(fields.get("higher_level"))]
    if thing.kind == "creature":
        _creature(thing, fields, children)
    else:
        parts += [f"**{line(one.get('name'))}.** {prose(one.get('desc'))}" for _, one in children]
    if thing.kind == "item":
        thing.fields = {
            "item_type": line(fields.get("category")), "rarity": line(fields.get("rarity")),
            "value": line(fields.get("cost")), "weight": line(fields.get("weight")),
            "attunement": "required" if fields.get("requires_attunement") else "",
        }  # fmt: skip
    thing.body = "\n\n".join(part for part in parts if part)
    return thing


def _creature(thing: Thing, fields: Json, children: list[tuple[str, Json]]) -> None:
    rating, kind, size = challenge(fields.get("challenge_rating")), line(fields.get("type")), line(fields.get("size"))
    thing.subtype = kind
    thing.fields = {
        "creature_type": kind, "size": size, "alignment": line(fields.get("alignment")), "challenge": rating,
    }  # fmt: skip
    immune = fields.get("condition_immunities_display") or fields.get("condition_immunities")
    block: Json = {
        "name": thing.name, "size": size, "type": kind, "subtype": line(fields.get("subcategory")),
        "alignment": line(fields.get("alignment")),
        "ac": " ".join(filter(None, (line(fields.get("armor_class")), _detail(fields.get("armor_detail"))))),
        "hp": line(fields.get("hit_points")), "hit_dice": line(fields.get("hit_dice")),
        "speed": ", ".join(f"{way} {feet} ft." for way in _SPEEDS if (feet := line(fields.get(way)))),
        "stats": [fields.get(f"ability_score_{name}") for name in SCORES],
        "saves": _bonuses(fields, "saving_throw_"), "skillsaves": _bonuses(fields, "skill_bonus_"),
        "senses": ", ".join(
            f"{name.removesuffix('_range').replace('_', ' ')} {value}"
            for name in _SENSES if (value := line(fields.get(name)))
        ),
        "damage_vulnerabilities": line(fields.get("damage_vulnerabilities_display")),
        "damage_resistances": line(fields.get("damage_resistances_display")),
        "damage_immunities": line(fields.get("damage_immunities_display")), "condition_immunities": line(immune),
        "languages": line(fields.get("languages_desc") or fields.get("languages")), "cr": rating,
    }  # fmt: skip
    ordered = sorted(children, key=lambda pair: str(pair[1].get("order_in_statblock") or "").zfill(4))
    for model, one in ordered:
        part = "traits" if model == "creaturetrait" else _ACTIONS.get(str(one.get("action_type")), "actions")
        block.setdefault(part, []).extend(named([(line(one.get("name")), prose(one.get("desc")))]))
    thing.statblock = filled(block)


def _detail(value: Any) -> str:
    return f"({text})" if (text := line(value)) else ""


def _bonuses(fields: Json, prefix: str) -> str:
    found = ((key.removeprefix(prefix).replace("_", " "), value) for key, value in fields.items() if prefix in key)
    return ", ".join(f"{name} {value:+d}" for name, value in found if isinstance(value, int))
