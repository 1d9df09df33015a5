"""What the keys, tags and folders of a vault mean: the kind of a note, and which key is which field."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from studio.domain.vocabulary import KINDS, RELATIONS, kind_spec
from studio.services.exchange.material import KIND_WORDS, NOTE, mapped

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

Json = dict[str, Any]
KIND_KEYS = ("type", "kind", "category", "class", "fileclass", "note_type", "notetype", "entity_type")
NAME_KEYS = ("name", "title")
PLAIN_PARTS = ("parent", "subtype")
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
_NOTE_WORDS = frozenset({"note", "entry"})
_VAGUE_FOLDERS = frozenset({"world", "history", "table", "state", "object", "hero"})
_TIE = "relation_"
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
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


def tags_of(value: Any, part: str = "tags") -> list[str]:
    """Tags in a front matter: a list, or words between commas or spaces. Other names may hold spaces."""
    if isinstance(value, str) and part == "tags":
        value = value.replace(",", " ").split()
    return [word.lstrip("#") if part == "tags" else word for word in words_of(value)]


def kind_of(keys: Json, tags: Iterable[str], path: str, own: Container[str] = ()) -> tuple[str, str]:
    """(kind, what told so): by a key, else a tag, else the nearest folder with a name that says it.

    `own` are kinds of a project's own that may be named.
    """
    told = [word.strip("[]#") for key in KIND_KEYS for word in words_of(keys.get(key))]
    for word in told:
        if kind := word if word in own or word in KINDS else mapped(KIND_WORDS, word):
            return kind, word
    if told and told[0].casefold() in _NOTE_WORDS:
        return NOTE, "notes"
    *folders, name = path.split("/")
    tags = list(tags)
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
    plain = plain_key(key).removeprefix(_TIE)
    return plain if plain in RELATIONS else ""


def key_of_tie(kind: str, type_: str) -> str:
    """The key that says a relation, where the type alone would say something else of this kind."""
    return type_ if slot_of(kind, type_) == ("tie", type_) else f"{_TIE}{type_}"


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
    if plain in PLAIN_PARTS:
        return plain, ""
    if plain in SETTINGS or plain in DATE_KEYS:
        return "", ""
    return ("tie", tie) if (tie := tie_of(plain)) else ("custom", key)


_KEYS = {
    "name": "name", "kind": "type", "tags": "tags", "aliases": "aliases", "summary": "summary", "date": "fc-date",
    "visibility": "visibility", "parent": "parent", "subtype": "subtype",
}  # fmt: skip


def key_for(slot: tuple[str, str]) -> str:
    """The key that says this part of a record."""
    part, name = slot
    return name or _KEYS[part]
