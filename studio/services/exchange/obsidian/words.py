"""What the keys, tags and folders of a vault mean: the kind of a note, and which key is which field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain.vocabulary import RELATIONS, kind_spec
from studio.services.exchange.material import KIND_WORDS, NOTE, mapped

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]
KIND_KEYS = ("type", "kind", "category", "class", "fileclass", "note_type", "notetype", "entity_type")
NAME_KEYS = ("name", "title")
TAG_KEYS, ALIAS_KEYS = ("tags", "tag"), ("aliases", "alias")
SUMMARY_KEYS = ("summary", "description", "tagline")
DATE_KEYS = ("fc_date", "in_world_date", "ingame_date", "campaign_date")
SEEN_KEYS = ("visibility", "publish", "dg_publish")
PLAYERS = frozenset({"party", "players", "player", "public", "open", "true"})
SETTINGS = frozenset({
    "cssclass", "cssclasses", "created", "modified", "updated", "last_updated", "date_created", "date_modified",
    "position", "banner", "banner_x", "banner_y", "obsidianuimode", "publish_path", "permalink", "kanban_plugin", "uid",
    "sticker", "icon", "color", "fc_calendar", "fc_category", "fc_end", "fc_display_name", "statblock", "image",
    "images", "template", "filename",
})  # fmt: skip
"""Keys that are about the note and not about what it tells of. They are kept with the note."""
_FIELD_WORDS: dict[str, dict[str, str]] = {
    "npc": {
        "race": "species", "ancestry": "species", "gender": "pronouns", "job": "occupation", "profession": "occupation",
        "born": "birth", "died": "death", "location": "current_location", "organization": "affiliation",
        "organisation": "affiliation", "faction": "affiliation", "factions": "affiliation", "group": "affiliation",
        "groups": "affiliation", "affiliations": "affiliation", "residence": "home", "condition": "life_status",
    },
    "location": {"region": "parent", "leader": "ruler", "in": "parent", "located_in": "parent"},
    "faction": {"headquarter": "headquarters", "hq": "headquarters", "base": "headquarters", "leaders": "leader"},
    "event": {"fc_date": "start", "date": "start", "fc_end": "end", "where": "location", "who": "participants"},
    "item": {"type_of": "item_type", "made_by": "creator"},
    "quest": {"quest_giver": "giver", "rewards": "reward"},
    "session": {
        "session_number": "number", "date": "played_on", "played": "played_on", "players": "present",
        "participants": "present", "fc_date": "start", "fc_end": "end",
    },
}  # fmt: skip
_VAGUE_TAGS = frozenset({
    "world", "history", "table", "family", "party", "scene", "order", "house", "hook", "plot", "job", "room", "area",
    "arc", "object", "figure", "people", "hero", "state", "map", "letter", "government", "plane", "era", "group",
    "culture",
})  # fmt: skip
_NOT_ONE = frozenset({
    "index", "readme", "template", "templates", "journal", "journals", "overview", "moc", "dashboard", "notes",
    "planning", "prep", "resources", "list", "tracker",
})  # fmt: skip
"""Words in the name of a note or folder, or in a tag, where it is about many things or about none."""
_VAGUE_FOLDERS = frozenset({"world", "history", "table", "state", "object", "hero"})
_WORD = re.compile(r"[^\W\d_]+")


def plain_key(key: str) -> str:
    """A key as fields are named: `Current Location` and `current-location` are one."""
    return re.sub(r"[\s-]+", "_", key.strip().casefold())


def words_of(value: Any) -> list[str]:
    """The words of a value: a list's items, or those between commas."""
    if isinstance(value, str):
        value = re.split(r",", value)
    items = value if isinstance(value, list) else [] if value is None or isinstance(value, dict) else [value]
    return [
        word for one in items if not isinstance(one, list | dict) and one is not None and (word := str(one).strip())
    ]


def kind_of(keys: Json, tags: Iterable[str], path: str) -> tuple[str, str]:
    """(kind, what told so): by a key, else a tag, else the nearest folder with a name that says it."""
    for key in KIND_KEYS:
        for word in words_of(keys.get(key)):
            if kind := mapped(KIND_WORDS, word.strip("[]#")):
                return kind, word
    *folders, name = path.split("/")
    if _is_about_many(name.rpartition(".")[0], *folders[-1:], *tags):
        return NOTE, "notes"
    for tag in tags:
        first = tag.partition("/")[0]
        if first.casefold() not in _VAGUE_TAGS and (kind := mapped(KIND_WORDS, first)):
            return kind, f"#{first}"
    return _by_folder(folders)


def _is_about_many(*names: str) -> bool:
    return any(word.casefold() in _NOT_ONE for name in names for word in _WORD.findall(name))


def _by_folder(folders: list[str]) -> tuple[str, str]:
    for folder in reversed(folders):
        if _is_about_many(folder):
            break
        word = " ".join(_WORD.findall(folder)).casefold()
        single = f"{word[:-3]}y" if word.endswith("ies") else word
        kind = mapped(KIND_WORDS, word) or mapped(KIND_WORDS, single)
        if kind and word not in _VAGUE_FOLDERS:
            return kind, f"{folder}/"
    return NOTE, "notes"


def field_of(kind: str, key: str) -> str:
    """The field of a kind that a key means, or nothing."""
    plain = plain_key(key)
    spec = kind_spec(kind)
    if spec.field(plain) is not None:
        return plain
    known = _FIELD_WORDS.get(kind, {}).get(plain, "")
    return known if known and spec.field(known) is not None else ""


def tie_of(key: str) -> str:
    """The type of relation that a key names, or nothing."""
    plain = plain_key(key)
    return plain if plain in RELATIONS else ""


def slot_of(kind: str, key: str) -> tuple[str, str]:
    """What of a record a key says: (which part, which field), or nothing where it is about the note itself."""
    plain = plain_key(key)
    for part, keys in (
        ("name", NAME_KEYS), ("tags", TAG_KEYS), ("aliases", ALIAS_KEYS), ("summary", SUMMARY_KEYS),
        ("kind", KIND_KEYS), ("visibility", SEEN_KEYS),
    ):  # fmt: skip
        if plain in keys and not (
            part in ("summary", "name", "kind") and kind != NOTE and kind_spec(kind).field(plain)
        ):
            return part, ""
    if kind == NOTE:
        return ("date", "") if plain in DATE_KEYS else ("", "")
    if field := field_of(kind, plain):
        return "field", field
    if plain in SETTINGS or plain in DATE_KEYS:
        return "", ""
    return ("tie", tie) if (tie := tie_of(plain)) else ("custom", key)
