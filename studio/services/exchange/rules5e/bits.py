"""Data of 5e-bits: lists of objects with `index`, `name` and an `url` that says what they are."""

from __future__ import annotations

from typing import Any

from studio.services.exchange.loose import dicts
from studio.services.exchange.material import Material, Thing
from studio.services.exchange.rules5e.shared import (
    KINDS,
    SCORES,
    challenge,
    filled,
    line,
    named,
    number,
    prose,
)

Json = dict[str, Any]
_ABOUT = ("index", "name", "url", "image", "desc")
_WITH_PARTS = {
    "traits": "special_abilities", "actions": "actions", "reactions": "reactions",
    "legendary_actions": "legendary_actions",
}  # fmt: skip
_DETAILS = {
    "race": ("age", "alignment", "size_description", "language_desc"), "background": (),
    "spell": ("higher_level",), "feat": (), "subrace": (),
}  # fmt: skip
_SRD = {
    "2014": "System Reference Document 5.1 (CC-BY-4.0)", "2024": "System Reference Document 5.2 (CC-BY-4.0)",
}  # fmt: skip
"""Year in the url → what the data is made of, with its licence."""
_SPELL = ("casting_time", "range", "components", "duration", "concentration", "ritual")


def is_bits(data: Any) -> bool:
    """A list of its objects."""
    first = data[0] if isinstance(data, list) and data else None
    return isinstance(first, dict) and "index" in first and str(first.get("url", "")).startswith("/api/")


def add(found: Material, data: list[Any], source: str) -> None:
    """All objects of one file."""
    for one in data:
        if not isinstance(one, dict) or not isinstance(one.get("name"), str):
            found.skip(source, "it holds something without a name")
            continue
        found.things.append(_thing(one))


def word_of(url: Any) -> str:
    """`/api/2014/magic-items/x` → `magic item`."""
    parts = str(url).strip("/").split("/")
    return parts[-2].replace("-", " ").removesuffix("s") if len(parts) > 2 else ""


def _thing(one: Json) -> Thing:
    told = word_of(one.get("url"))
    thing = Thing(str(one.get("url") or one.get("index")), line(one["name"]), KINDS.get(told, ""), told=told)
    thing.body, thing.raw = prose(one.get("desc")), one
    thing.custom = {"source": next((srd for year, srd in _SRD.items() if f"/{year}/" in str(one.get("url"))), "")}
    if thing.kind == "creature":
        _creature(thing, one)
    elif thing.kind == "item":
        thing.fields = {
            "item_type": line(one.get("equipment_category")), "rarity": line(one.get("rarity")),
            "value": _money(one.get("cost")), "weight": line(one.get("weight")),
            "properties": [line(p) for p in dicts(one.get("properties"))],
        }  # fmt: skip
    elif thing.kind == "species":
        thing.fields = {"size": line(one.get("size")), "traits": [line(p) for p in dicts(one.get("traits"))]}
    elif told == "spell":
        head = f"*Level {line(one.get('level')) or 'cantrip'} {line(one.get('school')).lower()}*"
        rows = [f"**{key.replace('_', ' ').capitalize()}:** {text}" for key in _SPELL if (text := line(one.get(key)))]
        thing.body = "\n\n".join(part for part in (head, "  \n".join(rows), thing.body) if part)
    _tell_more(thing, one, told)
    return thing


def _tell_more(thing: Thing, one: Json, told: str) -> None:
    """Longer texts under their own headings; what a background is chosen for as well."""
    parts = [thing.body]
    for key in _DETAILS.get(told, ()):
        if text := prose(one.get(key)):
            parts.append(f"**{key.replace('_', ' ').capitalize()}.** {text}")
    feature = one.get("feature")
    if isinstance(feature, dict):
        parts.append(f"## {line(feature.get('name'))}\n\n{prose(feature.get('desc'))}")
    for key in ("personality_traits", "ideals", "bonds", "flaws"):
        chosen = one.get(key)
        options = chosen.get("from", {}).get("options") if isinstance(chosen, dict) and _holds(chosen) else None
        texts = [text for option in dicts(options) if (text := line(option.get("string") or option.get("desc")))]
        if texts:
            parts.append(f"## {key.replace('_', ' ').capitalize()}\n\n" + "\n".join(f"- {text}" for text in texts))
    thing.body = "\n\n".join(part for part in parts if part)


def _holds(chosen: Json) -> bool:
    return isinstance(chosen.get("from"), dict)


def _money(cost: Any) -> str:
    return f"{cost.get('quantity')} {cost.get('unit')}" if isinstance(cost, dict) else ""


def _creature(thing: Thing, one: Json) -> None:
    rating = challenge(one.get("challenge_rating"))
    thing.subtype = line(one.get("type"))
    thing.fields = {
        "creature_type": line(one.get("type")), "size": line(one.get("size")),
        "alignment": line(one.get("alignment")), "challenge": rating,
    }  # fmt: skip
    armour = dicts(one.get("armor_class"))
    proficient = [(line(p.get("proficiency")), number(p.get("value")) or 0) for p in dicts(one.get("proficiencies"))]
    saves = [f"{name.partition(': ')[2]} {value:+d}" for name, value in proficient if name.startswith("Saving")]
    skills = [f"{name.partition(': ')[2]} {value:+d}" for name, value in proficient if name.startswith("Skill")]
    block: Json = {
        "name": thing.name, "size": line(one.get("size")), "type": line(one.get("type")),
        "subtype": line(one.get("subtype")), "alignment": line(one.get("alignment")),
        "ac": line(armour[0].get("value")) if armour else line(one.get("armor_class")),
        "hp": line(one.get("hit_points")), "hit_dice": line(one.get("hit_points_roll") or one.get("hit_dice")),
        "speed": line(one.get("speed")), "stats": [one.get(name) for name in SCORES if number(one.get(name))],
        "saves": ", ".join(saves), "skillsaves": ", ".join(skills), "senses": line(one.get("senses")),
        "damage_vulnerabilities": line(one.get("damage_vulnerabilities")),
        "damage_resistances": line(one.get("damage_resistances")),
        "damage_immunities": line(one.get("damage_immunities")),
        "condition_immunities": line(one.get("condition_immunities")),
        "languages": line(one.get("languages")), "cr": rating,
    }  # fmt: skip
    for part, key in _WITH_PARTS.items():
        block[part] = named((line(p.get("name")), prose(p.get("desc"))) for p in dicts(one.get(key)))
    thing.statblock = filled(block)
