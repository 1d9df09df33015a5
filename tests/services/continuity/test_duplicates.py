"""The same thing entered twice, and names that strangers share."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.ids import RecordId
from studio.services.continuity import duplicates, reading
from studio.services.continuity.facts import Thing, When, World
from studio.services.world import entities, relations

if TYPE_CHECKING:
    from studio.domain.continuity import Finding
    from studio.storage.project import Project


class Near:
    """A nearness of meaning that is the same for all."""

    def __init__(self, near: float | None) -> None:
        self._near = near

    def __call__(self, one: RecordId, two: RecordId, /) -> float | None:
        return self._near

    def pairs(self, only: Any, /) -> set[tuple[RecordId, RecordId]]:
        return {(RecordId(f"{1:036}"), RecordId(f"{4:036}"))} if self._near else set()


def thing(n: int, name: str, **given: Any) -> Thing:
    """An entity of a world without a project."""
    empty: dict[str, Any] = {
        "kind": "npc", "aliases": (), "status": "canon", "visibility": "gm", "rev": 1, "key": "", "begin": None,
        "end": None, "begin_path": "", "end_path": "", "dates": {}, "fields": {}, "stated": {}, "custom": {},
        "subtype": "", "parent": None, "tags": (), "summary": "", "body": "", "links": (),
    }  # fmt: skip
    return Thing(id=RecordId(f"{n:036}"), name=name, **{**empty, **given})


def world_of(*things: Thing) -> World:
    made = World()
    for one in things:
        made.put(one)
    return made


def found(project: Project) -> list[tuple[str, set[str]]]:
    world = reading.read(project)
    return [(f.type, {world.name(one) for one in f.subjects}) for f in duplicates.find(world)]


def types(findings: list[Finding]) -> list[str]:
    return [one.type for one in findings]


# ---- one thing twice -------------------------------------------------------------------------------------------------


def test_names_that_are_only_a_number_or_a_side_stop_no_check(project: Project) -> None:
    for name in ("12", "North", "The", "Silver Silver 3", "…"):
        entities.create_entity(project, kind="faction", name=name)
    assert duplicates.find(reading.read(project)) == []


def test_a_title_and_a_slip_do_not_hide_that_two_entries_are_one(project: Project) -> None:
    ship = entities.create_entity(project, kind="location", name="Dock Nine")
    one = entities.create_entity(
        project, kind="npc", name="Ilse Marenko", summary="Pilot with a glass eye.", fields={"birth": {"year": 2201}}
    )
    two = entities.create_entity(
        project, kind="npc", name="Captain Ilse Marenk", summary="Flies freight; one eye is glass.",
        fields={"birth": {"year": 2201}},
    )  # fmt: skip
    for who in (one, two):
        relations.add_relation(project, who.id, "works_at", ship.id)
    assert found(project) == [("duplicate", {"Ilse Marenko", "Captain Ilse Marenk"})]


def test_a_short_form_needs_more_than_a_surname_in_common(project: Project) -> None:
    for name, year in (("Wilhelm Kord", 40), ("Will Kord", 71), ("Wilma Kord", 40)):
        entities.create_entity(project, kind="npc", name=name, fields={"birth": {"year": year}})
    assert found(project) == []


def test_an_initial_is_one_with_the_name_that_its_own_text_gives_in_full(project: Project) -> None:
    entities.create_entity(project, kind="npc", name="Doctor Pavel Orlin", summary="A surgeon of the south ward.")
    entities.create_entity(project, kind="npc", name="P. Orlin", body="The card in his coat says Pavel Orlin, surgeon.")
    assert found(project) == [("duplicate", {"Doctor Pavel Orlin", "P. Orlin"})]


def test_the_reason_names_what_both_say(project: Project) -> None:
    for name in ("The Brass Lantern", "Brass Lantern Inn"):
        entities.create_entity(
            project, kind="location", name=name, fields={"location_type": "inn", "founded": {"year": 88}}
        )
    (one,) = duplicates.find(reading.read(project))
    assert (
        one.why == "“The Brass Lantern” and “Brass Lantern Inn” look like one thing entered twice: the same founded,"
        " location type."
    )
    assert [side.quote for side in one.evidence] == ["The Brass Lantern", "Brass Lantern Inn"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("First Anchor", "Third Anchor"), ("Station 4", "Station 14"), ("Upper Marl", "Lower Marl"),
        ("Osric II", "Osric III"), ("Gate North", "Gate South"), ("The Two Silences", "The Three Silences"),
    ],
)  # fmt: skip
def test_what_is_numbered_apart_is_never_one(one: str, two: str) -> None:
    said = {"kind": "location", "summary": "An anchor stone of the old wall, cracked by frost.", "subtype": "anchor"}
    assert duplicates.find(world_of(thing(1, one, **said), thing(2, two, **said))) == []


def test_kin_and_whoever_is_named_in_the_others_text_are_two(project: Project) -> None:
    jo = entities.create_entity(project, kind="npc", name="Jo Aster", fields={"birth": {"year": 9}, "role": "smith"})
    joe = entities.create_entity(project, kind="npc", name="Joe Aster", fields={"birth": {"year": 9}, "role": "smith"})
    relations.add_relation(project, jo.id, "sibling_of", joe.id)
    entities.create_entity(project, kind="location", name="The Fox", body="Not [[the Old Fox]] on the hill.")
    entities.create_entity(project, kind="location", name="The Fox", aliases=["the Old Fox"])
    assert found(project) == []


def test_a_text_that_calls_its_own_thing_by_a_part_of_its_name_knows_no_other(project: Project) -> None:
    said = {"role": "lamp keeper", "birth": {"year": 9}}
    entities.create_entity(project, kind="npc", name="Odile Marchetti", body="Odile never sleeps.", fields=said)
    entities.create_entity(project, kind="npc", name="Odile", summary="Keeps the lamp.", fields=said)
    assert found(project) == [("duplicate", {"Odile Marchetti", "Odile"})]


def test_a_nearness_of_meaning_only_adds_to_what_names_say() -> None:
    one, two, other = thing(1, "Nadia Volkov"), thing(2, "Nadja Volkova"), thing(3, "Somebody Else")
    world = world_of(one, two, other)
    assert duplicates.find(world) == []
    assert types(duplicates.find(world, nearness=Near(0.99))) == ["duplicate"]
    assert duplicates.find(world, nearness=Near(None)) == []


def test_two_names_for_one_thing_meet_in_rare_words_or_in_meaning_where_all_they_state_agrees() -> None:
    born = {"birth": When(9, 9, {"year": 9})}
    given = {"dates": born, "fields": {"role": "ferry keeper", "pronouns": "she/her"}}
    one = thing(1, "Odile Marchetti", summary="Keeps the ferry; a brass thumb, a parrot, and nine debts.", **given)
    two = thing(2, "The Widow at the Landing", summary="Ferry; parrot; brass thumb. Owes nine people.", **given)
    other = thing(3, "Ada Coombe", summary="Bakes rye loaves and whistles off key.", **given)
    assert types(duplicates.find(world_of(one, two, other))) == ["duplicate"]
    near = thing(4, "Mother Quay", summary="She rows folk over the water for a coin.", **given)
    assert duplicates.find(world_of(one, near)) == []
    assert types(duplicates.find(world_of(one, near), nearness=Near(0.9))) == ["duplicate"]
    older = {**given, "dates": {"birth": When(40, 40, {"year": 40})}}
    assert duplicates.find(world_of(one, thing(5, "The Widow", summary=two.summary, **older))) == []


def test_twin_towers_of_one_make_are_two() -> None:
    given = {"fields": {"location_type": "watch tower", "builder": "the old kings"}}
    one = thing(1, "The North Beacon", kind="location", summary="A granite beacon with an iron basket.", **given)
    two = thing(2, "The South Beacon", kind="location", summary="A granite beacon with an iron basket.", **given)
    assert duplicates.find(world_of(one, two)) == []


# ---- one name for two ------------------------------------------------------------------------------------------------


def test_a_byname_of_two_strangers_is_a_collision_whatever_their_kinds(project: Project) -> None:
    entities.create_entity(project, kind="npc", name="Rana Holt", aliases=["the Wasp"])
    entities.create_entity(project, kind="item", name="Interceptor 7", aliases=["Wasp"])
    assert found(project) == [("alias_collision", {"Rana Holt", "Interceptor 7"})]


def test_a_title_that_is_handed_on_is_no_collision(project: Project) -> None:
    town = entities.create_entity(project, kind="location", name="Greywater")
    for name, start, end in (("Ada Finch", 100, 120), ("Bo Marsh", 120, 140), ("Cy Dunn", 140, 150)):
        who = entities.create_entity(project, kind="npc", name=name, aliases=["the Reeve"])
        relations.add_relation(project, who.id, "rules", town.id, valid_from={"year": start}, valid_to={"year": end})
    assert found(project) == []


def test_one_whose_text_says_that_another_has_its_name_is_no_collision(project: Project) -> None:
    entities.create_entity(project, kind="faction", name="The Lamplighters")
    entities.create_entity(
        project, kind="faction", name="The Lamplighters", summary="Tavern band; no relation to the guild."
    )
    assert found(project) == []


def test_only_what_was_changed_is_looked_at_and_gives_the_same(project: Project) -> None:
    entities.create_entity(project, kind="npc", name="Rana Holt", aliases=["the Wasp"])
    last = entities.create_entity(project, kind="npc", name="Rana Holt", aliases=["the Wasp"])
    bystander = entities.create_entity(project, kind="npc", name="Olaf")
    world = reading.read(project)
    assert [f.key for f in duplicates.find(world, {last.id})] == [f.key for f in duplicates.find(world)]
    assert duplicates.find(world, {bystander.id}) == []


def test_a_thing_that_was_renamed_is_followed() -> None:
    world = world_of(thing(1, "Rana Holt"), thing(2, "Rana Holt"))
    assert types(duplicates.find(world)) == ["duplicate"]
    world.put(thing(2, "Olaf Berg"))
    assert duplicates.find(world) == []
    world.put(thing(2, "Rana Holt", kind="item"))
    assert types(duplicates.find(world)) == ["alias_collision"]


# ---- laws ------------------------------------------------------------------------------------------------------------

SYLLABLES = "bar dun el gar hol ing kes lor mun nar ost pel quin ros sil tam ul ven wyl zor".split()  # noqa: SIM905
WORDS = st.lists(st.sampled_from(SYLLABLES), min_size=3, max_size=4).map(lambda parts: "".join(parts).capitalize())


def slipped(name: str, rng: random.Random) -> str:
    """The name with one slip of the keyboard inside its longest word."""
    word = max(name.split(), key=len)
    at = rng.randrange(1, len(word) - 1)
    how = rng.choice(["swap", "drop", "double"])
    bent = {
        "swap": word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        "drop": word[:at] + word[at + 1 :],
        "double": word[:at] + word[at] + word[at:],
    }[how]
    return name.replace(word, bent)


@given(given=WORDS, sur=WORDS, seed=st.integers(0, 10_000))
@settings(max_examples=80, deadline=None)
def test_a_copy_with_a_slip_in_its_name_is_found(given: str, sur: str, seed: int) -> None:
    name = f"{given} {sur}"
    said = {"summary": "Keeps the tide gauge and distrusts every almanac.", "fields": {"role": "harbour pilot"}}
    copy = slipped(name, random.Random(seed))
    world = world_of(thing(1, name, **said), thing(2, f"Captain {copy}", **said), thing(3, "Somebody Else"))
    assert types(duplicates.find(world)) == ["duplicate"]


@given(
    word=WORDS,
    pair=st.lists(st.sampled_from(["First", "Second", "Third", "Ninth"]), min_size=2, max_size=2, unique=True),
)
@settings(max_examples=40, deadline=None)
def test_ordinal_twins_are_never_one(word: str, pair: list[str]) -> None:
    said = {"kind": "location", "summary": "A stone that holds the sky down.", "fields": {"location_type": "anchor"}}
    assert duplicates.find(world_of(*(thing(n, f"{one} {word}", **said) for n, one in enumerate(pair)))) == []


@given(names=st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_the_order_of_entries_changes_nothing(names: list[tuple[str, str]]) -> None:
    things = [thing(n, " ".join(name)) for n, name in enumerate(names)]
    forward, back = duplicates.find(world_of(*things)), duplicates.find(world_of(*reversed(things)))
    assert {f.key for f in forward} == {f.key for f in back}
