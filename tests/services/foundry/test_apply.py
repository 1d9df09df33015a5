"""Extracted fields land in the form: lists grow, single values are set, names link, levels become numbers."""

import pytest

from studio.domain.blueprint import EXTRACTED_PATHS, Blueprint
from studio.domain.ids import RecordId
from studio.domain.record import Authorship, Provenance
from studio.domain.world import Link
from studio.services.foundry.apply import FieldValueWithProvenance, apply_fields
from studio.services.foundry.levels import parse_levels
from studio.services.foundry.paths import get_path, is_path


def said(*values: str, confidence: float = 0.9) -> list[FieldValueWithProvenance]:
    return [
        FieldValueWithProvenance(
            value=v,
            prov=Provenance(source="chat", ref_id="m1", quote=v, confidence=confidence, basis="quoted",
                            authorship=Authorship.AI_GENERATED),
        )
        for v in values
    ]  # fmt: skip


def test_every_extracted_name_has_a_path_of_the_form() -> None:
    assert all(is_path(path) for path in EXTRACTED_PATHS.values())


def test_single_values_are_set_with_their_provenance() -> None:
    made = apply_fields(Blueprint(), {"title": said("Dust Debt"), "premise": said("The company collects.")})
    assert made.identity.title == "Dust Debt"
    assert made.prov["identity.title"][0].quote == "Dust Debt"
    assert made.pitch.premise == "The company collects."


def test_the_surest_of_several_single_values_wins() -> None:
    values = said("Nine Anchors", confidence=0.5) + said("Kite Season", confidence=0.8)
    assert apply_fields(Blueprint(), {"title": values}).identity.title == "Kite Season"


def test_lists_grow_without_duplicates() -> None:
    first = apply_fields(Blueprint(), {"genres": said("Folk horror", "mystery")})
    second = apply_fields(first, {"genres": said("folk  horror", "Heist")})
    assert second.pitch.genres == ("Folk horror", "mystery", "Heist")
    assert [p.quote for p in second.prov["pitch.genres"]] == ["Folk horror", "mystery", "Heist"]


def test_names_become_links_and_a_later_apply_resolves_them() -> None:
    fields = {"signature_faction": said("The Ashen Concord"), "starting_region": said("Kell Reach")}
    first = apply_fields(Blueprint(), fields)
    assert first.world.signature_factions == (Link(text="The Ashen Concord"),)
    ids = {"The Ashen Concord": RecordId("f1"), "Kell Reach": RecordId("l1")}
    second = apply_fields(first, fields, resolve=ids.get)
    assert second.world.signature_factions == (Link(text="The Ashen Concord", ref=RecordId("f1")),)
    assert second.world.starting_region == Link(text="Kell Reach", ref=RecordId("l1"))


def test_applying_twice_is_applying_once() -> None:
    fields = {"title": said("A"), "themes": said("debt", "grief"), "party_levels": said("levels 3 to 8")}
    once = apply_fields(Blueprint(), fields)
    assert apply_fields(once, fields) == once


def test_party_levels_keep_their_words_and_become_numbers() -> None:
    made = apply_fields(Blueprint(), {"party_levels": said("levels 3 to 8")})
    assert made.shape.party.levels == "levels 3 to 8"
    assert (made.shape.party.level_from, made.shape.party.level_to) == (3, 8)


def test_unknown_names_survive_and_blanks_are_dropped() -> None:
    made = apply_fields(Blueprint(), {"soundtrack": said("bells"), "title": said("  ")})
    assert made.ext == {"extraction": {"soundtrack": ["bells"]}}
    assert get_path(made, "identity.title") == ""


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("levels 3 to 8", (3, 8)), ("level 2", (2, 2)), ("1-5", (1, 5)), ("level 1 - 4", (1, 4)),
        ("Stufe 1 bis 6", (1, 6)), ("niveles 5 a 8", (5, 8)), ("levels 2–5", (2, 5)), ("levels 2‑5", (2, 5)),
        ("four characters of level 2", (2, 2)), ("4 players, levels 3–5", (3, 5)), ("1st to 5th level", (1, 5)),
        ("levels one through three", (1, 3)), ("3rd-level characters", (3, 3)), ("niveaux 1 à 4", (1, 4)),
        ("níveis 1 a 10", (1, 10)), ("lvl 7", (7, 7)), ("seasoned scoundrels", (None, None)), ("", (None, None)),
    ],
)  # fmt: skip
def test_levels_are_read_from_words(words: str, levels: tuple[int | None, int | None]) -> None:
    assert parse_levels(words) == levels
