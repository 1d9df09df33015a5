"""Kinds as JSON Schema: schema → fields → schema and back lose nothing, and a wrong schema is told in sentences."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain import kindschema
from studio.domain.commit import canonical_json
from studio.domain.kindschema import definition_of, fields_of, problems, settled
from studio.domain.vocabulary import KINDS, FieldSpec, FieldType, plural_of
from studio.domain.worldkit import EntityKind

names = st.text("abcdefg_ é", min_size=1, max_size=8).filter(lambda n: n == n.strip())
words = st.text("abc “é", max_size=6)
kinds = st.lists(st.sampled_from(["npc", "faction", "sky_ship"]), max_size=3, unique=True).map(tuple)
numbers = st.one_of(st.none(), st.integers(-9, 9), st.floats(-9, 9, allow_nan=False))


@st.composite
def specs(draw: st.DrawFn) -> FieldSpec:
    type_: FieldType = draw(st.sampled_from(get_args(FieldType)))
    more: dict[str, Any] = {}
    if type_ in ("link", "links"):
        more["kinds"] = draw(kinds)
    if type_ == "choice":
        more["choices"] = tuple(draw(st.lists(words, min_size=1, max_size=3, unique=True)))
    if type_ == "number":
        more["whole"] = draw(st.booleans())
    return FieldSpec(
        name=draw(names), type=type_, title=draw(words), help=draw(words), gm=draw(st.booleans()), least=draw(numbers),
        most=draw(numbers), required=draw(st.booleans()), default=draw(st.one_of(st.none(), words, st.integers())),
        **more,
    )  # fmt: skip


fields = st.lists(specs(), max_size=6, unique_by=lambda f: f.name).map(tuple)
junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
)
keywords = st.sampled_from(
    ["type", "enum", "items", "title", "description", "default", "minimum", "maximum", "x-date", "x-link", "x-links",
     "x-gm", "format", "pattern", "unit", "$comment"]
)  # fmt: skip
values = st.one_of(junk, st.sampled_from(["string", "array", "number", "long"]), st.lists(st.just("npc")))
schemas = st.fixed_dictionaries(
    {},
    optional={
        "type": st.just("object"), "properties": st.dictionaries(names, st.dictionaries(keywords, values, max_size=4)),
        "required": st.one_of(junk, st.lists(names)), "x-order": st.one_of(junk, st.lists(names)), "$comment": junk,
    },
)  # fmt: skip


@given(fields)
def test_fields_come_back_from_their_schema(wanted: tuple[FieldSpec, ...]) -> None:
    made = definition_of(wanted)
    assert fields_of(made) == wanted
    assert problems(made) == [] or any(f.least is not None and f.most is not None and f.least > f.most for f in wanted)


@given(fields)
def test_the_order_of_fields_outlives_a_store_that_sorts_keys(wanted: tuple[FieldSpec, ...]) -> None:
    assert fields_of(json.loads(canonical_json(definition_of(wanted)))) == wanted


@given(schemas)
def test_a_schema_comes_back_from_its_fields_with_all_that_it_says(schema: dict[str, Any]) -> None:
    made = definition_of(fields_of(schema), schema)
    assert made == settled(schema) == settled(made)
    loose = {"x-order"}
    assert {k: v for k, v in made.items() if k not in loose} == {k: v for k, v in schema.items() if k not in loose}


@given(schemas, fields)
def test_new_fields_over_an_old_schema_are_those_fields_and_keep_what_is_unknown(
    schema: dict[str, Any], wanted: tuple[FieldSpec, ...]
) -> None:
    if "required" in schema and not kindschema._is_texts(schema["required"]):
        del schema["required"]
    made = definition_of(wanted, schema)
    assert fields_of(made) == wanted
    for name in {f.name for f in wanted} & schema.get("properties", {}).keys():
        old, new = schema["properties"][name], made["properties"][name]
        assert all(new[k] == v for k, v in old.items() if k in ("pattern", "unit", "$comment"))


@given(junk)
def test_whatever_a_schema_is_its_problems_are_sentences(schema: Any) -> None:
    for sentence in problems(schema):
        assert sentence.endswith((".", "}.", "…}."))


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ([], "JSON object"),
        ({"type": "array"}, "must be “object”"),
        ({"properties": []}, "one entry for each field"),
        ({"properties": {"a.b": {}}}, "full stop"),
        ({"properties": {" a": {}}}, "space"),
        ({"properties": {"a": True}}, "must be an object"),
        ({"properties": {"a": {"type": "strong"}}}, "“type” must be one of"),
        ({"properties": {"a": {"enum": []}}}, "at least one choice"),
        ({"properties": {"a": {"x-link": 3}}}, "list of kinds"),
        ({"properties": {"a": {"minimum": "2"}}}, "“minimum” must be a number"),
        ({"properties": {"a": {"minimum": 3, "maximum": 2}}}, "above the greatest"),
        ({"properties": {"a": {"x-gm": "yes"}}}, "true or false"),
        ({"required": "a"}, "list of names"),
    ],
)
def test_a_wrong_schema_says_what_is_wrong(schema: Any, words: str) -> None:
    assert any(words in sentence for sentence in problems(schema))


def test_a_kind_of_ones_own_and_one_that_adds_to_a_shipped_one() -> None:
    fields = {"properties": {"speed": {"type": "integer", "minimum": 0}, "role": {"type": "string"}}}
    ship = kindschema.spec_of(EntityKind(name="sky_ship", label="Sky ship", definition=fields))
    assert (ship.label, ship.plural, [f.name for f in ship.fields]) == ("Sky ship", "Sky ships", ["speed", "role"])
    npc = kindschema.spec_of(EntityKind(name="npc", definition=fields), KINDS["npc"])
    assert (npc.label, npc.plural) == ("NPC", "NPCs")
    assert npc.fields == (*KINDS["npc"].fields, ship.fields[0])


def test_plurals() -> None:
    assert [plural_of(w) for w in ("Ship", "City", "Boss", "Key", "Wish")] == [
        "Ships", "Cities", "Bosses", "Keys", "Wishes",
    ]  # fmt: skip
