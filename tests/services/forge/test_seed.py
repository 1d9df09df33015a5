"""A recipe grows from what an answer said about a picture."""

import pytest

from studio.domain.ids import RecordId
from studio.services.forge.seed import recipe_from_seed, refusals, use_case_of

SEED = {
    "subject": ["a half-sunken courthouse at low tide, a single lantern lit"],
    "use_case": ["cover"],
    "style": ["oil painting"],
    "mood": ["mournful"],
    "lighting": ["a single lantern"],
    "composition": ["seen from the waterline"],
    "palette": ["cold greens and lamp-black"],
    "negative": ["visible monsters or modern boats"],
}


def test_the_subject_is_a_slot_and_the_look_a_style_profile() -> None:
    recipe, version = recipe_from_seed(SEED, recipe_id=RecordId("r1"))
    assert (recipe.id, recipe.title, recipe.slug) == (
        "r1", "Cover: a half-sunken courthouse at low tide", "cover-a-half-sunken-courthouse-at-low-tide",
    )  # fmt: skip
    assert (recipe.use_case, recipe.medium, recipe.latest) == ("concept_art", "image", 1)
    assert version.recipe_id == "r1"
    assert version.slots[0].default == SEED["subject"][0]
    assert version.style_profile.framing == "seen from the waterline"
    assert version.style_profile.lighting == "a single lantern"
    assert version.negative_policy.always == ("visible monsters", "modern boats")
    assert version.content_hash


def test_a_portrait_can_be_filled_from_a_character() -> None:
    recipe, version = recipe_from_seed({"subject": ["a weathered orc woman"], "use_case": ["Portrait"]})
    assert recipe.use_case == "portrait"
    slot = version.slots[1]
    assert (slot.name, slot.type, slot.kind, slot.required) == ("character", "entity", "npc", False)
    assert version.blocks[1].when == "character"


def test_the_same_seed_gives_the_same_content() -> None:
    assert recipe_from_seed(SEED)[1].content_hash == recipe_from_seed(SEED)[1].content_hash


def test_an_empty_seed_still_gives_a_usable_recipe() -> None:
    recipe, version = recipe_from_seed({})
    assert recipe.title == "Concept art"
    assert version.slots[0].required


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("no text, no logos, no clean white", ("text", "logos", "clean white")),
        ("No people — and no skulls", ("people", "skulls")),
        ("ohne Personen und ohne Schrift", ("Personen", "Schrift")),
        ("sin texto, sin caras en primer plano", ("texto", "caras en primer plano")),
        ("blood, weapons, text", ("blood", "weapons", "text")),
        ("any visible monsters", ("visible monsters",)),
        ("salt and pepper", ("salt and pepper",)),
        ("", ()),
    ],
)
def test_refusals_lose_their_no(said: str, things: tuple[str, ...]) -> None:
    assert refusals([said]) == things


@pytest.mark.parametrize(
    ("words", "use_case"),
    [("Card art", "concept_art"), ("retrato", "portrait"), ("battle map", "map"), ("", "concept_art"),
     ("scene", "scene"), ("title splash", "concept_art"), ("handout", "handout")],
)  # fmt: skip
def test_use_cases_are_understood(words: str, use_case: str) -> None:
    assert use_case_of(words) == use_case
