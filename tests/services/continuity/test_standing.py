"""Findings kept up to date after each change are those of a check of the whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.services.continuity.check import check_world, concerns
from studio.services.continuity.standing import Standing
from tests.services.continuity.worlds import PAIRS, Built, Clean, clean_worlds, on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.continuity import Finding
    from studio.domain.ids import RecordId
    from tests.services.continuity.worlds import Draw

RELATIONS = (
    "located_in", "parent_of", "precedes", "caused_by", "member_of", "owns", "happened_at", "participated_in",
    "born_in", "serves", "supersedes",
)  # fmt: skip
LINKS = ("parent", "location", "participants", "causes")
PREDICATES = ("current_location", "residence", "age", "eye_colour", "founded_year")
years = st.integers(90, 420)
dates = st.builds(on, years) | st.builds(on, years, st.integers(1, 3), st.integers(1, 2))


def by_rules(findings: Iterable[Finding]) -> dict[str, Finding]:
    """Findings by key, without those about pairs: they weigh how rare a word is in the whole world."""
    return {one.key: one for one in findings if one.type not in PAIRS}


def edit(world: Built, draw: Draw) -> set[RecordId]:
    """One change of any kind to any record; gives the ids that it touched."""
    ids = sorted(world.records)
    things = [one for one in ids if one.startswith("thing")]
    chosen = draw(st.sampled_from(ids))
    table, data = world.records[chosen]
    what = draw(st.sampled_from(("date", "name", "status", "body", "drop", "relate", "claim", "note", "ref")))
    if what == "drop":
        del world.records[chosen]
        return {chosen}
    if what == "relate":
        one, other = draw(st.sampled_from(things)), draw(st.sampled_from(things))
        return {world.relate(one, draw(st.sampled_from(RELATIONS)), other, since=draw(st.none() | dates))}
    if what == "claim":
        day = draw(dates)
        to = draw(st.none() | st.sampled_from(things))
        value = None if to else draw(st.sampled_from(("Town 0", "Town 1", "40", "grey", "Quarter 1")))
        predicate = draw(st.sampled_from(PREDICATES))
        return {world.claim(draw(st.sampled_from(things)), predicate, value, to=to, since=day, until=day)}
    if what == "note":
        body = f"[[Person {draw(st.integers(0, 6))}]] came in and laughed."
        return {world.note(f"Session {draw(st.integers(2, 9))}", body, date=draw(dates))}
    if table != "entity":
        world.records[chosen] = (table, data | {"valid_from": draw(dates), "in_world_date": draw(dates)})
        return {chosen}
    if what == "date":
        path = draw(st.sampled_from(("birth", "death", "founded", "destroyed", "start", "age")))
        world.set(chosen, **{path: draw(dates) if path != "age" else draw(st.integers(5, 90))})
    elif what == "ref":
        path, link = (
            draw(st.sampled_from(("parent", "location", "participants", "causes"))),
            draw(st.sampled_from(things)),
        )
        value = {"text": "x", "ref": link} if path != "causes" else f"Feast {draw(st.integers(0, 5))}"
        world.set(chosen, **{path: [value] if path in ("participants", "causes") else value})
    else:
        words = {"name": f"Person {draw(st.integers(0, 6))}", "status": draw(st.sampled_from(("canon", "deprecated"))),
                 "body": f"By [[Town {draw(st.integers(0, 5))}]]."}  # fmt: skip
        world.records[chosen] = (table, data | {what: words[what], "rev": data.get("rev", 0) + 1})
    return {chosen}


@given(clean_worlds(), st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_after_any_edits_the_findings_are_those_of_a_whole_check(world: Clean, data: st.DataObject) -> None:
    standing = Standing(world.world())
    standing.check_all()
    for _ in range(data.draw(st.integers(1, 8))):
        known = by_rules(standing.findings)
        changed: set[RecordId] = set()
        for _ in range(data.draw(st.integers(1, 2))):
            changed |= edit(world, data.draw)
        change = standing.follow(changed, world.rows(changed))
        whole = by_rules(world.check())
        now = by_rules(standing.findings)
        assert now.keys() == whole.keys(), json.dumps([one.why for one in now.values()])
        assert now == whole
        assert by_rules(change.added) == {k: one for k, one in now.items() if known.get(k) != one}
        assert by_rules(change.gone).keys() == known.keys() - now.keys()


@given(clean_worlds(), st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_check_of_some_records_gives_what_a_whole_check_says_of_them(world: Clean, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 12))):
        edit(world, data.draw)
    only = set(data.draw(st.lists(st.sampled_from(sorted(world.records)), min_size=1, max_size=3)))
    whole = by_rules(world.check())
    some = by_rules(check_world(world.world(), only=only))
    assert some == {key: one for key, one in whole.items() if concerns(one, only)}
