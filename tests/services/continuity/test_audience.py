"""A finding is shown only to those who may see all that it rests on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.lens import may_see
from studio.services.continuity.check import check_world
from studio.services.continuity.telling import narrowest
from tests.services.continuity.test_standing import edit
from tests.services.continuity.worlds import Clean, clean_worlds

SEEN = ("gm", "party", "public", "player:ana", "player:ana,bo")


@given(clean_worlds(), st.data())
@settings(max_examples=25, deadline=None)
def test_whoever_is_shown_a_finding_may_see_all_its_records(world: Clean, data: st.DataObject) -> None:
    for _ in range(6):
        edit(world, data.draw)
    for record, (table, stored) in list(world.records.items()):
        world.records[record] = (table, stored | {"visibility": data.draw(st.sampled_from(SEEN))})
    read = world.world()
    for found in check_world(read):
        shown = {*found.subjects, *(side.record for side in found.evidence)}
        facts = [read.facts[one] for one in shown if one in read.facts]
        ends = {end for fact in facts for end in (fact.subject, fact.object) if end}
        of = [world.records[one][1]["visibility"] for one in shown | ends if one in world.records]
        for audience in ("party", "public", "player:ana", "player:bo"):
            if may_see(audience, found.audience):
                assert all(may_see(audience, one) for one in of), found.why


@pytest.mark.parametrize(
    ("of", "all_of_it"),
    [
        (["public", "party"], "party"), (["public"], "public"), ([], "public"), (["party", "gm", "public"], "gm"),
        (["player:ana,bo", "party"], "player:ana,bo"), (["player:ana", "player:ana,bo"], "player:ana"),
        (["player:ana", "player:bo"], "gm"), (["secret words", "public"], "gm"),
    ],
)  # fmt: skip
def test_the_narrowest_of_several_audiences_sees_all(of: list[str], all_of_it: str) -> None:
    assert narrowest(of) == all_of_it
