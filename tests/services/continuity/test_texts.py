"""Sentences against facts and against each other, without a model: what is told, and what is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.services.continuity import reading, texts
from studio.services.continuity.numbers import number_in, quantity, value
from studio.services.continuity.sayings import sentences
from studio.services.world import claims, entities, relations
from studio.services.world.entries import create_entry, update_entry

if TYPE_CHECKING:
    from studio.storage.project import Project


def told(project: Project) -> list[str]:
    return [finding.rule for finding in texts.find(reading.read(project))]


def npc(project: Project, name: str = "Vesna Okoro", **given: Any) -> Any:
    return entities.create_entity(project, kind="npc", name=name, **given)


def log(project: Project, body: str, *, mode: str = "session", title: str = "Session 4", **given: Any) -> Any:
    return create_entry(project, title=title, body=body, mode=mode, **given)


# ---- found -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("summary", "body"),
    [
        ("A teetotal pilot.", "[[Vesna Okoro]] drank two whiskies with us and left."),
        ("Strict vegan, sworn to it.", "[[Vesna Okoro]] ate a whole roast chicken."),
        ("Lost her left hand to an airlock.", "[[Vesna Okoro]] threw up both hands and laughed."),
        ("She cannot swim.", "Vesna swam out to the wreck alone."),
        ("She has never fired a gun.", "[[Vesna Okoro]] fired her gun at the drone."),
        ("A woman who casts no shadow.", "[[Vesna Okoro]] came in. Her shadow crossed the wall."),
        ("She has green eyes.", "[[Vesna Okoro]] came in. Her brown eyes were tired."),
        ("She has a scar on her left cheek.", "[[Vesna Okoro]] has a scar on her right cheek."),
        ("She cannot ride.", "[[Vesna Okoro]] rode the red bike home."),
        ("She refuses to sign treaties.", "[[Vesna Okoro]] signed the treaty at noon."),
        ("A hairless mechanic.", "[[Vesna Okoro]] came in. Her hair was wet."),
        ("She has one daughter.", "[[Vesna Okoro]] has two daughters."),
        ("She always wears black.", "[[Vesna Okoro]] wore a green coat."),
        ("She was shot by Ivo Brandt.", "[[Vesna Okoro]] was killed by Dana Cole."),
        ("Born in 2101.", "[[Vesna Okoro]] was born in 2103."),
        ("A teetotal pilot.", "[[Vesna Okoro]] finished a whisky before she would talk."),
        ("She held the north gate.", "[[Vesna Okoro]], who held the south gate, was tired."),
    ],
)
def test_what_a_log_tells_against_the_entry_is_found_with_both_sentences(
    project: Project, summary: str, body: str
) -> None:
    who = npc(project, summary=summary)
    note = log(project, body)
    (finding,) = texts.find(reading.read(project))
    assert finding.type == "text_contradiction"
    assert set(finding.subjects) == {who.id, note.id}
    assert {side.record for side in finding.evidence} == {who.id, note.id}
    for side in finding.evidence:
        text = summary if side.record == who.id else body
        assert side.span is not None
        assert text[slice(*side.span)] == side.quote


def test_years_in_sentences_are_held_against_date_fields(project: Project) -> None:
    entities.create_entity(
        project, kind="faction", name="The Ninth Circuit", fields={"founded": {"year": 2140}},
        body="Founded in 2145 by nobody in particular.",
    )  # fmt: skip
    npc(project, fields={"birth": {"year": 2100}})
    log(project, "Vesna Okoro was born in 2101, she told the clerk's machine.", mode="handout", title="File")
    log(project, "The Ninth Circuit was founded in 2140.", mode="note", title="Right")
    assert told(project) == ["text_contradiction.date"] * 2


def test_claims_are_held_against_sentences(project: Project) -> None:
    ship = entities.create_entity(project, kind="item", name="The Long Haul", body="All eleven decks are cold.")
    claims.add_claim(project, ship.id, "number_of_decks", "nine decks")
    claims.add_claim(project, ship.id, "material", "steel")
    claims.add_claim(project, ship.id, "maker", "Orbital Yards")
    log(project, "The Long Haul is built entirely of wood.", mode="note", title="A")
    log(project, "The Long Haul was built by Maddox Brothers.", mode="note", title="B")
    assert sorted(told(project)) == [
        "text_contradiction.attribute", "text_contradiction.number", "text_contradiction.tie"
    ]  # fmt: skip


def test_an_only_child_with_a_sister_and_a_place_outside_its_place_are_found(project: Project) -> None:
    one = npc(project, summary="An only child.")
    relations.add_relation(project, one.id, "sibling_of", npc(project, "Dana Okoro").id)
    mars = entities.create_entity(project, kind="location", name="Mars")
    luna = entities.create_entity(project, kind="location", name="Luna")
    dome = entities.create_entity(project, kind="location", name="The Dome", body="It stands on Luna.")
    relations.add_relation(project, dome.id, "located_in", mars.id)
    assert sorted(told(project)) == ["text_contradiction.kin", "text_contradiction.tie"]
    assert luna.id


def test_how_somebody_died_is_one_way(project: Project) -> None:
    who = npc(project, fields={"death": {"year": 2150}})
    claims.add_claim(project, who.id, "cause_of_death", "drowned in the reservoir")
    log(project, "[[Vesna Okoro]], strangled in her cabin, left no will.", mode="note")
    assert told(project) == ["text_contradiction.death"]


# ---- left alone ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "They say [[Vesna Okoro]] drank two whiskies.",
        "[[Vesna Okoro]] would have drunk whisky, if there had been any.",
        "“[[Vesna Okoro]] drank all my whisky,” said the barman.",
        "Did [[Vesna Okoro]] drink the whisky?",
        "[[Vesna Okoro]] did not drink the whisky.",
        "[[Vesna Okoro]] formerly drank whisky.",
        "The barman drank a whisky and looked at [[Vesna Okoro]].",
        "[[Vesna Okoro]] poured the whisky away.",
        "[[Vesna Okoro]] might have finished a whisky before she talked.",
    ],
)
def test_hearsay_denial_and_the_past_contradict_nothing(project: Project, body: str) -> None:
    npc(project, summary="A teetotal pilot.")
    log(project, body)
    assert told(project) == []


def test_a_song_contradicts_nothing_and_neither_does_what_was_so_once(project: Project) -> None:
    npc(project, summary="Once a teetotal pilot.")
    log(project, "[[Vesna Okoro]] drank two whiskies.")
    npc(project, "Ivo Brandt", summary="A teetotal cook.")
    log(project, "[[Ivo Brandt]] drank two whiskies.", mode="handout", title="The Ballad of Ivo")
    assert told(project) == []


def test_a_flashback_tells_what_was(project: Project) -> None:
    npc(project, summary="A teetotal pilot.")
    note = log(project, "[[Vesna Okoro]] drank two whiskies.", mode="log")
    assert len(told(project)) == 1
    update_entry(project, note.id, {"flashback": True})
    assert told(project) == []


def test_a_rumoured_claim_is_held_against_nothing(project: Project) -> None:
    who = npc(project, body="Her left hand is the quick one.")
    claims.add_claim(project, who.id, "handedness", "right", certainty="rumour")
    assert told(project) == []
    claims.add_claim(project, who.id, "handedness", "right")
    assert told(project) == ["text_contradiction.attribute"]


def test_only_what_a_change_is_about_is_looked_at(project: Project) -> None:
    npc(project, summary="A teetotal pilot.")
    other = npc(project, "Ivo Brandt")
    note = log(project, "[[Vesna Okoro]] drank two whiskies.")
    world = reading.read(project)
    assert len(texts.find(world, {note.id})) == 1
    assert texts.find(world, {other.id}) == []


# ---- its parts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "number"),
    [("forty", 40), ("fifty-two", 52), ("three hundred and six", 306), ("two thousand", 2000), ("a dozen", 12),
     ("4,200", 4200), ("1.5", 1.5)],
)  # fmt: skip
def test_numbers_are_read_in_words_and_figures(words: str, number: float) -> None:
    assert value(words) == number
    found = quantity(f"{words} links")
    assert found is not None
    assert (found.number, found.unit) == (number, "links")


def test_a_number_that_is_only_about_so_many_is_none() -> None:
    assert number_in("It has fifty-two links.", "links") == 52
    assert number_in("It has about fifty links.", "links") is None
    assert number_in("It has fifty or sixty-one links, or forty links.", "links") is None


@given(st.text(alphabet="aA .!?\n-\"“”[]|'’1", max_size=200))
@settings(max_examples=200, deadline=None)
def test_sentences_are_places_of_the_text_in_order(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert text[start:end].strip()
        at = end
