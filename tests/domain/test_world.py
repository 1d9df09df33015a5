"""Entities keep what their fields are, through JSON and back."""

from __future__ import annotations

import json

from studio.domain.ids import RecordId
from studio.domain.text import fold, split_secrets, wikilinks
from studio.domain.vocabulary import FAMILIES, KINDS, MIRRORS, RELATIONS
from studio.domain.world import Entity, Link
from studio.storage.nouns import from_data, to_data


def test_a_date_in_words_and_a_link_to_nothing_come_back_as_what_they_were() -> None:
    fields = {
        "birth": {"text": "spring 812"},
        "home": Link(text="Lantern Quay"),
        "current_location": Link(text="Vantmoor", ref=RecordId("v")),
        "affiliation": [Link(text="Guild"), Link(text="Crew", ref=RecordId("c"))],
        "death": {"calendar": "imperial", "year": 812},
        "role": "captain",
        "is_pc": True,
    }
    entity = Entity(kind="npc", name="Mirel", fields=fields)
    assert entity.fields == fields
    assert from_data(json.loads(json.dumps(to_data(entity)))) == entity


def test_every_mirror_names_a_link_field_and_a_relation() -> None:
    for (kind, field), (relation, _) in MIRRORS.items():
        spec = KINDS[kind].field(field)
        assert spec is not None
        assert spec.type in ("link", "links")
        assert relation in RELATIONS


def test_every_kind_has_its_fields_once_and_its_links_lead_to_kinds() -> None:
    for spec in KINDS.values():
        assert spec.fields, spec.name
        names = [field.name for field in spec.fields]
        assert len(set(names)) == len(names)
        assert {kind for field in spec.fields for kind in field.kinds} <= KINDS.keys()
        assert all(bool(field.choices) == (field.type == "choice") for field in spec.fields)


def test_every_relation_has_a_family_and_joins_kinds_that_are_there() -> None:
    words = [*RELATIONS, *(spec.inverse for spec in RELATIONS.values() if not spec.symmetric)]
    assert len(set(words)) == len(words)
    for spec in RELATIONS.values():
        assert spec.family in FAMILIES
        assert {*spec.domain, *spec.range} <= KINDS.keys()


def test_every_relation_reads_from_both_ends() -> None:
    for spec in RELATIONS.values():
        assert spec.inverse
        assert spec.symmetric == (spec.inverse == spec.name)
        assert all(kind in KINDS for kind in (*spec.domain, *spec.range))


def test_names_compare_without_case_accents_and_fancy_quotes() -> None:
    assert fold("  Élan’s  Rest ") == fold("elan's rest")
    assert fold("Jean\u2011Luc") == fold("jean-luc")


def test_links_and_secrets_are_found_in_markdown() -> None:
    text = "See [[Bob|the smith]] and [[Guild#History]].\n\n> [!secret] GM\n> He lies.\n\nOpen."
    assert list(wikilinks(text)) == ["Bob", "Guild"]
    open_text, secret = split_secrets(text)
    assert "He lies" not in open_text
    assert "He lies" in secret
