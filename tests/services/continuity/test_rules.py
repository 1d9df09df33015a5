"""The rules, by what they must find and what they must leave alone: one fault planted in any clean world."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.continuity.worlds import Clean, clean_worlds, on

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.services.continuity.worlds import Draw

    Planted = tuple[str, set[str]]
    Plant = Callable[[Clean, Draw], Planted]
    Change = Callable[[Clean, Draw], None]


@given(clean_worlds())
@settings(max_examples=25, deadline=None)
def test_a_clean_world_gives_no_finding(world: Clean) -> None:
    assert world.check() == []


# ---- faults ----------------------------------------------------------------------------------------------------------


def member_after_death(world: Clean, draw: Draw) -> Planted:
    who, house = draw(st.sampled_from(world.people)), draw(st.sampled_from(world.houses))
    world.relate(who, "serves", house, since=on(world.died(who) + draw(st.integers(1, 90))))
    return "posthumous", {who}


def feast_after_death(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    feast = world.thing("event", "The Late Feast", fields={"start": on(world.died(who) + draw(st.integers(1, 50)))})
    world.relate(who, "participated_in", feast)
    return "posthumous", {who, feast}


def acting_after_death(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    name = world.records[who][1]["name"]
    deed = draw(st.sampled_from(["poured the wine and told us so", "came in, sat down and laughed", "gave us the key"]))
    log = world.note("Session 9", f"It rained. [[{name}]] {deed}.", date=on(world.died(who) + 5))
    return "posthumous", {who, log}


def founder_long_dead(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    year = world.died(who) + 9 if draw(st.booleans()) else world.born[who] - 9
    house = world.thing("faction", "The Order", fields={"founded": on(year)})
    world.relate(who, "founded", house)
    return "posthumous" if year > world.born[who] else "prebirth", {who, house}


def birthplace_against_birth(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    world.relate(who, "born_in", world.towns[0])
    world.claim(who, "birthplace", "Town 1")
    return "contradiction", {who}


def child_of_the_dead(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    child = world.thing("npc", "Late Child", fields={"birth": on(world.died(who) + draw(st.integers(2, 30)))})
    world.relate(who, "parent_of", child)
    return "posthumous", {who, child}


def work_before_birth(world: Clean, draw: Draw) -> Planted:
    who, town = draw(st.sampled_from(world.people)), draw(st.sampled_from(world.towns))
    world.relate(who, "works_at", town, since=on(world.born[who] - draw(st.integers(1, 9))))
    return "prebirth", {who}


def member_of_what_is_gone(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    gone = world.thing("faction", "The Gone", fields={"founded": on(80), "dissolved": on(world.born[who] + 10)})
    world.relate(who, "member_of", gone, since=on(world.born[who] + draw(st.integers(11, 40))))
    return "after_dissolution", {gone}


def dance_in_a_fallen_hall(world: Clean, draw: Draw) -> Planted:
    fall = draw(st.integers(120, 300))
    hall = world.thing("location", "The Hall", fields={"founded": on(90), "destroyed": on(fall)})
    dance = world.thing("event", "The Dance", summary="Three bands play.", fields={"start": on(fall + 3)})
    world.relate(dance, "happened_at", hall)
    return "after_dissolution", {hall, dance}


def two_feasts_on_one_day(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    day = on(world.born[who] + 21, draw(st.integers(1, 12)), 14)
    for n in range(2):
        feast = world.thing("event", f"Revel {n}", fields={"start": day})
        world.relate(feast, "happened_at", world.towns[n])
        world.relate(who, "participated_in", feast)
    return "two_places", {who}


def seen_in_two_towns(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    day = on(world.born[who] + 22, 3, 3)
    for town in world.towns[:2]:
        world.claim(who, "current_location", to=town, since=day, until=day)
    return "two_places", {who}


def reign_that_ends_first(world: Clean, draw: Draw) -> Planted:
    who, house = draw(st.sampled_from(world.people)), draw(st.sampled_from(world.houses))
    start = world.born[who] + draw(st.integers(30, 50))
    world.relate(who, "leads", house, since=on(start), until=on(start - draw(st.integers(1, 9))))
    return "end_before_start", {who}


def effect_first(world: Clean, draw: Draw) -> Planted:
    early, late = world.events[0], world.events[-1]
    world.relate(early, "caused_by", late)
    return "effect_before_cause", {early, late}


def effect_first_in_a_field(world: Clean, draw: Draw) -> Planted:
    early, late = world.events[0], world.events[-1]
    name = world.records[late][1]["name"]
    world.set(early, causes=[draw(st.sampled_from([name, f"[[{name}]]", name.upper()]))])
    return "effect_before_cause", {early, late}


def guest_in_a_field_after_death(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    link = {"text": "somebody", "ref": who}
    feast = world.thing("event", "Late Feast", fields={"start": on(world.died(who) + 3), "participants": [link]})
    return "posthumous", {who, feast}


def order_broken_far_off(world: Clean, draw: Draw) -> Planted:
    """Through events without a date."""
    early = world.thing("event", "Early", fields={"start": on(200)})
    late = world.thing("event", "Late", fields={"start": on(200 + draw(st.integers(1, 90)))})
    chain = [late, *(world.thing("event", f"Undated {n}") for n in range(draw(st.integers(1, 4)))), early]
    for one, other in itertools.pairwise(chain):
        if draw(st.booleans()):
            world.relate(one, "precedes", other)
        else:
            world.relate(other, "caused_by", one)
    return "effect_before_cause", {early, late}


def wrong_age(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    wrong = 70 + draw(st.integers(3, 30)) * draw(st.sampled_from([1, -1]))
    world.set(who, age=draw(st.sampled_from([wrong, f"{wrong}", f"aged {wrong}", f"{wrong} years old"])))
    return "age_mismatch", {who}


def wrong_age_then(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    world.claim(who, "age", f"{30 + draw(st.integers(3, 20))}", since=on(world.born[who] + 30))
    return "age_mismatch", {who}


def mother_at_nine(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    child = world.thing("npc", "Early Child", fields={"birth": on(world.born[who] + draw(st.integers(1, 9)))})
    world.relate(who, "parent_of", child)
    return "age_mismatch", {who, child}


def two_eye_colours(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    world.claim(who, "eye_colour", "violet")
    return "contradiction", {who}


def two_owners(world: Clean, draw: Draw) -> Planted:
    cup = world.thing("item", "The Cup")
    for house, year in zip(world.houses, (120, 140), strict=False):
        world.relate(house, "owns", cup, since=on(year))
    return "contradiction", {cup}


def born_twice(world: Clean, draw: Draw) -> Planted:
    who = draw(st.sampled_from(world.people))
    for town in world.towns[:2]:
        world.relate(who, "born_in", town)
    return "contradiction", {who}


def founded_otherwise(world: Clean, draw: Draw) -> Planted:
    house = draw(st.sampled_from(world.houses))
    world.claim(house, "founded_year", draw(st.integers(100, 900)))
    return "contradiction", {house}


def ring_of_places(world: Clean, draw: Draw) -> Planted:
    ring = [world.thing("location", f"Ring {n}") for n in range(draw(st.integers(2, 5)))]
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        world.relate(one, "located_in", other)
    return "cycle", set(ring)


def canon_on_what_was_cut(world: Clean, draw: Draw) -> Planted:
    cut = world.thing("npc", "Cut One", status="deprecated")
    who = draw(st.sampled_from(world.people))
    if draw(st.booleans()):
        world.relate(who, "ally_of", cut)
    else:
        sword = world.thing("item", "Sword", body="Forged by [[cut one]].")
        return "deprecated_reference", {sword, cut}
    return "deprecated_reference", {who, cut}


def link_to_nothing(world: Clean, draw: Draw) -> Planted:
    return "dangling_link", {world.note("A note", "See [[The Unwritten]].", mode="note")}


FAULTS: tuple[Plant, ...] = (
    member_after_death, feast_after_death, acting_after_death, child_of_the_dead, work_before_birth,
    member_of_what_is_gone, dance_in_a_fallen_hall, two_feasts_on_one_day, seen_in_two_towns, reign_that_ends_first,
    effect_first, effect_first_in_a_field, guest_in_a_field_after_death, order_broken_far_off,
    founder_long_dead, birthplace_against_birth, wrong_age, wrong_age_then, mother_at_nine, two_eye_colours, two_owners,
    born_twice, founded_otherwise, ring_of_places, canon_on_what_was_cut, link_to_nothing,
)  # fmt: skip


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_one_planted_fault_is_found_and_nothing_else(plant: Plant, data: st.DataObject) -> None:
    world = data.draw(clean_worlds())
    type_, subjects = plant(world, data.draw)
    found = world.check()
    assert [one.type for one in found] == [type_], [one.why for one in found]
    assert subjects <= {*found[0].subjects}
    assert found[0].evidence
    assert all(side.says for side in found[0].evidence)


# ---- legitimate changes ----------------------------------------------------------------------------------------------


def moved(world: Clean, draw: Draw) -> None:
    who, year = world.people[0], world.born[world.people[0]] + 30
    world.claim(who, "residence", "Town 0", since=on(year), until=on(year + 5))
    world.claim(who, "residence", "Town 1", since=on(year + 5))


def seat_passed_on(world: Clean, draw: Draw) -> None:
    first, second = sorted(world.people[:2], key=lambda one: world.born[one])
    world.relate(first, "leads", world.houses[0], since=on(world.born[first] + 20), until=on(world.died(first)))
    world.claim(world.houses[0], "seat", "Town 0", until=on(300))
    world.claim(world.houses[0], "seat", "Town 1", since=on(301))
    assert second


def only_a_rumour(world: Clean, draw: Draw) -> None:
    who = draw(st.sampled_from(world.people))
    sure = draw(st.sampled_from(["rumour", "legend", "lie", "prophecy"]))
    world.claim(who, "eye_colour", "violet", certainty=sure)
    world.relate(who, "serves", world.houses[0], since=on(world.died(who) + 40), certainty=sure)
    world.relate(world.events[0], "caused_by", world.events[-1], certainty=sure)


def older_each_year(world: Clean, draw: Draw) -> None:
    who = draw(st.sampled_from(world.people))
    for age in draw(st.lists(st.integers(1, 69), min_size=1, max_size=4)):
        world.claim(who, "age", age, since=on(world.born[who] + age))


def put_away(world: Clean, draw: Draw) -> None:
    """What was superseded no longer counts: neither a statement nor an entity."""
    who, cup = draw(st.sampled_from(world.people)), world.thing("item", "The Cup")
    world.claim(who, "eye_colour", "violet", status="deprecated")
    world.relate(who, "serves", world.houses[0], since=on(world.died(who) + 9), status="deprecated")
    old = world.thing("npc", "Old Draft", status="deprecated", fields={"birth": on(200), "death": on(190)})
    for owner in (old, world.houses[1]):
        world.relate(owner, "owns", cup, since=on(150))


def about_then(world: Clean, draw: Draw) -> None:
    """Dates that may break a rule, and may not."""
    who = draw(st.sampled_from(world.people))
    world.relate(who, "serves", world.houses[0], since=on(world.died(who) + draw(st.integers(1, 5)), circa=True))
    world.relate(who, "serves", world.houses[1], since={"calendar": "c", "before": on(world.died(who) + 99)})
    world.claim(who, "age", "about seventy")


def on_the_last_day(world: Clean, draw: Draw) -> None:
    who = draw(st.sampled_from(world.people))
    death = world.records[who][1]["fields"]["death"]
    world.relate(who, "works_at", world.towns[0], since=on(world.born[who] + 20), until=death)
    world.relate(who, "serves", world.houses[0], since=on(world.died(who)))


def told_of_the_dead(world: Clean, draw: Draw) -> None:
    who = draw(st.sampled_from(world.people))
    name, date = world.records[who][1]["name"], on(world.died(who) + 5)
    for n, said in enumerate((
        f"We found the body of [[{name}]].", f"[[{name}]] was remembered by all.", f"[[{name}]], long gone, had won.",
        f"The widow spoke of [[{name}]] and wept.", f"We drank to [[{name}]].", f"[[{name}]]'s sword hung there.",
        f"Inside lay [[{name}]], drowned.", f"The grave of [[{name}]] stood open.", f"The book names [[{name}]].",
    )):  # fmt: skip
        world.note(f"Session {n + 10}", said, date=date)
    sister = world.thing("npc", f"Edda {name}")
    world.note("Session 30", f"[[Edda {name}]] let us in. [[{name}]] had put the kettle on.", date=date)
    assert sister
    world.note("Then", f"[[{name}]] poured us wine.", date=date, flashback=True)
    world.note("Wake", f"[[{name}]] poured us wine.", date=date, memorial=True)
    world.note("Letter", f"[[{name}]] poured us wine.", date=date, mode="handout")


def posthumous_child(world: Clean, draw: Draw) -> None:
    who = draw(st.sampled_from(world.people))
    death = world.records[who][1]["fields"]["death"]
    month = int(death["month"][1:]) + draw(st.integers(1, 9))
    born = on(death["year"] + (month - 1) // 12, (month - 1) % 12 + 1, 3)
    world.relate(who, "parent_of", world.thing("npc", "Late Child", fields={"birth": born}))


def memorial_in_the_ruin(world: Clean, draw: Draw) -> None:
    hall = world.thing("location", "The Hall", fields={"founded": on(90), "destroyed": on(200)})
    service = world.thing("event", "The Remembrance", summary="Lamps in the ruin.", fields={"start": on(210)})
    world.relate(service, "happened_at", hall)


def fair_within_the_town(world: Clean, draw: Draw) -> None:
    who = draw(st.sampled_from(world.people))
    day = on(world.born[who] + 21, 4, 4)
    for name, place in (("Fair", world.towns[0]), ("Toast", world.quarters[0])):
        feast = world.thing("event", name, fields={"start": day})
        world.relate(feast, "happened_at", place)
        world.relate(who, "participated_in", feast)
    siege = world.thing(
        "event", "Siege", fields={"start": on(world.born[who] + 21, 3, 1), "end": on(world.born[who] + 21, 9, 1)}
    )
    world.relate(siege, "happened_at", world.towns[1])
    world.relate(who, "participated_in", siege)


def vassals_in_turn(world: Clean, draw: Draw) -> None:
    one, other = world.houses[:2]
    world.relate(one, "vassal_of", other, since=on(150), until=on(160))
    world.relate(other, "vassal_of", one, since=on(draw(st.integers(160, 170))))


def born_in_a_quarter_of_the_town(world: Clean, draw: Draw) -> None:
    who = draw(st.sampled_from(world.people))
    world.relate(who, "born_in", world.towns[0])
    world.relate(who, "born_in", world.quarters[0])
    world.claim(who, "birthplace", "Town 0")


def said_more_exactly(world: Clean, draw: Draw) -> None:
    who = draw(st.sampled_from(world.people))
    colour = world.records[who][1]
    assert colour
    world.claim(who, "height", "six feet")
    world.claim(who, "height", "6 feet")
    world.claim(who, "hair_colour", "brown")
    world.claim(who, "hair_colour", "dark brown")
    for skill in ("fencing", "baking"):
        world.claim(who, "skill", skill)
        world.claim(who, "likes", skill)


def a_draft_of_the_cut(world: Clean, draw: Draw) -> None:
    cut = world.thing("npc", "Cut One", status="deprecated")
    world.note("GM", "[[Cut One]] was cut.", mode="note")
    world.relate(world.thing("npc", "Draft", status="draft"), "ally_of", cut)
    world.relate(world.people[0], "supersedes", cut)


CHANGES: tuple[Change, ...] = (
    moved, seat_passed_on, only_a_rumour, older_each_year, put_away, about_then, on_the_last_day,
    told_of_the_dead, posthumous_child,
    memorial_in_the_ruin, fair_within_the_town, vassals_in_turn, born_in_a_quarter_of_the_town, said_more_exactly,
    a_draft_of_the_cut,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_a_legitimate_change_is_left_alone(change: Change, data: st.DataObject) -> None:
    world = data.draw(clean_worlds())
    change(world, data.draw)
    assert [one.why for one in world.check()] == []


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.builds(on, st.integers(-9, 900)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("text", "ref", "year")), inner),
    max_leaves=4,
)
NAMES = ("birth", "death", "age", "parent", "location", "participants", "causes", "pronouns", "quantity", "event_type")


@given(clean_worlds(), st.data())
@settings(max_examples=40, deadline=None)
def test_odd_values_of_imports_break_no_check(world: Clean, data: st.DataObject) -> None:
    for record in data.draw(st.lists(st.sampled_from(sorted(world.records)), max_size=6)):
        if record.startswith("thing"):
            world.set(record, **{data.draw(st.sampled_from(NAMES)): data.draw(ODD)})
        elif record.startswith("claim"):
            world.records[record][1]["value"] = data.draw(ODD.filter(lambda one: not isinstance(one, list | dict)))
    world.check()
