"""How values look in a world file and how they look here, both ways, so that nothing is lost in between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studio.domain.record import Provenance, Status
from studio.domain.text import WIKILINK, fold
from studio.domain.world import Alias, Link, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studio.domain.ids import RecordId
    from studio.domain.record import Record
    from studio.domain.vocabulary import FieldSpec

    Resolve = Callable[[str], RecordId | None]
    Json = dict[str, Any]

NS = "ttrpg-world"
VERSION = 1
ENTITY_KEYS = ("key", "kind", "name", "aliases", "status", "visibility", "summary", "body", "tags", "fields")
CERTAINTIES = ("fact", "rumour", "legend", "lie", "prophecy")
_LINKS_ONLY = re.compile(r"\s*+(?:\[\[[^\]\n]++\]\]\s*+(?:(?:,|;|and|&)\s*+)?)+")
_YES = frozenset({"yes", "true"})


def scalar(value: Any) -> bool:
    """Whether this is a text, number or truth value."""
    return isinstance(value, str | int | float | bool)


def stored_value(spec: FieldSpec, value: Any, resolve: Resolve) -> Any:
    """A field's value as an entity keeps it, or None where only `custom` can hold it."""
    if spec.type == "link" and isinstance(value, str):
        return _link(value, resolve)
    if spec.type == "links":
        return _links(value, resolve)
    if spec.type == "list" and scalar(value):
        return [str(value)]
    if spec.type == "date" and scalar(value):
        return {"text": str(value)}
    if spec.type == "bool" and isinstance(value, str):
        return fold(value) in _YES
    if isinstance(value, list):
        return [str(v) for v in value] if value and all(scalar(v) for v in value) else None
    return value if scalar(value) or (isinstance(value, dict) and not _link_shaped(value)) else None


def _link_shaped(value: Json) -> bool:
    return "text" in value and value.keys() <= {"text", "ref"}


def _link(words: str, resolve: Resolve) -> Link:
    match = WIKILINK.fullmatch(words.strip())
    text = match.group(1).strip() if match else words
    return Link(text=text, ref=resolve(text))


def _links(value: Any, resolve: Resolve) -> list[Link] | None:
    if isinstance(value, str):
        if _LINKS_ONLY.fullmatch(value):
            return [_link(m.group(0), resolve) for m in WIKILINK.finditer(value)]
        return [_link(value, resolve)]
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        return [_link(v, resolve) for v in value]
    return None


def written_value(value: Any, names: Mapping[str, tuple[str, ...]]) -> Any:
    """A stored value as a world file says it. `names` are those of the entities that links may point to."""
    if isinstance(value, Link):
        known = names.get(value.ref or "", ())
        return value.text if not known or fold(value.text) in {fold(n) for n in known} else known[0]
    if isinstance(value, list):
        return [written_value(v, names) for v in value]
    if isinstance(value, dict) and value.keys() == {"text"}:
        return value["text"]
    return value


def date(value: Any) -> Json | None:
    """A date of a relation, claim or entry; a text stays a text."""
    if isinstance(value, dict):
        return value
    return {"text": str(value)} if scalar(value) and value != "" else None


def aliases_of(value: Any) -> tuple[Alias, ...]:
    """Aliases from names, or from objects with a name, a kind, a visibility and dates."""
    found: dict[str, Alias] = {}
    for one in value if isinstance(value, list) else []:
        given = {"name": one} if isinstance(one, str) else one if isinstance(one, dict) else {}
        name, kind, who = (given.get(k, d) for k, d in (("name", ""), ("kind", "alias"), ("visibility", "")))
        if isinstance(name, str) and name and isinstance(who, str):
            kind = kind if kind in ("alias", "title", "nick", "secret") else "alias"
            since, until = date(given.get("valid_from")), date(given.get("valid_to"))
            found.setdefault(name, Alias(name=name, kind=kind, visibility=who, valid_from=since, valid_to=until))
    return tuple(found.values())


def written_alias(alias: Alias) -> Any:
    """A plain name where that says all."""
    said = alias.model_dump(exclude_defaults=True)
    said |= {key: written_date(said[key]) for key in ("valid_from", "valid_to") if key in said}
    return said if said.keys() - {"name"} else alias.name


def statement_of(value: Any, resolve: Resolve) -> Statement | None:
    """What is stated about a field, or None where this isn't all of it in our own terms."""
    if not isinstance(value, dict) or not value or value.keys() - Statement.model_fields.keys():
        return None
    known_by = value.get("known_by", [])
    names = [value.get("speaker"), *(known_by if isinstance(known_by, list) else [None])]
    who = [resolve(name) if isinstance(name, str) else None for name in names]
    if None in who[1:] or ("speaker" in value and who[0] is None):
        return None
    if value.get("certainty", "fact") not in CERTAINTIES or (
        "visibility" in value and not visibility_of(value["visibility"])
    ):
        return None
    return Statement(
        certainty=value.get("certainty", "fact"), speaker=who[0], known_by=tuple(one for one in who[1:] if one),
        valid_from=date(value.get("valid_from")), valid_to=date(value.get("valid_to")),
        visibility=value.get("visibility", ""),
    )  # fmt: skip


def written_statement(statement: Statement, keys: Mapping[str, str]) -> Json:
    """A statement as a world file says it; `keys` are those of the entities."""
    item: Json = {
        "certainty": None if statement.certainty == "fact" else statement.certainty,
        "speaker": keys.get(statement.speaker or ""),
        "known_by": [keys[one] for one in statement.known_by if one in keys] or None,
        "valid_from": written_date(statement.valid_from), "valid_to": written_date(statement.valid_to),
        "visibility": statement.visibility or None,
    }  # fmt: skip
    return {k: v for k, v in item.items() if v is not None}


def written_date(value: Json | None) -> Any:
    """A date as a world file says it: one in words as a text."""
    return value["text"] if value and value.keys() == {"text"} else value


def visibility_of(value: Any) -> str | None:
    """The visibility, or None where it isn't one."""
    plain = isinstance(value, str) and (value in ("gm", "party", "public") or value.startswith("player:"))
    return value if plain else None


def status_of(value: Any) -> Status | None:
    """The status, or None where it isn't one."""
    return Status(value) if isinstance(value, str) and value in set(Status) else None


def texts(value: Any) -> tuple[str, ...]:
    """A list's texts, each once."""
    return tuple(dict.fromkeys(str(v) for v in value if scalar(v))) if isinstance(value, list) else ()


def text(value: Any) -> str:
    """A text, whatever was given."""
    return value if isinstance(value, str) else str(value) if scalar(value) else ""


def kept(record: Record) -> Json:
    """What the record keeps of its world file: `world, extra, absent, written, merged`."""
    found = record.ext.get(NS)
    return found if isinstance(found, dict) else {}


def keeping(
    ext: Json,
    *,
    world: str,
    extra: Json,
    absent: Iterable[str] = (),
    written: Mapping[str, Any] | None = None,
    merged: bool = False,
) -> Json:
    """`ext` with what a world file says beyond our fields: unknown keys, keys left out, values as they were written.

    `merged` marks a record that was here before the file: a file only fills what is empty in it.
    """
    parts: Json = {
        "world": world, "extra": extra, "absent": sorted(absent), "written": dict(written or {}), "merged": merged,
    }  # fmt: skip
    return ext | {NS: {k: v for k, v in parts.items() if v}}


def imported_from(key: str) -> dict[str, tuple[Provenance, ...]]:
    """Provenance of a whole record that a file brought."""
    return {"*": (Provenance(source="import", ref_id=key, extractor=f"{NS}@{VERSION}"),)}
