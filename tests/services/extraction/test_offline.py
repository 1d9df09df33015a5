"""The offline extractor on replies of several genres and languages, and on any text whatever."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.candidate import (
    BlueprintCandidate,
    EntityCandidate,
    Extraction,
    Known,
    RecipeCandidate,
    RelationCandidate,
)
from studio.domain.ids import RecordId
from studio.services.extraction import Extractor, OfflineExtractor
from studio.services.extraction.doc import clean
from tests.support.timing import worked

REPLIES = Path(__file__).parent / "replies"


def read(name: str) -> str:
    return (REPLIES / f"{name}.md").read_text(encoding="utf-8")


def extract(text: str, *known: Known) -> Extraction:
    extractor: Extractor = OfflineExtractor()
    return extractor.extract(text, known=known)


def entities(found: Extraction) -> dict[str, EntityCandidate]:
    return {c.name: c for c in found.candidates if isinstance(c, EntityCandidate)}


def relations(found: Extraction) -> set[tuple[str, str, str]]:
    return {(c.from_name, c.type, c.to_name) for c in found.candidates if isinstance(c, RelationCandidate)}


def plan(found: Extraction) -> dict[str, list[str]]:
    made = next(c for c in found.candidates if isinstance(c, BlueprintCandidate))
    return {k: [v.value for v in vs] for k, vs in made.fields.items()}


def value(found: Extraction, name: str, field: str) -> str:
    return " | ".join(v.value for v in entities(found)[name].fields.get(field, ()))


def assert_exact(text: str, found: Extraction) -> None:
    for c in found.candidates:
        if isinstance(c, EntityCandidate | RelationCandidate):
            assert c.span is not None
            assert text[c.span[0] : c.span[1]] == c.quote
        for values in getattr(c, "fields", {}).values():
            for v in values:
                assert v.span is not None
                assert v.quote
                assert text[v.span[0] : v.span[1]] == v.quote


KINDS = {
    "timeline-scifi": {
        "The Landing Years": "timeline_arc",
        "The Thin Winter": "event",
        "Spindle Accord": "event",
        "The Relay Six Disaster": "event",
        "Landing Day": "event",
        "Osmund Reyes": "npc",
        "Harrow's Moon": "location",
    },
    "letters-horror": {"Dr. Halloran": "npc", "Sister Agnes": "npc", "Kindly Circle": "faction"},
    "items-cyberpunk": {"Mother-of-Pearl": "item", "The Paper Key": "item", "Hanabira Group": "faction"},
    "history-pirates": {
        "Captain Isolde Marchetti": "npc",
        "Brotherhood of the Open Hand": "faction",
        "Black Lagoon": "location",
        "Wreck of the Halcyon": "event",
    },
    "bullets-urbanfantasy": {"The Hollow Stop": "location", "The Night Bus Union": "faction", "Maudie Quill": "npc"},
    "gazetteer-western": {
        "Dry Creek": "location",
        "Sheriff Amos Teague": "npc",
        "Pacific & Western Railroad": "faction",
        "Doc Hsu": "npc",
        "Vane Ledger": "item",
    },
    "pitch-french": {
        "L'Auberge du Chat Noyé": "location",
        "La Confrérie du Sel": "faction",
        "Madeleine Kerouac": "npc",
        "La Cloche de Bruma": "item",
    },
    "roster-portuguese": {"Nova Alvorada": "location", "Rui Bastos": "npc", "Companhia Boreal": "faction"},
    "kampagne-deutsch": {
        "Krähwinkel": "location",
        "Die Torfstecher": "faction",
        "Grete Mahnke": "npc",
        "Das Krähenhorn": "item",
    },
    "pitch-modernhorror": {"Aunt Coral": "npc", "Pelham's Reach": "location", "Father Anselm": "npc"},
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_names_get_their_kind_in_any_genre_and_language(name: str) -> None:
    found = entities(extract(read(name)))
    assert {k: found[k].kind for k in KINDS[name] if k in found} == KINDS[name]


@pytest.mark.parametrize(
    ("reply", "name", "field", "expected"),
    [
        ("timeline-scifi", "The Thin Winter", "start", "2194"),
        ("items-cyberpunk", "The Paper Key", "properties", "Whoever uses it is logged"),
        ("items-cyberpunk", "Mother-of-Pearl", "value", "90,000 nuyen"),
        ("history-pirates", "Captain Isolde Marchetti", "fear", "nothing but calm water"),
        ("history-pirates", "Jonah Reed", "secret", "kept two sets of books"),
        ("bullets-urbanfantasy", "Maudie Quill", "fear", "running water"),
        ("bullets-urbanfantasy", "The Night Bus Union", "leader", "Desmond Achebe"),
        ("pitch-french", "Madeleine Kerouac", "fear", "l'eau"),
        ("pitch-french", "Armand Lescot", "motive", "ramener sa fille"),
        ("pitch-french", "La Confrérie du Sel", "private_agenda", "elle nourrit la chose du large"),
        ("pitch-french", "Madeleine Kerouac", "pronouns", "elle"),
        ("roster-portuguese", "Capitã Teresa Nogueira", "motive", "levar todos para casa"),
        ("roster-portuguese", "Rui Bastos", "appearance", "casaco de couro"),
        ("gazetteer-western", "The Gilded Spur", "hidden_details", "a tunnel under the bar"),
        ("gazetteer-western", "Sheriff Amos Teague", "secret", "he shot the last marshal himself"),
        ("kampagne-deutsch", "Krähwinkel", "population", "210 Einwohner"),
        ("kampagne-deutsch", "Haus Ottensen", "hidden_details", "zweites Grab"),
    ],
)
def test_fields_are_read_from_labels_and_prose(reply: str, name: str, field: str, expected: str) -> None:
    assert expected in value(extract(read(reply)), name, field)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("history-pirates", ("Jonah Reed", "leads", "Brotherhood of the Open Hand")),
        ("history-pirates", ("Brotherhood of the Open Hand", "at_war_with", "East Meridian Company")),
        ("letters-horror", ("Sister Agnes", "serves", "Kindly Circle")),
        ("pitch-french", ("Armand Lescot", "leads", "La Confrérie du Sel")),
        ("pitch-french", ("Yann Le Goff", "sibling_of", "Madeleine Kerouac")),
        ("roster-portuguese", ("Rui Bastos", "lives_in", "Convés Sete")),
        ("kampagne-deutsch", ("Bürgermeister Alwin Petersen", "leads", "Die Torfstecher")),
        ("bullets-urbanfantasy", ("The Night Bus Union", "rival_of", "The Ferrymen")),
    ],
)
def test_relations_are_read_from_sentences(reply: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(extract(read(reply)))


def test_the_numbers_of_citations_are_no_part_of_what_is_read() -> None:
    text = "## Factions\n\n### The Pale Lantern\n- **Goal:** keep the road open [1] to everybody [2][3, 4]\n"
    found = extract(text)
    assert value(found, "The Pale Lantern", "goals") == "keep the road open to everybody"
    assert_exact(text, found)
    for kept in ("Levels: [3, 5]", "a roll of [2d6]", "[1] at the start"):
        assert clean(kept, 0, len(kept)).text == kept


def test_a_pitch_in_prose_fills_the_blueprint() -> None:
    found = plan(extract(read("pitch-modernhorror")))
    assert found["title"] == ["Low Tide"]
    assert found["game_system"] == ["Call of Cthulhu (7th edition)"]
    assert found["session_count"] == ["four sessions"]
    assert "drowning" in found["content_warnings"]


def test_three_prompts_make_three_recipes() -> None:
    found = [c for c in extract(read("prompts-western")).candidates if isinstance(c, RecipeCandidate)]
    assert [c.fields["style"][0].value for c in found if "style" in c.fields][:2] == [
        "tintype photograph",
        "oil painting in the manner of pulp covers",
    ]


@pytest.mark.parametrize("path", sorted(REPLIES.glob("*.md")), ids=lambda p: p.stem)
def test_every_quote_is_exact_and_every_run_is_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first, second = extract(text), extract(text)
    assert first.candidates == second.candidates
    assert_exact(text, first)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("The villain is not a dragon. Captain Ada Moor leads the Watch.", "dragon"),
        ("I renamed the inn. It's now called The Lamp instead of The Broken Oar.", "Broken Oar"),
        ("**Ada Moor** is the mayor. ~~**Bela Kray** is the sheriff.~~", "Bela Kray"),
        ("I've dropped the twin brother, Harlan Pike, entirely. Captain Ada Moor stays.", "Harlan Pike"),
        (
            "| d6 | Rumour |\n|---|---|\n| 1 | Old Silas Crane leads the Gravel Men. |\n\nRumour 1 is a lie.",
            "Silas Crane",
        ),
    ],
)
def test_what_the_text_takes_back_is_not_extracted(text: str, gone: str) -> None:
    found = extract(text)
    names = " ".join(n for c in found.candidates if isinstance(c, EntityCandidate) for n in (c.name, *c.aliases))
    assert gone not in names


def test_known_entities_are_updated_linked_or_left_alone() -> None:
    known = (
        Known(id=RecordId("k1"), kind="npc", name="Mirel Aska", aliases=("the Heron",)),
        Known(id=RecordId("k2"), kind="location", name="Saltgate"),
        Known(id=RecordId("k3"), kind="faction", name="Lanternwrights Guild"),
    )
    text = "The Heron is afraid of bells. She met the Lanternwright's Guild in Saltgate. Captain Orrin Vale hates her."
    found = entities(extract(text, *known))
    assert found["Mirel Aska"].op == "update"
    assert found["Saltgate"].op == "link"
    assert found["Captain Orrin Vale"].op == "create"
    match = found["Mirel Aska"].match
    assert match is not None
    assert match.id == "k1"


def test_a_plain_answer_about_rules_yields_no_entities() -> None:
    text = "Yes. A **grappled** creature can still attack. **Shove** uses Athletics against Acrobatics."
    assert entities(extract(text)) == {}


MARKUP = st.sampled_from(
    [
        "# ",
        "## ",
        "- ",
        "1. ",
        "| a | b |\n|---|---|\n| ",
        "**",
        "*",
        "```json\n",
        "```\n",
        "> ",
        ": ",
        "\r\n",
        "\n\n",
        "[[",
        "]]",
        "Captain Ada Moor",
        " leads ",
        "the Gilded Watch",
        " in Port Salt",
        "Secret: ",
        "she ",
        "is not ",
        "😀",
        "👩\u200d🚀",
        "\u202e",
        "אבג",
        "𝔄𝔡𝔞",
        "é",
        "\x00",
        "\ue000",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(MARKUP, st.text(max_size=12)), max_size=30).map("".join))
def test_any_text_is_read_without_error_and_quoted_exactly(text: str) -> None:
    found = extract(text)
    assert_exact(text, found)
    assert found.candidates == extract(text).candidates


HOSTILE = {
    "stars": "*" * 30_000,
    "brackets": "[[" * 20_000,
    "pipes": "|a|b\n" * 8_000,
    "capitals": "Aa of the " * 10_000,
    "labels": "**A:** " * 8_000,
    "json": "```json\n" + "[" * 20_000 + "\n```",
    "aliases": "```yaml\n" + "a: &a [*a,*a]\n" * 2_000 + "\n```",
    "quotes": "> " * 20_000,
    "comments": "<!--" * 10_000,
    "sentences": "Mara leads the Guild. " * 4_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_text_takes_no_longer_than_its_length_deserves(name: str) -> None:
    with worked() as took:
        extract(HOSTILE[name])
    assert took.seconds < 6


def test_a_paste_of_200_kilobytes_is_read_within_seconds() -> None:
    whole = "\n\n".join(p.read_text(encoding="utf-8") for p in sorted(REPLIES.glob("*.md")))
    text = (whole * (200_000 // len(whole) + 1))[:200_000]
    extract("warm")
    with worked() as took:
        extract(text)
    assert took.seconds < 6
