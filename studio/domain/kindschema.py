"""Kinds of entity as JSON Schema: which of its keywords make which field, both ways, and what is wrong with a schema.

A property is a field: `string` is text (with `format: long` several lines, with `enum` a choice), `number` and
`integer`, `boolean`, an `array` of strings a list. `x-date` makes it a date, `x-link` and `x-links` (a list of kinds,
empty for any) links, `x-gm` hides it from players. `title`, `description`, `default`, `minimum`, `maximum` and the
object's `required` are what they are. `x-order` lists the fields in their order. Whatever else a schema says is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from studio.domain.text import line, readable
from studio.domain.vocabulary import FieldSpec, KindSpec, plain_kind, plural_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.domain.worldkit import EntityKind

Json = dict[str, Any]
LONG = "long"
_OURS = frozenset({
    "type", "enum", "items", "title", "description", "default", "minimum", "maximum", "x-date", "x-link", "x-links",
    "x-gm",
})  # fmt: skip
_TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")
MOST_FIELDS = 200
_LONGEST_NAME = 60


# ---- reading ---------------------------------------------------------------------------------------------------------


def fields_of(definition: Json) -> tuple[FieldSpec, ...]:
    """The fields that a schema describes, in their order."""
    properties = _properties(definition)
    needed = definition.get("required")
    required = set(needed) if _is_texts(needed) else set()
    return tuple(_field(name, properties[name], required=name in required) for name in _order(definition, properties))


def _properties(definition: Json) -> dict[str, Json]:
    found = definition.get("properties")
    return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}


def _order(definition: Json, properties: Json) -> list[str]:
    stated = definition.get("x-order")
    first = [name for name in dict.fromkeys(stated) if name in properties] if _is_texts(stated) else []
    return first + [name for name in properties if name not in first]


def _field(name: str, schema: Json, *, required: bool) -> FieldSpec:
    number = {key: value for key in ("minimum", "maximum") if _is_number(value := schema.get(key))}
    return FieldSpec.model_validate(
        {"name": name, "required": required, "gm": schema.get("x-gm") is True, "default": schema.get("default"),
         "title": _text(schema.get("title")), "help": _text(schema.get("description")),
         "least": number.get("minimum"), "most": number.get("maximum"), **_shape(schema)}
    )  # fmt: skip


def _shape(schema: Json) -> Json:
    """Type, and what belongs to it: kinds of a link, choices, whole numbers."""
    items = schema.get("items")
    if schema.get("x-date") is True:
        return {"type": "date"}
    for key, type_ in (("x-links", "links"), ("x-link", "link")):
        if key in schema:
            return {"type": type_, "kinds": _kinds(schema[key])}
    plain = _type(schema)
    if plain == "array":
        if isinstance(items, dict) and "x-link" in items:
            return {"type": "links", "kinds": _kinds(items["x-link"])}
        return {"type": "list"} if not isinstance(items, dict) or _type(items) in ("", "string") else {}
    if plain in ("number", "integer"):
        return {"type": "number", "whole": plain == "integer"}
    if plain == "boolean":
        return {"type": "bool"}
    if plain in ("", "string") and _is_texts(schema.get("enum")) and schema["enum"]:
        return {"type": "choice", "choices": tuple(schema["enum"])}
    return {"type": "long"} if schema.get("format") == LONG else {}


def _type(schema: Json) -> str:
    """The one type; of several the first that isn't null."""
    found = schema.get("type", "")
    many = found if isinstance(found, list) else [found]
    return next((one for one in many if isinstance(one, str) and one != "null"), "")


def _kinds(value: Any) -> tuple[str, ...]:
    many = value if isinstance(value, list) else [value]
    return tuple(one for one in many if isinstance(one, str) and one)


def _is_texts(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


# ---- writing ---------------------------------------------------------------------------------------------------------


def definition_of(fields: Iterable[FieldSpec], base: Json | None = None) -> Json:
    """The schema of these fields. What `base` says beyond them stays; a field that didn't change stays as written."""
    wanted = {field.name: field for field in fields}
    before = {"type": "object"} if base is None else base
    old = before.get("properties")
    old_properties = old if isinstance(old, dict) else {}
    was = {field.name: field for field in fields_of(before)}
    properties = {
        name: old_properties[name] if was.get(name) == field else _schema(field, old_properties.get(name))
        for name, field in wanted.items()
    }
    properties |= {k: v for k, v in old_properties.items() if not isinstance(v, dict)}
    made = before | ({"properties": properties} if properties or "properties" in before else {})
    return _ordered(_requiring(made, wanted, was), list(wanted))


def _schema(field: FieldSpec, old: Json | None) -> Json:
    kept = {k: v for k, v in (old or {}).items() if k not in _OURS and (k, v) != ("format", LONG)}
    named = {"title": field.title, "description": field.help}
    number = {"minimum": field.least, "maximum": field.most}
    made = kept | _keywords(field) | {k: v for k, v in named.items() if v}
    made |= {k: v for k, v in number.items() if v is not None}
    made |= {} if field.default is None else {"default": field.default}
    return made | ({"x-gm": True} if field.gm else {})


def _keywords(field: FieldSpec) -> Json:
    texts = {"type": "array", "items": {"type": "string"}}
    return {
        "text": {"type": "string"},
        "long": {"type": "string", "format": LONG},
        "choice": {"type": "string", "enum": list(field.choices)},
        "number": {"type": "integer" if field.whole else "number"},
        "bool": {"type": "boolean"},
        "list": texts,
        "date": {"type": ["string", "object"], "x-date": True},
        "link": {"type": "string", "x-link": list(field.kinds)},
        "links": texts | {"x-links": list(field.kinds)},
    }[field.type]


def _requiring(made: Json, wanted: dict[str, FieldSpec], was: dict[str, FieldSpec]) -> Json:
    stated = made.get("required")
    if not _is_texts(stated) and stated is not None:
        return made
    before = list(stated or ())
    kept = [name for name in before if (wanted[name].required if name in wanted else name not in was)]
    more = [name for name, field in wanted.items() if field.required and name not in kept]
    if kept + more == before:
        return made
    rest = {k: v for k, v in made.items() if k != "required"}
    return rest | ({"required": kept + more} if kept + more else {})


def _ordered(made: Json, names: list[str]) -> Json:
    """With `x-order` where the order of the fields isn't that of the alphabet: stores sort the keys of an object."""
    rest = {k: v for k, v in made.items() if k != "x-order"}
    stated = made.get("x-order")
    if [f.name for f in fields_of(made)] == names and (stated is not None or names == sorted(names)):
        return made
    return rest if names == sorted(names) else rest | {"x-order": names}


def settled(definition: Json) -> Json:
    """The schema with the order of its fields written down."""
    return definition_of(fields_of(definition), definition)


def spec_of(record: EntityKind, shipped: KindSpec | None = None) -> KindSpec:
    """The kind that a record describes; on top of a shipped one it adds fields and may change its words."""
    plain = shipped or plain_kind(record.name)
    have = {field.name for field in plain.fields}
    return KindSpec(
        name=record.name,
        label=record.label or plain.label,
        plural=record.plural or (plural_of(record.label) if record.label else plain.plural),
        fields=(*plain.fields, *(f for f in fields_of(record.definition) if f.name not in have)),
        icon=record.icon,
    )


# ---- what is wrong ---------------------------------------------------------------------------------------------------


def problems(definition: Any) -> list[str]:
    """What is wrong with a schema, as sentences; nothing where it can be used."""
    if not isinstance(definition, dict):
        return ['A kind is described by a JSON object, as in {"type": "object", "properties": {…}}.']
    return list(_problems(definition))


def _problems(definition: Json) -> Iterator[str]:
    if definition.get("type", "object") != "object":
        yield "The “type” of a kind must be “object”."
    properties = definition.get("properties", {})
    if not isinstance(properties, dict):
        yield "“properties” must be an object with one entry for each field."
        return
    if len(properties) > MOST_FIELDS:
        yield f"A kind can have {MOST_FIELDS} fields; this one has {len(properties)}."
    for key in ("required", "x-order"):
        if key in definition and not _is_texts(definition[key]):
            yield f"“{key}” must be a list of names of fields."
    for name, schema in properties.items():
        if sentence := name_problem(name):
            yield sentence
        if not isinstance(schema, dict):
            yield f'The field “{name}” must be an object, as in {{"type": "string"}}.'
        else:
            yield from (f"In the field “{name}”, {words}" for words in _field_problems(schema))


def name_problem(name: str) -> str:
    """What is wrong with the name of a field, or nothing."""
    if not line(name) or name != readable(name).strip():
        return f"The name of a field can't be empty or start or end with a space: “{name[:40]}”."
    if "." in name:
        return f"The name of a field can't have a full stop in it: “{name}”."
    return (
        f"The name of a field has at most {_LONGEST_NAME} letters: “{name[:20]}…”." if len(name) > _LONGEST_NAME else ""
    )


def _field_problems(schema: Json) -> Iterator[str]:
    types = schema.get("type", "string")
    if not all(one in _TYPES for one in (types if isinstance(types, list) else [types])):
        yield f"“type” must be one of {', '.join(_TYPES)}."
    if "enum" in schema and not (isinstance(schema["enum"], list) and schema["enum"]):
        yield "“enum” must be a list with at least one choice."
    for key in ("x-link", "x-links"):
        value = schema.get(key, [])
        if not (isinstance(value, str | bool) or _is_texts(value)):
            yield f'“{key}” must be a list of kinds, as in ["npc", "faction"].'
    for key in ("title", "description"):
        if not isinstance(schema.get(key, ""), str):
            yield f"“{key}” must be a text."
    for key in ("x-date", "x-gm"):
        if not isinstance(schema.get(key, False), bool):
            yield f"“{key}” must be true or false."
    yield from _number_problems(schema)


def _number_problems(schema: Json) -> Iterator[str]:
    least, most = schema.get("minimum"), schema.get("maximum")
    for key, value in (("minimum", least), ("maximum", most)):
        if value is not None and not _is_number(value):
            yield f"“{key}” must be a number."
    if _is_number(least) and _is_number(most) and least > most:
        yield f"the least value, {least}, is above the greatest, {most}."
